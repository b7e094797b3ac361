//! The chart of accounts: stable codes and normal sides. Codes are never reused. Never here: amounts.

use serde::{Deserialize, Serialize};

/// An account of the marketplace's books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// Asset: money at our own bank.
    Bank,
    /// Asset: captured by the payment gateway, not yet paid out to us.
    GatewayReceivable,
    /// Liability: paid by shoppers for purchases not yet confirmed.
    CustomerDeposits,
    /// Liability, per merchant: owed for confirmed purchases.
    MerchantPayable,
    /// Liability, per merchant: handed to the bank as a payout that it hasn't answered yet.
    PayoutsInTransit,
    /// Liability: VAT inside the commission.
    CommissionVatPayable,
    /// Liability: captured late or a second time, never a deposit; goes back to the shopper.
    StrayCaptures,
    /// Revenue: commission without its VAT.
    CommissionRevenue,
    /// Expense: discounts that the platform pays for.
    PlatformDiscountExpense,
    /// Expense: points that shoppers paid with.
    PointsExpense,
    /// Expense: what the payment gateway keeps.
    GatewayFeeExpense,
}

/// A side of an account or entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Left (차변).
    Debit,
    /// Right (대변).
    Credit,
}

impl Account {
    /// Every account, in the order of the codes.
    pub const ALL: [Self; 11] = [
        Self::Bank,
        Self::GatewayReceivable,
        Self::CustomerDeposits,
        Self::MerchantPayable,
        Self::PayoutsInTransit,
        Self::CommissionVatPayable,
        Self::StrayCaptures,
        Self::CommissionRevenue,
        Self::PlatformDiscountExpense,
        Self::PointsExpense,
        Self::GatewayFeeExpense,
    ];

    /// The account number: 1 assets, 2 liabilities, 4 revenue, 5 expenses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Bank => "1010",
            Self::GatewayReceivable => "1110",
            Self::CustomerDeposits => "2010",
            Self::MerchantPayable => "2020",
            Self::PayoutsInTransit => "2030",
            Self::CommissionVatPayable => "2040",
            Self::StrayCaptures => "2050",
            Self::CommissionRevenue => "4010",
            Self::PlatformDiscountExpense => "5010",
            Self::PointsExpense => "5020",
            Self::GatewayFeeExpense => "5030",
        }
    }

    /// The side on which the account grows.
    pub const fn normal_side(self) -> Side {
        match self {
            Self::Bank
            | Self::GatewayReceivable
            | Self::PlatformDiscountExpense
            | Self::PointsExpense
            | Self::GatewayFeeExpense => Side::Debit,
            Self::CustomerDeposits
            | Self::MerchantPayable
            | Self::PayoutsInTransit
            | Self::CommissionVatPayable
            | Self::StrayCaptures
            | Self::CommissionRevenue => Side::Credit,
        }
    }

    /// Whether each merchant has its own (a subsidiary ledger): its lines name the merchant, others never do.
    pub const fn is_per_merchant(self) -> bool {
        matches!(self, Self::MerchantPayable | Self::PayoutsInTransit)
    }
}
