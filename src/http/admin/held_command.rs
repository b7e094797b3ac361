//! What is answered to an operator's word on a command that was held back.

use eventstore::Seq;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::service::operators_word::HeldCommand;

/// A command that waits no more.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldCommandWritten {
    /// The saga.
    saga: String,
    /// Its instance.
    key: Uuid,
    /// The command's name within the instance.
    command: String,
    /// The position in the log; send it as `Jangteo-Position` with a read to see this write.
    position: u64,
}

impl HeldCommandWritten {
    pub(super) fn at(held: HeldCommand, Seq(position): Seq) -> Self {
        let HeldCommand { saga, key, command } = held;
        Self { saga, key, command, position }
    }
}
