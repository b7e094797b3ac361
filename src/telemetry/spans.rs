//! Traces for a collector (OTLP over HTTP), where the environment names one. Every trace is sent whole: which of them are
//! kept is the collector's business.
//!
//! A span that names its trace (`trace_id`, and `parent_id` where something is above it) begins there, whichever
//! process the trace came from; one that names itself (`span_id`) goes by that. So what the log's readers do hangs under
//! the command that wrote what they read.

use std::cell::Cell;

use opentelemetry::trace::{
    SpanBuilder, SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState, Tracer,
    TracerProvider,
};
use opentelemetry::{Context, KeyValue, Value};
use opentelemetry_otlp::{ExporterBuildError, SpanExporter};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{IdGenerator, RandomIdGenerator, Sampler, SdkTracer, SdkTracerProvider};
use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::registry::LookupSpan;

use super::asked::Asked;

/// Where a collector is, for everything or for traces alone.
const ENDPOINTS: [&str; 2] = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];
/// What the process is called, unless `OTEL_SERVICE_NAME` says otherwise.
const SERVICE: &str = "jangteo";
/// Whose spans are sent.
const OURS: [&str; 4] = ["jangteo", "eventstore", "projections", "sagas"];

/// Sends spans in the background.
#[derive(Debug)]
pub(super) struct Export {
    provider: SdkTracerProvider,
}

impl Export {
    /// An export to the collector that the environment names; `None` where it names none.
    pub(super) fn from_environment() -> Result<Option<Self>, ExporterBuildError> {
        let is_set = |name: &str| std::env::var(name).is_ok_and(|value| !value.is_empty());
        if !ENDPOINTS.into_iter().any(is_set) {
            return Ok(None);
        }
        let mut resource = Resource::builder();
        if !is_set("OTEL_SERVICE_NAME") {
            resource = resource.with_service_name(SERVICE);
        }
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(SpanExporter::builder().with_http().build()?)
            .with_id_generator(Ids::default())
            .with_sampler(Sampler::AlwaysOn)
            .with_resource(resource.build());
        Ok(Some(Self { provider: provider.build() }))
    }

    pub(super) fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'span> LookupSpan<'span>,
    {
        let ours = Targets::new().with_targets(OURS.map(|target| (target, LevelFilter::DEBUG)));
        let tracer = Named(self.provider.tracer(SERVICE));
        tracing_opentelemetry::layer().with_tracer(tracer).with_filter(Asked(ours))
    }

    /// Sends off what waits; what the collector doesn't take by then is lost, and said.
    pub(super) fn stop(self) {
        if let Err(error) = self.provider.shutdown() {
            tracing::warn!(%error, "the last traces could not be sent");
        }
    }
}

thread_local! {
    /// The trace and the span that the span being built names.
    static NAMED: Cell<(Option<TraceId>, Option<SpanId>)> = const { Cell::new((None, None)) };
}

/// Builds spans in the trace, under the parent and by the id that they name.
#[derive(Debug)]
struct Named(SdkTracer);

impl Tracer for Named {
    type Span = <SdkTracer as Tracer>::Span;

    fn build_with_context(&self, builder: SpanBuilder, above: &Context) -> Self::Span {
        let attributes = builder.attributes.as_deref().unwrap_or_default();
        let trace = text(attributes, "trace_id").and_then(|hex| TraceId::from_hex(hex).ok());
        let parent = text(attributes, "parent_id").and_then(|hex| SpanId::from_hex(hex).ok());
        let span = text(attributes, "span_id").and_then(|hex| SpanId::from_hex(hex).ok());
        let afar = trace.zip(parent).filter(|_| !above.span().span_context().is_valid());
        NAMED.set((trace, span));
        let built = match afar {
            Some((trace, parent)) => {
                let parent = SpanContext::new(trace, parent, TraceFlags::SAMPLED, true, TraceState::NONE);
                self.0.build_with_context(builder, &above.with_remote_span_context(parent))
            }
            None => self.0.build_with_context(builder, above),
        };
        NAMED.take();
        built
    }
}

fn text<'a>(attributes: &'a [KeyValue], name: &str) -> Option<&'a str> {
    let found = attributes.iter().find(|attribute| attribute.key.as_str() == name)?;
    if let Value::String(text) = &found.value { Some(text.as_str()) } else { None }
}

/// Ids as the span being built names them, else made up.
#[derive(Debug, Default)]
struct Ids(RandomIdGenerator);

impl IdGenerator for Ids {
    fn new_trace_id(&self) -> TraceId {
        NAMED.get().0.unwrap_or_else(|| self.0.new_trace_id())
    }

    fn new_span_id(&self) -> SpanId {
        NAMED.get().1.unwrap_or_else(|| self.0.new_span_id())
    }
}
