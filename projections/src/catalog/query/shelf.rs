//! Which standard categories a shopper's choice of a category stands for.

use kernel::MallId;
use kernel::id::DisplayCategoryId;
use product::CategoryCode;
use sqlx::PgConnection;

/// A category that listings are asked for by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shelf {
    /// A display category of the mall, with all below it that shoppers see.
    Display(DisplayCategoryId),
    /// A standard category, with all below it.
    Standard(CategoryCode),
}

/// The codes of the standard categories on a shelf; none where shoppers don't see the display category.
pub(super) async fn codes(db: &mut PgConnection, mall: &MallId, shelf: &Shelf) -> sqlx::Result<Vec<String>> {
    let sources = match shelf {
        Shelf::Display(category) => display_sources(db, mall, *category).await?,
        Shelf::Standard(code) => vec![code.to_string()],
    };
    with_descendants(db, &sources).await
}

/// The sources of a display category and of all below it, without what is hidden.
async fn display_sources(
    db: &mut PgConnection,
    mall: &MallId,
    category: DisplayCategoryId,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"WITH RECURSIVE shown AS (
             SELECT category, category = $2 AS wanted, sources FROM display_category
             WHERE mall = $1 AND parent IS NULL AND NOT hidden
             UNION ALL
             SELECT below.category, shown.wanted OR below.category = $2, below.sources
             FROM display_category below JOIN shown ON below.parent = shown.category
             WHERE below.mall = $1 AND NOT below.hidden
         )
         SELECT DISTINCT UNNEST(sources) AS "code!" FROM shown WHERE wanted"#,
        mall.as_str(),
        category.0
    )
    .fetch_all(db)
    .await
}

/// Codes with those below them. A code that nobody defined stands for itself; a loop (which only two moves at once could
/// make) ends where it began.
async fn with_descendants(db: &mut PgConnection, codes: &[String]) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"WITH RECURSIVE below AS (
             SELECT code FROM UNNEST($1::text[]) AS code
             UNION
             SELECT category.code FROM standard_category category JOIN below ON category.parent = below.code
         )
         SELECT code AS "code!" FROM below"#,
        codes
    )
    .fetch_all(db)
    .await
}
