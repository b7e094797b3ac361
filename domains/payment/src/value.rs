//! The words of a payment: tenders, methods, reasons. Never here: a rule over several of them.

use kernel::id::{OrderId, PaymentId};
use kernel::{Amount, Currency, MallId, Sealed, Text};
use serde::{Deserialize, Serialize};

/// What the gateway calls one capture or one refund.
pub type GatewayReference = Text<120>;

/// The number of a tender within its payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TenderNo(pub u16);

/// How a tender is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// A credit card.
    Card,
    /// A debit card.
    DebitCard,
    /// A bank account opened for this payment (가상계좌); the shopper deposits later.
    VirtualAccount,
    /// A payable slip (boleto); the shopper pays it later.
    BankSlip,
    /// A prepaid voucher.
    Voucher,
    /// Points (적립금).
    Points,
}

/// One part of a payment, by one method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tender {
    /// Its number within the payment.
    pub tender: TenderNo,
    /// How it is paid.
    pub method: Method,
    /// How much, in the payment's currency; above zero.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// Monthly instalments (할부); 1 is paid at once.
    pub instalments: u16,
}

/// An amount of one tender: captured or refunded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenderAmount {
    /// The tender within the payment.
    pub tender: TenderNo,
    /// How it was paid.
    pub method: Method,
    /// How much, in the payment's currency.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
}

impl From<&Tender> for TenderAmount {
    fn from(tender: &Tender) -> Self {
        Self { tender: tender.tender, method: tender.method, amount: tender.amount }
    }
}

/// What every payment event says first: which payment, of which order, where, in what currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The payment.
    pub payment: PaymentId,
    /// The order it pays.
    pub order: OrderId,
    /// The mall of the order.
    pub mall: MallId,
    /// The currency of every amount of this payment.
    pub currency: Currency,
}

/// What a cash receipt (현금영수증) is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptPurpose {
    /// A person deducts it from their income (소득공제).
    IncomeDeduction,
    /// A business proves an expense by it (지출증빙).
    ExpenseProof,
}

/// The cash receipt that a shopper asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptAsk {
    /// What it is for.
    pub purpose: ReceiptPurpose,
    /// Whose it is: a phone's or a business's number, sealed for the member who pays.
    pub receipt_identifier: Sealed,
}

/// Why the gateway took no money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclineReason {
    /// Not enough money or credit.
    InsufficientFunds,
    /// The card's limit or the account's daily limit is reached.
    LimitExceeded,
    /// The issuer refused without saying more.
    CardRefused,
    /// The card has expired.
    CardExpired,
    /// The shopper failed or left the authentication.
    AuthenticationFailed,
    /// The gateway suspects fraud.
    FraudSuspected,
    /// The gateway broke, and is known to have taken nothing.
    GatewayError,
}

/// Why a payment is no longer wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoidReason {
    /// The order was cancelled before it was paid.
    OrderCancelled,
    /// An operator stopped it.
    Operator,
}

/// Why money goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundCause {
    /// Somebody asked: a claim, an operator.
    Asked,
    /// The money came after the payment had ended.
    CapturedLate,
    /// The money came twice.
    DuplicateCaptured,
}

/// Why the gateway gave nothing back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundFailureReason {
    /// The gateway or issuer refused.
    Refused,
    /// The card or account that paid no longer exists.
    AccountClosed,
    /// The gateway no longer refunds a capture this old.
    PeriodOver,
    /// The gateway broke, and is known to have given nothing.
    GatewayError,
}
