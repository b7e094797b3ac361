//! What read models count, each name once, and the span of a commit being projected. Nothing is counted until the process
//! has a recorder.

use eventstore::trace::Parent;
use eventstore::{ReadError, Recorded};
use metrics::{counter, describe_counter};
use tracing::field;

use crate::Projection;

/// Commits that a read model was interested in and has projected, by `projection`.
pub const COMMITS: &str = "jangteo_projection_commits_total";
/// Rows that they came to, by `projection`.
pub const ROWS: &str = "jangteo_projection_rows_total";

/// Says what each name means.
pub fn describe() {
    describe_counter!(COMMITS, "Commits that a read model was interested in and has projected");
    describe_counter!(ROWS, "Changes to a read model's tables that projected commits came to");
}

/// Projects a commit, in its request's trace.
pub(crate) fn project<P: Projection>(recorded: &Recorded) -> Result<Vec<P::Row>, ReadError> {
    let Parent { trace, span } = Parent::from(&recorded.meta);
    let span = tracing::debug_span!(
        "projection",
        projection = P::NAME,
        trace_id = %trace,
        parent_id = span.map(field::display),
        position = recorded.seq.0,
    );
    let rows = span.in_scope(|| P::project(recorded))?;
    counter!(COMMITS, "projection" => P::NAME).increment(1);
    counter!(ROWS, "projection" => P::NAME).increment(u64::try_from(rows.len()).unwrap_or(u64::MAX));
    Ok(rows)
}
