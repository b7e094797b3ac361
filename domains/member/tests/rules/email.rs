//! The claim on an e-mail address.

use member::Holder;
use member::email::{Claim, Claimed, Command, EmailClaim, Event, Rejection, Release, Released, State};

use crate::given::{Given, given};
use crate::sample::{day, email_hash, merchant_id, shopper};

fn seller() -> Holder {
    Holder::Merchant(merchant_id())
}

fn claim(holder: Holder) -> Command {
    Command::Claim(Claim { email_hash: email_hash(1), holder, at: day(1) })
}

fn release(holder: Holder) -> Command {
    Command::Release(Release { holder, at: day(2) })
}

fn free() -> Given<EmailClaim> {
    given([])
}

fn claimed() -> Given<EmailClaim> {
    free().and([claim(shopper())])
}

#[test]
fn a_free_address_is_claimed() {
    let claimed = Claimed { email_hash: email_hash(1), holder: shopper(), at: day(1) };
    free().when(claim(shopper())).then_events([Event::Claimed(claimed)]);
}

#[test]
fn a_taken_address_is_refused_to_others() {
    claimed().when(claim(seller())).then_refused(Rejection::Taken);
}

#[test]
fn the_holder_of_an_address_has_it_already() {
    claimed().when(claim(shopper())).then_nothing();
}

#[test]
fn the_holder_gives_an_address_back() {
    let released = Released { email_hash: email_hash(1), holder: shopper(), at: day(2) };
    claimed().when(release(shopper())).then_events([Event::Released(released)]);
}

#[test]
fn nobody_else_gives_an_address_back() {
    claimed().when(release(seller())).then_refused(Rejection::HeldByAnother);
}

#[test]
fn a_free_address_is_given_back_already() {
    free().when(release(shopper())).then_nothing();
}

#[test]
fn an_address_given_back_can_be_claimed_by_another() {
    let state = claimed().and([release(shopper()), claim(seller())]).state();
    assert_eq!(state, State::Claimed { email_hash: email_hash(1), holder: seller() });
}
