//! Read models against the log: what the lists say is what the events add up to. That every table is what a fold of the
//! log makes is `jangteo verify`'s to say.

use std::collections::BTreeMap;

use eventstore::Recorded;
use payment::Payment;
use serde_json::{Value, json};
use settlement::{State as StatementState, Statement};

use crate::caller::Caller;
use crate::checker::{Finding, Law, folded};

/// What the orders' list says of each, held against the log.
pub async fn orders_differ(log: &[Recorded], operator: &mut Caller) -> Vec<Finding> {
    let payments = folded::<Payment>(log);
    let orders = folded::<order::Order>(log);
    let expected = orders.into_iter().map(|(id, state)| {
        let payment = state.payment().map(|payment| payment.to_string()).unwrap_or_default();
        let payment = payments.get(&payment).cloned().unwrap_or_default();
        let pieces = state.lines().map(|(placed, line)| {
            let buckets = line.buckets();
            json!([placed.line, buckets.confirmed, buckets.cancelled, buckets.returned])
        });
        let pieces: Vec<Value> = pieces.collect();
        let (status, refunded) = (state.phase().to_string(), payment.refunded().minor());
        (id, json!([status, payment.phase().to_string(), refunded, pieces]))
    });
    let shown = |order: &Value| {
        let lines = order["lines"].as_array().cloned().unwrap_or_default();
        let pieces = lines.iter().map(|line| {
            let pieces = &line["pieces"];
            json!([line["line"], pieces["confirmed"], pieces["cancelled"], pieces["returned"]])
        });
        let pieces: Vec<Value> = pieces.collect();
        json!([order["status"], order["payment_status"], order["refunded_minor"], pieces])
    };
    let listed = operator.read_all("/admin/v1/orders").await;
    compare("order", &expected.collect(), listed, ("order", shown))
}

/// What a merchant's list of claims says of each, held against the log.
pub async fn claims_differ(log: &[Recorded], merchants: &mut [Caller]) -> Vec<Finding> {
    let claims = folded::<claim::Claim>(log).into_iter();
    let expected =
        claims.map(|(id, state)| (id, json!(state.phase().map_or("absent", claim::state::Phase::name))));
    let listed = of_all(merchants, "/seller/v1/claims").await;
    compare("claim", &expected.collect(), listed, ("claim", |claim| claim["phase"].clone()))
}

/// What a merchant's list of statements says of each, held against the log.
pub async fn statements_differ(log: &[Recorded], merchants: &mut [Caller]) -> Vec<Finding> {
    let statements = folded::<Statement>(log).into_iter();
    let expected = statements.map(|(id, state)| (id, stands(&state)));
    let listed = of_all(merchants, "/seller/v1/statements").await;
    let shown = |statement: &Value| {
        json!([statement["phase"], statement["due_minor"], statement["net_minor"], statement["sha256"]])
    };
    compare("statement", &expected.collect(), listed, ("statement", shown))
}

fn stands(state: &StatementState) -> Value {
    let Some(standing) = state.standing() else { return Value::Null };
    let phase = standing.phase().name();
    json!([phase, standing.due().minor(), standing.totals().net.minor(), standing.hash()])
}

async fn of_all(callers: &mut [Caller], path: &str) -> Option<Vec<Value>> {
    let mut all = Vec::new();
    for caller in callers {
        all.extend(caller.read_all(path).await?);
    }
    Some(all)
}

fn compare(
    what: &str,
    expected: &BTreeMap<String, Value>,
    listed: Option<Vec<Value>>,
    (id, shown): (&str, impl Fn(&Value) -> Value),
) -> Vec<Finding> {
    let finding = |what: String| Finding { law: Law::ReadModelDiffers, what };
    let Some(listed) = listed else {
        return vec![finding(format!("the list of every {what} can't be read"))];
    };
    let listed: BTreeMap<String, Value> =
        listed.iter().map(|item| (item[id].as_str().unwrap_or_default().to_owned(), shown(item))).collect();
    let ids = expected.keys().chain(listed.keys().filter(|id| !expected.contains_key(*id)));
    let differ = ids.filter(|id| expected.get(*id) != listed.get(*id));
    let word = |id: &String| {
        finding(format!("{what} {id}: the log {:?}, the list {:?}", expected.get(id), listed.get(id)))
    };
    differ.map(word).collect()
}
