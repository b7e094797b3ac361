//! Loading a stream: batched direct get, answered by any replica, without a consumer.
//!
//! One wildcard inbox serves all loads; each load has a token of its own in it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_nats::{Client, Message};
use futures::StreamExt;
use tokio::sync::mpsc;

use super::Backoff;
use super::backoff::GaveUp;
use crate::message::Message as LogMessage;
use crate::{Prefix, ReadError, Recorded, Seq, StreamName};

/// Messages asked for at once.
const PAGE: usize = 256;
/// How long the next message of a page is waited for.
const MESSAGE_TIMEOUT: Duration = Duration::from_secs(2);
/// What the server closes a page with ("end of batch").
const END_OF_BATCH: u16 = 204;
/// What the server answers when nothing matches.
const NOT_FOUND: u16 = 404;

type Routes = Arc<Mutex<BTreeMap<u64, mpsc::Sender<Message>>>>;

/// Batched direct gets on one stream.
#[derive(Debug)]
pub(super) struct DirectGet {
    client: Client,
    api: String,
    inbox: String,
    routes: Routes,
    next: AtomicU64,
    patience: Duration,
    delivery: tokio::task::JoinHandle<()>,
}

/// A page of a load.
enum Page {
    /// All there is.
    Last,
    /// More may follow.
    More,
    /// The server stopped answering.
    Silent,
}

impl DirectGet {
    pub(super) async fn open(
        client: Client,
        stream: &str,
        patience: Duration,
    ) -> Result<Self, async_nats::SubscribeError> {
        let inbox = client.new_inbox();
        let mut replies = client.subscribe(format!("{inbox}.*")).await?;
        let routes = Routes::default();
        let table = routes.clone();
        let delivery = tokio::spawn(async move {
            while let Some(message) = replies.next().await {
                deliver(&table, message);
            }
        });
        let api = format!("$JS.API.DIRECT.GET.{stream}");
        Ok(Self { client, api, inbox, routes, next: AtomicU64::new(0), patience, delivery })
    }

    /// The stream's commits after a position, as some replica knows them.
    pub(super) async fn load(
        &self,
        subject: &str,
        stream: &StreamName,
        after: Seq,
    ) -> Result<Vec<Recorded>, ReadError> {
        let mut commits = Vec::new();
        let mut backoff = Backoff::lasting(self.patience);
        let mut at = after;
        loop {
            let (messages, mut page) = self.page(subject, at).await;
            for message in messages {
                let Some(seq) = sequence(&message).filter(|seq| *seq > at) else { continue };
                let commit = Recorded::parse(seq, stream.clone(), &message.payload)?;
                if !commits.is_empty() && !commit.follows(at) {
                    // A message got lost on its way here: what is behind it is asked for again.
                    page = Page::Silent;
                    break;
                }
                at = seq;
                commits.push(commit);
            }
            match page {
                Page::Last => return Ok(commits),
                Page::More => {}
                Page::Silent => backoff.pause().await.map_err(gave_up)?,
            }
        }
    }

    /// A page of the whole log behind a position, as some replica knows it; what it leaves out may be there all the same.
    pub(super) async fn messages(&self, prefix: &Prefix, after: Seq) -> Vec<LogMessage> {
        let (messages, _) = self.page(&prefix.all(), after).await;
        messages.into_iter().filter_map(|message| as_it_stands(prefix, message)).collect()
    }

    /// Every message of a stream that some replica gives out.
    pub(super) async fn messages_of(
        &self,
        prefix: &Prefix,
        stream: &StreamName,
    ) -> Result<Vec<LogMessage>, ReadError> {
        let subject = prefix.subject(stream);
        let mut found: Vec<LogMessage> = Vec::new();
        let mut backoff = Backoff::lasting(self.patience);
        loop {
            let after = found.last().map_or(Seq(0), |last| last.seq);
            let (messages, page) = self.page(&subject, after).await;
            found.extend(messages.into_iter().filter_map(|message| as_it_stands(prefix, message)));
            match page {
                Page::Last => return Ok(found),
                Page::More => {}
                Page::Silent => backoff.pause().await.map_err(gave_up)?,
            }
        }
    }

    /// The last positions of these subjects, as some replica knows them; of one that has no message, or while no replica
    /// answers, none.
    pub(super) async fn last_of(&self, subjects: &[&str]) -> BTreeMap<String, Seq> {
        let named = subjects.join(r#"",""#);
        let (messages, _) = self.ask(format!(r#"{{"multi_last":["{named}"]}}"#), subjects.len()).await;
        messages.iter().filter_map(|message| Some((subject(message)?, sequence(message)?))).collect()
    }

    /// Asks for one page of a stream.
    async fn page(&self, subject: &str, after: Seq) -> (Vec<Message>, Page) {
        let ask = format!(r#"{{"batch":{PAGE},"seq":{},"next_by_subj":"{subject}"}}"#, after.0 + 1);
        self.ask(ask, PAGE).await
    }

    /// Asks, and gathers an answer of at most so many messages.
    async fn ask(&self, ask: String, most: usize) -> (Vec<Message>, Page) {
        let token = self.next.fetch_add(1, Ordering::Relaxed);
        let (route, mut replies) = mpsc::channel(most + 2);
        lock(&self.routes).insert(token, route);
        let _end = Unroute { routes: &self.routes, token };
        let reply = format!("{}.{token}", self.inbox);
        if self.client.publish_with_reply(self.api.clone(), reply, ask.into()).await.is_err() {
            return (Vec::new(), Page::Silent);
        }
        gather(&mut replies).await
    }
}

impl Drop for DirectGet {
    fn drop(&mut self) {
        self.delivery.abort();
    }
}

/// Takes a load's route away however the load ends.
struct Unroute<'a> {
    routes: &'a Routes,
    token: u64,
}

impl Drop for Unroute<'_> {
    fn drop(&mut self) {
        lock(self.routes).remove(&self.token);
    }
}

async fn gather(replies: &mut mpsc::Receiver<Message>) -> (Vec<Message>, Page) {
    let mut messages = Vec::new();
    loop {
        let Ok(Some(message)) = tokio::time::timeout(MESSAGE_TIMEOUT, replies.recv()).await else {
            return (messages, Page::Silent);
        };
        match message.status.map(|status| status.as_u16()) {
            None => messages.push(message),
            Some(END_OF_BATCH) if pending(&message) > 0 => return (messages, Page::More),
            Some(END_OF_BATCH | NOT_FOUND) => return (messages, Page::Last),
            Some(_) => return (messages, Page::Silent),
        }
    }
}

fn deliver(routes: &Routes, message: Message) {
    let token = message.subject.rsplit('.').next().and_then(|token| token.parse().ok());
    let route = token.and_then(|token: u64| lock(routes).get(&token).cloned());
    if let Some(route) = route {
        // A load that has gone, or a page longer than asked for: nobody waits for this message.
        let _ = route.try_send(message);
    }
}

fn gave_up(_: GaveUp) -> ReadError {
    ReadError::Unavailable("no replica answers direct gets".to_owned())
}

fn as_it_stands(prefix: &Prefix, message: Message) -> Option<LogMessage> {
    Some(prefix.message(sequence(&message)?, &subject(&message)?, message.payload))
}

fn sequence(message: &Message) -> Option<Seq> {
    message.headers.as_ref()?.get("Nats-Sequence")?.as_str().parse().ok().map(Seq)
}

/// How many messages the server kept back.
fn pending(message: &Message) -> u64 {
    let pending = message.headers.as_ref().and_then(|headers| headers.get("Nats-Num-Pending"));
    pending.and_then(|pending| pending.as_str().parse().ok()).unwrap_or_default()
}

fn subject(message: &Message) -> Option<String> {
    Some(message.headers.as_ref()?.get("Nats-Subject")?.as_str().to_owned())
}

fn lock(routes: &Routes) -> MutexGuard<'_, BTreeMap<u64, mpsc::Sender<Message>>> {
    routes.lock().unwrap_or_else(PoisonError::into_inner)
}
