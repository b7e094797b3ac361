//! What a completed claim changes for each merchant: which confirmed pieces it took back, and which fees it leaves. Pure.
//!
//! The law of it: once every piece of an order is confirmed, cancelled or returned and every refund is paid, nothing of
//! what its shopper paid is left over or missing. Never here: what goes back to the shopper; the claim quoted that.

use std::collections::BTreeMap;

use claim::refund::RefundQuote;
use eventstore::Seq;
use kernel::Amount;
use kernel::id::MerchantId;
use order::event::{ClaimCompleted, ClaimedLine, ConfirmedLine, LinesConfirmed};
use order::pieces::Run;
use order::share::share_of_pieces;

/// A confirmation of an order, and where it stands in the log.
#[derive(Debug, Clone)]
pub(in crate::service) struct Confirmation {
    pub(in crate::service) position: Seq,
    pub(in crate::service) body: LinesConfirmed,
}

/// Pieces that were confirmed together, so that one item holds them, and that came back.
#[derive(Debug, Clone, Copy)]
pub(in crate::service) struct Returned<'a> {
    pub(in crate::service) confirmation: &'a Confirmation,
    pub(in crate::service) line: &'a ConfirmedLine,
    pub(in crate::service) pieces: Run,
}

/// What a claim changes for one merchant.
#[derive(Debug, Default)]
pub(super) struct Share<'a> {
    pub(super) returned: Vec<Returned<'a>>,
    /// What it leaves with the merchant, or takes from it, of delivery and return fees.
    pub(super) fee: Amount,
}

/// What a claim changes, merchant by merchant.
pub(super) fn shares<'a>(
    completed: &ClaimCompleted,
    quote: &RefundQuote,
    confirmations: &'a [Confirmation],
) -> BTreeMap<MerchantId, Share<'a>> {
    let mut shares: BTreeMap<MerchantId, Share<'a>> = BTreeMap::new();
    for line in &completed.lines {
        let share = shares.entry(line.merchant).or_default();
        if line.was_confirmed() {
            share.returned.extend(taken_from(line, confirmations));
        } else {
            share.fee += shipping_of(line);
        }
    }
    for (merchant, kept) in kept_from_refund(completed, quote) {
        shares.entry(merchant).or_default().fee += kept;
    }
    shares
}

/// The confirmed runs that a claimed run is made of. Every piece was confirmed once, so they cover it.
pub(in crate::service) fn taken_from<'a>(
    claimed: &ClaimedLine,
    confirmations: &'a [Confirmation],
) -> impl Iterator<Item = Returned<'a>> {
    let (line_no, run) = (claimed.line, claimed.run());
    let lines = confirmations
        .iter()
        .flat_map(|confirmation| confirmation.body.lines.iter().map(move |line| (confirmation, line)));
    lines.filter(move |(_, line)| line.line == line_no).filter_map(move |(confirmation, line)| {
        Some(Returned { confirmation, line, pieces: line.run().common(run)? })
    })
}

/// The delivery fee paid for a run of pieces. Of confirmed ones it is the merchant's already.
fn shipping_of(line: &ClaimedLine) -> Amount {
    share_of_pieces(line.shipping, line.ordered, line.first_piece, line.quantity.get())
}

/// What the refund kept of fees, less what it gave back of them, by whose fees they are.
fn kept_from_refund(completed: &ClaimCompleted, quote: &RefundQuote) -> BTreeMap<MerchantId, Amount> {
    let paid = quote.fees_paid();
    let mut kept: BTreeMap<MerchantId, Amount> = BTreeMap::new();
    for group in paid.delivery {
        *kept.entry(group.merchant).or_default() += group.deducted - group.given_back;
    }
    // A return is of one merchant's goods.
    if let Some(line) = completed.lines.first() {
        *kept.entry(line.merchant).or_default() += paid.return_fee;
    }
    kept
}
