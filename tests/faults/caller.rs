//! A client that behaves as the API asks of it: no answer, or one that says "try again", is followed by the same request
//! under the same key, at one API or the other, until its patience is at an end.

use std::sync::Arc;
use std::time::Duration;

use jangteo::ids;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval};
use uuid::Uuid;

use crate::journal::{Acknowledged, Journal, Told};

/// How long one try is waited for: the API itself waits 15 s for its log.
const TRY_LIMIT: Duration = Duration::from_secs(20);
/// How long the same request is tried.
const PATIENCE: Duration = Duration::from_secs(75);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(250);

/// Who calls.
#[derive(Debug, Clone)]
pub enum Who {
    /// A shopper, by e-mail address and password.
    Shopper(String),
    /// A merchant, by API key.
    Merchant(String),
    /// An operator, by e-mail address and password.
    Operator(String),
}

/// Everybody's password.
pub const PASSWORD: &str = "correct horse";

/// A write that is asked for.
#[derive(Debug, Clone)]
pub struct Ask {
    /// What it is called in reports.
    pub kind: &'static str,
    /// Where.
    pub path: String,
    /// Under which key.
    pub key: String,
    /// With which body; null is none.
    pub body: Value,
    /// What proves it.
    pub proof: Proof,
}

/// How an acknowledged write is found again in the log.
#[derive(Debug, Clone)]
pub enum Proof {
    /// By the stream that it writes to.
    Stream(String),
    /// By the stream of the id that the answer tells under this name.
    StreamOf(&'static str, &'static str),
    /// By the id of its command: it writes to several streams at once.
    Command,
    /// It isn't in the log.
    None,
}

/// What an ask came to.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Done.
    Done(StatusCode, Value),
    /// Refused by a rule, under this code.
    Refused(String),
    /// Nobody knows.
    Unanswered,
}

/// A client.
pub struct Caller {
    doors: Vec<String>,
    http: reqwest::Client,
    who: Option<Who>,
    actor: String,
    token: Option<String>,
    journal: Arc<Journal>,
    tries: usize,
}

impl Caller {
    /// Somebody who is not known yet.
    pub fn nobody(doors: &[String], journal: &Arc<Journal>) -> Self {
        let http = reqwest::Client::builder().timeout(TRY_LIMIT).build().unwrap();
        let (doors, journal) = (doors.to_vec(), journal.clone());
        Self { doors, http, who: None, actor: "guest".to_owned(), token: None, journal, tries: 0 }
    }

    /// Somebody who logs in where asked to.
    pub fn known(self, who: Who, actor: String) -> Self {
        let token = if let Who::Merchant(key) = &who { Some(key.clone()) } else { None };
        Self { who: Some(who), actor, token, ..self }
    }

    /// Writes, and journals what is acknowledged.
    pub async fn write(&mut self, ask: &Ask) -> Answer {
        let answer = self.persist(Method::POST, &ask.path, Some(&ask.key), &ask.body).await;
        match answer {
            Some((status, position, body)) if status.is_success() => {
                self.acknowledge(ask, status, position, &body);
                Answer::Done(status, body)
            }
            Some((_, _, body)) => {
                let code = body["code"].as_str().unwrap_or("no_code").to_owned();
                self.journal.refuse(ask.kind, &code);
                Answer::Refused(code)
            }
            None => {
                self.journal.give_up();
                Answer::Unanswered
            }
        }
    }

    /// Reads; nothing where it is refused or there is no answer.
    pub async fn read(&mut self, path: &str) -> Option<Value> {
        let (status, _, body) = self.persist(Method::GET, path, None, &Value::Null).await?;
        status.is_success().then_some(body)
    }

    /// Reads every page of a list.
    pub async fn read_all(&mut self, path: &str) -> Option<Vec<Value>> {
        let (mut items, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = self.read(&format!("{path}?limit=100{cursor}")).await?;
            items.extend(page["items"].as_array()?.iter().cloned());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return Some(items),
            }
        }
    }

    fn acknowledge(&self, ask: &Ask, status: StatusCode, position: Option<u64>, body: &Value) {
        let (stream, command_id) = match &ask.proof {
            Proof::Stream(stream) => (Some(stream.clone()), None),
            Proof::StreamOf(kind, field) => {
                (Some(format!("{kind}.{}", body[*field].as_str().unwrap())), None)
            }
            Proof::Command => (None, Some(self.command_id(ask))),
            Proof::None => return,
        };
        let position = position.expect("an acknowledged write tells its position");
        let told = match ask.kind {
            "place an order" => Told::Placed { order: id(&body["order"]) },
            "pay" if status == StatusCode::OK => Told::Captured { payment: id(&body["payment"]) },
            _ => Told::Done,
        };
        let named = (ask.kind, format!("{} {}", ask.path, ask.key));
        self.journal.acknowledge(named, Acknowledged { position, stream, command_id }, told);
    }

    /// The id of a command, as the API derives it from who asks for what under which key.
    fn command_id(&self, ask: &Ask) -> Uuid {
        ids::derived(&["command", &self.actor, "POST", &ask.path, &ask.key])
    }

    /// The same request until there is an answer.
    async fn persist(
        &mut self,
        method: Method,
        path: &str,
        key: Option<&str>,
        body: &Value,
    ) -> Option<(StatusCode, Option<u64>, Value)> {
        let (began, mut pauses) = (Instant::now(), pace(PAUSE));
        while began.elapsed() < PATIENCE {
            pauses.tick().await;
            match self.attempt(method.clone(), path, key, body).await {
                Ok((status, ..)) if status == StatusCode::UNAUTHORIZED && self.who.is_some() => {
                    self.journal.repeat("401");
                    self.log_in().await;
                }
                Ok((status, _, body)) if status.is_server_error() => {
                    self.journal.repeat(body["code"].as_str().unwrap_or(status.as_str()));
                }
                Ok(answer) => return Some(answer),
                Err(error) => self.journal.repeat(without_answer(&error)),
            }
        }
        None
    }

    async fn attempt(
        &mut self,
        method: Method,
        path: &str,
        key: Option<&str>,
        body: &Value,
    ) -> reqwest::Result<(StatusCode, Option<u64>, Value)> {
        self.tries += 1;
        let door = &self.doors[self.tries % self.doors.len()];
        let mut request = self.http.request(method, format!("{door}{path}"));
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if !body.is_null() {
            request = request.json(body);
        }
        let reply = request.send().await?;
        let position = reply.headers().get("jangteo-position");
        let position = position.and_then(|value| value.to_str().ok()?.parse().ok());
        let status = reply.status();
        let text = reply.text().await?;
        Ok((status, position, serde_json::from_str(&text).unwrap_or(Value::Null)))
    }

    /// A new session; where there is no answer, the next request asks for it again.
    async fn log_in(&mut self) {
        let (path, email) = match &self.who {
            Some(Who::Shopper(email)) => ("/storefront/v1/sessions", email.clone()),
            Some(Who::Operator(email)) => ("/admin/v1/sessions", email.clone()),
            Some(Who::Merchant(_)) | None => return,
        };
        self.token = None;
        let (key, body) = (ids::fresh().to_string(), json!({"email": email, "password": PASSWORD}));
        if let Ok((StatusCode::CREATED, _, body)) = self.attempt(Method::POST, path, Some(&key), &body).await
        {
            self.token = body["access_token"].as_str().map(str::to_owned);
        }
    }
}

/// A beat that is late rather than hurried.
pub fn pace(period: Duration) -> Interval {
    let mut beats = interval(period);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    beats
}

/// An id out of an answer.
pub fn id(value: &Value) -> Uuid {
    value.as_str().and_then(|text| text.parse().ok()).expect("an id stands here")
}

fn without_answer(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "no connection"
    } else {
        "connection lost"
    }
}
