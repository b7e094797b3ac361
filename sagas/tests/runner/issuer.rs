//! An issuer that writes down what it is asked, once per name, and refuses or fails where it is told to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use async_trait::async_trait;
use eventstore::{CommandError, Context};
use kernel::RejectionKind;
use sagas::{Command, Errand, IssueError, Issuer};

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
}

#[derive(Debug, Default)]
struct Seen {
    moods: BTreeMap<&'static str, Mood>,
    names: BTreeSet<uuid::Uuid>,
    done: Vec<Errand>,
    asked: usize,
}

#[derive(Debug, Default)]
pub(crate) struct Notebook(Mutex<Seen>);

impl Notebook {
    /// From now on commands of this name are met like this.
    pub(crate) fn set(&self, command: &'static str, mood: Mood) {
        self.0.lock().unwrap().moods.insert(command, mood);
    }

    /// From now on everything goes through.
    pub(crate) fn relent(&self) {
        self.0.lock().unwrap().moods.clear();
    }

    /// What took effect, in order.
    pub(crate) fn done(&self) -> Vec<Errand> {
        self.0.lock().unwrap().done.clone()
    }

    /// How often it was asked for anything.
    pub(crate) fn asked(&self) -> usize {
        self.0.lock().unwrap().asked
    }
}

#[async_trait]
impl Issuer for Notebook {
    async fn issue(&self, context: Context, command: Command) -> Result<(), IssueError> {
        let mut seen = self.0.lock().unwrap();
        seen.asked += 1;
        match seen.moods.get(command.name()) {
            Some(Mood::Refuses) => return Err(CommandError::Rejected(Box::new(No)).into()),
            Some(Mood::Fails) => return Err(IssueError::Outside("the gateway is down".to_owned())),
            None => {}
        }
        let Command::Errand(errand) = command else { panic!("the saga sends errands only") };
        if seen.names.insert(context.command_id.0) {
            seen.done.push(errand);
        }
        Ok(())
    }
}
