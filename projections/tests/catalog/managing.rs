//! What merchants and operators see: products of any phase, the review queue, stock, offers for carts.

use kernel::id::{MerchantId, OperatorId, SkuId};
use product::product::command::{Approve, Command, Describe, Edit, Reject, Submit};
use projections::catalog::Catalog;
use projections::catalog::query::{
    Phase, offers, product, review_queue, seller_product, seller_products, sku, stock_levels,
};

use crate::house::{id, minute};
use crate::market::{Goods, Market, text};

#[tokio::test]
async fn a_merchant_pages_through_its_own_products_of_a_phase() {
    let market = Market::open().await;
    let (kiln, ink) = (market.merchant("Kiln").await, market.merchant("Ink").await);
    for name in ["A", "B", "C"] {
        market.draft(&Goods::of(kiln, name, 1_000)).await;
    }
    market.sell(&Goods::of(kiln, "D", 1_000), 2).await;
    market.draft(&Goods::of(ink, "E", 1_000)).await;
    market.0.seen::<Catalog>().await;

    let pool = &market.0.pool;
    let first = seller_products(pool, kiln, Some(Phase::Draft), None, 2).await.unwrap();
    let second = seller_products(pool, kiln, Some(Phase::Draft), first.next, 2).await.unwrap();
    let names: Vec<_> = first.items.iter().chain(&second.items).map(|row| row.name.as_str()).collect();
    assert_eq!((names, second.next), (vec!["C", "B", "A"], None));
    assert_eq!(seller_products(pool, kiln, None, None, 10).await.unwrap().items.len(), 4);
    market.close().await;
}

#[tokio::test]
async fn the_review_queue_holds_the_longest_waiting_first_until_they_are_judged() {
    let market = Market::open().await;
    let kiln = market.merchant("Kiln").await;
    let [early, late, judged] = ["Early", "Late", "Judged"].map(|name| Goods::of(kiln, name, 1_000));
    for (goods, at) in [(&late, 9), (&early, 3), (&judged, 1)] {
        market.draft(goods).await;
        market.asks(goods, Command::Submit(Submit { at: minute(at) })).await;
    }
    let operator = OperatorId(id());
    let reject = Reject { operator, reason: text("blurred images"), at: minute(10) };
    market.asks(&judged, Command::Reject(reject)).await;
    market.0.seen::<Catalog>().await;

    let first = review_queue(&market.0.pool, None, 1).await.unwrap();
    let second = review_queue(&market.0.pool, first.next, 1).await.unwrap();
    assert_eq!((first.items[0].name.as_str(), second.items[0].name.as_str()), ("Early", "Late"));
    assert_eq!(second.next, None);
    let rejected = product(&market.0.pool, judged.product).await.unwrap().unwrap().listing;
    assert_eq!((rejected.phase.as_str(), rejected.reason.as_deref()), ("rejected", Some("blurred images")));
    market.close().await;
}

#[tokio::test]
async fn an_edit_replaces_the_skus_and_a_description_keeps_them() {
    let market = Market::open().await;
    let mut mug = Goods::of(market.merchant("Kiln").await, "Mug", 9_000);
    market.draft(&mug).await;
    market.0.seen::<Catalog>().await;
    mug.skus = vec![(SkuId(id()), "large", 12_000), (SkuId(id()), "small", 7_000)];
    market.asks(&mug, Command::Edit(Edit { details: mug.details(), at: minute(2) })).await;
    market.asks(&mug, Command::Submit(Submit { at: minute(2) })).await;
    market.asks(&mug, Command::Approve(Approve { operator: OperatorId(id()), at: minute(2) })).await;
    let described = Describe { name: text("Beaker"), description: None, images: vec![], at: minute(3) };
    market.asks(&mug, Command::Describe(described)).await;
    market.0.seen::<Catalog>().await;

    let seen = seller_product(&market.0.pool, mug.merchant, mug.product).await.unwrap().unwrap();
    assert_eq!((seen.listing.name.as_str(), seen.listing.image.as_deref()), ("Beaker", None));
    assert_eq!((seen.listing.price_min_minor, seen.listing.price_max_minor), (7_000, 12_000));
    assert_eq!(seen.skus.iter().map(|sku| sku.options.concat()).collect::<Vec<_>>(), ["large", "small"]);
    let head = i64::try_from(market.0.log.head().await.unwrap().0).unwrap();
    assert_eq!(seen.listing.position, head);
    market.stock(&mug, mug.sku(), 1).await;
    assert_eq!(market.look_for("beaker").await, ["Beaker"]);
    assert!(market.look_for("mug").await.is_empty());
    market.close().await;
}

#[tokio::test]
async fn a_product_is_hidden_from_other_merchants() {
    let market = Market::open().await;
    let mug = Goods::of(market.merchant("Kiln").await, "Mug", 9_000);
    market.draft(&mug).await;
    market.0.seen::<Catalog>().await;
    assert_eq!(seller_product(&market.0.pool, MerchantId(id()), mug.product).await.unwrap(), None);
    market.close().await;
}

#[tokio::test]
async fn stock_levels_follow_every_movement() {
    let market = Market::open().await;
    let mut mug = Goods::of(market.merchant("Kiln").await, "Mug", 9_000);
    mug.skus.push((SkuId(id()), "large", 12_000));
    market.sell(&mug, 1).await;
    market.reserve(mug.sku(), kernel::id::OrderId(id()), 4).await;
    market.0.seen::<Catalog>().await;

    let first = stock_levels(&market.0.pool, mug.merchant, None, 1).await.unwrap();
    let level = &first.items[0];
    assert_eq!((level.on_hand, level.reserved, level.available, level.damaged), (10, 4, 6, 0));
    assert_eq!((level.name.as_deref(), level.merchant_code.as_deref()), (Some("Mug"), Some("code-one")));
    let second = stock_levels(&market.0.pool, mug.merchant, first.next, 1).await.unwrap();
    assert_eq!((second.items[0].sku, second.next), (mug.skus[1].0.0, None));
    market.close().await;
}

#[tokio::test]
async fn an_offer_says_what_a_cart_needs_and_whether_it_can_be_bought() {
    let market = Market::open().await;
    let (mug, pot) = {
        let kiln = market.merchant("Kiln").await;
        (Goods::of(kiln, "Mug", 9_000), Goods::of(kiln, "Pot", 1_000))
    };
    market.sell(&mug, 1).await;
    market.draft(&pot).await;
    market.0.seen::<Catalog>().await;

    let found = offers(&market.0.pool, &[pot.sku(), mug.sku(), SkuId(id())], minute(10)).await.unwrap();
    let seen: Vec<_> =
        found.iter().map(|one| (one.sku, one.price_minor, one.on_sale, one.available)).collect();
    assert_eq!(seen, [(mug.sku().0, 9_000, true, 10), (pot.sku().0, 1_000, false, 0)]);
    let one = sku(&market.0.pool, mug.sku(), minute(10)).await.unwrap().unwrap();
    assert_eq!((one.product, one.merchant, one.taxable), (mug.product.0, mug.merchant.0, true));
    assert_eq!(sku(&market.0.pool, SkuId(id()), minute(10)).await.unwrap(), None);
    market.suspend_merchant(mug.merchant).await;
    market.0.seen::<Catalog>().await;
    assert!(!sku(&market.0.pool, mug.sku(), minute(10)).await.unwrap().unwrap().on_sale);
    market.close().await;
}
