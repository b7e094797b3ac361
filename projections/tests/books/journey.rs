//! One purchase from capture to payout, with everything that goes wrong on the way, figure by figure.

use eventstore::Seq;
use kernel::id::StatementId;
use payment::Payment;
use projections::books::StatementPhase;
use projections::books::query::{
    AccountBalance, LedgerFilter, StatementFilter, explain, ledger, settled_by_merchant, statement,
    statements, statements_of_period, trial_balance,
};
use settlement::Statement;
use settlement::ledger::{Account, EntryLine};
use uuid::Uuid;

use crate::money::*;
use crate::statements::*;
use crate::world::World;

/// `code debit credit`, one account per line.
fn spelled(balances: &[AccountBalance]) -> Vec<String> {
    let spell = |one: &AccountBalance| {
        format!("{} {} {} {}", one.currency, one.code, one.debit_minor, one.credit_minor)
    };
    balances.iter().map(spell).collect()
}

async fn pays(world: &mut World, steps: Vec<payment::Command>) {
    for step in steps {
        world.takes::<Payment>(&payment_id(0), step).await;
    }
}

async fn settles(world: &mut World, statement: u8, steps: Vec<settlement::Command>) -> Seq {
    let mut last = Seq(0);
    for step in steps {
        last = world.takes::<Statement>(&statement_id(statement), step).await;
    }
    last
}

#[tokio::test]
async fn a_purchase_leaves_the_right_figure_on_every_account() {
    let mut world = World::new().await;
    pays(&mut world, vec![request(0, 40_000), start(), captured(0, 1)]).await;
    let captured_at = world.caught_up().await;
    // A second capture of the same money, gone back; a refund that failed, then one that did not.
    pays(&mut world, vec![captured(0, 2), stray_refunded(0, 2)]).await;
    pays(
        &mut world,
        vec![start_refund(0, 1, 900), refund_failed(0, 1), start_refund(0, 2, 600), refunded(0, 2)],
    )
    .await;
    settles(&mut world, 0, vec![accrue(0, 41, vec![line("a", 30_000), line("b", 5_000)])]).await;
    settles(&mut world, 0, vec![adjust(0, 43, "a/back", item("a", 30_000)), close(0), confirm(0)]).await;
    settles(
        &mut world,
        0,
        vec![request_payout(0, 1, 0), fail_payout(0, 1), retry_payout(0, 2), record_payout(0, 2)],
    )
    .await;
    world.caught_up().await;

    let then = trial_balance(&world.pool, None, Some(captured_at)).await.unwrap();
    assert_eq!(spelled(&then), ["KRW 1110 40000 0", "KRW 2010 0 40000"]);
    let now = trial_balance(&world.pool, Some(&mall(0)), None).await.unwrap();
    // Net of `a` 28,520, of `b` 6,520, of the piece of `a` that came back −8,507 and of the claim's fee −1,000: 25,533 due.
    assert_eq!(
        spelled(&now),
        [
            "KRW 1010 0 25533",
            "KRW 1110 80000 40600",
            "KRW 2010 34600 49834",
            "KRW 2020 60573 60573",
            "KRW 2030 51066 51066",
            "KRW 2040 105 360",
            "KRW 2050 40000 40000",
            "KRW 4010 1055 3600",
            "KRW 5010 4000 666",
            "KRW 5020 1000 167",
        ]
    );
    assert!(trial_balance(&world.pool, Some(&mall(1)), None).await.unwrap().is_empty());
    world.end().await;
}

#[tokio::test]
async fn a_statement_shows_where_it_stands_and_what_made_its_figures() {
    let mut world = World::new().await;
    settles(
        &mut world,
        0,
        vec![accrue(0, 41, vec![line("a", 30_000), line("b", 5_000)]), carry_in(0, 9, -700)],
    )
    .await;
    settles(&mut world, 0, vec![adjust(0, 43, "a/back", item("a", 30_000)), close(0), confirm(0)]).await;
    let last = settles(&mut world, 0, vec![request_payout(0, 1, 0), fail_payout(0, 1)]).await;
    world.caught_up().await;

    let shown = statement(&world.pool, statement_id(0)).await.unwrap().unwrap();
    assert_eq!((shown.items, shown.sale_minor, shown.net_minor), (4, 25_000, 25_533));
    assert_eq!((shown.carried_in_minor, shown.due_minor), (-700, 24_833));
    assert_eq!(
        (shown.phase.as_str(), shown.payout_failure.as_deref()),
        ("payout_failed", Some("holder_mismatch"))
    );
    assert_eq!((shown.payout, shown.payout_attempt), (Some(payout_id(0, 1).0), Some(1)));
    assert_eq!(shown.position, i64::try_from(last.0).unwrap());
    let carries = projections::books::query::carries(&world.pool, statement_id(0)).await.unwrap();
    assert_eq!(carries.iter().map(|carry| carry.amount_minor).collect::<Vec<_>>(), [-700]);

    let explained = explain(&world.pool, statement_id(0), &key("b")).await.unwrap().unwrap();
    assert_eq!((explained.item.item.cites, explained.item.position, explained.item.ordinal), (41, 1, 1));
    assert!(explained.lines.iter().all(|line| line.cites == 41 && line.position == 1));
    let payable = |minor: i64| (Account::MerchantPayable, minor);
    let shares: Vec<_> = explained.share.iter().map(|line| (line.account, line.credit.minor())).collect();
    assert!(shares.contains(&payable(6_520)), "{shares:?}");
    let booked = explained.lines.iter().find(|line| line.account == "merchant_payable").unwrap();
    assert_eq!((booked.credit_minor, booked.merchant), (28_520 + 6_520, Some(merchant_id(0).0)));
    assert_eq!(explain(&world.pool, statement_id(0), &key("c")).await.unwrap(), None);

    let fee = explain(&world.pool, statement_id(0), &key("a/back/fee")).await.unwrap().unwrap();
    let sides = |line: &EntryLine| (line.account, line.debit.minor(), line.credit.minor());
    let shares: Vec<_> = fee.share.iter().map(sides).collect();
    assert_eq!(shares, [(Account::CustomerDeposits, 0, 1_000), (Account::MerchantPayable, 1_000, 0)]);
    world.end().await;
}

#[tokio::test]
async fn lists_are_filtered_and_paged_without_gap_or_repetition() {
    let mut world = World::new().await;
    for number in 0..7 {
        settles(&mut world, number, vec![accrue(number, 41, vec![line("a", 30_000)])]).await;
    }
    settles(&mut world, 6, vec![close(6)]).await;
    world.caught_up().await;

    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = statements(&world.pool, &StatementFilter::default(), after, 3).await.unwrap();
        assert!(page.items.len() <= 3);
        seen.extend(page.items.iter().map(|row| StatementId(row.statement)));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, (0..7).rev().map(statement_id).collect::<Vec<_>>());

    let of = |filter: StatementFilter| {
        let pool = world.pool.clone();
        async move { statements(&pool, &filter, None, 100).await.unwrap().items.len() }
    };
    assert_eq!(of(StatementFilter { merchant: Some(merchant_id(0)), ..Default::default() }).await, 2);
    assert_eq!(of(StatementFilter { mall: Some(mall(1)), ..Default::default() }).await, 3);
    assert_eq!(of(StatementFilter { phase: Some(StatementPhase::Closed), ..Default::default() }).await, 1);
    let whole = statements_of_period(&world.pool, &mall(0), hour(0), hour(30 * 24)).await.unwrap();
    assert_eq!(whole.len(), 4);
    assert!(statements_of_period(&world.pool, &mall(0), hour(1), hour(30 * 24)).await.unwrap().is_empty());
    world.end().await;
}

#[tokio::test]
async fn the_ledger_pages_backwards_by_account_and_merchant() {
    let mut world = World::new().await;
    for number in 0..5 {
        settles(&mut world, number, vec![accrue(number, 41, vec![line("a", 30_000)])]).await;
    }
    world.caught_up().await;
    let filter = LedgerFilter { account: Some(Account::MerchantPayable), merchant: None };
    let first = ledger(&world.pool, filter, None, 2).await.unwrap();
    assert_eq!(first.items.iter().map(|line| line.position).collect::<Vec<_>>(), [5, 4]);
    let rest = ledger(&world.pool, filter, first.next, 100).await.unwrap();
    assert_eq!(rest.items.iter().map(|line| line.position).collect::<Vec<_>>(), [3, 2, 1]);
    assert_eq!(rest.next, None);
    let filter = LedgerFilter { account: None, merchant: Some(merchant_id(0)) };
    let own = ledger(&world.pool, filter, None, 100).await.unwrap();
    assert_eq!(own.items.iter().map(|line| line.position).collect::<Vec<_>>(), [5, 1]);
    world.end().await;
}

#[tokio::test]
async fn what_was_settled_is_summed_by_merchant_and_mall() {
    let mut world = World::new().await;
    settles(&mut world, 0, vec![accrue(0, 41, vec![line("a", 30_000), line("b", 5_000)])]).await;
    settles(
        &mut world,
        4,
        vec![accrue(4, 42, vec![line("c", 7_000)]), adjust(4, 43, "c/back", item("c", 7_000))],
    )
    .await;
    settles(&mut world, 1, vec![accrue(1, 44, vec![line("d", 9_000)])]).await;
    settles(&mut world, 2, vec![accrue(2, 45, vec![line("e", 8_000)])]).await;
    world.caught_up().await;
    let settled = settled_by_merchant(&world.pool, &mall(0)).await.unwrap();
    let figures: Vec<(Uuid, i64, i64, i64)> =
        settled.iter().map(|one| (one.merchant, one.lines, one.sale_minor, one.shipping_minor)).collect();
    assert_eq!(figures, [(merchant_id(0).0, 3, 42_000, 9_000), (merchant_id(2).0, 1, 8_000, 3_000)]);
    world.end().await;
}
