//! That a cart becomes one order, whoever submits it how often.

use kernel::id::OrderId;
use order::cart::Purchase;
use order::cart::purchase::{Bought, Buy, Command, Event, Rejection};
use uuid::Uuid;

use crate::check::check;
use crate::market::at;

fn order(number: u128) -> OrderId {
    OrderId(Uuid::from_u128(number))
}

fn buy(number: u128) -> Command {
    Command::Buy(Buy { order: order(number), at: at(0) })
}

pub(crate) fn bought(number: u128) -> Event {
    Event::Bought(Bought { order: order(number), at: at(0) })
}

#[test]
fn a_cart_becomes_one_order() {
    check::<Purchase>([], buy(1), Ok(vec![bought(1)]));
    check::<Purchase>([buy(1)], buy(1), Ok(vec![]));
    check::<Purchase>([buy(1)], buy(2), Err(Rejection::Bought { order: order(1) }));
}
