//! What ties a commit to the request that it follows from, in the words of W3C Trace Context.
//!
//! The trace id is the correlation id, and the span that carried a command out is named after the command. Both stand
//! in every commit, so whoever reads it, in whatever process and however much later, knows its trace and its parent
//! without being told. The header of its message says the same to those who don't read payloads.

use async_nats::HeaderName;
use kernel::id::{CommandId, CorrelationId};

use crate::{Context, Meta};

/// The header of a message that names its trace, as `00-<trace id>-<parent id>-01`.
pub const HEADER: HeaderName = HeaderName::from_static("traceparent");

/// A trace: everything that follows from one request. Written as 32 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TraceId(pub CorrelationId);

impl std::fmt::Display for TraceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.0.simple().fmt(f)
    }
}

/// A span within a trace: written as 16 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpanId(u64);

impl SpanId {
    /// One by its 64 bits; zero names none.
    pub const fn new(bits: u64) -> Option<Self> {
        if bits == 0 { None } else { Some(Self(bits)) }
    }
}

/// The span that carries a command out. An id's last 64 bits are never all zero: its variant is among them.
impl From<CommandId> for SpanId {
    fn from(id: CommandId) -> Self {
        Self(id.0.as_u64_pair().1)
    }
}

impl std::fmt::Display for SpanId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Where a span hangs: in this trace, under this span where there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parent {
    /// The trace.
    pub trace: TraceId,
    /// The span above.
    pub span: Option<SpanId>,
}

impl From<&Meta> for Parent {
    fn from(meta: &Meta) -> Self {
        Self { trace: TraceId(meta.correlation_id), span: Some(meta.command_id.into()) }
    }
}

impl From<&Context> for Parent {
    fn from(context: &Context) -> Self {
        Self { trace: TraceId(context.correlation_id), span: Some(context.command_id.into()) }
    }
}

impl From<CorrelationId> for Parent {
    fn from(correlation: CorrelationId) -> Self {
        Self { trace: TraceId(correlation), span: None }
    }
}

/// As the header has it; a trace without a span above is named by an id made of its own.
impl std::fmt::Display for Parent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let span = self.span.unwrap_or_else(|| SpanId(self.trace.0.0.as_u64_pair().1.max(1)));
        write!(f, "00-{}-{span}-01", self.trace)
    }
}

/// The span in which a command is carried out: read, decided, appended, as often as it takes.
pub(crate) fn span(context: &Context) -> tracing::Span {
    let (trace, span) = (TraceId(context.correlation_id), SpanId::from(context.command_id));
    tracing::debug_span!("command", trace_id = %trace, span_id = %span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_names_its_request_and_its_command() {
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        let meta = Meta {
            command_id: "018f2d3a-0000-7000-8000-0000000000ab".parse().unwrap(),
            correlation_id: trace.parse().unwrap(),
            causation: None,
            actor: kernel::Actor::system("test"),
            recorded_at: chrono::DateTime::UNIX_EPOCH,
            request: None,
        };
        assert_eq!(Parent::from(&meta).to_string(), format!("00-{trace}-80000000000000ab-01"));
        let alone = Parent::from(meta.correlation_id);
        assert_eq!(alone.to_string(), format!("00-{trace}-a3ce929d0e0e4736-01"));
    }
}
