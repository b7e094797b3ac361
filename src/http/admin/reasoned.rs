//! A step that needs nothing but a reason.

use kernel::Text;
use serde::Deserialize;
use utoipa::ToSchema;

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reasoned {
    /// For the one concerned to read: at most 500 characters, no personal data.
    #[schema(value_type = String, max_length = 500)]
    pub(super) reason: Text<500>,
}
