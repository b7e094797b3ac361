//! Trace ids, and the one log line of a failed request.

use std::io::Write;
use std::sync::{Arc, LazyLock, Mutex};

use axum::Router;
use axum::routing::get;
use jangteo::http::Problem;
use tracing_subscriber::fmt::MakeWriter;
use utoipa_axum::router::OpenApiRouter;

use crate::house::{self, service};

/// What this process logs, whichever test it comes from.
static LINES: LazyLock<Lines> = LazyLock::new(|| {
    let lines = Lines::default();
    tracing_subscriber::fmt().json().with_writer(lines.clone()).init();
    lines
});

/// Keeps what is logged from now on; done before the first request of any test.
pub fn keep() {
    LazyLock::force(&LINES);
}

pub fn lines_with(part: &str) -> Vec<String> {
    let written = String::from_utf8(LINES.0.lock().unwrap().clone()).unwrap();
    written.lines().filter(|line| line.contains(part)).map(str::to_owned).collect()
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

fn broken() -> Router {
    let table = OpenApiRouter::new().route("/broken", get(|| async { Problem::internal("disk on fire") }));
    service(table.route("/fine", get(|| async { "fine" })))
}

#[tokio::test]
async fn a_request_without_a_parent_gets_a_trace_of_its_own() {
    let service = broken();
    let one = house::get(&service, "/fine", &[]).await;
    let two = house::get(&service, "/fine", &["traceparent: nonsense"]).await;
    assert_eq!(one.header("jangteo-trace").len(), 32);
    assert_ne!(one.header("jangteo-trace"), two.header("jangteo-trace"));
}

#[tokio::test]
async fn a_failure_is_logged_once_with_its_cause_which_is_never_sent() {
    let service = broken();
    let reply = house::get(&service, "/broken", &[]).await;
    let fine = house::get(&service, "/fine", &[]).await;
    assert_eq!(lines_with(fine.header("jangteo-trace")), [""; 0]);
    reply.is_problem(500, "internal");
    assert!(!reply.json.to_string().contains("fire"), "{reply:?}");
    let written = lines_with(reply.header("jangteo-trace"));
    let [written] = written.as_slice() else { panic!("not one line but {written:?}") };
    for part in ["disk on fire", "ERROR", "\"code\":\"internal\"", "/broken"] {
        assert!(written.contains(part), "{part} in {written}");
    }
}
