//! An order as its own history has it: without what its payment, its shipments and its claims know, and without whom it
//! goes to.

use chrono::{DateTime, Utc};
use kernel::Decider;
use order::event::{Placed, PlacedLine};
use order::state::Buckets;
use order::{Order, state};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Past, Viewer};

/// An order. Amounts are minor units of its currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderAsItWas {
    /// The order.
    order: Uuid,
    /// Where it was placed.
    mall: String,
    /// `pending_payment`, `paid`, `closed`, `expired` or `cancelled`.
    status: String,
    /// Where the gift (선물하기) stood that it is, if it is one: `unpaid`, `waiting`, `accepted`, `declined`, `lapsed` or
    /// `cancelled`.
    gift: Option<&'static str>,
    /// ISO 4217.
    currency: String,
    /// When it was placed.
    placed_at: DateTime<Utc>,
    /// When it was paid.
    paid_at: Option<DateTime<Utc>>,
    /// What concerns the order as a whole; none for a merchant.
    #[serde(skip_serializing_if = "Option::is_none")]
    whole: Option<WholeOrderAsItWas>,
    /// Its lines; a merchant's own.
    lines: Vec<OrderLineAsItWas>,
}

/// What concerns an order as a whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct WholeOrderAsItWas {
    /// Who bought.
    member: Uuid,
    /// Its payment.
    payment: Uuid,
    /// What was to be paid, or was.
    total_minor: i64,
    /// All delivery fees of it.
    shipping_total_minor: i64,
    /// Until when it had to be paid.
    payment_due: DateTime<Utc>,
    /// Whether its automatic confirmation was held (구매확정보류).
    confirmation_held: bool,
}

/// A line of an order.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderLineAsItWas {
    /// Its number.
    line: u16,
    /// Its delivery group.
    group: u16,
    /// Who sells it.
    merchant: Uuid,
    /// The product.
    product: Uuid,
    /// The variant.
    sku: Uuid,
    /// The product's name when it was placed.
    name: String,
    /// How many pieces.
    quantity: u32,
    /// The price of one piece.
    unit_price_minor: i64,
    /// What was paid for its goods, without delivery.
    paid_minor: i64,
    /// Where its pieces were; they always add up to the quantity.
    pieces: PiecesAsTheyWere,
    /// How many of them open claims held.
    claimed: u32,
}

/// Where the pieces of a line were.
#[derive(Debug, Serialize, ToSchema)]
pub struct PiecesAsTheyWere {
    /// Not seen by the merchant yet.
    ordered: u32,
    /// With the merchant.
    preparing: u32,
    /// On their way.
    shipped: u32,
    /// With the shopper.
    delivered: u32,
    /// Kept for good (구매확정).
    confirmed: u32,
    /// Never sent.
    cancelled: u32,
    /// Sent back.
    returned: u32,
    /// Exchanged.
    exchanged: u32,
}

impl Past for Order {
    type View = OrderAsItWas;

    fn view(state: &<Self as Decider>::State, viewer: Viewer) -> Option<OrderAsItWas> {
        let placed = state.placed()?;
        let sees = |line: &PlacedLine| match viewer {
            Viewer::Staff => true,
            Viewer::Shopper(member) => member == placed.member,
            Viewer::Merchant(merchant) => merchant == line.merchant,
        };
        let lines: Vec<_> =
            state.lines().filter(|(line, _)| sees(line)).map(|(line, now)| shown(line, now)).collect();
        let whole = !matches!(viewer, Viewer::Merchant(_));
        (!lines.is_empty()).then(|| OrderAsItWas {
            order: placed.order.0,
            mall: placed.mall.to_string(),
            status: state.phase().to_string(),
            gift: state.gift().map(state::Gift::name),
            currency: placed.currency.to_string(),
            placed_at: placed.at,
            paid_at: state.paid_at(),
            whole: whole.then(|| as_a_whole(placed, state)),
            lines,
        })
    }
}

fn as_a_whole(placed: &Placed, state: &state::State) -> WholeOrderAsItWas {
    WholeOrderAsItWas {
        member: placed.member.0,
        payment: placed.payment.0,
        total_minor: placed.total.minor(),
        shipping_total_minor: placed.shipping_total.minor(),
        payment_due: placed.payment_due,
        confirmation_held: state.hold().is_some(),
    }
}

fn shown(line: &PlacedLine, now: &state::Line) -> OrderLineAsItWas {
    OrderLineAsItWas {
        line: line.line.0,
        group: line.group.0,
        merchant: line.merchant.0,
        product: line.product.0,
        sku: line.sku.0,
        name: line.name.to_string(),
        quantity: line.quantity.get(),
        unit_price_minor: line.unit_price.amount().minor(),
        paid_minor: line.paid.minor(),
        pieces: now.buckets().into(),
        claimed: now.held().pieces(),
    }
}

impl From<Buckets> for PiecesAsTheyWere {
    fn from(buckets: Buckets) -> Self {
        let Buckets { ordered, preparing, shipped, delivered, confirmed, cancelled, returned, exchanged } =
            buckets;
        Self { ordered, preparing, shipped, delivered, confirmed, cancelled, returned, exchanged }
    }
}
