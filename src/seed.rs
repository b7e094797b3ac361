//! To come: seed.
/// To come.
pub async fn run(_config: &crate::config::Config) -> anyhow::Result<()> {
    anyhow::bail!("not yet")
}
