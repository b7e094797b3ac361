//! What this package counts, each name once. Labels are of bounded number: routes, kinds, outcomes, never ids.

use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};

/// Requests, by `method`, `route` (as declared, `unmatched` where none is) and `status`.
pub const REQUESTS: &str = "jangteo_http_requests_total";
/// How long requests take, by `method` and `route`.
pub const REQUEST_SECONDS: &str = "jangteo_http_request_duration_seconds";
/// Requests being served.
pub const REQUESTS_OPEN: &str = "jangteo_http_requests_open";
/// Requests of callers who asked too often.
pub const RATE_LIMITED: &str = "jangteo_http_rate_limited_total";
/// Calls to the payment gateway and the bank, by `call` and `outcome`.
pub const GATEWAY_CALLS: &str = "jangteo_gateway_calls_total";
/// How long such calls take, by `call`.
pub const GATEWAY_SECONDS: &str = "jangteo_gateway_call_duration_seconds";
/// Whether a server answers, by `server`: `log` or `database`.
pub const UP: &str = "jangteo_up";
/// The position of the log's last commit.
pub const HEAD: &str = "jangteo_log_head_position";
/// How many positions a live read model is behind, by `projection`.
pub const LAG_POSITIONS: &str = "jangteo_projection_lag_positions";
/// How long the oldest commit waits that a live read model has not seen, by `projection`.
pub const LAG_SECONDS: &str = "jangteo_projection_lag_seconds";
/// Whether a read model stands still at a commit that it can't take, by `projection`.
pub const STOPPED: &str = "jangteo_projection_stopped";
/// Commands of sagas that wait for an operator, by `saga`.
pub const PARKED: &str = "jangteo_saga_parked";
/// Commands of sagas that are tried again by themselves, by `saga`.
pub const POSTPONED: &str = "jangteo_saga_postponed";
/// Timers that are due and not yet fired, by `saga`.
pub const TIMERS_DUE: &str = "jangteo_saga_timers_due";

/// Says what each name means.
pub(super) fn describe() {
    describe_counter!(REQUESTS, "Requests by method, declared route and status");
    describe_histogram!(REQUEST_SECONDS, Unit::Seconds, "How long requests take");
    describe_gauge!(REQUESTS_OPEN, "Requests being served");
    describe_counter!(RATE_LIMITED, "Requests of callers who asked too often");
    describe_counter!(GATEWAY_CALLS, "Calls to the payment gateway and the bank");
    describe_histogram!(GATEWAY_SECONDS, Unit::Seconds, "How long calls to the gateway and the bank take");
    describe_gauge!(UP, "Whether the server answered just now: the log, the database");
    describe_gauge!(HEAD, "The position of the log's last commit");
    describe_gauge!(LAG_POSITIONS, "How many positions a live read model is behind the log");
    describe_gauge!(
        LAG_SECONDS,
        Unit::Seconds,
        "How long the oldest commit waits that a live read model has not seen"
    );
    describe_gauge!(STOPPED, "Whether a read model stands still at a commit that it cannot take");
    describe_gauge!(PARKED, "Commands of sagas that wait for an operator");
    describe_gauge!(POSTPONED, "Commands of sagas that are tried again by themselves");
    describe_gauge!(TIMERS_DUE, "Timers that are due and not yet fired");
}
