//! A small market behind the APIs: merchants with a product each, shoppers. The other surfaces have their own tests.

use std::collections::BTreeMap;

use eventstore::Context;
use jangteo::credential::{Address, Password};
use jangteo::ids;
use jangteo::service::merchants::Application;
use jangteo::service::personal::{BankAccount, Profile, Recipient};
use jangteo::service::sessions::{Kind, Login};
use kernel::id::{ApiKeyId, CommandId, CorrelationId, MemberId, MerchantId, OperatorId, ProductId, SkuId};
use kernel::{Actor, MallId, Price, Quantity, Rate, Text};
use member::merchant::{BusinessNumber, Contract, ForeignCountry, SettlementCycle};
use product::product::value::{Details, Sku, Tax};
use product::{Category, CategoryCode, category};
use sagas::Clock;

use crate::world::World;

/// Everybody's password.
const PASSWORD: &str = "open sesame";

/// Who and what there is.
pub struct Market {
    pub mall: MallId,
    pub merchant: MerchantId,
    pub member: MemberId,
    pub address: Address,
    pub product: ProductId,
    pub sku: SkuId,
}

/// A fresh command at the world's time.
pub fn context(world: &World) -> Context {
    let id = ids::fresh();
    Context {
        command_id: CommandId(id),
        correlation_id: CorrelationId(id),
        causation: None,
        actor: Actor::system("test"),
        at: world.clock.now(),
        request: None,
    }
}

/// Where the shopper lives.
pub fn recipient() -> Recipient {
    Recipient {
        name: "Kim".to_owned(),
        phone: "010-0000-0000".to_owned(),
        postal_code: "04524".to_owned(),
        address: "Seoul".to_owned(),
    }
}

/// Where a merchant is paid.
pub fn account(number: &str) -> BankAccount {
    BankAccount { bank: "Bank".to_owned(), account: number.to_owned(), holder: "The shop".to_owned() }
}

/// Opens the market: 10 % commission, monthly cycle, 100 pieces at 12,345 won.
pub async fn open(world: &World) -> Market {
    open_paying_to(world, "123-456").await
}

/// The same, with another account to pay the merchant to.
pub async fn open_paying_to(world: &World, number: &str) -> Market {
    let merchant = trading(world, number).await;
    let (member, address) = shopper(world).await;
    let (product, sku) = (ProductId(ids::fresh()), SkuId(ids::fresh()));
    let mall = MallId::new("main").unwrap();
    let code = CategoryCode::new("books").unwrap();
    let name = Text::new("Books").unwrap();
    let define = category::command::Define { code: code.clone(), name, parent: None, at: world.clock.now() };
    let define = category::Command::Define(define);
    world.app.log.execute::<Category>(&context(world), &code, define).await.unwrap();
    world.app.draft_product(&context(world), product, merchant, &mall, details(sku)).await.unwrap();
    world.app.submit_product(&context(world), product).await.unwrap();
    world.app.approve_product(&context(world), product, OperatorId(ids::fresh())).await.unwrap();
    world.app.receive_stock(&context(world), sku, Quantity::new(100).unwrap()).await.unwrap();
    Market { mall, merchant, member, address, product, sku }
}

/// A shopper with their e-mail address.
pub async fn shopper(world: &World) -> (MemberId, Address) {
    let member = MemberId(ids::fresh());
    let (profile, login) = somebody();
    let address = login.address.clone();
    world.app.register(&context(world), member, profile, login).await.unwrap();
    (member, address)
}

/// The access token of a shopper who signs in now.
pub async fn shopper_token(world: &World, address: &Address) -> String {
    let password = Password::new(PASSWORD).unwrap();
    let tokens = world.app.log_in(&context(world), Kind::Member, address, password).await.unwrap();
    tokens.access.token
}

/// A merchant who applies.
pub async fn applied(world: &World, number: &str) -> MerchantId {
    let merchant = MerchantId(ids::fresh());
    let (contact, login) = somebody();
    let country = ForeignCountry::new("BR").unwrap();
    let application = Application {
        merchant,
        name: Text::new("The shop").unwrap(),
        business_number: BusinessNumber::Foreign { country, number: Text::new("1").unwrap() },
        contact,
        bank_account: account(number),
        login,
    };
    world.app.apply(&context(world), application).await.unwrap();
    merchant
}

/// A merchant who may sell.
pub async fn trading(world: &World, number: &str) -> MerchantId {
    let merchant = applied(world, number).await;
    let contract = Contract {
        default_rate: Rate::new("0.1".parse().unwrap()).unwrap(),
        category_rates: BTreeMap::new(),
        cycle: SettlementCycle::Monthly,
        effective_from: world.clock.now(),
    };
    let operator = OperatorId(ids::fresh());
    world.app.approve_merchant(&context(world), merchant, operator, contract).await.unwrap();
    merchant
}

/// An API key of a merchant.
pub async fn api_key(world: &World, merchant: MerchantId) -> String {
    let (key, label) = (ApiKeyId(ids::fresh()), Text::new("test").unwrap());
    world.app.issue_api_key(&context(world), merchant, key, label).await.unwrap().0
}

fn somebody() -> (Profile, Login) {
    let email = format!("{}@example.com", ids::fresh().simple());
    let login =
        Login { address: Address::new(&email).unwrap(), password: Some(Password::new(PASSWORD).unwrap()) };
    (Profile { email, name: "Ana".to_owned(), phone: None }, login)
}

/// A book of one variant.
pub fn details(sku: SkuId) -> Details {
    Details {
        name: Text::new("A book").unwrap(),
        description: None,
        category: CategoryCode::new("books").unwrap(),
        axes: Vec::new(),
        skus: vec![Sku {
            sku,
            merchant_code: Text::new("book-1").unwrap(),
            options: Vec::new(),
            price: Price::new(12_345).unwrap(),
            sale: None,
        }],
        tax: Tax::Taxable,
        images: Vec::new(),
    }
}
