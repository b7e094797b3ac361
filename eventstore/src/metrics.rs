//! What the log counts, each name once. Nothing is counted until the process has a recorder.

use metrics::{counter, describe_counter, describe_histogram, histogram};

use crate::{CommandError, Outcome};

/// Commands by what they came to: `committed`, `unchanged`, `refused`, `failed`.
pub const COMMANDS: &str = "jangteo_commands_total";
/// Commits appended by this process.
pub const COMMITS: &str = "jangteo_log_commits_total";
/// Appends that somebody else's commit came before.
pub const CONFLICTS: &str = "jangteo_log_conflicts_total";
/// What was done again, by `step`: `decide` after a conflict or a read that was behind, `send` for want of an answer.
pub const RETRIES: &str = "jangteo_log_retries_total";
/// Messages that went out together.
pub const GROUP_MESSAGES: &str = "jangteo_log_group_messages";

/// Says what each name means.
pub fn describe() {
    describe_counter!(COMMANDS, "Commands by what they came to");
    describe_counter!(COMMITS, "Commits appended by this process");
    describe_counter!(CONFLICTS, "Appends that somebody else's commit came before");
    describe_counter!(RETRIES, "Commands decided again, and messages sent again");
    describe_histogram!(GROUP_MESSAGES, "Messages that went out together in one group commit");
}

pub(crate) fn commanded(outcome: &Result<Outcome, CommandError>) {
    let outcome = match outcome {
        Ok(Outcome { replayed: false, .. }) => "committed",
        Ok(_) => "unchanged",
        Err(CommandError::Rejected(_)) => "refused",
        Err(_) => "failed",
    };
    counter!(COMMANDS, "outcome" => outcome).increment(1);
}

pub(crate) fn appended(commits: usize) {
    counter!(COMMITS).increment(u64::try_from(commits).unwrap_or(u64::MAX));
}

pub(crate) fn conflicted() {
    counter!(CONFLICTS).increment(1);
}

pub(crate) fn decided_again() {
    counter!(RETRIES, "step" => "decide").increment(1);
}

pub(crate) fn sent_again() {
    counter!(RETRIES, "step" => "send").increment(1);
}

pub(crate) fn grouped(messages: usize) {
    histogram!(GROUP_MESSAGES).record(u32::try_from(messages).unwrap_or(u32::MAX));
}
