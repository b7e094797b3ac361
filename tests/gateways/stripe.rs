//! Stripe as the gateway, against a stand-in: what is taken, refused, asked, given back, and what is known when answers get
//! lost.

use futures::future::join_all;
use jangteo::gateways::GatewayError;
use jangteo::gateways::payment::{
    Authentication, CaptureAnswer, CaptureRequest, PaymentGateway, RefundAnswer,
};
use jangteo::gateways::stripe::{Account, StripeGateway};
use payment::value::{Tender, TenderNo};
use payment::{DeclineReason, Method};

use crate::cutter::{Cutter, Loses};
use crate::database::Database;
use crate::double::{PAYS, REFUSES, SECRET_KEY, Stripe};
use crate::gateway::{capture, reference, refund};

/// A gateway over a stand-in, behind a proxy that may lose things.
struct House {
    database: Database,
    stripe: Stripe,
    cutter: Cutter,
    gateway: StripeGateway,
}

impl House {
    async fn open() -> Self {
        let (database, stripe) = (Database::fresh().await, Stripe::start().await);
        let cutter = Cutter::before(&stripe.url).await;
        let account = Account { api_url: cutter.url.clone(), secret_key: SECRET_KEY.to_owned() };
        let gateway = StripeGateway::new(&account, database.pool.clone()).unwrap();
        Self { database, stripe, cutter, gateway }
    }

    /// How many intents have taken money.
    async fn taken(&self) -> usize {
        let intents = self.stripe.intents().await;
        intents.iter().filter(|intent| intent["status"] == "succeeded").count()
    }

    async fn close(self) {
        assert!(self.cutter.has_lost(), "what was to be lost was never sent");
        self.database.drop().await;
    }
}

fn of_a_card(key: &str, instrument: &str) -> CaptureRequest {
    let tender = Tender {
        tender: TenderNo(1),
        method: Method::Card,
        amount: kernel::Amount::from_minor(10_000),
        instalments: 1,
    };
    CaptureRequest { tenders: vec![tender], ..capture(key, instrument) }
}

fn asks(answer: CaptureAnswer) -> String {
    if let CaptureAnswer::AuthenticationRequired { by: Authentication::Library { secret } } = answer {
        return secret;
    }
    panic!("nobody is asked: {answer:?}")
}

const DECLINED: CaptureAnswer = CaptureAnswer::Declined { reason: DeclineReason::CardRefused };
const NOT_AUTHENTICATED: CaptureAnswer =
    CaptureAnswer::Declined { reason: DeclineReason::AuthenticationFailed };

#[tokio::test]
async fn a_card_pays_once_however_often_it_is_asked() {
    let house = House::open().await;
    let answer = house.gateway.capture(&of_a_card("a", PAYS)).await.unwrap();
    assert!(matches!(answer, CaptureAnswer::Captured { .. }), "{answer:?}");
    assert_eq!(house.gateway.capture(&of_a_card("a", PAYS)).await, Ok(answer.clone()));
    assert_eq!(house.gateway.find_capture("a").await, Ok(Some(answer.clone())));
    assert_eq!(house.gateway.abandon_capture("a").await, Ok(Some(answer)), "what is taken is taken");
    assert_eq!(house.gateway.find_capture("b").await, Ok(None));
    let intents = house.stripe.intents().await;
    assert_eq!((intents.len(), house.taken().await), (1, 1));
    let [intent] = &intents[..] else { panic!("one intent") };
    assert_eq!((&intent["amount"], &intent["currency"]), (&10_000.into(), &"krw".into()));
    assert_eq!(intent["metadata"]["jangteo_key"], "a");
    house.close().await;
}

#[tokio::test]
async fn the_same_key_at_once_is_taken_once() {
    let house = House::open().await;
    let requests: Vec<_> = (0..6).map(|_| of_a_card("a", PAYS)).collect();
    let answers = join_all(requests.iter().map(|request| house.gateway.capture(request))).await;
    let found = house.gateway.find_capture("a").await.unwrap().unwrap();
    assert!(answers.iter().all(|answer| *answer == Ok(found.clone()) || answer.is_err()), "{answers:?}");
    assert_eq!(house.taken().await, 1);
    house.close().await;
}

#[tokio::test]
async fn a_refusal_says_why_each_time() {
    let house = House::open().await;
    for (key, instrument) in [("a", REFUSES), ("b", "pm_unknown"), ("c", "no token at all")] {
        assert_eq!(house.gateway.capture(&of_a_card(key, instrument)).await, Ok(DECLINED), "{instrument}");
        assert_eq!(house.gateway.capture(&of_a_card(key, instrument)).await, Ok(DECLINED), "{instrument}");
    }
    assert_eq!(house.gateway.find_capture("a").await, Ok(Some(DECLINED)));
    assert_eq!(house.taken().await, 0);
    house.close().await;
}

#[tokio::test]
async fn only_cards_are_paid_here() {
    let house = House::open().await;
    let mut request = of_a_card("a", PAYS);
    request.tenders[0].method = Method::VirtualAccount;
    let answer = house.gateway.capture(&request).await;
    assert_eq!(answer, Ok(CaptureAnswer::Declined { reason: DeclineReason::GatewayError }));
    assert_eq!(house.stripe.intents().await.len(), 0);
    house.close().await;
}

#[tokio::test]
async fn a_shopper_is_asked_to_show_that_it_is_them() {
    let house = House::open().await;
    let card = house.stripe.card_that_asks().await;
    let secret = asks(house.gateway.capture(&of_a_card("a", &card)).await.unwrap());
    assert_eq!(asks(house.gateway.find_capture("a").await.unwrap().unwrap()), secret);
    assert_eq!(asks(house.gateway.capture(&of_a_card("a", &card)).await.unwrap()), secret);
    house.stripe.authenticate(&secret, true).await;
    let captured = house.gateway.find_capture("a").await.unwrap().unwrap();
    assert!(matches!(captured, CaptureAnswer::Captured { .. }), "{captured:?}");
    assert_eq!(house.gateway.capture(&of_a_card("a", &card)).await, Ok(captured));

    let secret = asks(house.gateway.capture(&of_a_card("b", &card)).await.unwrap());
    house.stripe.authenticate(&secret, false).await;
    assert_eq!(house.gateway.find_capture("b").await, Ok(Some(NOT_AUTHENTICATED)));
    assert_eq!(house.taken().await, 1);
    house.close().await;
}

#[tokio::test]
async fn what_is_given_up_takes_nothing_any_more() {
    let house = House::open().await;
    let card = house.stripe.card_that_asks().await;
    asks(house.gateway.capture(&of_a_card("a", &card)).await.unwrap());
    assert_eq!(house.gateway.abandon_capture("a").await, Ok(None));
    assert_eq!(house.gateway.capture(&of_a_card("a", &card)).await, Ok(NOT_AUTHENTICATED));
    assert_eq!(house.gateway.abandon_capture("b").await, Ok(None));
    assert_eq!(house.taken().await, 0);
    house.close().await;
}

#[tokio::test]
async fn an_answer_that_got_lost_is_asked_for_by_name() {
    let house = House::open().await;
    house.cutter.lose("/confirm", Loses::Answer);
    assert_eq!(house.gateway.capture(&of_a_card("a", PAYS)).await, Err(GatewayError::Timeout));
    let found = house.gateway.find_capture("a").await.unwrap().unwrap();
    assert!(matches!(found, CaptureAnswer::Captured { .. }), "{found:?}");
    assert_eq!(house.gateway.capture(&of_a_card("a", PAYS)).await, Ok(found));
    assert_eq!(house.taken().await, 1);
    house.close().await;
}

#[tokio::test]
async fn a_confirmation_that_got_lost_took_nothing_and_may_be_given_up() {
    let house = House::open().await;
    for (key, given_up) in [("a", false), ("b", true)] {
        house.cutter.lose("/confirm", Loses::Request);
        assert_eq!(house.gateway.capture(&of_a_card(key, PAYS)).await, Err(GatewayError::Timeout));
        assert_eq!(house.gateway.find_capture(key).await, Ok(None));
        if given_up {
            assert_eq!(house.gateway.abandon_capture(key).await, Ok(None));
        }
        let again = house.gateway.capture(&of_a_card(key, PAYS)).await.unwrap();
        assert_eq!(again == NOT_AUTHENTICATED, given_up, "{again:?}");
    }
    assert_eq!(house.taken().await, 1);
    house.close().await;
}

#[tokio::test]
async fn an_intent_whose_name_got_lost_takes_nothing() {
    let house = House::open().await;
    for loses in [Loses::Request, Loses::Answer] {
        house.cutter.lose("POST /v1/payment_intents", loses);
        let answer = house.gateway.capture(&of_a_card("a", PAYS)).await;
        assert!(matches!(answer, Err(GatewayError::Unavailable(_))), "{answer:?}");
        assert_eq!(house.gateway.find_capture("a").await, Ok(None));
    }
    let answer = house.gateway.capture(&of_a_card("a", PAYS)).await;
    assert!(matches!(answer, Ok(CaptureAnswer::Captured { .. })), "{answer:?}");
    assert_eq!((house.stripe.intents().await.len(), house.taken().await), (2, 1));
    house.close().await;
}

#[tokio::test]
async fn money_goes_back_in_parts_and_once_per_key() {
    let house = House::open().await;
    let taken = reference(house.gateway.capture(&of_a_card("a", PAYS)).await);
    assert_eq!(house.gateway.find_refund(&refund("r1", &taken, 4_000)).await, Ok(None));
    let first = house.gateway.refund(&refund("r1", &taken, 4_000)).await.unwrap();
    assert!(matches!(first, RefundAnswer::Refunded { .. }));
    assert_eq!(house.gateway.refund(&refund("r1", &taken, 4_000)).await, Ok(first.clone()));
    assert_eq!(house.gateway.find_refund(&refund("r1", &taken, 4_000)).await, Ok(Some(first.clone())));
    assert_ne!(house.gateway.refund(&refund("r2", &taken, 6_000)).await, Ok(first));
    let refunds = house.stripe.refunds().await;
    assert_eq!(refunds.iter().map(|refund| refund["amount"].as_i64().unwrap()).sum::<i64>(), 10_000);
    assert_eq!(refunds.len(), 2);
    house.close().await;
}

#[tokio::test]
async fn a_refund_whose_answer_got_lost_is_found_among_the_others() {
    let house = House::open().await;
    let taken = reference(house.gateway.capture(&of_a_card("a", PAYS)).await);
    for key in ["r1", "r2", "r3"] {
        house.gateway.refund(&refund(key, &taken, 100)).await.unwrap();
    }
    house.cutter.lose("GET /v1/refunds", Loses::Answer);
    assert_eq!(house.gateway.find_refund(&refund("r1", &taken, 100)).await, Err(GatewayError::Timeout));
    let lost = refund("lost", &taken, 100);
    house.cutter.lose("POST /v1/refunds", Loses::Request);
    assert_eq!(house.gateway.refund(&lost).await, Err(GatewayError::Timeout));
    assert_eq!(house.gateway.find_refund(&lost).await, Ok(None));
    house.cutter.lose("POST /v1/refunds", Loses::Answer);
    assert_eq!(house.gateway.refund(&lost).await, Err(GatewayError::Timeout));
    assert!(matches!(house.gateway.find_refund(&lost).await, Ok(Some(RefundAnswer::Refunded { .. }))));
    assert!(matches!(house.gateway.refund(&lost).await, Ok(RefundAnswer::Refunded { .. })));
    assert_eq!(house.stripe.refunds().await.len(), 4);
    house.close().await;
}

#[tokio::test]
async fn nothing_goes_back_from_what_was_never_taken() {
    let house = House::open().await;
    let unknown = payment::value::GatewayReference::new("pi_unknown").unwrap();
    let answer = house.gateway.refund(&refund("r1", &unknown, 1)).await;
    assert!(matches!(answer, Ok(RefundAnswer::Refused { .. })), "{answer:?}");
    house.close().await;
}

#[tokio::test]
async fn where_nobody_answers_or_the_key_is_not_good_nothing_was_done() {
    let database = Database::fresh().await;
    let stripe = Stripe::start().await;
    for (api_url, secret_key) in [("http://127.0.0.1:1", SECRET_KEY), (stripe.url.as_str(), "nonsense")] {
        let account = Account { api_url: api_url.to_owned(), secret_key: secret_key.to_owned() };
        let gateway = StripeGateway::new(&account, database.pool.clone()).unwrap();
        let answer = gateway.capture(&of_a_card("a", PAYS)).await;
        assert!(matches!(answer, Err(GatewayError::Unavailable(_))), "{answer:?}");
        let taken = payment::value::GatewayReference::new("pi_1").unwrap();
        let answer = gateway.refund(&refund("r1", &taken, 1)).await;
        assert!(matches!(answer, Err(GatewayError::Unavailable(_))), "{answer:?}");
        assert!(!format!("{gateway:?}").contains(SECRET_KEY), "the key is shown to nobody");
    }
    database.drop().await;
}
