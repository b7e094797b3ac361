//! A merchant's product as it is sent and shown. Never here: stock; that is shown apart, since it changes apart.

use chrono::{DateTime, Utc};
use kernel::id::SkuId;
use kernel::{Price, Text};
use product::product::value::{OptionAxis, Sale, Sku, Tax};
use projections::catalog::query::{SellerListing, SellerProduct, SellerSku};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::MerchantCaller;
use crate::http::intent::Named;
use crate::http::purchase_limits::PurchaseLimitsNamed;

/// One choice that a shopper makes, e.g. colour: red, blue.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductOption {
    /// What is chosen, at most 80 characters.
    #[schema(value_type = String, max_length = 80)]
    pub name: Text<80>,
    /// What there is to choose from: 1 to 50 values.
    #[schema(value_type = Vec<String>)]
    pub values: Vec<Text<80>>,
}

/// One buyable variant.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VariantNamed {
    /// What your own systems call it, at most 64 characters; unique within the product.
    #[schema(value_type = String, max_length = 64)]
    pub merchant_code: Text<64>,
    /// One value for each option, in their order.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub options: Vec<Text<80>>,
    /// The list price, in minor units of the mall's currency.
    #[schema(value_type = i64, minimum = 0)]
    pub price_minor: Price,
    /// A lower price for a period.
    pub sale: Option<SaleNamed>,
}

/// A lower price for a period.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaleNamed {
    /// The price in the period, below the list price.
    #[schema(value_type = i64, minimum = 0)]
    pub price_minor: Price,
    /// The first instant of the period.
    #[serde(deserialize_with = "crate::http::instant::given")]
    pub from: DateTime<Utc>,
    /// The first instant after the period.
    #[serde(deserialize_with = "crate::http::instant::given")]
    pub until: DateTime<Utc>,
}

/// How a price is taxed (과세, 면세).
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Taxation {
    /// VAT is included in the price.
    Taxable,
    /// No VAT.
    TaxFree,
}

impl From<ProductOption> for OptionAxis {
    fn from(option: ProductOption) -> Self {
        Self { name: option.name, values: option.values }
    }
}

impl From<OptionAxis> for ProductOption {
    fn from(axis: OptionAxis) -> Self {
        Self { name: axis.name, values: axis.values }
    }
}

impl From<SaleNamed> for Sale {
    fn from(named: SaleNamed) -> Self {
        Self { price: named.price_minor, from: named.from, until: named.until }
    }
}

impl From<Taxation> for Tax {
    fn from(taxation: Taxation) -> Self {
        match taxation {
            Taxation::Taxable => Self::Taxable,
            Taxation::TaxFree => Self::TaxFree,
        }
    }
}

/// The variants with the ids that this request makes for them.
pub(super) fn skus(variants: Vec<VariantNamed>, named: &Named, caller: &MerchantCaller) -> Vec<Sku> {
    let id = |number: usize| SkuId(named.derive(&caller.actor(), &format!("sku/{number}")));
    let sku = |(number, variant): (usize, VariantNamed)| Sku {
        sku: id(number),
        merchant_code: variant.merchant_code,
        options: variant.options,
        price: variant.price_minor,
        sale: variant.sale.map(Sale::from),
    };
    variants.into_iter().enumerate().map(sku).collect()
}

/// A product in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnProductListed {
    /// The product.
    pub product: Uuid,
    /// Its mall.
    pub mall: String,
    /// Its name.
    pub name: String,
    /// Its standard category.
    pub category: String,
    /// `draft`, `in_review`, `rejected`, `on_sale`, `suspended` or `discontinued`.
    pub phase: String,
    /// Why it was rejected or suspended.
    pub reason: Option<String>,
    /// Its main image.
    pub image: Option<String>,
    /// The currency of its prices, ISO 4217.
    pub currency: String,
    /// The lowest list price.
    pub price_min_minor: i64,
    /// The highest list price.
    pub price_max_minor: i64,
    /// Whether any variant is in stock.
    pub in_stock: bool,
    /// Pieces sold so far.
    pub sold: i64,
    /// When it was begun.
    pub drafted_at: DateTime<Utc>,
    /// When it was last handed in for review.
    pub submitted_at: Option<DateTime<Utc>>,
}

impl From<SellerListing> for OwnProductListed {
    fn from(row: SellerListing) -> Self {
        Self {
            product: row.product,
            mall: row.mall,
            name: row.name,
            category: row.category,
            phase: row.phase,
            reason: row.reason,
            image: row.image,
            currency: row.currency,
            price_min_minor: row.price_min_minor,
            price_max_minor: row.price_max_minor,
            in_stock: row.in_stock,
            sold: row.sold,
            drafted_at: row.drafted_at,
            submitted_at: row.submitted_at,
        }
    }
}

/// A product in full; its stock is at `/stock`.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnProduct {
    /// The product.
    pub product: Uuid,
    /// Its mall.
    pub mall: String,
    /// Its name.
    pub name: String,
    /// Its description.
    pub description: Option<String>,
    /// Its standard category.
    pub category: String,
    /// `draft`, `in_review`, `rejected`, `on_sale`, `suspended` or `discontinued`.
    pub phase: String,
    /// Why it was rejected or suspended.
    pub reason: Option<String>,
    /// `merchant` or `operator`, while it is suspended.
    pub suspended_by: Option<String>,
    /// `taxable` or `tax_free`.
    pub tax: String,
    /// Its images, the main one first.
    pub images: Vec<String>,
    /// The choices of a shopper.
    pub options: Vec<ProductOption>,
    /// How many pieces may be bought.
    pub purchase_limits: PurchaseLimitsNamed,
    /// The currency of its prices, ISO 4217.
    pub currency: String,
    /// Its variants, in your order.
    pub skus: Vec<OwnVariant>,
    /// When it was begun.
    pub drafted_at: DateTime<Utc>,
    /// When it was last handed in for review.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When it first went on sale.
    pub on_sale_since: Option<DateTime<Utc>>,
}

/// A variant of a product.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnVariant {
    /// Its id.
    pub sku: Uuid,
    /// What your own systems call it.
    pub merchant_code: String,
    /// One value for each option.
    pub options: Vec<String>,
    /// The list price.
    pub price_minor: i64,
    /// A lower price for a period.
    pub sale: Option<OwnSale>,
}

/// A lower price for a period.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnSale {
    /// The price in the period.
    pub price_minor: i64,
    /// The first instant of the period.
    pub from: DateTime<Utc>,
    /// The first instant after the period.
    pub until: DateTime<Utc>,
}

impl From<SellerProduct> for OwnProduct {
    fn from(row: SellerProduct) -> Self {
        let listing = row.listing;
        Self {
            product: listing.product,
            mall: listing.mall,
            name: listing.name,
            description: row.description,
            category: listing.category,
            phase: listing.phase,
            reason: listing.reason,
            suspended_by: row.suspended_by,
            tax: row.tax,
            images: row.images,
            options: row.axes.0.into_iter().map(ProductOption::from).collect(),
            purchase_limits: row.purchase_limits.0.into(),
            currency: listing.currency,
            skus: row.skus.into_iter().map(OwnVariant::from).collect(),
            drafted_at: listing.drafted_at,
            submitted_at: listing.submitted_at,
            on_sale_since: row.on_sale_since,
        }
    }
}

impl From<SellerSku> for OwnVariant {
    fn from(row: SellerSku) -> Self {
        let sale = row.sale_price_minor.zip(row.sale_from).zip(row.sale_until);
        Self {
            sku: row.sku,
            merchant_code: row.merchant_code,
            options: row.options,
            price_minor: row.price_minor,
            sale: sale.map(|((price_minor, from), until)| OwnSale { price_minor, from, until }),
        }
    }
}
