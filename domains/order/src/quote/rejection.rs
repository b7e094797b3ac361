//! Why a basket can't be quoted.

use kernel::id::{CouponId, MerchantId};
use kernel::{Amount, RejectionKind};

use crate::policy::{COUPONS_MAX, LINES_MAX, PIECES_PER_LINE_MAX};

/// Why a basket can't be quoted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say what the fields are")]
pub enum Rejection {
    #[error("an order has at most {LINES_MAX} lines, not {found}")]
    TooManyItems { found: usize },
    #[error("a line of an order has at most {PIECES_PER_LINE_MAX} pieces, not {found}")]
    TooManyPieces { found: u32 },
    #[error("the delivery terms of merchant {merchant} are not known")]
    NoTerms { merchant: MerchantId },
    #[error("an order has at most {COUPONS_MAX} coupons, not {found}")]
    TooManyCoupons { found: usize },
    #[error("coupon {coupon} is named twice")]
    CouponTwice { coupon: CouponId },
    #[error("coupon {coupon} can't be used together with others")]
    CouponStandsAlone { coupon: CouponId },
    #[error("coupon {coupon} belongs to another mall or currency")]
    CouponElsewhere { coupon: CouponId },
    #[error("coupon {coupon} covers nothing in the basket")]
    CouponCoversNothing { coupon: CouponId },
    #[error("coupon {coupon} wants goods of {least} that it covers, and there are {found}")]
    CouponMinimum { coupon: CouponId, least: Amount, found: Amount },
    #[error(
        "coupon {coupon} takes nothing off: other coupons have left nothing, or its share comes to nothing"
    )]
    CouponTakesNothingOff { coupon: CouponId },
    #[error("points pay for goods after coupons, {most} at most, not {found}")]
    PointsExceedGoods { most: Amount, found: Amount },
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::TooManyItems { .. } => "quote_too_many_items",
            Self::TooManyPieces { .. } => "quote_too_many_pieces",
            Self::NoTerms { .. } => "quote_no_delivery_terms",
            Self::TooManyCoupons { .. } => "quote_too_many_coupons",
            Self::CouponTwice { .. } => "quote_coupon_twice",
            Self::CouponStandsAlone { .. } => "quote_coupon_stands_alone",
            Self::CouponElsewhere { .. } => "quote_coupon_elsewhere",
            Self::CouponCoversNothing { .. } => "quote_coupon_covers_nothing",
            Self::CouponMinimum { .. } => "quote_coupon_minimum",
            Self::CouponTakesNothingOff { .. } => "quote_coupon_takes_nothing_off",
            Self::PointsExceedGoods { .. } => "quote_points_exceed_goods",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::TooManyItems { .. }
            | Self::TooManyPieces { .. }
            | Self::TooManyCoupons { .. }
            | Self::CouponTwice { .. } => RejectionKind::Invalid,
            Self::NoTerms { .. }
            | Self::CouponStandsAlone { .. }
            | Self::CouponElsewhere { .. }
            | Self::CouponCoversNothing { .. }
            | Self::CouponMinimum { .. }
            | Self::CouponTakesNothingOff { .. }
            | Self::PointsExceedGoods { .. } => RejectionKind::Conflict,
        }
    }
}
