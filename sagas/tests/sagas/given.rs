//! Told / then: what an instance is told, and what it wants done after the last of it.

use eventstore::{Decoded, Meta, Recorded, Seq, StreamName};
use kernel::id::{CommandId, CommitId, CorrelationId};
use kernel::{Actor, Decider, DomainEvent, Timestamp};
use sagas::process::{Ask, Event, InputOf, Instance, Process, Stepped};
use sagas::{Effect, Input, Saga};
use uuid::Uuid;

/// A word to an instance.
#[derive(Debug, Clone)]
pub(crate) enum Told<T> {
    /// A commit in the log.
    Commit(Box<Recorded>),
    /// A timer that is set comes due.
    Fires(T),
    /// A command of the last input is refused: its name and the rejection's code.
    Refused(&'static str, &'static str),
}

pub(crate) fn minute(minute: i64) -> Timestamp {
    Timestamp::from_timestamp(1_800_000_000 + minute * 60, 0).unwrap()
}

pub(crate) const DAY: i64 = 24 * 60;

/// What one aggregate says to commands, each with the minute it is recorded at; each must be taken.
pub(crate) fn story<D: Decider>(
    id: &D::Id,
    commands: impl IntoIterator<Item = (i64, D::Command)>,
) -> Vec<Recorded> {
    let mut state = D::State::default();
    let mut commits = Vec::new();
    for (at, command) in commands {
        let events = D::decide(&state, command).expect("a story's command is taken");
        assert!(!events.is_empty(), "a story's command changes something");
        state = events.iter().fold(state, D::evolve);
        commits.push(recorded(StreamName::of::<D>(id), &events, minute(at)));
    }
    commits
}

fn recorded<E: DomainEvent>(stream: StreamName, events: &[E], recorded_at: Timestamp) -> Recorded {
    let id = Uuid::from_u128(1);
    let meta = Meta {
        command_id: CommandId(id),
        correlation_id: CorrelationId(id),
        causation: None,
        actor: Actor::Guest,
        recorded_at,
        request: None,
    };
    let events = events.iter().map(|event| event.encode().unwrap().into()).collect();
    let (seq, commit_id) = (Seq(0), CommitId(id));
    let (further, decoded) = (Vec::new(), Decoded::default());
    Recorded { seq, stream, commit_id, after: None, events, meta, further, decoded }
}

/// Commits as words, in their order.
pub(crate) fn told<T>(commits: &[Recorded]) -> Vec<Told<T>> {
    commits.iter().cloned().map(Box::new).map(Told::Commit).collect()
}

/// An instance that takes words one by one.
#[derive(Debug)]
pub(crate) struct Given<S: Saga> {
    pub(crate) instance: Instance<S>,
    pub(crate) steps: Vec<Stepped<S>>,
    /// Every input that came of the words, by its source.
    pub(crate) heard: Vec<(String, InputOf<S>)>,
    words: u64,
    at: Timestamp,
}

impl<S: Saga> Default for Given<S> {
    fn default() -> Self {
        Self { instance: Instance::default(), steps: Vec::new(), heard: Vec::new(), words: 0, at: minute(0) }
    }
}

impl<S: Saga> Given<S> {
    /// What the instance wants done about a word. The n-th word stands at position n.
    pub(crate) fn tell(&mut self, word: Told<S::Timer>) -> Vec<Effect<S::Timer>> {
        self.words += 1;
        let inputs = self.inputs(word);
        self.heard.extend(inputs.iter().cloned());
        inputs.into_iter().flat_map(|(source, input)| self.take(source, input)).collect()
    }

    fn inputs(&mut self, word: Told<S::Timer>) -> Vec<(String, InputOf<S>)> {
        let position = self.words;
        match word {
            Told::Commit(commit) => {
                self.at = commit.meta.recorded_at;
                let routed = S::route(&Recorded { seq: Seq(position), ..*commit }).unwrap();
                let named =
                    |(nth, (_, event))| (format!("{position}.{nth}"), Input::Event { event, at: self.at });
                routed.into_iter().enumerate().map(named).collect()
            }
            Told::Fires(timer) => {
                self.at = *self.instance.timers.get(&timer).expect("the timer is set");
                vec![(format!("timer/{position}"), Input::TimerFired { timer, at: self.at })]
            }
            Told::Refused(command, code) => {
                let (command, code) = (command.to_owned(), code.to_owned());
                vec![(format!("rejected/{position}"), Input::Rejected { command, code, at: self.at })]
            }
        }
    }

    pub(crate) fn take(&mut self, source: String, input: InputOf<S>) -> Vec<Effect<S::Timer>> {
        let events =
            Process::<S>::decide(&self.instance, Ask::Take(vec![sagas::process::Told { source, input }]))
                .unwrap();
        let mut effects = Vec::new();
        for event in events {
            self.instance = Process::<S>::evolve(std::mem::take(&mut self.instance), &event);
            if let Event::Stepped(step) = event {
                effects.extend(step.effects.iter().cloned());
                self.steps.push(*step);
            }
        }
        effects
    }
}

/// Tells an instance all of it and compares what it wants done after the last word.
#[track_caller]
pub(crate) fn check<S: Saga>(words: Vec<Told<S::Timer>>, expected: &[Effect<S::Timer>]) {
    let mut given = Given::<S>::default();
    let last = words.into_iter().map(|word| given.tell(word)).last().unwrap_or_default();
    assert_eq!(last, expected);
}

/// An instance that was told all of it.
pub(crate) fn given<S: Saga>(words: Vec<Told<S::Timer>>) -> Given<S> {
    let mut given = Given::default();
    for word in words {
        given.tell(word);
    }
    given
}
