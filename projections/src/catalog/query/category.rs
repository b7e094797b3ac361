//! The trees of categories: a mall's display tree as shoppers and as operators see it, and the standard classification.

use kernel::MallId;
use serde::Serialize;
use sqlx::PgPool;
use uuid::Uuid;

/// A display category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DisplayCategory {
    /// Which one.
    pub category: Uuid,
    /// The one above it; none at the top.
    pub parent: Option<Uuid>,
    /// Its name.
    pub name: String,
    /// Its place among its siblings, the lowest first.
    pub place: i64,
    /// The standard categories whose products it shows.
    pub sources: Vec<String>,
    /// Whether it is hidden itself.
    pub hidden: bool,
}

/// A mall's tree with its version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DisplayTree {
    /// The log position of the tree's last commit; zero before the first.
    pub position: i64,
    /// Every category, hidden ones included, parents before children.
    pub categories: Vec<DisplayCategory>,
}

/// A category of the standard classification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StandardCategory {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The code above it; none at the top.
    pub parent: Option<String>,
    /// Whether nothing new is classified by it.
    pub retired: bool,
    /// The log position of its last commit.
    pub position: i64,
}

/// The categories that shoppers see, level by level, siblings in display order.
pub async fn categories(pool: &PgPool, mall: &MallId) -> sqlx::Result<Vec<DisplayCategory>> {
    walk(pool, mall, false).await
}

/// The whole tree, for operators.
pub async fn display_tree(pool: &PgPool, mall: &MallId) -> sqlx::Result<DisplayTree> {
    let position = sqlx::query_scalar!("SELECT position FROM display_tree WHERE mall = $1", mall.as_str());
    let position = position.fetch_optional(pool).await?.unwrap_or(0);
    Ok(DisplayTree { position, categories: walk(pool, mall, true).await? })
}

async fn walk(pool: &PgPool, mall: &MallId, hidden_too: bool) -> sqlx::Result<Vec<DisplayCategory>> {
    sqlx::query_as!(
        DisplayCategory,
        r#"WITH RECURSIVE tree AS (
             SELECT category, parent, name, place, sources, hidden, 1 AS depth FROM display_category
             WHERE mall = $1 AND parent IS NULL AND ($2 OR NOT hidden)
             UNION ALL
             SELECT below.category, below.parent, below.name, below.place, below.sources, below.hidden, tree.depth + 1
             FROM display_category below JOIN tree ON below.parent = tree.category
             WHERE below.mall = $1 AND ($2 OR NOT below.hidden)
         )
         SELECT category AS "category!", parent, name AS "name!", place AS "place!", sources AS "sources!",
                hidden AS "hidden!"
         FROM tree ORDER BY depth, parent, place, category"#,
        mall.as_str(),
        hidden_too
    )
    .fetch_all(pool)
    .await
}

/// The whole standard classification, by code.
pub async fn standard_categories(pool: &PgPool) -> sqlx::Result<Vec<StandardCategory>> {
    sqlx::query_as!(
        StandardCategory,
        "SELECT code, name, parent, retired, position FROM standard_category ORDER BY code"
    )
    .fetch_all(pool)
    .await
}
