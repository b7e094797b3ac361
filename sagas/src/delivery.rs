//! What is on its way to one instance: an event, a timer that came due, the time to try a postponed command again, or what
//! came by in the instance's own stream and has to be gone on with: a timer's step, an operator's word.

use async_trait::async_trait;
use eventstore::{CommandError, ReadError, Recorded, Seq};
use kernel::Timestamp;
use kernel::id::{CommandId, CorrelationId};
use tracing::Instrument;

use crate::deliver::{Deliverer, Pending, Refusal};
use crate::process::{Event, InputOf, REFUSED, Stepped};
use crate::{Input, Saga, metrics};

/// What the source of a timer's step begins with.
const TIMER: &str = "timer/";
/// What a timer's step begins with as written: an instance writes the source first.
const TIMER_STEP: &str = r#"{"source":"timer/"#;
/// What an operator's words are called in the log.
const WORDS: [&str; 2] = ["resolved", "compensated"];

/// An input, or a postponed command's time, on its way to one instance.
pub(crate) struct Delivery {
    saga: &'static str,
    key: String,
    take: Box<dyn Take>,
}

impl Delivery {
    /// The n-th word of a commit to one instance, from 0.
    pub(crate) fn event<S: Saga>(key: S::Key, nth: u32, event: S::Event, recorded: &Recorded) -> Self {
        let source = if nth == 0 { recorded.seq.to_string() } else { format!("{}.{nth}", recorded.seq) };
        let input = Input::Event { event, at: recorded.meta.recorded_at };
        let why = Why::of(recorded);
        Self::of(Typed::<S> { key, source, input, why, is_echo: false })
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
        Ok(Self::of(Typed::<S> { key, source, input, why, is_echo: false }))
    }

    /// The time to try a postponed command again, by its name.
    pub(crate) fn again<S: Saga>(key: S::Key, part: String, due_at: Timestamp, why: Why) -> Self {
        Self { saga: S::NAME, key: key.to_string(), take: Box::new(Again::<S> { key, part, due_at, why }) }
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
        let word = |part| Self {
            saga: S::NAME,
            key: key.to_string(),
            take: Box::new(Word::<S> { key: key.clone(), part, at, why }),
        };
        Ok(recorded.decode()?.into_iter().find_map(|event| match event {
            Event::<S>::Stepped(step) => {
                let Stepped { source, input, .. } = *step;
                let why = Why { causation: None, ..why };
                Some(Self::of(Typed::<S> { key: key.clone(), source, input, why, is_echo: true }))
            }
            Event::Resolved(resolved) => Some(word(resolved.command)),
            Event::Compensated(compensated) => Some(word(compensated.command)),
            Event::Postponed(_) | Event::Parked(_) | Event::Resumed(_) => None,
        }))
    }

    fn of<S: Saga>(typed: Typed<S>) -> Self {
        Self { saga: S::NAME, key: typed.key.to_string(), take: Box::new(typed) }
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
trait Take: Send {
    fn why(&self) -> Why;
    async fn take(self: Box<Self>, deliverer: &Deliverer) -> Result<bool, CommandError>;
}

struct Typed<S: Saga> {
    key: S::Key,
    source: String,
    input: InputOf<S>,
    why: Why,
    /// Whether it is a timer's step that came by in the log.
    is_echo: bool,
}

#[async_trait]
impl<S: Saga> Take for Typed<S> {
    fn why(&self) -> Why {
        self.why
    }

    async fn take(self: Box<Self>, deliverer: &Deliverer) -> Result<bool, CommandError> {
        let Self { key, source, input, why, is_echo } = *self;
        let name = format!("{}/{key}/{source}", S::NAME);
        if is_echo && deliverer.fired().remove(&name) {
            return Ok(true);
        }
        let is_timer = matches!(input, Input::TimerFired { .. });
        let stepped = deliverer.handle::<S>(&key, source, input, why).await?;
        if stepped && is_timer && !is_echo {
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
