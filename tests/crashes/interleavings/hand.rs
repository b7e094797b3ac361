//! Sagas by hand: each hears the whole log and has its commands issued, one after another, until nothing follows any more;
//! then the earliest timer fires. The coordinator does the same with processes that end; here what matters is the order
//! of what happened before.

use std::collections::BTreeMap;
use std::sync::Arc;

use eventstore::{Context, Filter, Recorded, Seq, Tailed};
use futures::StreamExt;
use jangteo::app::App;
use kernel::id::{CommandId, CorrelationId};
use kernel::{Actor, Timestamp};
use sagas::payment_expiry::PaymentExpiry;
use sagas::process::InputOf;
use sagas::refund::Refund;
use sagas::{Effect, Input, Issuer, Saga};
use uuid::Uuid;

/// Most timers that fire before everything must have come to its end.
const MOST_TIMERS: usize = 30;

struct Hand<S: Saga> {
    states: BTreeMap<String, S::State>,
    timers: BTreeMap<(String, S::Timer), Timestamp>,
    parked: Vec<String>,
}

impl<S: Saga> Default for Hand<S> {
    fn default() -> Self {
        Self { states: BTreeMap::new(), timers: BTreeMap::new(), parked: Vec::new() }
    }
}

impl<S: Saga> Hand<S> {
    async fn hear(&mut self, app: &App, recorded: &Recorded) {
        if !S::CONTEXTS.contains(&recorded.stream.context()) {
            return;
        }
        for (nth, (key, event)) in S::route(recorded).unwrap().into_iter().enumerate() {
            let input = Input::Event { event, at: recorded.meta.recorded_at };
            self.take(app, &key.to_string(), format!("{}/{nth}", recorded.seq), input).await;
        }
    }

    /// Fires the earliest timer; `false` where none is set.
    async fn fire(&mut self, app: &App) -> bool {
        let earliest = self.timers.iter().min_by_key(|(_, at)| **at);
        let Some(((key, timer), at)) = earliest.map(|(timer, at)| (timer.clone(), *at)) else { return false };
        self.timers.remove(&(key.clone(), timer.clone()));
        let source = format!("{timer:?}/{at}");
        self.take(app, &key, source, Input::TimerFired { timer, at }).await;
        true
    }

    async fn take(&mut self, app: &App, key: &str, source: String, input: InputOf<S>) {
        let mut inputs = vec![(source, input)];
        while let Some((source, input)) = inputs.pop() {
            let state = S::evolve(self.states.remove(key).unwrap_or_default(), &input);
            let effects = S::react(&state, &input);
            self.states.insert(key.to_owned(), state);
            let mut refused = false;
            for (nth, effect) in effects.into_iter().enumerate() {
                let source = format!("{source}/{nth}");
                refused &= !matches!(effect, Effect::Issue { apart: true, .. });
                if let Some(rejected) = self.follow(app, (key, &source), (effect, refused), input.at()).await
                {
                    refused = true;
                    inputs.extend(rejected.map(|rejected| (format!("rejected/{source}"), rejected)));
                }
            }
        }
    }

    /// Has an effect done. `Some` where its command was refused, with what the saga hears of it if it knows what to do.
    async fn follow(
        &mut self,
        app: &App,
        (key, source): (&str, &str),
        (effect, held_back): (Effect<S::Timer>, bool),
        at: Timestamp,
    ) -> Option<Option<InputOf<S>>> {
        match effect {
            Effect::StartTimer { timer, at } => {
                self.timers.insert((key.to_owned(), timer), at);
                None
            }
            Effect::CancelTimer { timer } => {
                self.timers.remove(&(key.to_owned(), timer));
                None
            }
            Effect::Issue { .. } if held_back => None,
            Effect::Issue { command, .. } => {
                let name = command.name();
                let error = app.issue(context((S::NAME, key, source), at), *command).await.err()?;
                if error.is_refusal() && S::expects(name, error.code()) {
                    let (command, code) = (name.to_owned(), error.code().to_owned());
                    return Some(Some(Input::Rejected { command, code, at }));
                }
                self.parked.push(format!("{name}: {error}"));
                Some(None)
            }
        }
    }
}

fn context((saga, key, source): (&str, &str, &str), at: Timestamp) -> Context {
    let id = Uuid::new_v5(&Uuid::nil(), format!("{saga}/{key}/{source}").as_bytes());
    Context {
        command_id: CommandId(id),
        correlation_id: CorrelationId(id),
        causation: None,
        actor: Actor::system(saga),
        at,
        request: None,
    }
}

/// Lets everything follow that has to, to the very end. What no saga knew an answer to is returned.
pub async fn settle(app: &App) -> Vec<String> {
    let (mut expiry, mut refund) = (Hand::<PaymentExpiry>::default(), Hand::<Refund>::default());
    let (mut heard, mut fired) = (Seq(0), 0);
    loop {
        for recorded in commits(app, heard).await {
            heard = recorded.seq;
            expiry.hear(app, &recorded).await;
            refund.hear(app, &recorded).await;
        }
        if app.log.head().await.unwrap() == heard && !expiry.fire(app).await {
            return [expiry.parked, refund.parked].concat();
        }
        fired += 1;
        assert!(fired < MOST_TIMERS, "it never comes to an end");
    }
}

/// The commits behind a position.
pub async fn commits(app: &App, after: Seq) -> Vec<Recorded> {
    let head = app.log.head().await.unwrap();
    let tail = app.log.tail(after, Filter::All).await.unwrap();
    let number = usize::try_from(head.0 - after.0).unwrap();
    let steps: Vec<_> = tail.take(number).collect().await;
    let commits = steps.into_iter().filter_map(|step| match step.unwrap() {
        Tailed::Commit(recorded) => Some(Arc::unwrap_or_clone(recorded)),
        Tailed::Passed(_) => None,
    });
    commits.collect()
}
