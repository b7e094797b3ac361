//! Words that are never written: promises for later, panics outside tests, pauses in tests, subjects.

use crate::golden::aggregates;
use crate::source::{Source, all_clear, rust};

/// Promises for later and tests that don't run. Written in pieces, so that this file holds none of them.
const LATER: [&str; 5] = [concat!("TO", "DO"), concat!("FIX", "ME"), "todo!", "unimplemented!", "#[ignore"];
/// Where each request passes: an impossibility is an error there, never a panic.
const PANICS: [&str; 2] = [".unwrap()", ".expect("];

/// What excuses one. It reaches over a function of one line, and no further.
const EXCUSE: &str = "#[expect(clippy::expect_used, reason = ";
const REACH: usize = 3;

/// Every place of these words in these lines.
fn places(file: &Source, lines: &[(usize, &str)], words: &[&str]) -> Vec<String> {
    let found = lines.iter().filter(|(_, line)| words.iter().any(|word| line.contains(word)));
    found.map(|(number, line)| format!("{}:{number}: {}", file.path, line.trim())).collect()
}

fn all_lines(file: &Source) -> Vec<(usize, &str)> {
    (1..).zip(file.text.lines()).collect()
}

fn house() -> impl Iterator<Item = Source> {
    rust().into_iter().filter(|file| !file.path.starts_with("tests/tidy/"))
}

#[test]
fn nothing_is_left_for_later() {
    let later: Vec<_> = house().flat_map(|file| places(&file, &all_lines(&file), &LATER)).collect();
    all_clear("do it now, or write it where work is planned; a test that doesn't run is deleted", &later);
}

#[test]
fn nothing_panics_outside_tests() {
    let inside = house().filter(|file| !file.is_test());
    let panics: Vec<_> = inside.flat_map(|file| places(&file, &without_reasoned(&file), &PANICS)).collect();
    all_clear(
        "return an error; where it can't be, say why: `#[expect(clippy::expect_used, reason = ..)]`",
        &panics,
    );
}

/// The code without what stands right under an excuse.
fn without_reasoned(file: &Source) -> Vec<(usize, &str)> {
    let code = file.code();
    let excused = code.iter().filter(|(_, line)| line.contains(EXCUSE)).map(|(number, _)| *number);
    let excused: Vec<usize> = excused.collect();
    let is_excused = |number: usize| excused.iter().any(|at| (*at..=at + REACH).contains(&number));
    code.into_iter().filter(|(number, _)| !is_excused(*number)).collect()
}

#[test]
fn no_test_sleeps() {
    let tests = house().filter(Source::is_test);
    let pauses: Vec<_> = tests.flat_map(|file| places(&file, &all_lines(&file), &["sleep("])).collect();
    all_clear("wait for a position, a note or an answer, with a limit; never for time to pass", &pauses);
}

#[test]
fn only_one_file_spells_subjects() {
    let mut words: Vec<String> = vec![".>\"".to_owned(), "prefix}.".to_owned(), "::AGGREGATE".to_owned()];
    words.extend(aggregates().iter().map(|name| format!("\"{name}.")));
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let others = house().filter(|file| file.path != "eventstore/src/subject.rs" && !file.is_test());
    let spelt: Vec<_> = others.flat_map(|file| places(&file, &file.code(), &words)).collect();
    all_clear(
        "ask `StreamName` or `Prefix` of eventstore/src/subject.rs; nobody else puts a subject together",
        &spelt,
    );
}
