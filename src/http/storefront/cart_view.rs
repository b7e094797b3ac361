//! A cart as the API shows it: every item with its price now and what is wrong with it, and the totals.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::service::cart::{CartIssue, CartLine, CartPage};

/// A cart, priced and checked this very moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct CartView {
    /// The mall.
    mall: String,
    /// The currency of every amount.
    currency: &'static str,
    /// Its items.
    items: Vec<CartItemView>,
    /// What delivery costs, by merchant.
    deliveries: Vec<CartDelivery>,
    /// Goods that can be bought, at their price.
    goods_total_minor: i64,
    /// All discounts.
    discount_total_minor: i64,
    /// All delivery fees.
    shipping_total_minor: i64,
    /// What the items that can be bought come to: what an order of them would ask for.
    total_minor: i64,
    /// Whether everything in it can be ordered as it is.
    can_be_ordered: bool,
}

/// An item of a cart.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CartItemView {
    /// The product.
    product: Uuid,
    /// The variant.
    sku: Uuid,
    /// What the product is called; null where there is no such product any more.
    name: Option<String>,
    /// The variant's options.
    options: Vec<String>,
    /// Who sells it; null where it isn't sold now.
    merchant: Option<Uuid>,
    /// How many pieces.
    quantity: u32,
    /// What one piece costs now; null where it isn't sold now.
    unit_price_minor: Option<i64>,
    /// What all of them cost now.
    goods_minor: Option<i64>,
    /// What is wrong with it; empty where nothing is.
    issues: Vec<CartIssueView>,
}

/// What is wrong with an item of a cart.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub(super) enum CartIssueView {
    /// It isn't sold here, or not yet.
    NotOnSale,
    /// It is off sale for now.
    ProductSuspended,
    /// It is off sale for good.
    ProductDiscontinued,
    /// Its merchant doesn't sell now.
    MerchantNotTrading,
    /// What its delivery costs isn't known.
    DeliveryNotQuoted,
    /// No piece is left.
    SoldOut,
    /// Fewer pieces are left than are wanted.
    NotEnoughStock {
        /// How many are.
        available: u32,
    },
    /// More of the product is in the cart, of all its variants, than you may buy.
    OverLimit {
        /// How many pieces you may.
        allowed: u32,
    },
    /// You wanted more as a guest than you may buy; it can be bought all the same.
    Capped {
        /// How many pieces.
        wanted: u32,
    },
    /// It costs something else than when it was put in; it can be bought all the same.
    PriceChanged {
        /// What it cost then.
        seen_minor: i64,
    },
}

/// What a merchant's delivery costs.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CartDelivery {
    /// Whose.
    merchant: Uuid,
    /// The fee.
    fee_minor: i64,
    /// From which worth of goods on it was free; null where that is not why.
    free_over_minor: Option<i64>,
}

impl From<CartPage> for CartView {
    fn from(page: CartPage) -> Self {
        let can_be_ordered = !page.lines.is_empty() && page.lines.iter().all(CartLine::can_be_bought);
        let deliveries = page.quote.groups.iter().map(|group| CartDelivery {
            merchant: group.merchant.0,
            fee_minor: group.fee.into(),
            free_over_minor: group.free_over.map(Into::into),
        });
        Self {
            mall: page.mall.mall.into(),
            currency: page.mall.currency.code(),
            deliveries: deliveries.collect(),
            goods_total_minor: page.quote.goods_total.minor(),
            discount_total_minor: page.quote.discount_total.minor(),
            shipping_total_minor: page.quote.shipping_total.minor(),
            total_minor: page.quote.total.minor(),
            can_be_ordered,
            items: page.lines.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<CartLine> for CartItemView {
    fn from(line: CartLine) -> Self {
        let CartLine { item, name, priced, issues } = line;
        let options = priced.iter().flat_map(|priced| &priced.options).map(ToString::to_string);
        let price = priced.as_ref().map(|priced| priced.unit_price);
        Self {
            product: item.product.0,
            sku: item.sku.0,
            name,
            options: options.collect(),
            merchant: priced.as_ref().map(|priced| priced.merchant.0),
            quantity: item.quantity.get(),
            unit_price_minor: price.map(Into::into),
            goods_minor: price.map(|price| price.times(item.quantity).minor()),
            issues: issues.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<CartIssue> for CartIssueView {
    fn from(issue: CartIssue) -> Self {
        match issue {
            CartIssue::NotOnSale => Self::NotOnSale,
            CartIssue::MerchantNotTrading => Self::MerchantNotTrading,
            CartIssue::DeliveryNotQuoted => Self::DeliveryNotQuoted,
            CartIssue::ProductSuspended => Self::ProductSuspended,
            CartIssue::ProductDiscontinued => Self::ProductDiscontinued,
            CartIssue::SoldOut => Self::SoldOut,
            CartIssue::NotEnoughStock { available } => Self::NotEnoughStock { available },
            CartIssue::OverLimit { allowed } => Self::OverLimit { allowed },
            CartIssue::Capped { wanted } => Self::Capped { wanted: wanted.get() },
            CartIssue::PriceChanged { seen } => Self::PriceChanged { seen_minor: seen.into() },
        }
    }
}
