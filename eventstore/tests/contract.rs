//! The contract of a log, kept alike by the in-memory store, JetStream with one copy, and JetStream with three.
//!
//! Every test gets a log of its own (its own prefix). The servers come from the environment that `scripts/test` sets.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    unreachable_pub,
    reason = "a test stops at the first surprise"
)]

#[path = "contract/append.rs"]
mod append;
#[path = "contract/command.rs"]
mod command;
#[path = "contract/follow.rs"]
mod follow;
#[path = "contract/group.rs"]
mod group;
#[path = "contract/heap.rs"]
mod heap;
#[path = "contract/processes.rs"]
mod processes;
#[path = "contract/read.rs"]
mod read;
#[path = "contract/size.rs"]
mod size;
#[path = "contract/stale.rs"]
mod stale;
#[path = "contract/stores.rs"]
mod stores;
#[path = "contract/tally.rs"]
mod tally;
#[path = "contract/written.rs"]
mod written;

/// Runs each named async test against every store.
macro_rules! on_every_store {
    ($($test:path as $name:ident),+ $(,)?) => {
        mod memory { $(#[tokio::test(flavor = "multi_thread")] async fn $name() { $test(crate::stores::memory()).await; })+ }
        mod r1 { $(#[tokio::test(flavor = "multi_thread")] async fn $name() { $test(crate::stores::r1().await).await; })+ }
        mod r3 { $(#[tokio::test(flavor = "multi_thread")] async fn $name() { $test(crate::stores::r3().await).await; })+ }
    };
}

on_every_store! {
    crate::append::a_guard_lets_one_writer_through as a_guard_lets_one_writer_through,
    crate::append::the_same_commit_again_is_already_committed as the_same_commit_again_is_already_committed,
    crate::append::several_streams_are_written_all_or_nothing as several_streams_are_written_all_or_nothing,
    crate::append::a_batch_over_the_limit_is_refused as a_batch_over_the_limit_is_refused,
    crate::append::of_two_racing_writers_exactly_one_wins as of_two_racing_writers_exactly_one_wins,
    crate::append::of_two_racing_batches_exactly_one_wins as of_two_racing_batches_exactly_one_wins,
    crate::follow::a_follower_that_fell_far_behind_misses_nothing as a_follower_that_fell_far_behind_misses_nothing,
    crate::group::sixty_four_writers_with_rivals_lose_nothing as sixty_four_writers_with_rivals_lose_nothing,
    crate::group::a_write_of_several_commits_stands_in_one_piece as a_write_of_several_commits_stands_in_one_piece,
    crate::read::a_long_stream_is_loaded_whole_and_in_order as a_long_stream_is_loaded_whole_and_in_order,
    crate::read::a_tail_starts_anywhere_and_goes_on as a_tail_starts_anywhere_and_goes_on,
    crate::read::a_walk_ends_where_it_is_told_to as a_walk_ends_where_it_is_told_to,
    crate::read::messages_are_the_same_however_they_are_read as messages_are_the_same_however_they_are_read,
    crate::read::a_streams_last_commit_is_found as a_streams_last_commit_is_found,
    crate::read::a_tail_passes_by_what_was_not_asked_for as a_tail_passes_by_what_was_not_asked_for,
    crate::read::an_unknown_event_stops_the_fold_at_its_position as an_unknown_event_stops_the_fold_at_its_position,
    crate::command::a_command_takes_effect_once_for_life as a_command_takes_effect_once_for_life,
    crate::command::a_command_id_reused_for_something_else_is_refused as a_command_id_reused_for_something_else_is_refused,
    crate::command::a_refused_batch_writes_nothing as a_refused_batch_writes_nothing,
    crate::command::a_rejection_is_answered_from_the_latest_state as a_rejection_is_answered_from_the_latest_state,
    crate::command::many_writers_on_one_aggregate_lose_nothing as many_writers_on_one_aggregate_lose_nothing,
    crate::command::many_writers_on_one_heap_lose_nothing as many_writers_on_one_heap_lose_nothing,
    crate::command::a_changed_version_is_a_mismatch as a_changed_version_is_a_mismatch,
    crate::processes::a_replay_is_found_by_a_process_that_did_not_write_it as a_replay_is_found_by_a_process_that_did_not_write_it,
    crate::processes::a_process_that_follows_the_log_reads_what_others_write as a_process_that_follows_the_log_reads_what_others_write,
    crate::processes::a_follower_that_begins_anew_trusts_nothing_it_knew as a_follower_that_begins_anew_trusts_nothing_it_knew,
    crate::processes::a_stream_stands_once_in_a_batch as a_stream_stands_once_in_a_batch,
    crate::processes::a_version_asked_for_beside_another_command_still_counts as a_version_asked_for_beside_another_command_still_counts,
    crate::stale::no_refusal_and_no_absence_is_answered_from_a_stale_copy as no_refusal_and_no_absence_is_answered_from_a_stale_copy,
    crate::size::an_oversized_commit_is_refused_and_its_neighbours_are_not as an_oversized_commit_is_refused_and_its_neighbours_are_not,
}
