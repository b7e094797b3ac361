//! Exports: the bytes, and what they can be checked against.

use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::settled::{Settled, settled};
use crate::staff::staff;
use crate::trade::{buy, deliver};

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_the_same_bytes_each_time_and_adds_up() {
    let settled = settled("123-456").await;
    for (format, media_type) in [("csv", "text/csv"), ("json_lines", "application/jsonl")] {
        let path = settled.path(&format!("/export?format={format}"));
        let (first, second) = (settled.finance.get(&path).await, settled.finance.get(&path).await);
        assert_eq!(first.status, 200, "{first:?}");
        assert_eq!(first.text, second.text);
        assert!(first.header("content-type").starts_with(media_type));
        assert_eq!(first.header("jangteo-export-sha256"), hex::encode(Sha256::digest(&first.text)));
        let totals = (first.header("jangteo-export-rows"), first.header("jangteo-export-net-minor"));
        assert_eq!(totals, ("1", "33331"));
        assert!(first.text.contains("37035"), "{}", first.text);
    }
    assert_eq!(settled.finance.get(&settled.path("/export")).await.code(), "bad_query");
    assert_eq!(settled.finance.get(&settled.path("/export?format=xlsx")).await.code(), "bad_query");
    let nothing = format!("/finance/v1/statements/{}/export?format=csv", jangteo::ids::fresh());
    assert_eq!(settled.finance.get(&nothing).await.code(), "no_such_statement");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_ends_with_its_totals() {
    let settled = settled("123-456").await;
    let whole = raw(&settled, &settled.path("/export?format=csv")).await;
    let (_, trailer) = whole.rsplit_once("\r\n0\r\n").unwrap();
    assert!(trailer.contains("jangteo-export-rows: 1\r\n"), "{whole}");
    assert!(trailer.contains("jangteo-export-net-minor: 33331\r\n"), "{whole}");
    assert!(trailer.contains("jangteo-export-sha256: "), "{whole}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_still_open_is_not_exported() {
    let settled = settled("123-456").await;
    let bought = buy(&settled.world, &settled.market, 1).await;
    deliver(&settled.world, bought).await;
    settled.world.pass(8).await;
    settled.world.projected().await;
    let finance = staff(&settled.world, &settled.client, &[member::operator::Role::Finance]).await;
    let open = finance.get("/finance/v1/malls/main/statements?phase=open").await.body;
    let open = open["items"][0]["statement"].as_str().unwrap();
    let reply = finance.get(&format!("/finance/v1/statements/{open}/export?format=csv")).await;
    assert_eq!((reply.status.as_u16(), reply.code()), (409, "not_closed"));
}

/// A response as it came over the wire: the test client hides trailers.
async fn raw(settled: &Settled, path: &str) -> String {
    let (base, token) = settled.finance.parts();
    let address = base.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\nTE: trailers\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut whole = String::new();
    stream.read_to_string(&mut whole).await.unwrap();
    whole
}
