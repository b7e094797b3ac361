//! Lists, queries and paths.

use axum::Router;
use axum::routing::get;
use jangteo::http::page::{NoFilter, encode};
use jangteo::http::{Json, Page, Paged, Path, Problem, Query};
use kernel::id::OrderId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa_axum::router::OpenApiRouter;

use crate::house::{self, Reply, service};

#[derive(Serialize, Deserialize)]
struct After {
    number: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Parity {
    Even,
    Odd,
}

#[derive(Deserialize)]
struct Filter {
    parity: Option<Parity>,
}

/// The numbers from 1 to 45.
async fn numbers(paged: Paged<After, Filter>) -> Result<Json<Page<u32>>, Problem> {
    let begin = paged.after.as_ref().map_or(0, |after| after.number);
    let wanted = |number: &u32| match paged.filter.parity {
        None => true,
        Some(Parity::Even) => number.is_multiple_of(2),
        Some(Parity::Odd) => !number.is_multiple_of(2),
    };
    let fetch = usize::try_from(paged.fetch()).unwrap();
    let rows = (begin + 1..=45).filter(wanted).take(fetch).collect();
    paged.page(rows, |number| After { number: *number }, |number| number).map(Json)
}

async fn bare(paged: Paged<After, NoFilter>) -> Json<u32> {
    Json(paged.limit)
}

async fn search(Query(filter): Query<Filter>) -> Json<bool> {
    Json(filter.parity.is_some())
}

async fn order(Path(order): Path<OrderId>) -> Json<OrderId> {
    Json(order)
}

fn house() -> Router {
    let table = OpenApiRouter::new()
        .route("/numbers", get(numbers))
        .route("/bare", get(bare))
        .route("/search", get(search))
        .route("/orders/{order}", get(order));
    service(table)
}

async fn get_it(path: &str) -> Reply {
    house::get(&house(), path, &[]).await
}

#[tokio::test]
async fn a_list_is_walked_to_its_end() {
    let (mut seen, mut path) = (Vec::new(), "/numbers".to_owned());
    for length in [20, 20, 5] {
        let page = get_it(&path).await.json;
        assert_eq!(page["items"].as_array().unwrap().len(), length);
        seen.extend(page["items"].as_array().unwrap().iter().map(|it| it.as_u64().unwrap()));
        path = format!("/numbers?cursor={}", page["next_cursor"].as_str().unwrap_or("none"));
    }
    assert_eq!(seen, (1..=45).collect::<Vec<u64>>());
    assert!(path.ends_with("=none"));
}

#[tokio::test]
async fn a_page_that_ends_with_the_list_has_no_next() {
    let page = get_it("/numbers?limit=45").await.json;
    assert_eq!((page["items"].as_array().unwrap().len(), &page["next_cursor"]), (45, &json!(null)));
    assert!(get_it("/numbers?limit=44").await.json["next_cursor"].is_string());
}

#[tokio::test]
async fn filters_and_paging_share_a_query() {
    assert_eq!(get_it("/numbers?limit=2&parity=even").await.json["items"], json!([2, 4]));
}

#[tokio::test]
async fn a_limit_is_1_to_100() {
    for limit in ["0", "101", "-1", "x", "", "70000"] {
        let reply = get_it(&format!("/numbers?limit={limit}")).await;
        reply.is_problem(400, "bad_query");
        assert_eq!(reply.wrong_part(), ("limit", "invalid"));
    }
    assert_eq!(get_it("/bare?limit=100").await.json, 100);
    get_it("/bare?limit=1&limit=2").await.is_problem(400, "bad_query");
}

#[tokio::test]
async fn a_cursor_is_exactly_one_that_the_list_gave() {
    let good = encode(&After { number: 40 }).unwrap();
    assert_eq!(get_it(&format!("/numbers?cursor={good}")).await.json["items"][0], 41);
    let more = encode(&json!({"number": 40, "more": 1})).unwrap();
    let other = encode(&json!({"name": "x"})).unwrap();
    for cursor in ["", "x", "!!", &format!("{good}="), &more, &other] {
        get_it(&format!("/numbers?cursor={cursor}")).await.is_problem(400, "bad_cursor");
    }
}

#[tokio::test]
async fn an_unknown_parameter_never_means_all() {
    for path in ["/numbers?partiy=even", "/bare?x=1", "/search?limit=1", "/search?parity=even&x"] {
        let reply = get_it(path).await;
        reply.is_problem(400, "unknown_query_parameter");
        assert_eq!(reply.wrong_part().1, "unknown");
    }
}

#[tokio::test]
async fn a_parameter_that_does_not_fit_is_named() {
    let reply = get_it("/search?parity=none").await;
    reply.is_problem(400, "bad_query");
    assert_eq!(reply.wrong_part(), ("parity", "invalid"));
    assert_eq!(get_it("/search?parity=%6fdd").await.json, true);
    assert_eq!(get_it("/search").await.json, false);
}

#[tokio::test]
async fn an_id_that_cannot_be_names_nothing() {
    get_it("/orders/7").await.is_problem(404, "not_found");
    get_it("/orders/%ff").await.is_problem(404, "not_found");
    let id = "0190a5c3-0000-7000-8000-000000000001";
    assert_eq!(get_it(&format!("/orders/{id}")).await.json, id);
}
