//! What is on its way to one instance: an event, a timer that came due, the time to try a postponed command again, or what
//! came by in the instance's own stream and has to be gone on with: a timer's step, an operator's word.

use std::any::Any;

use async_trait::async_trait;
use eventstore::{CommandError, ReadError, Recorded, Seq};
use kernel::Timestamp;
use kernel::id::{CommandId, CorrelationId};
use tracing::Instrument;

use crate::deliver::{Deliverer, Pending, Refusal};
use crate::process::{Event, REFUSED, Stepped, Told};
use crate::{Input, Saga, metrics};

/// What the source of a timer's step begins with.
const TIMER: &str = "timer/";
/// What a timer's step begins with as written: an instance writes the source first.
const TIMER_STEP: &str = r#"{"source":"timer/"#;
/// The most events that one instance is told in one go.
const TOGETHER: usize = 16;
/// What an operator's words are called in the log.
const WORDS: [&str; 2] = ["resolved", "compensated"];

/// An input, or a postponed command's time, on its way to one instance.
pub(crate) struct Delivery {
    saga: &'static str,
    key: String,
    take: Box<dyn Take>,
    /// Whether it may wait a little for more of the same instance.
    may_wait: bool,
}

impl Delivery {
    /// The n-th word of a commit to one instance, from 0.
    pub(crate) fn event<S: Saga>(key: &S::Key, nth: u32, event: S::Event, recorded: &Recorded) -> Self {
        let source = if nth == 0 { recorded.seq.to_string() } else { format!("{}.{nth}", recorded.seq) };
        let may_wait = S::may_wait(&event);
        let input = Input::Event { event, at: recorded.meta.recorded_at };
        let (told, why) = (Told::<S> { source, input }, Why::of(recorded));
        let events = Events { key: key.clone(), told: vec![(told, why)], why };
        Self { may_wait, ..Self::of::<S>(key, events) }
    }

    /// A timer that came due.
    pub(crate) fn timer<S: Saga>(
        key: S::Key,
        named: &str,
        due_at: Timestamp,
        why: Why,
    ) -> serde_json::Result<Self> {
        let source = format!("{TIMER}{}/{named}", due_at.timestamp_micros());
        let input = Input::TimerFired { timer: serde_json::from_str(named)?, at: due_at };
        let told = Told::<S> { source, input };
        Ok(Self::of::<S>(&key.clone(), Fired { key, told, why, is_echo: false }))
    }

    /// The time to try a postponed command again, by its name.
    pub(crate) fn again<S: Saga>(key: S::Key, part: String, due_at: Timestamp, why: Why) -> Self {
        Self::of::<S>(&key.clone(), Again::<S> { key, part, due_at, why })
    }

    /// What came by in an instance's own stream: a timer's step, whose process may have ended before it had issued the
    /// step's commands, or an operator's word. No other commit leads to what follows from them.
    pub(crate) fn own<S: Saga>(recorded: &Recorded) -> Result<Option<Self>, ReadError> {
        let matters = recorded
            .events
            .iter()
            .any(|event| WORDS.contains(&event.name.as_str()) || event.data.get().starts_with(TIMER_STEP));
        let (true, Ok(key)) = (matters, recorded.stream.id().parse::<S::Key>()) else { return Ok(None) };
        let why = Why::of(recorded);
        let at = recorded.meta.recorded_at;
        let word = |part| Self::of::<S>(&key, Word::<S> { key: key.clone(), part, at, why });
        Ok(recorded.decode()?.into_iter().find_map(|event| match event {
            Event::<S>::Stepped(step) => {
                let Stepped { source, input, .. } = *step;
                let (told, why) = (Told::<S> { source, input }, Why { causation: None, ..why });
                Some(Self::of::<S>(&key, Fired { key: key.clone(), told, why, is_echo: true }))
            }
            Event::Resolved(resolved) => Some(word(resolved.command)),
            Event::Compensated(compensated) => Some(word(compensated.command)),
            Event::Postponed(_) | Event::Parked(_) | Event::Resumed(_) => None,
        }))
    }

    fn of<S: Saga>(key: &S::Key, take: impl Take) -> Self {
        Self { saga: S::NAME, key: key.to_string(), take: Box::new(take), may_wait: false }
    }

    /// Takes a later one for the same instance in, to be handled with it in one go; gives it back where it can't.
    pub(crate) fn join(&mut self, later: Self) -> Result<(), Self> {
        let Self { saga, key, take, may_wait } = later;
        match self.take.join(take) {
            Ok(()) => {
                self.may_wait = may_wait;
                Ok(())
            }
            Err(take) => Err(Self { saga, key, take, may_wait }),
        }
    }

    /// Whether it may wait a little for more of the same instance.
    pub(crate) const fn may_wait(&self) -> bool {
        self.may_wait
    }

    /// Handles it to its end; says whether the instance has taken it, now or before. Fails where it never can.
    pub(crate) async fn handle(self, deliverer: &Deliverer) -> Result<bool, CommandError> {
        let span = metrics::span(self.saga, self.take.why());
        self.take.take(deliverer).instrument(span).await
    }

    /// The saga whose instance it is for.
    pub(crate) const fn saga(&self) -> &'static str {
        self.saga
    }

    /// The instance that it is for.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }
}

/// Where an input came from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Why {
    pub(crate) causation: Option<Seq>,
    pub(crate) correlation: CorrelationId,
    /// The command that wrote it, where a commit tells.
    pub(crate) command: Option<CommandId>,
}

impl Why {
    fn of(recorded: &Recorded) -> Self {
        let meta = &recorded.meta;
        Self {
            causation: Some(recorded.seq),
            correlation: meta.correlation_id,
            command: Some(meta.command_id),
        }
    }
}

#[async_trait]
trait Take: Any + Send {
    fn why(&self) -> Why;
    fn join(&mut self, later: Box<dyn Take>) -> Result<(), Box<dyn Take>> {
        Err(later)
    }
    async fn take(self: Box<Self>, deliverer: &Deliverer) -> Result<bool, CommandError>;
}

/// What happened, in the order of the log.
struct Events<S: Saga> {
    key: S::Key,
    told: Vec<(Told<S>, Why)>,
    /// Of the last of them, which made them go.
    why: Why,
}

#[async_trait]
impl<S: Saga> Take for Events<S> {
    fn why(&self) -> Why {
        self.why
    }

    fn join(&mut self, later: Box<dyn Take>) -> Result<(), Box<dyn Take>> {
        let other: &dyn Any = &*later;
        if self.told.len() >= TOGETHER || !other.is::<Self>() {
            return Err(later);
        }
        let later: Box<dyn Any> = later;
        if let Ok(later) = later.downcast::<Self>() {
            self.told.extend(later.told);
            self.why = later.why;
        }
        Ok(())
    }

    async fn take(self: Box<Self>, deliverer: &Deliverer) -> Result<bool, CommandError> {
        deliverer.handle::<S>(&self.key, self.told).await
    }
}

/// A timer that came due.
struct Fired<S: Saga> {
    key: S::Key,
    told: Told<S>,
    why: Why,
    /// Whether it is a timer's step that came by in the log.
    is_echo: bool,
}

#[async_trait]
impl<S: Saga> Take for Fired<S> {
    fn why(&self) -> Why {
        self.why
    }

    async fn take(self: Box<Self>, deliverer: &Deliverer) -> Result<bool, CommandError> {
        let Self { key, told, why, is_echo } = *self;
        let name = format!("{}/{key}/{}", S::NAME, told.source);
        if is_echo && deliverer.fired().remove(&name) {
            return Ok(true);
        }
        let stepped = deliverer.handle::<S>(&key, vec![(told, why)]).await?;
        if stepped && !is_echo {
            deliverer.fired().insert(name);
        }
        Ok(stepped)
    }
}

struct Again<S: Saga> {
    key: S::Key,
    part: String,
    due_at: Timestamp,
    why: Why,
}

#[async_trait]
impl<S: Saga> Take for Again<S> {
    fn why(&self) -> Why {
        self.why
    }

    async fn take(self: Box<Self>, deliverer: &Deliverer) -> Result<bool, CommandError> {
        deliverer.try_again::<S>(&self.key, &self.part, self.due_at, self.why).await
    }
}

/// An operator's word on a command that was held back.
struct Word<S: Saga> {
    key: S::Key,
    part: String,
    at: Timestamp,
    why: Why,
}

#[async_trait]
impl<S: Saga> Take for Word<S> {
    fn why(&self) -> Why {
        self.why
    }

    /// Where the command counts as refused, the saga's answer is issued; else the step goes on behind it.
    async fn take(self: Box<Self>, deliverer: &Deliverer) -> Result<bool, CommandError> {
        let Self { key, part, at, why } = *self;
        let instance = deliverer.read_latest::<S>(&key).await?;
        let refused = format!("{REFUSED}{part}");
        let next = if instance.steps.contains_key(&refused) {
            vec![Refusal::<S> { source: refused, input: None }]
        } else if let Some(named) = instance.command(&part) {
            let rest = Pending { source: named.source, from: named.ordinal.saturating_add(1), at, why };
            deliverer.issue_step::<S>(&key, rest).await?
        } else {
            return Ok(false);
        };
        deliverer.answer(&key, next, at, why).await?;
        Ok(true)
    }
}
