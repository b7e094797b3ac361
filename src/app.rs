//! The application: what every entrance (HTTP, command line, sagas) works with. Wired in one place only.

use std::sync::Arc;

use eventstore::Log;
use sagas::Clock;
use sqlx::PgPool;

use crate::carts::Carts;
use crate::clock::VirtualClock;
use crate::credential::{Passwords, Secrets, Tokens};
use crate::gateways::bank::Bank;
use crate::gateways::payment::PaymentGateway;
use crate::malls::Malls;
use crate::vault::Vault;

/// Everything that a use of the application needs.
#[derive(Clone)]
pub struct App {
    /// The log with its folded aggregates.
    pub log: Log,
    /// The database of the read models, keys and sandboxes.
    pub pool: PgPool,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The same clock where it can be moved: in a sandbox.
    pub virtual_clock: Option<Arc<VirtualClock>>,
    /// Seals personal data.
    pub vault: Arc<Vault>,
    /// Keys of tokens and of e-mail hashes.
    pub secrets: Secrets,
    /// Signs and reads access tokens.
    pub tokens: Tokens,
    /// Hashes and verifies passwords, a bounded number at a time.
    pub passwords: Passwords,
    /// The malls.
    pub malls: Arc<Malls>,
    /// Carts.
    pub carts: Carts,
    /// Takes and refunds money.
    pub gateway: Arc<dyn PaymentGateway>,
    /// Pays merchants.
    pub bank: Arc<dyn Bank>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("log", &self.log).finish_non_exhaustive()
    }
}
