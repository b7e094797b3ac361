//! An order as a gift (선물하기), in the clear, as its buyer says it. Never here: how it is kept (the vault seals it).

use kernel::Text;
use kernel::id::MemberId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::recipient_body::RecipientBody;
use crate::app::App;
use crate::http::Problem;
use crate::service::checkout::Receiver;
use crate::service::personal::{GiftCard, GiftRecipient};

/// A gift: its recipient says where it goes, once it is paid.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GiftBody {
    /// Whom it is for.
    recipient: GiftRecipientBody,
    /// Whom it is from, as the recipient is to read it; your account's name where nothing is said.
    #[schema(value_type = Option<String>, max_length = 80)]
    from: Option<Text<80>>,
    /// A word to the recipient.
    #[schema(value_type = Option<String>, max_length = 500)]
    message: Option<Text<500>>,
}

/// Whom a gift is for.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GiftRecipientBody {
    /// The name.
    #[schema(value_type = String, max_length = 80)]
    name: Text<80>,
    /// The phone number.
    #[schema(value_type = String, max_length = 40)]
    phone: Text<40>,
}

impl std::fmt::Debug for GiftBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("GiftBody(…)")
    }
}

/// Who receives an order: an address or a gift, not both and not neither.
pub(super) async fn receiver(
    app: &App,
    member: MemberId,
    recipient: Option<RecipientBody>,
    gift: Option<GiftBody>,
) -> Result<Receiver, Problem> {
    match (recipient, gift) {
        (Some(recipient), None) => Ok(Receiver::Recipient(recipient.into())),
        (None, Some(gift)) => Ok(Receiver::Gift(card(app, member, gift).await?)),
        (None, None) => {
            let detail = "an order names its `recipient` or, as a `gift`, whom it is for";
            Err(Problem::invalid("/recipient", "missing", detail))
        }
        (Some(_), Some(_)) => {
            let detail = "a gift's recipient says where it goes: name a `recipient` or a `gift`";
            Err(Problem::invalid("/gift", "invalid", detail))
        }
    }
}

async fn card(app: &App, member: MemberId, gift: GiftBody) -> Result<GiftCard, Problem> {
    let GiftBody { recipient, from, message } = gift;
    let from = match from {
        Some(from) => from.into(),
        None => app.own_account(member).await?.profile.name,
    };
    let recipient = GiftRecipient { name: recipient.name.into(), phone: recipient.phone.into() };
    Ok(GiftCard { recipient, from, message: message.map(Into::into) })
}
