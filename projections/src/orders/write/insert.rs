//! New rows: one statement per table, each column one parameter.
#![expect(
    clippy::as_conversions,
    reason = "sqlx is told a parameter's type that way; a slice is coerced, no number"
)]

use kernel::Sealed;
use serde_json::Value;
use sqlx::PgConnection;

use crate::column::{array_literal, column};
use crate::orders::row::{Group, Head, Line, Supplier};

pub(super) async fn heads(db: &mut PgConnection, new: &[&Head]) -> sqlx::Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "INSERT INTO order_head (order_id, mall, member, status, currency, goods_total_minor, discount_total_minor,
             points_total_minor, shipping_total_minor, total_minor, payment, payment_due, confirm_after_days,
             confirmation_held, held_until, placed_at, paid_at, closed_at, recipient, memo, gift_status,
             gift_card, accept_by, position)
         SELECT * FROM UNNEST($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::bigint[],
             $8::bigint[], $9::bigint[], $10::bigint[], $11::uuid[], $12::timestamptz[], $13::integer[],
             $14::boolean[], $15::timestamptz[], $16::timestamptz[], $17::timestamptz[], $18::timestamptz[],
             $19::text[], $20::text[], $21::text[], $22::text[], $23::timestamptz[], $24::bigint[])",
        &column(new, |head| head.change.order_id.0),
        &column(new, |head| head.mall.as_str()) as &[&str],
        &column(new, |head| head.member.0),
        &column(new, |head| head.change.status.as_deref()) as &[Option<&str>],
        &column(new, |head| head.currency.code()) as &[&str],
        &column(new, |head| head.goods_total_minor.minor()),
        &column(new, |head| head.discount_total_minor.minor()),
        &column(new, |head| head.points_total_minor.minor()),
        &column(new, |head| head.shipping_total_minor.minor()),
        &column(new, |head| head.total_minor.minor()),
        &column(new, |head| head.payment.0),
        &column(new, |head| head.payment_due),
        &column(new, |head| i32::from(head.confirm_after_days)),
        &column(new, |head| head.change.confirmation_held) as &[Option<bool>],
        &column(new, |head| head.change.held_until) as &[Option<_>],
        &column(new, |head| head.placed_at),
        &column(new, |head| head.change.paid_at) as &[Option<_>],
        &column(new, |head| head.change.closed_at) as &[Option<_>],
        &column(new, |head| text(head.recipient.as_ref())) as &[Option<&str>],
        &column(new, |head| text(head.memo.as_ref())) as &[Option<&str>],
        &column(new, |head| head.change.gift_status) as &[Option<&str>],
        &column(new, |head| text(head.gift_card.as_ref())) as &[Option<&str>],
        &column(new, |head| head.change.accept_by) as &[Option<_>],
        &column(new, |head| head.change.position),
    )
    .execute(db)
    .await?;
    Ok(())
}

fn text(sealed: Option<&Sealed>) -> Option<&str> {
    sealed.map(|sealed| sealed.0.as_str())
}

pub(super) async fn lines(db: &mut PgConnection, new: &[&Line]) -> sqlx::Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    let sources: Result<Vec<Value>, _> = new.iter().map(|line| serde_json::to_value(&line.source)).collect();
    sqlx::query!(
        r#"INSERT INTO order_line (order_id, line_no, group_no, merchant, product, sku, name, options, category, taxable,
             source, quantity, unit_price_minor, discount_merchant_minor, discount_platform_minor, points_minor,
             shipping_minor, paid_minor, vat_minor, ordered, preparing, shipped, delivered, confirmed, cancelled, returned,
             exchanged, claimed)
         SELECT order_id, line_no, group_no, merchant, product, sku, name, options::text[], category, taxable, source,
             quantity, unit_price, by_merchant, by_platform, points, shipping, paid, vat, ordered, preparing, shipped,
             delivered, confirmed, cancelled, returned, exchanged, claimed
         FROM UNNEST($1::uuid[], $2::integer[], $3::integer[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[],
             $8::text[], $9::text[], $10::boolean[], $11::jsonb[], $12::bigint[], $13::bigint[], $14::bigint[],
             $15::bigint[], $16::bigint[], $17::bigint[], $18::bigint[], $19::bigint[], $20::bigint[], $21::bigint[],
             $22::bigint[], $23::bigint[], $24::bigint[], $25::bigint[], $26::bigint[], $27::bigint[], $28::bigint[])
             AS new (order_id, line_no, group_no, merchant, product, sku, name, options, category, taxable, source,
                 quantity, unit_price, by_merchant, by_platform, points, shipping, paid, vat, ordered, preparing, shipped,
                 delivered, confirmed, cancelled, returned, exchanged, claimed)"#,
        &column(new, |line| line.order_id.0),
        &column(new, |line| i32::from(line.line_no)),
        &column(new, |line| i32::from(line.group_no)),
        &column(new, |line| line.merchant.0),
        &column(new, |line| line.product.0),
        &column(new, |line| line.sku.0),
        &column(new, |line| line.name.as_str()) as &[&str],
        &column(new, |line| array_literal(&line.options)),
        &column(new, |line| line.category.as_str()) as &[&str],
        &column(new, |line| line.taxable),
        &sources.map_err(|error| sqlx::Error::Encode(Box::new(error)))?,
        &column(new, |line| i64::from(line.quantity)),
        &column(new, |line| line.unit_price_minor.minor()),
        &column(new, |line| line.discount_merchant_minor.minor()),
        &column(new, |line| line.discount_platform_minor.minor()),
        &column(new, |line| line.points_minor.minor()),
        &column(new, |line| line.shipping_minor.minor()),
        &column(new, |line| line.paid_minor.minor()),
        &column(new, |line| line.vat_minor.map(kernel::Amount::minor)) as &[Option<i64>],
        &column(new, |line| line.pieces.ordered),
        &column(new, |line| line.pieces.preparing),
        &column(new, |line| line.pieces.shipped),
        &column(new, |line| line.pieces.delivered),
        &column(new, |line| line.pieces.confirmed),
        &column(new, |line| line.pieces.cancelled),
        &column(new, |line| line.pieces.returned),
        &column(new, |line| line.pieces.exchanged),
        &column(new, |line| line.pieces.claimed),
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn groups(db: &mut PgConnection, new: &[Group]) -> sqlx::Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "INSERT INTO order_group (order_id, group_no, merchant, fee_minor, surcharge_minor, vat_minor, free_over_minor,
             waived_fee_minor, return_fee_minor)
         SELECT * FROM UNNEST($1::uuid[], $2::integer[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
             $8::bigint[], $9::bigint[])",
        &column(new, |group| group.order_id.0),
        &column(new, |group| i32::from(group.group_no)),
        &column(new, |group| group.merchant.0),
        &column(new, |group| group.fee_minor.minor()),
        &column(new, |group| group.surcharge_minor.minor()),
        &column(new, |group| group.vat_minor.map(kernel::Amount::minor)) as &[Option<i64>],
        &column(new, |group| group.free_over_minor.map(kernel::Amount::minor)) as &[Option<i64>],
        &column(new, |group| group.waived_fee_minor.minor()),
        &column(new, |group| group.return_fee_minor.minor()),
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn suppliers(db: &mut PgConnection, new: &[Supplier]) -> sqlx::Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "INSERT INTO order_merchant (merchant, placed_at, order_id)
         SELECT * FROM UNNEST($1::uuid[], $2::timestamptz[], $3::uuid[])",
        &column(new, |supplier| supplier.merchant.0),
        &column(new, |supplier| supplier.placed_at),
        &column(new, |supplier| supplier.order_id.0),
    )
    .execute(db)
    .await?;
    Ok(())
}
