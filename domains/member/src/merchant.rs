//! A merchant (판매자): a seller on the marketplace, with its contract, bank account and API keys.
//!
//! Never here: plain personal data, a commission computed (settlement does that from the contract), or a key itself.

mod business_number;
pub mod command;
mod contract;
mod decide;
pub mod event;
pub mod policy;
mod rejection;
pub mod state;
pub mod value;

use kernel::id::MerchantId;

pub use business_number::{BusinessNumber, ForeignCountry, KoreanNumber, NumberError};
pub use command::{
    AgreeContract, Apply, Approve, ApproveBankAccountChange, Close, Command, IssueApiKey, Reject,
    RejectBankAccountChange, RequestBankAccountChange, Resume, RevokeApiKey, SetPassword, Suspend,
};
pub use contract::{Contract, SettlementCycle};
pub use event::{
    ApiKeyIssued, ApiKeyRevoked, Applied, Approved, BankAccountChangeApproved, BankAccountChangeRejected,
    BankAccountChangeRequested, Closed, ContractAgreed, Event, PasswordSet, Rejected, Resumed, Suspended,
};
pub use rejection::Rejection;
pub use state::{Dossier, State};
pub use value::{ApiKey, Phase};

/// The decider of a merchant.
#[derive(Debug, Clone, Copy)]
pub struct Merchant;

impl kernel::Decider for Merchant {
    const CONTEXT: &'static str = crate::CONTEXT;
    const AGGREGATE: &'static str = "merchant";

    type Id = MerchantId;
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
