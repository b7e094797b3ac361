//! The rules of payment that may change, each with a name and a reason. Never here: state or events.

use kernel::{Amount, Currency};

use crate::value::{Method, Tender, TenderAmount};

/// Most tenders of one payment.
pub const MAX_TENDERS: usize = 30;
/// The largest amount of one tender or payment; thirty of them still fit an [`Amount`].
pub const MAX_AMOUNT: Amount = Amount::from_minor(1_000_000_000_000_000);
/// Most monthly instalments of one tender.
pub const MAX_INSTALMENTS: u16 = 60;
/// After so many declined attempts the payment fails.
pub const MAX_ATTEMPTS: u16 = 10;
/// Most refunds of one payment, failed ones included.
pub const MAX_REFUNDS: usize = 1_000;
/// Most stray captures of one payment; more is a broken gateway, and an operator must look.
pub const MAX_STRAY_CAPTURES: usize = 20;
/// Most characters of an idempotency key.
pub const MAX_KEY_CHARACTERS: usize = 200;

/// The order in which tenders are refunded, lowest first: money before vouchers, points (적립금) last, so that a
/// shopper gets back what can be spent anywhere first. Among equals the lower tender number comes first.
pub const fn refund_rank(method: Method) -> u8 {
    match method {
        Method::Card => 0,
        Method::DebitCard => 1,
        Method::VirtualAccount => 2,
        Method::BankSlip => 3,
        Method::Voucher => 4,
        Method::Points => 5,
    }
}

/// Whether the money comes only when the shopper deposits it, perhaps days after.
pub const fn awaits_deposit(method: Method) -> bool {
    matches!(method, Method::VirtualAccount | Method::BankSlip)
}

/// Whether the method is settled by the marketplace itself: no gateway is asked for it.
pub const fn is_in_house(method: Method) -> bool {
    matches!(method, Method::Voucher | Method::Points)
}

/// Whether the method counts as cash, so that a cash receipt (현금영수증) is due for it on demand.
pub const fn is_cash(method: Method) -> bool {
    matches!(method, Method::VirtualAccount | Method::BankSlip)
}

/// Whether cash receipts are known where the payment's currency is money: in Korea alone.
pub const fn knows_receipts(currency: Currency) -> bool {
    matches!(currency, Currency::Krw)
}

/// The sum of what counts as cash.
pub fn in_cash(parts: impl IntoIterator<Item = (Method, Amount)>) -> Amount {
    parts.into_iter().filter(|(method, _)| is_cash(*method)).map(|(_, amount)| amount).sum()
}

/// What a late or second capture took: the gateway's tenders. Points and vouchers were released with the payment and
/// can't be taken twice, so they don't go back with it. A payment without a gateway's tender went by them alone.
pub fn stray_tenders(tenders: &[Tender]) -> Vec<TenderAmount> {
    let alone = tenders.iter().all(|tender| is_in_house(tender.method));
    tenders.iter().filter(|tender| alone || !is_in_house(tender.method)).map(TenderAmount::from).collect()
}

/// The sum of what the gateway takes or gives back.
pub fn of_gateway(parts: impl IntoIterator<Item = (Method, Amount)>) -> Amount {
    parts.into_iter().filter(|(method, _)| !is_in_house(*method)).map(|(_, amount)| amount).sum()
}

/// Whether a text can be an idempotency key.
pub fn is_key(key: &str) -> bool {
    !key.trim().is_empty() && key.chars().count() <= MAX_KEY_CHARACTERS
}
