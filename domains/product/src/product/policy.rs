//! The limits of a product and the rules over its details, whatever its phase.
//!
//! Never here: a rule that depends on what happened before (see [`decide`](super::decide)).

use std::collections::BTreeSet;

use kernel::id::SkuId;
use kernel::{Price, Quantity, Text};

use super::rejection::Rejection;
use super::value::{Details, OptionAxis, PurchaseLimits, Sale, Sku};

/// The most option axes of a product.
pub const MAX_AXES: usize = 3;
/// The most values of one axis.
pub const MAX_AXIS_VALUES: usize = 50;
/// The most SKUs of a product.
pub const MAX_SKUS: usize = 200;
/// The most images of a product.
pub const MAX_IMAGES: usize = 20;

/// The most pieces that a purchase limit can name: as many as a line of an order can have.
pub const MAX_LIMIT_PIECES: u32 = 999;
/// The most days that a member's purchases are counted for, where not for ever.
pub const MAX_LIMIT_DAYS: u16 = 3_650;

/// Checks limits of purchases: a limit beyond what anybody can order would be none.
pub fn check_limits(limits: PurchaseLimits) -> Result<(), Rejection> {
    let of_member = limits.max_per_member.map(|most| most.pieces);
    let pieces = limits.max_per_order.into_iter().chain(of_member).map(Quantity::get);
    let days = limits.max_per_member.and_then(|most| most.days);
    if pieces.max().is_some_and(|pieces| pieces > MAX_LIMIT_PIECES) {
        Err(Rejection::LimitOutOfRange)
    } else if days.is_some_and(|days| !(1..=MAX_LIMIT_DAYS).contains(&days)) {
        Err(Rejection::LimitDaysOutOfRange)
    } else {
        Ok(())
    }
}

/// Checks everything about a product that can be said without its history.
pub fn check_details(details: &Details) -> Result<(), Rejection> {
    check_axes(&details.axes)?;
    check_skus(&details.skus, &details.axes)?;
    check_images(&details.images)
}

/// Checks the number of images.
pub fn check_images(images: &[Text<500>]) -> Result<(), Rejection> {
    at_most(MAX_IMAGES, "images", images.len())
}

/// Checks a sale against its list price: a real period, a lower price.
pub fn check_sale(sku: SkuId, price: Price, sale: Option<&Sale>) -> Result<(), Rejection> {
    match sale {
        Some(sale) if sale.until <= sale.from => Err(Rejection::EmptySalePeriod(sku)),
        Some(sale) if sale.price >= price => Err(Rejection::SaleNotCheaper(sku)),
        Some(_) | None => Ok(()),
    }
}

fn check_axes(axes: &[OptionAxis]) -> Result<(), Rejection> {
    at_most(MAX_AXES, "options", axes.len())?;
    unique("option", axes.iter().map(|axis| axis.name.as_str()))?;
    axes.iter().try_for_each(check_axis)
}

fn check_axis(axis: &OptionAxis) -> Result<(), Rejection> {
    if axis.values.is_empty() {
        return Err(Rejection::AxisWithoutValues(axis.name.to_string()));
    }
    at_most(MAX_AXIS_VALUES, "values of one option", axis.values.len())?;
    unique("option value", axis.values.iter().map(Text::as_str))
}

fn check_skus(skus: &[Sku], axes: &[OptionAxis]) -> Result<(), Rejection> {
    if skus.is_empty() {
        return Err(Rejection::NoSkus);
    }
    at_most(MAX_SKUS, "SKUs", skus.len())?;
    unique("SKU", skus.iter().map(|sku| sku.sku))?;
    unique("merchant code", skus.iter().map(|sku| sku.merchant_code.as_str()))?;
    skus.iter().try_for_each(|sku| check_sku(sku, axes))?;
    unique_combinations(skus)
}

fn check_sku(sku: &Sku, axes: &[OptionAxis]) -> Result<(), Rejection> {
    if sku.options.len() != axes.len() {
        return Err(Rejection::OptionsMismatch { sku: sku.sku, axes: axes.len(), found: sku.options.len() });
    }
    check_sale(sku.sku, sku.price, sku.sale.as_ref())?;
    sku.options.iter().zip(axes).try_for_each(|(value, axis)| check_option(sku.sku, value, axis))
}

fn check_option(sku: SkuId, value: &Text<80>, axis: &OptionAxis) -> Result<(), Rejection> {
    if axis.values.contains(value) {
        return Ok(());
    }
    Err(Rejection::UnknownOption { sku, axis: axis.name.to_string(), value: value.to_string() })
}

fn unique_combinations(skus: &[Sku]) -> Result<(), Rejection> {
    let mut seen = BTreeSet::new();
    match skus.iter().find(|sku| !seen.insert(&sku.options)) {
        None => Ok(()),
        Some(sku) => {
            let values: Vec<&str> = sku.options.iter().map(Text::as_str).collect();
            Err(Rejection::Duplicate { what: "combination of options", value: values.join(" / ") })
        }
    }
}

fn unique<T: Ord + Clone + ToString>(
    what: &'static str,
    values: impl IntoIterator<Item = T>,
) -> Result<(), Rejection> {
    let mut seen = BTreeSet::new();
    match values.into_iter().find(|value| !seen.insert(value.clone())) {
        None => Ok(()),
        Some(value) => Err(Rejection::Duplicate { what, value: value.to_string() }),
    }
}

fn at_most(max: usize, what: &'static str, found: usize) -> Result<(), Rejection> {
    if found > max { Err(Rejection::TooMany { what, max, found }) } else { Ok(()) }
}
