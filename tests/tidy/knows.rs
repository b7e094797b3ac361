//! Who may know whom: `kernel ← domains ← {eventstore, projections, sagas} ← jangteo`, and what a domain may lean on.

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

use crate::source::{all_clear, root};

const DOMAINS: [&str; 8] =
    ["claim", "display", "member", "order", "payment", "product", "settlement", "shipping"];
/// What a domain may use of the world: values and their writing. No runtime, database, server or clock.
const FOR_DOMAINS: [&str; 8] =
    ["chrono", "hex", "rust_decimal", "serde", "serde_json", "sha2", "thiserror", "uuid"];
/// What its tests may use besides.
const FOR_DOMAIN_TESTS: [&str; 1] = ["proptest"];

/// The house's crates that a crate may name.
fn may_know(name: &str) -> Vec<&'static str> {
    let below: &[&str] = match name {
        "kernel" => &[],
        "eventstore" => &["kernel"],
        "projections" => &["kernel", "eventstore"],
        "sagas" => &["kernel", "eventstore", "projections"],
        "jangteo" => &["kernel", "eventstore", "projections", "sagas"],
        _ => return vec!["kernel"],
    };
    let knows_domains = matches!(name, "projections" | "sagas" | "jangteo");
    let domains: &[&str] = if knows_domains { &DOMAINS } else { &[] };
    [below, domains].concat()
}

fn metadata() -> Metadata {
    let manifest = root().join("Cargo.toml");
    MetadataCommand::new().manifest_path(manifest).no_deps().exec().unwrap()
}

fn is_domain(package: &Package) -> bool {
    package.manifest_path.as_str().contains("/domains/")
}

#[test]
fn crates_know_only_those_beneath_them() {
    let metadata = metadata();
    let house: Vec<&str> = metadata.packages.iter().map(|package| package.name.as_str()).collect();
    let mut wrong = Vec::new();
    for package in &metadata.packages {
        let allowed = may_know(package.name.as_str());
        let named = package.dependencies.iter().map(|dependency| dependency.name.as_str());
        let above = named.filter(|name| house.contains(name) && !allowed.contains(name));
        wrong.extend(above.map(|name| format!("{} names {name}", package.name)));
    }
    all_clear(
        "take the dependency out; what several domains share is an event, told to sagas or projections",
        &wrong,
    );
}

#[test]
fn domains_lean_on_nothing_but_values() {
    let mut wrong = Vec::new();
    for package in metadata().packages.iter().filter(|package| is_domain(package)) {
        for dependency in &package.dependencies {
            let name = dependency.name.as_str();
            let in_tests = dependency.kind == DependencyKind::Development;
            let allowed = name == "kernel"
                || FOR_DOMAINS.contains(&name)
                || (in_tests && FOR_DOMAIN_TESTS.contains(&name));
            if !allowed {
                wrong.push(format!("{} uses {name}", package.name));
            }
        }
    }
    all_clear(
        "a domain is pure and synchronous: do this at the edge and let the command carry the outcome",
        &wrong,
    );
}

#[test]
fn every_domain_is_in_the_table() {
    let metadata = metadata();
    let domains =
        metadata.packages.iter().filter(|package| is_domain(package) && package.name.as_str() != "kernel");
    let mut found: Vec<&str> = domains.map(|package| package.name.as_str()).collect();
    found.sort_unstable();
    assert_eq!(found, DOMAINS, "bring DOMAINS in tests/tidy/knows.rs up to date");
}
