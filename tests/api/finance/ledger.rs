//! The ledger: its lines, its balance, its feed.

use serde_json::{Value, json};

use super::settled::settled;

fn sum(lines: &[Value], side: &str) -> i64 {
    lines.iter().map(|line| line[side].as_i64().unwrap()).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_books_balance_as_of_any_position() {
    let settled = settled("123-456").await;
    let path = "/finance/v1/malls/main/trial-balance";
    let now = settled.finance.get(path).await.body;
    let accounts = now["accounts"].as_array().unwrap();
    assert_eq!(sum(accounts, "debit_minor"), sum(accounts, "credit_minor"));
    assert!(sum(accounts, "debit_minor") > 0, "{now:?}");
    let as_of = now["as_of"].as_u64().unwrap();
    assert_eq!(settled.finance.get(&format!("{path}?as_of={as_of}")).await.body, now);
    let first = settled.finance.get("/finance/v1/changes?after=0&limit=1").await.body;
    let then = first["next_after"].as_u64().unwrap();
    let before = settled.finance.get(&format!("{path}?as_of={then}")).await.body;
    let accounts = before["accounts"].as_array().unwrap();
    assert_eq!((sum(accounts, "debit_minor"), sum(accounts, "credit_minor")), (37_035, 37_035));
    assert_eq!(settled.finance.get(&format!("{path}?as_of=-1")).await.code(), "bad_query");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_feed_brings_every_line_once() {
    let settled = settled("123-456").await;
    let (mut after, mut fed) = (0, Vec::new());
    loop {
        let page = settled.finance.get(&format!("/finance/v1/changes?after={after}&limit=2")).await.body;
        let lines = page["lines"].as_array().unwrap().clone();
        after = page["next_after"].as_u64().unwrap();
        if lines.is_empty() {
            break;
        }
        fed.extend(lines);
    }
    let mut listed = settled.finance.get("/finance/v1/ledger?limit=100").await.body["items"].clone();
    listed.as_array_mut().unwrap().reverse();
    assert_eq!(json!(fed), listed);
    assert!(fed.len() >= 8, "{fed:?}");
    for query in ["", "?after=0&limit=0", "?after=0&limit=101", "?after=x", "?after=0&before=1"] {
        assert_eq!(settled.finance.get(&format!("/finance/v1/changes{query}")).await.status, 400, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ledger_is_read_by_account_and_merchant() {
    let settled = settled("123-456").await;
    let merchant = settled.market.merchant;
    let path = format!("/finance/v1/ledger?account=merchant_payable&merchant={merchant}");
    let lines = settled.finance.get(&path).await.body;
    let lines = lines["items"].as_array().unwrap();
    assert_eq!((sum(lines, "debit_minor"), sum(lines, "credit_minor")), (33_331, 33_331));
    assert!(lines.iter().all(|line| line["merchant"] == json!(merchant.to_string())));
    let nobody = format!("/finance/v1/ledger?merchant={}", jangteo::ids::fresh());
    assert_eq!(settled.finance.get(&nobody).await.body["items"], json!([]));
    assert_eq!(settled.finance.get("/finance/v1/ledger?account=petty_cash").await.code(), "bad_query");
}
