//! A placement as rows: the head, the lines with every piece still in `ordered`, the delivery groups.

use kernel::Price;
use kernel::id::OrderId;
use order::event::{Placed, PlacedGroup, PlacedLine};
use order::state::{Gift, Phase};

use crate::column::instant;
use crate::orders::row::{Group, Head, HeadChange, Line, Pieces, Placement};

/// An order as it begins.
pub(super) fn placement(body: &Placed, position: i64) -> Placement {
    let status = Some(Phase::PendingPayment.to_string());
    let head = Head {
        mall: body.mall.clone(),
        member: body.member,
        currency: body.currency,
        goods_total_minor: body.goods_total,
        discount_total_minor: body.discount_total,
        points_total_minor: body.points_total,
        shipping_total_minor: body.shipping_total,
        total_minor: body.total,
        payment: body.payment,
        payment_due: instant(body.payment_due),
        confirm_after_days: body.confirm_after_days,
        placed_at: instant(body.at),
        recipient: body.recipient.clone(),
        memo: body.memo.clone(),
        gift_card: body.gift.as_ref().map(|gift| gift.card.clone()),
        change: HeadChange {
            status,
            gift_status: body.gift.as_ref().map(|_| Gift::Unpaid.name()),
            confirmation_held: Some(false),
            ..HeadChange::none(body.order, position)
        },
    };
    Placement {
        head,
        lines: body.lines.iter().map(|line| placed_line(body.order, line)).collect(),
        groups: body.groups.iter().map(|group| placed_group(body.order, group)).collect(),
    }
}

fn placed_line(order_id: OrderId, line: &PlacedLine) -> Line {
    let quantity = line.quantity.get();
    Line {
        order_id,
        line_no: line.line.0,
        group_no: line.group.0,
        merchant: line.merchant,
        product: line.product,
        sku: line.sku,
        name: line.name.to_string(),
        options: line.options.iter().map(ToString::to_string).collect(),
        category: line.category.clone(),
        taxable: line.taxable,
        source: line.source.clone(),
        quantity,
        unit_price_minor: line.unit_price.amount(),
        discount_merchant_minor: line.discount_merchant,
        discount_platform_minor: line.discount_platform,
        points_minor: line.points,
        shipping_minor: line.shipping,
        paid_minor: line.paid,
        vat_minor: line.vat,
        pieces: Pieces { ordered: i64::from(quantity), ..Pieces::default() },
    }
}

fn placed_group(order_id: OrderId, group: &PlacedGroup) -> Group {
    Group {
        order_id,
        group_no: group.group.0,
        merchant: group.merchant,
        fee_minor: group.fee.amount(),
        surcharge_minor: group.surcharge.amount(),
        vat_minor: group.vat,
        free_over_minor: group.free_over.map(Price::amount),
        waived_fee_minor: group.waived_fee.amount(),
        return_fee_minor: group.return_fee.amount(),
    }
}
