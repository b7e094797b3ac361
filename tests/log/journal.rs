//! What clients were told, against a real log.

use eventstore::Seq;

use crate::command::jangteo;
use crate::market::open;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn what_a_client_was_told_is_looked_for() {
    let world = World::start().await;
    open(&world).await;
    let (url, prefix) = (world.config.nats_url.as_str(), world.config.prefix.as_str());
    let mut messages = world.app.log.store().walk(Seq(0), Seq(1));
    let message = futures::StreamExt::next(&mut messages).await.unwrap().unwrap();
    let stream = message.stream().unwrap();
    let command = message.read(stream.clone()).unwrap().meta.command_id;

    let file = std::env::temp_dir().join(format!("{prefix}.jsonl"));
    let path = file.to_str().unwrap();
    let kept = format!(r#"{{"position": 1, "stream": "{stream}", "command_id": "{command}"}}"#);
    std::fs::write(&file, format!("{kept}\n")).unwrap();
    let told = jangteo(url, prefix, &["verify", "--journal", path]).await;
    assert!(told.succeeded && told.out.contains("1 acknowledgements"), "{told:?}");

    let lost = format!(r#"{{"position": 999, "command_id": "{command}"}}"#);
    std::fs::write(&file, format!("{kept}\n{lost}\n")).unwrap();
    let told = jangteo(url, prefix, &["verify", "--journal", path]).await;
    assert!(!told.succeeded, "{told:?}");
    assert!(told.out.contains(&format!("acknowledged but absent: {path}:2, command {command}")), "{told:?}");

    std::fs::write(&file, "{}\n").unwrap();
    let told = jangteo(url, prefix, &["verify", "--journal", path]).await;
    assert!(!told.succeeded && told.error.contains(&format!("{path}:1: neither")), "{told:?}");
    std::fs::remove_file(&file).unwrap();
}
