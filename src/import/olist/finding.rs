//! Findings: every row or order that could not be taken as it stands in the data, why, and what was done instead.

use serde::Serialize;

/// Why something could not be taken as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A row that can't be read; it is left out.
    RowUnreadable,
    /// A row whose key came before; the first one counts.
    DuplicateRow,
    /// An item of an order that is not there; left out.
    ItemOfUnknownOrder,
    /// An item of a product that is not there; left out.
    ItemOfUnknownProduct,
    /// An item of a seller who is not there; left out.
    ItemOfUnknownSeller,
    /// A payment of an order that is not there; left out.
    PaymentOfUnknownOrder,
    /// An order of a customer who is not there; left out.
    OrderOfUnknownCustomer,
    /// An order without items can't be an order here; left out.
    OrderWithoutItems,
    /// More items than an order takes; left out.
    OrderTooLarge,
    /// A status that nobody described; the order is left out.
    StatusUnknown,
    /// A product that no order holds has no seller; left out.
    ProductNeverSold,
    /// A seller without any item; left out.
    SellerWithoutItems,
    /// A product without a category; taken as `uncategorised`.
    CategoryMissing,
    /// A category whose code can't be one here; taken as `uncategorised`.
    CategoryInvalid,
    /// A category without a translation; it goes by its code.
    CategoryUntranslated,
    /// A product that several sellers sell; each has one of their own.
    ProductOfSeveralSellers,
    /// A product at several prices within one order; each price is a variant.
    SeveralPricesInOneOrder,
    /// A payment of nothing; left out.
    PaymentOfNothing,
    /// A payment by a method that is not defined; left out.
    PaymentMethodUndefined,
    /// A number of instalments that no gateway takes; taken as the nearest.
    InstalmentsOutOfRange,
    /// More payments than an order takes; taken as one card.
    TooManyPayments,
    /// Payments that differ from items and freight by more than a cent; scaled to fit.
    PaymentsDiffer,
    /// Payments that differ by one cent; scaled to fit.
    PaymentsDifferByACent,
    /// A paid order without a time of payment; paid when it was placed.
    ApprovalMissing,
    /// Paid after its time to pay was over; taken at the last second of it.
    ApprovedTooLate,
    /// A dispatched order without a time of dispatch; dispatched when it was paid.
    DispatchTimeMissing,
    /// A delivered order without a time of delivery; the estimate, or the dispatch where that is later.
    DeliveryTimeMissing,
    /// A time of dispatch on an order whose status has none; not used.
    DispatchTimeUnused,
    /// A time of delivery on an order whose status has none; not used.
    DeliveryTimeUnused,
    /// A time before an earlier step's; moved to that step's.
    TimeBackwards,
    /// A command that a rule refused.
    CommandRefused,
    /// An order that did not end where its status says.
    EndedElsewhere,
}

/// One row or order that could not be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// Why.
    pub reason: Reason,
    /// The row's or order's key, as the data writes it.
    pub key: String,
    /// The file it stands in, if it is about one row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line in that file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// More about it, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Payments less items and freight, in cents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference_cents: Option<i64>,
}

impl Finding {
    /// A finding about what this key names.
    pub fn new(reason: Reason, key: impl Into<String>) -> Self {
        Self { reason, key: key.into(), file: None, line: None, detail: None, difference_cents: None }
    }

    /// The same, at a line of a file.
    #[must_use]
    pub fn at(self, file: &str, line: u64) -> Self {
        Self { file: Some(file.to_owned()), line: Some(line), ..self }
    }

    /// The same, with more about it.
    #[must_use]
    pub fn because(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }

    /// The same, with payments less items and freight.
    #[must_use]
    pub fn differing_by(self, cents: i64) -> Self {
        Self { difference_cents: Some(cents), ..self }
    }
}
