//! Has the migrations embedded anew when one is added: `sqlx::migrate!` looks at the folder only when this crate is built.
//! And names the domains' sources by a hash: a snapshot is read only by a release whose states and folds are the same.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=domains");
    let mut sources = Vec::new();
    collect(Path::new("domains"), &mut sources)?;
    sources.sort();
    let mut hasher = DefaultHasher::new();
    for path in sources {
        path.hash(&mut hasher);
        fs::read(&path)?.hash(&mut hasher);
    }
    println!("cargo:rustc-env=DOMAINS_HASH={:016x}", hasher.finish());
    Ok(())
}

/// Every source of the domains, without their tests.
fn collect(folder: &Path, sources: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && !path.ends_with("tests") {
            collect(&path, sources)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push(path);
        }
    }
    Ok(())
}
