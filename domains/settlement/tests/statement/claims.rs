//! Settling a completed claim: what it took back and what fee it left are one event, each an item of its own.

use kernel::{Amount, Currency};
use settlement::event::ItemsAdded;
use settlement::export::{Row, csv, json_lines};
use settlement::item::ItemKind;
use settlement::ledger::{Account, TrialBalance};
use settlement::policy::RETURNED_LINES_MAX;
use settlement::{Event, Rejection};

use crate::given::{
    accrue, close, confirm, entry_of, fee, given, item, key, merchant, request, returned, settle_claim,
};

fn won(minor: i64) -> Amount {
    Amount::from_minor(minor)
}

fn adjusted(events: &[Event]) -> &ItemsAdded {
    let Some(Event::ItemsAdjusted(added)) = events.last() else { panic!("nothing adjusted: {events:?}") };
    added
}

#[test]
fn a_fee_that_stays_moves_deposits_to_the_merchant() {
    let events = given([]).when(settle_claim(vec![], Some(fee("c", 2_500)))).events();
    let item = &adjusted(&events).items[0];
    assert_eq!((item.kind, item.net, item.parts.commission), (ItemKind::ClaimFee, won(2_500), won(0)));
    assert_eq!((item.line, item.quantity, item.reverses.as_ref()), (0, 0, None));
    let entry = &adjusted(&events).entry;
    let lines: Vec<_> = entry.lines().iter().map(|line| (line.account, line.debit, line.credit)).collect();
    let expected =
        [(Account::CustomerDeposits, won(2_500), won(0)), (Account::MerchantPayable, won(0), won(2_500))];
    assert_eq!(lines, expected);
}

#[test]
fn a_fee_that_goes_back_is_the_mirror() {
    let events = given([]).when(settle_claim(vec![], Some(fee("c", -2_500)))).events();
    let trial = TrialBalance::of(&[adjusted(&events).entry.clone()]);
    assert_eq!(trial.balance_minor(Currency::Krw, Account::CustomerDeposits), 2_500);
    assert_eq!(trial.merchant_balance_minor(Currency::Krw, Account::MerchantPayable, merchant()), -2_500);
}

#[test]
fn a_claim_is_one_event_with_one_entry_for_all_of_it() {
    let claim = settle_claim(vec![returned("b", item("a"))], Some(fee("c", -1_000)));
    let given = given([accrue("a"), claim]);
    let standing = given.standing();
    let events = given.events();
    assert_eq!(adjusted(&events).items.len(), 2);
    assert_eq!(
        standing.totals().net,
        item("a").net + adjusted(&events).items.iter().map(|item| item.net).sum()
    );
    assert!(TrialBalance::of(&events.iter().filter_map(entry_of).collect::<Vec<_>>()).is_balanced());
}

#[test]
fn the_same_claim_again_adds_nothing_and_a_fee_of_nothing_is_none() {
    let claim = || settle_claim(vec![returned("b", item("a"))], Some(fee("c", 700)));
    given([claim()]).when(claim()).then_nothing();
    given([]).when(settle_claim(vec![], Some(fee("c", 0)))).then_nothing();
    given([]).when(settle_claim(vec![], None)).then_refused(Rejection::NoLines);
}

#[test]
fn a_claim_names_a_limited_number_of_lines() {
    let lines = (0..=RETURNED_LINES_MAX).map(|number| returned(&format!("b{number}"), item("a"))).collect();
    let (found, limit) = (RETURNED_LINES_MAX + 2, RETURNED_LINES_MAX + 1);
    let refusal = Rejection::TooManyLines { found, limit };
    given([]).when(settle_claim(lines, Some(fee("c", 1)))).then_refused(refusal);
}

#[test]
fn a_claim_after_closing_belongs_to_the_next_period() {
    let missing = vec![key("b"), key("c")];
    given([accrue("a"), close()])
        .when(settle_claim(vec![returned("b", item("a"))], Some(fee("c", 700))))
        .then_refused(Rejection::StatementClosed { missing });
}

#[test]
fn a_statement_of_nothing_but_a_return_is_carried_over() {
    let past = [settle_claim(vec![returned("b", item("a"))], None), close(), confirm()];
    let events = given(past).when(request()).events();
    assert!(matches!(events[..], [Event::CarriedOver(ref over)] if over.amount.is_negative()), "{events:?}");
}

#[test]
fn exports_carry_the_fee() {
    let events = given([]).when(settle_claim(vec![], Some(fee("o/claim/c", -700)))).events();
    let items = &adjusted(&events).items;
    let row =
        "o/claim/c,claim_fee,,00000000-0000-0000-0000-000000000de2,0,0,taxable,0,0,0,0,-700,0,0,0,-700,";
    let items: Vec<Row> = items.iter().cloned().map(Row::from).collect();
    assert!(csv(&items).text.contains(row), "{}", csv(&items).text);
    assert!(json_lines(&items).text.contains(r#""kind":"claim_fee""#));
    assert_eq!(csv(&items).control.net_minor, -700);
}
