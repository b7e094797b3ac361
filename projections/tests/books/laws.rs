//! What holds after any mixed history, at every position of it.

use std::collections::BTreeMap;

use eventstore::{Filter, Seq, Tailed};
use futures::StreamExt;
use payment::{Event, Payment, RefundCause};
use projections::books::Books;
use projections::books::query::{AccountBalance, statement, trial_balance};
use projections::runner;
use proptest::prelude::*;
use settlement::Statement;
use settlement::ledger::Account;

use crate::money::*;
use crate::statements::*;
use crate::world::World;

/// One command of a small world, taken or refused.
#[derive(Debug, Clone)]
enum Asked {
    Payment(u8, payment::Command),
    Statement(u8, settlement::Command),
}

const PAYMENTS: u8 = 4;
const STATEMENTS: u8 = 4;

fn any_payment() -> impl Strategy<Value = Asked> {
    let numbers = (0..PAYMENTS, 0_u8..3, prop_oneof![Just(0), 1_i64..50_000]);
    (numbers, 0_u8..12).prop_map(|((payment, number, minor), step)| {
        let command = match step {
            0 | 1 => request(payment, minor),
            2 | 3 => start(),
            4..=6 => captured(payment, number),
            7 => expire(),
            8 => start_refund(payment, number, minor),
            9 => refunded(payment, number),
            10 => refund_failed(payment, number),
            _ => stray_refunded(payment, number),
        };
        Asked::Payment(payment, command)
    })
}

fn any_statement() -> impl Strategy<Value = Asked> {
    let numbers = (0..STATEMENTS, 0_u8..5, 4_000_i64..900_000);
    (numbers, 0_u8..18).prop_map(|((statement, number, sale), step)| {
        let name = format!("i{number}");
        let command = match step {
            0..=5 => {
                accrue(statement, 41, vec![line(&name, sale), line(&format!("{name}/b"), sale / 2 + 3_000)])
            }
            6 | 7 => adjust(statement, 43, &format!("b{number}"), item(&name, sale)),
            8 => carry_in(statement, 90 + number, sale / 10 - 40_000),
            9 => close(statement),
            10 => confirm(statement),
            11 | 12 => request_payout(statement, number, if number == 0 { 1_000_000_000 } else { 0 }),
            13 | 14 => record_payout(statement, number),
            15 => fail_payout(statement, number),
            _ => retry_payout(statement, number),
        };
        Asked::Statement(statement, command)
    })
}

/// A history that reaches the ends: every payment captured, every statement closed and sent to the bank.
fn any_history() -> impl Strategy<Value = Vec<Asked>> {
    let mixed = || prop::collection::vec(prop_oneof![any_payment(), any_statement()], 0..60);
    (mixed(), mixed()).prop_map(|(before, after)| {
        let payments = (0..PAYMENTS).flat_map(|n| {
            [request_cash(n, 40_000), start_with_receipt(), captured(n, 1)]
                .map(|command| Asked::Payment(n, command))
        });
        let statements = (0..STATEMENTS).flat_map(|n| {
            [close(n), confirm(n), request_payout(n, 1, 0)].map(|command| Asked::Statement(n, command))
        });
        payments.chain(before).chain(statements).chain(after).collect()
    })
}

async fn run(world: &mut World, history: Vec<Asked>) {
    for asked in history {
        match asked {
            Asked::Payment(number, command) => world.tries::<Payment>(&payment_id(number), command).await,
            Asked::Statement(number, command) => {
                world.tries::<Statement>(&statement_id(number), command).await
            }
        };
    }
}

/// Debits less credits, by currency.
fn differences(balances: &[AccountBalance]) -> BTreeMap<String, i64> {
    let mut differences = BTreeMap::new();
    for balance in balances {
        *differences.entry(balance.currency.clone()).or_default() +=
            balance.debit_minor - balance.credit_minor;
    }
    differences
}

fn balance(balances: &[AccountBalance], account: Account) -> i64 {
    let of_account = balances.iter().filter(|balance| balance.account == account);
    of_account.map(|balance| balance.credit_minor - balance.debit_minor).sum()
}

async fn the_trial_balance_is_zero_at_every_position(world: &World, head: Seq) {
    for position in 1..=head.0 {
        for mall in [None, Some(mall(0)), Some(mall(1))] {
            let balances = trial_balance(&world.pool, mall.as_ref(), Some(Seq(position))).await.unwrap();
            assert!(
                differences(&balances).values().all(|difference| *difference == 0),
                "{position}: {balances:?}"
            );
        }
    }
}

/// What is owed at the gateway, in deposits not yet confirmed, and in strays, told by the payments alone.
async fn the_ledger_agrees_with_the_payments(world: &World, head: Seq) {
    let (mut gateway, mut strays) = (0, 0);
    let tail = world.log.tail(Seq(0), Filter::Contexts(&["payment"])).await.unwrap();
    let steps: Vec<_> = tail.take(usize::try_from(head.0).unwrap()).collect().await;
    for step in steps {
        let Tailed::Commit(commit) = step.unwrap() else { continue };
        for event in commit.decode::<Event>().unwrap() {
            if let Event::Captured(event) = &event {
                gateway += event.amount.minor();
            } else if let Event::CapturedLate(event) | Event::DuplicateCaptured(event) = &event {
                gateway += event.amount.minor();
                strays += event.amount.minor();
            } else if let Event::Refunded(event) = &event {
                gateway -= event.amount.minor();
                strays -= if event.cause == RefundCause::Asked { 0 } else { event.amount.minor() };
            }
        }
    }
    let balances = trial_balance(&world.pool, None, None).await.unwrap();
    assert_eq!(balance(&balances, Account::GatewayReceivable), -gateway);
    assert_eq!(balance(&balances, Account::StrayCaptures), strays);
}

async fn every_statement_is_as_its_events_fold(world: &World) {
    let (mut net, mut paid) = (0, 0);
    for number in 0..STATEMENTS {
        let folded = world.log.read_latest::<Statement>(&statement_id(number)).await.unwrap();
        let shown = statement(&world.pool, statement_id(number)).await.unwrap();
        let (Some(standing), Some(shown)) = (folded.state.standing(), &shown) else {
            assert!(folded.state.standing().is_none() && shown.is_none());
            continue;
        };
        let mut json = serde_json::to_value(shown).unwrap();
        let totals = serde_json::to_value(standing.totals()).unwrap();
        json.as_object_mut().unwrap().retain(|field, _| totals.get(field).is_some());
        assert_eq!(json, totals);
        assert_eq!(shown.due_minor, standing.due().minor());
        assert_eq!(shown.carried_in_minor, standing.carried_in().minor());
        assert_eq!(shown.sha256.as_deref(), standing.hash());
        assert_eq!(shown.position, i64::try_from(folded.version.0).unwrap());
        net += shown.net_minor;
        paid += if shown.paid_at.is_some() { shown.due_minor } else { 0 };
    }
    let balances = trial_balance(&world.pool, None, None).await.unwrap();
    let owed = balance(&balances, Account::MerchantPayable) + balance(&balances, Account::PayoutsInTransit);
    assert_eq!(owed, net - paid);
    assert_eq!(balance(&balances, Account::Bank), paid);
}

async fn check(history: Vec<Asked>) {
    let mut world = World::new().await;
    run(&mut world, history).await;
    let head = world.caught_up().await;
    the_trial_balance_is_zero_at_every_position(&world, head).await;
    the_ledger_agrees_with_the_payments(&world, head).await;
    every_statement_is_as_its_events_fold(&world).await;
    let live = world.checksums().await;
    runner::rebuild::<Books>(&world.pool, &world.log, |_| {}).await.unwrap();
    assert_eq!(world.checksums().await, live);
    world.end().await;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 60, ..ProptestConfig::default() })]
    #[test]
    fn any_history_keeps_the_books_true(history in any_history()) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(check(history));
    }
}
