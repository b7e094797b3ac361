//! Cash receipts (현금영수증): who one is asked for, and what was given and taken back. When one is due is the payment's to
//! say; nothing is told to the tax office here.

use kernel::id::{MemberId, OrderId, PaymentId};
use kernel::{Amount, Currency, Sealed, Timestamp};
use member::merchant::{KoreanNumber, NumberError};
use order::Order;
use payment::{Payment, ReceiptAsk, ReceiptPurpose};

use super::personal::ReceiptIdentifier;
use super::{Refusal, ServiceError};
use crate::app::App;
use crate::vault::VaultError;

/// How many digits of a number are shown to whom it is no business.
const SHOWN_DIGITS: usize = 4;
/// How many digits the number of a mobile phone has in Korea.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 10..=11;

/// What a shopper asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptWish {
    purpose: ReceiptPurpose,
    whose: ReceiptIdentifier,
}

/// Why a number names nobody that a receipt could be for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WhoseError {
    /// Not a mobile phone's.
    #[error("an income deduction is for the number of a mobile phone: 10 or 11 digits from 01 on")]
    NoPhone,
    /// Not a business's.
    #[error("a proof of expense is for the registration number of a business: {0}")]
    NoBusiness(#[from] NumberError),
}

impl ReceiptWish {
    /// A receipt for the phone of a person, or for a business by its registration number; hyphens may stand in either.
    pub fn new(purpose: ReceiptPurpose, number: &str) -> Result<Self, WhoseError> {
        let number = match purpose {
            ReceiptPurpose::IncomeDeduction => phone(number).ok_or(WhoseError::NoPhone)?,
            ReceiptPurpose::ExpenseProof => KoreanNumber::new(number)?.into(),
        };
        Ok(Self { purpose, whose: ReceiptIdentifier { number } })
    }
}

fn phone(number: &str) -> Option<String> {
    let digits = number.replace('-', "");
    let is_one = digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.starts_with("01");
    (is_one && PHONE_DIGITS.contains(&digits.len())).then_some(digits)
}

/// A cash receipt as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CashReceipt {
    /// The payment that it is of.
    pub payment: PaymentId,
    /// What it is for.
    pub purpose: ReceiptPurpose,
    /// Whose it is; nobody's any more where the member has withdrawn.
    pub number: Option<String>,
    /// How much it was given over.
    pub amount: Amount,
    /// How much of it was taken back.
    pub cancelled: Amount,
    /// The currency of both.
    pub currency: Currency,
    /// When it was given.
    pub issued_at: Timestamp,
    /// When something of it was last taken back.
    pub cancelled_at: Option<Timestamp>,
}

impl CashReceipt {
    /// The same for those who need not know whose it is: the last digits of the number alone.
    #[must_use]
    pub fn masked(self) -> Self {
        Self { number: self.number.as_deref().map(masked), ..self }
    }
}

/// The last digits of a number.
fn masked(number: &str) -> String {
    let hidden = number.len().saturating_sub(SHOWN_DIGITS);
    let shown = number.chars().enumerate();
    shown.map(|(nth, digit)| if nth < hidden { '*' } else { digit }).collect()
}

impl App {
    /// The receipt of an order's payment. Of another member's order than the one named there is none.
    pub async fn cash_receipt(
        &self,
        order: OrderId,
        of: Option<MemberId>,
    ) -> Result<CashReceipt, ServiceError> {
        let placed = self.log.read_latest::<Order>(&order).await?.state;
        let is_theirs = of.is_none() || placed.member() == of;
        let payment = placed.payment().filter(|_| is_theirs).ok_or(Refusal::NotFound("order"))?;
        let state = self.log.read_latest::<Payment>(&payment).await?.state;
        let (Some(receipt), Some(member), Some(currency)) =
            (state.receipt(), state.member(), state.currency())
        else {
            return Err(Refusal::NotFound("cash receipt").into());
        };
        let number = self.whose(member, &receipt.of.receipt_identifier).await?;
        Ok(CashReceipt {
            payment,
            purpose: receipt.of.purpose,
            number,
            amount: receipt.amount,
            cancelled: receipt.cancelled,
            currency,
            issued_at: receipt.issued_at,
            cancelled_at: receipt.cancelled_at,
        })
    }

    /// The last digits of whose a receipt is; nobody's any more where the member has withdrawn.
    pub(super) async fn masked_number(
        &self,
        member: MemberId,
        sealed: &Sealed,
    ) -> Result<Option<String>, ServiceError> {
        Ok(self.whose(member, sealed).await?.map(|number| masked(&number)))
    }

    async fn whose(&self, member: MemberId, sealed: &Sealed) -> Result<Option<String>, ServiceError> {
        match self.vault.open(member.0, sealed).await {
            Ok(ReceiptIdentifier { number }) => Ok(Some(number)),
            Err(VaultError::Destroyed) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// What is asked for, as the log may hold it.
    pub(super) async fn seal_receipt(
        &self,
        member: MemberId,
        wish: &ReceiptWish,
    ) -> Result<ReceiptAsk, ServiceError> {
        let receipt_identifier = self.vault.seal(member.0, &wish.whose).await?;
        Ok(ReceiptAsk { purpose: wish.purpose, receipt_identifier })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(purpose: ReceiptPurpose, number: &str) -> Option<String> {
        ReceiptWish::new(purpose, number).ok().map(|wish| wish.whose.number)
    }

    #[test]
    fn an_income_deduction_is_for_a_phone() {
        let phone = |text| number(ReceiptPurpose::IncomeDeduction, text);
        assert_eq!(phone("010-1234-5678").as_deref(), Some("01012345678"));
        assert_eq!(phone("0111234567").as_deref(), Some("0111234567"));
        for wrong in ["", "02-123-4567", "010-1234", "010-1234-56789", "01O-1234-5678", "+82 10 1234 5678"] {
            assert_eq!(phone(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_proof_of_expense_is_for_a_business() {
        let business = |text| number(ReceiptPurpose::ExpenseProof, text);
        assert_eq!(business("220-81-62517").as_deref(), Some("2208162517"));
        for wrong in ["220-81-62518", "010-1234-5678", ""] {
            assert_eq!(business(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_number_is_shown_by_its_last_digits() {
        let receipt = CashReceipt {
            payment: PaymentId(uuid::Uuid::nil()),
            purpose: ReceiptPurpose::IncomeDeduction,
            number: Some("01012345678".to_owned()),
            amount: Amount::ZERO,
            cancelled: Amount::ZERO,
            currency: Currency::Krw,
            issued_at: Timestamp::UNIX_EPOCH,
            cancelled_at: None,
        };
        assert_eq!(receipt.masked().number.as_deref(), Some("*******5678"));
    }
}
