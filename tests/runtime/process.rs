//! One process of the binary: its lines, its health and figures, its end.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;

/// The longest that anything is waited for.
pub const LIMIT: Duration = Duration::from_secs(30);

/// A running process; killed with the test.
pub struct Process {
    child: Child,
    lines: watch::Receiver<Vec<String>>,
    /// Where its API is, if it has one.
    pub api: String,
    /// Where its health and figures are.
    pub ops: String,
    http: reqwest::Client,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Process {
    /// Starts it with its lines as JSON, on free ports of the loopback.
    pub fn start(mut command: Command) -> Self {
        let (api, ops) = (free_address(), free_address());
        command.env("JANGTEO_HTTP_ADDR", &api).env("JANGTEO_OPS_ADDR", &ops).env("JANGTEO_LOG", "json");
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let (said, lines) = watch::channel(Vec::new());
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                said.send_modify(|lines| lines.push(line));
            }
        });
        let http = reqwest::Client::new();
        Self { child, lines, api: format!("http://{api}"), ops: format!("http://{ops}"), http }
    }

    /// Everything it has said.
    pub fn lines(&self) -> Vec<String> {
        self.lines.borrow().clone()
    }

    /// The first line that says this.
    pub async fn line(&self, part: &str) -> Value {
        let has = |lines: &Vec<String>| lines.iter().any(|line| line.contains(part));
        let mut lines = self.lines.clone();
        let said = tokio::time::timeout(LIMIT, lines.wait_for(has)).await;
        let Ok(Ok(said)) = said else { panic!("it never said `{part}` but {:#?}", self.lines()) };
        let line = said.iter().find(|line| line.contains(part)).unwrap();
        serde_json::from_str(line).unwrap_or_else(|_| panic!("not a line for machines: {line}"))
    }

    /// Waits until it can serve.
    pub async fn ready(self) -> Self {
        let asked = async { while self.health("ready").await != 200 {} };
        let ready = tokio::time::timeout(LIMIT, asked).await;
        assert!(ready.is_ok(), "it never became ready: {:#?}", self.lines());
        self
    }

    /// The status of `/health/live` or `/health/ready`; 0 where nobody answers.
    pub async fn health(&self, which: &str) -> u16 {
        let asked = self.http.get(format!("{}/health/{which}", self.ops)).send().await;
        asked.map_or(0, |reply| reply.status().as_u16())
    }

    /// Its figures.
    pub async fn figures(&self) -> String {
        let reply = self.http.get(format!("{}/metrics", self.ops)).send().await.unwrap();
        assert_eq!(reply.status(), 200);
        assert!(reply.headers()["content-type"].to_str().unwrap().starts_with("text/plain; version=0.0.4"));
        reply.text().await.unwrap()
    }

    /// Waits until the figures are as wanted.
    pub async fn until(&self, what: &str, is_so: impl Fn(&str) -> bool) {
        let asked = async { while !is_so(&self.figures().await) {} };
        let so = tokio::time::timeout(LIMIT, asked).await;
        assert!(so.is_ok(), "never: {what}\n{}", self.figures().await);
    }

    /// Asks it to stop.
    pub fn terminate(&self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    }

    /// Waits for its end.
    pub async fn end(&mut self) -> ExitStatus {
        // Its lines end when it does.
        let mut lines = self.lines.clone();
        let ended = async { while lines.changed().await.is_ok() {} };
        assert!(tokio::time::timeout(LIMIT, ended).await.is_ok(), "it never ended: {:#?}", self.lines());
        self.child.wait().unwrap()
    }
}

/// The sum of what stands under a name with these labels.
pub fn figure(text: &str, name: &str, labels: &[(&str, &str)]) -> f64 {
    let labels: Vec<String> = labels.iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
    let of_name = text.lines().filter_map(|line| {
        let (sample, value) = line.rsplit_once(' ')?;
        let rest = sample.strip_prefix(name)?;
        (rest.is_empty() || rest.starts_with('{')).then_some((rest, value))
    });
    let fitting = of_name.filter(|(rest, _)| labels.iter().all(|label| rest.contains(label.as_str())));
    fitting.map(|(_, value)| value.parse::<f64>().unwrap()).sum()
}

fn free_address() -> String {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    free.local_addr().unwrap().to_string()
}
