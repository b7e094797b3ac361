//! The limits of an exhibition and the rules over its contents, whatever its phase.

use std::collections::BTreeSet;

use kernel::Timestamp;

use super::rejection::Rejection;
use super::value::Section;

/// The most sections of an exhibition.
pub const MAX_SECTIONS: usize = 20;
/// The most products of one section.
pub const MAX_SECTION_PRODUCTS: usize = 200;

/// Checks a period: it ends after it begins.
pub fn check_period(from: Timestamp, until: Timestamp) -> Result<(), Rejection> {
    if until <= from { Err(Rejection::EmptyPeriod) } else { Ok(()) }
}

/// Checks the sections: few enough, each with few enough products, none twice in one section.
pub fn check_sections(sections: &[Section]) -> Result<(), Rejection> {
    if sections.len() > MAX_SECTIONS {
        return Err(Rejection::TooManySections { max: MAX_SECTIONS, found: sections.len() });
    }
    sections.iter().try_for_each(check_section)
}

/// Checks that shoppers would see something.
pub fn check_shows_products(sections: &[Section]) -> Result<(), Rejection> {
    if sections.iter().all(|section| section.products.is_empty()) {
        return Err(Rejection::NothingToShow);
    }
    Ok(())
}

fn check_section(section: &Section) -> Result<(), Rejection> {
    let found = section.products.len();
    if found > MAX_SECTION_PRODUCTS {
        return Err(Rejection::TooManyProducts { max: MAX_SECTION_PRODUCTS, found });
    }
    let mut seen = BTreeSet::new();
    match section.products.iter().find(|product| !seen.insert(**product)) {
        None => Ok(()),
        Some(product) => Err(Rejection::ProductTwice(*product)),
    }
}
