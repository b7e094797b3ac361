//! A market to buy in: one merchant, many products with more stock than a bench can sell, many shoppers.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use chrono::TimeDelta;
use eventstore::Batch;
use futures::{StreamExt, TryStreamExt, stream};
use kernel::id::{MemberId, MerchantId, OperatorId, ProductId, SessionId, SkuId};
use kernel::{MallId, Price, Quantity, Rate, Text};
use member::merchant::{BusinessNumber, Contract, ForeignCountry, SettlementCycle};
use member::session::command::Open;
use member::{Holder, Session, session};
use product::product::value::{Details, Sku, Tax};
use product::{Category, CategoryCode, category};

use super::installation::context;
use crate::app::App;
use crate::credential::{Address, Refresh};
use crate::ids;
use crate::service::merchants::Application;
use crate::service::personal::{BankAccount, Profile};
use crate::service::sessions::Login;

/// More pieces of each product than a bench can sell.
const PLENTY: u32 = 1_000_000;
/// What a piece costs, in won; delivery is free.
pub(super) const PRICE_MINOR: i64 = 12_300;
/// Things made at once.
const AT_ONCE: usize = 16;

/// What a market is opened with: so many products of one variant each, so many pieces of each.
#[derive(Debug, Clone, Copy)]
pub(super) struct Assortment {
    products: u32,
    pieces: u32,
}

impl Assortment {
    /// So many products, of each of which there is plenty.
    pub(super) const fn of(products: u32) -> Self {
        Self { products, pieces: PLENTY }
    }

    /// One product that there is little of.
    pub(super) const fn scarce(pieces: u32) -> Self {
        Self { products: 1, pieces }
    }
}

/// What there is.
pub(super) struct Market {
    pub(super) mall: MallId,
    /// The pieces of each good at first.
    pub(super) pieces: u32,
    pub(super) goods: Vec<Good>,
    pub(super) shoppers: Vec<Shopper>,
}

/// Something to buy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Good {
    pub(super) product: ProductId,
    pub(super) sku: SkuId,
}

/// Who buys, with an access token.
#[derive(Debug, Clone)]
pub(super) struct Shopper {
    pub(super) member: MemberId,
    pub(super) token: String,
}

impl Market {
    /// Opens a market for so many shoppers.
    pub(super) async fn open(
        app: &App,
        Assortment { products, pieces }: Assortment,
        shoppers: usize,
    ) -> Result<Self> {
        eprintln!("a market of {products} products and {shoppers} shoppers is set up");
        let mall = MallId::new("main")?;
        let (merchant, operator) = (MerchantId(ids::fresh()), OperatorId(ids::fresh()));
        merchant_opens(app, merchant, operator).await?;
        let category = category(app).await?;
        let own = Own { merchant, operator, mall: &mall, pieces };
        let stocking = |number| stock(app, own, details(&category, number));
        let goods = stream::iter(0..products).map(stocking).buffer_unordered(AT_ONCE).try_collect().await?;
        let shoppers = arrive(app, 0..shoppers).await?;
        Ok(Self { mall, pieces, goods, shoppers })
    }

    /// Two different goods, others for every turn.
    pub(super) fn two_goods(&self, turn: usize) -> Option<[Good; 2]> {
        let all = self.goods.len();
        let first = turn.wrapping_mul(7_919) % all;
        let second = (first + 1 + turn % (all - 1)) % all;
        Some([*self.goods.get(first)?, *self.goods.get(second)?])
    }
}

/// Who sells, who approves, where, and how many of each.
#[derive(Clone, Copy)]
struct Own<'a> {
    merchant: MerchantId,
    operator: OperatorId,
    mall: &'a MallId,
    pieces: u32,
}

/// Shoppers with these numbers, logged in.
pub(super) async fn arrive(app: &App, numbers: std::ops::Range<usize>) -> Result<Vec<Shopper>> {
    let arriving = stream::iter(numbers).map(|number| shopper(app, number));
    arriving.buffer_unordered(AT_ONCE).try_collect().await
}

async fn merchant_opens(app: &App, merchant: MerchantId, operator: OperatorId) -> Result<()> {
    let (profile, login) = person("merchant")?;
    let application = Application {
        merchant,
        name: Text::new("The shop")?,
        business_number: BusinessNumber::Foreign {
            country: ForeignCountry::new("BR")?,
            number: Text::new("1")?,
        },
        contact: profile,
        bank_account: BankAccount {
            bank: "Bank".to_owned(),
            account: "123-456".to_owned(),
            holder: "The shop".to_owned(),
        },
        login,
    };
    app.apply(&context(app), application).await?;
    let context = context(app);
    let contract = Contract {
        default_rate: Rate::new("0.1".parse()?)?,
        category_rates: BTreeMap::new(),
        cycle: SettlementCycle::Monthly,
        effective_from: context.at,
    };
    app.approve_merchant(&context, merchant, operator, contract).await?;
    Ok(())
}

async fn category(app: &App) -> Result<CategoryCode> {
    let (code, at) = (CategoryCode::new("books")?, app.clock.now());
    let define =
        category::command::Define { code: code.clone(), name: Text::new("Books")?, parent: None, at };
    app.log.execute::<Category>(&context(app), &code, category::Command::Define(define)).await?;
    Ok(code)
}

async fn stock(app: &App, own: Own<'_>, details: Result<Details>) -> Result<Good> {
    let details = details?;
    let product = ProductId(ids::fresh());
    let sku = details.skus.first().context("a product has a variant")?.sku;
    app.draft_product(&context(app), product, own.merchant, own.mall, details).await?;
    app.submit_product(&context(app), product).await?;
    app.approve_product(&context(app), product, own.operator).await?;
    app.receive_stock(&context(app), sku, Quantity::new(own.pieces)?).await?;
    Ok(Good { product, sku })
}

fn details(category: &CategoryCode, number: u32) -> Result<Details> {
    Ok(Details {
        name: Text::new(format!("Book {number}"))?,
        description: None,
        category: category.clone(),
        axes: Vec::new(),
        skus: vec![Sku {
            sku: SkuId(ids::fresh()),
            merchant_code: Text::new(format!("book-{number}"))?,
            options: Vec::new(),
            price: Price::new(PRICE_MINOR)?,
            sale: None,
        }],
        tax: Tax::Taxable,
        images: Vec::new(),
    })
}

fn person(name: &str) -> Result<(Profile, Login)> {
    let email = format!("{name}@example.com");
    let address = Address::new(&email)?;
    let profile = Profile { email, name: name.to_owned(), phone: None };
    Ok((profile, Login { address, password: None }))
}

/// A member who is logged in. The session is opened without a password, whose hash is slow on purpose.
async fn shopper(app: &App, number: usize) -> Result<Shopper> {
    let (member, session) = (MemberId(ids::fresh()), SessionId(ids::fresh()));
    let (profile, login) = person(&format!("shopper-{number}"))?;
    app.register(&context(app), member, profile, login).await?;
    let context = context(app);
    let at = context.at;
    let refresh_hash = Refresh::derived(&app.secrets.token, session, context.command_id).hash()?;
    let (principal, expires_at) = (Holder::Member(member), at + TimeDelta::days(1));
    let open = Open { session, principal, refresh_hash, password_changes: 0, expires_at, at };
    let batch = Batch::new().create::<Session>(&session, session::Command::Open(open));
    app.log.commit(&context, batch).await?;
    Ok(Shopper { member, token: app.tokens.issue(principal, session, at)?.token })
}
