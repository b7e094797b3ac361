//! Which commits a person wants to see.

use eventstore::Recorded;
use uuid::Uuid;

use super::line::Line;

/// All of these must fit; without any, every commit does.
#[derive(Debug, Clone, clap::Args)]
pub(in crate::cli) struct Wanted {
    /// Only streams whose name begins so: `order`, `order.order`, a whole name.
    #[arg(long)]
    stream: Option<String>,
    /// Only what followed from this request.
    #[arg(long)]
    correlation: Option<Uuid>,
    /// Only what speaks of this: an order's id finds its payment, shipments, claims and settlement.
    #[arg(long, value_name = "TEXT")]
    about: Option<String>,
}

impl Wanted {
    pub(super) fn wants(&self, commit: &Recorded) -> bool {
        let begins = |begin: &String| commit.stream.as_str().starts_with(begin.as_str());
        self.stream.as_ref().is_none_or(begins)
            && self.correlation.is_none_or(|id| commit.metas().any(|meta| meta.correlation_id.0 == id))
            && self.about.as_ref().is_none_or(|text| Line::exact(commit).speaks_of(text))
    }
}
