//! The trace that this task works for: taken from the caller (W3C Trace Context) or made anew, passed on to whoever is
//! called. The same as the log's correlation id, so that everything that follows from a request carries it.

use std::future::Future;

use eventstore::trace::{Parent, SpanId, TraceId};
use kernel::id::CorrelationId;
use opentelemetry::trace::TraceContextExt;
use tracing_opentelemetry::OpenTelemetrySpanExt;
use uuid::Uuid;

use crate::ids;

/// The header that names a trace, on its way in and out.
pub const HEADER: &str = "traceparent";

tokio::task_local! {
    static CURRENT: Parent;
}

/// The trace that a caller names, or a fresh one.
pub fn of_caller(named: Option<&str>) -> Parent {
    named.and_then(parse).unwrap_or_else(fresh)
}

/// What this task works for; a fresh trace outside of any.
pub fn current() -> Parent {
    CURRENT.try_with(|parent| *parent).unwrap_or_else(|_| fresh())
}

/// What a callee is told: this task's trace, and the span that calls where spans are kept.
pub fn outgoing() -> Parent {
    let above = tracing::Span::current().context();
    let span = u64::from_be_bytes(above.span().span_context().span_id().to_bytes());
    Parent { span: SpanId::new(span), ..current() }
}

/// Does work for a trace.
pub async fn within<F: Future>(trace: Parent, work: F) -> F::Output {
    CURRENT.scope(trace, work).await
}

fn fresh() -> Parent {
    CorrelationId(ids::fresh()).into()
}

/// The trace and the caller's span out of `traceparent: <version>-<trace id>-<parent id>-<flags>`, all in lower-case hex.
fn parse(value: &str) -> Option<Parent> {
    let hex = |text: &str, length| {
        text.len() == length && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    };
    let mut parts = value.splitn(4, '-');
    let (version, trace) = (parts.next()?, parts.next()?);
    let (span, flags) = (parts.next()?, parts.next()?);
    let shaped = hex(version, 2) && hex(trace, 32) && hex(span, 16) && hex(flags.get(..2)?, 2);
    let known = version != "ff" && (version != "00" || flags.len() == 2);
    let id = Uuid::try_parse(trace).ok()?;
    let trace = (shaped && known && !id.is_nil()).then_some(TraceId(CorrelationId(id)))?;
    Some(Parent { trace, span: SpanId::new(u64::from_str_radix(span, 16).ok()?) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_well_formed_parent_names_the_trace() {
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        let good = format!("00-{trace}-00f067aa0ba902b7-01");
        assert_eq!(parse(&good).map(|parent| parent.to_string()).as_deref(), Some(good.as_str()));
        assert!(parse(&format!("cc-{trace}-00f067aa0ba902b7-01-what-the-future-brings")).is_some());
        for broken in [
            String::new(),
            good.to_uppercase(),
            good.replace("00-4", "ff-4"),
            format!("{good}-more"),
            format!("00-{}-00f067aa0ba902b7-01", "0".repeat(32)),
            format!("00-{trace}-00f067aa0ba902b7"),
        ] {
            assert_eq!(parse(&broken), None, "{broken}");
        }
    }

    #[tokio::test]
    async fn work_is_done_for_its_trace_and_for_no_other() {
        let outer = of_caller(Some("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        let inner = within(outer, async { current() }).await;
        assert_eq!(inner, outer);
        assert_ne!(current().trace, outer.trace);
    }
}
