//! Lines as people read them.

use std::process::Stdio;

use crate::house::House;

#[tokio::test]
async fn lines_that_go_to_no_terminal_have_no_colours() {
    let house = House::new().await;
    let mut command = house.command("api");
    let variables =
        [("JANGTEO_NATS_URL", "nats://127.0.0.1:1"), ("JANGTEO_LOG", "people"), ("RUST_LOG", "trace")];
    command.envs(variables);
    let ended =
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(said.contains("DEBUG"), "there are no lines: {said}");
    assert!(!said.contains('\u{1b}'), "{said:?}");
}
