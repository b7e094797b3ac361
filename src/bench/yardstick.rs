//! What the servers take at all, asked right before something else is measured: raw guarded publishes into a log of their
//! own. Machines are shared and change their pace, so a figure means most beside this one.

use std::sync::Arc;

use anyhow::Result;
use eventstore::Meta;

use super::Installation;
use super::append::{event, turn};
use super::installation::context;
use super::raw::RawLog;
use crate::config::Config;

/// A log of its own beside the one that is measured.
pub(super) struct Yardstick {
    installation: Installation,
    raw: Arc<RawLog>,
}

impl Yardstick {
    pub(super) async fn open(config: &Config) -> Result<Self> {
        let installation = Installation::fresh(config).await?;
        let meta = Meta::from(&context(&installation.app));
        let raw = Arc::new(RawLog::open(installation.config(), meta, event()?).await?);
        Ok(Self { installation, raw })
    }

    /// How many publishes are acknowledged per second to so many writers, each of whom waits for one after the other.
    pub(super) async fn publishes_per_s(&self, writers: usize) -> Result<f64> {
        let (raw, writers) = (&self.raw, u32::try_from(writers)?);
        Ok(turn(writers, || raw.clone().publish_one_after_another()).await?.per_second())
    }

    pub(super) async fn remove(self) -> Result<()> {
        self.installation.remove().await
    }
}
