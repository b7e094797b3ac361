//! A statement's way from its first item to the bank's answer.

use kernel::Amount;
use settlement::command::RequestPayout;
use settlement::event::{CarriedIn, CarriedOver, Closed};
use settlement::ledger::{Account, EntryKind, TrialBalance};
use settlement::state::Phase;
use settlement::totals::Totals;
use settlement::value::CarryReason;
use settlement::{Command, Event};

use crate::given::{
    AFTER, accrue, accrue_lines, adjust, carry_in, close, confirm, fail, given, heading, hour, item, key,
    line, merchant, payout, phases, record, request, request_of, retry, returned, statement,
};

#[test]
fn the_first_item_opens_the_statement() {
    let events = given([]).when(accrue("a")).events();
    let [Event::Opened(opened), Event::ItemsAccrued(added)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(
        (opened.statement, opened.merchant, opened.period),
        (statement(1), merchant(), heading().period)
    );
    assert_eq!(added.items, [item("a")]);
    assert_eq!((added.entry.kind(), added.entry.cites()), (EntryKind::Accrual, 41));
    assert_ne!(added.chain_sha256, opened.chain_sha256);
}

#[test]
fn an_item_that_is_there_already_is_skipped() {
    let events = given([accrue("a")]).when(accrue_lines(vec![line("a"), line("b")])).events();
    let [Event::ItemsAccrued(added)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(added.items, [item("b")]);
}

#[test]
fn the_same_items_again_change_nothing_in_any_phase() {
    for (phase, commands) in phases().into_iter().skip(1) {
        println!("{phase}");
        given(commands).when(accrue("a")).then_nothing();
    }
}

#[test]
fn a_return_is_a_new_negative_item() {
    let given = given([accrue("a"), adjust(returned("a/back", item("a")))]);
    let standing = given.standing();
    assert!(standing.contains(&key("a")) && standing.contains(&key("a/back")));
    assert_eq!(standing.totals().items, 2);
    assert!(standing.due() < item("a").net);
    let last = given.events().pop();
    let Some(Event::ItemsAdjusted(added)) = last else { panic!("{last:?}") };
    assert_eq!((added.entry.kind(), added.entry.cites()), (EntryKind::Adjustment, 43));
}

#[test]
fn a_return_can_open_a_statement_that_then_owes_nothing() {
    let standing = given([adjust(returned("a/back", item("a")))]).standing();
    assert!(standing.due().is_negative());
}

#[test]
fn a_former_balance_is_taken_over_once() {
    let events = given([accrue("a")]).when(carry_in(0, -700)).events();
    let [Event::CarriedIn(CarriedIn { from, amount, .. })] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((*from, amount.minor()), (statement(0), -700));
    given([carry_in(0, -700)]).when(carry_in(0, -700)).then_nothing();
    given([carry_in(0, -700), accrue("a"), close()]).when(carry_in(0, -700)).then_nothing();
    assert_eq!(
        given([accrue("a"), carry_in(0, -700)]).standing().due(),
        item("a").net - Amount::from_minor(700)
    );
}

#[test]
fn a_balance_of_nothing_is_not_recorded() {
    given([]).when(carry_in(0, 0)).then_nothing();
}

#[test]
fn closing_fixes_totals_and_hash() {
    let given = given([accrue("a"), carry_in(0, -700), close()]);
    let standing = given.standing();
    let last = given.events().pop();
    let Some(Event::Closed(Closed { totals, carried_in, due, sha256, .. })) = last else {
        panic!("{last:?}")
    };
    assert_eq!(totals, Totals::of(&[item("a")]));
    assert_eq!((carried_in.minor(), due.minor()), (-700, 28_520 - 700));
    assert_eq!((standing.hash(), sha256.len()), (Some(sha256.as_str()), 64));
}

#[test]
fn a_closed_statements_hash_never_changes() {
    let hash = given([accrue("a"), close()]).standing().hash().map(str::to_owned);
    for (phase, commands) in phases().into_iter().skip(2) {
        assert_eq!(given(commands).standing().hash(), hash.as_deref(), "{phase}");
    }
}

#[test]
fn closing_and_confirming_again_change_nothing() {
    for (phase, commands) in phases().into_iter().skip(2) {
        println!("{phase}");
        given(commands.clone()).when(close()).then_nothing();
        if phase != "closed" {
            given(commands).when(confirm()).then_nothing();
        }
    }
}

fn confirmed() -> [Command; 3] {
    [accrue("a"), close(), confirm()]
}

#[test]
fn a_payout_is_what_is_due() {
    let events = given(confirmed()).when(request()).events();
    let [Event::PayoutRequested(requested)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((requested.amount, requested.attempt), (item("a").net, 1));
    assert_eq!((requested.payout, requested.entry.cites()), (payout(1), 50));
}

#[test]
fn a_payout_of_exactly_the_minimum_is_made() {
    let events = given(confirmed()).when(request_of(1, 28_520)).events();
    assert!(matches!(events.as_slice(), [Event::PayoutRequested(_)]), "{events:?}");
}

fn carried_over(amount: i64, reason: CarryReason) -> Event {
    let heading = heading();
    Event::CarriedOver(CarriedOver {
        statement: statement(1),
        merchant: heading.merchant,
        mall: heading.mall,
        amount: Amount::from_minor(amount),
        currency: heading.currency,
        reason,
        period: heading.period,
        at: hour(AFTER),
    })
}

#[test]
fn less_than_the_minimum_is_carried_over() {
    let expected = carried_over(28_520, CarryReason::BelowMinimum);
    given(confirmed()).when(request_of(1, 28_521)).then(&Ok(vec![expected]));
}

#[test]
fn what_is_withheld_is_carried_over_whatever_it_is() {
    let Command::RequestPayout(request) = request_of(1, 0) else { panic!("no request") };
    let withheld = Command::RequestPayout(RequestPayout { withheld: true, ..request });
    let expected = carried_over(28_520, CarryReason::Withheld);
    given(confirmed()).when(withheld).then(&Ok(vec![expected]));
}

#[test]
fn nothing_or_a_debt_is_carried_over() {
    for debt in [28_520, 30_000] {
        let expected = carried_over(28_520 - debt, CarryReason::NothingDue);
        given([accrue("a"), carry_in(0, -debt), close(), confirm()])
            .when(request())
            .then(&Ok(vec![expected]));
    }
}

#[test]
fn a_failed_payout_is_tried_again_and_paid() {
    let given = given(confirmed().into_iter().chain([request(), fail(1), retry(2), record(2)]));
    assert_eq!(given.standing().phase(), &Phase::Paid(payout(2)));
    let attempts = given.events().into_iter().filter_map(|event| {
        if let Event::PayoutRequested(requested) = event {
            Some((requested.attempt, requested.payout))
        } else {
            None
        }
    });
    assert_eq!(attempts.collect::<Vec<_>>(), [(1, payout(1)), (2, payout(2))]);
}

#[test]
fn a_paid_statement_owes_the_merchant_nothing_in_the_ledger() {
    let given = given(confirmed().into_iter().chain([request(), fail(1), retry(2), record(2)]));
    let entries: Vec<_> = given.events().iter().filter_map(crate::given::entry_of).collect();
    let trial = TrialBalance::of(&entries);
    let balance = |account| trial.balance_minor(kernel::Currency::Krw, account);
    assert_eq!(entries.len(), 5);
    assert_eq!((balance(Account::MerchantPayable), balance(Account::PayoutsInTransit)), (0, 0));
    assert_eq!(balance(Account::Bank), -28_520);
    assert!(trial.is_balanced());
}

#[test]
fn the_banks_answer_twice_changes_nothing() {
    given(confirmed().into_iter().chain([request(), record(1)])).when(record(1)).then_nothing();
    given(confirmed().into_iter().chain([request(), fail(1)])).when(fail(1)).then_nothing();
    given(confirmed().into_iter().chain([request(), fail(1), retry(2)])).when(retry(2)).then_nothing();
    given(confirmed().into_iter().chain([request()])).when(request()).then_nothing();
}
