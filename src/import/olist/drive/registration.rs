//! Registration, before the first order: an operator, categories, merchants under contract, members, products with
//! their stock. Never here: anything that an order does.

use std::collections::BTreeMap;
use std::sync::Arc;

use kernel::{Actor, Price, Quantity, Rate, Text};
use member::merchant::{BusinessNumber, Contract, SettlementCycle};
use member::operator::Role;
use product::Category as CategoryOfProducts;
use product::category::command::{Command as CategoryCommand, Define};
use product::product::value::{Details, OptionAxis, Sku, Tax};
use rust_decimal::Decimal;
use shipping::DeliveryPolicy;
use shipping::delivery_policy::command::{Command as PolicyCommand, Set};
use shipping::delivery_policy::value::{FeeRule, PolicyId, RemoteSurcharges};

use super::persist::{Taken, persist};
use super::side_by_side::side_by_side;
use super::{Work, context};
use crate::credential::{Address, Password};
use crate::import::olist::files::{Customer, Seller};
use crate::import::olist::identity;
use crate::import::olist::plan::{Category, Offer};
use crate::import::olist::progress::Progress;
use crate::service::ServiceError;
use crate::service::merchants::Application;
use crate::service::operators::NewOperator;
use crate::service::personal::{BankAccount, Profile};
use crate::service::sessions::Login;

/// The share of a sale that the marketplace keeps: 10 %.
const COMMISSION: Decimal = Decimal::from_parts(10, 0, 0, false, 2);
/// Days from payment to dispatch that merchants promise.
const DISPATCH_DAYS: u16 = 7;
/// What tells the variants of a product apart.
const AXIS: &str = "Price";

impl Work {
    /// How many things there are to register.
    pub(super) fn things(&self) -> usize {
        self.plan.sellers.len() + self.plan.people.len() + self.plan.offers.len()
    }

    /// Registers everybody and everything.
    pub(super) async fn register(self: &Arc<Self>, progress: &mut Progress) -> anyhow::Result<()> {
        self.operator().await?;
        for category in &self.plan.categories {
            self.category(category).await?;
        }
        let merchants = self.plan.sellers.iter().cloned().map(|seller| {
            let work = self.clone();
            async move { work.merchant(&seller).await }
        });
        side_by_side(merchants, || progress.advance(1, "merchants")).await?;
        let members = self.plan.people.iter().cloned().map(|person| {
            let work = self.clone();
            async move { work.member(&person).await }
        });
        side_by_side(members, || progress.advance(1, "members")).await?;
        let offers = self.plan.offers.iter().cloned().map(|offer| {
            let work = self.clone();
            async move { work.offer(&offer).await }
        });
        side_by_side(offers, || progress.advance(1, "products")).await
    }

    /// Runs a command of the registration; what a rule refuses is noted.
    async fn entered<T, F>(&self, key: &str, what: &str, command: impl FnMut() -> F) -> anyhow::Result<()>
    where
        F: Future<Output = Result<T, ServiceError>>,
    {
        match persist(command).await? {
            Taken::Done(_) => Ok(()),
            Taken::Refused(why) => self.note(key, &format!("{what}: {why}")).await,
        }
    }

    /// The operator who reviews for the import. Nobody knows the password; there is none to give away.
    async fn operator(&self) -> anyhow::Result<()> {
        let context = context::of("operator", "create", Actor::system(context::SYSTEM), self.plan.starts_at);
        let secret: [u8; 32] = rand::random();
        let new = NewOperator {
            operator: identity::operator(),
            name: Text::new("Import of Olist orders")?,
            login: Login {
                address: Address::new("import@olist.invalid")?,
                password: Some(Password::new(&hex::encode(secret))?),
            },
            roles: [Role::Catalog].into(),
        };
        self.entered("operator", "create", || self.app.create_operator(&context, new.clone())).await
    }

    async fn category(&self, category: &Category) -> anyhow::Result<()> {
        let code = category.code.clone();
        let context = context::of(code.as_str(), "define", reviewer(), self.plan.starts_at);
        let name = Text::new(&category.name)?;
        let define =
            CategoryCommand::Define(Define { code: code.clone(), name, parent: None, at: context.at });
        let defining = || async {
            let log = &self.app.log;
            Ok::<_, ServiceError>(log.execute::<CategoryOfProducts>(&context, &code, define.clone()).await?)
        };
        self.entered(code.as_str(), "define", defining).await
    }

    async fn merchant(&self, seller: &Seller) -> anyhow::Result<()> {
        let (key, at) = (seller.seller.as_str(), self.plan.starts_at);
        let merchant = identity::merchant(key);
        let context = context::of(key, "apply", Actor::Guest, at);
        let wish = application(seller)?;
        self.entered(key, "apply", || self.app.apply(&context, wish.clone())).await?;

        let context = context::of(key, "approve", reviewer(), at);
        let contract = Contract {
            default_rate: Rate::new(COMMISSION)?,
            category_rates: BTreeMap::new(),
            cycle: SettlementCycle::Monthly,
            effective_from: at,
        };
        let operator = identity::operator();
        self.entered(key, "approve", || {
            self.app.approve_merchant(&context, merchant, operator, contract.clone())
        })
        .await?;

        let context = context::of(key, "delivery", Actor::Merchant { merchant }, at);
        let (fee, return_fee) = (FeeRule::Quoted, Price::ZERO);
        let mall = self.mall.clone();
        let policy = PolicyId { merchant, mall: mall.clone() };
        let remote_surcharges = RemoteSurcharges::default();
        let dispatch_days = DISPATCH_DAYS;
        let set = Set { merchant, mall, fee, return_fee, remote_surcharges, dispatch_days, at };
        let set = PolicyCommand::Set(set);
        let setting = || async {
            let log = &self.app.log;
            Ok::<_, ServiceError>(log.execute::<DeliveryPolicy>(&context, &policy, set.clone()).await?)
        };
        self.entered(key, "delivery", setting).await
    }

    async fn member(&self, person: &Customer) -> anyhow::Result<()> {
        let key = person.person.as_str();
        let context = context::of(key, "register", Actor::Guest, self.plan.starts_at);
        let (profile, login) = (profile(key, "Customer"), login(key)?);
        let member = identity::member(key);
        self.entered(key, "register", || self.app.register(&context, member, profile.clone(), login.clone()))
            .await
    }

    async fn offer(&self, offer: &Offer) -> anyhow::Result<()> {
        let key = format!("{}/{}", offer.product, offer.seller);
        let (merchant, at) = (identity::merchant(&offer.seller), self.plan.starts_at);
        let product = identity::product(&offer.product, &offer.seller);
        let by = |action: &str, actor: Actor| context::of(&key, action, actor, at);
        let details = details(offer)?;

        let context = by("draft", Actor::Merchant { merchant });
        self.entered(&key, "draft", || {
            self.app.draft_product(&context, product, merchant, &self.mall, details.clone())
        })
        .await?;
        let context = by("submit", Actor::Merchant { merchant });
        self.entered(&key, "submit", || self.app.submit_product(&context, product)).await?;
        let context = by("approve", reviewer());
        self.entered(&key, "approve", || self.app.approve_product(&context, product, identity::operator()))
            .await?;
        for (number, variant) in offer.variants.iter().enumerate() {
            let context = by(&format!("receive/{number}"), Actor::Merchant { merchant });
            let sku = identity::sku(&offer.product, &offer.seller, number);
            let pieces = Quantity::new(variant.pieces)?;
            self.entered(&key, "receive", || self.app.receive_stock(&context, sku, pieces)).await?;
        }
        Ok(())
    }
}

fn reviewer() -> Actor {
    Actor::Operator { operator: identity::operator() }
}

fn address(id: &str) -> String {
    format!("{id}@olist.invalid")
}

fn login(id: &str) -> anyhow::Result<Login> {
    Ok(Login { address: Address::new(&address(id))?, password: None })
}

fn profile(id: &str, word: &str) -> Profile {
    Profile { email: address(id), name: format!("{word} {id}"), phone: None }
}

/// A person may be a customer and a seller with one id, so a seller's address is another.
fn application(seller: &Seller) -> anyhow::Result<Application> {
    let id = seller.seller.as_str();
    let number = Text::new(id)?;
    let country = member::merchant::ForeignCountry::new("BR")?;
    let shop = format!("seller.{id}");
    Ok(Application {
        merchant: identity::merchant(id),
        name: Text::new(format!("Seller {id}"))?,
        business_number: BusinessNumber::Foreign { country, number },
        contact: Profile { name: format!("{}, {}", seller.city, seller.state), ..profile(&shop, "Seller") },
        bank_account: BankAccount {
            bank: "BR".to_owned(),
            account: format!("BR-{id}"),
            holder: format!("Seller {id}"),
        },
        login: login(&shop)?,
    })
}

/// A product's details. Where one order asks for it at several prices, each is a variant.
fn details(offer: &Offer) -> anyhow::Result<Details> {
    let several = offer.variants.len() > 1;
    let choices: Vec<Text<80>> = if several {
        (1..=offer.variants.len()).map(|number| Text::new(number.to_string())).collect::<Result<_, _>>()?
    } else {
        Vec::new()
    };
    let mut skus = Vec::with_capacity(offer.variants.len());
    for (number, variant) in offer.variants.iter().enumerate() {
        let code =
            if number == 0 { offer.product.clone() } else { format!("{}-{}", offer.product, number + 1) };
        skus.push(Sku {
            sku: identity::sku(&offer.product, &offer.seller, number),
            merchant_code: Text::new(code)?,
            options: choices.get(number).cloned().into_iter().collect(),
            price: Price::new(variant.first_price_cents)?,
            sale: None,
        });
    }
    let axis =
        several.then(|| Ok::<_, kernel::TextError>(OptionAxis { name: Text::new(AXIS)?, values: choices }));
    Ok(Details {
        name: Text::new(format!("{} {}", offer.category.as_str().replace('_', " "), offer.product))?,
        description: None,
        category: offer.category.clone(),
        axes: axis.transpose()?.into_iter().collect(),
        skus,
        tax: Tax::Taxable,
        images: Vec::new(),
    })
}
