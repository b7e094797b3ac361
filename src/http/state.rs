//! What the framework asks of the application: who may come in, and the clock.

use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use axum::extract::FromRef;
use eventstore::ReadError;
use futures::FutureExt;
use kernel::Timestamp;
use kernel::id::{ApiKeyId, MerchantId, OperatorId, SessionId};
use member::operator::Role;
use member::{Merchant, Operator, SecretHash, Session};
use projections::checkpoint;

use super::caller::{Authority, Gate};
use super::{Rate, Ready, Setup, TIME_LIMIT, routes, serve_routes};
use crate::app::App;
use crate::config::HttpConfig;
use crate::workers::PROJECTIONS;

/// How far a read model may be behind the log for the process to count as ready.
const READY_WITHIN: u64 = 10_000;

/// How many seconds' requests a caller may make at once, after a rest.
const BURST_SECONDS: NonZeroU32 = NonZeroU32::MIN.saturating_add(1);

/// The whole service.
pub fn router(app: App, config: &HttpConfig) -> Router {
    let rate = NonZeroU32::new(config.rate_limit).map(|per_second| Rate {
        per_second,
        burst: per_second.saturating_mul(BURST_SECONDS),
        proxies: config.proxies,
    });
    let setup = Setup { rate, time_limit: TIME_LIMIT, ready: ready(app.clone()) };
    serve_routes(routes::table(), app, setup)
}

fn ready(app: App) -> Ready {
    Arc::new(move || {
        let app = app.clone();
        async move { is_ready(&app).await }.boxed()
    })
}

async fn is_ready(app: &App) -> Result<(), String> {
    let head = app.log.head().await.map_err(|error| error.to_string())?;
    for name in PROJECTIONS {
        let seen = checkpoint::live_position(&app.pool, name).await.map_err(|error| error.to_string())?;
        let behind = head.0.saturating_sub(seen.unwrap_or_default().0);
        if behind > READY_WITHIN {
            return Err(format!("the read model {name} is {behind} positions behind"));
        }
    }
    Ok(())
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
