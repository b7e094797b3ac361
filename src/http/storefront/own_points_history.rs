//! `GET /storefront/v1/malls/{mall}/points/history`: what happened to a shopper's own points in a mall, and why.

use axum::extract::State;
use kernel::MallId;
use member::PointAccount;
use member::points::Event;
use serde::{Deserialize, Serialize};

use super::points_entry::PointsEntry;
use crate::app::App;
use crate::http::{Json, Page, Paged, Path, Problem, Shopper};

/// Where an entry stands: the position of its commit, and which of the commit's events it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place(u64, usize);

/// What happened to my points, the last first; nothing where there never were any.
#[utoipa::path(
    get,
    path = "/malls/{mall}/points/history",
    security(("access_token" = [])),
    params(("mall" = String, Path)),
    responses((status = 200, body = Page<PointsEntry>)),
)]
pub async fn own_points_history(
    State(app): State<App>,
    shopper: Shopper,
    Path(mall): Path<MallId>,
    paged: Paged<Place>,
) -> Result<Json<Page<PointsEntry>>, Problem> {
    let account = app.point_account(&mall, shopper.member)?;
    let mut entries = Vec::new();
    for commit in app.log.history::<PointAccount>(&account).await? {
        let events = commit.decode::<Event>()?.into_iter().enumerate();
        entries.extend(events.map(|(nth, event)| (Place(commit.seq.0, nth), event)));
    }
    let fetched = usize::try_from(paged.fetch()).unwrap_or(usize::MAX);
    let older = |place: &Place| paged.after.is_none_or(|after| *place < after);
    let rows = entries.into_iter().rev().filter(|(place, _)| older(place)).take(fetched).collect();
    paged.page(rows, |(place, _)| *place, |(_, event)| PointsEntry::from(&event)).map(Json)
}
