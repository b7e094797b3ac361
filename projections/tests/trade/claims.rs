//! What the read model of claims answers.

use claim::Claim;
use claim::state::Phase;
use kernel::id::ShipmentId;
use projections::claims::{ClaimView, Claims, claim, of_member, of_merchant, of_order, queue};
use uuid::Uuid;

use crate::house::House;
use crate::story::told_to;
use crate::words::{at, claim_id, member, merchant, order_id, refund_id, shipment_id};

fn ids<'a>(claims: impl IntoIterator<Item = &'a ClaimView>) -> Vec<Uuid> {
    claims.into_iter().map(|claim| claim.claim).collect()
}

fn claims(numbers: &[u128]) -> Vec<Uuid> {
    numbers.iter().map(|number| claim_id(*number).0).collect()
}

async fn read(house: &House, number: u128) -> ClaimView {
    claim(&house.pool, claim_id(number)).await.unwrap().expect("the claim is there")
}

#[tokio::test]
async fn a_claim_reads_as_its_aggregate_says() {
    let house = told_to::<Claims>("claims_whole").await;
    for number in 1..=3 {
        let view = read(&house, number).await;
        let known = house.log.read::<Claim>(&claim_id(number)).await.unwrap();
        let case = known.state.case().expect("it was requested");
        assert_eq!(view.phase, case.phase().name());
        assert_eq!(view.position, i64::try_from(known.version.0).unwrap());
        assert_eq!(view.total_minor, case.quote().total.minor());
        assert_eq!(view.hold_reason.as_deref(), case.hold().map(|hold| hold.reason.name()));
        let runs =
            view.lines.iter().map(|line| (line.line_no, line.first_piece, line.quantity, line.amount_minor));
        let claimed = case.claimed();
        let known =
            claimed.iter().map(|line| (line.line, line.first_piece, line.quantity.get(), line.amount));
        assert!(runs.eq(known));
    }
    house.close().await;
}

#[tokio::test]
async fn a_completed_return_tells_what_went_back() {
    let house = told_to::<Claims>("claims_return").await;
    let back = read(&house, 3).await;
    assert_eq!((back.kind.as_str(), back.phase.as_str()), ("return", "completed"));
    assert_eq!((back.goods_minor, back.return_fee_minor, back.refunded_minor), (10_000, 3_000, 7_000));
    assert_eq!((back.refund, back.pickup), (Some(refund_id(3).0), Some(shipment_id(3).0)));
    assert_eq!(back.closed_at, Some(at(722)));
    let withdrawn = read(&house, 2).await;
    assert_eq!((withdrawn.phase.as_str(), withdrawn.refunded_minor), ("withdrawn", 0));
    assert_eq!((withdrawn.hold_reason, withdrawn.hold_due), (None, None), "what is over waits for nobody");
    assert!(claim(&house.pool, claim_id(9)).await.unwrap().is_none());
    house.close().await;
}

#[tokio::test]
async fn claims_are_found_by_shopper_merchant_and_order() {
    let house = told_to::<Claims>("claims_found").await;
    let first = of_member(&house.pool, member(1), None, 2).await.unwrap();
    assert_eq!(ids(&first.items), claims(&[3, 2]));
    let second = of_member(&house.pool, member(1), first.next, 2).await.unwrap();
    assert_eq!((ids(&second.items), second.next), (claims(&[1]), None));
    let of_two = of_merchant(&house.pool, merchant(2), None, None, 100).await.unwrap();
    assert_eq!(ids(&of_two.items), claims(&[1]));
    let completed = of_merchant(&house.pool, merchant(1), Some("completed"), None, 100).await.unwrap();
    assert_eq!(ids(&completed.items), claims(&[3]));
    assert_eq!(ids(&of_order(&house.pool, order_id(1)).await.unwrap()), claims(&[1, 2, 3]));
    assert!(of_order(&house.pool, order_id(2)).await.unwrap().is_empty());
    house.close().await;
}

#[tokio::test]
async fn the_queue_shows_the_oldest_open_claim_first_and_why_it_waits() {
    let house = House::new("claims_queue").await;
    let following = house.follow::<Claims>();
    house.ask_for_returns().await;
    house.seen::<Claims>().await;
    following.abort();
    let open = queue(&house.pool, None, None, 1).await.unwrap();
    assert_eq!(ids(&open.items), claims(&[11]));
    assert_eq!(open.items[0].hold_reason.as_deref(), Some("merchant_unclear"));
    assert_eq!(open.items[0].hold_duty.as_deref(), Some("merchant"));
    let next = queue(&house.pool, None, open.next, 1).await.unwrap();
    assert_eq!((ids(&next.items), next.next), (claims(&[12]), None));
    let pickup = Phase::PickupRequested { shipment: ShipmentId(Uuid::nil()) }.name();
    assert_eq!(ids(&queue(&house.pool, Some("requested"), None, 9).await.unwrap().items), claims(&[11]));
    assert_eq!(ids(&queue(&house.pool, Some(pickup), None, 9).await.unwrap().items), claims(&[12]));
    assert_eq!(ids(&queue(&house.pool, Some("withdrawn"), None, 9).await.unwrap().items), claims(&[10]));
    house.close().await;
}
