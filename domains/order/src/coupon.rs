//! One member's coupon (쿠폰): for which order it is kept, and by which it was used.
//!
//! Never here: what it takes off an order, or how many there are of its campaign. Its terms were frozen at its issue;
//! what happens to the campaign afterwards changes nothing.

pub mod command;
pub mod decide;
pub mod event;
pub mod policy;
pub mod rejection;
pub mod state;

pub use command::Command;
pub use decide::Coupon;
pub use event::Event;
pub use rejection::Rejection;
pub use state::{Phase, State};
