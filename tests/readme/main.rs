//! The README's journey works as written: the binary seeds and serves, and bash runs the very text.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use jangteo::ids;

/// How long the service may take to become ready, and the journey to be over.
const LIMIT: Duration = Duration::from_secs(90);

/// The service, stopped with the test.
struct Service(Child);

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn jangteo(role: &str, address: &str, name: &str) -> Command {
    let server =
        std::env::var("JANGTEO_DATABASE_URL").expect("JANGTEO_DATABASE_URL is not set: run scripts/test");
    let (server, _) = server.rsplit_once('/').unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_jangteo"));
    command
        .arg(role)
        .env("JANGTEO_DATABASE_URL", format!("{server}/{name}"))
        .env("JANGTEO_PREFIX", name)
        .env("JANGTEO_MODE", "sandbox")
        .env("JANGTEO_HTTP_ADDR", address)
        .stdout(Stdio::null());
    command
}

fn journey() -> String {
    let readme = include_str!("../../README.md");
    let (_, after) = readme.split_once("```sh\n").expect("the README has a journey");
    let (journey, _) = after.split_once("```").expect("the journey ends");
    format!("set -euo pipefail\n{journey}")
}

async fn ready(address: &str) {
    let started = Instant::now();
    let client = reqwest::Client::new();
    loop {
        let answer = client.get(format!("http://{address}/health/ready")).send().await;
        if answer.is_ok_and(|answer| answer.status().is_success()) {
            return;
        }
        assert!(started.elapsed() < LIMIT, "the service did not become ready");
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journey_of_the_readme_ends_with_a_closed_order() {
    let name = format!("t{}", &ids::fresh().simple().to_string()[..24]);
    let server = sqlx::PgPool::connect(&std::env::var("JANGTEO_DATABASE_URL").unwrap()).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&server).await.unwrap();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let address = format!("127.0.0.1:{port}");
    for role in ["migrate", "seed"] {
        assert!(jangteo(role, &address, &name).status().unwrap().success(), "jangteo {role}");
    }
    let _service = Service(jangteo("serve", &address, &name).spawn().unwrap());
    ready(&address).await;
    let run = Command::new("timeout")
        .arg(LIMIT.as_secs().to_string())
        .args(["bash", "-c", &journey()])
        .env("API", format!("http://{address}"))
        .output()
        .unwrap();
    let (said, failed) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "{said}\n{failed}");
    assert_eq!(said.lines().last(), Some("closed"), "{said}\n{failed}");
}
