//! The rows of each file, with the columns that an import needs.

use kernel::Timestamp;
use serde::Serialize;

use super::field::Fields;
use super::table::Row;

/// A customer: a person, for one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// Its line in the file.
    pub line: u64,
    /// The customer of one order.
    pub customer: String,
    /// The person behind it.
    pub person: String,
    /// The first digits of the postal code.
    pub postal_code: String,
    /// The city.
    pub city: String,
    /// The state.
    pub state: String,
}

/// A seller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seller {
    /// Its line in the file.
    pub line: u64,
    /// The seller.
    pub seller: String,
    /// The city.
    pub city: String,
    /// The state.
    pub state: String,
}

/// A product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its line in the file.
    pub line: u64,
    /// The product.
    pub product: String,
    /// The code of its category; empty where missing.
    pub category: String,
}

/// Where an order stands, by the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Placed, never paid.
    Created,
    /// Paid.
    Approved,
    /// Paid and invoiced by its sellers.
    Invoiced,
    /// Being prepared.
    Processing,
    /// On its way, never seen arriving.
    Shipped,
    /// Arrived.
    Delivered,
    /// Cancelled.
    Canceled,
    /// Cancelled, as the sellers hadn't the goods.
    Unavailable,
    /// A word that nobody described.
    Unknown,
}

impl Status {
    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Approved => "approved",
            Self::Invoiced => "invoiced",
            Self::Processing => "processing",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::Canceled => "canceled",
            Self::Unavailable => "unavailable",
            Self::Unknown => "unknown",
        }
    }

    fn of(word: &str) -> Self {
        match word {
            "created" => Self::Created,
            "approved" => Self::Approved,
            "invoiced" => Self::Invoiced,
            "processing" => Self::Processing,
            "shipped" => Self::Shipped,
            "delivered" => Self::Delivered,
            "canceled" => Self::Canceled,
            "unavailable" => Self::Unavailable,
            _ => Self::Unknown,
        }
    }
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its line in the file.
    pub line: u64,
    /// The order.
    pub order: String,
    /// The customer.
    pub customer: String,
    /// Where it stands.
    pub status: Status,
    /// Its status as the data writes it.
    pub status_word: String,
    /// When it was placed.
    pub purchased_at: Timestamp,
    /// When it was paid.
    pub approved_at: Option<Timestamp>,
    /// When the carrier got it.
    pub dispatched_at: Option<Timestamp>,
    /// When the customer got it.
    pub delivered_at: Option<Timestamp>,
    /// When the customer was to get it.
    pub estimated_at: Option<Timestamp>,
}

/// One unit of a product in an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its line in the file.
    pub line: u64,
    /// The order.
    pub order: String,
    /// Its number within the order.
    pub number: u32,
    /// The product.
    pub product: String,
    /// Who sells it.
    pub seller: String,
    /// The price of the unit.
    pub price_cents: i64,
    /// Its share of the freight.
    pub freight_cents: i64,
}

/// How a payment was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaidBy {
    /// A credit card.
    CreditCard,
    /// A debit card.
    DebitCard,
    /// A payable slip.
    Boleto,
    /// A voucher.
    Voucher,
    /// The data doesn't say.
    Undefined,
}

/// A payment of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Its line in the file.
    pub line: u64,
    /// The order.
    pub order: String,
    /// Its number within the order.
    pub number: u32,
    /// How.
    pub method: PaidBy,
    /// Monthly instalments.
    pub instalments: u16,
    /// How much.
    pub amount_cents: i64,
}

/// A category's English name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// The category's code.
    pub category: String,
    /// Its English name.
    pub english: String,
}

impl Row for Customer {
    const FILE: &'static str = "olist_customers_dataset.csv";
    const COLUMNS: &'static [&'static str] =
        &["customer_id", "customer_unique_id", "customer_zip_code_prefix", "customer_city", "customer_state"];
    const KEY: &'static [&'static str] = &["customer_id"];

    fn parse(fields: &Fields<'_>) -> Result<Self, String> {
        Ok(Self {
            line: fields.line,
            customer: fields.id("customer_id")?,
            person: fields.id("customer_unique_id")?,
            postal_code: fields.text("customer_zip_code_prefix"),
            city: fields.text("customer_city"),
            state: fields.text("customer_state"),
        })
    }
}

impl Row for Seller {
    const FILE: &'static str = "olist_sellers_dataset.csv";
    const COLUMNS: &'static [&'static str] = &["seller_id", "seller_city", "seller_state"];
    const KEY: &'static [&'static str] = &["seller_id"];

    fn parse(fields: &Fields<'_>) -> Result<Self, String> {
        Ok(Self {
            line: fields.line,
            seller: fields.id("seller_id")?,
            city: fields.text("seller_city"),
            state: fields.text("seller_state"),
        })
    }
}

impl Row for Product {
    const FILE: &'static str = "olist_products_dataset.csv";
    const COLUMNS: &'static [&'static str] = &["product_id", "product_category_name"];
    const KEY: &'static [&'static str] = &["product_id"];

    fn parse(fields: &Fields<'_>) -> Result<Self, String> {
        let (product, category) = (fields.id("product_id")?, fields.text("product_category_name"));
        Ok(Self { line: fields.line, product, category })
    }
}

impl Row for Order {
    const FILE: &'static str = "olist_orders_dataset.csv";
    const COLUMNS: &'static [&'static str] = &[
        "order_id",
        "customer_id",
        "order_status",
        "order_purchase_timestamp",
        "order_approved_at",
        "order_delivered_carrier_date",
        "order_delivered_customer_date",
        "order_estimated_delivery_date",
    ];
    const KEY: &'static [&'static str] = &["order_id"];

    fn parse(fields: &Fields<'_>) -> Result<Self, String> {
        Ok(Self {
            line: fields.line,
            order: fields.id("order_id")?,
            customer: fields.id("customer_id")?,
            status: Status::of(fields.raw("order_status")),
            status_word: fields.text("order_status"),
            purchased_at: fields.time("order_purchase_timestamp")?,
            approved_at: fields.time_if_any("order_approved_at")?,
            dispatched_at: fields.time_if_any("order_delivered_carrier_date")?,
            delivered_at: fields.time_if_any("order_delivered_customer_date")?,
            estimated_at: fields.time_if_any("order_estimated_delivery_date")?,
        })
    }
}

impl Row for Item {
    const FILE: &'static str = "olist_order_items_dataset.csv";
    const COLUMNS: &'static [&'static str] =
        &["order_id", "order_item_id", "product_id", "seller_id", "price", "freight_value"];
    const KEY: &'static [&'static str] = &["order_id", "order_item_id"];

    fn parse(fields: &Fields<'_>) -> Result<Self, String> {
        Ok(Self {
            line: fields.line,
            order: fields.id("order_id")?,
            number: fields.number("order_item_id")?,
            product: fields.id("product_id")?,
            seller: fields.id("seller_id")?,
            price_cents: fields.cents("price")?,
            freight_cents: fields.cents("freight_value")?,
        })
    }
}

impl Row for Payment {
    const FILE: &'static str = "olist_order_payments_dataset.csv";
    const COLUMNS: &'static [&'static str] =
        &["order_id", "payment_sequential", "payment_type", "payment_installments", "payment_value"];
    const KEY: &'static [&'static str] = &["order_id", "payment_sequential"];

    fn parse(fields: &Fields<'_>) -> Result<Self, String> {
        Ok(Self {
            line: fields.line,
            order: fields.id("order_id")?,
            number: fields.number("payment_sequential")?,
            method: paid_by(fields.raw("payment_type"))?,
            instalments: fields.number("payment_installments")?,
            amount_cents: fields.cents("payment_value")?,
        })
    }
}

fn paid_by(word: &str) -> Result<PaidBy, String> {
    match word {
        "credit_card" => Ok(PaidBy::CreditCard),
        "debit_card" => Ok(PaidBy::DebitCard),
        "boleto" => Ok(PaidBy::Boleto),
        "voucher" => Ok(PaidBy::Voucher),
        "not_defined" => Ok(PaidBy::Undefined),
        _ => Err(format!("payment_type is no method: `{word}`")),
    }
}

impl Row for Translation {
    const FILE: &'static str = "product_category_name_translation.csv";
    const COLUMNS: &'static [&'static str] = &["product_category_name", "product_category_name_english"];
    const KEY: &'static [&'static str] = &["product_category_name"];

    fn parse(fields: &Fields<'_>) -> Result<Self, String> {
        let (category, english) =
            (fields.text("product_category_name"), fields.text("product_category_name_english"));
        if category.is_empty() || english.is_empty() {
            return Err("a category's code or name is empty".to_owned());
        }
        Ok(Self { category, english })
    }
}
