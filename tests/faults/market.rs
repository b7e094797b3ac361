//! The market before the first fault: two merchants, an operator, and goods, of which some are scarce.

use std::collections::{BTreeMap, BTreeSet};

use eventstore::Context;
use jangteo::app::App;
use jangteo::credential::{Address, Password};
use jangteo::ids;
use jangteo::service::merchants::Application;
use jangteo::service::operators::NewOperator;
use jangteo::service::personal::{BankAccount, Profile};
use jangteo::service::sessions::Login;
use kernel::id::{ApiKeyId, CommandId, CorrelationId, MerchantId, OperatorId, ProductId, SkuId};
use kernel::{Actor, MallId, Price, Quantity, Rate, Text};
use member::merchant::{BusinessNumber, Contract, ForeignCountry, SettlementCycle};
use member::operator::Role;
use product::product::value::{Details, Sku, Tax};
use product::{Category, CategoryCode, category};

use crate::caller::PASSWORD;

/// The mall.
pub const MALL: &str = "main";
/// Who advances the clock and looks behind the scenes.
pub const OPERATOR: &str = "operator@faults.invalid";
/// Price in won, and pieces: of some goods so few that many shoppers want the last one.
const GOODS: [(i64, u32); 4] = [(12_000, 100_000), (24_500, 100_000), (30_500, 12), (8_900, 5)];
/// How many merchants there are.
const MERCHANTS: usize = 2;

/// Something to buy.
#[derive(Debug, Clone, Copy)]
pub struct Good {
    /// The product.
    pub product: ProductId,
    /// Its only variant.
    pub sku: SkuId,
    /// What a piece costs.
    pub price: i64,
}

/// A merchant who sells.
#[derive(Debug, Clone)]
pub struct Seller {
    /// Who.
    pub merchant: MerchantId,
    /// The API key.
    pub key: String,
}

/// Who and what there is.
#[derive(Debug, Clone)]
pub struct Market {
    /// The operator.
    pub operator: OperatorId,
    /// The merchants.
    pub sellers: Vec<Seller>,
    /// The goods of all of them.
    pub goods: Vec<Good>,
}

/// Opens the market.
pub async fn open(app: &App) -> Market {
    let operator = OperatorId(ids::fresh());
    let new = NewOperator {
        operator,
        name: text("Operator"),
        login: login(OPERATOR),
        roles: BTreeSet::from([Role::Admin]),
    };
    app.create_operator(&context(app), new).await.unwrap();
    let code = CategoryCode::new("books").unwrap();
    let define = category::command::Define {
        code: code.clone(),
        name: text("Books"),
        parent: None,
        at: app.clock.now(),
    };
    app.log.execute::<Category>(&context(app), &code, category::Command::Define(define)).await.unwrap();
    let (mut sellers, mut goods) = (Vec::new(), Vec::new());
    for nth in 1..=MERCHANTS {
        let seller = seller(app, operator, nth).await;
        for (price, pieces) in GOODS {
            goods.push(good(app, operator, seller.merchant, (price, pieces)).await);
        }
        sellers.push(seller);
    }
    Market { operator, sellers, goods }
}

async fn seller(app: &App, operator: OperatorId, nth: usize) -> Seller {
    let merchant = MerchantId(ids::fresh());
    let email = format!("merchant-{nth}@faults.invalid");
    let application = Application {
        merchant,
        name: text("The shop"),
        business_number: BusinessNumber::Foreign {
            country: ForeignCountry::new("BR").unwrap(),
            number: text("1"),
        },
        contact: Profile { email: email.clone(), name: "Ana".to_owned(), phone: None },
        bank_account: BankAccount {
            bank: "Bank".to_owned(),
            account: format!("123-{nth}"),
            holder: "The shop".to_owned(),
        },
        login: login(&email),
    };
    app.apply(&context(app), application).await.unwrap();
    let approval = context(app);
    let contract = Contract {
        default_rate: Rate::new("0.1".parse().unwrap()).unwrap(),
        category_rates: BTreeMap::new(),
        cycle: SettlementCycle::Weekly,
        effective_from: approval.at,
    };
    app.approve_merchant(&approval, merchant, operator, contract).await.unwrap();
    let issued = app.issue_api_key(&context(app), merchant, ApiKeyId(ids::fresh()), text("faults")).await;
    Seller { merchant, key: issued.unwrap().0 }
}

async fn good(app: &App, operator: OperatorId, merchant: MerchantId, (price, pieces): (i64, u32)) -> Good {
    let (product, sku) = (ProductId(ids::fresh()), SkuId(ids::fresh()));
    let details = Details {
        name: text("A book"),
        description: None,
        category: CategoryCode::new("books").unwrap(),
        axes: Vec::new(),
        skus: vec![Sku {
            sku,
            merchant_code: text(&sku.to_string()),
            options: Vec::new(),
            price: Price::new(price).unwrap(),
            sale: None,
        }],
        tax: Tax::Taxable,
        images: Vec::new(),
    };
    let mall = MallId::new(MALL).unwrap();
    app.draft_product(&context(app), product, merchant, &mall, details).await.unwrap();
    app.submit_product(&context(app), product).await.unwrap();
    app.approve_product(&context(app), product, operator).await.unwrap();
    app.receive_stock(&context(app), sku, Quantity::new(pieces).unwrap()).await.unwrap();
    Good { product, sku, price }
}

fn context(app: &App) -> Context {
    let id = ids::fresh();
    Context {
        command_id: CommandId(id),
        correlation_id: CorrelationId(id),
        causation: None,
        actor: Actor::system("faults"),
        at: app.clock.now(),
        request: None,
    }
}

fn login(email: &str) -> Login {
    let password = Some(Password::new(PASSWORD).unwrap());
    Login { address: Address::new(email).unwrap(), password }
}

fn text<const MAX: usize>(words: &str) -> Text<MAX> {
    Text::new(words).unwrap()
}
