//! The house's own files, as text.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders that hold the house's Rust; the build's output is never among them.
const FOLDERS: [&str; 6] = ["domains", "eventstore", "projections", "sagas", "src", "tests"];

/// A file of the house.
pub(crate) struct Source {
    /// Its path from the root, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
    in_tests: bool,
}

impl Source {
    /// Whether only tests are in it.
    pub(crate) const fn is_test(&self) -> bool {
        self.in_tests
    }

    /// Its lines with their numbers, without comments and without what is compiled for tests only.
    pub(crate) fn code(&self) -> Vec<(usize, &str)> {
        let lines: Vec<(usize, &str)> = (1..).zip(self.text.lines()).collect();
        // A module of tests stands at the end of its file; one in a file of its own is a declaration.
        let is_module = |pair: &[(usize, &str)]| {
            matches!(pair, [(_, attribute), (_, module)]
                if attribute.trim() == "#[cfg(test)]" && module.trim().ends_with('{'))
        };
        let end = lines.windows(2).position(is_module).unwrap_or(lines.len());
        lines.into_iter().take(end).filter(|(_, line)| !line.trim_start().starts_with("//")).collect()
    }
}

/// The workspace's folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Reads one file of the house.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every Rust file of the house.
pub(crate) fn rust() -> Vec<Source> {
    let mut paths = vec![root().join("build.rs")];
    for folder in FOLDERS {
        paths.extend(files_under(&root().join(folder), "rs"));
    }
    let mut files: Vec<Source> = paths.iter().map(|path| source(path)).collect();
    let for_tests: Vec<String> = files.iter().flat_map(modules_for_tests).collect();
    for file in &mut files {
        file.in_tests |= for_tests.iter().any(|module| file.path.starts_with(module));
    }
    files
}

/// The paths, without `.rs`, of the modules that a file declares for tests only.
fn modules_for_tests(file: &Source) -> Vec<String> {
    let lines: Vec<&str> = file.text.lines().map(str::trim).collect();
    let declared = lines.windows(2).filter(|pair| pair.first() == Some(&"#[cfg(test)]"));
    let names =
        declared.filter_map(|pair| pair.last()?.strip_suffix(';')?.rsplit_once("mod ").map(|(_, name)| name));
    names.map(|name| format!("{}/{name}", file.path.trim_end_matches(".rs"))).collect()
}

/// Every file with this ending under a folder of the house, as a path from the root.
pub(crate) fn paths(folder: &str, ending: &str) -> Vec<String> {
    files_under(&root().join(folder), ending).iter().map(|path| from_root(path)).collect()
}

fn source(path: &Path) -> Source {
    let text = fs::read_to_string(path).unwrap();
    let path = from_root(path);
    let in_tests = path.split('/').any(|part| part == "tests");
    Source { path, text, in_tests }
}

fn from_root(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned()
}

fn files_under(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    let mut found = Vec::new();
    for path in entries {
        if path.is_dir() {
            found.extend(files_under(&path, ending));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    found
}

/// Fails with what to do and every place to do it.
pub(crate) fn all_clear(what_to_do: &str, places: &[String]) {
    let mut list = String::new();
    for place in places {
        write!(list, "\n  {place}").unwrap();
    }
    assert!(places.is_empty(), "{what_to_do}:{list}");
}
