//! What the process tells of itself while it runs: structured lines on standard error, traces to a collector, and the
//! figures that Prometheus fetches. Never here: personal data, secrets, or a decision.

mod asked;
pub mod figures;
pub mod names;
mod spans;
pub mod trace;

use std::io::IsTerminal;

use tracing::Subscriber;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, registry};

use self::asked::Asked;

/// What is said where `RUST_LOG` says nothing else.
const SAID: &str = "warn,jangteo=info";

/// What has to be ended in order, so that nothing said is lost.
#[derive(Debug)]
pub struct Telemetry {
    spans: Option<spans::Export>,
}

impl Telemetry {
    /// Sends off what waits to be sent.
    pub fn stop(self) {
        if let Some(spans) = self.spans {
            spans.stop();
        }
    }
}

/// Starts writing lines and sending traces. `RUST_LOG` chooses which lines; without it, warnings and Jangteo's own
/// information. `JANGTEO_LOG=json` for machines. Traces go where `OTEL_EXPORTER_OTLP_ENDPOINT` says, else nowhere.
pub fn start() -> Telemetry {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(SAID));
    let (spans, failed) = match spans::Export::from_environment() {
        Ok(spans) => (spans, None),
        Err(error) => (None, Some(error)),
    };
    // A second start in one process (tests) keeps the first.
    let _ = match &spans {
        None => registry().with(filter).with(lines()).try_init(),
        Some(spans) => registry().with(spans.layer()).with(lines().with_filter(Asked(filter))).try_init(),
    };
    if let Some(error) = failed {
        tracing::error!(%error, "no traces are sent: OTEL_EXPORTER_OTLP_ENDPOINT cannot be used");
    }
    Telemetry { spans }
}

fn lines<S>() -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    // Colours are for people: in a file they stand between whoever looks for a word and the word.
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    if is_for_machines() { lines.json().boxed() } else { lines.boxed() }
}

/// Whether lines are for machines.
pub fn is_for_machines() -> bool {
    std::env::var("JANGTEO_LOG").is_ok_and(|format| format == "json")
}
