//! Words, typos, filters, facets, orders and pages.

use projections::catalog::query::{ListingQuery, PriceBand, Sort};

use crate::house::minute;
use crate::market::{Goods, Market, everything};

async fn market() -> Market {
    let market = Market::open().await;
    let merchant = market.merchant("Desk").await;
    let mut keyboard = Goods::of(merchant, "무선키보드 Mechanical Keyboard", 89_000);
    keyboard.description = Some("적축, 87 keys, for the Café");
    market.sell(&keyboard, 1).await;
    market.sell(&Goods::of(merchant, "남성 운동화", 59_000), 2).await;
    market.sell(&Goods::of(merchant, "Red shirt", 19_000), 3).await;
    market.sell(&Goods::of(merchant, "마우스 패드", 9_000), 4).await;
    market
}

#[tokio::test]
async fn words_are_found_in_korean_and_english_wherever_they_stand() {
    let market = market().await;
    let keyboard = ["무선키보드 Mechanical Keyboard"];
    for text in
        ["키보드", "무선 키보드", "keyboard", "MECHANICAL", "적축", "cafe", "CAFÉ", "ｋｅｙｓ", "keyboard 87"]
    {
        assert_eq!(market.look_for(text).await, keyboard, "{text}");
    }
    assert_eq!(market.look_for("운동화").await, ["남성 운동화"]);
    assert_eq!(market.look_for("패").await, ["마우스 패드"]);
    // A text without a word filters nothing.
    assert_eq!(market.look_for("%").await.len(), 4);
    market.close().await;
}

#[tokio::test]
async fn a_typo_is_forgiven() {
    let market = market().await;
    let keyboard = ["무선키보드 Mechanical Keyboard"];
    for text in ["keybord", "keybaord", "kyboard", "mechnical", "키보두", "mechanical keybord"] {
        assert_eq!(market.look_for(text).await, keyboard, "{text}");
    }
    for text in ["shirr", "shart", "shrit", "sirt"] {
        assert_eq!(market.look_for(text).await, ["Red shirt"], "{text}");
    }
    assert_eq!(market.look_for("운동와").await, ["남성 운동화"]);
    market.close().await;
}

#[tokio::test]
async fn what_is_like_nothing_finds_nothing() {
    let market = market().await;
    for text in ["피아노", "umbrella", "keyboard umbrella"] {
        assert!(market.look_for(text).await.is_empty(), "{text}");
    }
    market.close().await;
}

#[tokio::test]
async fn an_order_of_the_list_holds_across_its_pages() {
    let market = market().await;
    let merchant = market.merchant("Twin").await;
    market.sell(&Goods::of(merchant, "Twin pen", 9_000), 4).await;
    for (sort, first, last) in [
        (Sort::Newest, "Twin pen", "무선키보드 Mechanical Keyboard"),
        (Sort::PriceAsc, "Twin pen", "무선키보드 Mechanical Keyboard"),
        (Sort::PriceDesc, "무선키보드 Mechanical Keyboard", "마우스 패드"),
    ] {
        let mut query = ListingQuery { sort, limit: 2, ..everything(minute(10)) };
        let mut names = Vec::new();
        loop {
            let page = market.find(&query).await;
            assert_eq!(page.facets.is_some(), query.cursor.is_none());
            names.extend(page.items.into_iter().map(|listing| listing.name));
            query.cursor = page.next;
            if query.cursor.is_none() {
                break;
            }
        }
        assert_eq!((names.len(), names[0].as_str(), names[4].as_str()), (5, first, last), "{sort:?}");
    }
    market.close().await;
}

#[tokio::test]
async fn the_closest_comes_first_by_relevance() {
    let market = market().await;
    let merchant = market.merchant("Ink").await;
    market.sell(&Goods::of(merchant, "Shirts and ties rack", 5_000), 1).await;
    let text = Some("red shirt".into());
    let both = ListingQuery { text, sort: Sort::Relevance, ..everything(minute(10)) };
    assert_eq!(market.names(&both).await, ["Red shirt"]);
    let shirt = ListingQuery { text: Some("shirt".into()), ..both };
    assert_eq!(market.names(&shirt).await, ["Red shirt", "Shirts and ties rack"]);
    market.close().await;
}

#[tokio::test]
async fn facets_count_the_filtered_list() {
    let market = Market::open().await;
    let (kiln, ink) = (market.merchant("Kiln").await, market.merchant("Ink").await);
    market.sell(&Goods::of(kiln, "Mug", 9_000).within("cups"), 1).await;
    market.sell(&Goods::of(kiln, "Cup", 5_000).within("cups"), 1).await;
    market.sell(&Goods::of(ink, "Pen", 1_999).within("pens"), 1).await;
    market.draft(&Goods::of(ink, "Unseen", 1_999).within("pens")).await;

    let facets = market.find(&ListingQuery { limit: 1, ..everything(minute(10)) }).await.facets.unwrap();
    assert_eq!(facets.categories, [("cups".to_owned(), 2), ("pens".to_owned(), 1)]);
    assert_eq!(facets.merchants, [(kiln.0, 2), (ink.0, 1)]);
    let band = |from_minor, until, count| PriceBand { from_minor, until_minor: Some(until), count };
    assert_eq!(facets.price, [band(1_000, 2_000, 1), band(5_000, 10_000, 2)]);

    let of_kiln =
        ListingQuery { merchants: vec![kiln], price_min_minor: Some(6_000), ..everything(minute(10)) };
    let page = market.find(&of_kiln).await;
    assert_eq!(page.items.len(), 1);
    assert_eq!(page.facets.unwrap().categories, [("cups".to_owned(), 1)]);
    market.close().await;
}
