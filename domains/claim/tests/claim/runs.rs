//! A line claimed in several runs of pieces, as an order opens a claim where earlier claims left gaps.

use claim::command::Inspect;
use claim::refund::{RefundInput, quote};
use claim::value::{ClaimLine, Fault, InspectedLine, Inspection, Kind};
use claim::{Command, Event, Rejection, command::Request};
use proptest::prelude::*;

use crate::given::*;

/// So many pieces from `first` of line 1, of which eight were ordered for 10,003.
fn run(first_piece: u32, pieces: u32) -> ClaimLine {
    ClaimLine { quantity: quantity(pieces), ordered: 8, first_piece, paid: won(10_003), ..line() }
}

fn request_of(lines: Vec<ClaimLine>) -> Request {
    Request { lines, ..request() }
}

fn return_of_runs(lines: Vec<ClaimLine>) -> Command {
    return_of(request_of(lines))
}

fn inspect(resellable: u32, damaged: u32) -> Command {
    let lines = vec![InspectedLine { line: 1, resellable, damaged }];
    Command::Inspect(Inspect { result: Inspection::Pass { lines }, at: at(4) })
}

#[test]
fn a_line_may_be_claimed_in_several_runs() {
    for runs in
        [vec![run(0, 2), run(5, 1)], vec![run(5, 1), run(0, 2)], vec![run(0, 2), run(2, 3), run(5, 3)]]
    {
        given([]).when(return_of_runs(runs.clone())).then(&["requested"]);
        given([]).when(cancel_of(request_of(runs), false)).then(&["requested", "approved"]);
    }
}

#[test]
fn no_piece_is_claimed_twice() {
    let overlapping = [
        vec![run(0, 2), run(0, 2)],
        vec![run(0, 2), run(1, 2)],
        vec![run(1, 1), run(0, 8)],
        vec![run(0, 8), run(5, 1), run(6, 1)],
        vec![run(6, 1), run(0, 2), run(1, 1)],
    ];
    for runs in overlapping {
        given([]).when(return_of_runs(runs)).refused(&Rejection::OverlappingRuns(1));
    }
}

#[test]
fn other_lines_may_hold_the_same_pieces() {
    let other = ClaimLine { line: 2, ..run(0, 2) };
    given([]).when(return_of_runs(vec![run(0, 2), other])).then(&["requested"]);
}

#[test]
fn the_runs_of_a_line_agree_on_the_line() {
    let second = run(5, 1);
    let strange = [
        ClaimLine { paid: won(10_004), ..second.clone() },
        ClaimLine { ordered: 9, ..second.clone() },
        ClaimLine { shipping: won(1), ..second.clone() },
        ClaimLine { group: 2, ..second },
    ];
    for second in strange {
        given([]).when(return_of_runs(vec![run(0, 2), second])).refused(&Rejection::RunsDiffer(1));
    }
}

#[test]
fn every_run_lies_within_its_line() {
    given([]).when(return_of_runs(vec![run(0, 2), run(7, 2)])).refused(&Rejection::MoreThanOrdered(1));
}

#[test]
fn a_request_has_at_most_a_thousand_runs() {
    let runs = |count: u32| {
        (0..count).map(|first_piece| ClaimLine { ordered: 2_000, ..run(first_piece, 1) }).collect()
    };
    given([]).when(return_of_runs(runs(1_001))).refused(&Rejection::TooManyRuns(1_001));
    given([]).when(return_of_runs(runs(1_000))).then(&["requested"]);
}

#[test]
fn every_run_goes_back_at_its_own_worth() {
    // 1,250 each and one won more for the first three.
    let events = given([])
        .when(cancel_of(request_of(vec![run(5, 1), run(0, 2)]), false))
        .then(&["requested", "approved"]);
    let Event::Approved(approved) = &events[1] else { panic!("approved") };
    let amounts: Vec<_> = approved.lines.iter().map(|line| (line.first_piece, line.amount.minor())).collect();
    assert_eq!(amounts, [(5, 1_250), (0, 2_502)]);
}

#[test]
fn an_inspection_names_a_line_once_whatever_its_runs() {
    let steps = [
        return_of_runs(vec![run(0, 2), run(5, 1)]),
        accept(claim::value::Party::Merchant),
        pickup(1),
        collect(),
    ];
    let collected = given(steps);
    collected.when(inspect(1, 1)).refused(&Rejection::InspectionDiffers(1));
    let events = collected.when(inspect(1, 2)).then(&["inspected"]);
    let Event::Inspected(inspected) = &events[0] else { panic!("inspected") };
    let restock: Vec<_> =
        inspected.restock.iter().map(|line| (line.line, line.resellable, line.damaged)).collect();
    assert_eq!(restock, [(1, 1, 2)]);
}

#[test]
fn the_same_pieces_asked_again_in_other_runs_are_already_so() {
    let requested = given([return_of_runs(vec![run(0, 2), run(5, 1)])]);
    requested.when(return_of_runs(vec![run(3, 3)])).then(&[]);
    requested.when(return_of_runs(vec![run(0, 2)])).refused(&Rejection::AlreadyRequested);
}

proptest! {
    #[test]
    fn runs_that_partition_a_line_refund_exactly_what_was_paid(
        paid in 0_i64..=kernel::Price::MAX,
        parts in prop::collection::vec(1_u32..50, 1..50),
        of_first_claim in prop::collection::vec(any::<bool>(), 50),
    ) {
        let ordered: u32 = parts.iter().sum();
        let mut first_piece = 0;
        let mut claims = [Vec::new(), Vec::new()];
        for (pieces, first) in parts.into_iter().zip(of_first_claim) {
            claims[usize::from(first)].push(ClaimLine { ordered, paid: won(paid), ..run(first_piece, pieces) });
            first_piece += pieces;
        }
        let goods = |runs: &Vec<ClaimLine>| {
            quote(&RefundInput { kind: Kind::Cancel, fault: Fault::Merchant, lines: runs, groups: &[group()] }).goods
        };
        prop_assert_eq!(claims.iter().map(goods).sum::<kernel::Amount>(), won(paid));
        for runs in claims.into_iter().filter(|runs| !runs.is_empty()) {
            given([]).when(return_of_runs(runs)).then(&["requested"]);
        }
    }
}
