//! A live read model beside a fold of the log: equal, or the tables that aren't are named.

use std::cell::Cell;
use std::collections::BTreeMap;

use kernel::id::OrderId;
use projections::campaigns::Campaigns;
use projections::checkpoint;
use projections::checksum::Difference;
use projections::claims::Claims;
use projections::deliveries::Deliveries;
use projections::orders::{Orders, counts_by_status, order};
use projections::runner::rebuild;
use projections::{Comparison, ComparisonError, Projection, compare};
use sqlx::AssertSqlSafe;

use crate::house::House;
use crate::words::order_id;

/// More orders than are placed while three rebuilds run.
const ORDERS: u128 = 250;
const REBUILDS: usize = 3;

async fn compared<P: Projection>(house: &House) -> Comparison {
    compare::<P>(&house.pool, &house.log, |_| {}).await.unwrap()
}

fn differing(comparison: &Comparison) -> Vec<(&'static str, Difference)> {
    comparison.tables.iter().filter_map(|table| Some((table.table, table.difference?))).collect()
}

async fn schemas(house: &House) -> Vec<String> {
    let sql = "SELECT nspname::text FROM pg_namespace WHERE nspname LIKE 'orders%' ORDER BY nspname";
    sqlx::query_scalar(sql).fetch_all(&house.pool).await.unwrap()
}

/// The live build follows commit by commit, the fold takes them by the hundred.
async fn what_followed_equals_the_fold<P: Projection>(test: &str) {
    let house = House::new(test).await.paced_by::<P>();
    let following = house.follow::<P>();
    house.tell_everything().await;
    let comparison = compared::<P>(&house).await;
    assert!(comparison.is_equal(), "{comparison:?}");
    assert_eq!(comparison.position, house.log.head().await.unwrap());
    assert_eq!(comparison.tables.len(), P::TABLES.len());
    assert!(comparison.tables.iter().all(|table| table.live.rows > 0), "{comparison:?}");
    following.abort();
    house.close().await;
}

#[tokio::test]
async fn orders_equal_the_fold() {
    what_followed_equals_the_fold::<Orders>("fold_orders").await;
}

#[tokio::test]
async fn deliveries_equal_the_fold() {
    what_followed_equals_the_fold::<Deliveries>("fold_deliveries").await;
}

#[tokio::test]
async fn claims_equal_the_fold() {
    what_followed_equals_the_fold::<Claims>("fold_claims").await;
}

#[tokio::test]
async fn campaigns_equal_the_fold() {
    what_followed_equals_the_fold::<Campaigns>("fold_campaigns").await;
}

#[tokio::test]
async fn a_row_that_was_tampered_with_is_found_in_its_table() {
    let house = House::new("tampered").await;
    let never_built = compare::<Orders>(&house.pool, &house.log, |_| {}).await;
    assert!(matches!(never_built, Err(ComparisonError::NotBuilt)), "{never_built:?}");
    let following = house.follow::<Orders>();
    house.tell_story().await;
    house.seen::<Orders>().await;
    let [live] = &schemas(&house).await[..] else { panic!("one build") };
    let tamper = async |sql: &str| {
        let sql = sql.replace("live.", &format!("{live}."));
        let changed = sqlx::query(AssertSqlSafe(sql)).execute(&house.pool).await.unwrap().rows_affected();
        assert_eq!(changed, 1);
    };
    let first = order_id(1).0;
    tamper(&format!("UPDATE live.order_head SET total_minor = total_minor + 1 WHERE order_id = '{first}'"))
        .await;
    let changed = Difference { first_alone: 1, second_alone: 1 };
    assert_eq!(differing(&compared::<Orders>(&house).await), [("order_head", changed)]);
    tamper(&format!("DELETE FROM live.order_line WHERE order_id = '{first}' AND line_no = 2")).await;
    let missing = Difference { first_alone: 0, second_alone: 1 };
    let both = [("order_head", changed), ("order_line", missing)];
    assert_eq!(differing(&compared::<Orders>(&house).await), both);
    assert_eq!(
        schemas(&house).await,
        std::slice::from_ref(live),
        "the fold is gone, the live build is the same"
    );
    rebuild::<Orders>(&house.pool, &house.log, |_| {}).await.unwrap();
    assert!(compared::<Orders>(&house).await.is_equal(), "a rebuild mends it");
    following.abort();
    house.close().await;
}

/// What readers have seen so far; it must never go back.
#[derive(Default)]
struct Seen {
    position: u64,
    orders: i64,
    versions: BTreeMap<OrderId, i64>,
}

impl Seen {
    /// Reads the list and an order; each read succeeds, and none is older than one before.
    async fn look_again(&mut self, house: &House, id: OrderId) {
        let position = checkpoint::live_position(&house.pool, Orders::NAME).await.unwrap().unwrap().0;
        assert!(position >= self.position, "{position} after {}", self.position);
        let counts = counts_by_status(&house.pool, None).await.unwrap();
        let orders = counts.iter().map(|count| count.orders).sum();
        assert!(orders >= self.orders, "{orders} orders after {}", self.orders);
        (self.position, self.orders) = (position, orders);
        let Some(shown) = order(&house.pool, id).await.unwrap() else {
            return assert!(!self.versions.contains_key(&id), "{id} is gone");
        };
        let before = self.versions.insert(id, shown.position).unwrap_or_default();
        assert!(shown.position >= before, "{id}: {} after {before}", shown.position);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn rebuilds_under_live_traffic_fail_no_read_and_show_nothing_older() {
    let house = House::new("traffic").await.paced_by::<Orders>();
    let following = house.follow::<Orders>();
    house.order_and_pay(1, 1, 0).await;
    let (placed, over) = (Cell::new(1), Cell::new(false));
    let traffic = async {
        for number in 2..=ORDERS {
            if over.get() {
                break;
            }
            house.order_and_pay(number, 1, i64::try_from(number).unwrap()).await;
            placed.set(number);
        }
    };
    let reading = async {
        let mut seen = Seen::default();
        let mut reads = 0_u128;
        while !over.get() {
            seen.look_again(&house, order_id(1 + reads % placed.get())).await;
            reads += 1;
        }
        reads
    };
    let rebuilding = async {
        let mut compared_at = Vec::new();
        for _ in 0..REBUILDS {
            let comparison = compared::<Orders>(&house).await;
            assert!(comparison.is_equal(), "{comparison:?}");
            compared_at.push(comparison.position);
            rebuild::<Orders>(&house.pool, &house.log, |_| {}).await.unwrap();
        }
        over.set(true);
        compared_at
    };
    let ((), reads, compared_at) = tokio::join!(traffic, reading, rebuilding);
    assert!(placed.get() < ORDERS, "the traffic ended before the rebuilds did");
    assert!(reads > 0 && compared_at.is_sorted(), "{reads} reads, compared at {compared_at:?}");
    house.seen::<Orders>().await;
    let after = compared::<Orders>(&house).await;
    assert!(after.is_equal() && after.position > compared_at[0], "{after:?}");
    following.abort();
    house.close().await;
}
