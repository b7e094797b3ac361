//! Who is to receive an order, in the clear, as the shopper says it. Never here: how it is kept (the vault seals it).

use kernel::Text;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::service::personal::Recipient;

/// Who receives an order, and where.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecipientBody {
    /// The name.
    #[schema(value_type = String, max_length = 80)]
    name: Text<80>,
    /// The phone number.
    #[schema(value_type = String, max_length = 40)]
    phone: Text<40>,
    /// The postal code.
    #[schema(value_type = String, max_length = 20)]
    postal_code: Text<20>,
    /// The address.
    #[schema(value_type = String, max_length = 300)]
    address: Text<300>,
}

impl std::fmt::Debug for RecipientBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecipientBody(…)")
    }
}

impl From<RecipientBody> for Recipient {
    fn from(body: RecipientBody) -> Self {
        Self {
            name: body.name.into(),
            phone: body.phone.into(),
            postal_code: body.postal_code.into(),
            address: body.address.into(),
        }
    }
}
