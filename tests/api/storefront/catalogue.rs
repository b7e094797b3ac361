//! Finding products.

use serde_json::{Value, json};

use super::house::{House, PRICE, refusal, text};
use super::market;

async fn products(house: &House, query: &str) -> Value {
    let reply = house.nobody.get(&house.at(&format!("/products{query}"))).await;
    assert_eq!(reply.status, 200, "{query}: {:?}", reply.body);
    reply.body
}

#[tokio::test(flavor = "multi_thread")]
async fn shoppers_browse_by_category_price_merchant_and_words() {
    let house = House::open().await;
    let page = house.page().await;
    let merchant = text(&page["merchant"]);
    let all = products(&house, "").await;
    assert_eq!(all["items"][0]["product"], json!(house.market.product));
    assert_eq!(
        (&all["items"][0]["price_min_minor"], &all["items"][0]["currency"]),
        (&json!(PRICE), &json!("KRW"))
    );
    assert_eq!(all["facets"]["categories"], json!([{"category": "books", "count": 1}]));
    assert_eq!(all["facets"]["merchants"], json!([{"merchant": merchant, "count": 1}]));
    assert_eq!(all["facets"]["prices"], json!([{"from_minor": 10_000, "until_minor": 20_000, "count": 1}]));
    let count = async |query: &str| products(&house, query).await["items"].as_array().unwrap().len();
    let other = jangteo::ids::fresh();
    assert_eq!(count("?category=books&sort=price_asc&in_stock=false").await, 1);
    assert_eq!(count("?category=toys").await, 0);
    assert_eq!(count(&format!("?shelf={other}")).await, 0);
    assert_eq!(count(&format!("?merchant={merchant},{other}")).await, 1);
    assert_eq!(count(&format!("?merchant={other}")).await, 0);
    assert_eq!(count("?price_min_minor=12345&price_max_minor=12345").await, 1);
    assert_eq!(count("?price_min_minor=12346").await, 0);
    assert_eq!(count("?text=book").await, 1);
    assert_eq!(count("?text=shoe").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_goes_on_by_its_cursor() {
    let house = House::open().await;
    let second = market::open(&house.world).await;
    house.world.projected().await;
    let first = products(&house, "?limit=1&sort=best_selling").await;
    let cursor = first["next_cursor"].as_str().unwrap();
    let next = products(&house, &format!("?limit=1&sort=best_selling&cursor={cursor}")).await;
    let mut seen = [&first["items"][0]["product"], &next["items"][0]["product"]].map(ToString::to_string);
    let mut there = [json!(house.market.product), json!(second.product)].map(|id| id.to_string());
    seen.sort();
    there.sort();
    assert_eq!(seen, there);
    assert_eq!((&next["next_cursor"], &next["facets"]), (&Value::Null, &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_cannot_be_taken_is_refused() {
    let house = House::open().await;
    let refused = async |query: &str| {
        let reply = house.nobody.get(&house.at(&format!("/products{query}"))).await;
        (reply.status.as_u16(), reply.body["code"].as_str().unwrap().to_owned())
    };
    for query in
        ["?sort=upwards", "?price_min_minor=-1", "?merchant=me", "?limit=0", "?category=books&shelf=x"]
    {
        assert_eq!(refused(query).await, (400, "bad_query".to_owned()), "{query}");
    }
    let both = format!("?category=books&shelf={}", jangteo::ids::fresh());
    assert_eq!(refused(&both).await, (400, "bad_query".to_owned()));
    assert_eq!(refused("?colour=red").await, (400, "unknown_query_parameter".to_owned()));
    assert_eq!(refused("?cursor=abc").await, (400, "bad_cursor".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_has_a_page_in_its_own_mall_only() {
    let house = House::open().await;
    let product = house.market.product;
    let page = house.nobody.get(&house.at(&format!("/products/{product}"))).await.body;
    assert_eq!((&page["name"], &page["merchant_name"]), (&json!("A book"), &json!("The shop")));
    assert_eq!(page["skus"][0]["sku"], json!(house.market.sku));
    assert_eq!(page["skus"][0]["available"], json!(100));
    let other = house.nobody.get(&format!("/storefront/v1/malls/brasil/products/{product}")).await;
    assert_eq!(refusal(&other), (404, "not_found"));
    let unknown = house.nobody.get(&house.at(&format!("/products/{}", jangteo::ids::fresh()))).await;
    assert_eq!(refusal(&unknown), (404, "not_found"));
    for path in ["products", "categories"] {
        let nowhere = house.nobody.get(&format!("/storefront/v1/malls/nowhere/{path}")).await;
        assert_eq!(refusal(&nowhere), (404, "mall_not_found"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sold_out_or_off_sale_leaves_the_lists() {
    let house = House::open().await;
    house.lose(100).await;
    house.world.projected().await;
    assert_eq!(products(&house, "").await["items"], json!([]));
    assert_eq!(products(&house, "?in_stock=false").await["items"][0]["in_stock"], json!(false));
    house.suspend().await;
    house.world.projected().await;
    assert_eq!(products(&house, "?in_stock=false").await["items"], json!([]));
    let page = house.nobody.get(&house.at(&format!("/products/{}", house.market.product))).await;
    assert_eq!(refusal(&page), (404, "not_found"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mall_lists_its_categories() {
    let house = House::open().await;
    let reply = house.nobody.get(&house.at("/categories")).await;
    assert_eq!((reply.status.as_u16(), &reply.body), (200, &json!({"items": []})));
}
