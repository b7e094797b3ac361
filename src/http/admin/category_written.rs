//! What a write to a standard category answers: it is named by a code, not by an id.

use eventstore::Outcome;
use product::{Category, CategoryCode};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::{Json, Position, Version};

/// A standard category that was made or changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryWritten {
    /// Its code.
    code: String,
    /// The position in the log; send it as `Jangteo-Position` with a read to see this write.
    position: u64,
}

/// The reply of such a write.
pub(super) type CategoryReply = (Position, Version, Json<CategoryWritten>);

impl CategoryWritten {
    pub(super) fn reply(code: &CategoryCode, outcome: &Outcome) -> CategoryReply {
        let body = Self { code: code.to_string(), position: outcome.position.0 };
        (Position(outcome.position), Version(outcome.version_of::<Category>(code)), Json(body))
    }
}
