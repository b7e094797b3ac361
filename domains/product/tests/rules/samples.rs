//! Fixed ids, instants and values that the tests speak about.

use kernel::id::{MerchantId, OperatorId, ProductId, SkuId};
use kernel::{Currency, MallId, Price, Quantity, Text, Timestamp};
use product::CategoryCode;
use product::product::event::{Approved, Drafted, Rejected, Submitted, Suspended};
use product::product::{Details, Event, OptionAxis, Party, Sale, Sku, Tax};
use uuid::Uuid;

pub(crate) fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub(crate) fn product() -> ProductId {
    ProductId(id(1))
}

pub(crate) fn merchant() -> MerchantId {
    MerchantId(id(2))
}

pub(crate) fn operator() -> OperatorId {
    OperatorId(id(3))
}

pub(crate) fn mall() -> MallId {
    MallId::new("main").unwrap()
}

pub(crate) fn sku(number: u128) -> SkuId {
    SkuId(id(100 + number))
}

/// So many seconds after the start of 2026.
pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_timestamp(1_767_225_600 + second, 0).unwrap()
}

pub(crate) fn text<const MAX: usize>(words: &str) -> Text<MAX> {
    Text::new(words).unwrap()
}

pub(crate) fn price(minor: i64) -> Price {
    Price::new(minor).unwrap()
}

pub(crate) fn pieces(number: u32) -> Quantity {
    Quantity::new(number).unwrap()
}

pub(crate) fn code(code: &str) -> CategoryCode {
    CategoryCode::new(code).unwrap()
}

pub(crate) fn sale(minor: i64, from: i64, until: i64) -> Sale {
    Sale { price: price(minor), from: at(from), until: at(until) }
}

pub(crate) fn variant(number: u128, options: &[&str]) -> Sku {
    Sku {
        sku: sku(number),
        merchant_code: text(&format!("TEE-{number}")),
        options: options.iter().map(|value| text(value)).collect(),
        price: price(10_000),
        sale: None,
    }
}

pub(crate) fn axis(name: &str, values: &[&str]) -> OptionAxis {
    OptionAxis { name: text(name), values: values.iter().map(|value| text(value)).collect() }
}

/// A shirt in two colours; the blue one has a sale in the seconds 100 to 200.
pub(crate) fn details() -> Details {
    let blue = Sku { sale: Some(sale(8_000, 100, 200)), ..variant(2, &["blue"]) };
    Details {
        name: text("티셔츠 T-shirt"),
        description: Some(text("A shirt of cotton.")),
        category: code("tops"),
        axes: vec![axis("colour", &["red", "blue"])],
        skus: vec![variant(1, &["red"]), blue],
        tax: Tax::Taxable,
        images: vec![text("https://images.test/tee.webp")],
    }
}

pub(crate) fn drafted() -> Event {
    Event::Drafted(Drafted {
        product: product(),
        mall: mall(),
        currency: Currency::Krw,
        merchant: merchant(),
        details: details(),
        at: at(0),
    })
}

pub(crate) fn submitted() -> Event {
    Event::Submitted(Submitted { product: product(), merchant: merchant(), at: at(1) })
}

pub(crate) fn approved() -> Event {
    Event::Approved(Approved { product: product(), merchant: merchant(), operator: operator(), at: at(2) })
}

pub(crate) fn rejected() -> Event {
    Event::Rejected(Rejected {
        product: product(),
        merchant: merchant(),
        operator: operator(),
        reason: text("blurred image"),
        at: at(2),
    })
}

pub(crate) fn suspended(by: Party) -> Event {
    Event::Suspended(Suspended {
        product: product(),
        merchant: merchant(),
        reason: text("new batch"),
        by,
        at: at(3),
    })
}
