//! Checksums of a build's tables: equal where the same rows are in them, in whatever order they were written.
//!
//! A row's text is its columns in the order of the projection's DDL, as PostgreSQL writes them in this session; its MD5 is
//! summed up, so that no sort is needed. Never here: which builds should be equal.

use std::cmp::Ordering;

use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use sqlx::{AssertSqlSafe, PgConnection};

/// What a table holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checksum {
    /// How many rows.
    pub rows: u64,
    /// The sums of the two halves of the rows' MD5s.
    pub sum: String,
}

/// How many rows two tables don't have in common.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Difference {
    /// Rows that are in the first table alone.
    pub first_alone: u64,
    /// Rows that are in the second table alone.
    pub second_alone: u64,
}

/// The checksum of a table, named with its schema.
pub async fn checksum(db: &mut PgConnection, table: &str) -> sqlx::Result<Checksum> {
    let half = |from: u8| {
        format!("COALESCE(SUM(('x' || substr(digest, {from}, 16))::bit(64)::bigint::numeric), 0)::text")
    };
    let sql = format!(
        "SELECT COUNT(*), {} || ' ' || {} FROM (SELECT md5(held::text) AS digest FROM {table} AS held) AS digests",
        half(1),
        half(17)
    );
    let (rows, sum): (i64, String) = sqlx::query_as(AssertSqlSafe(sql)).fetch_one(db).await?;
    Ok(Checksum { rows: u64::try_from(rows).unwrap_or(0), sum })
}

/// Counts the rows that two tables of the same columns don't have in common. Each is read through a connection of its
/// own, row by row.
pub async fn difference(
    (first, first_table): (&mut PgConnection, &str),
    (second, second_table): (&mut PgConnection, &str),
) -> sqlx::Result<Difference> {
    let (first_sql, second_sql) = (sorted(first_table), sorted(second_table));
    let (mut first, mut second) = (digests(first, first_sql), digests(second, second_sql));
    let (mut one, mut other) = (first.try_next().await?, second.try_next().await?);
    let mut difference = Difference::default();
    loop {
        let order = match (&one, &other) {
            (None, None) => return Ok(difference),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(one), Some(other)) => one.cmp(other),
        };
        difference.first_alone += u64::from(order == Ordering::Less);
        difference.second_alone += u64::from(order == Ordering::Greater);
        if order != Ordering::Greater {
            one = first.try_next().await?;
        }
        if order != Ordering::Less {
            other = second.try_next().await?;
        }
    }
}

fn sorted(table: &str) -> String {
    format!(r#"SELECT md5(held::text) COLLATE "C" AS digest FROM {table} AS held ORDER BY digest"#)
}

fn digests(db: &mut PgConnection, sql: String) -> BoxStream<'_, sqlx::Result<String>> {
    sqlx::query_scalar(AssertSqlSafe(sql)).fetch(db).boxed()
}
