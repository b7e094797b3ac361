//! To come: bench.
/// To come.
pub async fn run(_options: &crate::cli::BenchOptions) -> anyhow::Result<()> {
    anyhow::bail!("not yet")
}
