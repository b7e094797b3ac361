//! A member's points (적립금) in one mall. A point is worth one minor unit of the mall's currency.

pub mod earning;

pub use earning::{earned, share_of_pieces};
