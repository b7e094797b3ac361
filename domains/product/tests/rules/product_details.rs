//! What a product's details must obey, and how its prices read.

use kernel::Decider;
use product::Product;
use product::product::command::{Describe, Draft, SetPrice};
use product::product::{Command, Details, OptionAxis, Rejection, Sku};

use crate::given::given;
use crate::product_phases::draft;
use crate::samples::{
    approved, at, axis, code, details, drafted, mall, merchant, price, sale, sku, submitted, text, variant,
};

#[track_caller]
fn refused(details: Details, rejection: Rejection) {
    let Command::Draft(draft) = draft() else { unreachable!() };
    given::<Product>(&[]).when(Command::Draft(Draft { details, ..draft })).then(Err(rejection));
}

fn duplicate(what: &'static str, value: &str) -> Rejection {
    Rejection::Duplicate { what, value: value.to_owned() }
}

fn with_axes(axes: Vec<OptionAxis>) -> Details {
    Details { axes, ..details() }
}

fn with_skus(skus: Vec<Sku>) -> Details {
    Details { skus, ..details() }
}

#[test]
fn a_product_at_every_limit_is_taken() {
    let values: Vec<String> = (0..50).map(|number| number.to_string()).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let axes = vec![axis("size", &values), axis("colour", &values), axis("cut", &["slim"])];
    let choices =
        values.iter().take(4).flat_map(|colour| values.iter().map(move |size| [*size, *colour, "slim"]));
    let skus = (0..).zip(choices).map(|(number, options)| variant(number, &options)).collect();
    let images = vec![text("https://images.test/one"); 20];
    let Command::Draft(draft) = draft() else { unreachable!() };
    let full = Details { axes, skus, images, ..details() };
    let state = Product::fold(&[]);
    assert!(Product::decide(&state, Command::Draft(Draft { details: full, ..draft })).is_ok());
}

#[test]
fn a_product_has_at_most_three_options() {
    let axes = (0..4).map(|number| axis(&format!("axis {number}"), &["one"])).collect();
    refused(with_axes(axes), Rejection::TooMany { what: "options", max: 3, found: 4 });
}

#[test]
fn an_option_has_one_to_fifty_values_each_once() {
    refused(with_axes(vec![axis("colour", &[])]), Rejection::AxisWithoutValues("colour".to_owned()));
    let values: Vec<String> = (0..51).map(|number| number.to_string()).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let many = Rejection::TooMany { what: "values of one option", max: 50, found: 51 };
    refused(with_axes(vec![axis("size", &values)]), many);
    refused(with_axes(vec![axis("size", &["s", "s"])]), duplicate("option value", "s"));
}

#[test]
fn an_option_is_named_once() {
    let axes = vec![axis("size", &["s"]), axis("size", &["m"])];
    refused(with_axes(axes), duplicate("option", "size"));
}

#[test]
fn a_product_has_one_to_two_hundred_skus() {
    refused(with_skus(vec![]), Rejection::NoSkus);
    let skus = (0..201).map(|number| variant(number, &["red"])).collect();
    refused(with_skus(skus), Rejection::TooMany { what: "SKUs", max: 200, found: 201 });
}

#[test]
fn skus_and_merchant_codes_are_unique() {
    let twice = Sku { merchant_code: text("other"), ..variant(1, &["blue"]) };
    refused(with_skus(vec![variant(1, &["red"]), twice]), duplicate("SKU", &sku(1).to_string()));
    let same_code = Sku { merchant_code: text("TEE-1"), ..variant(2, &["blue"]) };
    refused(with_skus(vec![variant(1, &["red"]), same_code]), duplicate("merchant code", "TEE-1"));
}

#[test]
fn a_sku_chooses_one_existing_value_for_each_option() {
    let missing = Rejection::OptionsMismatch { sku: sku(1), axes: 1, found: 0 };
    refused(with_skus(vec![variant(1, &[])]), missing);
    let unknown =
        Rejection::UnknownOption { sku: sku(1), axis: "colour".to_owned(), value: "green".to_owned() };
    refused(with_skus(vec![variant(1, &["green"])]), unknown);
}

#[test]
fn no_two_skus_choose_the_same() {
    let skus = vec![variant(1, &["red"]), variant(2, &["red"])];
    refused(with_skus(skus), duplicate("combination of options", "red"));
    let plain = Details { axes: vec![], skus: vec![variant(1, &[]), variant(2, &[])], ..details() };
    refused(plain, duplicate("combination of options", ""));
}

#[test]
fn a_product_has_at_most_twenty_images() {
    let images = vec![text("https://images.test/one"); 21];
    let rejection = Rejection::TooMany { what: "images", max: 20, found: 21 };
    refused(Details { images: images.clone(), ..details() }, rejection.clone());
    let describe = Describe { name: text("New"), description: None, images, at: at(9) };
    given::<Product>(&[drafted(), submitted(), approved()])
        .when(Command::Describe(describe))
        .then(Err(rejection));
}

#[test]
fn a_sale_is_cheaper_and_ends_after_it_begins() {
    let on_sale = |sale| with_skus(vec![Sku { sale, ..variant(1, &["red"]) }]);
    refused(on_sale(Some(sale(8_000, 10, 10))), Rejection::EmptySalePeriod(sku(1)));
    refused(on_sale(Some(sale(10_000, 10, 20))), Rejection::SaleNotCheaper(sku(1)));
    let set = SetPrice { sku: sku(2), price: price(500), sale: Some(sale(500, 0, 1)), at: at(9) };
    given::<Product>(&[drafted()]).when(Command::SetPrice(set)).then(Err(Rejection::SaleNotCheaper(sku(2))));
}

#[test]
fn a_sku_of_another_product_has_no_price_here() {
    let set = SetPrice { sku: sku(9), price: price(500), sale: None, at: at(9) };
    given::<Product>(&[drafted()]).when(Command::SetPrice(set)).then(Err(Rejection::UnknownSku(sku(9))));
    assert_eq!(Product::fold(&[drafted()]).price_at(sku(9), at(0)), None);
}

#[test]
fn a_sale_price_holds_within_its_period_only() {
    let state = Product::fold(&[drafted()]);
    let asked = [99, 100, 199, 200].map(|second| state.price_at(sku(2), at(second)).unwrap());
    assert_eq!(asked, [10_000, 8_000, 8_000, 10_000].map(price));
}

#[test]
fn a_state_tells_whose_product_it_is() {
    let state = Product::fold(&[drafted()]);
    assert_eq!((state.merchant(), state.mall()), (Some(merchant()), Some(&mall())));
    assert_eq!((state.category(), state.currency()), (Some(&code("tops")), Some(kernel::Currency::Krw)));
    assert_eq!(state.tax(), Some(product::product::Tax::Taxable));
    assert!(!state.is_on_sale());
}
