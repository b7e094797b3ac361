//! Balances that go from one statement into another.

use member::operator::Role;

use super::settled::settled;
use crate::market::context;
use crate::staff::staff;
use crate::trade::{buy, deliver};

#[tokio::test(flavor = "multi_thread")]
async fn a_balance_goes_into_the_next_open_statement_and_out_with_its_export() {
    let settled = settled("123-456").await;
    let world = &settled.world;
    let bought = buy(world, &settled.market, 1).await;
    deliver(world, bought).await;
    world.pass(8).await;
    world.pass(40).await;
    // The next statement is closed by now, as a daily one always is: the balance goes into the one after it.
    let former = settled.statement.parse().unwrap();
    world.app.carry_over(&context(world), former).await.unwrap();
    world.projected().await;
    let finance = staff(world, &settled.client, &[Role::Finance]).await;
    let statements = finance.get("/finance/v1/malls/main/statements").await.body;
    let mut statements = statements["items"].as_array().unwrap().iter();
    let next = statements.find(|statement| statement["carried_in_minor"] == 33_331).unwrap();
    let statement = next["statement"].as_str().unwrap().to_owned();

    world.pass(62).await;
    world.projected().await;
    let finance = staff(world, &settled.client, &[Role::Finance]).await;
    for format in ["csv", "json_lines"] {
        let path = format!("/finance/v1/statements/{statement}/export?format={format}");
        let export = finance.get(&path).await;
        assert_eq!(export.status, 200, "{export:?}");
        let totals = (export.header("jangteo-export-rows"), export.header("jangteo-export-net-minor"));
        assert_eq!(totals, ("1", "33331"));
        assert!(export.text.contains("carried_in") && export.text.contains(&settled.statement));
    }
}
