//! What `jangteo verify` says of the log, held against the clients' journal and the read models too: a second judge.

use std::process::Command;

use crate::checker::{Finding, Law};
use crate::house::House;
use crate::journal::Pages;

/// What the log may be held against, where this release's `verify` offers it.
const JOURNAL: &str = "--journal";
const READ_MODELS: &str = "--read-models";

/// Runs it; what it says where anything is wrong.
pub fn verify(house: &House, journal: &Pages) -> Option<Finding> {
    let file = house.folder().join("journal.jsonl");
    journal.write_to(&file);
    let offered = command(house).arg("--help").output().unwrap();
    let offered = String::from_utf8_lossy(&offered.stdout).into_owned();
    let mut verify = command(house);
    if offered.contains(JOURNAL) {
        verify.arg(JOURNAL).arg(&file);
    }
    if offered.contains(READ_MODELS) {
        verify.arg(READ_MODELS);
    }
    let said = verify.output().unwrap();
    let words = [said.stdout, said.stderr].map(|words| String::from_utf8_lossy(&words).into_owned());
    (!said.status.success()).then(|| Finding { law: Law::Unsound, what: words.concat() })
}

fn command(house: &House) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jangteo"));
    command.arg("verify").envs(house.settings()).env("RUST_LOG", "error");
    command
}
