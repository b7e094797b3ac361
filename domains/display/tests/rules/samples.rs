//! Fixed ids, instants and values that the tests speak about.

use std::collections::BTreeSet;

use display::ExhibitionId;
use display::exhibition::Section;
use display::tree::SourceCode;
use kernel::id::{DisplayCategoryId, ProductId};
use kernel::{MallId, Text, Timestamp};
use uuid::Uuid;

pub(crate) fn mall() -> MallId {
    MallId::new("main").unwrap()
}

pub(crate) fn category(number: u128) -> DisplayCategoryId {
    DisplayCategoryId(Uuid::from_u128(number))
}

pub(crate) fn exhibition() -> ExhibitionId {
    ExhibitionId(Uuid::from_u128(900))
}

/// So many seconds after the start of 2026.
pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_timestamp(1_767_225_600 + second, 0).unwrap()
}

pub(crate) fn text<const MAX: usize>(words: &str) -> Text<MAX> {
    Text::new(words).unwrap()
}

pub(crate) fn sources(codes: &[&str]) -> BTreeSet<SourceCode> {
    codes.iter().map(|code| text(code)).collect()
}

/// A section of products with the numbers `0..products`.
pub(crate) fn section(products: u128) -> Section {
    let products = (0..products).map(|number| ProductId(Uuid::from_u128(number))).collect();
    Section { title: text("First"), products }
}
