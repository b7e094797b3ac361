//! The whole route table with the wrong callers, read off the description of a running installation, so that a new
//! endpoint can't forget to ask who calls: it is tested by being there.

use jangteo::ids;
use member::operator::Role;
use order::value::ClaimKind;
use reqwest::Method;
use serde_json::json;

use crate::client::Client;
use crate::market::{Market, api_key, open, shopper, shopper_token, trading};
use crate::staff::staff;
use crate::trade::{accept, buy, claim, deliver};
use crate::world::World;

/// An endpoint, as the description has it.
pub struct Endpoint {
    pub method: Method,
    pub path: String,
    /// Whether somebody unknown may call.
    open: bool,
    /// Whether nobody else is asked for.
    unguarded: bool,
    /// The roles of which an operator needs one, where not just any may come in.
    roles: Vec<String>,
}

/// The endpoints of the description.
pub async fn endpoints(client: &Client) -> Vec<Endpoint> {
    let api = client.get("/openapi.json").await.body;
    let mut endpoints = Vec::new();
    for (path, item) in api["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let Ok(method) = method.to_uppercase().parse::<Method>() else { continue };
            if !["GET", "PUT", "POST", "PATCH", "DELETE"].contains(&method.as_str()) {
                continue;
            }
            let security = operation["security"].as_array();
            let security = security.unwrap_or_else(|| panic!("{method} {path} doesn't say who may call"));
            let (open, unguarded) =
                (security.contains(&json!({})), security.iter().all(|it| *it == json!({})));
            let roles = security.iter().filter_map(|it| it["access_token"][0].as_str());
            let roles = roles.map(str::to_owned).collect();
            endpoints.push(Endpoint { method, path: path.clone(), open, unguarded, roles });
        }
    }
    endpoints
}

/// A path with something in the place of each parameter.
fn filled(path: &str, value: impl Fn(&str) -> String) -> String {
    let mut whole = String::new();
    for part in path.split('{') {
        match part.split_once('}') {
            Some((name, rest)) => whole.extend([value(name).as_str(), rest]),
            None => whole.push_str(part),
        }
    }
    whole
}

/// Something that a parameter can be, though it names nothing.
fn something(name: &str) -> String {
    match name {
        "mall" => "main".to_owned(),
        "code" => "books".to_owned(),
        "saga" => "refund".to_owned(),
        "item" => "none".to_owned(),
        "position" => "1".to_owned(),
        _ => ids::fresh().to_string(),
    }
}

async fn call(client: &Client, endpoint: &Endpoint) -> (u16, String) {
    let path = filled(&endpoint.path, something);
    let key = ids::fresh().to_string();
    let body = (endpoint.method != Method::GET).then(|| json!({}));
    let reply = client.send(endpoint.method.clone(), &path, &[("idempotency-key", &key)], body).await;
    (reply.status.as_u16(), reply.code().to_owned())
}

/// The four kinds of callers, and a colleague who may do little.
struct Callers {
    shopper: Client,
    merchant: Client,
    operator: Client,
    supporter: Client,
}

impl Callers {
    async fn of(world: &World, client: &Client) -> Self {
        let (_, address) = shopper(world).await;
        let merchant = trading(world, "123-456").await;
        Self {
            shopper: client.with_token(&shopper_token(world, &address).await),
            merchant: client.with_token(&api_key(world, merchant).await),
            operator: staff(world, client, &[Role::Admin]).await,
            supporter: staff(world, client, &[Role::Support]).await,
        }
    }

    /// Who has no business at an address.
    fn wrong_for(&self, path: &str) -> Vec<(&'static str, &Client)> {
        let (shopper, merchant) = (("a shopper", &self.shopper), ("a merchant", &self.merchant));
        let operator = ("an operator", &self.operator);
        match path.split('/').nth(1).unwrap() {
            "storefront" => vec![merchant, operator],
            "seller" => vec![shopper, operator],
            "admin" => vec![shopper, merchant],
            "finance" => vec![shopper, merchant, ("an operator without the role", &self.supporter)],
            other => panic!("whose is /{other}? {path}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_endpoint_turns_away_who_has_no_business_there() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let callers = Callers::of(&world, &client).await;
    let nonsense = client.with_token("nonsense");
    let endpoints = endpoints(&client).await;
    assert!(endpoints.len() > 50, "the walk finds only {}", endpoints.len());
    for endpoint in endpoints.iter().filter(|endpoint| !endpoint.unguarded) {
        let name = format!("{} {}", endpoint.method, endpoint.path);
        if !endpoint.open {
            assert_eq!(call(&client, endpoint).await, (401, "token_missing".to_owned()), "{name} to nobody");
        }
        assert_eq!(call(&nonsense, endpoint).await.0, 401, "{name} to nonsense");
        for (who, caller) in callers.wrong_for(&endpoint.path) {
            let (status, code) = call(caller, endpoint).await;
            assert_eq!(status, 403, "{name} to {who}: {code}");
            assert!(code == "wrong_caller" || code == "role_missing", "{name} to {who}: {code}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_few_endpoints_are_for_anybody() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let open: Vec<String> =
        endpoints(&client).await.into_iter().filter(|it| it.unguarded).map(|it| it.path).collect();
    for path in &open {
        let signing_in = path.ends_with("/sessions") || path.ends_with("/sessions/refresh");
        let joining = path == "/storefront/v1/members" || path == "/seller/v1/merchants";
        let looking = path.starts_with("/storefront/v1/malls/");
        let machines = path.starts_with("/health/") || path.starts_with("/webhooks/");
        // Whoever has a gift's token is whom it is for.
        let given = path.starts_with("/storefront/v1/gifts/{token}");
        assert!(signing_in || joining || looking || given || machines, "{path} is open to anybody");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_comes_in_with_the_role_that_is_named_and_with_no_other() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let mut staffs = Vec::new();
    for (name, role) in [
        ("support", Role::Support),
        ("catalog", Role::Catalog),
        ("finance", Role::Finance),
        ("admin", Role::Admin),
    ] {
        staffs.push((name, staff(&world, &client, &[role]).await));
    }
    world.projected().await;
    let endpoints = endpoints(&client).await;
    let of_operators = |path: &str| path.starts_with("/admin/") || path.starts_with("/finance/");
    let mut walked = 0;
    for endpoint in endpoints.iter().filter(|it| of_operators(&it.path) && !it.unguarded) {
        // Signing out would end the walk.
        if endpoint.path.ends_with("/sessions/current") {
            continue;
        }
        walked += 1;
        for (name, caller) in &staffs {
            let may = *name == "admin"
                || endpoint.roles.is_empty()
                || endpoint.roles.iter().any(|role| role == name);
            let (status, code) = call(caller, endpoint).await;
            let refused = code == "role_missing";
            assert_eq!(refused, !may, "{} {} to {name}: {status} {code}", endpoint.method, endpoint.path);
        }
    }
    assert!(walked > 45, "the walk finds only {walked}");
}

/// The writes of a surface that a hand-kept list of addresses has forgotten.
pub async fn forgotten(client: &Client, surface: &str, listed: &[(Method, String)]) -> Vec<String> {
    let fits = |template: &str, path: &str| {
        let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
        template.len() == path.len()
            && template.iter().zip(&path).all(|(part, given)| part.starts_with('{') || part == given)
    };
    let is_listed = |endpoint: &Endpoint| {
        listed.iter().any(|(method, path)| *method == endpoint.method && fits(&endpoint.path, path))
    };
    let writes = endpoints(client).await.into_iter();
    let writes = writes.filter(|it| it.path.starts_with(surface) && it.method != Method::GET);
    writes.filter(|it| !is_listed(it)).map(|it| format!("{} {}", it.method, it.path)).collect()
}

/// What belongs to one merchant and one shopper.
struct Belongings(Vec<(&'static str, String)>);

impl Belongings {
    /// A product, a confirmed order on a statement, a shipment, and a claim that waits.
    async fn of(world: &World, market: &Market) -> Self {
        let confirmed = buy(world, market, 1).await;
        deliver(world, confirmed).await;
        world.pass(8).await;
        let bought = buy(world, market, 2).await;
        accept(world, bought).await;
        let claimed = claim(world, bought, ClaimKind::Cancel).await;
        world.projected().await;
        let filter = projections::books::query::StatementFilter::default();
        let statements =
            projections::books::query::statements(&world.app.pool, &filter, None, 1).await.unwrap();
        let shipment = jangteo::service::fulfilment::shipment_id(bought.order, 1, None);
        Self(vec![
            ("product", market.product.to_string()),
            ("sku", market.sku.to_string()),
            ("order", bought.order.to_string()),
            ("shipment", shipment.to_string()),
            ("claim", claimed.to_string()),
            ("statement", statements.items[0].statement.to_string()),
        ])
    }

    /// The readable addresses of a surface that name some of these things and nothing else.
    fn addresses(&self, endpoints: &[Endpoint], surface: &str, names: &[&str]) -> Vec<String> {
        let fits = |path: &str| {
            let parameters: Vec<&str> = path
                .split('{')
                .skip(1)
                .filter_map(|part| part.split_once('}'))
                .map(|(name, _)| name)
                .collect();
            !parameters.is_empty() && parameters.iter().all(|name| names.contains(name))
        };
        // A cash receipt is there only where one was asked for: the test of receipts says who reads it.
        let is_always_there = |path: &str| !path.ends_with("/cash-receipt");
        let readable = endpoints.iter().filter(|it| it.method == Method::GET && it.path.starts_with(surface));
        let readable = readable.filter(|it| is_always_there(&it.path));
        let value = |name: &str| self.0.iter().find(|(known, _)| *known == name).unwrap().1.clone();
        readable.filter(|it| fits(&it.path)).map(|it| filled(&it.path, value)).collect()
    }
}

/// The owner reads it; a stranger is told that there is nothing, in the very words for what is not there.
async fn only_the_owner_reads(addresses: &[String], owner: &Client, stranger: &Client) {
    for address in addresses {
        assert_eq!(owner.get(address).await.status, 200, "{address} to its owner");
        let turned_away = stranger.get(address).await;
        assert_eq!(
            (turned_away.status.as_u16(), turned_away.code()),
            (404, "not_found"),
            "{address} to a stranger"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_anothers_is_not_there() {
    let world = World::start().await;
    let market = open(&world).await;
    let belongings = Belongings::of(&world, &market).await;
    let client = Client::of(&world).await;
    let endpoints = endpoints(&client).await;

    let names = ["product", "sku", "order", "shipment", "claim", "statement"];
    let addresses = belongings.addresses(&endpoints, "/seller/", &names);
    assert!(addresses.len() >= 6, "{addresses:?}");
    let owner = client.with_token(&api_key(&world, market.merchant).await);
    let stranger = client.with_token(&api_key(&world, trading(&world, "1").await).await);
    only_the_owner_reads(&addresses, &owner, &stranger).await;

    let addresses = belongings.addresses(&endpoints, "/storefront/", &["order", "claim"]);
    assert!(addresses.len() >= 3, "{addresses:?}");
    let owner = client.with_token(&shopper_token(&world, &market.address).await);
    let (_, address) = shopper(&world).await;
    let stranger = client.with_token(&shopper_token(&world, &address).await);
    only_the_owner_reads(&addresses, &owner, &stranger).await;
}
