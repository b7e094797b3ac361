//! What the server's answer to a publish means. The codes were read off nats-server 2.15.1; the client's own error
//! kinds know only the first of them.

use async_nats::client::{PublishErrorKind, RequestErrorKind};
use serde::Deserialize;

use crate::Seq;

/// The most commits one atomic batch may hold (server limit; more is answered with 10199).
pub const MAX_BATCH: usize = 1_000;

/// A guard failed: wrong last sequence (10071), the same on a cluster (10164), or a concurrent guard (10158).
const GUARD_FAILED: [u64; 3] = [10071, 10164, 10158];
/// The batch's messages were seen before (10201): one's own earlier try.
const BATCH_SEEN: u64 = 10201;
/// Over [`MAX_BATCH`] messages (10199), or one message over the server's size (10054).
const TOO_LARGE: [u64; 2] = [10199, 10054];
/// Surely not stored: too many open batches (10210), batches switched off (10174), no leader just now (10008, 10009),
/// JetStream off (10039, 10076), no resources (10023, 10047), no such stream (10059).
const NOT_STORED: [u64; 9] = [10210, 10174, 10008, 10009, 10039, 10076, 10023, 10047, 10059];

/// What a publish came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// Stored; the (last) message's position.
    Stored(Seq),
    /// A guard failed, by a rival's commit or by one's own of an earlier try.
    GuardFailed,
    /// Never going to fit.
    TooLarge(String),
    /// Surely not stored, but a later try may be.
    NotNow(String),
    /// Perhaps stored, perhaps not.
    Silence,
}

#[derive(Debug, Deserialize)]
struct PubAck {
    #[serde(default)]
    seq: u64,
    error: Option<Refusal>,
}

#[derive(Debug, Deserialize)]
struct Refusal {
    #[serde(default)]
    err_code: u64,
    #[serde(default)]
    description: String,
}

/// Reads the server's answer.
pub(super) fn read(payload: &[u8]) -> Answer {
    match serde_json::from_slice::<PubAck>(payload) {
        Ok(PubAck { error: Some(refusal), .. }) => refused(refusal),
        Ok(PubAck { seq, error: None }) if seq > 0 => Answer::Stored(Seq(seq)),
        Ok(_) | Err(_) => Answer::Silence,
    }
}

/// Reads the absence of an answer.
pub(super) fn failed(kind: RequestErrorKind) -> Answer {
    match kind {
        RequestErrorKind::NoResponders => Answer::NotNow("the stream has no leader".to_owned()),
        RequestErrorKind::MaxPayloadExceeded => Answer::TooLarge("over the server's max_payload".to_owned()),
        RequestErrorKind::InvalidSubject => Answer::TooLarge("the subject is not valid".to_owned()),
        RequestErrorKind::TimedOut | RequestErrorKind::Other => Answer::Silence,
    }
}

fn refused(refusal: Refusal) -> Answer {
    let code = refusal.err_code;
    if GUARD_FAILED.contains(&code) || code == BATCH_SEEN {
        Answer::GuardFailed
    } else if TOO_LARGE.contains(&code) {
        Answer::TooLarge(refusal.description)
    } else if NOT_STORED.contains(&code) {
        Answer::NotNow(format!("{} ({code})", refusal.description))
    } else {
        Answer::Silence
    }
}

/// A message of a batch could not be sent: the batch is not complete and will never be stored.
pub(super) fn unsent(kind: PublishErrorKind) -> Answer {
    match kind {
        PublishErrorKind::MaxPayloadExceeded => Answer::TooLarge("over the server's max_payload".to_owned()),
        PublishErrorKind::InvalidSubject => Answer::TooLarge("the subject is not valid".to_owned()),
        PublishErrorKind::Send => Answer::NotNow("the connection is closed".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_losing_a_race_is_a_failed_guard() {
        for code in [10071, 10164, 10158, 10201] {
            let payload = format!(r#"{{"error":{{"code":400,"err_code":{code},"description":"x"}}}}"#);
            assert_eq!(read(payload.as_bytes()), Answer::GuardFailed, "{code}");
        }
    }

    #[test]
    fn an_acknowledgement_carries_the_position() {
        assert_eq!(read(br#"{"stream":"s","seq":7,"batch":"b","count":2}"#), Answer::Stored(Seq(7)));
    }

    #[test]
    fn an_answer_that_says_nothing_is_silence() {
        assert_eq!(read(b""), Answer::Silence);
        assert_eq!(read(b"{}"), Answer::Silence);
    }

    #[test]
    fn an_answer_nobody_knows_says_nothing() {
        let odd = br#"{"error":{"code":500,"err_code":19999,"description":"odd"}}"#;
        assert_eq!(read(odd), Answer::Silence);
    }

    #[test]
    fn a_full_server_may_take_it_later() {
        let full = br#"{"error":{"code":503,"err_code":10210,"description":"too many batches"}}"#;
        assert_eq!(read(full), Answer::NotNow("too many batches (10210)".to_owned()));
    }
}
