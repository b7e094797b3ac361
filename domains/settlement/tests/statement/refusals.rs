//! Whatever isn't drawn is refused, and says why.

use kernel::{Quantity, Rejection as _, RejectionKind};
use settlement::command::{Accrue, CarryIn, SettleClaim};
use settlement::policy::{CARRIES_MAX, LINES_MAX, PAYOUT_ATTEMPTS_MAX};
use settlement::{Command, Rejection};

use crate::given::{
    accrue, accrue_lines, adjust, carry_in, close, confirm, fail, given, heading, hour, item, key, line,
    payout, phases, price, record, request, request_of, retry, returned, statement,
};

/// The refusal of a command in each phase; `None` where it is taken.
fn check(command: &Command, expected: [(&str, Option<Rejection>); 8]) {
    for ((phase, commands), (name, refusal)) in phases().into_iter().zip(expected) {
        assert_eq!(phase, name);
        let decided = given(commands).when(command.clone()).result();
        assert_eq!(decided.err(), refusal, "{phase}");
    }
}

fn by_phase(refusals: [Option<Rejection>; 8]) -> [(&'static str, Option<Rejection>); 8] {
    let names = ["absent", "open", "closed", "confirmed", "carried_over", "failed", "paid", "requested"];
    let mut refusals = refusals.into_iter();
    names.map(|name| (name, refusals.next().flatten()))
}

#[test]
fn items_go_onto_an_open_statement_only() {
    let late = |name| Some(Rejection::StatementClosed { missing: vec![key(name)] });
    let all = |name| [None, None, late(name), late(name), late(name), late(name), late(name), late(name)];
    check(&accrue("b"), by_phase(all("b")));
    check(&adjust(returned("c", item("a"))), by_phase(all("c")));
}

#[test]
fn a_balance_goes_onto_an_open_statement_only() {
    let late = || Some(Rejection::ClosedToCarry);
    check(&carry_in(0, -1), by_phase([None, None, late(), late(), late(), late(), late(), late()]));
}

#[test]
fn only_what_exists_is_closed_and_only_what_is_closed_confirmed() {
    let absent = || Some(Rejection::NoSuchStatement);
    check(&close(), by_phase([absent(), None, None, None, None, None, None, None]));
    let open = Some(Rejection::NotClosed);
    check(&confirm(), by_phase([absent(), open, None, None, None, None, None, None]));
}

#[test]
fn only_a_confirmed_statement_is_paid_and_only_once() {
    let (absent, early) = (Some(Rejection::NoSuchStatement), || Some(Rejection::NotConfirmed));
    let asked = || Some(Rejection::PayoutAlreadyRequested(payout(1)));
    let expected = [absent, early(), early(), None, None, asked(), asked(), asked()];
    check(&request_of(7, 0), by_phase(expected));
}

#[test]
fn the_bank_answers_only_what_it_was_asked() {
    let (absent, early) = (|| Some(Rejection::NoSuchStatement), || Some(Rejection::NoPayoutRequested));
    let ended = || Some(Rejection::CarriedOverAlready);
    let start = || [absent(), early(), early(), early(), ended()];
    let with = |end: [Option<Rejection>; 3]| {
        let all = [start().to_vec(), end.to_vec()].concat();
        by_phase(all.try_into().unwrap())
    };
    let another = || Some(Rejection::AnotherPayout(payout(1)));
    check(&record(7), with([another(), another(), another()]));
    check(&fail(7), with([another(), another(), another()]));
    check(&record(1), with([Some(Rejection::PayoutFailedAlready(payout(1))), None, None]));
    check(&fail(1), with([None, Some(Rejection::PaidAlready(payout(1))), None]));
    let pending = Some(Rejection::PayoutStillPending(payout(1)));
    check(&retry(7), with([None, Some(Rejection::PaidAlready(payout(1))), pending]));
    check(&retry(1), with([Some(Rejection::PayoutTriedBefore(payout(1))), None, None]));
}

#[test]
fn a_payout_is_not_tried_forever() {
    let mut commands = vec![accrue("a"), close(), confirm(), request(), fail(1)];
    let last = u128::try_from(PAYOUT_ATTEMPTS_MAX).unwrap();
    commands.extend((2..=last).flat_map(|number| [retry(number), fail(number)]));
    given(commands).when(retry(last + 1)).then_refused(Rejection::TooManyAttempts);
}

#[test]
fn a_statement_is_for_one_merchant_mall_currency_and_period() {
    let mut other = heading();
    other.currency = kernel::Currency::Usd;
    for mut command in [accrue("b"), adjust(returned("c", item("a"))), carry_in(0, -1)] {
        if let Command::Accrue(Accrue { heading, .. })
        | Command::SettleClaim(SettleClaim { heading, .. })
        | Command::CarryIn(CarryIn { heading, .. }) = &mut command
        {
            *heading = other.clone();
        }
        given([accrue("a")]).when(command).then_refused(Rejection::AnotherHeading);
    }
}

#[test]
fn a_command_names_one_line_at_least_and_a_limited_number_at_most() {
    given([]).when(accrue_lines(vec![])).then_refused(Rejection::NoLines);
    let lines = |count: usize| (0..count).map(|number| line(&format!("i{number}"))).collect();
    assert_eq!(given([]).when(accrue_lines(lines(LINES_MAX))).events().len(), 2);
    let refusal = Rejection::TooManyLines { found: LINES_MAX + 1, limit: LINES_MAX };
    given([]).when(accrue_lines(lines(LINES_MAX + 1))).then_refused(refusal);
}

#[test]
fn one_key_is_named_once() {
    let refusal = Rejection::ItemNamedTwice(key("a"));
    given([]).when(accrue_lines(vec![line("a"), line("a")])).then_refused(refusal);
}

#[test]
fn discounts_take_no_more_than_there_is() {
    let mut merchants = line("a");
    merchants.discount_merchant = price(30_001);
    let mut all = line("a");
    all.points = price(30_001);
    for bad in [merchants, all.clone()] {
        given([]).when(accrue_lines(vec![bad])).then_refused(Rejection::LineNotCovered(key("a")));
    }
    all.points = price(30_000);
    assert_eq!(given([]).when(accrue_lines(vec![all])).events().len(), 2);
}

#[test]
fn what_falls_due_after_the_period_belongs_to_the_next() {
    let mut late = line("a");
    late.basis_at = heading().period.until();
    given([]).when(accrue_lines(vec![late])).then_refused(Rejection::AfterPeriod(key("a")));
    let mut earlier = line("a");
    earlier.basis_at = hour(-100);
    assert_eq!(given([]).when(accrue_lines(vec![earlier])).events().len(), 2);
}

#[test]
fn no_more_comes_back_than_was_sold() {
    let mut line = returned("b", item("a"));
    (line.first_piece, line.pieces) = (1, Quantity::new(3).unwrap());
    given([]).when(adjust(line)).then_refused(Rejection::TooManyPieces(key("b")));
}

#[test]
fn only_a_sound_sale_is_taken_back() {
    let back = settlement::reversal::reverse(returned("b", item("a")), 1);
    given([]).when(adjust(returned("c", back))).then_refused(Rejection::NotReversible(key("c")));
    let mut wrong = item("a");
    wrong.net += kernel::Amount::from_minor(1);
    given([]).when(adjust(returned("c", wrong))).then_refused(Rejection::NotReversible(key("c")));
}

#[test]
fn a_former_balance_has_one_amount_and_is_not_ones_own() {
    given([carry_in(0, -1)]).when(carry_in(0, -2)).then_refused(Rejection::CarryDiffers(statement(0)));
    given([]).when(carry_in(1, -2)).then_refused(Rejection::CarryFromItself);
    let many = u128::try_from(CARRIES_MAX).unwrap();
    let full = given((0..many).map(|number| carry_in(100 + number, -1)));
    full.when(carry_in(0, -1)).then_refused(Rejection::TooManyCarries);
}

#[test]
fn a_period_is_closed_when_it_is_over() {
    let until = heading().period.until();
    let mut early = close();
    if let Command::Close(command) = &mut early {
        command.at = until - chrono::TimeDelta::nanoseconds(1);
    }
    given([accrue("a")]).when(early.clone()).then_refused(Rejection::PeriodNotOver(until));
    if let Command::Close(command) = &mut early {
        command.at = until;
    }
    assert_eq!(given([accrue("a")]).when(early).events().len(), 1);
}

#[test]
fn a_refusal_has_a_stable_code_and_a_kind() {
    let late = Rejection::StatementClosed { missing: vec![key("a")] };
    assert_eq!((late.code(), late.kind()), ("statement_closed", RejectionKind::Conflict));
    assert_eq!(Rejection::NoSuchStatement.kind(), RejectionKind::NotFound);
    assert_eq!(Rejection::NoLines.kind(), RejectionKind::Invalid);
}
