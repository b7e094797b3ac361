//! What an operator can set is written down where operators look.

use std::collections::BTreeSet;

use crate::source::{all_clear, read, rust};

const PAGE: &str = "docs/operations.md";
const PREFIX: &str = "JANGTEO_";

/// The variables that a text names.
fn variables(text: &str) -> BTreeSet<String> {
    let is_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let words = text.split(|c: char| !is_name(c)).filter_map(|word| word.strip_prefix(PREFIX));
    words.filter(|name| !name.is_empty()).map(|name| format!("{PREFIX}{name}")).collect()
}

fn read_by_the_binary() -> BTreeSet<String> {
    let inside = rust().into_iter().filter(|file| file.path.starts_with("src/"));
    inside.flat_map(|file| variables(&file.text)).collect()
}

#[test]
fn every_variable_is_documented() {
    let documented = variables(&read(PAGE));
    let unknown: Vec<String> = read_by_the_binary().difference(&documented).cloned().collect();
    all_clear("add a line to the table of variables in docs/operations.md", &unknown);
}

#[test]
fn every_documented_variable_is_read() {
    let documented: BTreeSet<String> =
        read(PAGE).lines().filter(|line| line.starts_with("| `")).flat_map(variables).collect();
    assert!(!documented.is_empty(), "{PAGE} has lost its table of variables");
    let stale: Vec<String> = documented.difference(&read_by_the_binary()).cloned().collect();
    all_clear("nothing reads this variable: take it out of docs/operations.md", &stale);
}
