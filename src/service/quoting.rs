//! What somebody means to buy and what it comes to: today's prices, delivery terms and what is redeemed, put together.
//!
//! The pricing itself is [`order::quote`], pure and the same for the cart's page, a quote and checkout.

use std::collections::{BTreeMap, BTreeSet};

use eventstore::ReadError;
use kernel::id::{MerchantId, ProductId, SkuId};
use kernel::{MallId, Price, Quantity, Timestamp};
use member::Merchant;
use order::campaign::Scope;
use order::policy::LINES_MAX;
use order::purchase_limit::Limits;
use order::quote::{self, Basket, Branches, CouponOffer, DeliveryTerms, FeeRule, Quote, QuotedItem};
use order::value::Source;
use product::Product;
use product::product::value::Tax;
use shipping::delivery_policy::PolicyId;
use shipping::{DeliveryPolicy, RemoteArea};

use super::redemption::{Buyer, Redeemable, Redemption};
use super::{Refusal, ServiceError};
use crate::app::App;
use crate::malls::Mall;

/// Something to buy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The product.
    pub product: ProductId,
    /// The variant.
    pub sku: SkuId,
    /// How many pieces.
    pub quantity: Quantity,
    /// How the shopper came to it.
    pub source: Source,
}

/// Carriers' quotes, by merchant, for those whose delivery is quoted order by order.
pub type CarrierQuotes = BTreeMap<MerchantId, Price>;

/// What is to be quoted.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// Whose coupons and points are meant, for which order.
    pub buyer: Buyer,
    /// What to buy.
    pub items: &'a [Item],
    /// What is redeemed for it.
    pub redemption: &'a Redemption,
    /// Carriers' quotes.
    pub carrier_quotes: &'a CarrierQuotes,
    /// The postal code that it goes to, once known: without one no remote area's surcharge is in the fees.
    pub postal_code: Option<&'a str>,
}

/// What a quote depends on beside the goods and what is redeemed.
#[derive(Debug)]
pub(super) struct Circumstances<'a> {
    /// Carriers' quotes.
    pub(super) carrier_quotes: &'a CarrierQuotes,
    /// What the destination is, if it is remote.
    pub(super) remote_area: Option<RemoteArea>,
    /// What limits how much may be bought.
    pub(super) limits: Limits,
}

impl App {
    /// A mall by its name.
    pub fn mall(&self, mall: &MallId) -> Result<&Mall, ServiceError> {
        self.malls.get(mall).ok_or_else(|| Refusal::MallNotFound(mall.clone()).into())
    }

    /// What a wish comes to at an instant: a quote and checkout ask the same.
    pub async fn quote(&self, mall: &Mall, wish: &Wish<'_>, at: Timestamp) -> Result<Quote, ServiceError> {
        if wish.items.len() > LINES_MAX {
            return Err(ServiceError::refused(quote::Rejection::TooManyItems { found: wish.items.len() }));
        }
        let mut items = Vec::with_capacity(wish.items.len());
        for item in wish.items {
            items.push(self.price(mall, item, at).await?);
        }
        let redeemed = self.redeemable(wish.buyer, wish.redemption, at).await?;
        let remote_area = wish.postal_code.and_then(|code| mall.remote_areas.of(code));
        let products = items.iter().map(|item| item.product);
        let limits = self.purchase_limits(Some(wish.buyer.member), products, at).await?;
        let circumstances = Circumstances { carrier_quotes: wish.carrier_quotes, remote_area, limits };
        self.quote_priced(mall, items, redeemed, circumstances).await
    }

    /// What priced items come to with what is redeemed and their delivery.
    pub(super) async fn quote_priced(
        &self,
        mall: &Mall,
        items: Vec<QuotedItem>,
        Redeemable { coupons, points }: Redeemable,
        circumstances: Circumstances<'_>,
    ) -> Result<Quote, ServiceError> {
        let mut terms = BTreeMap::new();
        for merchant in items.iter().map(|item| item.merchant).collect::<BTreeSet<_>>() {
            terms.insert(merchant, self.delivery_terms(mall, merchant, &circumstances).await?);
        }
        let (place, currency, vat_rate) = (mall.mall.clone(), mall.currency, mall.vat_rate);
        let limits = circumstances.limits;
        let branches = self.branches(&items, &coupons).await?;
        let basket = Basket { mall: place, currency, items, coupons, points, vat_rate, limits, branches };
        quote::quote(basket, &terms).map_err(ServiceError::refused)
    }

    /// Where the items' categories stand now, if a coupon depends on it.
    async fn branches(&self, items: &[QuotedItem], coupons: &[CouponOffer]) -> Result<Branches, ReadError> {
        let mut branches = Branches::new();
        if coupons.iter().any(|offer| matches!(offer.terms.scope, Scope::Categories(_))) {
            for category in items.iter().map(|item| &item.category).collect::<BTreeSet<_>>() {
                branches.insert(category.clone(), self.branch(category).await?);
            }
        }
        Ok(branches)
    }

    /// An item at its price now, if it is sold now.
    pub async fn price(&self, mall: &Mall, item: &Item, at: Timestamp) -> Result<QuotedItem, ServiceError> {
        Ok(self.offer(mall, item, at).await??)
    }

    /// An item at its price now, or why it isn't sold now.
    pub(super) async fn offer(
        &self,
        mall: &Mall,
        item: &Item,
        at: Timestamp,
    ) -> Result<Result<QuotedItem, Refusal>, ReadError> {
        let product = self.log.read::<Product>(&item.product).await?.state;
        let Some(merchant) = product.merchant() else { return Ok(Err(Refusal::NotOnSale(item.product))) };
        let merchant_trades = self.log.read::<Merchant>(&merchant).await?.state.trades();
        Ok(offered(mall, item, &product, at).and_then(|quoted| {
            if merchant_trades { Ok(quoted) } else { Err(Refusal::MerchantNotTrading(merchant)) }
        }))
    }

    /// Whether a merchant's delivery is quoted order by order in a mall.
    pub(super) async fn needs_quote(&self, mall: &Mall, merchant: MerchantId) -> Result<bool, ReadError> {
        let policy = PolicyId { merchant, mall: mall.mall.clone() };
        let fee = self.log.read::<DeliveryPolicy>(&policy).await?.state.fee();
        Ok(fee == shipping::delivery_policy::FeeRule::Quoted)
    }

    async fn delivery_terms(
        &self,
        mall: &Mall,
        merchant: MerchantId,
        circumstances: &Circumstances<'_>,
    ) -> Result<DeliveryTerms, ServiceError> {
        use shipping::delivery_policy::value::FeeRule as Policy;
        let policy = PolicyId { merchant, mall: mall.mall.clone() };
        let policy = self.log.read::<DeliveryPolicy>(&policy).await?.state;
        let fee = match policy.fee() {
            Policy::Free => FeeRule::Free,
            Policy::Fixed { fee } => FeeRule::Fixed { fee },
            Policy::FreeOver { fee, threshold } => FeeRule::FreeOver { fee, threshold },
            Policy::Quoted => {
                let quoted = circumstances.carrier_quotes.get(&merchant).copied();
                FeeRule::Quoted { fee: quoted.ok_or(Refusal::DeliveryNotQuoted(merchant))? }
            }
        };
        let surcharge = policy.remote_surcharges().of(circumstances.remote_area);
        Ok(DeliveryTerms { fee, surcharge, return_fee: policy.return_fee() })
    }
}

/// What a product on sale says of an item.
fn offered(
    mall: &Mall,
    item: &Item,
    product: &product::product::State,
    at: Timestamp,
) -> Result<QuotedItem, Refusal> {
    let on_sale = product.is_on_sale() && product.mall() == Some(&mall.mall);
    let (Some(details), Some(merchant), true) = (product.details(), product.merchant(), on_sale) else {
        return Err(Refusal::NotOnSale(item.product));
    };
    let unknown = || Refusal::UnknownSku { product: item.product, sku: item.sku };
    let sku = product.sku(item.sku).ok_or_else(unknown)?;
    Ok(QuotedItem {
        merchant,
        product: item.product,
        sku: item.sku,
        name: details.name.clone(),
        options: sku.options.clone(),
        category: details.category.to_string(),
        taxable: details.tax == Tax::Taxable,
        quantity: item.quantity,
        unit_price: sku.price_at(at),
        source: item.source.clone(),
    })
}
