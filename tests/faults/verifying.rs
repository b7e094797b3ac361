//! What `jangteo verify` says of the log, held against the clients' journal and the read models too: a second judge.

use std::process::Command;

use crate::checker::{Finding, Law};
use crate::house::House;
use crate::journal::Pages;

/// Runs it; what it says where anything is wrong.
pub fn verify(house: &House, journal: &Pages) -> Option<Finding> {
    let file = house.folder().join("journal.jsonl");
    journal.write_to(&file);
    let mut verify = Command::new(env!("CARGO_BIN_EXE_jangteo"));
    verify.arg("verify").envs(house.settings()).env("RUST_LOG", "error");
    verify.arg("--journal").arg(&file).arg("--read-models");
    let said = verify.output().unwrap();
    let words = [said.stdout, said.stderr].map(|words| String::from_utf8_lossy(&words).into_owned());
    (!said.status.success()).then(|| Finding { law: Law::Unsound, what: words.concat() })
}
