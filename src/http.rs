//! HTTP: what every endpoint stands on, and how the endpoints' routers become one service.
//!
//! A handler parses, runs one command or one query, and replies; every failure is a [`Problem`]. Never here: a decision
//! of the business.
//!
//! ```text
//! trace ▶ figures ▶ panics ▶ time limit ▶ rate limit ▶ route ▶ caller ▶ query, path, body ▶ handler
//! ```
//!
//! What an endpoint takes: [`Shopper`], [`MaybeShopper`], [`MerchantCaller`] or [`OperatorCaller`] (or one with a role:
//! [`SupportStaff`], [`CatalogStaff`], [`FinanceStaff`], [`RefundStaff`], [`AdminStaff`]); [`Path`], [`Query`]
//! or [`Paged`]; [`IfMatch`] or [`IfNoneMatch`]; [`NotBefore`]; and last [`Write`]. What it gives: [`Json`] or [`Page`]
//! in [`Json`], with [`Position`] and [`Version`] before the body.

pub mod admin;
pub mod caller;
pub mod campaign;
pub mod cash_receipt;
pub mod claim_phase;
pub mod docs;
pub mod finance;
pub mod health;
mod instant;
pub mod intent;
pub mod json;
pub mod limit;
pub mod log_in;
mod measure;
pub mod ops;
pub mod page;
pub mod password_change;
pub mod past;
pub mod path;
pub mod position;
pub mod problem;
pub mod purchase_limits;
pub mod query;
mod ready;
pub mod routes;
pub mod seller;
mod state;
mod status;
pub mod storefront;
pub mod trace;
mod unanswered;
pub mod version;
pub mod webhooks;
pub mod written;

use std::time::Duration;

use axum::Router;
use axum::extract::FromRef;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa_axum::router::OpenApiRouter;

pub use caller::{AdminStaff, CatalogStaff, FinanceStaff, RefundStaff, SupportStaff};
pub use caller::{Authority, Gate, MaybeShopper, MerchantCaller, OperatorCaller, Shopper};
pub use health::Ready;
pub use intent::{Named, Write};
pub use json::Json;
pub use limit::{Attempt, Rate, Try};
pub use ops::ops_router;
pub use page::{Page, Paged};
pub use path::Path;
pub use position::{NotBefore, Position};
pub use problem::{FieldError, Problem};
pub use query::Query;
pub use ready::ready;
pub use state::{router, stoppable_router};
pub use version::{IfMatch, IfNoneMatch, Version};
pub use written::Written;

use crate::lifecycle::Lifecycle;

/// How long a request may take.
pub const TIME_LIMIT: Duration = Duration::from_secs(30);

/// How the routes are served.
#[derive(Clone)]
pub struct Setup {
    /// How much one caller may ask; `None` for as much as they like, failed tries to log in included.
    pub rate: Option<Rate>,
    /// How long a request may take; [`TIME_LIMIT`] in production.
    pub time_limit: Duration,
    /// Says whether the process can serve.
    pub ready: Ready,
    /// Where the process is in its life.
    pub life: Lifecycle,
}

impl std::fmt::Debug for Setup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Setup")
            .field("rate", &self.rate)
            .field("time_limit", &self.time_limit)
            .finish_non_exhaustive()
    }
}

/// The whole service out of the route table ([`routes::table`]) and the application's state. Serve it by
/// `into_make_service_with_connect_info::<SocketAddr>()`: callers without a token are told apart by their address.
pub fn serve_routes<S>(table: OpenApiRouter<S>, state: S, setup: Setup) -> Router
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
{
    let gate = Gate::from_ref(&state);
    let (endpoints, mut api) = table.split_for_parts();
    let (health, health_api) = health::routes(setup.ready).split_for_parts();
    api.merge(health_api);
    let limited = endpoints.with_state(state).merge(docs::routes(api)).fallback(unanswered::unknown_route);
    with_rate(limited, setup.rate, gate)
        .merge(health)
        .method_not_allowed_fallback(unanswered::wrong_method)
        .layer(from_fn_with_state(setup.time_limit, unanswered::timed))
        .layer(CatchPanicLayer::custom(unanswered::panicked))
        .layer(from_fn_with_state(setup.life, measure::layer))
        .layer(from_fn(trace::layer))
}

fn with_rate(router: Router, rate: Option<Rate>, gate: Gate) -> Router {
    match rate {
        Some(rate) => router.layer(from_fn_with_state(limit::Limiter::new(rate, gate), limit::layer)),
        None => router,
    }
}
