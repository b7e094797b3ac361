//! What the framework asks of the application: who may come in, and the clock.

use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use axum::extract::FromRef;
use eventstore::ReadError;
use kernel::Timestamp;
use kernel::id::{ApiKeyId, MerchantId, OperatorId, SessionId};
use member::operator::Role;
use member::{Merchant, Operator, SecretHash, Session};

use super::caller::{Authority, Gate};
use super::{Rate, Setup, TIME_LIMIT, ready, routes, serve_routes};
use crate::app::App;
use crate::config::HttpConfig;
use crate::lifecycle::Lifecycle;
use crate::workers::PROJECTIONS;

/// How many seconds' requests a caller may make at once, after a rest.
const BURST_SECONDS: NonZeroU32 = NonZeroU32::MIN.saturating_add(1);

/// The whole service, in a process that nobody asks to stop.
pub fn router(app: App, config: &HttpConfig) -> Router {
    stoppable_router(app, config, Lifecycle::serving())
}

/// The whole service, which lets its callers go once a stop is asked for.
pub fn stoppable_router(app: App, config: &HttpConfig, life: Lifecycle) -> Router {
    let rate = NonZeroU32::new(config.rate_limit).map(|per_second| Rate {
        per_second,
        burst: per_second.saturating_mul(BURST_SECONDS),
        proxies: config.proxies,
    });
    let ready = ready(app.clone(), &PROJECTIONS, life.clone());
    let setup = Setup { rate, time_limit: TIME_LIMIT, ready, life };
    serve_routes(routes::table(), app, setup)
}

impl FromRef<App> for Gate {
    fn from_ref(app: &App) -> Self {
        Self { authority: Arc::new(app.clone()), tokens: app.tokens.clone(), clock: app.clock.clone() }
    }
}

#[async_trait]
impl Authority for App {
    async fn merchant_key(
        &self,
        merchant: MerchantId,
        key: ApiKeyId,
    ) -> Result<Option<SecretHash>, ReadError> {
        Ok(self.log.read::<Merchant>(&merchant).await?.state.api_key(key).cloned())
    }

    async fn session_open(&self, session: SessionId, at: Timestamp) -> Result<bool, ReadError> {
        let state = self.log.read::<Session>(&session).await?.state;
        Ok(state.is_open(at) && self.is_honoured(session, &state).await?)
    }

    async fn operator_roles(&self, operator: OperatorId) -> Result<BTreeSet<Role>, ReadError> {
        let state = self.log.read::<Operator>(&operator).await?.state;
        Ok(if state.is_enabled() { state.roles().collect() } else { BTreeSet::new() })
    }
}
