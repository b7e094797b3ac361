//! What must hold of every aggregate after every commit, whatever its deciders decided.

use kernel::{Amount, Decider};
use sagas::Saga;
use sagas::process::Process;
use settlement::ledger::{Entry, TrialBalance};

/// An aggregate with laws.
pub(super) trait Lawful: Decider {
    /// The laws that the state breaks, after these events led to it; each with its figures.
    fn broken(_state: &Self::State, _events: &[Self::Event]) -> Vec<String> {
        Vec::new()
    }
}

macro_rules! no_laws_beyond_their_deciders {
    ($($aggregate:ty),+ $(,)?) => { $(impl Lawful for $aggregate {})+ };
}

no_laws_beyond_their_deciders! {
    crate::service::request::Request,
    claim::Claim,
    display::DisplayTree,
    display::Exhibition,
    member::Admins,
    member::EmailClaim,
    member::Member,
    member::Merchant,
    member::Operator,
    member::Session,
    order::campaign::CodeClaim,
    order::cart::Purchase,
    order::coupon::Coupon,
    product::Category,
    product::Product,
    sagas::unheard::Unheard,
    shipping::DeliveryPolicy,
    shipping::Shipment,
}

impl<S: Saga> Lawful for Process<S> {}

/// On hand is what is available and what is reserved; what is reserved is kept for orders.
impl Lawful for product::Stock {
    fn broken(state: &Self::State, _: &[Self::Event]) -> Vec<String> {
        let levels = state.levels();
        let kept: u64 = state.reservations().map(|(_, pieces)| u64::from(pieces)).sum();
        let mut broken = Vec::new();
        if levels.available.checked_add(levels.reserved) != Some(levels.on_hand) {
            let product::stock::value::Levels { on_hand, reserved, available, .. } = levels;
            broken.push(format!("on hand {on_hand} is not available {available} + reserved {reserved}"));
        }
        if kept != u64::from(levels.reserved) {
            broken.push(format!("reserved {} but kept for orders {kept}", levels.reserved));
        }
        broken
    }
}

/// Every piece ordered is in one bucket, and none of a gift has left before its recipient said where to.
impl Lawful for order::Order {
    fn broken(state: &Self::State, _: &[Self::Event]) -> Vec<String> {
        let unaccepted = state.gift().is_some() && state.recipient().is_none();
        let left = state.shipments().len();
        let sent =
            (unaccepted && left > 0).then(|| format!("{left} shipments of a gift that was not accepted"));
        let lines = state.lines().filter(|(placed, line)| line.buckets().total() != placed.quantity.get());
        let word = |(placed, line): (&order::event::PlacedLine, &order::state::Line)| {
            format!(
                "line {}: {} ordered, {} in buckets",
                placed.line.0,
                placed.quantity,
                line.buckets().total()
            )
        };
        lines.map(word).chain(sent).collect()
    }
}

/// An account's balance and what it holds are what its lots and holds say, and never below zero.
impl Lawful for member::PointAccount {
    fn broken(state: &Self::State, _: &[Self::Event]) -> Vec<String> {
        let in_lots: Amount = state.lots().map(|part| part.amount).sum();
        let for_orders: Amount = state.holds().map(|(_, held)| held).sum();
        let (balance, held) = (state.balance(), state.held());
        let mut broken = Vec::new();
        if balance != in_lots || balance.is_negative() {
            broken.push(format!("balance {balance}, in lots {in_lots}"));
        }
        if held != for_orders || held.is_negative() {
            broken.push(format!("held {held}, for orders {for_orders}"));
        }
        broken
    }
}

/// No more pieces count than the limit of the last take.
impl Lawful for order::allowance::PurchaseAllowance {
    fn broken(state: &Self::State, events: &[Self::Event]) -> Vec<String> {
        let over = events.iter().filter_map(|event| match event {
            order::allowance::Event::Taken(body) => {
                let (counted, most) = (state.counted(body.limit, body.at), body.limit.pieces.get());
                (counted > most).then(|| format!("{counted} pieces count, {most} are allowed"))
            }
            order::allowance::Event::GivenBack(_) => None,
        });
        over.collect()
    }
}

/// No more coupons than there are.
impl Lawful for order::campaign::Campaign {
    fn broken(state: &Self::State, _: &[Self::Event]) -> Vec<String> {
        let (issued, total) = (state.issued(), state.plan().and_then(|plan| plan.limits.total));
        let over = total.filter(|total| issued > *total);
        over.map(|total| format!("{issued} coupons issued, {total} are all there are")).into_iter().collect()
    }
}

/// No more goes back than came in.
impl Lawful for payment::Payment {
    fn broken(state: &Self::State, _: &[Self::Event]) -> Vec<String> {
        let (captured, refunded) = (state.captured(), state.refunded());
        let within = refunded <= captured && refunded >= Amount::ZERO;
        if within { Vec::new() } else { vec![format!("captured {captured}, refunded {refunded}")] }
    }
}

/// Debits equal credits in every entry, so the trial balance is zero at every position.
impl Lawful for settlement::Statement {
    fn broken(_: &Self::State, events: &[Self::Event]) -> Vec<String> {
        let entries = events.iter().filter_map(settlement::Event::entry);
        let unbalanced = entries.filter(|entry: &&Entry| !TrialBalance::of([*entry]).is_balanced());
        unbalanced.map(|entry| format!("the entry citing {} is not balanced", entry.cites())).collect()
    }
}
