//! A stand-in for Stripe, started for one test: what `LOCALSTRIPE_BIN` serves on a loopback port, its webhooks, and what a
//! shopper does on its side.

use std::process::Stdio;

use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// Any secret key will do.
pub(crate) const SECRET_KEY: &str = "sk_test_12345";
/// What its webhooks are signed with.
pub(crate) const WEBHOOK_SECRET: &str = "whsec_of_this_test";
/// A card that pays.
pub(crate) const PAYS: &str = "pm_card_visa";
/// A card whose issuer refuses.
pub(crate) const REFUSES: &str = "pm_card_chargeCustomerFail";
/// The number of a card whose issuer asks the shopper to show that it is them.
const ASKS: &str = "4000002500003155";

/// The stand-in. It ends with its standard input, so with the test at the latest.
pub(crate) struct Stripe {
    pub(crate) url: String,
    http: reqwest::Client,
    _process: Child,
}

impl Stripe {
    /// Starts one that knows nothing yet.
    pub(crate) async fn start() -> Self {
        let program = std::env::var("LOCALSTRIPE_BIN").expect("LOCALSTRIPE_BIN is not set: run scripts/test");
        let mut process = Command::new(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("LOCALSTRIPE_BIN names a program");
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let url = lines.next_line().await.unwrap().expect("it prints its address");
        Self { url, http: reqwest::Client::new(), _process: process }
    }

    /// Has it tell everything to an address from now on.
    pub(crate) async fn tell(&self, address: &str) {
        let body = json!({"url": address, "secret": WEBHOOK_SECRET});
        let registered = self.http.post(format!("{}/_config/webhooks/1", self.url)).json(&body).send().await;
        assert!(registered.unwrap().status().is_success());
    }

    /// A card whose issuer asks the shopper to show that it is them.
    pub(crate) async fn card_that_asks(&self) -> String {
        let card = json!({"number": ASKS, "exp_month": 12, "exp_year": 2030, "cvc": "123"});
        let made =
            self.call(Method::POST, "/v1/payment_methods", json!({"type": "card", "card": card})).await;
        made["id"].as_str().unwrap().to_owned()
    }

    /// The shopper shows that it is them, or fails to: what the gateway's library does in a browser.
    pub(crate) async fn authenticate(&self, client_secret: &str, success: bool) {
        let (intent, _) = client_secret.split_once("_secret_").unwrap();
        let body = json!({"client_secret": client_secret, "success": success});
        self.call(Method::POST, &format!("/v1/payment_intents/{intent}/_authenticate"), body).await;
    }

    /// Every intent that it knows.
    pub(crate) async fn intents(&self) -> Vec<Value> {
        self.all("/v1/payment_intents").await
    }

    /// Every refund that it knows.
    pub(crate) async fn refunds(&self) -> Vec<Value> {
        self.all("/v1/refunds").await
    }

    async fn all(&self, path: &str) -> Vec<Value> {
        self.call(Method::GET, &format!("{path}?limit=100"), Value::Null).await["data"]
            .as_array()
            .unwrap()
            .clone()
    }

    async fn call(&self, method: Method, path: &str, body: Value) -> Value {
        let mut request = self.http.request(method, format!("{}{path}", self.url)).bearer_auth(SECRET_KEY);
        if !body.is_null() {
            request = request.json(&body);
        }
        let reply = request.send().await.unwrap();
        assert!(reply.status().is_success(), "{path}: {}", reply.status());
        reply.json().await.unwrap()
    }
}
