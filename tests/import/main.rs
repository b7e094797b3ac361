//! Imports on real servers, of made-up rows: they end as the data says, and a killed one ends like one that was not.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod data;
mod installation;

use data::Data;
use installation::Installation;
use serde_json::{Value, json};

/// What must be the same however an import came to its end.
fn outcome(report: &Value) -> Value {
    let same =
        ["by_final_status", "data_status_to_final_status", "findings", "trial_balance", "orders_taken"];
    same.into_iter()
        .map(|key| (key.to_owned(), report[key].clone()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[test]
fn orders_end_where_the_data_says_and_are_settled_to_the_cent() {
    let (data, installation) = (Data::of_orders(36), Installation::fresh());
    let out = installation.import(&data);
    let report = out.report();
    let expected = json!({
        "approved": {"paid": 4},
        "canceled": {"cancelled": 4},
        "created": {"expired": 4},
        "delivered": {"closed": 12},
        "processing": {"paid": 4},
        "shipped": {"paid": 4},
        "unavailable": {"cancelled": 4},
    });
    assert_eq!(report["data_status_to_final_status"], expected);
    assert_eq!(report["findings"], json!({}), "nothing is refused or put right");
    assert_eq!(report["trial_balance_difference_minor"], 0);
    assert_eq!(out.settled(), data.settled());
    assert!(out.controls().iter().all(|control| control["phase"] == "paid"), "every statement is paid out");
}

#[test]
fn an_import_killed_again_and_again_ends_like_one_that_was_not() {
    let data = Data::of_orders(36);
    let whole = Installation::fresh();
    let untouched = whole.import(&data);
    let killed = Installation::fresh();
    for percent in [10, 35, 50, 65, 80, 95] {
        killed.import_until(&data, whole.head() * percent / 100);
    }
    let resumed = killed.import(&data);
    assert_eq!(resumed.settled(), untouched.settled());
    assert_eq!(outcome(&resumed.report()), outcome(&untouched.report()));
    assert_eq!(killed.head(), whole.head(), "nothing stands in the log twice");
}

#[test]
fn an_import_done_again_changes_nothing() {
    let (data, installation) = (Data::of_orders(9), Installation::fresh());
    let first = installation.import(&data);
    let head = installation.head();
    let again = installation.import(&data);
    assert_eq!(installation.head(), head);
    assert_eq!(again.settled(), first.settled());
    assert_eq!(outcome(&again.report()), outcome(&first.report()));
}

#[test]
fn a_log_that_is_not_the_imports_is_left_alone() {
    let (data, used) = (Data::of_orders(9), Installation::fresh());
    used.is_used();
    let head = used.head();
    let said = used.try_import(&data).unwrap_err();
    assert!(said.starts_with("an import needs a log of its own"), "{said}");
    assert_eq!(used.head(), head, "nothing was written");

    let imported = Installation::fresh();
    imported.import(&data);
    let head = imported.head();
    let said = imported.try_import(&Data::of_orders(10)).unwrap_err();
    assert!(said.starts_with("an import needs a log of its own"), "{said}");
    assert_eq!(imported.head(), head, "nothing was written");
}

#[test]
fn an_import_into_a_live_installation_is_refused() {
    let (data, installation) = (Data::of_orders(1), Installation::fresh());
    let said = installation.live().try_import(&data).unwrap_err();
    assert!(said.starts_with("an import is for sandboxes only"), "{said}");
    assert_eq!(installation.head(), 0);
}

#[test]
fn a_missing_file_is_one_sentence() {
    let (data, installation) = (Data::of_orders(1), Installation::fresh());
    data.remove("olist_sellers_dataset.csv");
    let said = installation.try_import(&data).unwrap_err();
    assert!(
        said.starts_with(&format!("{}/olist_sellers_dataset.csv cannot be opened", data.folder())),
        "{said}"
    );
}
