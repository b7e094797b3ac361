//! A market to search in: merchants, products with stock, categories, orders, made through the deciders.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use kernel::id::{DisplayCategoryId, MemberId, MerchantId, OperatorId, OrderId, PaymentId, ProductId, SkuId};
use kernel::{Amount, Currency, MallId, Price, Quantity, Rate, Sealed, Text};
use member::merchant::{self, BusinessNumber, Contract, ForeignCountry, SettlementCycle};
use product::product::command as ask;
use product::product::{Details, OptionAxis, Party, Sale, Sku, Tax};
use product::stock::command as stock;
use product::{CategoryCode, Product, Stock};
use projections::catalog::Catalog;
use projections::catalog::query::{ListingPage, ListingQuery, search};

use crate::house::{House, id, minute};

/// A product as a test speaks of it.
#[derive(Clone)]
pub(crate) struct Goods {
    pub(crate) product: ProductId,
    pub(crate) merchant: MerchantId,
    pub(crate) name: &'static str,
    pub(crate) description: Option<&'static str>,
    pub(crate) category: &'static str,
    pub(crate) skus: Vec<(SkuId, &'static str, i64)>,
}

impl Goods {
    /// A product of one merchant with one SKU, in category `misc`.
    pub(crate) fn of(merchant: MerchantId, name: &'static str, price_minor: i64) -> Self {
        let skus = vec![(SkuId(id()), "one", price_minor)];
        Self { product: ProductId(id()), merchant, name, description: None, category: "misc", skus }
    }

    pub(crate) fn within(self, category: &'static str) -> Self {
        Self { category, ..self }
    }

    pub(crate) fn sku(&self) -> SkuId {
        self.skus[0].0
    }

    pub(crate) fn details(&self) -> Details {
        let skus = self.skus.iter().map(|(sku, option, price)| Sku {
            sku: *sku,
            merchant_code: text(&format!("code-{option}")),
            options: vec![text(option)],
            price: Price::new(*price).unwrap(),
            sale: None,
        });
        Details {
            name: text(self.name),
            description: self.description.map(text),
            category: CategoryCode::new(self.category).unwrap(),
            axes: vec![OptionAxis {
                name: text("kind"),
                values: self.skus.iter().map(|(_, option, _)| text(option)).collect(),
            }],
            skus: skus.collect(),
            tax: Tax::Taxable,
            images: vec![text("https://images.example/1.jpg")],
        }
    }
}

pub(crate) fn text<const MAX: usize>(text: &str) -> Text<MAX> {
    Text::new(text).unwrap()
}

pub(crate) fn mall() -> MallId {
    MallId::new("main").unwrap()
}

pub(crate) fn everything(now: DateTime<Utc>) -> ListingQuery {
    ListingQuery::new(mall(), now)
}

/// The market's verbs.
pub(crate) struct Market(pub(crate) House);

impl Market {
    pub(crate) async fn open() -> Self {
        Self(House::open::<Catalog>().await)
    }

    pub(crate) async fn close(self) {
        self.0.close().await;
    }

    /// A merchant that trades.
    pub(crate) async fn merchant(&self, name: &str) -> MerchantId {
        let merchant = MerchantId(id());
        let apply = merchant::Command::Apply(merchant::Apply {
            merchant,
            name: text(name),
            business_number: BusinessNumber::Foreign {
                country: ForeignCountry::new("JP").unwrap(),
                number: text("T1234"),
            },
            email_hash: member::EmailHash::new("0".repeat(32)).unwrap(),
            contact: Sealed("sealed".into()),
            bank_account: Sealed("sealed".into()),
            password_hash: None,
            at: minute(0),
        });
        let approve = merchant::Command::Approve(merchant::Approve {
            operator: OperatorId(id()),
            contract: Contract {
                default_rate: Rate::ZERO,
                category_rates: [].into(),
                cycle: SettlementCycle::Weekly,
                effective_from: minute(0),
            },
            at: minute(0),
        });
        self.0.does::<member::Merchant>(&merchant, apply).await;
        self.0.does::<member::Merchant>(&merchant, approve).await;
        merchant
    }

    pub(crate) async fn suspend_merchant(&self, merchant: MerchantId) {
        let suspend = merchant::Command::Suspend(merchant::Suspend { reason: text("late"), at: minute(5) });
        self.0.does::<member::Merchant>(&merchant, suspend).await;
    }

    pub(crate) async fn draft(&self, goods: &Goods) {
        let draft = ask::Draft {
            product: goods.product,
            mall: mall(),
            currency: Currency::Krw,
            merchant: goods.merchant,
            details: goods.details(),
            at: minute(1),
        };
        self.asks(goods, ask::Command::Draft(draft)).await;
    }

    pub(crate) async fn asks(&self, goods: &Goods, command: ask::Command) {
        self.0.does::<Product>(&goods.product, command).await;
    }

    /// Puts a product on sale at a minute, with ten pieces of each SKU.
    pub(crate) async fn sell(&self, goods: &Goods, at: i64) {
        let at = minute(at);
        self.draft(goods).await;
        self.asks(goods, ask::Command::Submit(ask::Submit { at })).await;
        self.asks(goods, ask::Command::Approve(ask::Approve { operator: OperatorId(id()), at })).await;
        for (sku, ..) in &goods.skus {
            self.stock(goods, *sku, 10).await;
        }
    }

    pub(crate) async fn stock(&self, goods: &Goods, sku: SkuId, pieces: u32) {
        let Goods { product, merchant, .. } = *goods;
        let open = stock::Command::Open(stock::Open { sku, product, merchant, at: minute(1) });
        let quantity = Quantity::new(pieces).unwrap();
        self.0.does::<Stock>(&sku, open).await;
        self.0.does::<Stock>(&sku, stock::Command::Receive(stock::Receive { quantity, at: minute(1) })).await;
    }

    /// Keeps pieces for an order.
    pub(crate) async fn reserve(&self, sku: SkuId, order: OrderId, pieces: u32) {
        let quantity = Quantity::new(pieces).unwrap();
        let reserve = stock::Command::Reserve(stock::Reserve { order, quantity, at: minute(2) });
        self.0.does::<Stock>(&sku, reserve).await;
    }

    pub(crate) async fn release(&self, sku: SkuId, order: OrderId, pieces: u32) {
        let quantity = Quantity::new(pieces).unwrap();
        let release = stock::Command::Release(stock::Release { order, quantity, at: minute(3) });
        self.0.does::<Stock>(&sku, release).await;
    }

    pub(crate) async fn suspend(&self, goods: &Goods) {
        let suspend = ask::Suspend { reason: text("recall"), by: Party::Operator, at: minute(4) };
        self.asks(goods, ask::Command::Suspend(suspend)).await;
    }

    pub(crate) async fn set_price(&self, goods: &Goods, sku: SkuId, price: i64, sale: Option<Sale>) {
        let price = Price::new(price).unwrap();
        self.asks(goods, ask::Command::SetPrice(ask::SetPrice { sku, price, sale, at: minute(4) })).await;
    }

    /// An order of so many pieces, not paid yet.
    pub(crate) async fn order(&self, goods: &Goods, pieces: u32) -> (OrderId, PaymentId) {
        let (order, payment) = (OrderId(id()), PaymentId(id()));
        self.0
            .does::<order::Order>(&order, order::Command::Place(place(order, payment, goods, pieces)))
            .await;
        (order, payment)
    }

    pub(crate) async fn pay(&self, (order, payment): (OrderId, PaymentId)) {
        let paid = order::command::MarkPaid { payment, at: minute(6) };
        self.0.does::<order::Order>(&order, order::Command::MarkPaid(paid)).await;
    }

    pub(crate) async fn expire(&self, (order, _): (OrderId, PaymentId)) {
        let expire = order::command::Expire { at: minute(100) };
        self.0.does::<order::Order>(&order, order::Command::Expire(expire)).await;
    }

    pub(crate) async fn define(&self, code: &str, parent: Option<&str>) {
        let code = CategoryCode::new(code).unwrap();
        let parent = parent.map(|parent| CategoryCode::new(parent).unwrap());
        let define =
            product::category::command::Define { code: code.clone(), name: text("A"), parent, at: minute(0) };
        self.0.does::<product::Category>(&code, product::category::Command::Define(define)).await;
    }

    pub(crate) async fn display(&self, command: display::tree::Command) {
        self.0.does::<display::DisplayTree>(&mall(), command).await;
    }

    /// Adds a display category that shows the products of a standard category.
    pub(crate) async fn shelf(
        &self,
        name: &str,
        parent: Option<DisplayCategoryId>,
        source: &str,
    ) -> DisplayCategoryId {
        let category = DisplayCategoryId(id());
        let add = display::tree::command::AddCategory {
            mall: mall(),
            category,
            parent,
            name: text(name),
            position: 1,
            sources: [text(source)].into(),
            at: minute(0),
        };
        self.display(display::tree::Command::AddCategory(add)).await;
        category
    }

    /// What a shopper gets once the read model has seen everything.
    pub(crate) async fn find(&self, query: &ListingQuery) -> ListingPage {
        self.0.seen::<Catalog>().await;
        search(&self.0.pool, query).await.unwrap()
    }

    /// The names that a shopper gets.
    pub(crate) async fn names(&self, query: &ListingQuery) -> Vec<String> {
        self.find(query).await.items.into_iter().map(|listing| listing.name).collect()
    }

    /// The names that a text finds.
    pub(crate) async fn look_for(&self, text: &str) -> Vec<String> {
        self.names(&ListingQuery { text: Some(text.into()), ..everything(minute(10)) }).await
    }
}

fn place(order: OrderId, payment: PaymentId, goods: &Goods, pieces: u32) -> order::command::Place {
    let (sku, option, price) = goods.skus[0];
    let (price, quantity) = (Price::new(price).unwrap(), Quantity::new(pieces).unwrap());
    let (line, group) = (order::value::LineNo(1), order::value::GroupNo(1));
    let ordered = order::value::OrderLine {
        line,
        group,
        merchant: goods.merchant,
        product: goods.product,
        sku,
        name: text(goods.name),
        options: vec![text(option)],
        category: goods.category.into(),
        taxable: true,
        quantity,
        unit_price: price,
        discount_merchant: Amount::ZERO,
        discount_platform: Amount::ZERO,
        points: Amount::ZERO,
        source: order::value::Source::Direct,
    };
    let free = Price::ZERO;
    let merchant = goods.merchant;
    order::command::Place {
        order,
        mall: mall(),
        currency: Currency::Krw,
        member: MemberId(id()),
        recipient: Some(Sealed("sealed".into())),
        gift: None,
        memo: None,
        lines: vec![ordered],
        groups: vec![order::value::DeliveryGroup {
            group,
            merchant,
            fee: free,
            free_over: None,
            surcharge: Price::ZERO,
            waived_fee: free,
            return_fee: free,
        }],
        coupons: Vec::new(),
        payment,
        total: price.times(quantity),
        limited: BTreeSet::new(),
        vat_rate: None,
        payment_due: minute(60),
        confirm_after_days: 7,
        at: minute(2),
    }
}
