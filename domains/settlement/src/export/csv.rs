//! CSV by RFC 4180, safe to open in a spreadsheet: a text cell never starts a formula (CSV injection, OWASP).

use kernel::Amount;
use kernel::id::StatementId;

use super::{CARRY, Export, Row, export};
use crate::item::{Parts, SettlementItem, instant};

/// The columns, in order. Adding one means adding it at the end.
const HEADER: &str = "item,kind,reverses,order,line,quantity,tax,sale_minor,discount_merchant_minor,\
     discount_platform_minor,points_minor,shipping_minor,commission_rate,commission_minor,commission_vat_minor,\
     net_minor,basis_at,cites\r\n";

/// What makes a spreadsheet take a cell for a formula.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// One header and one row per item or balance taken over, lines ended by CR LF.
pub fn csv(rows: &[Row]) -> Export {
    let lines = rows.iter().map(|row| match row {
        Row::Item(item) => of_item(item),
        Row::Carry { from, amount } => of_carry(*from, *amount),
    });
    export(rows, std::iter::once(HEADER.to_owned()).chain(lines).collect())
}

/// A balance has no figures but what it comes to: the cells between its kind and that, and those behind, are empty.
fn of_carry(from: StatementId, amount: Amount) -> String {
    format!("carry/{from},{CARRY}{}{amount},,\r\n", ",".repeat(14))
}

fn of_item(item: &SettlementItem) -> String {
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
