//! Facets: how many listings of a filtered list fall into each category, merchant and price band.

use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::listing::over_hits;
use super::search::Question;

/// The most values of one facet, the most frequent ones.
pub const MAX_FACET_VALUES: i64 = 50;
/// Where price bands begin, in minor units: 1, 2, 5 and their tens, which suits any currency.
pub const PRICE_EDGES_MINOR: [i64; 31] = [
    100,
    200,
    500,
    1_000,
    2_000,
    5_000,
    10_000,
    20_000,
    50_000,
    100_000,
    200_000,
    500_000,
    1_000_000,
    2_000_000,
    5_000_000,
    10_000_000,
    20_000_000,
    50_000_000,
    100_000_000,
    200_000_000,
    500_000_000,
    1_000_000_000,
    2_000_000_000,
    5_000_000_000,
    10_000_000_000,
    20_000_000_000,
    50_000_000_000,
    100_000_000_000,
    200_000_000_000,
    500_000_000_000,
    1_000_000_000_000,
];

/// What a filtered list is made of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// Listings by standard category, the most first.
    pub categories: Vec<(String, i64)>,
    /// Listings by merchant, the most first.
    pub merchants: Vec<(Uuid, i64)>,
    /// Listings by price band, the cheapest first; empty bands are left out.
    pub price: Vec<PriceBand>,
}

/// Listings whose lowest price falls into a band.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PriceBand {
    /// The band's first price, in minor units.
    pub from_minor: i64,
    /// The first price above the band; none for the last band.
    pub until_minor: Option<i64>,
    /// How many listings.
    pub count: i64,
}

/// One group: exactly one of its values is there.
struct Group {
    category: Option<String>,
    merchant: Option<Uuid>,
    band: Option<i32>,
    count: i64,
}

/// Counts the facets of the whole filtered list, whatever the page.
pub(super) async fn count(db: &mut PgConnection, question: &Question<'_>) -> sqlx::Result<Facets> {
    let groups = over_hits!(
        Group,
        question,
        r#"SELECT category AS "category?", merchant AS "merchant?", band AS "band?", count AS "count!" FROM (
               SELECT category, merchant, band, count(*) AS count,
                      row_number() OVER (PARTITION BY GROUPING(category, merchant, band)
                                         ORDER BY count(*) DESC, category, merchant, band) AS rank
               FROM (SELECT category, merchant, width_bucket(price_min_minor, $10::bigint[]) AS band FROM hit) banded
               GROUP BY GROUPING SETS ((category), (merchant), (band))
           ) counted
           WHERE rank <= $11 ORDER BY rank"#,
        &PRICE_EDGES_MINOR[..],
        MAX_FACET_VALUES
    )
    .fetch_all(db)
    .await?;
    Ok(groups.into_iter().collect())
}

impl FromIterator<Group> for Facets {
    fn from_iter<I: IntoIterator<Item = Group>>(groups: I) -> Self {
        let mut facets = Self::default();
        for Group { category, merchant, band, count } in groups {
            facets.categories.extend(category.map(|category| (category, count)));
            facets.merchants.extend(merchant.map(|merchant| (merchant, count)));
            facets.price.extend(band.map(|band| price_band(band, count)));
        }
        facets.price.sort_by_key(|band| band.from_minor);
        facets
    }
}

/// The band between the edges that `width_bucket` counts: zero is below the first one.
fn price_band(band: i32, count: i64) -> PriceBand {
    let after = usize::try_from(band).unwrap_or(0);
    let edge = |index: usize| PRICE_EDGES_MINOR.get(index).copied();
    let from_minor = after.checked_sub(1).and_then(edge).unwrap_or(0);
    PriceBand { from_minor, until_minor: edge(after), count }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_meet_at_their_edges_and_the_last_one_is_open() {
        let band = |index| price_band(index, 1);
        assert_eq!((band(0).from_minor, band(0).until_minor), (0, Some(100)));
        assert_eq!((band(1).from_minor, band(1).until_minor), (100, Some(200)));
        assert_eq!((band(31).from_minor, band(31).until_minor), (1_000_000_000_000, None));
    }
}
