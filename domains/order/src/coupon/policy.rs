//! When a coupon can be used. A hold is what must fall into its validity: an order keeps its coupon while it waits for
//! payment, and may be paid after the coupon's end. Never here: what happened to the coupon.

use kernel::Timestamp;

use super::event::Issued;
use super::rejection::Rejection;

/// Checks that a coupon that nobody holds can be held at an instant.
pub fn check_valid(issued: &Issued, at: Timestamp) -> Result<(), Rejection> {
    if at < issued.valid_from {
        Err(Rejection::NotYetValid { from: issued.valid_from })
    } else if at >= issued.valid_until {
        Err(Rejection::Over { until: issued.valid_until })
    } else {
        Ok(())
    }
}
