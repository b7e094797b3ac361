//! A member (회원): a shopper's account, with its password, address book, grade and consents.
//!
//! Never here: plain personal data, points, what a grade is worth, or who holds an e-mail address (see [`crate::email`]).

mod address_book;
pub mod command;
mod decide;
pub mod event;
mod grade;
pub mod policy;
mod rejection;
pub mod state;
pub mod value;

use kernel::id::MemberId;

pub use address_book::AddressBook;
pub use command::{
    AddAddress, ChangeProfile, Command, FallDormant, Reactivate, Register, RemoveAddress, SetConsent,
    SetDefaultAddress, SetGrade, SetPassword, Withdraw,
};
pub use event::{
    Activated, AddressAdded, AddressRemoved, ConsentSet, DefaultAddressSet, Event, FellDormant, GradeSet,
    PasswordSet, ProfileChanged, Reactivated, Registered, Withdrawn,
};
pub use grade::{Grade, Grades};
pub use rejection::Rejection;
pub use state::{Account, State};
pub use value::{AddressId, AddressIdError, Channel, Consent, Standing};

/// The decider of a shopper's account.
#[derive(Debug, Clone, Copy)]
pub struct Member;

impl kernel::Decider for Member {
    const CONTEXT: &'static str = crate::CONTEXT;
    const AGGREGATE: &'static str = "member";

    type Id = MemberId;
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
        decide::decide(state, command)
    }

    fn evolve(state: State, event: &Event) -> State {
        state.evolve(event)
    }
}
