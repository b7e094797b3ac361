//! Exports: same items, same bytes; nothing that a spreadsheet would run; a hash that anybody can reckon again.

use kernel::Amount;
use settlement::command::CarryIn;
use settlement::export::{self, Export, Row};
use settlement::item::SettlementItem;
use settlement::{Command, Event, chain};

use crate::given::{AFTER, accrue, accrue_lines, close, given, heading, hour, item, line, statement};

fn csv(items: &[SettlementItem]) -> Export {
    export::csv(&of(items))
}

fn json_lines(items: &[SettlementItem]) -> Export {
    export::json_lines(&of(items))
}

fn of(items: &[SettlementItem]) -> Vec<Row> {
    items.iter().cloned().map(Row::from).collect()
}

fn rows(text: &str) -> Vec<&str> {
    text.split_terminator("\r\n").collect()
}

#[test]
fn a_row_has_a_cell_per_column() {
    let export = csv(&[item("o/1/0")]);
    let rows = rows(&export.text);
    assert_eq!(rows[0].split(',').count(), rows[1].split(',').count());
    assert_eq!(
        rows[1],
        "o/1/0,sale,,00000000-0000-0000-0000-000000000de2,1,3,taxable,30000,1000,2000,500,3000,0.12,3480,316,28520,\
         2026-11-01T01:00:00Z,41"
    );
}

#[test]
fn cells_are_quoted_by_rfc_4180() {
    let export = csv(&[item("a,\"b\"")]);
    assert!(rows(&export.text)[1].starts_with("\"a,\"\"b\"\"\",sale,"), "{}", export.text);
}

#[test]
fn a_text_cell_never_starts_a_formula() {
    for start in ["=", "+", "-", "@"] {
        let name = format!("{start}1+1");
        let export = csv(&[item(&name)]);
        assert!(rows(&export.text)[1].starts_with(&format!("'{name},sale,")), "{}", export.text);
    }
}

#[test]
fn a_negative_number_stays_a_number() {
    let back = settlement::reversal::reverse(crate::given::returned("b", item("a")), 43);
    assert!(csv(&[back]).text.contains(",-10000,"));
}

#[test]
fn canonical_text_is_json_with_every_figure() {
    let value: serde_json::Value = serde_json::from_str(&item("a\"\\b").canonical()).unwrap();
    assert_eq!(value["item"], "a\"\\b");
    assert_eq!((&value["net_minor"], &value["commission_rate"]), (&28_520.into(), &"0.12".into()));
    assert_eq!(value.as_object().unwrap().len(), 18);
    assert!(item("a").canonical().contains("\"basis_at\":\"2026-11-01T01:00:00Z\",\"cites\":41}"));
}

#[test]
fn control_totals_say_what_is_in_it() {
    let items = [item("a"), item("b")];
    for export in [csv(&items), json_lines(&items)] {
        assert_eq!((export.control.rows, export.control.net_minor), (2, 57_040));
        assert_eq!(export.control.sha256.len(), 64);
        assert!(export.control.trailer().starts_with("{\"rows\":2,\"net_minor\":57040,\"sha256\":\""));
    }
    assert_eq!(csv(&items), csv(&items));
    assert_ne!(csv(&items).control.sha256, csv(&[item("b"), item("a")]).control.sha256);
}

#[test]
fn an_empty_export_is_a_header_or_nothing() {
    assert_eq!(rows(&csv(&[]).text).len(), 1);
    let none = json_lines(&[]);
    // The SHA-256 of no bytes, as published in FIPS 180.
    assert_eq!(none.control.sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

fn hash_of(items: &[SettlementItem]) -> String {
    chain::with_items(&chain::genesis(statement(1), &heading()), items)
}

#[test]
fn the_hash_depends_on_order_and_content() {
    let (first, second) = (item("a"), item("b"));
    let base = hash_of(&[first.clone(), second.clone()]);
    assert_ne!(base, hash_of(&[second.clone(), first.clone()]));
    let mut other = second;
    other.quantity = 4;
    assert_ne!(base, hash_of(&[first, other]));
}

#[test]
fn the_hash_can_be_reckoned_again_from_the_items_alone() {
    let chained = hash_of(&[item("a"), item("b"), item("c")]);
    let sealed = chain::seal(&chained, item("a").net.times(3), hour(AFTER));
    let commands = [accrue("a"), accrue_lines(vec![line("b"), line("c")]), close()];
    let last = given(commands).events().pop();
    let Some(Event::Closed(closed)) = last else { panic!("{last:?}") };
    assert_eq!(closed.sha256, sealed);
}

#[test]
fn a_balance_taken_over_is_a_row_and_a_link() {
    let amount = Amount::from_minor(-500);
    let all = [item("a").into(), Row::Carry { from: statement(2), amount }, item("b").into()];
    let (csv, json) = (export::csv(&all), export::json_lines(&all));
    for control in [&csv.control, &json.control] {
        assert_eq!((control.rows, control.net_minor), (3, 57_040 - 500));
    }
    let rows = rows(&csv.text);
    let net = rows[0].split(',').position(|column| column == "net_minor").unwrap();
    assert_eq!(rows[2].split(',').nth(net), Some("-500"));
    assert_eq!(rows[2].split(',').count(), rows[0].split(',').count());
    let line: serde_json::Value = serde_json::from_str(json.text.lines().nth(1).unwrap()).unwrap();
    assert_eq!((&line["kind"], &line["net_minor"]), (&"carried_in".into(), &(-500).into()));

    let carry =
        CarryIn { statement: statement(1), heading: heading(), from: statement(2), amount, at: hour(1) };
    let commands = [accrue("a"), Command::CarryIn(carry), accrue("b"), close()];
    let last = given(commands).events().pop();
    let Some(Event::Closed(closed)) = last else { panic!("{last:?}") };
    let chained = chain::with_rows(&chain::genesis(statement(1), &heading()), &all);
    let due = Amount::from_minor(csv.control.net_minor);
    assert_eq!(closed.sha256, chain::seal(&chained, due, hour(AFTER)));
}
