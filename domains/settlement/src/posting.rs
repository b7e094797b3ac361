//! Which business fact makes which entry. Pure: plain values in, a balanced [`Entry`] out.
//!
//! Amounts are signed from the debit's point of view: a negative one lands on the other side, so the taking back
//! of something is the posting of its negative. Never here: when a fact is true.

use kernel::Amount;
use kernel::id::MerchantId;

use crate::item::Parts;
use crate::ledger::{Account, Entry, EntryError, EntryKind, EntryLine, Source};

/// The gateway captured: Dr gateway receivable / Cr customer deposits.
pub fn capture(amount: Amount, source: Source) -> Result<Entry, EntryError> {
    let lines = [debit(Account::GatewayReceivable, amount), credit(Account::CustomerDeposits, amount)];
    entry(EntryKind::Capture, source, lines)
}

/// The gateway paid back to the shopper: Dr customer deposits / Cr gateway receivable.
///
/// Goods returned after confirmation are first put back into the deposits by [`adjustment`].
pub fn refund(amount: Amount, source: Source) -> Result<Entry, EntryError> {
    let lines = [debit(Account::CustomerDeposits, amount), credit(Account::GatewayReceivable, amount)];
    entry(EntryKind::Refund, source, lines)
}

/// The gateway captured late or a second time: Dr gateway receivable / Cr stray captures. No purchase is paid by it.
pub fn stray_capture(amount: Amount, source: Source) -> Result<Entry, EntryError> {
    let lines = [debit(Account::GatewayReceivable, amount), credit(Account::StrayCaptures, amount)];
    entry(EntryKind::StrayCapture, source, lines)
}

/// The gateway paid a stray capture back: the reverse of [`stray_capture`].
pub fn stray_refund(amount: Amount, source: Source) -> Result<Entry, EntryError> {
    let lines = [debit(Account::StrayCaptures, amount), credit(Account::GatewayReceivable, amount)];
    entry(EntryKind::StrayRefund, source, lines)
}

/// The gateway paid out to our bank: Dr bank, Dr gateway fee / Cr gateway receivable. The gross includes the fee.
pub fn gateway_deposit(gross: Amount, fee: Amount, source: Source) -> Result<Entry, EntryError> {
    let lines = [
        debit(Account::Bank, gross - fee),
        debit(Account::GatewayFeeExpense, fee),
        credit(Account::GatewayReceivable, gross),
    ];
    entry(EntryKind::GatewayDeposit, source, lines)
}

/// Purchases were confirmed: Dr customer deposits, platform discount, points / Cr merchant payable (net),
/// commission revenue, commission VAT.
pub fn accrual(merchant: MerchantId, parts: &Parts, source: Source) -> Result<Entry, EntryError> {
    entry(EntryKind::Accrual, source, of_parts(merchant, parts))
}

/// A claim was settled. Of confirmed purchases that came back (환수) the parts are negative, so each line is the mirror
/// of its accrual; a fee that stays moves deposits to the merchant, one that goes back the other way.
pub fn adjustment(merchant: MerchantId, parts: &Parts, source: Source) -> Result<Entry, EntryError> {
    entry(EntryKind::Adjustment, source, of_parts(merchant, parts))
}

/// A payout was handed to the bank: Dr merchant payable / Cr payouts in transit.
pub fn payout_request(merchant: MerchantId, amount: Amount, source: Source) -> Result<Entry, EntryError> {
    let lines = [
        debit(Account::MerchantPayable, amount).of(merchant),
        credit(Account::PayoutsInTransit, amount).of(merchant),
    ];
    entry(EntryKind::PayoutRequest, source, lines)
}

/// The bank paid: Dr payouts in transit / Cr bank. With the request: Dr merchant payable / Cr bank.
pub fn payout(merchant: MerchantId, amount: Amount, source: Source) -> Result<Entry, EntryError> {
    let lines = [debit(Account::PayoutsInTransit, amount).of(merchant), credit(Account::Bank, amount)];
    entry(EntryKind::Payout, source, lines)
}

/// The bank didn't pay: the reverse of [`payout_request`].
pub fn payout_failure(merchant: MerchantId, amount: Amount, source: Source) -> Result<Entry, EntryError> {
    let lines = [
        debit(Account::PayoutsInTransit, amount).of(merchant),
        credit(Account::MerchantPayable, amount).of(merchant),
    ];
    entry(EntryKind::PayoutFailure, source, lines)
}

fn of_parts(merchant: MerchantId, parts: &Parts) -> [Signed; 6] {
    [
        debit(Account::CustomerDeposits, parts.customer_paid()),
        debit(Account::PlatformDiscountExpense, parts.discount_platform),
        debit(Account::PointsExpense, parts.points),
        credit(Account::MerchantPayable, parts.net()).of(merchant),
        credit(Account::CommissionRevenue, parts.commission - parts.commission_vat),
        credit(Account::CommissionVatPayable, parts.commission_vat),
    ]
}

/// A line before it has found its side: above zero is a debit.
struct Signed {
    account: Account,
    merchant: Option<MerchantId>,
    amount: Amount,
}

impl Signed {
    fn of(self, merchant: MerchantId) -> Self {
        Self { merchant: Some(merchant), ..self }
    }

    fn line(self) -> EntryLine {
        let Self { account, merchant, amount } = self;
        let (debit, credit) =
            if amount.is_negative() { (Amount::ZERO, -amount) } else { (amount, Amount::ZERO) };
        EntryLine { account, merchant, debit, credit }
    }
}

fn debit(account: Account, amount: Amount) -> Signed {
    Signed { account, merchant: None, amount }
}

fn credit(account: Account, amount: Amount) -> Signed {
    debit(account, -amount)
}

fn entry<const N: usize>(kind: EntryKind, source: Source, lines: [Signed; N]) -> Result<Entry, EntryError> {
    let lines = lines.into_iter().filter(|line| !line.amount.is_zero()).map(Signed::line).collect();
    Entry::new(kind, source, lines)
}
