//! A saga instance as an aggregate of its own: each step is one commit with its input and its effects.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use kernel::{Decider, DecodeError, DomainEvent, EncodedEvent, Rejection, RejectionKind, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Effect, Input, Saga};

/// An input to the saga `S`.
pub type InputOf<S> = Input<<S as Saga>::Event, <S as Saga>::Timer>;

/// The context that saga streams live in.
pub const CONTEXT: &str = "saga";

/// The aggregate whose instances are the saga's.
#[derive(Debug)]
pub struct Process<S>(PhantomData<S>);

/// What a step left behind to be done, by the input's source.
pub type Effects<S> = Vec<Effect<<S as Saga>::Timer>>;

/// A saga instance, folded.
#[derive(Debug, Clone)]
pub struct Instance<S: Saga> {
    /// What the saga remembers.
    pub state: S::State,
    /// The effects of each step, so that they can be issued again after a crash.
    pub steps: BTreeMap<String, Effects<S>>,
    /// Commands that kept failing, by their name (`<source>/<ordinal>`), with the last error.
    pub parked: BTreeMap<String, String>,
    /// Commands that failed and are tried again by themselves, by their name.
    pub postponed: BTreeMap<String, Postponed>,
    /// The timers that are set, with their instants.
    pub timers: BTreeMap<S::Timer, Timestamp>,
}

impl<S: Saga> Default for Instance<S> {
    fn default() -> Self {
        Self {
            state: S::State::default(),
            steps: BTreeMap::new(),
            parked: BTreeMap::new(),
            postponed: BTreeMap::new(),
            timers: BTreeMap::new(),
        }
    }
}

impl<S: Saga> Instance<S> {
    /// Whether a command waits, for its time or for a person.
    pub fn holds_back(&self, command: &str) -> bool {
        self.parked.contains_key(command) || self.postponed.contains_key(command)
    }
}

/// What may be asked of an instance.
#[derive(Debug, Clone)]
pub enum Ask<S: Saga> {
    /// Take an input, named by where it came from.
    Take {
        /// Its source: a position, a timer or a refused command.
        source: String,
        /// The input.
        input: InputOf<S>,
    },
    /// Note that a command failed and when it is tried again.
    Postpone(Postponed),
    /// Note that a command keeps failing.
    Park(Parked),
    /// Note that a postponed or parked command went through after all.
    Resume(Resumed),
}

/// A step.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound = "S: Saga")]
pub struct Stepped<S: Saga> {
    /// Where the input came from.
    pub source: String,
    /// The input.
    #[serde(flatten)]
    pub input: InputOf<S>,
    /// What was to be done.
    pub effects: Effects<S>,
}

/// A command failed and is tried again by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Postponed {
    /// The step's source and the effect's ordinal, `<source>/<ordinal>`.
    pub command: String,
    /// The last error.
    pub error: String,
    /// How many times it was postponed, this included.
    pub times: u32,
    /// The instant that the step speaks of.
    pub at: Timestamp,
    /// When it is tried again.
    pub again_at: Timestamp,
}

/// A command keeps failing, or was refused for a reason that its saga doesn't expect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parked {
    /// The step's source and the effect's ordinal, `<source>/<ordinal>`.
    pub command: String,
    /// The last error.
    pub error: String,
    /// Its stable name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// A postponed or parked command went through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resumed {
    /// The step's source and the effect's ordinal, `<source>/<ordinal>`.
    pub command: String,
    /// Why an operator had it tried again, or that it was by itself.
    pub reason: String,
}

/// What happened to an instance.
#[derive(Debug, Clone)]
pub enum Event<S: Saga> {
    /// It took an input.
    Stepped(Box<Stepped<S>>),
    /// One of its commands failed and is tried again later.
    Postponed(Postponed),
    /// One of its commands keeps failing.
    Parked(Parked),
    /// That command went through.
    Resumed(Resumed),
}

impl<S: Saga> DomainEvent for Event<S> {
    const WIRE: &'static [(&'static str, u16)] =
        &[("stepped", 1), ("postponed", 1), ("parked", 1), ("resumed", 1)];

    fn name(&self) -> &'static str {
        match self {
            Self::Stepped(_) => "stepped",
            Self::Postponed(_) => "postponed",
            Self::Parked(_) => "parked",
            Self::Resumed(_) => "resumed",
        }
    }

    fn encode(&self) -> Result<EncodedEvent, serde_json::Error> {
        match self {
            Self::Stepped(body) => kernel::event::encode_body("stepped", 1, body),
            Self::Postponed(body) => kernel::event::encode_body("postponed", 1, body),
            Self::Parked(body) => kernel::event::encode_body("parked", 1, body),
            Self::Resumed(body) => kernel::event::encode_body("resumed", 1, body),
        }
    }

    fn decode(name: &str, version: u16, data: &str) -> Result<Self, DecodeError> {
        match (name, version) {
            ("stepped", 1) => kernel::event::decode_body(name, version, data).map(Self::Stepped),
            ("postponed", 1) => kernel::event::decode_body(name, version, data).map(Self::Postponed),
            ("parked", 1) => kernel::event::decode_body(name, version, data).map(Self::Parked),
            ("resumed", 1) => kernel::event::decode_body(name, version, data).map(Self::Resumed),
            _ => Err(DecodeError::Unknown { name: name.to_owned(), version }),
        }
    }
}

/// An instance takes what it is given; it refuses nothing.
#[derive(Debug, thiserror::Error)]
pub enum Never {}

impl Rejection for Never {
    fn code(&self) -> &'static str {
        match *self {}
    }

    fn kind(&self) -> RejectionKind {
        match *self {}
    }
}

impl<S: Saga> Decider for Process<S> {
    const CONTEXT: &'static str = CONTEXT;
    const AGGREGATE: &'static str = S::NAME;
    type Id = S::Key;
    type State = Instance<S>;
    type Command = Ask<S>;
    type Event = Event<S>;
    type Rejection = Never;

    fn decide(instance: &Instance<S>, ask: Ask<S>) -> Result<Vec<Event<S>>, Never> {
        Ok(match ask {
            Ask::Take { source, .. } if instance.steps.contains_key(&source) => Vec::new(),
            Ask::Take { source, input } => {
                heard(instance, input).map(|input| step(instance, source, input)).into_iter().collect()
            }
            Ask::Postpone(postponed) if is_next(instance, &postponed) => vec![Event::Postponed(postponed)],
            Ask::Park(parked) if instance.parked.contains_key(&parked.command) => Vec::new(),
            Ask::Park(parked) => vec![Event::Parked(parked)],
            Ask::Resume(resumed) if instance.holds_back(&resumed.command) => vec![Event::Resumed(resumed)],
            Ask::Postpone(_) | Ask::Resume(_) => Vec::new(),
        })
    }

    fn evolve(mut instance: Instance<S>, event: &Event<S>) -> Instance<S> {
        match event {
            Event::Stepped(step) => {
                instance.state = S::evolve(instance.state, &step.input);
                keep_timers::<S>(&mut instance.timers, step);
                instance.steps.insert(step.source.clone(), step.effects.clone());
            }
            Event::Postponed(postponed) => {
                instance.postponed.insert(postponed.command.clone(), postponed.clone());
            }
            Event::Parked(parked) => {
                instance.postponed.remove(&parked.command);
                instance.parked.insert(parked.command.clone(), parked.error.clone());
            }
            Event::Resumed(resumed) => {
                instance.postponed.remove(&resumed.command);
                instance.parked.remove(&resumed.command);
            }
        }
        instance
    }
}

/// A command is postponed once for each failure, whoever saw it fail; what is parked is a person's.
fn is_next<S: Saga>(instance: &Instance<S>, postponed: &Postponed) -> bool {
    let times = instance.postponed.get(&postponed.command).map_or(0, |before| before.times);
    postponed.times == times.saturating_add(1) && !instance.parked.contains_key(&postponed.command)
}

/// The input as it counts. A timer that was cancelled or set anew since it was looked up is not heard; one that is heard
/// says the very instant it was set for, which the index of timers keeps to the microsecond only.
fn heard<S: Saga>(instance: &Instance<S>, input: InputOf<S>) -> Option<InputOf<S>> {
    let Input::TimerFired { timer, at } = input else { return Some(input) };
    let set_for = *instance.timers.get(&timer)?;
    let same = set_for.timestamp_micros() == at.timestamp_micros();
    same.then_some(Input::TimerFired { timer, at: set_for })
}

/// A timer that fired is gone, unless the step sets it anew.
fn keep_timers<S: Saga>(timers: &mut BTreeMap<S::Timer, Timestamp>, step: &Stepped<S>) {
    if let Input::TimerFired { timer, .. } = &step.input {
        timers.remove(timer);
    }
    for effect in &step.effects {
        match effect {
            Effect::StartTimer { timer, at } => {
                timers.insert(timer.clone(), *at);
            }
            Effect::CancelTimer { timer } => {
                timers.remove(timer);
            }
            Effect::Issue { .. } => {}
        }
    }
}

fn step<S: Saga>(instance: &Instance<S>, source: String, input: InputOf<S>) -> Event<S> {
    let state = S::evolve(instance.state.clone(), &input);
    let effects = S::react(&state, &input);
    Event::Stepped(Box::new(Stepped { source, input, effects }))
}
