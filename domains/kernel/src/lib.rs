//! The kernel: what every bounded context shares, and nothing else.
//!
//! Here live the [`Decider`] and [`DomainEvent`] contracts, money, quantities, ids and actors. Never here: a rule
//! of any one context, IO, a clock, or randomness. Time and ids are made at the edge and travel inside commands.

pub mod actor;
pub mod allocation;
pub mod amount;
pub mod currency;
pub mod decider;
pub mod event;
pub mod id;
pub mod mall;
pub mod quantity;
pub mod rate;
pub mod rejection;
pub mod sealed;
pub mod snapshot;
pub mod text;

pub use actor::Actor;
pub use allocation::allocate;
pub use amount::{Amount, Money, Price, PriceError};
pub use currency::{Currency, UnknownCurrency};
pub use decider::Decider;
pub use event::{DecodeError, DomainEvent, EncodedEvent};
pub use mall::{MallId, MallIdError};
pub use quantity::{Quantity, QuantityError};
pub use rate::{Rate, RateError};
pub use rejection::{Rejection, RejectionKind};
pub use sealed::Sealed;
pub use text::{Text, TextError};

/// An instant, always in UTC. Local calendars are applied where a rule names one (a settlement cycle, say).
pub type Timestamp = chrono::DateTime<chrono::Utc>;
