//! `GET /finance/v1/statements/{statement}/items`: what a statement is made of.

use axum::extract::State;
use kernel::id::StatementId;
use projections::Projection;
use projections::books::Books;
use projections::books::query::{self, ItemCursor};

use super::booked_item::BookedItem;
use crate::app::App;
use crate::http::{FinanceStaff, Json, NotBefore, Page, Paged, Path, Problem};

/// A statement's items, in the order of the log.
#[utoipa::path(
    get,
    path = "/statements/{statement}/items",
    security(("access_token" = ["finance"])),
    params(("statement" = Uuid, Path)),
    responses((status = 200, body = Page<BookedItem>))
)]
pub async fn list_items(
    State(app): State<App>,
    _: FinanceStaff,
    Path(statement): Path<StatementId>,
    at_least: NotBefore,
    asked: Paged<ItemCursor>,
) -> Result<Json<Page<BookedItem>>, Problem> {
    at_least.wait(&app.positions, &[Books::NAME]).await?;
    query::statement(&app.pool, statement).await?.ok_or_else(Problem::not_found)?;
    let page = query::items(&app.pool, statement, asked.after, asked.limit).await?;
    Page::of(page, BookedItem::from).map(Json)
}
