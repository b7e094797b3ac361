//! What a write answers: what was made or changed, and where it stands in the log. The same for a repeated request.

use eventstore::{Outcome, Seq};
use kernel::Decider;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Json, Position, Version};

/// A write that took effect, now or at an earlier request of the same key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Written {
    /// What was made or changed.
    pub id: Uuid,
    /// The position in the log; send it as `Jangteo-Position` with a read to see this write.
    pub position: u64,
}

impl Written {
    /// The reply of a write to one aggregate: the headers with position and version, and the body.
    pub fn reply<D: Decider>(
        id: &D::Id,
        uuid: impl Into<Uuid>,
        outcome: &Outcome,
    ) -> (Position, Version, Json<Self>) {
        let body = Self { id: uuid.into(), position: outcome.position.0 };
        let version: Seq = outcome.version_of::<D>(id);
        (Position(outcome.position), Version(version), Json(body))
    }
}
