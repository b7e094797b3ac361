//! `POST /admin/v1/merchants/{merchant}/suspension`: a merchant stops selling.

use axum::extract::State;
use kernel::id::MerchantId;
use member::Merchant;
use member::merchant::Command;
use member::merchant::command::Suspend;

use super::Changed;
use super::reasoned::Reasoned;
use crate::app::App;
use crate::http::{CatalogStaff, IfMatch, Path, Problem, Write, Written};

/// Stop a merchant from selling; what is sold is still to be delivered.
#[utoipa::path(
    post,
    path = "/merchants/{merchant}/suspension",
    security(("access_token" = ["catalog"])),
    params(("merchant" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    request_body = Reasoned,
    responses((status = 200, body = Written)),
)]
pub async fn suspend_merchant(
    State(app): State<App>,
    CatalogStaff(caller): CatalogStaff,
    Path(merchant): Path<MerchantId>,
    seen: IfMatch,
    write: Write<Reasoned>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let suspend = Command::Suspend(Suspend { reason: write.body.reason, at: context.at });
    let outcome = app.change::<Merchant>(&context, &merchant, seen.0, [suspend]).await?;
    Ok(Written::reply::<Merchant>(&merchant, merchant.0, &outcome))
}
