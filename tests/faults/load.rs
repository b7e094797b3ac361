//! The load: shoppers, merchants and time, each with a chance of its own, all at once.

mod merchant;
mod shopper;
mod time;

use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::caller::{Caller, Who};
use crate::chance::Chance;
use crate::house::House;
use crate::journal::Journal;
use crate::market::{Market, OPERATOR, Seller};

pub use self::merchant::Merchant;
pub use self::time::Time;

/// How many shoppers there are.
const SHOPPERS: u64 = 4;

/// People at work.
pub struct Load {
    open: watch::Sender<bool>,
    shoppers: JoinSet<()>,
    merchants: JoinSet<Merchant>,
    time: JoinSet<Time>,
}

impl Load {
    /// Sets everybody to work.
    pub fn start(house: &House, market: &Market, journal: &Arc<Journal>, seed: u64) -> Self {
        let (open, is_open) = watch::channel(true);
        let doors = house.doors();
        let nobody = || Caller::nobody(&doors, journal);
        let (mut shoppers, mut merchants, mut time) = (JoinSet::new(), JoinSet::new(), JoinSet::new());
        for nth in 0..SHOPPERS {
            let shopper = shopper::Shopper::new(nobody(), market, nth, Chance::of(seed, nth));
            shoppers.spawn(shopper.shop(is_open.clone()));
        }
        for seller in &market.sellers {
            let merchant = Merchant::new(nobody(), operator(nobody(), market), seller);
            merchants.spawn(merchant.work_until(is_open.clone()));
        }
        time.spawn(Time::new(operator(nobody(), market)).pass_until(is_open));
        Self { open, shoppers, merchants, time }
    }

    /// Closes the market: everybody ends what they are about. The merchants and the clock, for what is left to do.
    pub async fn close(self) -> (Vec<Merchant>, Time) {
        self.open.send_replace(false);
        self.shoppers.join_all().await;
        let merchants = self.merchants.join_all().await;
        let time = self.time.join_all().await.pop();
        (merchants, time.expect("the clock has one keeper"))
    }
}

/// A merchant, as a client.
pub fn merchant(nobody: Caller, seller: &Seller) -> Caller {
    nobody.known(Who::Merchant(seller.key.clone()), format!("merchant:{}", seller.merchant))
}

/// The operator, as a client.
pub fn operator(nobody: Caller, market: &Market) -> Caller {
    nobody.known(Who::Operator(OPERATOR.to_owned()), format!("operator:{}", market.operator))
}
