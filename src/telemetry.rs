//! What the process says while it runs: structured lines on standard error.

use tracing_subscriber::EnvFilter;

/// Starts writing. `RUST_LOG` chooses what; without it, warnings and Jangteo's own information. `JANGTEO_LOG=json` for
/// machines.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,jangteo=info"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let json = std::env::var("JANGTEO_LOG").is_ok_and(|format| format == "json");
    // A second start in one process (tests) keeps the first.
    let _ = if json { lines.json().try_init() } else { lines.try_init() };
}
