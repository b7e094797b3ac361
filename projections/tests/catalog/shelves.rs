//! Display categories and the standard classification.

use display::tree::Command;
use display::tree::command::{HideCategory, MoveCategory, RemoveCategory, RenameCategory, SetSources};
use kernel::id::DisplayCategoryId;
use product::CategoryCode;
use projections::catalog::Catalog;
use projections::catalog::query::{ListingQuery, Shelf, categories, display_tree, standard_categories};

use crate::house::minute;
use crate::market::{Goods, Market, everything, mall, text};

async fn market() -> Market {
    let market = Market::open().await;
    let merchant = market.merchant("Kiln").await;
    market.define("kitchen", None).await;
    market.define("cups", Some("kitchen")).await;
    market.sell(&Goods::of(merchant, "Mug", 9_000).within("cups"), 1).await;
    market.sell(&Goods::of(merchant, "Pan", 9_000).within("kitchen"), 2).await;
    market.sell(&Goods::of(merchant, "Pen", 1_000).within("pens"), 3).await;
    market
}

async fn on(market: &Market, shelf: Shelf) -> Vec<String> {
    market.names(&ListingQuery { shelf: Some(shelf), ..everything(minute(10)) }).await
}

#[tokio::test]
async fn a_standard_category_holds_what_is_below_it() {
    let market = market().await;
    let code = |code: &str| Shelf::Standard(CategoryCode::new(code).unwrap());
    assert_eq!(on(&market, code("kitchen")).await, ["Pan", "Mug"]);
    assert_eq!(on(&market, code("cups")).await, ["Mug"]);
    assert_eq!(on(&market, code("pens")).await, ["Pen"]);
    assert_eq!(standard_categories(&market.0.pool).await.unwrap().len(), 2);
    market.close().await;
}

#[tokio::test]
async fn a_display_category_shows_its_own_sources_and_those_below() {
    let market = market().await;
    let home = market.shelf("Home", None, "nothing").await;
    let cups = market.shelf("Cups", Some(home), "cups").await;
    market.shelf("Writing", Some(home), "pens").await;
    assert_eq!(on(&market, Shelf::Display(home)).await, ["Pen", "Mug"]);
    assert_eq!(on(&market, Shelf::Display(cups)).await, ["Mug"]);

    let sources = [text("kitchen")].into();
    market.display(Command::SetSources(SetSources { category: cups, sources, at: minute(1) })).await;
    assert_eq!(on(&market, Shelf::Display(cups)).await, ["Pan", "Mug"]);
    market.close().await;
}

#[tokio::test]
async fn a_hidden_category_hides_what_is_below_it() {
    let market = market().await;
    let home = market.shelf("Home", None, "kitchen").await;
    let cups = market.shelf("Cups", Some(home), "cups").await;
    market.display(Command::HideCategory(HideCategory { category: home, at: minute(1) })).await;
    assert!(on(&market, Shelf::Display(cups)).await.is_empty());
    assert!(categories(&market.0.pool, &mall()).await.unwrap().is_empty());
    let tree = display_tree(&market.0.pool, &mall()).await.unwrap();
    assert_eq!(tree.categories.iter().map(|category| category.hidden).collect::<Vec<_>>(), [true, false]);
    market.close().await;
}

#[tokio::test]
async fn a_tree_keeps_its_shape_through_moves_and_removals() {
    let market = Market::open().await;
    let (home, cups) = (market.shelf("Home", None, "a").await, market.shelf("Cups", None, "b").await);
    let gone = market.shelf("Gone", None, "c").await;
    let name = text("Mugs");
    market.display(Command::RenameCategory(RenameCategory { category: cups, name, at: minute(1) })).await;
    let below = MoveCategory { category: cups, parent: Some(home), position: 7, at: minute(1) };
    market.display(Command::MoveCategory(below)).await;
    market.display(Command::RemoveCategory(RemoveCategory { category: gone, at: minute(1) })).await;
    market.0.seen::<Catalog>().await;

    let tree = display_tree(&market.0.pool, &mall()).await.unwrap();
    let seen: Vec<_> = tree
        .categories
        .into_iter()
        .map(|one| (DisplayCategoryId(one.category), one.parent.map(DisplayCategoryId), one.name, one.place))
        .collect();
    assert_eq!(seen, [(home, None, "Home".to_owned(), 1), (cups, Some(home), "Mugs".to_owned(), 7)]);
    let head = i64::try_from(market.0.log.head().await.unwrap().0).unwrap();
    assert_eq!(tree.position, head, "a tree's version is its last commit, a removal too");
    market.close().await;
}
