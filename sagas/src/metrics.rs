//! What sagas count, each name once, and the span of an input being handled. Nothing is counted until the process has a
//! recorder.

use eventstore::trace::TraceId;
use metrics::{counter, describe_counter};
use tracing::{Span, field};

use crate::delivery::Why;

/// Steps gone through to their end, by `saga`.
pub const STEPS: &str = "jangteo_saga_steps_total";
/// Commands that were put off, to be tried again later, by `saga`.
pub const POSTPONEMENTS: &str = "jangteo_saga_postponements_total";
/// Commands that were parked until an operator has them tried again, by `saga`.
pub const PARKINGS: &str = "jangteo_saga_parkings_total";

/// Says what each name means.
pub fn describe() {
    describe_counter!(STEPS, "Steps of sagas gone through to their end");
    describe_counter!(POSTPONEMENTS, "Commands of sagas that were put off, to be tried again later");
    describe_counter!(PARKINGS, "Commands of sagas that were parked until an operator has them tried again");
}

pub(crate) fn stepped(saga: &'static str) {
    counter!(STEPS, "saga" => saga).increment(1);
}

pub(crate) fn postponed(saga: &'static str) {
    counter!(POSTPONEMENTS, "saga" => saga).increment(1);
}

pub(crate) fn parked(saga: &'static str) {
    counter!(PARKINGS, "saga" => saga).increment(1);
}

/// The span of an input, in the trace of the request that it follows from. At the level of errors, so that whatever lines
/// are chosen carry the trace id.
pub(crate) fn span(saga: &'static str, why: Why) -> Span {
    let parent = why.command.map(eventstore::trace::SpanId::from).map(field::display);
    tracing::error_span!(parent: None, "saga", saga, trace_id = %TraceId(why.correlation), parent_id = parent)
}
