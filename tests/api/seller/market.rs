//! A market with one merchant who speaks HTTP, and the acts of operators and shoppers around it.

use std::collections::BTreeMap;

use jangteo::ids;
use jangteo::service::checkout::Checkout;
use jangteo::service::quoting::Item;
use jangteo::service::redemption::Redemption;
use kernel::id::{ClaimId, MemberId, MerchantId, OperatorId, OrderId, PaymentId, ProductId, SkuId};
use kernel::{Amount, MallId, Quantity, Rate, Text};
use member::merchant::{Contract, SettlementCycle};
use order::value::{ClaimKind, Source};
use product::{Category, CategoryCode, category};
use reqwest::Method;
use sagas::Clock;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::asks::claim_on;
use crate::client::{Client, Reply};
use crate::market::{context, recipient, shopper};
use crate::world::World;

/// What a piece costs.
pub const PRICE: i64 = 12_000;

/// A market with a merchant.
pub struct Market {
    pub world: World,
    /// Nobody.
    pub guest: Client,
    /// The merchant, by API key.
    pub seller: Client,
    pub merchant: MerchantId,
    pub member: MemberId,
}

/// What a merchant who applies sends.
pub fn application(email: &str) -> Value {
    json!({
        "name": "The shop",
        "business_number": {"kind": "korean", "number": "220-81-62517"},
        "email": email,
        "password": "correct horse",
        "contact_name": "Lee",
        "bank_account": {"bank": "Kookmin", "account": "123-456", "holder": "The shop"},
    })
}

/// What a merchant who drafts a product sends.
pub fn draft() -> Value {
    json!({
        "mall": "main",
        "name": "A book",
        "category": "books",
        "tax": "taxable",
        "skus": [{"merchant_code": "book-1", "price_minor": PRICE}],
    })
}

impl Market {
    /// A market with a merchant under contract, and a category.
    pub async fn open() -> Self {
        let world = Box::pin(World::start()).await;
        let guest = Client::of(&world).await;
        let code = CategoryCode::new("books").unwrap();
        let (name, at) = (Text::new("Books").unwrap(), world.clock.now());
        let define = category::command::Define { code: code.clone(), name, parent: None, at };
        let define = category::Command::Define(define);
        world.app.log.execute::<Category>(&context(&world), &code, define).await.unwrap();
        let (seller, merchant) = trader(&world, &guest).await;
        let (member, _) = shopper(&world).await;
        Self { world, guest, seller, merchant, member }
    }

    /// Another merchant under contract.
    pub async fn other_seller(&self) -> Client {
        trader(&self.world, &self.guest).await.0
    }

    /// A product on sale with ten pieces: the product and its one variant.
    pub async fn product(&self, seller: &Client) -> (Uuid, Uuid) {
        let product = seller.post("/seller/v1/products", draft()).await.id();
        let path = format!("/seller/v1/products/{product}");
        seller.post(&format!("{path}/submission"), Value::Null).await.is(200);
        self.approve(product).await;
        self.world.projected().await;
        let shown = seller.get(&path).await;
        let sku = uuid(&shown.body["skus"][0]["sku"]);
        let receipts = format!("/seller/v1/stock/{sku}/receipts");
        seller.post(&receipts, json!({"quantity": 10})).await.is(201);
        (product, sku)
    }

    /// An operator approves a product.
    pub async fn approve(&self, product: Uuid) {
        let operator = OperatorId(ids::fresh());
        self.world.app.approve_product(&context(&self.world), ProductId(product), operator).await.unwrap();
    }

    /// A shopper orders pieces of a variant, not paid yet: the order and its payment.
    pub async fn placed(&self, items: &[(Uuid, Uuid, u32)]) -> (Uuid, PaymentId) {
        self.placed_with_fee(items, 0).await
    }

    async fn placed_with_fee(&self, items: &[(Uuid, Uuid, u32)], fee: i64) -> (Uuid, PaymentId) {
        let (order, payment) = (OrderId(ids::fresh()), PaymentId(ids::fresh()));
        let pieces: u32 = items.iter().map(|(_, _, pieces)| pieces).sum();
        let item = |(product, sku, pieces): &(Uuid, Uuid, u32)| Item {
            product: ProductId(*product),
            sku: SkuId(*sku),
            quantity: Quantity::new(*pieces).unwrap(),
            source: Source::Direct,
        };
        let wish = Checkout {
            order,
            payment,
            mall: MallId::new("main").unwrap(),
            member: self.member,
            receiver: recipient().into(),
            memo: Some("Leave it at the door".to_owned()),
            items: items.iter().map(item).collect(),
            cart: None,
            redemption: Redemption::default(),
            carrier_quotes: BTreeMap::new(),
            total: Amount::from_minor(PRICE).times(pieces) + Amount::from_minor(fee),
            tenders: Vec::new(),
        };
        self.world.app.checkout(&context(&self.world), wish).await.unwrap();
        self.world.projected().await;
        (order.0, payment)
    }

    /// A shopper orders and pays.
    pub async fn order(&self, items: &[(Uuid, Uuid, u32)]) -> Uuid {
        self.order_with_fee(items, 0).await
    }

    /// The same, where delivery costs something.
    pub async fn order_with_fee(&self, items: &[(Uuid, Uuid, u32)], fee: i64) -> Uuid {
        let (order, payment) = self.placed_with_fee(items, fee).await;
        self.world.app.pay(&context(&self.world), payment, "ok".to_owned()).await.unwrap();
        self.seen().await;
        order
    }

    /// A shopper claims pieces of an order's first line.
    pub async fn claim(&self, order: Uuid, kind: ClaimKind, pieces: u32) -> Uuid {
        let claim = ClaimId(ids::fresh());
        let ask = claim_on((claim, OrderId(order)), kind, pieces);
        self.world.app.request_claim(&context(&self.world), &ask).await.unwrap();
        self.seen().await;
        claim.0
    }

    /// Lets everything happen that follows, and be seen.
    pub async fn seen(&self) {
        self.world.settle().await;
        self.world.projected().await;
    }

    /// The only shipment of an order with a status.
    pub async fn shipment(&self, status: &str) -> Uuid {
        let found = self.seller.get(&format!("/seller/v1/shipments?status={status}")).await;
        assert_eq!(found.body["items"].as_array().unwrap().len(), 1, "{found:?}");
        uuid(&found.body["items"][0]["shipment"])
    }

    /// The merchant delivers what is to be sent by itself.
    pub async fn deliver(&self, shipment: Uuid) {
        let path = format!("/seller/v1/shipments/{shipment}");
        let parcel = json!({"carrier": "own", "tracking_number": shipment});
        self.seller.post(&format!("{path}/dispatch"), parcel).await.is(200);
        let at = self.world.clock.now();
        let scan = json!({"scan": "1", "status": "delivered", "occurred_at": at});
        self.seller.post(&format!("{path}/scans"), scan).await.is(201);
        self.seen().await;
    }
}

/// A merchant applies, is taken on, logs in and has a key for its systems.
async fn trader(world: &World, guest: &Client) -> (Client, MerchantId) {
    let email = format!("{}@example.com", ids::fresh().simple());
    let merchant = MerchantId(guest.post("/seller/v1/merchants", application(&email)).await.id());
    take_on(world, merchant).await;
    let login = json!({"email": email, "password": "correct horse"});
    let session = guest.post("/seller/v1/sessions", login).await;
    let seller = guest.with_token(session.body["access_token"].as_str().unwrap());
    let key = seller.post("/seller/v1/api-keys", json!({"label": "tests"})).await;
    (guest.with_token(key.body["key"].as_str().unwrap()), merchant)
}

/// An operator takes a merchant on: ten percent, monthly.
pub async fn take_on(world: &World, merchant: MerchantId) {
    let contract = Contract {
        default_rate: Rate::new("0.1".parse().unwrap()).unwrap(),
        category_rates: BTreeMap::new(),
        cycle: SettlementCycle::Monthly,
        effective_from: world.clock.now(),
    };
    let operator = OperatorId(ids::fresh());
    world.app.approve_merchant(&context(world), merchant, operator, contract).await.unwrap();
}

pub fn uuid(value: &Value) -> Uuid {
    value.as_str().unwrap().parse().unwrap()
}

impl Client {
    /// A write that is done once, however often it is sent, and whose key is good for no other content.
    pub async fn once(&self, method: Method, path: &str, body: Value, other: Value) -> Reply {
        let key = ids::fresh().to_string();
        let first = self.write(method.clone(), path, body.clone(), &key).await;
        assert!(first.status.is_success(), "{path}: {first:?}");
        let again = self.write(method.clone(), path, body, &key).await;
        assert_eq!((again.status, &again.body), (first.status, &first.body), "{path}");
        if !other.is_null() {
            let reused = self.write(method, path, other, &key).await;
            reused.is_problem(422, "idempotency_key_reused");
        }
        first
    }
}

impl Reply {
    /// The id of what was made.
    pub fn id(&self) -> Uuid {
        assert!(self.status.is_success(), "{self:?}");
        uuid(&self.body["id"])
    }

    #[track_caller]
    pub fn is(&self, status: u16) {
        assert_eq!(self.status.as_u16(), status, "{self:?}");
    }

    #[track_caller]
    pub fn is_problem(&self, status: u16, code: &str) {
        let found = (self.status.as_u16(), self.body["code"].as_str());
        assert_eq!(found, (status, Some(code)), "{self:?}");
    }
}
