//! Cash receipts (현금영수증) as finance lists them and hands them to the tax office. Whose one is stays but hinted at: the whole
//! number is told of one order at a time (see [`super::cash_receipts`]).

use chrono::SecondsFormat;
use kernel::id::MemberId;
use kernel::{Amount, Sealed};
use projections::Page;
use projections::books::query::{self, Receipt, ReceiptCursor, ReceiptFilter};
use serde::Serialize;
use settlement::export::Export;

use super::exports::Format;
use super::{Refusal, ServiceError};
use crate::app::App;

/// The most rows of one export: a mall with more asks for shorter periods.
pub const EXPORT_ROWS_MAX: i64 = 20_000;
/// The columns of an export, in order. Adding one means adding it at the end.
const COLUMNS: &str = "at,state,order,payment,purpose,number,currency,amount_minor,left_minor,position\r\n";

/// A receipt as it stood after it was given or taken back, and the last digits of whose it is.
#[derive(Debug, Clone)]
pub struct ListedReceipt {
    /// What is booked.
    pub booked: Receipt,
    /// The last digits; none where the member has withdrawn.
    pub number: Option<String>,
}

/// A line of an export.
#[derive(Debug, Serialize)]
struct Line<'a> {
    at: String,
    state: &'a str,
    order: String,
    payment: String,
    purpose: &'a str,
    number: Option<&'a str>,
    currency: &'a str,
    amount_minor: i64,
    left_minor: i64,
    position: i64,
}

impl App {
    /// A page of a mall's receipts.
    pub async fn receipts(
        &self,
        filter: &ReceiptFilter,
        after: Option<ReceiptCursor>,
        limit: u32,
    ) -> Result<Page<ListedReceipt, ReceiptCursor>, ServiceError> {
        let Page { items, next } = query::receipts(&self.pool, filter, after, limit).await?;
        Ok(Page { items: self.hinted(items).await?, next })
    }

    /// All of a mall's receipts that are looked for, as a file.
    pub async fn export_receipts(
        &self,
        filter: &ReceiptFilter,
        format: Format,
    ) -> Result<Export, ServiceError> {
        let found = query::receipts_to_export(&self.pool, filter, EXPORT_ROWS_MAX + 1).await?;
        let rows = found.len();
        if i64::try_from(rows).is_ok_and(|rows| rows > EXPORT_ROWS_MAX) {
            return Err(Refusal::ExportTooLong { most: EXPORT_ROWS_MAX }.into());
        }
        let net: Amount = found.iter().map(|row| Amount::from_minor(row.amount_minor)).sum();
        let listed = self.hinted(found).await?;
        let text = match format {
            Format::Csv => csv(&listed),
            Format::JsonLines => {
                json_lines(&listed).map_err(|error| ServiceError::Broken(error.to_string()))?
            }
        };
        Ok(Export::of(text, rows, net))
    }

    async fn hinted(&self, booked: Vec<Receipt>) -> Result<Vec<ListedReceipt>, ServiceError> {
        let mut listed = Vec::with_capacity(booked.len());
        for booked in booked {
            let sealed = Sealed(booked.receipt_identifier.clone());
            let number = self.masked_number(MemberId(booked.member), &sealed).await?;
            listed.push(ListedReceipt { booked, number });
        }
        Ok(listed)
    }
}

impl ListedReceipt {
    fn line(&self) -> Line<'_> {
        let Self { booked, number } = self;
        Line {
            at: booked.at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
            state: &booked.state,
            order: booked.order.to_string(),
            payment: booked.payment.to_string(),
            purpose: &booked.purpose,
            number: number.as_deref(),
            currency: &booked.currency,
            amount_minor: booked.amount_minor,
            left_minor: booked.left_minor,
            position: booked.position,
        }
    }
}

/// No cell holds what anybody typed, but for digits and asterisks: none needs quotes, and none is a formula.
fn csv(listed: &[ListedReceipt]) -> String {
    let lines = listed.iter().map(|receipt| {
        let Line { at, state, order, payment, purpose, number, currency, .. } = receipt.line();
        let Receipt { amount_minor, left_minor, position, .. } = receipt.booked;
        let number = number.unwrap_or_default();
        format!(
            "{at},{state},{order},{payment},{purpose},{number},{currency},{amount_minor},{left_minor},{position}\r\n"
        )
    });
    std::iter::once(COLUMNS.to_owned()).chain(lines).collect()
}

fn json_lines(listed: &[ListedReceipt]) -> serde_json::Result<String> {
    listed.iter().map(|receipt| serde_json::to_string(&receipt.line()).map(|line| line + "\n")).collect()
}
