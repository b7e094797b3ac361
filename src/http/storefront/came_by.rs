//! How a shopper came to what they buy, as the storefront says it. Never here: what follows from it.

use kernel::Text;
use order::value::Source;
use serde::Deserialize;
use utoipa::ToSchema;

/// How the shopper came to the product. Those with nothing more to say have braces: only so nothing more is taken.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum CameBy {
    /// Straight to the product.
    Direct {},
    /// From a search.
    Search {},
    /// From an exhibition (기획전).
    Exhibition {
        /// Which one.
        #[schema(value_type = String, max_length = 64)]
        id: Text<64>,
    },
    /// From a recommendation.
    Recommendation {},
}

impl Default for CameBy {
    fn default() -> Self {
        Self::Direct {}
    }
}

impl From<CameBy> for Source {
    fn from(came_by: CameBy) -> Self {
        match came_by {
            CameBy::Direct {} => Self::Direct,
            CameBy::Search {} => Self::Search,
            CameBy::Exhibition { id } => Self::Exhibition { id },
            CameBy::Recommendation {} => Self::Recommendation,
        }
    }
}
