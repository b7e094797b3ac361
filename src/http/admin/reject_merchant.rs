//! `POST /admin/v1/merchants/{merchant}/rejection`: a merchant is turned down.

use axum::extract::State;
use kernel::id::MerchantId;
use member::Merchant;
use member::merchant::command::Reject;

use super::Changed;
use super::reasoned::Reasoned;
use crate::app::App;
use crate::http::{CatalogStaff, IfMatch, Path, Problem, Write, Written};

/// Turn a merchant down for good. The e-mail address is free again, for another application.
#[utoipa::path(
    post,
    path = "/merchants/{merchant}/rejection",
    security(("access_token" = ["catalog"])),
    params(("merchant" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    request_body = Reasoned,
    responses((status = 200, body = Written)),
)]
pub async fn reject_merchant(
    State(app): State<App>,
    CatalogStaff(caller): CatalogStaff,
    Path(merchant): Path<MerchantId>,
    seen: IfMatch,
    write: Write<Reasoned>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let reject = Reject { operator: caller.operator, reason: write.body.reason, at: context.at };
    let outcome = app.reject_merchant(&context, merchant, seen.0, reject).await?;
    Ok(Written::reply::<Merchant>(&merchant, merchant.0, &outcome))
}
