//! How a campaign says no: one variant per rule, each a sentence that a person can act on.

use kernel::{RejectionKind, Timestamp};

use super::policy;
use super::state::Phase;
use crate::policy::CATEGORY_BYTES_MAX;

/// A refusal by a rule of the campaign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each sentence documents its variant and names its fields")]
pub enum Rejection {
    #[error("there is no such campaign")]
    NotFound,
    #[error("this campaign was already launched with another plan")]
    AlreadyLaunched,
    #[error("the campaign has ended for good")]
    Ended,

    #[error("the campaign is {phase}, it hands out no coupons")]
    NotRunning { phase: Phase },
    #[error("the campaign begins at {from}")]
    NotBegun { from: Timestamp },
    #[error("the campaign was over at {until}")]
    Over { until: Timestamp },
    #[error("all {total} coupons of the campaign are handed out")]
    Exhausted { total: u32 },
    #[error("a member has coupons 1 to {max} of this campaign, there is none with number {nth}")]
    MemberLimit { nth: u32, max: u32 },

    #[error("a coupon must take something off: no amount, rate or cap of zero")]
    NoBenefit,
    #[error("name 1 to {max} categories, merchants or products, not {found}")]
    ScopeSize { max: usize, found: usize },
    #[error("a category's code has 1 to {CATEGORY_BYTES_MAX} bytes")]
    BadCategory,
    #[error("a merchant's own campaign is funded by the merchant alone")]
    NotOwnersFunding,
    #[error("a campaign has 1 to {} coupons, not {found}", policy::ISSUED_MAX)]
    BadTotal { found: u32 },
    #[error("a member has 1 to {} coupons of a campaign, not {found}", policy::PER_MEMBER_MAX)]
    BadPerMember { found: u32 },
    #[error("a campaign ends after it begins and within {} days", policy::PERIOD_MAX.num_days())]
    BadPeriod,
    #[error("the campaign would be over since {until}")]
    PeriodPast { until: Timestamp },
    #[error("a coupon is valid for 1 to {} days, not {found}", policy::VALID_DAYS_MAX)]
    BadValidDays { found: u16 },
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "campaign_not_found",
            Self::AlreadyLaunched => "campaign_already_launched",
            Self::Ended => "campaign_ended",
            Self::NotRunning { .. } => "campaign_not_running",
            Self::NotBegun { .. } => "campaign_not_begun",
            Self::Over { .. } => "campaign_over",
            Self::Exhausted { .. } => "campaign_exhausted",
            Self::MemberLimit { .. } => "campaign_member_limit",
            Self::NoBenefit => "campaign_no_benefit",
            Self::ScopeSize { .. } => "campaign_scope_size",
            Self::BadCategory => "campaign_bad_category",
            Self::NotOwnersFunding => "campaign_not_owners_funding",
            Self::BadTotal { .. } => "campaign_bad_total",
            Self::BadPerMember { .. } => "campaign_bad_per_member",
            Self::BadPeriod => "campaign_bad_period",
            Self::PeriodPast { .. } => "campaign_period_past",
            Self::BadValidDays { .. } => "campaign_bad_valid_days",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::NotFound => RejectionKind::NotFound,
            Self::AlreadyLaunched
            | Self::Ended
            | Self::NotRunning { .. }
            | Self::NotBegun { .. }
            | Self::Over { .. }
            | Self::Exhausted { .. }
            | Self::MemberLimit { .. } => RejectionKind::Conflict,
            Self::NoBenefit
            | Self::ScopeSize { .. }
            | Self::BadCategory
            | Self::NotOwnersFunding
            | Self::BadTotal { .. }
            | Self::BadPerMember { .. }
            | Self::BadPeriod
            | Self::PeriodPast { .. }
            | Self::BadValidDays { .. } => RejectionKind::Invalid,
        }
    }
}
