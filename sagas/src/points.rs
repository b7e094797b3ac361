//! The points at which a process may end: before and behind each wait of the runner. In production nobody watches them,
//! and passing one is a comparison; a test ends a process at each and sees that nothing is lost and nothing done twice.

use std::sync::Arc;

use async_trait::async_trait;

/// What the runner waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wait {
    /// The saved checkpoint is read.
    Load,
    /// An input is handed to its lane.
    Hand,
    /// A lane handles an input to its end.
    Handle,
    /// An instance is read.
    Read,
    /// A step is written.
    Step,
    /// A command is issued.
    Issue,
    /// A command that failed is tried again soon.
    Pause,
    /// It is written that a command is tried again later.
    Postpone,
    /// It is written that a command waits for a person.
    Park,
    /// It is written that a command went on.
    Resume,
    /// Timers that are due are looked up.
    Look,
    /// Timers are fired, until each is answered.
    Fire,
    /// The read model of timers sees what followed.
    Follow,
    /// The checkpoint is saved.
    Save,
}

impl Wait {
    /// Each of them.
    pub const ALL: [Self; 14] = [
        Self::Load,
        Self::Hand,
        Self::Handle,
        Self::Read,
        Self::Step,
        Self::Issue,
        Self::Pause,
        Self::Postpone,
        Self::Park,
        Self::Resume,
        Self::Look,
        Self::Fire,
        Self::Follow,
        Self::Save,
    ];
}

/// A point in the runner's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Point {
    /// Nothing of it is done.
    Before(Wait),
    /// It is done, and nothing that follows from it.
    Behind(Wait),
}

/// Whoever watches the points. What never returns holds up its task like a process that has ended.
#[async_trait]
pub trait Watcher: Send + Sync + 'static {
    /// A point is passed: on behalf of a saga, or of the coordinator as a whole.
    async fn passed(&self, saga: Option<&'static str>, point: Point);
}

/// The points, watched or not.
#[derive(Clone, Default)]
pub struct Points(Option<Arc<dyn Watcher>>);

impl std::fmt::Debug for Points {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Points").field(&self.0.is_some()).finish()
    }
}

impl Points {
    /// Points that somebody watches.
    pub fn watched_by(watcher: Arc<dyn Watcher>) -> Self {
        Self(Some(watcher))
    }

    /// Waits for something, with a point before and one behind it.
    pub(crate) async fn around<T>(
        &self,
        saga: Option<&'static str>,
        wait: Wait,
        work: impl Future<Output = T>,
    ) -> T {
        self.pass(saga, Point::Before(wait)).await;
        let done = work.await;
        self.pass(saga, Point::Behind(wait)).await;
        done
    }

    async fn pass(&self, saga: Option<&'static str>, point: Point) {
        if let Some(watcher) = &self.0 {
            watcher.passed(saga, point).await;
        }
    }
}
