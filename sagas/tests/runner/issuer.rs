//! An issuer that writes down what it is asked, once per name, and refuses or fails where it is told to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use async_trait::async_trait;
use eventstore::{CommandError, Context};
use kernel::RejectionKind;
use sagas::{Command, Errand, IssueError, Issuer};
use tokio::sync::Notify;

#[derive(Debug, thiserror::Error)]
#[error("the test says no")]
struct No;

impl kernel::Rejection for No {
    fn code(&self) -> &'static str {
        "no"
    }
    fn kind(&self) -> RejectionKind {
        RejectionKind::Conflict
    }
}

/// How commands of a name are met.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Mood {
    Refuses,
    Fails,
    /// Each is answered only when the test lets it, as commands of its name are met by then.
    Waits,
}

#[derive(Debug, Default)]
struct Seen {
    moods: BTreeMap<&'static str, Mood>,
    names: BTreeSet<uuid::Uuid>,
    done: Vec<Errand>,
    asked: Vec<String>,
}

#[derive(Debug, Default)]
pub(crate) struct Notebook {
    seen: Mutex<Seen>,
    arrived: Notify,
    gate: Notify,
}

impl Notebook {
    /// From now on commands of this name are met like this.
    pub(crate) fn set(&self, command: &'static str, mood: Mood) {
        self.seen.lock().unwrap().moods.insert(command, mood);
    }

    /// From now on everything goes through.
    pub(crate) fn relent(&self) {
        self.seen.lock().unwrap().moods.clear();
    }

    /// What took effect, in order.
    pub(crate) fn done(&self) -> Vec<Errand> {
        self.seen.lock().unwrap().done.clone()
    }

    fn mood(&self, command: &str) -> Option<Mood> {
        let mut seen = self.seen.lock().unwrap();
        seen.asked.push(command.to_owned());
        seen.moods.get(command).copied()
    }

    /// Until a command waits for its answer.
    pub(crate) async fn somebody_waits(&self) {
        self.arrived.notified().await;
    }

    /// Answers the one that waits.
    pub(crate) fn let_go(&self) {
        self.gate.notify_one();
    }

    /// How often it was asked for anything.
    pub(crate) fn asked(&self) -> usize {
        self.seen.lock().unwrap().asked.len()
    }

    /// How often it was asked for this.
    pub(crate) fn asked_for(&self, command: &str) -> usize {
        self.seen.lock().unwrap().asked.iter().filter(|asked| *asked == command).count()
    }
}

#[async_trait]
impl Issuer for Notebook {
    async fn issue(&self, context: Context, command: Command) -> Result<(), IssueError> {
        let mut mood = self.mood(command.name());
        if matches!(mood, Some(Mood::Waits)) {
            self.arrived.notify_one();
            self.gate.notified().await;
            mood = self.mood(command.name());
        }
        match mood {
            Some(Mood::Refuses) => return Err(CommandError::Rejected(Box::new(No)).into()),
            Some(Mood::Fails) => return Err(IssueError::Outside("the gateway is down".to_owned())),
            Some(Mood::Waits) | None => {}
        }
        let mut seen = self.seen.lock().unwrap();
        let Command::Errand(errand) = command else { panic!("the saga sends errands only") };
        if seen.names.insert(context.command_id.0) {
            seen.done.push(errand);
        }
        Ok(())
    }
}
