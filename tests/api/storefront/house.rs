//! An open shop: a market that the merchant's side has set up, and shoppers who speak HTTP.

use display::DisplayTree;
use display::tree::command::AddCategory;
use display::tree::{self, SourceCode};
use jangteo::ids;
use jangteo::service::fulfilment::shipment_id;
use kernel::id::{ApiKeyId, DisplayCategoryId, MerchantId, OperatorId, OrderId, ProductId, ShipmentId};
use kernel::{Price, Quantity, Text};
use product::product::command::Suspend;
use product::product::{Command as ProductCommand, Party};
use product::{Product, Stock, stock};
use reqwest::Method;
use serde_json::{Value, json};
use shipping::delivery_policy::{self, FeeRule, PolicyId, RemoteSurcharges};
use shipping::shipment::Command;
use shipping::shipment::command::{Accept, Dispatch, ExplainDelay, Track};
use shipping::shipment::value::{DelayReason, ScanStatus};
use shipping::{DeliveryPolicy, Shipment};

use super::market::{self, Market, context};
use crate::client::{Client, Reply};
use crate::world::World;

/// What everybody's password is.
pub const PASSWORD: &str = "correct horse";
/// What a piece of the market's product costs.
pub const PRICE: i64 = 12_345;

/// An installation with one merchant's shop in it.
pub struct House {
    pub world: World,
    pub market: Market,
    /// Who sells the market's product.
    merchant: MerchantId,
    pub nobody: Client,
}

impl House {
    pub async fn open() -> Self {
        Self::over(Box::pin(World::start()).await).await
    }

    /// The same, in a world that was started before.
    pub async fn over(world: World) -> Self {
        let market = Box::pin(market::open(&world)).await;
        world.projected().await;
        let nobody = Client::of(&world).await;
        let product = world.app.log.read_latest::<Product>(&market.product).await.unwrap();
        let merchant = product.state.merchant().unwrap();
        Self { world, market, merchant, nobody }
    }

    /// Somebody who has signed up and logged in.
    pub async fn shopper(&self, name: &str) -> Client {
        let email = format!("{name}@example.com");
        let body = json!({"email": email, "password": PASSWORD, "name": name, "phone": "010-1234-5678"});
        let reply = self.nobody.post("/storefront/v1/members", body).await;
        assert_eq!(reply.status, 201, "{:?}", reply.body);
        self.log_in(name).await
    }

    /// The same person in a new session.
    pub async fn log_in(&self, name: &str) -> Client {
        let body = json!({"email": format!("{name}@example.com"), "password": PASSWORD});
        let reply = self.nobody.post("/storefront/v1/sessions", body).await;
        assert_eq!(reply.status, 201, "{:?}", reply.body);
        self.nobody.with_token(text(&reply.body["access_token"]))
    }

    /// The merchant, by an API key.
    pub async fn merchant(&self) -> Client {
        let label = Text::new("test").unwrap();
        let key = ApiKeyId(ids::fresh());
        let merchant = self.merchant;
        let issued = self.world.app.issue_api_key(&context(&self.world), merchant, key, label).await;
        self.nobody.with_token(&issued.unwrap().0)
    }

    /// An address of the market's mall.
    pub fn at(&self, rest: &str) -> String {
        format!("/storefront/v1/malls/{}{rest}", self.market.mall)
    }

    /// The market's product as an item to buy.
    pub fn item(&self, pieces: u32) -> Value {
        json!({"product": self.market.product, "sku": self.market.sku, "quantity": pieces})
    }

    /// An order of so many pieces.
    pub fn wish(&self, pieces: u32) -> Value {
        json!({
            "items": [self.item(pieces)],
            "recipient": recipient(),
            "memo": "Leave it at the door",
            "total_minor": PRICE * i64::from(pieces),
            "currency": "KRW",
        })
    }

    /// Places an order; its id.
    pub async fn order(&self, shopper: &Client, pieces: u32) -> String {
        let reply = shopper.post(&self.at("/orders"), self.wish(pieces)).await;
        assert_eq!(reply.status, 201, "{:?}", reply.body);
        text(&reply.body["order"]).to_owned()
    }

    /// Places an order and pays it.
    pub async fn paid(&self, shopper: &Client, pieces: u32) -> String {
        let order = self.order(shopper, pieces).await;
        let reply = shopper.post(&format!("/storefront/v1/orders/{order}/payment"), instrument("ok")).await;
        assert_eq!(reply.status, 200, "{:?}", reply.body);
        self.settled().await;
        order
    }

    /// Places an order of one piece each of two merchants' products and pays it.
    pub async fn paid_of_two_merchants(&self, shopper: &Client) -> String {
        let other = Box::pin(market::open(&self.world)).await;
        let mut wish = self.wish(1);
        let item = json!({"product": other.product, "sku": other.sku, "quantity": 1});
        wish["items"].as_array_mut().unwrap().push(item);
        wish["total_minor"] = json!(2 * PRICE);
        let reply = shopper.post(&self.at("/orders"), wish).await;
        assert_eq!(reply.status, 201, "{:?}", reply.body);
        let order = text(&reply.body["order"]).to_owned();
        let reply = shopper.post(&format!("/storefront/v1/orders/{order}/payment"), instrument("ok")).await;
        assert_eq!(reply.status, 200, "{:?}", reply.body);
        self.settled().await;
        order
    }

    /// Places an order, pays it and has it delivered.
    pub async fn delivered(&self, shopper: &Client, pieces: u32) -> String {
        let order = self.paid(shopper, pieces).await;
        self.ship(shipment_id(id(&order), 1, None)).await;
        order
    }

    /// The merchant's part: the goods of a paid order arrive.
    pub async fn arrived(&self, order: &str) {
        self.ship(shipment_id(id(order), 1, None)).await;
    }

    /// Lets everything happen, and be seen.
    pub async fn settled(&self) {
        self.world.settle().await;
        self.world.projected().await;
    }

    /// The merchant's part: a parcel from acceptance to delivery.
    async fn ship(&self, shipment: ShipmentId) {
        let at = sagas::Clock::now(&*self.world.clock);
        let track = |scan: &str, status| {
            Command::Track(Track { scan: Text::new(scan).unwrap(), status, occurred_at: at, at })
        };
        let tracking_number = Text::new("1").unwrap();
        let steps = [
            Command::Accept(Accept { at }),
            Command::Dispatch(Dispatch { carrier: Text::new("cj").unwrap(), tracking_number, at }),
            track("1", ScanStatus::InTransit),
            track("2", ScanStatus::Delivered),
        ];
        for step in steps {
            let context = context(&self.world);
            self.world.app.log.execute::<Shipment>(&context, &shipment, step).await.unwrap();
            self.world.settle().await;
        }
        self.world.projected().await;
    }

    /// The merchant's part: why an order's parcel leaves late.
    pub async fn explain_delay(&self, order: &str, words: &str) {
        let (app, context) = (&self.world.app, context(&self.world));
        let text = Text::new(words).unwrap();
        let explain = ExplainDelay { reason_code: DelayReason::Holiday, text, at: context.at };
        let (shipment, command) = (shipment_id(id(order), 1, None), Command::ExplainDelay(explain));
        app.log.execute::<Shipment>(&context, &shipment, command).await.unwrap();
        self.settled().await;
    }

    /// The merchant's part: another price.
    pub async fn reprice(&self, minor: i64) {
        let (app, context) = (&self.world.app, context(&self.world));
        let set = product::product::command::SetPrice {
            sku: self.market.sku,
            price: Price::new(minor).unwrap(),
            sale: None,
            at: context.at,
        };
        let command = ProductCommand::SetPrice(set);
        app.log.execute::<Product>(&context, &self.market.product, command).await.unwrap();
    }

    /// The merchant's part: off sale.
    pub async fn suspend(&self) {
        let (app, context) = (&self.world.app, context(&self.world));
        let reason = Text::new("season is over").unwrap();
        let suspend = ProductCommand::Suspend(Suspend { reason, by: Party::Merchant, at: context.at });
        app.log.execute::<Product>(&context, &self.market.product, suspend).await.unwrap();
    }

    /// An import's part: the merchant's delivery is quoted by carriers.
    pub async fn leave_delivery_to_quotes(&self) {
        let (app, context) = (&self.world.app, context(&self.world));
        let merchant = self.merchant;
        let mall = self.market.mall.clone();
        let policy = PolicyId { merchant, mall: mall.clone() };
        let (fee, return_fee) = (FeeRule::Quoted, Price::ZERO);
        let remote_surcharges = RemoteSurcharges::default();
        let (dispatch_days, at) = (1, context.at);
        let set =
            delivery_policy::Set { merchant, mall, fee, return_fee, remote_surcharges, dispatch_days, at };
        let command = delivery_policy::Command::Set(set);
        app.log.execute::<DeliveryPolicy>(&context, &policy, command).await.unwrap();
    }

    /// The back office's part: the merchant sells nothing for now.
    pub async fn stop_trading(&self) {
        let (app, context) = (&self.world.app, context(&self.world));
        let merchant = self.merchant;
        let reason = Text::new("under review").unwrap();
        let suspend = member::merchant::command::Suspend { reason, at: context.at };
        let command = member::merchant::Command::Suspend(suspend);
        app.log.execute::<member::Merchant>(&context, &merchant, command).await.unwrap();
    }

    /// The back office's part: a shelf of books, below another where one is named.
    pub async fn shelve(&self, name: &str, parent: Option<DisplayCategoryId>) -> DisplayCategoryId {
        let (app, context) = (&self.world.app, context(&self.world));
        let category = DisplayCategoryId(ids::fresh());
        let add = AddCategory {
            mall: self.market.mall.clone(),
            category,
            parent,
            name: Text::new(name).unwrap(),
            position: 1,
            sources: [SourceCode::new("books").unwrap()].into(),
            at: context.at,
        };
        let command = tree::Command::AddCategory(add);
        app.log.execute::<DisplayTree>(&context, &self.market.mall, command).await.unwrap();
        category
    }

    /// The merchant's part: pieces that are lost.
    pub async fn lose(&self, pieces: i64) {
        let (app, context) = (&self.world.app, context(&self.world));
        let reason = Text::new("lost").unwrap();
        let adjust = stock::command::Adjust { delta: -pieces, reason, at: context.at };
        let command = stock::Command::Adjust(adjust);
        app.log.execute::<Stock>(&context, &self.market.sku, command).await.unwrap();
    }

    /// The merchant's part: more pieces.
    pub async fn receive(&self, pieces: u32) {
        let (app, context) = (&self.world.app, context(&self.world));
        app.receive_stock(&context, self.market.sku, Quantity::new(pieces).unwrap()).await.unwrap();
    }

    /// The merchant's part: another book on sale, a hundred pieces of it, taxed like this at this price.
    pub async fn sell(&self, tax: &str, price_minor: i64) -> (Value, Value) {
        let merchant = self.merchant().await;
        let draft = json!({
            "mall": "main", "name": "Another book", "category": "books", "tax": tax,
            "skus": [{"merchant_code": "another", "price_minor": price_minor}],
        });
        let drafted = merchant.post("/seller/v1/products", draft).await;
        let path = format!("/seller/v1/products/{}", text(&drafted.body["id"]));
        assert_eq!(bare(&merchant, Method::POST, &format!("{path}/submission")).await.status, 200);
        let (app, context) = (&self.world.app, context(&self.world));
        let product: ProductId = text(&drafted.body["id"]).parse().unwrap();
        app.approve_product(&context, product, OperatorId(ids::fresh())).await.unwrap();
        self.world.projected().await;
        let sku = merchant.get(&path).await.body["skus"][0]["sku"].clone();
        let receipts = format!("/seller/v1/stock/{}/receipts", text(&sku));
        assert_eq!(merchant.post(&receipts, json!({"quantity": 100})).await.status, 201);
        (json!(product), sku)
    }

    /// How many pieces can be bought, as the product page says.
    pub async fn available(&self) -> i64 {
        self.world.projected().await;
        self.page().await["skus"][0]["available"].as_i64().unwrap()
    }

    /// The product's page.
    pub async fn page(&self) -> Value {
        self.nobody.get(&self.at(&format!("/products/{}", self.market.product))).await.body
    }
}

/// Where everybody lives.
pub fn recipient() -> Value {
    json!({"name": "Kim", "phone": "010-0000-0000", "postal_code": "04524", "address": "Seoul"})
}

/// A way to pay, as the sandbox gateway knows them.
pub fn instrument(name: &str) -> Value {
    json!({"instrument": name})
}

/// A text out of a reply.
pub fn text(value: &Value) -> &str {
    value.as_str().expect("a text stands here")
}

/// An order's id out of a reply.
pub fn id(order: &str) -> OrderId {
    order.parse().unwrap()
}

/// A write without a body, under a fresh key.
pub async fn bare(caller: &Client, method: Method, path: &str) -> Reply {
    caller.write(method, path, Value::Null, &ids::fresh().to_string()).await
}

/// The status and the code of a refusal.
pub fn refusal(reply: &Reply) -> (u16, &str) {
    (reply.status.as_u16(), text(&reply.body["code"]))
}

/// Sends a write twice under one key and then, where it has a body, another body under that key. The second answer is
/// the first one's.
pub async fn thrice(caller: &Client, method: Method, path: &str, bodies: [Value; 2]) -> Reply {
    let [body, other] = bodies;
    let key = ids::fresh().to_string();
    let first = caller.write(method.clone(), path, body.clone(), &key).await;
    assert!(first.status.is_success(), "{path}: {:?}", first.body);
    let again = caller.write(method.clone(), path, body, &key).await;
    assert_eq!((again.status, &again.body), (first.status, &first.body), "{path}");
    if !other.is_null() {
        let reused = caller.write(method, path, other, &key).await;
        assert_eq!(refusal(&reused), (422, "idempotency_key_reused"), "{path}");
    }
    first
}
