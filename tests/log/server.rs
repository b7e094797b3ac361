//! A nats-server of a test's own, over a folder that can be copied when it has stopped.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use jangteo::ids;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// How long a server takes to start or to stop at most.
const LIMIT: Duration = Duration::from_secs(30);

/// A folder that is gone at the end.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("jangteo-log-{}", ids::fresh().simple()));
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    /// A folder with the same files.
    pub fn copy(&self) -> Self {
        let copy = Self::new();
        copy_all(&self.0, &copy.0);
        copy
    }

    /// Every file with this ending.
    pub fn files(&self, ending: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        collect(&self.0, ending, &mut found);
        found
    }

    /// Changes one bit of the first place where this text is stored.
    pub fn flip(&self, text: &str) {
        for file in self.files("blk") {
            let mut bytes = std::fs::read(&file).unwrap();
            let at = bytes.windows(text.len()).position(|window| window == text.as_bytes());
            if let Some(at) = at {
                bytes[at] ^= 1;
                std::fs::write(&file, bytes).unwrap();
                return;
            }
        }
        unreachable!("{text} is not stored");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that can't be removed is no reason to fail a test.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn copy_all(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir(&target).unwrap();
            copy_all(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).unwrap();
        }
    }
}

fn collect(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, ending, found);
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push(path);
        }
    }
}

/// A running server.
pub struct Server {
    pub url: String,
    child: Child,
}

impl Server {
    /// Starts over a folder, on a free port.
    pub async fn start(folder: &Folder) -> Self {
        Self::start_with(folder, "").await
    }

    /// The same with further lines of configuration.
    pub async fn start_with(folder: &Folder, lines: &str) -> Self {
        let binary = std::env::var("NATS_SERVER_BIN").expect("NATS_SERVER_BIN is not set: run scripts/test");
        let store = folder.0.display();
        let config = folder.0.join("nats.conf");
        let text = format!(
            "listen: \"127.0.0.1:-1\"\njetstream {{ store_dir: \"{store}\", sync_interval: always }}\n{lines}\n"
        );
        std::fs::write(&config, text).unwrap();
        let mut child = Command::new(binary)
            .arg("--config")
            .arg(&config)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut url = String::new();
        let ready = async {
            while let Some(line) = lines.next_line().await.unwrap() {
                if let Some((_, address)) = line.split_once("Listening for client connections on ") {
                    url = format!("nats://{}", address.trim());
                }
                if line.contains("Server is ready") {
                    return;
                }
            }
            unreachable!("nats-server has stopped");
        };
        tokio::time::timeout(LIMIT, ready).await.expect("nats-server does not get ready");
        // Whoever writes into a pipe that nobody reads is stopped in the end.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self { url, child }
    }

    /// Asks it to stop, and waits until it has.
    pub async fn stop(mut self) {
        let pid = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().await.unwrap().success());
        tokio::time::timeout(LIMIT, self.child.wait()).await.expect("nats-server does not stop").unwrap();
    }
}
