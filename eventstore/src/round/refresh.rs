//! Reading what the leader has of many aggregates at once.

use std::collections::{HashMap, HashSet};

use futures::future::join_all;

use crate::member::Member;
use crate::round::Round;
use crate::{ReadError, StreamName};

/// What came of reading some aggregates.
pub(super) struct Read {
    newer: HashSet<StreamName>,
    failures: HashMap<StreamName, ReadError>,
    unread: HashSet<StreamName>,
}

impl Read {
    pub(super) fn is_newer(&self, member: &Member) -> bool {
        member.streams().any(|stream| self.newer.contains(stream))
    }

    pub(super) fn failed(&self, member: &Member) -> bool {
        member.streams().any(|stream| self.unread.contains(stream))
    }

    /// Why one of a write's aggregates couldn't be read. That the log is away is for everybody: one who waited for it in
    /// vain is enough. Anything else is for the first who asks; others find out when they read it.
    pub(super) fn failure_of(&mut self, member: &Member) -> Option<ReadError> {
        member.streams().find_map(|stream| match self.failures.get(stream) {
            Some(ReadError::Unavailable(why)) => Some(ReadError::Unavailable(why.clone())),
            Some(ReadError::Envelope { .. } | ReadError::Gap { .. } | ReadError::Event { .. }) => {
                self.failures.remove(stream)
            }
            None => None,
        })
    }
}

impl Round<'_> {
    /// Reads what the leader has of these aggregates.
    pub(super) async fn refresh<'s>(&mut self, streams: impl Iterator<Item = &'s StreamName>) -> Read {
        let (store, wanted) = (self.store, streams.collect::<HashSet<_>>());
        let held = self.held.iter_mut().filter(|(stream, _)| wanted.contains(stream));
        let read = held.map(|(stream, held)| async move { (stream.clone(), held.refresh(store).await) });
        let (mut newer, mut failures, mut unread) = (HashSet::new(), HashMap::new(), HashSet::new());
        for (stream, read) in join_all(read).await {
            match read {
                Ok(true) => drop(newer.insert(stream)),
                Ok(false) => {}
                Err(error) => {
                    unread.insert(stream.clone());
                    failures.insert(stream, error);
                }
            }
        }
        Read { newer, failures, unread }
    }
}
