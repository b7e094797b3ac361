//! The claim context (클레임): a shopper, merchant or operator wants goods or money to go back.
//!
//! One aggregate, [`Claim`], one instance per request over lines and quantities of one order. Facts of the order come
//! in with the request; what the claim decides goes out in events that need no other read. Never here: a gateway,
//! a carrier, stock or the order itself — sagas carry the events there.
//!
//! A cancel (취소), while the goods have not left:
//!
//! ```text
//!              nothing accepted yet: by itself
//!  Requested ─────────────────────────────▶ Approved ───▶ Refunding ───▶ Completed
//!      │  └──── by merchant or operator ───────▲  │           │
//!      │                                       └──┼───────────┘ refund failed
//!      ├──▶ Withdrawn                             │
//!      └──▶ Rejected ◀──── goods already left ────┘
//! ```
//!
//! A return (반품), when the goods are with the shopper:
//!
//! ```text
//!  Requested ─▶ Accepted ─▶ PickupRequested ─▶ Collected ─▶ Inspected(pass) ─▶ Refunding ─▶ Completed
//!      │            │         │  ▲    │            │              ▲                │
//!      │            │         └──┘    │            │              └────────────────┘ refund failed
//!      │            │      next pickup│            └──────▶ Inspected(fail) ─▶ Rejected (goods go back)
//!      │            └────────┬────────┘
//!      ├─────────────────────┴──▶ Withdrawn
//!      └──▶ Rejected      (later: only when a hold for goods never sent back, or for an unpaid fee, ran out)
//!
//!  once the carrier has the goods (PickupDispatched), a return can neither be withdrawn nor called never sent back
//!
//!  any of these before Refunding ⇄ OnHold(reason, who must act, by when)
//! ```
//!
//! A refund of nothing skips `Refunding`. Exchange (교환) is not driven yet; its kind and events will be new names.

pub mod command;
pub mod event;
pub mod state;

pub mod decide;
pub mod policy;
pub mod refund;
pub mod rejection;
pub mod value;

pub use command::Command;
pub use decide::Claim;
pub use event::Event;
pub use rejection::Rejection;
pub use state::State;
