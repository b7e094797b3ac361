//! What shoppers see, and what leaves every list at once.

use kernel::Price;
use kernel::id::{OrderId, SkuId};
use product::product::Party;
use product::product::Sale;
use product::product::command::{Command, Resume};
use projections::catalog::Catalog;
use projections::catalog::query::{ListingQuery, Sort, product_page, search};
use projections::runner;

use crate::house::{id, minute};
use crate::market::{Goods, Market, everything, mall};

#[tokio::test]
async fn a_listing_shows_when_its_product_is_on_sale_and_in_stock() {
    let market = Market::open().await;
    let mug = Goods::of(market.merchant("Kiln").await, "Mug", 9_000);
    market.draft(&mug).await;
    assert!(market.names(&everything(minute(10))).await.is_empty());

    let pot = Goods::of(mug.merchant, "Pot", 30_000);
    market.sell(&pot, 3).await;
    let page = market.find(&everything(minute(10))).await;
    let [shown] = &page.items[..] else { panic!("{page:?}") };
    assert_eq!((shown.name.as_str(), shown.merchant_name.as_str(), shown.in_stock), ("Pot", "Kiln", true));
    assert_eq!(
        (shown.price_min_minor, shown.price_max_minor, shown.on_sale_since),
        (30_000, 30_000, minute(3))
    );
    market.close().await;
}

#[tokio::test]
async fn a_suspended_product_leaves_and_comes_back_when_resumed() {
    let market = Market::open().await;
    let mug = Goods::of(market.merchant("Kiln").await, "Mug", 9_000);
    market.sell(&mug, 1).await;
    market.suspend(&mug).await;
    assert!(market.names(&everything(minute(10))).await.is_empty());
    assert_eq!(product_page(&market.0.pool, &mall(), mug.product, minute(10)).await.unwrap(), None);

    market.asks(&mug, Command::Resume(Resume { by: Party::Operator, at: minute(5) })).await;
    assert_eq!(market.names(&everything(minute(10))).await, ["Mug"]);
    market.close().await;
}

#[tokio::test]
async fn a_sold_out_product_leaves_the_lists_but_keeps_its_page() {
    let market = Market::open().await;
    let mug = Goods::of(market.merchant("Kiln").await, "Mug", 9_000);
    market.sell(&mug, 1).await;
    let order = OrderId(id());
    market.reserve(mug.sku(), order, 9).await;
    // Looked at in between, so that no two movements are written together.
    assert_eq!(market.names(&everything(minute(10))).await, ["Mug"]);
    market.reserve(mug.sku(), order, 1).await;
    assert!(market.names(&everything(minute(10))).await.is_empty());
    let sold_out_too = ListingQuery { in_stock: false, ..everything(minute(10)) };
    assert_eq!(market.names(&sold_out_too).await, ["Mug"]);
    let page = product_page(&market.0.pool, &mall(), mug.product, minute(10)).await.unwrap().unwrap();
    assert_eq!((page.in_stock, page.skus[0].available), (false, 0));

    market.release(mug.sku(), order, 1).await;
    assert_eq!(market.names(&everything(minute(10))).await, ["Mug"]);
    market.close().await;
}

#[tokio::test]
async fn a_suspended_merchants_products_leave_with_it() {
    let market = Market::open().await;
    let mug = Goods::of(market.merchant("Kiln").await, "Mug", 9_000);
    let pen = Goods::of(market.merchant("Ink").await, "Pen", 1_000);
    market.sell(&mug, 1).await;
    market.sell(&pen, 1).await;
    market.suspend_merchant(mug.merchant).await;
    assert_eq!(market.names(&everything(minute(10))).await, ["Pen"]);
    assert!(market.look_for("mug").await.is_empty());
    assert_eq!(product_page(&market.0.pool, &mall(), mug.product, minute(10)).await.unwrap(), None);
    market.close().await;
}

#[tokio::test]
async fn a_sale_price_holds_within_its_period_only() {
    let market = Market::open().await;
    let mut mug = Goods::of(market.merchant("Kiln").await, "Mug", 9_000);
    mug.skus.push((SkuId(id()), "large", 12_000));
    market.sell(&mug, 1).await;
    let sale = Sale { price: Price::new(5_000).unwrap(), from: minute(20), until: minute(30) };
    market.set_price(&mug, mug.skus[1].0, 12_000, Some(sale)).await;

    for (now, cheapest, dearest) in
        [(19, 9_000, 12_000), (20, 5_000, 9_000), (29, 5_000, 9_000), (30, 9_000, 12_000)]
    {
        let shown = market.find(&everything(minute(now))).await.items.remove(0);
        assert_eq!((shown.price_min_minor, shown.price_max_minor), (cheapest, dearest), "minute {now}");
        assert_eq!(shown.list_price_min_minor, 9_000);
        let page = product_page(&market.0.pool, &mall(), mug.product, minute(now)).await.unwrap().unwrap();
        assert_eq!(page.skus.iter().map(|sku| sku.price_minor).min(), Some(cheapest));
        let bargains = ListingQuery { price_max_minor: Some(6_000), ..everything(minute(now)) };
        assert_eq!(market.names(&bargains).await.len(), usize::from(cheapest == 5_000));
    }
    market.close().await;
}

#[tokio::test]
async fn what_is_paid_sells_best_and_what_expired_was_never_sold() {
    let market = Market::open().await;
    let merchant = market.merchant("Kiln").await;
    let (mug, pot) = (Goods::of(merchant, "Mug", 9_000), Goods::of(merchant, "Pot", 30_000));
    market.sell(&mug, 1).await;
    market.sell(&pot, 2).await;
    market.pay(market.order(&mug, 2).await).await;
    market.pay(market.order(&mug, 1).await).await;
    market.expire(market.order(&pot, 9).await).await;
    market.order(&pot, 9).await;

    let page = market.find(&ListingQuery { sort: Sort::BestSelling, ..everything(minute(10)) }).await;
    let sold: Vec<_> = page.items.iter().map(|listing| (listing.name.as_str(), listing.sold)).collect();
    assert_eq!(sold, [("Mug", 3), ("Pot", 0)]);
    market.close().await;
}

#[tokio::test]
async fn a_rebuild_gives_identical_tables() {
    let market = Market::open().await;
    let merchant = market.merchant("Kiln").await;
    let mut mug = Goods::of(merchant, "머그 Mug", 9_000).within("cups");
    market.define("kitchen", None).await;
    market.define("cups", Some("kitchen")).await;
    market.shelf("Kitchen", None, "kitchen").await;
    market.draft(&mug).await;
    market.0.seen::<Catalog>().await;
    mug.name = "Mug, glazed";
    mug.skus.insert(0, (SkuId(id()), "small", 7_000));
    let edit = product::product::command::Edit { details: mug.details(), at: minute(2) };
    market.asks(&mug, Command::Edit(edit)).await;
    market.stock(&mug, mug.sku(), 3).await;
    market.reserve(mug.sku(), OrderId(id()), 3).await;
    market.0.seen::<Catalog>().await;
    market.pay(market.order(&mug, 2).await).await;
    market.order(&mug, 1).await;
    market.set_price(&mug, mug.sku(), 6_000, None).await;
    market.suspend_merchant(merchant).await;
    market.0.rebuilding_changes_nothing::<Catalog>().await;
    market.close().await;
}

#[tokio::test]
async fn no_read_fails_while_rebuilds_take_over() {
    let market = Market::open().await;
    market.sell(&Goods::of(market.merchant("Kiln").await, "Mug", 9_000), 1).await;
    market.0.seen::<Catalog>().await;
    let (pool, log) = (market.0.pool.clone(), market.0.log.clone());
    let rebuilding = tokio::spawn(async move {
        for _ in 0..5 {
            runner::rebuild::<Catalog>(&pool, &log, |_| {}).await.unwrap();
        }
    });
    let query = ListingQuery { text: Some("mug".into()), ..everything(minute(10)) };
    let mut reads = 0;
    while !rebuilding.is_finished() {
        let readers = (0..4).map(|_| search(&market.0.pool, &query));
        for page in futures::future::join_all(readers).await {
            assert_eq!(page.unwrap().items.len(), 1);
            reads += 1;
        }
    }
    rebuilding.await.unwrap();
    assert!(reads > 0);
    market.close().await;
}
