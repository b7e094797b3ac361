//! What is on its way to one instance: an event, a timer that came due, a timer's step that came by in the log, or the
//! time to try a postponed command again.

use async_trait::async_trait;
use eventstore::{ReadError, Recorded, Seq};
use kernel::Timestamp;
use kernel::id::{CommandId, CorrelationId};
use tracing::Instrument;

use crate::deliver::Deliverer;
use crate::process::{Event, InputOf, Stepped};
use crate::{Input, Saga, metrics};

/// What the source of a timer's step begins with.
const TIMER: &str = "timer/";
/// What a timer's step begins with as written: an instance writes the source first.
const TIMER_STEP: &str = r#"{"source":"timer/"#;
/// An input, or a postponed command's time, on its way to one instance.
pub(crate) struct Delivery {
    instance: String,
    take: Box<dyn Take>,
}

impl Delivery {
    /// The n-th word of a commit to one instance, from 0.
    pub(crate) fn event<S: Saga>(key: S::Key, nth: u32, event: S::Event, recorded: &Recorded) -> Self {
        let source = if nth == 0 { recorded.seq.to_string() } else { format!("{}.{nth}", recorded.seq) };
        let input = Input::Event { event, at: recorded.meta.recorded_at };
        let why = Why::of(recorded, Some(recorded.seq));
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
        let instance = format!("{}/{key}", S::NAME);
        Self { instance, take: Box::new(Again::<S> { key, part, due_at, why }) }
    }

    /// A timer's step as it comes by in the log. Where the process ended before it had issued the step's commands,
    /// nobody else would: no other commit leads to them.
    pub(crate) fn fired<S: Saga>(recorded: &Recorded) -> Result<Option<Self>, ReadError> {
        let is_step = recorded.events.iter().any(|event| event.data.get().starts_with(TIMER_STEP));
        let (true, Ok(key)) = (is_step, recorded.stream.id().parse()) else { return Ok(None) };
        let why = Why::of(recorded, None);
        let stepped = recorded.decode()?.into_iter().find_map(|event| match event {
            Event::<S>::Stepped(step) => Some(*step),
            Event::Postponed(_) | Event::Parked(_) | Event::Resumed(_) => None,
        });
        Ok(stepped.map(|Stepped { source, input, .. }| {
            Self::of(Typed::<S> { key, source, input, why, is_echo: true })
        }))
    }

    fn of<S: Saga>(typed: Typed<S>) -> Self {
        Self { instance: format!("{}/{}", S::NAME, typed.key), take: Box::new(typed) }
    }

    /// Handles it to its end; says whether the instance has taken it, now or before.
    pub(crate) async fn handle(self, deliverer: &Deliverer) -> bool {
        self.take.take(deliverer).await
    }

    /// Which instance it is for, as `<saga>/<key>`.
    pub(crate) fn instance(&self) -> &str {
        &self.instance
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
    fn of(recorded: &Recorded, causation: Option<Seq>) -> Self {
        let meta = &recorded.meta;
        Self { causation, correlation: meta.correlation_id, command: Some(meta.command_id) }
    }
}

#[async_trait]
trait Take: Send {
    async fn take(self: Box<Self>, deliverer: &Deliverer) -> bool;
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
    async fn take(self: Box<Self>, deliverer: &Deliverer) -> bool {
        let Self { key, source, input, why, is_echo } = *self;
        let name = format!("{}/{key}/{source}", S::NAME);
        if is_echo && deliverer.fired().remove(&name) {
            return true;
        }
        let is_timer = matches!(input, Input::TimerFired { .. });
        let handled = deliverer.handle::<S>(&key, source, input, why);
        let stepped = handled.instrument(metrics::span(S::NAME, why)).await;
        if stepped && is_timer && !is_echo {
            deliverer.fired().insert(name);
        }
        stepped
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
    async fn take(self: Box<Self>, deliverer: &Deliverer) -> bool {
        let tried = deliverer.try_again::<S>(&self.key, &self.part, self.due_at, self.why);
        tried.instrument(metrics::span(S::NAME, self.why)).await
    }
}
