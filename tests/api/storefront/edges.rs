//! Baskets at the edges of what there is: each through cart, quote and order, and cancelled piece by piece to nothing.

use member::operator::Role;
use reqwest::Method;
use serde_json::{Value, json};

use super::house::{House, PRICE, bare, instrument, refusal, text};
use crate::client::Client;
use crate::staff::staff;

/// An order that a shopper follows to its end.
struct Followed<'a> {
    house: &'a House,
    shopper: &'a Client,
    path: String,
}

impl<'a> Followed<'a> {
    /// Places what was quoted, for exactly that total, and pays what is left to pay.
    async fn bought(house: &'a House, shopper: &'a Client, items: Value, coupons: Value) -> (Self, Value) {
        let ask = json!({"items": items, "coupons": coupons, "postal_code": "04524"});
        let quote = shopper.post(&house.at("/quotes"), ask).await;
        assert_eq!(quote.status, 200, "{:?}", quote.body);
        let mut wish = house.wish(1);
        (wish["items"], wish["coupons"]) = (items, coupons);
        wish["total_minor"] = quote.body["total_minor"].clone();
        let placed = shopper.post(&house.at("/orders"), wish).await;
        assert_eq!(placed.status, 201, "{:?}", placed.body);
        let path = format!("/storefront/v1/orders/{}", text(&placed.body["order"]));
        if quote.body["total_minor"] != json!(0) {
            let paid = shopper.post(&format!("{path}/payment"), instrument("ok")).await;
            assert_eq!(paid.status, 200, "{:?}", paid.body);
        }
        house.settled().await;
        (Self { house, shopper, path }, quote.body)
    }

    /// Cancels pieces of a line; what has been refunded by then.
    async fn cancel(&self, line: u16, pieces: u32) -> i64 {
        let lines = json!([{"line": line, "quantity": pieces}]);
        let claim = json!({"kind": "cancel", "reason": "changed_mind", "lines": lines});
        let made = self.shopper.post(&format!("{}/claims", self.path), claim).await;
        assert_eq!(made.status, 201, "{:?}", made.body);
        self.house.settled().await;
        let page = self.page().await;
        page["refunded_minor"].as_i64().unwrap()
    }

    async fn page(&self) -> Value {
        self.shopper.get(&self.path).await.body
    }

    /// Everything is cancelled, and went back.
    async fn is_over(&self) {
        let page = self.page().await;
        assert_eq!((&page["status"], &page["refunded_minor"]), (&json!("cancelled"), &page["total_minor"]));
    }
}

/// A coupon that takes everything off, taken by the shopper.
async fn of_everything(house: &House, shopper: &Client) -> Value {
    let campaign = json!({
        "mall": "main", "name": "Free", "benefit": {"kind": "rate", "rate": "1"},
        "distribution": {"kind": "download"}, "total": 1, "stackable": true, "back_at_cancel": true,
        "from": "2026-03-02T00:00:00Z", "until": "2026-04-01T00:00:00Z", "valid_days": 7,
    });
    let desk = staff(&house.world, &house.nobody, &[Role::Catalog]).await;
    let launched = desk.post("/admin/v1/campaigns", campaign).await;
    assert_eq!(launched.status, 201, "{:?}", launched.body);
    let path = format!("/storefront/v1/campaigns/{}/coupons", text(&launched.body["id"]));
    let taken = bare(shopper, Method::POST, &path).await;
    assert_eq!(taken.status, 201, "{:?}", taken.body);
    json!([taken.body["id"]])
}

#[tokio::test(flavor = "multi_thread")]
async fn two_lines_share_one_sku() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let items = json!([house.item(2), house.item(1)]);
    let (order, quote) = Followed::bought(&house, &shopper, items, json!([])).await;
    assert_eq!((quote["lines"].as_array().unwrap().len(), &quote["total_minor"]), (2, &json!(3 * PRICE)));
    assert_eq!(house.available().await, 97);
    assert_eq!(order.cancel(1, 1).await, PRICE);
    assert_eq!(order.cancel(2, 1).await, 2 * PRICE);
    let pieces = order.page().await["lines"].clone();
    let cancelled = [0, 1].map(|line: usize| pieces[line]["pieces"]["cancelled"].clone());
    assert_eq!(cancelled, [json!(1), json!(1)]);
    assert_eq!(order.cancel(1, 1).await, 3 * PRICE);
    order.is_over().await;
    assert_eq!(house.available().await, 100);
    let too_many = json!([house.item(60), house.item(41)]);
    let mut wish = house.wish(101);
    wish["items"] = too_many;
    assert_eq!(refusal(&shopper.post(&house.at("/orders"), wish).await), (409, "sold_out"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_piece_costs_one_unit() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    house.reprice(1).await;
    let cart = shopper.post(&house.at("/cart/items"), house.item(3)).await.body;
    assert_eq!((&cart["total_minor"], &cart["can_be_ordered"]), (&json!(3), &json!(true)));
    let (order, quote) = Followed::bought(&house, &shopper, json!([]), json!([])).await;
    // 3 / 11 is less than a half: no tax is inside.
    assert_eq!(quote["tax"], json!({"taxable_supply_minor": 3, "vat_minor": 0, "tax_free_minor": 0}));
    assert_eq!([order.cancel(1, 1).await, order.cancel(1, 2).await], [1, 3]);
    order.is_over().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_takes_everything_off() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let coupons = of_everything(&house, &shopper).await;
    let (order, quote) = Followed::bought(&house, &shopper, json!([house.item(3)]), coupons.clone()).await;
    let line = &quote["lines"][0];
    assert_eq!((&line["discount_minor"], &line["paid_minor"]), (&json!(3 * PRICE), &json!(0)));
    assert_eq!((&quote["total_minor"], &quote["tax"]["vat_minor"]), (&json!(0), &json!(0)));
    assert_eq!(order.page().await["status"], json!("paid"));
    assert_eq!([order.cancel(1, 1).await, order.cancel(1, 2).await], [0, 0]);
    order.is_over().await;
    let again = json!({"items": [house.item(1)], "coupons": coupons});
    assert_eq!(shopper.post(&house.at("/quotes"), again).await.body["total_minor"], json!(0), "it came back");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_holds_as_many_pieces_as_it_can() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    house.receive(899).await;
    let cart = shopper.post(&house.at("/cart/items"), house.item(999)).await.body;
    assert_eq!((&cart["total_minor"], &cart["can_be_ordered"]), (&json!(999 * PRICE), &json!(true)));
    let more = shopper.post(&house.at("/cart/items"), house.item(1)).await;
    assert_eq!(refusal(&more), (422, "cart_too_many_pieces"));
    let (order, quote) = Followed::bought(&house, &shopper, json!([]), json!([])).await;
    assert_eq!(quote["lines"][0]["quantity"], json!(999));
    assert_eq!(house.available().await, 0);
    let gone = shopper.post(&house.at("/orders"), house.wish(1)).await;
    assert_eq!(refusal(&gone), (409, "sold_out"));
    assert_eq!([order.cancel(1, 998).await, order.cancel(1, 1).await], [998 * PRICE, 999 * PRICE]);
    order.is_over().await;
    assert_eq!(house.available().await, 999);
}
