//! Coupons and points: quoted, held with an order, used with its payment, let go of with its end, and given back.

use std::sync::Arc;

use jangteo::ids;
use kernel::id::{CouponId, MemberId};
use member::PointAccount;
use member::points::{self, PointAccountId};
use order::coupon::{Coupon, Phase};
use reqwest::Method;
use serde_json::{Value, json};

use super::house::{House, PRICE, bare, instrument, refusal, text};
use super::market::context;
use crate::client::Client;
use crate::gifts::{self, Holder};

/// What the coupon takes off, and the points that the shopper has.
const OFF: i64 = 1_000;
pub const POINTS: i64 = 5_000;

/// A house with somebody in it who has a coupon and points.
pub struct Redeeming {
    pub house: House,
    pub shopper: Client,
    member: MemberId,
    coupon: CouponId,
}

impl Redeeming {
    pub async fn open() -> Self {
        let house = House::open().await;
        let shopper = house.shopper("minji").await;
        let me = shopper.get("/storefront/v1/members/me").await.body;
        let member: MemberId = text(&me["member"]).parse().unwrap();
        let coupon = CouponId(ids::fresh());
        let (app, context) = (&house.world.app, || context(&house.world));
        let holder = || Holder { member, mall: &house.market.mall };
        gifts::coupon(app, &context(), holder(), (coupon, OFF)).await;
        gifts::points(app, &context(), holder(), POINTS).await;
        Self { house, shopper, member, coupon }
    }

    /// A wish for so many pieces with the coupon and so many points.
    pub fn wish(&self, pieces: u32, points: i64) -> Value {
        let mut wish = self.house.wish(pieces);
        wish["coupons"] = json!([self.coupon]);
        wish["points_minor"] = json!(points);
        wish["total_minor"] = json!(PRICE * i64::from(pieces) - OFF - points);
        wish
    }

    async fn placed(&self, wish: Value) -> String {
        let placed = self.shopper.post(&self.house.at("/orders"), wish).await;
        assert_eq!(placed.status, 201, "{:?}", placed.body);
        text(&placed.body["order"]).to_owned()
    }

    async fn paid(&self, order: &str) {
        let path = format!("/storefront/v1/orders/{order}/payment");
        assert_eq!(self.shopper.post(&path, instrument("ok")).await.status, 200);
        self.house.settled().await;
    }

    pub async fn coupon(&self) -> Phase {
        let log = &self.house.world.app.log;
        log.read_latest::<Coupon>(&self.coupon).await.unwrap().state.phase().unwrap()
    }

    /// Usable, held.
    pub async fn points(&self) -> (i64, i64) {
        let state = self.account().await;
        let now = sagas::Clock::now(&*self.house.world.clock);
        (state.usable(now).minor(), state.held().minor())
    }

    async fn account(&self) -> Arc<points::State> {
        let mall = self.house.market.mall.clone();
        let account = PointAccountId { member: self.member, mall };
        self.house.world.app.log.read_latest::<PointAccount>(&account).await.unwrap().state
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quote_shows_what_coupons_and_points_take_off_which_line() {
    let redeeming = Redeeming::open().await;
    let Redeeming { house, shopper, coupon, .. } = &redeeming;
    let ask = json!({"items": [house.item(2)], "coupons": [coupon], "points_minor": 345});
    let quote = shopper.post(&house.at("/quotes"), ask.clone()).await;
    assert_eq!(quote.status, 200, "{:?}", quote.body);
    let line = &quote.body["lines"][0];
    let amounts =
        ["goods_minor", "discount_minor", "points_minor", "paid_minor"].map(|name| line[name].clone());
    assert_eq!(amounts, [2 * PRICE, OFF, 345, 2 * PRICE - OFF - 345].map(|minor| json!(minor)));
    let took =
        json!([{"coupon": coupon, "discount_minor": OFF, "lines": [{"line": 1, "discount_minor": OFF}]}]);
    assert_eq!((&quote.body["coupons"], &quote.body["total_minor"]), (&took, &line["paid_minor"]));
    assert_eq!(redeeming.coupon().await, Phase::Issued, "a quote holds nothing");
    shopper.post(&house.at("/cart/items"), house.item(2)).await;
    let of_cart = json!({"coupons": [coupon], "points_minor": 345});
    assert_eq!(shopper.post(&house.at("/quotes"), of_cart).await.body, quote.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_members_coupon_is_refused_like_one_that_is_not_there() {
    let redeeming = Redeeming::open().await;
    let (house, jun) = (&redeeming.house, redeeming.house.shopper("jun").await);
    let mut wish = house.wish(2);
    wish["total_minor"] = json!(2 * PRICE - OFF);
    let quote = json!({"items": [house.item(2)]});
    for (path, body) in [("/quotes", quote), ("/orders", wish)] {
        let ask = async |coupon: String| {
            let mut body = body.clone();
            body["coupons"] = json!([coupon]);
            let reply = jun.post(&house.at(path), body).await;
            (reply.status.as_u16(), reply.code().to_owned(), reply.body["detail"].clone())
        };
        let theirs = ask(redeeming.coupon.to_string()).await;
        assert_eq!((theirs.0, theirs.1.as_str()), (404, "coupon_not_found"), "{path}");
        assert_eq!(theirs, ask(ids::fresh().to_string()).await, "{path}");
    }
    assert_eq!(redeeming.coupon().await, Phase::Issued);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_order_redeems_is_held_used_and_given_back_with_its_last_piece() {
    let redeeming = Redeeming::open().await;
    let (house, shopper) = (&redeeming.house, &redeeming.shopper);
    let order = redeeming.placed(redeeming.wish(3, POINTS)).await;
    assert!(matches!(redeeming.coupon().await, Phase::Held { .. }));
    assert_eq!(redeeming.points().await, (0, POINTS));
    redeeming.paid(&order).await;
    assert!(matches!(redeeming.coupon().await, Phase::Used { .. }));
    assert_eq!(redeeming.points().await, (0, 0));
    let page = shopper.get(&format!("/storefront/v1/orders/{order}")).await.body;
    assert_eq!(page["points_total_minor"], json!(POINTS));
    let cancel = async |pieces: u32| {
        let claim = json!({"kind": "cancel", "reason": "changed_mind",
                           "lines": [{"line": 1, "quantity": pieces}]});
        let path = format!("/storefront/v1/orders/{order}/claims");
        assert_eq!(shopper.post(&path, claim).await.status, 201);
        house.settled().await;
    };
    cancel(1).await;
    let (usable, held) = redeeming.points().await;
    assert!((POINTS / 3..=POINTS / 3 + 1).contains(&usable) && held == 0, "{usable} of {POINTS}");
    assert!(matches!(redeeming.coupon().await, Phase::Used { .. }), "part of the order stands");
    cancel(2).await;
    assert_eq!(redeeming.points().await, (POINTS, 0));
    assert_eq!(redeeming.coupon().await, Phase::Issued);
    let page = shopper.get(&format!("/storefront/v1/orders/{order}")).await.body;
    assert_eq!(page["refunded_minor"], page["total_minor"], "what was paid goes back, and no more");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_ends_unpaid_lets_go_of_what_it_holds() {
    let redeeming = Redeeming::open().await;
    let order = redeeming.placed(redeeming.wish(1, 100)).await;
    let path = format!("/storefront/v1/orders/{order}/cancellation");
    assert_eq!(bare(&redeeming.shopper, Method::POST, &path).await.status, 200);
    redeeming.house.settled().await;
    assert_eq!((redeeming.coupon().await, redeeming.points().await), (Phase::Issued, (POINTS, 0)));
    redeeming.placed(redeeming.wish(2, 200)).await;
    redeeming.house.world.pass(1).await;
    redeeming.house.settled().await;
    assert_eq!((redeeming.coupon().await, redeeming.points().await), (Phase::Issued, (POINTS, 0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_redeemed_twice_or_beyond_what_there_is() {
    let redeeming = Redeeming::open().await;
    let (house, shopper) = (&redeeming.house, &redeeming.shopper);
    let orders = house.at("/orders");
    let too_many = shopper.post(&orders, redeeming.wish(1, POINTS + 1)).await;
    assert_eq!(refusal(&too_many), (409, "points_insufficient"));
    assert_eq!(redeeming.coupon().await, Phase::Issued, "all of it is held, or nothing");
    let (one, other) = (redeeming.wish(1, 3_000), redeeming.wish(1, 3_000));
    let (one, other) = tokio::join!(shopper.post(&orders, one), shopper.post(&orders, other));
    let mut met = [refusal_or_201(&one), refusal_or_201(&other)];
    met.sort_unstable();
    assert!(met[0].0 == 201 && met[1].0 == 409, "{met:?}");
    assert!(["coupon_taken", "points_insufficient"].contains(&met[1].1), "{met:?}");
    assert_eq!(redeeming.points().await, (POINTS - 3_000, 3_000));
    assert_eq!(house.available().await, 99);
}

fn refusal_or_201(reply: &crate::client::Reply) -> (u16, &str) {
    if reply.status == 201 { (201, "") } else { refusal(reply) }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_total_that_changed_comes_with_the_quote_of_now() {
    let redeeming = Redeeming::open().await;
    let (house, shopper) = (&redeeming.house, &redeeming.shopper);
    let wish = redeeming.wish(1, 0);
    house.reprice(20_000).await;
    let refused = shopper.post(&house.at("/orders"), wish).await;
    assert_eq!(refusal(&refused), (409, "total_changed"));
    let quote = &refused.body["quote"];
    assert_eq!(
        (&quote["lines"][0]["unit_price_minor"], &quote["total_minor"]),
        (&json!(20_000), &json!(20_000 - OFF))
    );
    let mut again = redeeming.wish(1, 0);
    again["total_minor"] = quote["total_minor"].clone();
    redeeming.placed(again).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_is_redeemed_whole_costs_nothing_and_is_paid_at_once() {
    let redeeming = Redeeming::open().await;
    redeeming.house.reprice(OFF + POINTS).await;
    let mut wish = redeeming.wish(1, POINTS);
    wish["total_minor"] = json!(0);
    let order = redeeming.placed(wish).await;
    redeeming.house.settled().await;
    let page = redeeming.shopper.get(&format!("/storefront/v1/orders/{order}")).await.body;
    assert_eq!((&page["status"], &page["total_minor"]), (&json!("paid"), &json!(0)));
    assert!(matches!(redeeming.coupon().await, Phase::Used { .. }));
    assert_eq!(redeeming.account().await.used_for(order.parse().unwrap()).minor(), POINTS);
}
