//! A saga instance as an aggregate of its own: each step is one commit with its input and its effects.

use std::collections::{BTreeMap, BTreeSet};
use std::marker::PhantomData;

use kernel::{Decider, DecodeError, DomainEvent, EncodedEvent, Timestamp};
use serde::{Deserialize, Serialize};

pub use crate::held::{Compensated, HeldRefusal, Parked, Postponed, Resolved, Resumed};
use crate::points::Wait;
use crate::{Command, Effect, Input, Saga};

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
    /// Commands that an operator says are done otherwise, by their name.
    pub resolved: BTreeSet<String>,
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
            resolved: BTreeSet::new(),
            timers: BTreeMap::new(),
        }
    }
}

impl<S: Saga> Instance<S> {
    /// Whether a command waits, for its time or for a person.
    pub fn holds_back(&self, command: &str) -> bool {
        self.parked.contains_key(command) || self.postponed.contains_key(command)
    }

    /// Whether one before it in its step, from the last that stands apart, was refused.
    pub(crate) fn is_behind_a_refusal(&self, command: &str) -> bool {
        let Some(Named { source, ordinal, .. }) = self.command(command) else { return false };
        let stands_apart = |effect: &Effect<S::Timer>| matches!(effect, Effect::Issue { apart: true, .. });
        let so_far = self.steps.get(source).and_then(|effects| effects.get(..=ordinal)).unwrap_or_default();
        let chain = so_far.iter().rposition(stands_apart).unwrap_or(0);
        (chain..ordinal).any(|nth| self.steps.contains_key(&format!("{REFUSED}{source}/{nth}")))
    }

    /// A command by its name within the instance, `<source>/<ordinal>`.
    pub(crate) fn command<'a>(&'a self, name: &'a str) -> Option<Named<'a>> {
        let (source, ordinal) = name.rsplit_once('/')?;
        let ordinal = ordinal.parse().ok()?;
        match self.steps.get(source)?.get(ordinal)? {
            Effect::Issue { command, .. } => Some(Named { name, source, ordinal, command }),
            Effect::StartTimer { .. } | Effect::CancelTimer { .. } => None,
        }
    }
}

/// A command of an instance, and where it stands.
pub(crate) struct Named<'a> {
    pub(crate) name: &'a str,
    pub(crate) source: &'a str,
    pub(crate) ordinal: usize,
    pub(crate) command: &'a Command,
}

/// What the source of a refusal begins with; the refused command's name follows.
pub(crate) const REFUSED: &str = "rejected/";

/// An input, named by where it came from.
#[derive(Debug, Clone)]
pub struct Told<S: Saga> {
    /// Its source: a position, a timer or a refused command.
    pub source: String,
    /// The input.
    pub input: InputOf<S>,
}

/// What may be asked of an instance.
#[derive(Debug, Clone)]
pub enum Ask<S: Saga> {
    /// Take inputs in this order, each once, all in one commit.
    Take(Vec<Told<S>>),
    /// Note that a command failed and when it is tried again.
    Postpone(Postponed),
    /// Note that a command keeps failing.
    Park(Parked),
    /// Note that a postponed or parked command went through after all.
    Resume(Resumed),
    /// Count a held-back command as gone through, by an operator's word.
    Resolve(Resolved),
    /// Count a held-back command as refused, by an operator's word.
    Compensate {
        /// Which, with what, and why.
        compensated: Compensated,
        /// When.
        at: Timestamp,
    },
}

impl<S: Saga> Ask<S> {
    /// What the runner waits for when it asks for this.
    pub(crate) const fn wait(&self) -> Wait {
        match self {
            Self::Take(_) => Wait::Step,
            Self::Postpone(_) => Wait::Postpone,
            Self::Park(_) => Wait::Park,
            Self::Resume(_) | Self::Resolve(_) | Self::Compensate { .. } => Wait::Resume,
        }
    }

    /// Whether the instance is believed to begin with it.
    pub(crate) fn begins(&self) -> bool {
        let Self::Take(told) = self else { return false };
        told.iter().any(|told| matches!(&told.input, Input::Event { event, .. } if S::begins(event)))
    }
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
    /// That command counts as gone through.
    Resolved(Resolved),
    /// That command counts as refused.
    Compensated(Compensated),
}

impl<S: Saga> DomainEvent for Event<S> {
    const WIRE: &'static [(&'static str, u16)] = &[
        ("stepped", 1),
        ("postponed", 2),
        ("parked", 2),
        ("resumed", 1),
        ("resolved", 1),
        ("compensated", 1),
    ];

    fn name(&self) -> &'static str {
        match self {
            Self::Stepped(_) => "stepped",
            Self::Postponed(_) => "postponed",
            Self::Parked(_) => "parked",
            Self::Resumed(_) => "resumed",
            Self::Resolved(_) => "resolved",
            Self::Compensated(_) => "compensated",
        }
    }

    fn encode(&self) -> Result<EncodedEvent, serde_json::Error> {
        match self {
            Self::Stepped(body) => kernel::event::encode_body("stepped", 1, body),
            Self::Postponed(body) => kernel::event::encode_body("postponed", 2, body),
            Self::Parked(body) => kernel::event::encode_body("parked", 2, body),
            Self::Resumed(body) => kernel::event::encode_body("resumed", 1, body),
            Self::Resolved(body) => kernel::event::encode_body("resolved", 1, body),
            Self::Compensated(body) => kernel::event::encode_body("compensated", 1, body),
        }
    }

    fn decode(name: &str, version: u16, data: &str) -> Result<Self, DecodeError> {
        match (name, version) {
            ("stepped", 1) => kernel::event::decode_body(name, version, data).map(Self::Stepped),
            ("postponed", 1 | 2) => kernel::event::decode_body(name, version, data).map(Self::Postponed),
            ("parked", 1 | 2) => kernel::event::decode_body(name, version, data).map(Self::Parked),
            ("resumed", 1) => kernel::event::decode_body(name, version, data).map(Self::Resumed),
            ("resolved", 1) => kernel::event::decode_body(name, version, data).map(Self::Resolved),
            ("compensated", 1) => kernel::event::decode_body(name, version, data).map(Self::Compensated),
            _ => Err(DecodeError::Unknown { name: name.to_owned(), version }),
        }
    }
}

impl<S: Saga> Decider for Process<S> {
    const CONTEXT: &'static str = CONTEXT;
    const AGGREGATE: &'static str = S::NAME;
    type Id = S::Key;
    type State = Instance<S>;
    type Command = Ask<S>;
    type Event = Event<S>;
    type Rejection = HeldRefusal;

    fn decide(instance: &Instance<S>, ask: Ask<S>) -> Result<Vec<Event<S>>, HeldRefusal> {
        Ok(match ask {
            Ask::Take(told) => take(instance.clone(), told),
            Ask::Postpone(postponed) if is_next(instance, &postponed) => vec![Event::Postponed(postponed)],
            Ask::Park(parked) if instance.parked.contains_key(&parked.command) => Vec::new(),
            Ask::Park(parked) => vec![Event::Parked(parked)],
            Ask::Resume(resumed) if instance.holds_back(&resumed.command) => vec![Event::Resumed(resumed)],
            Ask::Postpone(_) | Ask::Resume(_) => Vec::new(),
            Ask::Resolve(resolved) => resolve(instance, resolved)?,
            Ask::Compensate { compensated, at } => compensate(instance, compensated, at)?,
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
            Event::Resolved(resolved) => {
                instance.postponed.remove(&resolved.command);
                instance.parked.remove(&resolved.command);
                instance.resolved.insert(resolved.command.clone());
            }
            Event::Compensated(compensated) => {
                instance.postponed.remove(&compensated.command);
                instance.parked.remove(&compensated.command);
            }
        }
        instance
    }
}

fn take<S: Saga>(mut instance: Instance<S>, told: Vec<Told<S>>) -> Vec<Event<S>> {
    let mut steps = Vec::with_capacity(told.len());
    for Told { source, input } in told {
        if instance.steps.contains_key(&source) {
            continue;
        }
        let Some(input) = heard(&instance, input) else { continue };
        let step = step(&instance, source, input);
        instance = Process::<S>::evolve(instance, &step);
        steps.push(step);
    }
    steps
}

/// A command is postponed once for each failure, whoever saw it fail; what is parked is a person's.
fn is_next<S: Saga>(instance: &Instance<S>, postponed: &Postponed) -> bool {
    let times = instance.postponed.get(&postponed.command).map_or(0, |before| before.times);
    postponed.times == times.saturating_add(1) && !instance.parked.contains_key(&postponed.command)
}

fn resolve<S: Saga>(instance: &Instance<S>, resolved: Resolved) -> Result<Vec<Event<S>>, HeldRefusal> {
    waiting(instance, &resolved.command)?;
    Ok(vec![Event::Resolved(resolved)])
}

/// The refusal is heard in the same commit, so that nothing lies between an operator's word and what follows from it.
fn compensate<S: Saga>(
    instance: &Instance<S>,
    compensated: Compensated,
    at: Timestamp,
) -> Result<Vec<Event<S>>, HeldRefusal> {
    let command = waiting(instance, &compensated.command)?.command.name();
    let code = compensated.code.clone();
    if !S::expects(command, &code) {
        return Err(HeldRefusal::NoReaction { saga: S::NAME, command, code });
    }
    let source = format!("{REFUSED}{}", compensated.command);
    let refused = step(instance, source, Input::Rejected { command: command.to_owned(), code, at });
    Ok(vec![Event::Compensated(compensated), refused])
}

fn waiting<'a, S: Saga>(instance: &'a Instance<S>, command: &'a str) -> Result<Named<'a>, HeldRefusal> {
    let named = instance.holds_back(command).then(|| instance.command(command)).flatten();
    named.ok_or_else(|| HeldRefusal::NotHeldBack { command: command.to_owned() })
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
