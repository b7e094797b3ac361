//! Who does what when, under which name: the contexts of an import's commands.

use eventstore::Context;
use kernel::{Actor, Timestamp};

use crate::import::olist::identity;

/// The part of the system that an import is.
pub(super) const SYSTEM: &str = "import.olist";

/// The context of a command about something: an order, a seller, a person, a product.
pub(super) fn of(about: &str, action: &str, actor: Actor, at: Timestamp) -> Context {
    Context {
        command_id: identity::command(about, action),
        correlation_id: identity::correlation(about),
        causation: None,
        actor,
        at,
        request: None,
    }
}
