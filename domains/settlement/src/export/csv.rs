//! CSV by RFC 4180, safe to open in a spreadsheet: a text cell never starts a formula (CSV injection, OWASP).

use super::{Export, export};
use crate::item::{Parts, SettlementItem, instant};

/// The columns, in order. Adding one means adding it at the end.
const HEADER: &str = "item,kind,reverses,order,line,quantity,tax,sale_minor,discount_merchant_minor,\
     discount_platform_minor,points_minor,shipping_minor,commission_rate,commission_minor,commission_vat_minor,\
     net_minor,basis_at,cites\r\n";

/// What makes a spreadsheet take a cell for a formula.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// One header and one row per item, lines ended by CR LF.
pub fn csv(items: &[SettlementItem]) -> Export {
    let rows = items.iter().map(row);
    export(items, std::iter::once(HEADER.to_owned()).chain(rows).collect())
}

fn row(item: &SettlementItem) -> String {
    let Parts { sale, discount_merchant, discount_platform, points, shipping, commission, commission_vat } =
        item.parts;
    let cells = [
        text(item.item.as_str()),
        text(item.kind.code()),
        text(item.reverses.as_ref().map_or("", |key| key.as_str())),
        text(&item.order.to_string()),
        item.line.to_string(),
        item.quantity.to_string(),
        text(item.tax.code()),
        sale.to_string(),
        discount_merchant.to_string(),
        discount_platform.to_string(),
        points.to_string(),
        shipping.to_string(),
        item.commission_rate.fraction().to_string(),
        commission.to_string(),
        commission_vat.to_string(),
        item.net.to_string(),
        text(&instant(item.basis_at)),
        item.cites.to_string(),
    ];
    cells.join(",") + "\r\n"
}

/// A text cell. One that a spreadsheet would run gets an apostrophe in front; numbers never come here.
fn text(value: &str) -> String {
    let guarded = if value.starts_with(FORMULA_STARTS) { format!("'{value}") } else { value.to_owned() };
    if guarded.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}
