//! `jangteo`, run as a person runs it.

use std::process::Stdio;

use tokio::process::Command;

/// What a command said and how it ended.
#[derive(Debug)]
pub struct Told {
    pub succeeded: bool,
    pub out: String,
    pub error: String,
}

/// The command, against a log of this prefix on this server.
pub fn command(url: &str, prefix: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jangteo"));
    command
        .args(arguments)
        .env("JANGTEO_NATS_URL", url)
        .env("JANGTEO_PREFIX", prefix)
        .env_remove("JANGTEO_REPLICAS")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

/// Runs it to its end.
pub async fn jangteo(url: &str, prefix: &str, arguments: &[&str]) -> Told {
    let output = command(url, prefix, arguments).output().await.unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Told { succeeded: output.status.success(), out: text(output.stdout), error: text(output.stderr) }
}
