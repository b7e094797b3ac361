//! Cash receipts (현금영수증) as callers ask for them and read them.

use chrono::{DateTime, Utc};
use payment::ReceiptPurpose;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::service::cash_receipts::{self, ReceiptWish};

/// What a cash receipt is for.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CashReceiptPurpose {
    /// A person deducts it from their income (소득공제).
    IncomeDeduction,
    /// A business proves an expense by it (지출증빙).
    ExpenseProof,
}

/// The cash receipt that a shopper asks for, of what they pay in cash.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CashReceiptWish {
    /// What it is for.
    purpose: CashReceiptPurpose,
    /// For an income deduction a mobile phone's number, for a proof of expense a business's registration number.
    #[schema(example = "010-1234-5678")]
    number: String,
}

/// The same, with a number that fits.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "CashReceiptWish")]
pub struct FittingWish(pub ReceiptWish);

impl TryFrom<CashReceiptWish> for FittingWish {
    type Error = cash_receipts::WhoseError;

    fn try_from(wish: CashReceiptWish) -> Result<Self, Self::Error> {
        ReceiptWish::new(wish.purpose.into(), &wish.number).map(Self)
    }
}

/// A cash receipt as it stands. Amounts are minor units of its currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct CashReceipt {
    /// The payment that it is of.
    payment: Uuid,
    /// What it is for.
    purpose: CashReceiptPurpose,
    /// Whose it is. To all but finance its last digits alone; none where the member has withdrawn.
    #[schema(example = "*******5678")]
    number: Option<String>,
    /// How much it was given over.
    amount_minor: i64,
    /// How much of it was taken back, as its money went back.
    cancelled_minor: i64,
    /// ISO 4217.
    currency: String,
    /// When it was given.
    issued_at: DateTime<Utc>,
    /// When something of it was last taken back.
    cancelled_at: Option<DateTime<Utc>>,
}

impl From<cash_receipts::CashReceipt> for CashReceipt {
    fn from(receipt: cash_receipts::CashReceipt) -> Self {
        Self {
            payment: receipt.payment.0,
            purpose: receipt.purpose.into(),
            number: receipt.number,
            amount_minor: receipt.amount.minor(),
            cancelled_minor: receipt.cancelled.minor(),
            currency: receipt.currency.code().to_owned(),
            issued_at: receipt.issued_at,
            cancelled_at: receipt.cancelled_at,
        }
    }
}

impl From<CashReceiptPurpose> for ReceiptPurpose {
    fn from(purpose: CashReceiptPurpose) -> Self {
        match purpose {
            CashReceiptPurpose::IncomeDeduction => Self::IncomeDeduction,
            CashReceiptPurpose::ExpenseProof => Self::ExpenseProof,
        }
    }
}

impl From<ReceiptPurpose> for CashReceiptPurpose {
    fn from(purpose: ReceiptPurpose) -> Self {
        match purpose {
            ReceiptPurpose::IncomeDeduction => Self::IncomeDeduction,
            ReceiptPurpose::ExpenseProof => Self::ExpenseProof,
        }
    }
}
