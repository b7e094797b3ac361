//! Full-text search for Korean and English: every word must be found; if nothing is, a typo is forgiven.
//!
//! Words are found anywhere (`보드` finds `무선키보드`), folded as listings are: Hangul in single letters, so that one
//! wrong vowel is one wrong letter. Never here: a filter other than what shoppers may see at all.

use kernel::MallId;
use sqlx::PgConnection;
use uuid::Uuid;

/// The most words of a search; further ones are ignored.
pub const MAX_WORDS: usize = 8;
/// The most listings that a text can find, the closest first; other filters choose among these.
pub const MAX_TEXT_HITS: i64 = 2_000;
/// The least likeness (of trigrams) that forgives: one wrong letter in a word of five.
const FORGIVEN_LIKENESS: f32 = 0.3;
/// How far a forgiven hit may fall behind the best one.
const NEAR_THE_BEST: f32 = 0.75;

/// Listings that a text finds, with how close each is; in parallel.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) products: Vec<Uuid>,
    pub(super) relevance: Vec<i64>,
}

struct Hit {
    product: Uuid,
    relevance: i64,
}

/// The words of a text; none where it has no letter or digit.
pub(super) fn words(text: &str) -> Vec<String> {
    let letters = |c: char| !c.is_alphanumeric();
    text.split(letters).filter(|word| !word.is_empty()).take(MAX_WORDS).map(str::to_lowercase).collect()
}

/// The mall's listings on sale that the words find.
pub(super) async fn find(db: &mut PgConnection, mall: &MallId, words: &[String]) -> sqlx::Result<Found> {
    let exact = containing(db, mall, words).await?;
    let hits = if exact.is_empty() { forgiving(db, mall, words).await? } else { exact };
    Ok(hits.into_iter().map(|hit| (hit.product, hit.relevance)).unzip().into())
}

impl From<(Vec<Uuid>, Vec<i64>)> for Found {
    fn from((products, relevance): (Vec<Uuid>, Vec<i64>)) -> Self {
        Self { products, relevance }
    }
}

/// Listings that contain every word; the longest one leads the index. Closest is whose title is most like the words.
async fn containing(db: &mut PgConnection, mall: &MallId, words: &[String]) -> sqlx::Result<Vec<Hit>> {
    sqlx::query_as!(
        Hit,
        r#"WITH word AS (SELECT regexp_replace(lower(normalize(word, NFKD)), '[\u0300-\u036f]', '', 'g') AS word
                         FROM UNNEST($2::text[]) AS word),
              asked AS (SELECT array_agg('%' || word || '%') AS patterns, string_agg(word, ' ') AS text FROM word)
         SELECT listing.product, (word_similarity(asked.text, found.title) * 1000000)::bigint AS "relevance!"
         FROM asked, listing_text found JOIN listing ON listing.product = found.product
         JOIN listing_merchant merchant ON merchant.merchant = listing.merchant
         WHERE found.words LIKE (SELECT '%' || word || '%' FROM word ORDER BY length(word) DESC LIMIT 1)
           AND found.words LIKE ALL (asked.patterns)
           AND listing.mall = $1 AND listing.phase = 'on_sale' AND merchant.trades
         ORDER BY 2 DESC, listing.product DESC LIMIT $3"#,
        mall.as_str(),
        words,
        MAX_TEXT_HITS
    )
    .fetch_all(db)
    .await
}

/// Listings whose title is like every word, and not much less than the best of them. The threshold of `%>` is the
/// transaction's: see [`forgive`].
async fn forgiving(db: &mut PgConnection, mall: &MallId, words: &[String]) -> sqlx::Result<Vec<Hit>> {
    forgive(db).await?;
    sqlx::query_as!(
        Hit,
        r#"WITH word AS (SELECT regexp_replace(lower(normalize(word, NFKD)), '[\u0300-\u036f]', '', 'g') AS word
                         FROM UNNEST($2::text[]) AS word),
              hit AS (
                  SELECT listing.product, likeness.least AS likeness, max(likeness.least) OVER () AS best
                  FROM listing_text found JOIN listing ON listing.product = found.product
                  JOIN listing_merchant merchant ON merchant.merchant = listing.merchant
                  CROSS JOIN LATERAL (SELECT min(word_similarity(word, found.title)) AS least FROM word) likeness
                  WHERE found.title %> (SELECT word FROM word ORDER BY length(word) DESC LIMIT 1)
                    AND likeness.least >= $3
                    AND listing.mall = $1 AND listing.phase = 'on_sale' AND merchant.trades
              )
         SELECT product, (likeness * 1000000)::bigint AS "relevance!" FROM hit WHERE likeness >= best * $4
         ORDER BY 2 DESC, product DESC LIMIT $5"#,
        mall.as_str(),
        words,
        FORGIVEN_LIKENESS,
        NEAR_THE_BEST,
        MAX_TEXT_HITS
    )
    .fetch_all(db)
    .await
}

async fn forgive(db: &mut PgConnection) -> sqlx::Result<()> {
    let likeness = FORGIVEN_LIKENESS.to_string();
    sqlx::query!("SELECT set_config('pg_trgm.word_similarity_threshold', $1, true)", likeness)
        .fetch_one(db)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_into_words_without_signs() {
        assert_eq!(words(" Wireless-키보드 (87%) "), ["wireless", "키보드", "87"]);
    }

    #[test]
    fn signs_alone_are_no_words() {
        assert!(words("%% _ '").is_empty());
    }
}
