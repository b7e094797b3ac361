//! A merchant: sends what was ordered, brings back what is returned, judges claims, agrees to statements. What is to be
//! done it reads from its lists; each thing is done under a key of its own, however often it is met.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::watch;

use crate::caller::{Answer, Ask, Caller, Proof, pace};
use crate::market::Seller;

/// Between two looks at the lists.
const BEAT: Duration = Duration::from_millis(400);

/// A merchant at work.
pub struct Merchant {
    caller: Caller,
    /// Who can tell the time.
    clock: Caller,
    /// The bodies of scans that were reported, by their shipment: the same key needs the same body.
    scans: BTreeMap<String, (usize, Value)>,
}

impl Merchant {
    pub(super) fn new(nobody: Caller, clock: Caller, seller: &Seller) -> Self {
        Self { caller: super::merchant(nobody, seller), clock, scans: BTreeMap::new() }
    }

    /// Works until the market closes.
    pub(super) async fn work_until(mut self, open: watch::Receiver<bool>) -> Self {
        let mut beats = pace(BEAT);
        while *open.borrow() {
            beats.tick().await;
            self.work().await;
        }
        self
    }

    /// Does everything that its lists show; how many things that were.
    pub async fn work(&mut self) -> usize {
        let mut done = 0;
        for shipment in self.listed("shipments?status=requested").await {
            let body = json!({"carrier": "cj", "tracking_number": shipment["shipment"]});
            done += self.act(&shipment, ("shipment", "dispatch"), "dispatch", body).await;
        }
        for shipment in self.listed("shipments?status=dispatched").await {
            done += self.report_delivery(&shipment).await;
        }
        for claim in self.listed("claims?phase=requested").await {
            let step = if claim["kind"] == "cancel" { "approval" } else { "acceptance" };
            done += self.act(&claim, ("claim", step), step, Value::Null).await;
        }
        for claim in self.listed("claims?phase=collected").await {
            let lines = claim["lines"].as_array().cloned().unwrap_or_default();
            let found =
                |line: &Value| json!({"line": line["line"], "resellable": line["quantity"], "damaged": 0});
            let body = json!({"result": "pass", "lines": lines.iter().map(found).collect::<Vec<_>>()});
            done += self.act(&claim, ("claim", "inspection"), "inspect", body).await;
        }
        for statement in self.listed("statements?phase=closed").await {
            done += self.act(&statement, ("statement", "confirmation"), "agree", Value::Null).await;
        }
        done
    }

    async fn listed(&mut self, list: &str) -> Vec<Value> {
        let page = self.caller.read(&format!("/seller/v1/{list}&limit=100")).await;
        page.and_then(|page| page["items"].as_array().cloned()).unwrap_or_default()
    }

    /// One step of one thing, under a key that names both.
    async fn act(
        &mut self,
        thing: &Value,
        (what, step): (&'static str, &str),
        kind: &'static str,
        body: Value,
    ) -> usize {
        let id = thing[what].as_str().unwrap_or_default();
        let (path, key) = (format!("/seller/v1/{what}s/{id}/{step}"), format!("{step}-{id}"));
        let ask = Ask { kind, path, key, body, proof: Proof::Stream(stream(what, id)) };
        usize::from(matches!(self.caller.write(&ask).await, Answer::Done(..)))
    }

    /// The parcel has arrived. Where too much time passed since it was first told, it is told anew.
    async fn report_delivery(&mut self, shipment: &Value) -> usize {
        let id = shipment["shipment"].as_str().unwrap_or_default().to_owned();
        let known = self.scans.get(&id).cloned();
        let (try_no, body) = match known {
            Some(known) => known,
            None => match self.scan_now(&id).await {
                Some(body) => (1, body),
                None => return 0,
            },
        };
        self.scans.insert(id.clone(), (try_no, body.clone()));
        let path = format!("/seller/v1/shipments/{id}/scans");
        let (key, proof) = (format!("delivered-{id}-{try_no}"), Proof::Stream(stream("shipment", &id)));
        match self.caller.write(&Ask { kind: "deliver", path, key, body, proof }).await {
            Answer::Done(..) => 1,
            Answer::Refused(_) => {
                if let Some(body) = self.scan_now(&id).await {
                    self.scans.insert(id, (try_no + 1, body));
                }
                0
            }
            Answer::Unanswered => 0,
        }
    }

    async fn scan_now(&mut self, shipment: &str) -> Option<Value> {
        let now = self.clock.read("/admin/v1/clock").await?["now"].clone();
        Some(json!({"scan": format!("delivered-{shipment}"), "status": "delivered", "occurred_at": now}))
    }
}

fn stream(what: &str, id: &str) -> String {
    let context = match what {
        "shipment" => "shipping",
        "statement" => "settlement",
        other => other,
    };
    format!("{context}.{what}.{id}")
}
