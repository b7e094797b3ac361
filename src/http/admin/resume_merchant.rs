//! `POST /admin/v1/merchants/{merchant}/resumption`: a merchant sells again.

use axum::extract::State;
use kernel::id::MerchantId;
use member::Merchant;
use member::merchant::Command;
use member::merchant::command::Resume;

use super::Changed;
use crate::app::App;
use crate::http::{CatalogStaff, IfMatch, Path, Problem, Write, Written};

/// Let a merchant sell again.
#[utoipa::path(
    post,
    path = "/merchants/{merchant}/resumption",
    security(("access_token" = ["catalog"])),
    params(("merchant" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = Written)),
)]
pub async fn resume_merchant(
    State(app): State<App>,
    CatalogStaff(caller): CatalogStaff,
    Path(merchant): Path<MerchantId>,
    seen: IfMatch,
    write: Write<()>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let resume = Command::Resume(Resume { at: context.at });
    let outcome = app.change::<Merchant>(&context, &merchant, seen.0, [resume]).await?;
    Ok(Written::reply::<Merchant>(&merchant, merchant.0, &outcome))
}
