//! A client of a running installation: the base address, a token, an idempotency key per write.

use jangteo::app::App;
use jangteo::config::HttpConfig;
use jangteo::http;
use reqwest::{Method, StatusCode};
use serde_json::Value;
use tokio::net::TcpListener;

use crate::world::World;

/// A caller of one installation.
#[derive(Clone)]
pub struct Client {
    base: String,
    token: Option<String>,
    http: reqwest::Client,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
    /// The body as it came.
    pub text: String,
}

impl Client {
    /// Serves the world on a free port of the loopback, to ask as often as one likes; a caller without a token.
    pub async fn of(world: &World) -> Self {
        Self::serving(world.app.clone(), 0).await
    }

    /// The same with a rate limit.
    pub async fn serving(app: App, rate_limit: u32) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let config = HttpConfig { rate_limit, ..HttpConfig::unlimited(address) };
        let router = http::router(app, &config);
        let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self { base: format!("http://{address}"), token: None, http: reqwest::Client::new() }
    }

    /// The same installation, called with a token or API key.
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// Reads.
    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, &[], None).await
    }

    /// Writes, under a fresh idempotency key.
    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.write(Method::POST, path, body, &jangteo::ids::fresh().to_string()).await
    }

    /// Writes under a given idempotency key.
    pub async fn write(&self, method: Method, path: &str, body: Value, key: &str) -> Reply {
        self.send(method, path, &[("idempotency-key", key)], Some(body)).await
    }

    /// A gateway's notice, signed.
    pub async fn webhook(&self, path: &str, signature: &str, body: &Value) -> Reply {
        self.send(Method::POST, path, &[("jangteo-signature", signature)], Some(body.clone())).await
    }

    /// The base address and the token, for callers that speak for themselves.
    pub fn parts(&self) -> (&str, &str) {
        (&self.base, self.token.as_deref().unwrap_or_default())
    }

    /// Any request. `Value::Null` as body is no body.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Reply {
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
        let reply = request.send().await.unwrap();
        let (status, headers) = (reply.status(), reply.headers().clone());
        let text = reply.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text.clone()));
        Reply { status, headers, body, text }
    }
}

impl Reply {
    /// The code of a problem; nothing where it is none.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}
