//! Pages of a list, by an opaque cursor: stable under inserts, as fast at the end as at the beginning. Never by offset.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::problem::Problem;
use super::query;

/// How many items a page has where nobody says.
const LIMIT_DEFAULT: u32 = 20;
/// The most items of a page.
const LIMIT_MAX: u32 = 100;

/// What is asked of a list: how many, after which, and which ones. `C` is what the cursor holds, `F` the other query
/// parameters (a struct with one field per parameter).
#[derive(Debug, Clone)]
pub struct Paged<C, F = NoFilter> {
    /// How many items.
    pub limit: u32,
    /// After which one; `None` from the beginning.
    pub after: Option<C>,
    /// Which ones.
    pub filter: F,
}

/// A list without further query parameters.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct NoFilter {}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Page<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// What to send as `cursor` for the next page; null at the end.
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// The page that a read model gave.
    pub fn of<R, C: Serialize>(
        read: projections::Page<R, C>,
        item: impl FnMut(R) -> T,
    ) -> Result<Self, Problem> {
        let next_cursor = read.next.map(|cursor| encode(&cursor)).transpose().map_err(Problem::internal)?;
        Ok(Self { items: read.items.into_iter().map(item).collect(), next_cursor })
    }
}

impl<S, C, F> FromRequestParts<S> for Paged<C, F>
where
    S: Send + Sync,
    C: Serialize + DeserializeOwned,
    F: DeserializeOwned,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let (paging, filters): (Vec<_>, Vec<_>) =
            query::pairs(parts).into_iter().partition(|(name, _)| name == "limit" || name == "cursor");
        let Paging { limit, cursor } = query::strict(&paging)?;
        Ok(Self {
            limit: checked(limit)?,
            after: cursor.as_deref().map(decode).transpose()?,
            filter: query::strict(&filters)?,
        })
    }
}

#[derive(Deserialize)]
struct Paging {
    limit: Option<u32>,
    cursor: Option<String>,
}

impl<C, F> Paged<C, F> {
    /// How many rows to fetch: one more than asked for tells whether there is a next page.
    pub fn fetch(&self) -> i64 {
        i64::from(self.limit) + 1
    }

    fn size(&self) -> usize {
        usize::try_from(self.limit).unwrap_or(usize::MAX)
    }

    /// The page out of the rows fetched, which may be one more than asked for.
    pub fn page<R, T>(
        &self,
        mut rows: Vec<R>,
        cursor: impl Fn(&R) -> C,
        item: impl FnMut(R) -> T,
    ) -> Result<Page<T>, Problem>
    where
        C: Serialize,
    {
        let more = rows.len() > self.size();
        rows.truncate(self.size());
        let last = rows.last().filter(|_| more);
        let next_cursor = last.map(|row| encode(&cursor(row))).transpose().map_err(Problem::internal)?;
        Ok(Page { items: rows.into_iter().map(item).collect(), next_cursor })
    }
}

fn checked(limit: Option<u32>) -> Result<u32, Problem> {
    let limit = limit.unwrap_or(LIMIT_DEFAULT);
    if (1..=LIMIT_MAX).contains(&limit) {
        Ok(limit)
    } else {
        Err(query::bad("limit", "invalid", format!("a page has 1 to {LIMIT_MAX} items")))
    }
}

/// Writes a cursor.
pub fn encode(cursor: &impl Serialize) -> Result<String, serde_json::Error> {
    Ok(BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(cursor)?))
}

/// Reads a cursor. Only the very text that this list would write is one.
pub fn decode<C: Serialize + DeserializeOwned>(text: &str) -> Result<C, Problem> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok();
    let cursor = bytes.and_then(|bytes| serde_json::from_slice::<C>(&bytes).ok());
    cursor.filter(|cursor| encode(cursor).is_ok_and(|again| again == text)).ok_or_else(|| {
        Problem::bad_request("bad_cursor", "This cursor is not one of this list. Start from the beginning.")
    })
}
