//! What a log tells, stream by stream, in words that don't depend on where in the log it stands: a position is told as
//! the commit that stands there.

use std::collections::BTreeMap;
use std::sync::Arc;

use eventstore::{Filter, Log, Recorded, Seq, Tailed};
use futures::StreamExt;
use serde_json::Value;

/// Each stream's events in their order, each with who did it, when, and what. An instance of a saga hears from the log, from
/// timers and from operators side by side: its steps stand in the order of their words.
pub type Story = BTreeMap<String, Vec<String>>;

/// Fields that hold a position.
const POSITIONS: [&str; 2] = ["position", "cites"];
/// Fields that begin with one, or hold one behind `rejected/`: the names of steps and of commands.
const NAMES: [&str; 2] = ["source", "command"];

/// The story of a log so far.
pub async fn told(log: &Log) -> Story {
    let commits = commits(log).await;
    let mut places = BTreeMap::new();
    let mut lengths: BTreeMap<&str, usize> = BTreeMap::new();
    for commit in &commits {
        let nth = lengths.entry(commit.stream.as_str()).or_default();
        *nth += 1;
        places.insert(commit.seq.0, format!("{}#{nth}", commit.stream));
    }
    let mut story = Story::new();
    for commit in &commits {
        let told = commit.events.iter().map(|event| {
            let data: Value = serde_json::from_str(event.data.get()).unwrap();
            let (actor, at) = (serde_json::to_string(&commit.meta.actor).unwrap(), commit.meta.recorded_at);
            format!("{at} {actor} {} {}", event.name, unplaced(data, &places))
        });
        story.entry(commit.stream.to_string()).or_default().extend(told);
    }
    let instances = story.iter_mut().filter(|(stream, _)| stream.starts_with("saga."));
    instances.for_each(|(_, steps)| steps.sort());
    story
}

async fn commits(log: &Log) -> Vec<Recorded> {
    let count = usize::try_from(log.head().await.unwrap().0).unwrap();
    let tail = log.tail(Seq(0), Filter::All).await.unwrap();
    let commit = |step| async move {
        match step {
            Ok(Tailed::Commit(recorded)) => Some(Arc::unwrap_or_clone(recorded)),
            Ok(Tailed::Passed(_)) | Err(_) => None,
        }
    };
    tail.take(count).filter_map(commit).collect().await
}

type Places = BTreeMap<u64, String>;

fn unplaced(value: Value, places: &Places) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| {
                let value = field(&name, value, places);
                (name, value)
            });
            Value::Object(fields.collect())
        }
        Value::Array(items) => items.into_iter().map(|item| unplaced(item, places)).collect(),
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => other,
    }
}

fn field(name: &str, value: Value, places: &Places) -> Value {
    if let (true, Some(at)) = (POSITIONS.contains(&name), value.as_u64()) {
        return places.get(&at).map_or(value, |place| place.as_str().into());
    }
    match value.as_str() {
        Some(text) if NAMES.contains(&name) => step(text, places).into(),
        _ => unplaced(value, places),
    }
}

/// The name of a step or of its command: `<position>[.n]`, then ordinals; `rejected/` may stand in front. A timer's says
/// no position.
fn step(name: &str, places: &Places) -> String {
    if let Some(refused) = name.strip_prefix("rejected/") {
        return format!("rejected/{}", step(refused, places));
    }
    let digits = name.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(name.len());
    let (position, rest) = name.split_at(digits);
    match position.parse().ok().and_then(|position: u64| places.get(&position)) {
        Some(place) => format!("{place}{rest}"),
        None => name.to_owned(),
    }
}

/// Fails with what should have been told and was not, and the other way round.
pub fn assert_same(case: &str, expected: &Story, found: &Story) {
    let only = |one: &Story, other: &Story| -> Vec<String> {
        let missing = one.iter().flat_map(|(stream, events)| {
            let told = other.get(stream).map_or(&[][..], Vec::as_slice);
            let differs = events.iter().enumerate().filter(|(nth, event)| told.get(*nth) != Some(event));
            differs.map(move |(nth, event)| format!("{stream}#{nth}: {event}"))
        });
        missing.collect()
    };
    let (missing, more) = (only(expected, found), only(found, expected));
    assert!(
        missing.is_empty() && more.is_empty(),
        "{case}: the log lacks\n{}\nand instead holds\n{}",
        missing.join("\n"),
        more.join("\n")
    );
}
