//! A repeated request has its first outcome: no client is refused for what its own first try did.

use super::{Finding, Law, finding};
use crate::journal::Pages;

/// Refusals that our clients, who do each thing under one key, hear only where the first try was forgotten.
const OF_FIRST_TRIES: [&str; 5] =
    ["already_dispatched", "already_inspected", "email_taken", "idempotency_key_reused", "not_found"];

pub(super) fn findings(journal: &Pages) -> Vec<Finding> {
    let forgotten = journal.refused.iter().filter(|((_, code), _)| OF_FIRST_TRIES.contains(&code.as_str()));
    let word = |((kind, code), times): (&(&str, String), &usize)| {
        finding(Law::Forgotten, format!("{kind} was refused {times} times: {code}"))
    };
    forgotten.map(word).collect()
}
