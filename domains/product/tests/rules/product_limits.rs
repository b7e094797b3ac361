//! How many pieces of a product may be bought.

use kernel::Decider;
use product::Product;
use product::product::command::LimitPurchases;
use product::product::event::PurchasesLimited;
use product::product::{Command, Event, MemberMaximum, PurchaseLimits, Rejection};

use crate::given::given;
use crate::samples::{at, drafted, merchant, pieces, product};

fn limits(per_order: u32, per_member: u32, days: Option<u16>) -> PurchaseLimits {
    let max_per_member = Some(MemberMaximum { pieces: pieces(per_member), days });
    PurchaseLimits { max_per_order: Some(pieces(per_order)), max_per_member }
}

fn set(limits: PurchaseLimits) -> Command {
    Command::LimitPurchases(LimitPurchases { limits, at: at(9) })
}

pub(crate) fn limit(per_order: u32, per_member: u32, days: Option<u16>) -> Command {
    set(limits(per_order, per_member, days))
}

fn limited(limits: PurchaseLimits) -> Event {
    Event::PurchasesLimited(PurchasesLimited { product: product(), merchant: merchant(), limits, at: at(9) })
}

#[test]
fn limits_are_set_changed_and_lifted() {
    let (some, other, none) = (limits(2, 5, None), limits(2, 5, Some(30)), PurchaseLimits::default());
    assert_eq!(Product::fold(&[drafted()]).purchase_limits(), none);
    given::<Product>(&[drafted()]).when(set(some)).then(Ok(vec![limited(some)]));
    given::<Product>(&[drafted(), limited(some)]).when(set(some)).then(Ok(vec![]));
    given::<Product>(&[drafted(), limited(some)]).when(set(other)).then(Ok(vec![limited(other)]));
    given::<Product>(&[drafted(), limited(some)]).when(set(none)).then(Ok(vec![limited(none)]));
    given::<Product>(&[drafted()]).when(set(none)).then(Ok(vec![]));
    assert_eq!(Product::fold(&[drafted(), limited(some)]).purchase_limits(), some);
    assert_eq!(Product::fold(&[drafted(), limited(some), limited(none)]).purchase_limits(), none);
}

#[test]
fn a_limit_that_would_be_none_or_nothing_is_refused() {
    let pieces = Err(Rejection::LimitOutOfRange);
    given::<Product>(&[drafted()]).when(limit(1_000, 1, None)).then(pieces.clone());
    given::<Product>(&[drafted()]).when(limit(1, 1_000, None)).then(pieces);
    for days in [0, 3_651] {
        given::<Product>(&[drafted()])
            .when(limit(1, 1, Some(days)))
            .then(Err(Rejection::LimitDaysOutOfRange));
    }
    given::<Product>(&[drafted()]).when(limit(999, 999, Some(3_650))).then(Ok(vec![limited(limits(
        999,
        999,
        Some(3_650),
    ))]));
}
