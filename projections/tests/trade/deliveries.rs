//! What the read model of shipments answers.

use projections::deliveries::{
    Board, Deliveries, ShipmentView, by_tracking, of_merchant, of_order, shipment,
};
use shipping::Shipment;
use uuid::Uuid;

use crate::story::told_to;
use crate::words::{at, claim_id, merchant, order_id, seller, shipment_id};

fn ids<'a>(shipments: impl IntoIterator<Item = &'a ShipmentView>) -> Vec<Uuid> {
    shipments.into_iter().map(|shipment| shipment.shipment).collect()
}

fn shipments(numbers: &[u128]) -> Vec<Uuid> {
    numbers.iter().map(|number| shipment_id(*number).0).collect()
}

#[tokio::test]
async fn a_shipment_reads_as_its_aggregate_says() {
    let house = told_to::<Deliveries>("deliveries_whole").await;
    for number in 1..=3 {
        let view = shipment(&house.pool, shipment_id(number)).await.unwrap().expect("the shipment is there");
        let known = house.log.read::<Shipment>(&shipment_id(number)).await.unwrap();
        assert_eq!(serde_json::json!(view.status), serde_json::json!(known.state.status()));
        assert_eq!(view.position, i64::try_from(known.version.0).unwrap());
        let parcel = known.state.parcel();
        assert_eq!(view.carrier.as_deref(), parcel.map(|parcel| parcel.carrier.as_str()));
        assert_eq!(
            view.scans.map_or(0, |scans| scans.len()),
            parcel.map_or(0, shipping::shipment::state::Parcel::scans)
        );
        let lines: Vec<_> = view.lines.iter().map(|line| (line.line_no, line.quantity)).collect();
        let known_lines = known.state.lines().iter().map(|line| (line.line, line.quantity.get()));
        assert_eq!(lines, known_lines.collect::<Vec<_>>());
    }
    house.close().await;
}

#[tokio::test]
async fn a_delivered_shipment_tells_its_whole_way() {
    let house = told_to::<Deliveries>("deliveries_way").await;
    let sent = shipment(&house.pool, shipment_id(1)).await.unwrap().expect("the shipment is there");
    assert_eq!(
        (sent.requested_at, sent.accepted_at, sent.dispatched_at, sent.delivered_at),
        (at(101), Some(at(200)), Some(at(300)), Some(at(600)))
    );
    assert_eq!(sent.delay_reason.as_deref(), Some("high_demand"));
    let scans = sent.scans.expect("one shipment comes with its scans");
    let seen: Vec<_> = scans.iter().map(|scan| (scan.scan.as_str(), scan.late)).collect();
    assert_eq!(seen, [("picked", true), ("out", false), ("door", false)]);
    let back = shipment(&house.pool, shipment_id(3)).await.unwrap().expect("the pick-up is there");
    assert_eq!((back.purpose.as_str(), back.claim), ("return_pickup", Some(claim_id(3).0)));
    let off = shipment(&house.pool, shipment_id(2)).await.unwrap().expect("what was called off is there");
    assert_eq!((off.cancel_reason.as_deref(), off.cancelled_at), (Some("replanned"), Some(at(601))));
    house.close().await;
}

#[tokio::test]
async fn the_board_pages_by_status_from_the_newest() {
    let house = told_to::<Deliveries>("deliveries_board").await;
    let board = Board::default();
    let first = of_merchant(&house.pool, merchant(1), &board, None, 2).await.unwrap();
    assert_eq!(ids(&first.items), shipments(&[3, 2]));
    let second = of_merchant(&house.pool, merchant(1), &board, first.next, 2).await.unwrap();
    assert_eq!((ids(&second.items), second.next), (shipments(&[1]), None));
    let delivered = Board { status: Some("delivered".into()), ..Board::default() };
    let delivered = of_merchant(&house.pool, merchant(1), &delivered, None, 100).await.unwrap();
    assert_eq!(ids(&delivered.items), shipments(&[3, 1]));
    assert!(delivered.items.iter().all(|shipment| shipment.scans.is_none()), "lists tell no scans");
    assert!(of_merchant(&house.pool, merchant(2), &board, None, 100).await.unwrap().items.is_empty());
    house.close().await;
}

#[tokio::test]
async fn only_what_is_due_and_has_not_left_is_overdue() {
    let house = told_to::<Deliveries>("deliveries_overdue").await;
    let request = crate::words::request_shipment(4, 1, shipping::shipment::Purpose::Outbound, &[(1, 1)]);
    let following = house.follow::<Deliveries>();
    house.tell::<Shipment>(seller(1), &shipment_id(4), request).await;
    house.seen::<Deliveries>().await;
    following.abort();
    let overdue = async |minute| {
        let board = Board { overdue_at: Some(at(minute)), ..Board::default() };
        ids(&of_merchant(&house.pool, merchant(1), &board, None, 100).await.unwrap().items)
    };
    assert_eq!(overdue(2_000).await, shipments(&[]), "due at that very instant is not late");
    assert_eq!(overdue(2_001).await, shipments(&[4]));
    house.close().await;
}

#[tokio::test]
async fn an_order_and_a_tracking_number_lead_to_their_shipments() {
    let house = told_to::<Deliveries>("deliveries_found").await;
    assert_eq!(ids(&of_order(&house.pool, order_id(1)).await.unwrap()), shipments(&[1, 2, 3]));
    assert!(of_order(&house.pool, order_id(2)).await.unwrap().is_empty());
    assert_eq!(ids(&by_tracking(&house.pool, "hanjin", "1234").await.unwrap()), shipments(&[1, 3]));
    assert!(by_tracking(&house.pool, "other", "1234").await.unwrap().is_empty());
    house.close().await;
}
