//! The timeline's windows.

use super::super::sample::{market, may};
use super::plan;
use crate::import::olist::files::{Files, Status};
use crate::import::olist::plan::{Act, Plan};

/// The orders of each chain of the first window that buys something.
fn chains(plan: &Plan) -> Vec<Vec<&str>> {
    let window = plan.windows.iter().find(|window| !window.buying.is_empty()).unwrap();
    let order = |index: usize| plan.orders[index].order.as_str();
    let mut chains: Vec<Vec<&str>> = window
        .buying
        .iter()
        .map(|chain| {
            let placed = chain.iter().filter(|job| plan.orders[job.order].steps[job.step].act == Act::Place);
            placed.map(|job| order(job.order)).collect()
        })
        .collect();
    chains.sort();
    chains
}

fn busy() -> Files {
    (1..=25).fold(market(), |files, day| files.with_plain_order(&format!("o{day}"), day))
}

#[test]
fn every_step_is_in_one_window_and_in_its_time() {
    let plan = plan(&busy());
    let mut from = plan.starts_at;
    let mut jobs = Vec::new();
    for window in &plan.windows {
        for job in window.buying.iter().chain(&window.fulfilling).flatten() {
            assert!(from <= job.at && job.at < window.until);
            jobs.push((job.order, job.step));
        }
        from = window.until;
    }
    jobs.sort_unstable();
    let steps = |(index, steps): (usize, usize)| (0..steps).map(move |step| (index, step));
    let all: Vec<_> = plan.orders.iter().map(|order| order.steps.len()).enumerate().flat_map(steps).collect();
    assert_eq!(jobs, all);
}

#[test]
fn windows_are_short_and_end_with_the_month() {
    let plan = plan(&busy());
    let june = may(32, 0);
    assert!(plan.windows.iter().any(|window| window.until == june));
    let ends: Vec<_> =
        std::iter::once(plan.starts_at).chain(plan.windows.iter().map(|window| window.until)).collect();
    assert!(ends.windows(2).all(|pair| pair[0] < pair[1] && pair[1] - pair[0] <= chrono::TimeDelta::days(6)));
}

#[test]
fn the_timeline_goes_on_until_everything_is_settled() {
    let plan = plan(&market().with_plain_order("o1", 3));
    let close = plan.windows.last().unwrap().until;
    // Delivered on 8 May, 40 days on is June; its statements are closed, confirmed and paid in July.
    assert_eq!(close, may(32 + 30 + 10, 0));
}

#[test]
fn an_unpaid_order_expires_within_the_timeline() {
    let files = market().with_order("o1", Status::Created, 3).with_item("o1", "p1", "s1", 100);
    let plan = plan(&files);
    let due = super::mall().payment_due(may(3, 9));
    assert!(plan.windows.last().unwrap().until > due);
}

#[test]
fn orders_that_share_a_product_are_one_chain_in_the_order_of_their_times() {
    let files = market()
        .with_order("a", Status::Created, 3)
        .with_item("a", "p1", "s1", 100)
        .with_order("b", Status::Created, 4)
        .with_item("b", "p2", "s2", 100)
        .with_order("c", Status::Created, 3)
        .with_item("c", "p2", "s1", 100)
        .with_order("d", Status::Created, 4)
        .with_item("d", "p1", "s1", 100)
        .with_item("d", "p2", "s1", 100);
    assert_eq!(chains(&plan(&files)), [vec!["a", "c", "d"], vec!["b"]]);
}

#[test]
fn nothing_to_do_is_a_plan_too() {
    assert!(plan(&market()).orders.is_empty());
}
