//! Statements and what they are made of.

use reqwest::Method;
use serde_json::json;

use super::settled::settled;

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_is_found_and_read() {
    let settled = settled("123-456").await;
    let found = |query: &'static str| {
        let finance = settled.finance.clone();
        async move {
            let page = finance.get(&format!("/finance/v1/malls/main/statements?{query}")).await.body;
            page["items"].as_array().map(Vec::len)
        }
    };
    assert_eq!(found("phase=paid").await, Some(1));
    assert_eq!(found("phase=open").await, Some(0));
    assert_eq!(found("period_from=2026-02-28T15:00:00Z&period_until=2026-03-31T15:00:00Z").await, Some(1));
    assert_eq!(found("period_until=2026-03-01T00:00:00Z").await, Some(0));
    assert_eq!(found("phase=lost").await, None);
    let nowhere = settled.finance.get("/finance/v1/malls/nowhere/statements").await;
    assert_eq!(nowhere.code(), "mall_not_found");

    let shown = settled.finance.get(&settled.path("")).await;
    // 37,035 less a tenth of it, 3,704 rounded half away from zero.
    let figures = (&shown.body["sale_minor"], &shown.body["commission_minor"], &shown.body["due_minor"]);
    assert_eq!(figures, (&json!(37_035), &json!(3_704), &json!(33_331)));
    assert_eq!((&shown.body["phase"], &shown.body["carries"]), (&json!("paid"), &json!([])));
    assert!(shown.body["payout"]["bank_reference"].is_string());
    let known = [("if-none-match", shown.header("etag"))];
    assert_eq!(settled.finance.send(Method::GET, &settled.path(""), &known, None).await.status, 304);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_of_a_statement_is_explained() {
    let settled = settled("123-456").await;
    let items = settled.finance.get(&settled.path("/items")).await.body;
    let [item] = items["items"].as_array().unwrap().as_slice() else { panic!("{items:?}") };
    assert_eq!((&item["net_minor"], &item["quantity"]), (&json!(33_331), &json!(3)));
    let key = item["item"].as_str().unwrap().replace('/', "%2F");
    let explained = settled.finance.get(&settled.path(&format!("/items/{key}/explanation"))).await.body;
    assert_eq!(&explained["item"], item);
    let sum = |lines: &str, side: &str| {
        explained[lines].as_array().unwrap().iter().map(|line| line[side].as_i64().unwrap()).sum::<i64>()
    };
    for lines in ["share", "entry"] {
        assert!(sum(lines, "debit_minor") > 0, "{explained:?}");
        assert_eq!(sum(lines, "debit_minor"), sum(lines, "credit_minor"), "{explained:?}");
    }
    assert_eq!(explained["entry"][0]["cites"], item["cites"]);
    for rest in ["/items/none/explanation", "/items/%20/explanation"] {
        assert_eq!(settled.finance.get(&settled.path(rest)).await.code(), "not_found");
    }
    let nothing = format!("/finance/v1/statements/{}", jangteo::ids::fresh());
    for rest in ["", "/items"] {
        assert_eq!(settled.finance.get(&format!("{nothing}{rest}")).await.code(), "not_found");
    }
}
