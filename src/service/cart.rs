//! The cart in use: changed under a request's name, priced and checked anew on every read.
//!
//! Its totals are a quote as checkout makes it. Never here: how carts are kept (see [`crate::carts`]).

use std::collections::BTreeMap;

use eventstore::Context;
use kernel::id::{CommandId, MemberId, ProductId, SkuId};
use kernel::{MallId, Price, Quantity, Timestamp};
use order::cart::{Cart, CartItem, Rejection};
use order::purchase_limit;
use order::quote::{Quote, QuotedItem};
use product::product::Phase;
use product::{Product, Stock};
use uuid::Uuid;

use super::quoting::{CarrierQuotes, Circumstances, Item};
use super::redemption::Redeemable;
use super::{Refusal, ServiceError};
use crate::app::App;
use crate::carts::CartOwner;
use crate::malls::Mall;

/// A cart as the shopper sees it.
#[derive(Debug, Clone)]
pub struct CartPage {
    /// The mall, which says the currency.
    pub mall: Mall,
    /// Its items, by SKU.
    pub lines: Vec<CartLine>,
    /// What the items that can be bought come to.
    pub quote: Quote,
}

/// An item of a cart with what it costs now, or what is wrong with it.
#[derive(Debug, Clone)]
pub struct CartLine {
    /// As the shopper put it in.
    pub item: CartItem,
    /// What the product is called, if there is one.
    pub name: Option<String>,
    /// Its price now, if it is sold now.
    pub priced: Option<QuotedItem>,
    /// What is wrong with it.
    pub issues: Vec<CartIssue>,
}

/// What can be wrong with an item of a cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CartIssue {
    /// The product, or this variant, isn't sold here, or not yet.
    NotOnSale,
    /// The product is off sale for now.
    ProductSuspended,
    /// The product is off sale for good.
    ProductDiscontinued,
    /// Its merchant doesn't sell now.
    MerchantNotTrading,
    /// What its delivery costs isn't known: a carrier would have to quote it.
    DeliveryNotQuoted,
    /// No piece is left.
    SoldOut,
    /// Fewer pieces are left than are in the cart.
    NotEnoughStock {
        /// How many are.
        available: u32,
    },
    /// More pieces of the product are in the cart, of all its variants, than the shopper may buy.
    OverLimit {
        /// How many they may.
        allowed: u32,
    },
    /// A guest wanted more pieces than the shopper may buy; it can be bought all the same.
    Capped {
        /// How many.
        wanted: Quantity,
    },
    /// It costs something else than the shopper saw; it can be bought all the same.
    PriceChanged {
        /// What the shopper saw.
        seen: Price,
    },
}

impl CartLine {
    /// Whether it can be bought as it is.
    pub fn can_be_bought(&self) -> bool {
        self.issues
            .iter()
            .all(|issue| matches!(issue, CartIssue::PriceChanged { .. } | CartIssue::Capped { .. }))
    }
}

/// Two carts made one.
#[derive(Debug, Clone)]
pub struct MergedCart {
    /// The member's cart.
    pub page: CartPage,
    /// The guest's items that had no room in it, or of which nothing may be bought.
    pub left_out: Vec<CartItem>,
}

impl App {
    /// The cart as it is at an instant.
    pub async fn cart(
        &self,
        owner: CartOwner,
        mall: &MallId,
        at: Timestamp,
    ) -> Result<CartPage, ServiceError> {
        let cart = {
            let mall = self.mall(mall)?;
            self.carts.read(owner, &mall.mall).await?
        };
        self.cart_page(owner, cart, at).await
    }

    /// Puts pieces in. Only what is sold now can be put in.
    pub async fn add_to_cart(
        &self,
        context: &Context,
        owner: CartOwner,
        mall: &MallId,
        item: Item,
    ) -> Result<CartPage, ServiceError> {
        let price = self.price(self.mall(mall)?, &item, context.at).await?.unit_price;
        let Item { product, sku, quantity, source } = item;
        let (added_at, price_seen) = (context.at, Some(price));
        let item = CartItem { product, sku, quantity, source, added_at, price_seen, capped_from: None };
        self.change_cart(context, owner, mall, |cart| cart.add(item.clone())).await
    }

    /// Sets how many pieces of a variant are in it; the shopper sees the price of now with it.
    pub async fn set_in_cart(
        &self,
        context: &Context,
        owner: CartOwner,
        mall: &MallId,
        (sku, quantity): (SkuId, Quantity),
    ) -> Result<CartPage, ServiceError> {
        let cart = self.carts.read(owner, &self.mall(mall)?.mall).await?;
        let price = match cart.items.get(&sku) {
            Some(item) => self.offer(self.mall(mall)?, &wanted(item), context.at).await?.ok(),
            None => None,
        };
        let price = price.map(|quoted| quoted.unit_price);
        self.change_cart(context, owner, mall, |cart| cart.set(sku, quantity, price)).await
    }

    /// Takes a variant out.
    pub async fn remove_from_cart(
        &self,
        context: &Context,
        owner: CartOwner,
        mall: &MallId,
        sku: SkuId,
    ) -> Result<CartPage, ServiceError> {
        self.change_cart(context, owner, mall, |cart| Ok(cart.remove(sku))).await
    }

    /// Takes everything out.
    pub async fn empty_cart(
        &self,
        context: &Context,
        owner: CartOwner,
        mall: &MallId,
    ) -> Result<CartPage, ServiceError> {
        self.change_cart(context, owner, mall, |cart| Ok(Cart::new(cart.mall))).await
    }

    /// Takes what a guest gathered into the member's cart, as far as the member may buy it, and empties the guest's.
    pub async fn merge_carts(
        &self,
        context: &Context,
        member: MemberId,
        mall: &MallId,
        guest: Uuid,
    ) -> Result<MergedCart, ServiceError> {
        let (owner, guest) = (CartOwner::Member(member), CartOwner::Guest(guest));
        let gathered = self.carts.read(guest, &self.mall(mall)?.mall).await?;
        let products = gathered.items.values().map(|item| item.product);
        let limits = self.purchase_limits(Some(member), products, context.at).await?;
        let merge = |cart: Cart| cart.merge(gathered.clone(), &limits).map(|merged| merged.cart);
        let page = self.change_cart(context, owner, mall, merge).await?;
        let has_room = |item: &CartItem| page.lines.iter().any(|line| line.item.sku == item.sku);
        let left_out = gathered.items.into_values().filter(|item| !has_room(item)).collect();
        self.empty_cart(context, guest, mall).await?;
        Ok(MergedCart { page, left_out })
    }

    /// Takes what was bought out of the cart. The order stands whether this succeeds or not.
    pub(super) async fn take_from_cart(
        &self,
        context: &Context,
        member: MemberId,
        mall: &MallId,
        bought: &[Item],
    ) {
        let owner = CartOwner::Member(member);
        let take = |cart: Cart| -> Result<Option<Cart>, Rejection> {
            let holds_some = bought.iter().any(|item| cart.items.contains_key(&item.sku));
            let take = |cart: Cart, item: &Item| cart.take(item.sku, item.quantity);
            Ok(holds_some.then(|| bought.iter().fold(cart, take)))
        };
        if let Err(error) = self.carts.change_some(context, owner, mall, take).await {
            tracing::warn!(%error, %member, "what was bought could not be taken out of the cart");
        }
    }

    /// Everything in a member's cart, as it is to be bought, and the request that left it so.
    pub(super) async fn whole_cart(
        &self,
        member: MemberId,
        mall: &MallId,
    ) -> Result<(Vec<Item>, Option<CommandId>), ServiceError> {
        let (cart, left_by) = self.carts.read_named(CartOwner::Member(member), mall).await?;
        Ok((cart.items.values().map(wanted).collect(), left_by))
    }

    async fn change_cart(
        &self,
        context: &Context,
        owner: CartOwner,
        mall: &MallId,
        change: impl Fn(Cart) -> Result<Cart, Rejection>,
    ) -> Result<CartPage, ServiceError> {
        let mall = self.mall(mall)?;
        let cart = self.carts.change(context, owner, &mall.mall, change).await?;
        self.cart_page(owner, cart, context.at).await
    }

    async fn cart_page(&self, owner: CartOwner, cart: Cart, at: Timestamp) -> Result<CartPage, ServiceError> {
        let mall = self.mall(&cart.mall)?.clone();
        let products = cart.items.values().map(|item| item.product);
        let limits = self.purchase_limits(owner.member(), products, at).await?;
        let wanted = cart.items.values().map(|item| (item.product, item.quantity));
        let over: BTreeMap<ProductId, u32> = purchase_limit::over(wanted, &limits)
            .into_iter()
            .map(|over| (over.product, over.allowed))
            .collect();
        let mut lines = Vec::with_capacity(cart.items.len());
        for item in cart.items.into_values() {
            let allowed = over.get(&item.product).copied();
            let mut line = self.cart_line(&mall, item, at).await?;
            line.issues.extend(allowed.map(|allowed| CartIssue::OverLimit { allowed }));
            lines.push(line);
        }
        let buyable = lines.iter().filter(|line| line.can_be_bought());
        let priced = buyable.filter_map(|line| line.priced.clone()).collect();
        // Where it goes to isn't known yet: a quote asks with the postal code.
        let (carrier_quotes, remote_area) = (&CarrierQuotes::new(), None);
        let circumstances = Circumstances { carrier_quotes, remote_area, limits };
        let quote = self.quote_priced(&mall, priced, Redeemable::default(), circumstances).await?;
        Ok(CartPage { mall, lines, quote })
    }

    async fn cart_line(&self, mall: &Mall, item: CartItem, at: Timestamp) -> Result<CartLine, ServiceError> {
        let offer = self.offer(mall, &wanted(&item), at).await?;
        let available = self.log.read::<Stock>(&item.sku).await?.state.available();
        let product = self.log.read::<Product>(&item.product).await?.state;
        let issues = match &offer {
            Ok(priced) if self.needs_quote(mall, priced.merchant).await? => {
                vec![CartIssue::DeliveryNotQuoted]
            }
            Ok(priced) => issues(&item, priced, available),
            Err(Refusal::MerchantNotTrading(_)) => vec![CartIssue::MerchantNotTrading],
            Err(_) => vec![off_sale(&product)],
        };
        let name = product.name().map(ToString::to_string);
        Ok(CartLine { item, name, priced: offer.ok(), issues })
    }
}

fn wanted(item: &CartItem) -> Item {
    let CartItem { product, sku, quantity, ref source, .. } = *item;
    Item { product, sku, quantity, source: source.clone() }
}

/// Why a product isn't sold now.
fn off_sale(product: &product::product::State) -> CartIssue {
    match product.phase() {
        Some(Phase::Suspended { .. }) => CartIssue::ProductSuspended,
        Some(Phase::Discontinued) => CartIssue::ProductDiscontinued,
        Some(Phase::Draft | Phase::InReview | Phase::Rejected { .. } | Phase::OnSale) | None => {
            CartIssue::NotOnSale
        }
    }
}

/// What is wrong with an item that is sold now.
fn issues(item: &CartItem, priced: &QuotedItem, available: u32) -> Vec<CartIssue> {
    let short = match available {
        0 => Some(CartIssue::SoldOut),
        some if some < item.quantity.get() => Some(CartIssue::NotEnoughStock { available }),
        _ => None,
    };
    let capped = item.capped_from.map(|wanted| CartIssue::Capped { wanted });
    let changed = item.price_seen.filter(|seen| *seen != priced.unit_price);
    let changed = changed.map(|seen| CartIssue::PriceChanged { seen });
    short.into_iter().chain(capped).chain(changed).collect()
}
