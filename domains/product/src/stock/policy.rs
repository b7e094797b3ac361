//! The limits of a stock. Open reservations need no limit of their own: each keeps at least one piece on hand.

use super::rejection::Rejection;

/// The most pieces of one SKU on hand, and the most damaged ones beside them.
pub const MAX_ON_HAND: u32 = 100_000_000;

/// The count after so many more pieces, if a stock may hold them.
pub fn raised(count: u32, by: u64) -> Result<u32, Rejection> {
    let raised = u32::try_from(u64::from(count).saturating_add(by)).unwrap_or(u32::MAX);
    if raised > MAX_ON_HAND { Err(Rejection::OverLimit { max: MAX_ON_HAND }) } else { Ok(raised) }
}
