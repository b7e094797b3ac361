//! Tenders out of payment rows. They must add up to items and freight; where the data's don't, they are scaled to fit.

use kernel::{Amount, allocate};
use payment::value::Method;

use crate::import::olist::files::{PaidBy, Payment, Row};
use crate::import::olist::finding::{Finding, Reason};

/// A part of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedTender {
    /// How.
    pub method: Method,
    /// How much; above zero.
    pub amount_cents: i64,
    /// Monthly instalments.
    pub instalments: u16,
}

/// The tenders of an order, adding up to its total; none is one card for all of it.
pub(super) fn tenders(
    order: &str,
    rows: &[&Payment],
    total_cents: i64,
    findings: &mut Vec<Finding>,
) -> Vec<PlannedTender> {
    let tenders: Vec<PlannedTender> = rows.iter().filter_map(|row| tender(row, findings)).collect();
    let paid: i64 = tenders.iter().map(|tender| tender.amount_cents).sum();
    let difference = paid.saturating_sub(total_cents);
    match difference.abs() {
        0 => {}
        1 => findings.push(Finding::new(Reason::PaymentsDifferByACent, order).differing_by(difference)),
        _ => findings.push(Finding::new(Reason::PaymentsDiffer, order).differing_by(difference)),
    }
    if tenders.len() > payment::policy::MAX_TENDERS {
        findings.push(Finding::new(Reason::TooManyPayments, order).because(tenders.len().to_string()));
        return Vec::new();
    }
    if difference == 0 { tenders } else { scaled(&tenders, total_cents) }
}

fn tender(row: &Payment, findings: &mut Vec<Finding>) -> Option<PlannedTender> {
    let finding =
        |reason| Finding::new(reason, format!("{}/{}", row.order, row.number)).at(Payment::FILE, row.line);
    let Some(method) = method(row.method) else {
        findings.push(finding(Reason::PaymentMethodUndefined));
        return None;
    };
    if row.amount_cents == 0 {
        findings.push(finding(Reason::PaymentOfNothing));
        return None;
    }
    let instalments = row.instalments.clamp(1, payment::policy::MAX_INSTALMENTS);
    if instalments != row.instalments {
        findings.push(finding(Reason::InstalmentsOutOfRange).because(row.instalments.to_string()));
    }
    Some(PlannedTender { method, amount_cents: row.amount_cents, instalments })
}

const fn method(paid_by: PaidBy) -> Option<Method> {
    match paid_by {
        PaidBy::CreditCard => Some(Method::Card),
        PaidBy::DebitCard => Some(Method::DebitCard),
        PaidBy::Boleto => Some(Method::BankSlip),
        PaidBy::Voucher => Some(Method::Voucher),
        PaidBy::Undefined => None,
    }
}

/// The same parts of another total, to the cent; a part that comes to nothing is left out.
fn scaled(tenders: &[PlannedTender], total_cents: i64) -> Vec<PlannedTender> {
    let weights: Vec<u64> = tenders.iter().map(|tender| tender.amount_cents.unsigned_abs()).collect();
    let parts = allocate(Amount::from_minor(total_cents), &weights);
    let fitted = tenders.iter().zip(parts);
    fitted
        .map(|(tender, part)| PlannedTender { amount_cents: part.minor(), ..*tender })
        .filter(|tender| tender.amount_cents > 0)
        .collect()
}
