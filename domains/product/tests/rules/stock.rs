//! What a stock takes and refuses, and the levels that each fact carries.

use kernel::Decider;
use kernel::id::{ClaimId, OrderId, ProductId};
use product::Stock;
use product::stock::command::{Adjust, Commit, Open, Receive, Release, Reserve, Restock};
use product::stock::event::{Adjusted, Opened, Received, Reserved};
use product::stock::policy::MAX_ON_HAND;
use product::stock::{Command, Condition, Event, Item, Levels, Rejection};

use crate::given::given;
use crate::samples::{at, id, merchant, pieces, product, sku, text};

pub(crate) fn order(number: u128) -> OrderId {
    OrderId(id(200 + number))
}

pub(crate) fn item() -> Item {
    Item { sku: sku(1), product: product(), merchant: merchant() }
}

pub(crate) fn open() -> Command {
    Command::Open(Open { sku: sku(1), product: product(), merchant: merchant(), at: at(0) })
}

pub(crate) fn receive(number: u32) -> Command {
    Command::Receive(Receive { quantity: pieces(number), at: at(1) })
}

pub(crate) fn reserve(of: u128, number: u32) -> Command {
    Command::Reserve(Reserve { order: order(of), quantity: pieces(number), at: at(2) })
}

pub(crate) fn commit(of: u128, number: u32) -> Command {
    Command::Commit(Commit { order: order(of), quantity: pieces(number), at: at(3) })
}

pub(crate) fn release(of: u128, number: u32) -> Command {
    Command::Release(Release { order: order(of), quantity: pieces(number), at: at(3) })
}

pub(crate) fn restock(number: u32, condition: Condition) -> Command {
    Command::Restock(Restock { claim: ClaimId(id(300)), quantity: pieces(number), condition, at: at(4) })
}

pub(crate) fn adjust(delta: i64) -> Command {
    Command::Adjust(Adjust { delta, reason: text("counted"), at: at(5) })
}

pub(crate) fn opened() -> Event {
    Event::Opened(Opened { item: item(), levels: Levels::default(), at: at(0) })
}

fn received(number: u32) -> Event {
    let levels = Levels::new(number, 0, 0);
    Event::Received(Received { item: item(), quantity: pieces(number), levels, at: at(1) })
}

/// The history that the commands make, all of which must be taken.
fn after(commands: impl IntoIterator<Item = Command>) -> Vec<Event> {
    let mut history = vec![opened()];
    for command in commands {
        history.extend(Stock::decide(&Stock::fold(&history), command).unwrap());
    }
    history
}

/// The levels after the commands: on hand, reserved, available, damaged.
fn levels(commands: impl IntoIterator<Item = Command>) -> (u32, u32, u32, u32) {
    let levels = Stock::fold(&after(commands)).levels();
    (levels.on_hand, levels.reserved, levels.available, levels.damaged)
}

#[test]
fn a_stock_is_opened_once() {
    given::<Stock>(&[]).when(open()).then(Ok(vec![opened()]));
    given::<Stock>(&[opened()]).when(open()).then(Ok(vec![]));
    let other = Open { sku: sku(1), product: ProductId(id(99)), merchant: merchant(), at: at(0) };
    given::<Stock>(&[opened()]).when(Command::Open(other)).then(Err(Rejection::AlreadyOpened));
}

#[test]
fn nothing_moves_in_a_stock_that_was_never_opened() {
    let commands = [receive(1), reserve(1, 1), commit(1, 1), release(1, 1), adjust(1)];
    for command in commands.into_iter().chain([restock(1, Condition::Damaged)]) {
        given::<Stock>(&[]).when(command).then(Err(Rejection::NotFound));
    }
}

#[test]
fn received_pieces_are_available() {
    given::<Stock>(&[opened()]).when(receive(5)).then(Ok(vec![received(5)]));
    assert_eq!(levels([receive(5), receive(5)]), (10, 0, 10, 0));
}

#[test]
fn reserved_pieces_are_on_hand_but_not_available() {
    let quantity = pieces(3);
    let reserved =
        Reserved { item: item(), order: order(1), quantity, levels: Levels::new(5, 3, 0), at: at(2) };
    given::<Stock>(&[opened(), received(5)]).when(reserve(1, 3)).then(Ok(vec![Event::Reserved(reserved)]));
}

#[test]
fn an_order_that_reserves_again_has_more_reserved() {
    let state = Stock::fold(&after([receive(5), reserve(1, 2), reserve(1, 1), reserve(2, 1)]));
    assert_eq!((state.reserved_for(order(1)), state.reserved_for(order(2))), (3, 1));
    assert_eq!(state.available(), 1);
}

#[test]
fn the_last_piece_is_sold_once() {
    let history = after([receive(1), reserve(1, 1)]);
    given::<Stock>(&history).when(reserve(2, 1)).then(Err(Rejection::SoldOut { requested: 1, available: 0 }));
}

#[test]
fn committed_pieces_are_gone() {
    assert_eq!(levels([receive(5), reserve(1, 3), commit(1, 2)]), (3, 1, 2, 0));
}

#[test]
fn released_pieces_are_available_again() {
    assert_eq!(levels([receive(5), reserve(1, 3), release(1, 2)]), (5, 1, 4, 0));
}

#[test]
fn an_order_lets_go_of_no_more_than_it_reserved() {
    let history = after([receive(9), reserve(1, 2), reserve(2, 5)]);
    let rejection = Rejection::NotReserved { order: order(1), requested: 3, reserved: 2 };
    given::<Stock>(&history).when(commit(1, 3)).then(Err(rejection.clone()));
    given::<Stock>(&history).when(release(1, 3)).then(Err(rejection));
}

#[test]
fn a_reservation_that_was_let_go_is_forgotten() {
    let state = Stock::fold(&after([receive(9), reserve(1, 2), commit(1, 1), release(1, 1)]));
    assert_eq!(state.reservations().count(), 0);
}

#[test]
fn resellable_returns_are_available_and_damaged_ones_never() {
    let moves = [receive(5), restock(2, Condition::Resellable), restock(3, Condition::Damaged)];
    assert_eq!(levels(moves), (7, 0, 7, 3));
}

#[test]
fn a_count_is_corrected_both_ways_with_a_reason() {
    let adjusted = Adjusted {
        item: item(),
        delta: -2,
        reason: text("counted"),
        levels: Levels::new(3, 0, 0),
        at: at(5),
    };
    given::<Stock>(&[opened(), received(5)]).when(adjust(-2)).then(Ok(vec![Event::Adjusted(adjusted)]));
    assert_eq!(levels([receive(5), adjust(4)]), (9, 0, 9, 0));
    given::<Stock>(&[opened(), received(5)]).when(adjust(0)).then(Ok(vec![]));
}

#[test]
fn a_correction_never_takes_reserved_pieces() {
    let history = after([receive(5), reserve(1, 3)]);
    given::<Stock>(&history).when(adjust(-3)).then(Err(Rejection::BelowReserved { fall: 3, available: 2 }));
    given::<Stock>(&history)
        .when(adjust(i64::MIN))
        .then(Err(Rejection::BelowReserved { fall: 1 << 63, available: 2 }));
}

#[test]
fn a_stock_holds_a_limited_number_of_pieces() {
    let full = after([adjust(i64::from(MAX_ON_HAND))]);
    let rejection = Rejection::OverLimit { max: MAX_ON_HAND };
    for command in [receive(1), adjust(1), adjust(i64::MAX), restock(1, Condition::Resellable)] {
        given::<Stock>(&full).when(command).then(Err(rejection.clone()));
    }
}
