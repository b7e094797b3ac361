//! A market whose first month was settled.

use member::operator::Role;
use serde_json::Value;

use crate::client::Client;
use crate::market::{Market, open_paying_to};
use crate::staff::staff;
use crate::trade::{buy, deliver};
use crate::world::World;

/// A settled market, somebody of finance, and the statement.
pub struct Settled {
    pub world: World,
    pub market: Market,
    pub client: Client,
    pub finance: Client,
    pub statement: String,
}

/// Three pieces were sold and confirmed; the month is over and its statement is confirmed. The merchant is paid to this
/// account.
pub async fn settled(number: &str) -> Settled {
    let world = World::start().await;
    let market = open_paying_to(&world, number).await;
    let bought = buy(&world, &market, 3).await;
    deliver(&world, bought).await;
    world.pass(8).await;
    world.pass(40).await;
    world.projected().await;
    let client = Client::of(&world).await;
    let finance = staff(&world, &client, &[Role::Finance]).await;
    let statements = finance.get("/finance/v1/malls/main/statements").await.body;
    let [only] = statements["items"].as_array().unwrap().as_slice() else { panic!("{statements:?}") };
    let statement = only["statement"].as_str().unwrap().to_owned();
    Settled { world, market, client, finance, statement }
}

impl Settled {
    /// The statement's address, with what follows.
    pub fn path(&self, rest: &str) -> String {
        format!("/finance/v1/statements/{}{rest}", self.statement)
    }

    /// The statement as it stands.
    pub async fn shown(&self) -> Value {
        self.world.projected().await;
        self.finance.get(&self.path("")).await.body
    }
}
