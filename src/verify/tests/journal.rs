//! What clients were told is held against the log.

use std::path::Path;

use super::*;

/// Two commits: an order at 1 under command 1, another at 2 under command 2.
async fn told(lines: &str) -> Vec<String> {
    let log = log(&[("order.order.a", "placed", PLACED), ("order.order.b", "placed", PLACED)]).await;
    let report = verify(&*log, told_by(read(lines).unwrap()), |_| ()).await.unwrap();
    assert_eq!(usize::try_from(report.acknowledged).unwrap(), lines.lines().count());
    report.findings.iter().map(|found| found.flaw.to_string()).collect()
}

fn read(lines: &str) -> Result<Journal, JournalError> {
    let mut journal = Journal::default();
    journal.take(Path::new("client.jsonl"), lines.as_bytes()).map(|()| journal)
}

fn told_by(journal: Journal) -> Outside {
    Outside { journal, ..Outside::default() }
}

const FIRST: &str = "00000000-0000-0000-0000-000000000001";
const NOBODYS: &str = "00000000-0000-0000-0000-000000000009";

#[tokio::test]
async fn what_was_acknowledged_and_stands_there_is_no_finding() {
    let lines = [
        r#"{"position": 1, "stream": "order.order.a"}"#.to_owned(),
        format!(r#"{{"position": 1, "command_id": "{FIRST}"}}"#),
        format!(r#"{{"position": 1, "stream": "order.order.a", "command_id": "{FIRST}"}}"#),
        format!(r#"{{"command_id": "{FIRST}"}}"#),
        format!(r#"{{"stream": "order.order.a", "command_id": "{FIRST}"}}"#),
    ];
    assert_eq!(told(&lines.join("\n")).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_was_acknowledged_and_is_not_there_is_found() {
    let lines = [
        r#"{"position": 2, "stream": "order.order.a"}"#.to_owned(),
        format!(r#"{{"position": 2, "command_id": "{FIRST}"}}"#),
        format!(r#"{{"command_id": "{NOBODYS}"}}"#),
        format!(r#"{{"stream": "order.order.b", "command_id": "{FIRST}"}}"#),
        r#"{"position": 3, "stream": "order.order.a"}"#.to_owned(),
    ];
    let absent = |line: u32, command: &str| {
        let of_command = if command.is_empty() { String::new() } else { format!(", command {command}") };
        format!("acknowledged but absent: client.jsonl:{line}{of_command}")
    };
    let expected = [absent(1, ""), absent(2, FIRST), absent(3, NOBODYS), absent(4, FIRST), absent(5, "")];
    assert_eq!(told(&lines.join("\n")).await, expected);
}

#[tokio::test]
async fn an_empty_log_keeps_nothing_that_was_acknowledged() {
    let journal = read(r#"{"position": 1, "stream": "order.order.a"}"#).unwrap();
    let report = verify(&Memory::default(), told_by(journal), |_| ()).await.unwrap();
    assert!(!report.is_sound());
    assert_eq!(report.findings[0].position, Some(Seq(1)));
    assert_eq!(report.findings[0].stream.as_deref(), Some("order.order.a"));
}

#[test]
fn a_bad_line_is_named_with_its_file() {
    let good = format!(r#"{{"command_id": "{FIRST}"}}"#);
    for (line, reason) in [
        ("{}", "neither `stream` nor `command_id` is named"),
        (r#"{"position": 1}"#, "neither `stream` nor `command_id` is named"),
        (r#"{"stream": "order.order.a"}"#, "without `position`, `command_id` must be named"),
        (r#"{"position": 0, "stream": "order.order.a"}"#, "positions begin at 1"),
        (r#"{"position": -1, "stream": "order.order.a"}"#, "invalid value"),
        (r#"{"positon": 1, "stream": "order.order.a"}"#, "unknown field `positon`"),
        ("told", "expected"),
    ] {
        let error = read(&format!("{good}\n\n{line}\n")).unwrap_err();
        assert!(matches!(&error, JournalError::Line { line: 3, .. }), "{error}");
        let said = error.to_string();
        assert!(said.starts_with("client.jsonl:3: ") && said.contains(reason), "{said}");
    }
}

#[test]
fn a_journal_that_cannot_be_read_is_named() {
    let missing = Path::new("no/such/journal.jsonl").to_owned();
    let error = Journal::read(&[missing]).unwrap_err();
    assert!(error.to_string().starts_with("the journal no/such/journal.jsonl cannot be read"), "{error}");
}
