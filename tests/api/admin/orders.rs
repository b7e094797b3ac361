//! Looking at orders and members.

use member::operator::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::Client;
use crate::market::open;
use crate::staff::staff;
use crate::trade::{buy, place};
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn orders_are_found_by_what_is_known_of_them() {
    let world = World::start().await;
    let market = open(&world).await;
    let (paid, unpaid) = (buy(&world, &market, 2).await, place(&world, &market, 1).await);
    world.projected().await;
    let client = Client::of(&world).await;
    let desk = staff(&world, &client, &[Role::Support]).await;
    let count = |query: String| {
        let desk = desk.clone();
        async move { desk.get(&format!("/admin/v1/orders?{query}")).await.body["items"].as_array().unwrap().len() }
    };
    assert_eq!(count(format!("member={}", market.member)).await, 2);
    assert_eq!(count("status=paid&mall=main".to_owned()).await, 1);
    assert_eq!(count(format!("id_prefix={}", unpaid.order)).await, 1);
    assert_eq!(count("placed_from=2030-01-01T00:00:00Z".to_owned()).await, 0);
    let misspelt = desk.get("/admin/v1/orders?state=paid").await;
    assert_eq!((misspelt.status.as_u16(), misspelt.code()), (400, "unknown_query_parameter"));
    assert_eq!(desk.get("/admin/v1/orders?status=lost").await.code(), "bad_query");

    let path = format!("/admin/v1/orders/{}", paid.order);
    let shown = desk.get(&path).await;
    assert_eq!((&shown.body["status"], &shown.body["total_minor"]), (&json!("paid"), &json!(24_690)));
    assert_eq!(shown.body["lines"][0]["pieces"]["ordered"], 2, "{:?}", shown.body);
    let text = shown.body.to_string();
    assert!(!text.contains("recipient") && !text.contains("Kim"), "who receives it is not shown: {text}");
    let known = [("if-none-match", shown.header("etag"))];
    assert_eq!(desk.send(Method::GET, &path, &known, None).await.status, 304);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_tells_its_history() {
    let world = World::start().await;
    let market = open(&world).await;
    let bought = buy(&world, &market, 1).await;
    world.projected().await;
    let client = Client::of(&world).await;
    let desk = staff(&world, &client, &[Role::Support]).await;
    let history = desk.get(&format!("/admin/v1/orders/{}/history?limit=100", bought.order)).await.body;
    let commits = history["items"].as_array().unwrap();
    let names = |commit: &Value| -> Vec<String> {
        let context = text(&commit["stream"]).split('.').next().unwrap();
        let events = commit["events"].as_array().unwrap().iter();
        events.map(|event| format!("{context}.{}", text(&event["name"]))).collect()
    };
    let words: Vec<String> = commits.iter().flat_map(names).collect();
    for wanted in ["order.placed", "payment.captured", "order.paid", "shipping.requested"] {
        assert!(words.iter().any(|word| word == wanted), "{wanted} in {words:?}");
    }
    let positions: Vec<u64> = commits.iter().map(|commit| commit["position"].as_u64().unwrap()).collect();
    assert!(positions.is_sorted());
    let placed = &commits[0]["events"][0]["body"];
    assert_eq!((&placed["total_minor"], &placed["recipient"]), (&json!(12_345), &json!("(withheld)")));
    let paid = commits.iter().find(|commit| names(commit).contains(&"order.paid".to_owned())).unwrap();
    assert_eq!((text(&paid["actor_kind"]), paid["causation"].is_u64()), ("system", true), "{paid}");
    for path in ["", "/history"] {
        let reply = desk.get(&format!("/admin/v1/orders/{}{path}", jangteo::ids::fresh())).await;
        assert_eq!(reply.code(), "not_found");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn members_are_listed_without_anything_personal() {
    let world = World::start().await;
    let market = open(&world).await;
    world.projected().await;
    let client = Client::of(&world).await;
    let desk = staff(&world, &client, &[Role::Support]).await;
    let members = desk.get("/admin/v1/members").await.body;
    let [only] = members["items"].as_array().unwrap().as_slice() else { panic!("{members:?}") };
    let mut keys: Vec<&str> = only.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(
        (keys, &only["member"]),
        (vec!["grade", "member", "registered_at", "standing"], &json!(market.member.to_string()))
    );
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}
