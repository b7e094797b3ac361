//! To come: import.
use std::path::Path;
/// To come.
pub async fn run(_config: &crate::config::Config, _directory: &Path) -> anyhow::Result<()> {
    anyhow::bail!("not yet")
}
/// To come.
pub async fn real_input(
    _config: &crate::config::Config,
    _directory: &Path,
    _out: &Path,
) -> anyhow::Result<()> {
    anyhow::bail!("not yet")
}
