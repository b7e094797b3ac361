//! A small market: one merchant with one product, one shopper.

use std::collections::BTreeMap;

use eventstore::Context;
use jangteo::credential::Address;
use jangteo::ids;
use jangteo::service::merchants::Application;
use jangteo::service::personal::{BankAccount, Profile, Recipient};
use jangteo::service::sessions::Login;
use kernel::id::{CommandId, CorrelationId, MemberId, MerchantId, OperatorId, ProductId, SkuId};
use kernel::{Actor, MallId, Price, Quantity, Rate, Text};
use member::merchant::{BusinessNumber, Contract, ForeignCountry, SettlementCycle};
use product::product::value::{Details, Sku, Tax};
use product::{Category, CategoryCode, category};
use sagas::Clock;

use crate::world::World;

/// Who and what there is.
pub struct Market {
    pub mall: MallId,
    pub member: MemberId,
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

fn profile(name: &str) -> (Profile, Login) {
    let email = format!("{name}-{}@example.com", ids::fresh().simple());
    let address = Address::new(&email).unwrap();
    let profile = Profile { email, name: name.to_owned(), phone: None };
    (profile, Login { address, password: None })
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

/// Opens the market: 10 % commission, monthly cycle, 100 pieces at 12,345 won.
pub async fn open(world: &World) -> Market {
    let (merchant, product, sku, member) =
        (MerchantId(ids::fresh()), ProductId(ids::fresh()), SkuId(ids::fresh()), MemberId(ids::fresh()));
    let mall = MallId::new("main").unwrap();
    let operator = OperatorId(ids::fresh());
    merchant_opens(world, merchant, operator).await;
    let code = CategoryCode::new("books").unwrap();
    let define = category::command::Define {
        code: code.clone(),
        name: Text::new("Books").unwrap(),
        parent: None,
        at: world.clock.now(),
    };
    let command = category::Command::Define(define);
    world.app.log.execute::<Category>(&context(world), &code, command).await.unwrap();
    let details = details(code, sku);
    world.app.draft_product(&context(world), product, merchant, &mall, details).await.unwrap();
    world.app.submit_product(&context(world), product).await.unwrap();
    world.app.approve_product(&context(world), product, operator).await.unwrap();
    world.app.receive_stock(&context(world), sku, Quantity::new(100).unwrap()).await.unwrap();
    let (shopper, login) = profile("shopper");
    world.app.register(&context(world), member, shopper, login).await.unwrap();
    Market { mall, member, product, sku }
}

async fn merchant_opens(world: &World, merchant: MerchantId, operator: OperatorId) {
    let (contact, login) = profile("merchant");
    let country = ForeignCountry::new("BR").unwrap();
    let application = Application {
        merchant,
        name: Text::new("The shop").unwrap(),
        business_number: BusinessNumber::Foreign { country, number: Text::new("1").unwrap() },
        contact,
        bank_account: BankAccount {
            bank: "Bank".to_owned(),
            account: "123-456".to_owned(),
            holder: "The shop".to_owned(),
        },
        login,
    };
    world.app.apply(&context(world), application).await.unwrap();
    let terms = Contract {
        default_rate: Rate::new("0.1".parse().unwrap()).unwrap(),
        category_rates: BTreeMap::new(),
        cycle: SettlementCycle::Monthly,
        effective_from: world.clock.now(),
    };
    world.app.approve_merchant(&context(world), merchant, operator, terms).await.unwrap();
}

fn details(category: CategoryCode, sku: SkuId) -> Details {
    Details {
        name: Text::new("A book").unwrap(),
        description: None,
        category,
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
