//! A small demo market for a sandbox: an operator, a merchant, a shopper, categories, products with stock.
//!
//! Every id and command is derived from its name, so that seeding again changes nothing. Never in a live installation:
//! the demo's passwords are known to everybody.

mod goods;
mod people;

use anyhow::{Result, bail};
use eventstore::Context;
use kernel::id::{CommandId, CorrelationId};
use kernel::{Actor, MallId};

use crate::app::App;
use crate::config::{Config, Mode};
use crate::ids;

/// The mall that the demo market is in.
const MALL: &str = "main";

/// Seeds, and prints how to log in.
pub async fn run(config: &Config) -> Result<()> {
    if config.mode != Mode::Sandbox {
        bail!("the demo market is for sandboxes only: its passwords are known (set JANGTEO_MODE=sandbox)");
    }
    let app = App::open(config).await?;
    let seed = Seed { app: &app, mall: MallId::new(MALL)? };
    let operator = seed.operator().await?;
    let (merchant, api_key) = seed.merchant(operator).await?;
    let shopper = seed.shopper().await?;
    let product = seed.market(merchant, operator).await?;
    println!("operator   {}  password {}", people::OPERATOR, people::PASSWORD);
    println!("merchant   {}  password {}  API key {api_key}", people::MERCHANT, people::PASSWORD);
    println!("shopper    {}  password {}  id {shopper}", people::SHOPPER, people::PASSWORD);
    println!("mall       {MALL}  first product {product}");
    Ok(())
}

/// What seeding works with.
struct Seed<'a> {
    app: &'a App,
    mall: MallId,
}

impl Seed<'_> {
    /// The context of one seeding step: the same step again is the same command.
    fn step(&self, name: &str) -> Context {
        let id = ids::derived(&["seed", name]);
        Context {
            command_id: CommandId(id),
            correlation_id: CorrelationId(ids::derived(&["seed"])),
            causation: None,
            actor: Actor::system("seed"),
            at: self.app.clock.now(),
            request: None,
        }
    }
}
