//! A server that asks who connects.

use crate::command::jangteo;
use crate::server::{Folder, Server};

#[tokio::test]
async fn a_user_and_password_open_the_log_and_are_not_repeated() {
    let folder = Folder::new();
    let users = r#"authorization { user: "shop@main", password: "c:omma,4711%" }"#;
    let server = Server::start_with(&folder, users).await;
    let host = server.url.strip_prefix("nats://").unwrap();
    let right = jangteo(&format!("nats://shop%40main:c:omma%2C4711%25@{host}"), "guarded", &["verify"]).await;
    assert!(right.succeeded, "{right:?}");
    let wrong = jangteo(&format!("nats://shop%40main:guess-4711@{host}"), "guarded", &["verify"]).await;
    assert!(!wrong.succeeded, "{wrong:?}");
    let said = format!("{wrong:?}");
    assert!(said.contains(host) && !said.contains("guess-4711"), "{said}");
    server.stop().await;
}
