//! Files: what they open with, how long they are, how they are called.

use crate::source::{all_clear, rust};

/// A file is one idea; above this it is several.
const MAX_LINES: usize = 400;
/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 7] = ["util", "utils", "helper", "helpers", "common", "misc", "mod"];

#[test]
fn every_file_says_what_lives_in_it() {
    let silent: Vec<_> = rust().into_iter().filter(|file| !file.text.starts_with("//! ")).collect();
    let silent: Vec<_> = silent.into_iter().map(|file| file.path).collect();
    all_clear("open the file with `//!`: what lives here, why, and what must never be here", &silent);
}

#[test]
fn no_file_is_longer_than_an_idea() {
    let mut lengths: Vec<_> = rust().into_iter().map(|file| (file.text.lines().count(), file.path)).collect();
    lengths.sort();
    let median = lengths.get(lengths.len() / 2).map_or(0, |(lines, _)| *lines);
    println!("{} files, the median has {median} lines", lengths.len());
    let long: Vec<_> = lengths
        .into_iter()
        .filter(|(lines, _)| *lines > MAX_LINES)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    all_clear("divide the file by its ideas into `name.rs` and `name/`; no file is over 400 lines", &long);
}

#[test]
fn every_file_is_called_after_its_idea() {
    let is_empty = |part: &str| EMPTY_NAMES.contains(&part.trim_end_matches(".rs"));
    let empty: Vec<_> =
        rust().into_iter().map(|file| file.path).filter(|path| path.split('/').any(is_empty)).collect();
    all_clear("name the file after what is in it, and write `name.rs` instead of `name/mod.rs`", &empty);
}
