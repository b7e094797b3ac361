//! How an order says no: one variant per rule, each a sentence that a person can act on.

use kernel::id::{ClaimId, CouponId, ProductId, ShipmentId};
use kernel::{Amount, RejectionKind, Timestamp};

use crate::policy;
use crate::state::Phase;
use crate::value::{GiftEnding, GroupNo, LineNo};

/// A refusal by a rule of the order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each sentence documents its variant and names its fields")]
pub enum Rejection {
    #[error("there is no such order")]
    NotFound,
    #[error("this order was already placed with other contents")]
    AlreadyPlaced,
    #[error("the order is {phase}, it no longer awaits payment")]
    NotPending { phase: Phase },
    #[error("the order is {phase}, this needs a paid order that is not closed")]
    NotPaid { phase: Phase },
    #[error("the order is to be paid by another payment")]
    OtherPayment,
    #[error("the order can still be paid until {due}")]
    StillPayable { due: Timestamp },
    #[error("this reason follows from cancel claims and can't be given")]
    ReasonNotGivable,

    #[error("an order names either who receives it or, as a gift, whom it is for")]
    OneDestination,
    #[error("a gift waits 1 to {} days, not {found}", policy::GIFT_DAYS_MAX)]
    GiftDays { found: u16 },
    #[error("delivery group {group} has a surcharge, but where a gift goes is not known")]
    GiftSurcharge { group: GroupNo },
    #[error("the order is no gift")]
    NotAGift,
    #[error("the gift was accepted already")]
    GiftAccepted,
    #[error("the gift can't be accepted or declined any more: it was {ending}")]
    GiftOver { ending: GiftEnding },
    #[error("the gift can still be accepted until {accept_by}")]
    GiftStillWaits { accept_by: Timestamp },
    #[error("nothing is sent of a gift that its recipient has not accepted")]
    GiftNotAccepted,

    #[error("name 1 to {} lines, not {found}", policy::LINES_MAX)]
    LineCount { found: usize },
    #[error("name 1 to {} delivery groups, not {found}", policy::LINES_MAX)]
    GroupCount { found: usize },
    #[error("line {line} is named twice")]
    LineTwice { line: LineNo },
    #[error("delivery group {group} is named twice")]
    GroupTwice { group: GroupNo },
    #[error("the order has no line {line}")]
    UnknownLine { line: LineNo },
    #[error("line {line} names delivery group {group}, which is not there")]
    UnknownGroup { line: LineNo, group: GroupNo },
    #[error("delivery group {group} has no line")]
    EmptyGroup { group: GroupNo },
    #[error("line {line} is sold by another merchant than its delivery group {group}")]
    OtherMerchant { line: LineNo, group: GroupNo },
    #[error("the surcharge of delivery group {group} is more than its fee")]
    SurchargeExceedsFee { group: GroupNo },
    #[error("line {line} has more than {} pieces", policy::PIECES_PER_LINE_MAX)]
    TooManyPieces { line: LineNo },
    #[error("line {line} has more than {} options", policy::OPTIONS_MAX)]
    TooManyOptions { line: LineNo },
    #[error("the category of line {line} is empty or longer than {} bytes", policy::CATEGORY_BYTES_MAX)]
    BadCategory { line: LineNo },
    #[error("a discount or the points of line {line} are below zero")]
    NegativeReduction { line: LineNo },
    #[error("the discounts and points of line {line} exceed the price of its goods")]
    ReductionExceedsGoods { line: LineNo },
    #[error("an order has at most {} coupons, not {found}", policy::COUPONS_MAX)]
    TooManyCoupons { found: usize },
    #[error("coupon {coupon} is named twice")]
    CouponTwice { coupon: CouponId },
    #[error("coupon {coupon} takes more off line {line} than the line's discounts say")]
    CouponShareExceeds { coupon: CouponId, line: LineNo },
    #[error("product {product} is said to be limited, but no line is of it")]
    LimitedNotOrdered { product: ProductId },
    #[error("the order comes to {expected}, not {found}: show the new total and ask again")]
    TotalDiffers { expected: Amount, found: Amount },
    #[error("the time to pay must end after the order is placed")]
    PaymentDuePast,
    #[error("an order confirms itself at most {} days after delivery", policy::CONFIRM_AFTER_DAYS_MAX)]
    ConfirmAfterTooLong,

    #[error("only {free} pieces of line {line} can be taken for this, not {asked}")]
    NotEnough { line: LineNo, asked: u32, free: u32 },
    #[error("a claim holds pieces of line {line}: settle it first")]
    Claimed { line: LineNo },
    #[error("shipment {shipment} was already recorded at this stage with other pieces")]
    ShipmentDiffers { shipment: ShipmentId },
    #[error("an order has at most {} shipments", policy::SHIPMENTS_MAX)]
    TooManyShipments,

    #[error("nothing can be confirmed now: what was ordered is not delivered yet, or a claim holds it")]
    NothingToConfirm,
    #[error("the shopper holds the confirmation{}", until.map(|at| format!(" until {at}")).unwrap_or_default())]
    ConfirmationHeld { until: Option<Timestamp> },
    #[error("a hold must end after now and within {} days", policy::HOLD_MAX.num_days())]
    BadHoldEnd,

    #[error("the order has no claim {claim}")]
    UnknownClaim { claim: ClaimId },
    #[error("claim {claim} was already opened for something else")]
    ClaimDiffers { claim: ClaimId },
    #[error("claim {claim} is already over")]
    ClaimOver { claim: ClaimId },
    #[error("the money of claim {claim} is going back: it can only be completed")]
    ClaimRefunding { claim: ClaimId },
    #[error(
        "more of the delivery fee of group {group} would go back than was paid, or be covered than was owed"
    )]
    FeeNotPaid { group: GroupNo },
    #[error("confirmed pieces can only be returned, not cancelled or exchanged")]
    ConfirmedOnlyReturn,
    #[error("an order has at most {} claims", policy::CLAIMS_MAX)]
    TooManyClaims,
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "order_not_found",
            Self::AlreadyPlaced => "already_placed",
            Self::NotPending { .. } => "not_pending_payment",
            Self::NotPaid { .. } => "not_paid",
            Self::OtherPayment => "other_payment",
            Self::StillPayable { .. } => "still_payable",
            Self::ReasonNotGivable => "reason_not_givable",
            Self::OneDestination => "one_destination",
            Self::GiftDays { .. } => "gift_days",
            Self::GiftSurcharge { .. } => "gift_surcharge",
            Self::NotAGift => "not_a_gift",
            Self::GiftAccepted => "gift_accepted",
            Self::GiftOver { .. } => "gift_over",
            Self::GiftStillWaits { .. } => "gift_still_waits",
            Self::GiftNotAccepted => "gift_not_accepted",
            Self::LineCount { .. } => "line_count",
            Self::GroupCount { .. } => "group_count",
            Self::LineTwice { .. } => "line_twice",
            Self::GroupTwice { .. } => "group_twice",
            Self::UnknownLine { .. } => "unknown_line",
            Self::UnknownGroup { .. } => "unknown_group",
            Self::EmptyGroup { .. } => "empty_group",
            Self::OtherMerchant { .. } => "other_merchant",
            Self::SurchargeExceedsFee { .. } => "surcharge_exceeds_fee",
            Self::TooManyPieces { .. } => "too_many_pieces",
            Self::TooManyOptions { .. } => "too_many_options",
            Self::BadCategory { .. } => "bad_category",
            Self::NegativeReduction { .. } => "negative_reduction",
            Self::ReductionExceedsGoods { .. } => "reduction_exceeds_goods",
            Self::TooManyCoupons { .. } => "too_many_coupons",
            Self::CouponTwice { .. } => "coupon_twice",
            Self::CouponShareExceeds { .. } => "coupon_share_exceeds",
            Self::LimitedNotOrdered { .. } => "limited_not_ordered",
            Self::TotalDiffers { .. } => "total_differs",
            Self::PaymentDuePast => "payment_due_past",
            Self::ConfirmAfterTooLong => "confirm_after_too_long",
            Self::NotEnough { .. } => "not_enough",
            Self::Claimed { .. } => "claimed",
            Self::ShipmentDiffers { .. } => "shipment_differs",
            Self::TooManyShipments => "too_many_shipments",
            Self::NothingToConfirm => "nothing_to_confirm",
            Self::ConfirmationHeld { .. } => "confirmation_held",
            Self::BadHoldEnd => "bad_hold_end",
            Self::UnknownClaim { .. } => "unknown_claim",
            Self::ClaimDiffers { .. } => "claim_differs",
            Self::ClaimOver { .. } => "claim_over",
            Self::ClaimRefunding { .. } => "claim_refunding",
            Self::FeeNotPaid { .. } => "fee_not_paid",
            Self::ConfirmedOnlyReturn => "confirmed_only_return",
            Self::TooManyClaims => "too_many_claims",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::NotFound | Self::UnknownClaim { .. } => RejectionKind::NotFound,
            Self::AlreadyPlaced
            | Self::NotPending { .. }
            | Self::NotPaid { .. }
            | Self::OtherPayment
            | Self::StillPayable { .. }
            | Self::NotAGift
            | Self::GiftAccepted
            | Self::GiftOver { .. }
            | Self::GiftStillWaits { .. }
            | Self::GiftNotAccepted
            | Self::TotalDiffers { .. }
            | Self::NotEnough { .. }
            | Self::Claimed { .. }
            | Self::ShipmentDiffers { .. }
            | Self::TooManyShipments
            | Self::NothingToConfirm
            | Self::ConfirmationHeld { .. }
            | Self::ClaimDiffers { .. }
            | Self::ClaimOver { .. }
            | Self::ClaimRefunding { .. }
            | Self::FeeNotPaid { .. }
            | Self::TooManyClaims => RejectionKind::Conflict,
            Self::ReasonNotGivable
            | Self::OneDestination
            | Self::GiftDays { .. }
            | Self::GiftSurcharge { .. }
            | Self::LineCount { .. }
            | Self::GroupCount { .. }
            | Self::LineTwice { .. }
            | Self::GroupTwice { .. }
            | Self::UnknownLine { .. }
            | Self::UnknownGroup { .. }
            | Self::EmptyGroup { .. }
            | Self::OtherMerchant { .. }
            | Self::SurchargeExceedsFee { .. }
            | Self::TooManyPieces { .. }
            | Self::TooManyOptions { .. }
            | Self::BadCategory { .. }
            | Self::NegativeReduction { .. }
            | Self::ReductionExceedsGoods { .. }
            | Self::TooManyCoupons { .. }
            | Self::CouponTwice { .. }
            | Self::CouponShareExceeds { .. }
            | Self::LimitedNotOrdered { .. }
            | Self::PaymentDuePast
            | Self::ConfirmAfterTooLong
            | Self::ConfirmedOnlyReturn
            | Self::BadHoldEnd => RejectionKind::Invalid,
        }
    }
}
