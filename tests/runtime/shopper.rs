//! Somebody who shops over HTTP.

use reqwest::Method;
use serde_json::{Value, json};

use crate::house::House;
use crate::process::{LIMIT, Process};

/// A caller of a process' API.
#[derive(Clone)]
pub struct Caller {
    base: String,
    token: Option<String>,
    http: reqwest::Client,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub trace: String,
    /// Where a write stands in the log; empty where nothing was written.
    pub position: String,
    pub body: Value,
}

impl Caller {
    /// One without a token.
    pub fn of(process: &Process) -> Self {
        Self {
            base: process.api.clone(),
            token: None,
            http: reqwest::Client::builder().timeout(LIMIT).build().unwrap(),
        }
    }

    /// Somebody of the demo market, signed in: `storefront` `shopper`, `seller` `merchant`, `admin` `operator`.
    pub async fn signed_in(process: &Process, surface: &str, who: &str) -> Self {
        let body = json!({"email": format!("{who}@demo.invalid"), "password": "jangteo-demo"});
        Self::of(process).sign_in(surface, body).await
    }

    /// The same caller, signed in.
    pub async fn sign_in(&self, surface: &str, body: Value) -> Self {
        let reply = self.post(&format!("/{surface}/v1/sessions"), body).await;
        assert_eq!(reply.status, 201, "{reply:?}");
        self.with_token(reply.body["access_token"].as_str().unwrap())
    }

    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, &[], None).await.unwrap()
    }

    /// Reads until what is looked for is there.
    pub async fn until<T>(&self, path: &str, find: impl Fn(&Value) -> Option<T>) -> T {
        let asked = async {
            loop {
                if let Some(found) = find(&self.get(path).await.body) {
                    return found;
                }
            }
        };
        tokio::time::timeout(LIMIT, asked).await.expect(path)
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(Method::POST, path, &[], Some(body)).await.unwrap()
    }

    /// A write under a name of the caller's, which is among the headers.
    pub async fn send_named(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Value,
    ) -> Reply {
        self.request(method, path, headers, Some(body)).await.unwrap()
    }

    /// Any request; writes go under a fresh key.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> reqwest::Result<Reply> {
        let key = jangteo::ids::fresh().to_string();
        let key = body.as_ref().map(|_| ("idempotency-key", key.as_str()));
        let headers: Vec<_> = headers.iter().copied().chain(key).collect();
        self.request(method, path, &headers, body).await
    }

    async fn request(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> reqwest::Result<Reply> {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body.filter(|body| !body.is_null()) {
            request = request.json(&body);
        }
        let reply = request.send().await?;
        let header = |name| reply.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        let (trace, position) = (header("jangteo-trace"), header("jangteo-position"));
        let status = reply.status().as_u16();
        let text = reply.text().await?;
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Ok(Reply { status, trace, position, body })
    }
}

/// A new member, signed in at both of two processes.
pub async fn new_member(number: usize, processes: [&Process; 2]) -> [Caller; 2] {
    let [here, there] = processes.map(Caller::of);
    let credentials =
        json!({"email": format!("member-{number}@example.invalid"), "password": "battery staple"});
    let mut account = credentials.clone();
    account["name"] = json!("N");
    assert_eq!(here.post("/storefront/v1/members", account).await.status, 201);
    [here.sign_in("storefront", credentials.clone()).await, there.sign_in("storefront", credentials).await]
}

/// An order of one piece of the demo market's first product, as a body.
pub async fn order(house: &House, caller: &Caller) -> Value {
    let product = house.seeded.split_whitespace().last().unwrap();
    let path = format!("/storefront/v1/malls/main/products/{product}");
    let sku = caller.until(&path, |body| body["skus"][0]["sku"].as_str().map(str::to_owned)).await;
    json!({
        "items": [{"product": product, "sku": sku, "quantity": 1}],
        "recipient": recipient(),
        "total_minor": 15_000,
        "currency": "KRW",
    })
}

/// Who receives it.
pub fn recipient() -> Value {
    json!({"name": "Okchun Recipientova", "phone": "010-7391-5524", "postal_code": "04524",
           "address": "Namdaemunno 7 gil, Seoul"})
}

/// Places an order and pays it; its id.
pub async fn buy(house: &House, caller: &Caller) -> String {
    let placed = caller.post("/storefront/v1/malls/main/orders", order(house, caller).await).await;
    assert_eq!(placed.status, 201, "{placed:?}");
    let order = placed.body["order"].as_str().unwrap().to_owned();
    let path = format!("/storefront/v1/orders/{order}/payment");
    let paid = caller.post(&path, json!({"instrument": "ok"})).await;
    assert_eq!(paid.status, 200, "{paid:?}");
    order
}
