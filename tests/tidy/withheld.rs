//! What is sealed or hashed in an event is shown to nobody.

use std::collections::BTreeSet;

use jangteo::withheld::WITHHELD;

use crate::source::{all_clear, rust};

/// The types of what is sealed or hashed.
const TYPES: [&str; 4] = ["EmailHash", "PasswordHash", "SecretHash", "Sealed"];

/// The members of this type in any event of any domain.
fn members() -> BTreeSet<(String, String)> {
    let events = rust()
        .into_iter()
        .filter(|file| file.path.starts_with("domains/") && file.path.contains("/event") && !file.is_test());
    let mut found = BTreeSet::new();
    for file in events {
        for (_, line) in file.code() {
            let Some((name, kind)) = line.trim().strip_prefix("pub ").and_then(|it| it.split_once(": "))
            else {
                continue;
            };
            let words: Vec<&str> = kind.split(|c: char| !c.is_alphanumeric()).collect();
            if TYPES.iter().any(|secret| words.contains(secret)) {
                found.insert((name.to_owned(), file.path.clone()));
            }
        }
    }
    found
}

#[test]
fn whatever_an_event_seals_or_hashes_is_withheld() {
    let members = members();
    assert!(members.len() > 10, "the walk finds only {members:?}");
    let shown = members.iter().filter(|(name, _)| !WITHHELD.contains(&name.as_str()));
    let shown: Vec<String> = shown.map(|(name, path)| format!("{name} of {path}")).collect();
    all_clear("add it to WITHHELD in src/withheld.rs, or give it a name that is not shown", &shown);
}
