//! Who is let in.

use axum::Router;
use axum::routing::get;
use chrono::TimeDelta;
use jangteo::credential::{ApiKey, Secret, Tokens};
use jangteo::http::{Json, MaybeShopper, MerchantCaller, OperatorCaller, Problem, Shopper, serve_routes};
use kernel::Actor;
use kernel::id::{ApiKeyId, MemberId, OperatorId, SessionId};
use member::Holder;
use member::operator::Role;
use utoipa_axum::router::OpenApiRouter;
use uuid::Uuid;

use crate::house::{
    self, DISABLED, ENDED_SESSION, House, MERCHANT, OPEN_SESSION, Reply, SUPPORTER, now, setup, token,
};

const MEMBER: MemberId = MemberId(Uuid::from_u128(70));

async fn shopper(shopper: Shopper) -> Json<Actor> {
    Json(shopper.actor())
}

async fn anyone(shopper: MaybeShopper) -> Json<Actor> {
    Json(shopper.actor())
}

async fn merchant(merchant: MerchantCaller) -> Json<Actor> {
    Json(merchant.actor())
}

async fn operator(operator: OperatorCaller) -> Result<Json<Actor>, Problem> {
    operator.require(Role::Support)?;
    Ok(Json(operator.actor()))
}

async fn finance(operator: OperatorCaller) -> Result<Json<Actor>, Problem> {
    operator.require(Role::Finance)?;
    Ok(Json(operator.actor()))
}

fn service() -> (Router, House) {
    let table = OpenApiRouter::new()
        .route("/shopper", get(shopper))
        .route("/anyone", get(anyone))
        .route("/merchant", get(merchant))
        .route("/operator", get(operator))
        .route("/finance", get(finance));
    let house = House::new();
    (serve_routes(table, house.clone(), setup()), house)
}

async fn ask(path: &str, authorization: &str) -> Reply {
    house::get(&service().0, path, &[&format!("Authorization: {authorization}")]).await
}

async fn ask_as(path: &str, holder: Holder, session: SessionId) -> Reply {
    ask(path, &format!("Bearer {}", token(holder, session))).await
}

#[tokio::test]
async fn each_kind_of_caller_has_its_doors() {
    let (member, merchant, supporter) =
        (Holder::Member(MEMBER), Holder::Merchant(MERCHANT), Holder::Operator(SUPPORTER));
    for (path, holder, allowed) in [
        ("/shopper", member, true),
        ("/shopper", merchant, false),
        ("/shopper", supporter, false),
        ("/anyone", member, true),
        ("/anyone", supporter, false),
        ("/merchant", merchant, true),
        ("/merchant", member, false),
        ("/operator", supporter, true),
        ("/operator", merchant, false),
    ] {
        let reply = ask_as(path, holder, OPEN_SESSION).await;
        if allowed {
            assert_eq!(reply.status.as_u16(), 200, "{path} {holder:?}: {reply:?}");
        } else {
            reply.is_problem(403, "wrong_caller");
        }
    }
}

#[tokio::test]
async fn nobody_is_a_guest_or_turned_away() {
    let (service, _) = service();
    assert_eq!(house::get(&service, "/anyone", &[]).await.json["kind"], "guest");
    for path in ["/shopper", "/merchant", "/operator"] {
        let reply = house::get(&service, path, &[]).await;
        reply.is_problem(401, "token_missing");
        assert_eq!(reply.header("www-authenticate"), "Bearer");
    }
}

#[tokio::test]
async fn a_token_that_is_none_is_refused_also_where_none_is_needed() {
    let foreign = Tokens::new(&Secret::parse("key", &"22".repeat(32)).unwrap());
    let foreign = foreign.issue(Holder::Member(MEMBER), OPEN_SESSION, now()).unwrap().token;
    for authorization in
        ["Basic YTpi", "Bearer", "Bearer ", "Bearer x.y.z", "Bearer jk_x", &format!("Bearer {foreign}")]
    {
        for path in ["/shopper", "/anyone", "/merchant"] {
            let reply = ask(path, authorization).await;
            reply.is_problem(401, "token_malformed");
            assert_eq!(reply.header("www-authenticate"), "Bearer");
        }
    }
}

#[tokio::test]
async fn two_tokens_are_none() {
    let one = format!("Authorization: Bearer {}", token(Holder::Member(MEMBER), OPEN_SESSION));
    house::get(&service().0, "/shopper", &[&one, &one]).await.is_problem(401, "token_malformed");
}

#[tokio::test]
async fn a_token_ends_with_its_time_or_its_session() {
    let holder = Holder::Member(MEMBER);
    let old = house::tokens().issue(holder, OPEN_SESSION, now() - TimeDelta::minutes(15)).unwrap().token;
    ask("/shopper", &format!("Bearer {old}")).await.is_problem(401, "token_expired");
    ask_as("/shopper", holder, ENDED_SESSION).await.is_problem(401, "token_expired");
}

#[tokio::test]
async fn an_api_key_is_good_for_its_merchant_until_it_is_revoked() {
    let (service, house) = service();
    let bearer = |key: &ApiKey| format!("Authorization: Bearer {}", key.text());
    let reply = house::get(&service, "/merchant", &[&bearer(&house.key)]).await;
    assert_eq!(reply.json["merchant"], MERCHANT.to_string());
    let other_secret = ApiKey::fresh(MERCHANT, house.key.key());
    let other_key = ApiKey::fresh(MERCHANT, ApiKeyId(Uuid::from_u128(10)));
    for key in [other_secret, other_key] {
        house::get(&service, "/merchant", &[&bearer(&key)]).await.is_problem(401, "key_revoked");
    }
    house::get(&service, "/shopper", &[&bearer(&house.key)]).await.is_problem(403, "wrong_caller");
}

#[tokio::test]
async fn an_operator_needs_the_role_and_an_account() {
    ask_as("/finance", Holder::Operator(SUPPORTER), OPEN_SESSION).await.is_problem(403, "role_missing");
    ask_as("/operator", Holder::Operator(DISABLED), OPEN_SESSION).await.is_problem(403, "account_disabled");
}

#[test]
fn an_admin_may_everything() {
    let operator = OperatorId(Uuid::from_u128(1));
    let admin = OperatorCaller { operator, session: OPEN_SESSION, roles: [Role::Admin].into() };
    assert_eq!(admin.require(Role::Finance), Ok(()));
}
