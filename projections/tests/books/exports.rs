//! An export is what the domain would write, and leads to the statement's hash again.

use eventstore::{Seq, StreamName};
use projections::books::Books;
use projections::books::query::{export_rows, items, statement};
use projections::runner;
use settlement::item::SettlementItem;
use settlement::{Event, Statement, chain, export};

use crate::statements::*;
use crate::world::World;

/// A closed statement of 306 items, some of what claims took back and left, added in several commits.
async fn closed(world: &mut World) -> Vec<SettlementItem> {
    for commit in 0..3 {
        let lines = (0..100).map(|n| line(&format!("{commit}/{n}"), 30_000 + n)).collect();
        world.takes::<Statement>(&statement_id(0), accrue(0, 41 + commit, lines)).await;
        let back = adjust(0, 60, &format!("{commit}/back"), item(&format!("{commit}/7"), 30_007));
        world.takes::<Statement>(&statement_id(0), back).await;
    }
    world.takes::<Statement>(&statement_id(0), close(0)).await;
    let stream = StreamName::of::<Statement>(&statement_id(0));
    let commits = world.log.store().load(&stream, Seq(0)).await.unwrap();
    let events = commits.iter().flat_map(|commit| commit.decode::<Event>().unwrap());
    events.flat_map(items_of).collect()
}

fn items_of(event: Event) -> Vec<SettlementItem> {
    if let Event::ItemsAccrued(added) | Event::ItemsAdjusted(added) = event {
        added.items
    } else {
        Vec::new()
    }
}

fn rows(items: &[SettlementItem]) -> Vec<export::Row> {
    items.iter().cloned().map(export::Row::from).collect()
}

#[tokio::test]
async fn an_export_equals_what_the_domain_would_write() {
    let mut world = World::new().await;
    let expected = closed(&mut world).await;
    world.caught_up().await;
    let exported = export_rows(&world.pool, statement_id(0)).await.unwrap();
    assert_eq!(expected.len(), 306);
    assert_eq!(export::csv(&exported), export::csv(&rows(&expected)));
    assert_eq!(export::json_lines(&exported), export::json_lines(&rows(&expected)));
    world.end().await;
}

#[tokio::test]
async fn an_export_leads_to_the_hash_of_its_statement() {
    let mut world = World::new().await;
    closed(&mut world).await;
    world.caught_up().await;
    let exported = export_rows(&world.pool, statement_id(0)).await.unwrap();
    let shown = statement(&world.pool, statement_id(0)).await.unwrap().unwrap();
    let chained = chain::with_rows(&chain::genesis(statement_id(0), &heading(0)), &exported);
    let due = kernel::Amount::from_minor(shown.due_minor);
    assert_eq!(shown.sha256, Some(chain::seal(&chained, due, shown.closed_at.unwrap())));
    let net: i64 = exported.iter().map(|row| row.net().minor()).sum();
    assert_eq!(shown.net_minor, net);
    world.end().await;
}

#[tokio::test]
async fn the_pages_of_a_statement_are_its_export() {
    let mut world = World::new().await;
    let expected = closed(&mut world).await;
    world.caught_up().await;
    let (mut paged, mut after) = (Vec::new(), None);
    loop {
        let page = items(&world.pool, statement_id(0), after, 70).await.unwrap();
        paged.extend(page.items.into_iter().map(|booked| booked.item));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(paged, expected);
    world.end().await;
}

#[tokio::test]
async fn a_rebuild_gives_the_same_rows() {
    let mut world = World::new().await;
    closed(&mut world).await;
    world.caught_up().await;
    let live = world.checksums().await;
    assert!(live.iter().any(|(_, rows)| *rows == 306));
    runner::rebuild::<Books>(&world.pool, &world.log, |_| {}).await.unwrap();
    assert_eq!(world.checksums().await, live);
    world.end().await;
}
