//! How the outside meets one saga's commands.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use eventstore::{CommandError, Context};
use jangteo::app::App;
use kernel::{Actor, RejectionKind};
use sagas::{Command, IssueError, Issuer};

/// How commands are met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// They go to where they belong.
    Willing,
    /// Nobody answers.
    Away,
    /// A rule says no that the saga has never heard of.
    Unheard,
}

/// The mood towards one saga, which outlasts processes.
#[derive(Debug, Clone)]
pub struct Moods(Arc<Mutex<(&'static str, Mood)>>);

impl Moods {
    pub fn towards(saga: &'static str) -> Self {
        Self(Arc::new(Mutex::new((saga, Mood::Willing))))
    }

    pub fn set(&self, mood: Mood) {
        self.0.lock().unwrap().1 = mood;
    }

    pub fn mood(&self) -> Mood {
        self.0.lock().unwrap().1
    }

    pub fn saga(&self) -> &'static str {
        self.0.lock().unwrap().0
    }

    fn of(&self, actor: &Actor) -> Mood {
        let (saga, mood) = *self.0.lock().unwrap();
        if *actor == Actor::system(format!("saga.{saga}")) { mood } else { Mood::Willing }
    }
}

#[derive(Debug, thiserror::Error)]
#[error("a rule that nobody knows")]
struct Unheard;

impl kernel::Rejection for Unheard {
    fn code(&self) -> &'static str {
        "unheard_of"
    }
    fn kind(&self) -> RejectionKind {
        RejectionKind::Conflict
    }
}

/// The application, in a mood.
pub struct Moody {
    pub app: App,
    pub moods: Moods,
}

#[async_trait]
impl Issuer for Moody {
    async fn issue(&self, context: Context, command: Command) -> Result<(), IssueError> {
        match self.moods.of(&context.actor) {
            Mood::Willing => self.app.issue(context, command).await,
            Mood::Away => Err(IssueError::Outside("nobody answers".to_owned())),
            Mood::Unheard => Err(CommandError::Rejected(Box::new(Unheard)).into()),
        }
    }
}
