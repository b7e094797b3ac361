//! One fixed sample of every event of a member's points.

use kernel::{Amount, DomainEvent, Rate, Timestamp};
use member::PointAccount;
use member::member::Grade;
use member::points::{
    Earned, Earning, Event, Expired, Held, Levels, Lot, Part, Parts, PointAccountId, Released, Restored,
    Revocation, Revoked, Used,
};

use super::check;
use crate::sample::{day, id, member_id, text};

fn account() -> PointAccountId {
    PointAccountId { member: member_id(), mall: "main".parse().unwrap() }
}

fn levels(balance: i64, held: i64) -> Levels {
    Levels { balance: Amount::from_minor(balance), held: Amount::from_minor(held) }
}

fn until(date: &str) -> Timestamp {
    format!("{date}T12:00:00Z").parse().unwrap()
}

fn part(lot: u128, date: &str, amount: i64) -> Part {
    let lot = Lot { expires_at: until(date), id: id(lot), restore: None };
    Part { lot, amount: Amount::from_minor(amount) }
}

fn prolonged(part: Part) -> Part {
    Part { lot: Lot { expires_at: until("2026-02-04"), restore: Some(id(30)), ..part.lot }, ..part }
}

fn earned(lot: u128, reason: Earning) -> Event {
    let (lot, amount, levels) = (id(lot), Amount::from_minor(50), levels(70, 0));
    Event::Earned(Earned {
        account: account(),
        lot,
        amount,
        expires_at: until("2026-12-31"),
        reason,
        levels,
        at: day(1),
    })
}

fn revoked(reason: Revocation) -> Event {
    let (part, uncollected) = (part(11, "2026-12-31", 20), Amount::from_minor(30));
    let (lot, amount, parts, levels) = (id(11), part.amount, [part].into_iter().collect(), levels(0, 30));
    Event::Revoked(Revoked {
        account: account(),
        lot,
        reason,
        amount,
        uncollected,
        parts,
        levels,
        at: day(7),
    })
}

#[test]
fn every_event_of_points_keeps_its_shape() {
    let (account, order, both) =
        (account(), id(20), [part(10, "2026-01-06", 20), part(11, "2026-12-31", 10)]);
    let (amount, parts) = (Amount::from_minor(30), both.into_iter().collect::<Parts>());
    let (from, to) = (parts.clone(), [prolonged(both[0]), both[1]].into_iter().collect());
    let (gone, first) = (both[0].amount, [both[0]].into_iter().collect());
    let mine = || account.clone();
    check::<PointAccount>(&[
        earned(11, Earning::Purchase { order, line: 2 }),
        Event::Held(Held {
            account: mine(),
            order,
            amount,
            parts: parts.clone(),
            levels: levels(40, 30),
            at: day(2),
        }),
        Event::Used(Used { account: mine(), order, amount, levels: levels(40, 0), at: day(3) }),
        Event::Released(Released {
            account: mine(),
            order,
            amount,
            parts,
            levels: levels(70, 0),
            at: day(4),
        }),
        Event::Restored(Restored {
            account: mine(),
            order,
            restore: id(30),
            amount,
            from,
            to,
            levels: levels(70, 0),
            at: day(5),
        }),
        Event::Expired(Expired {
            account: mine(),
            amount: gone,
            parts: first,
            levels: levels(20, 30),
            at: day(6),
        }),
        revoked(Revocation::Returned { claim: id(40) }),
    ]);
}

#[test]
fn every_reason_keeps_its_shape() {
    let json = |event: &Event| serde_json::to_value(event.encode().unwrap().data).unwrap();
    let granted = json(&earned(11, Earning::Granted { note: text("welcome") }));
    assert_eq!(granted["reason"], serde_json::json!({"kind": "granted", "note": "welcome"}));
    let (order, paid, rate) =
        (id(20), Amount::from_minor(5_000), Rate::new("0.01".parse().unwrap()).unwrap());
    let confirmed = json(&earned(11, Earning::Confirmed { order, grade: Grade::Gold, rate, paid }));
    assert_eq!(
        confirmed["reason"],
        serde_json::json!({"kind": "confirmed", "order": order, "grade": "gold", "rate": "0.01", "paid_minor": 5_000})
    );
    let corrected = json(&revoked(Revocation::Corrected { note: text("counted twice") }));
    assert_eq!(corrected["reason"], serde_json::json!({"kind": "corrected", "note": "counted twice"}));
}
