//! How far every commit has been handled to its end.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use eventstore::Seq;
use tokio::sync::watch;

/// The position up to which nothing is left to do, watched.
#[derive(Debug)]
pub(crate) struct Done {
    watermark: Mutex<Watermark>,
    position: watch::Sender<Seq>,
}

#[derive(Debug)]
struct Watermark {
    /// Positions of which so many parcels are on their way.
    open: BTreeMap<Seq, usize>,
    seen: Seq,
}

impl Done {
    pub(crate) fn from(position: Seq) -> Self {
        let watermark = Mutex::new(Watermark { open: BTreeMap::new(), seen: position });
        Self { watermark, position: watch::Sender::new(position) }
    }

    pub(crate) fn watched(&self) -> watch::Receiver<Seq> {
        self.position.subscribe()
    }

    /// So many parcels of a position are on their way.
    pub(crate) fn open(&self, position: Seq, parcels: usize) {
        let mut watermark = self.watermark();
        watermark.seen = position;
        if parcels > 0 {
            watermark.open.insert(position, parcels);
        }
    }

    /// One of them was handled to its end.
    pub(crate) fn close(&self, position: Seq) {
        let mut watermark = self.watermark();
        if let Some(left) = watermark.open.get_mut(&position) {
            *left -= 1;
            if *left == 0 {
                watermark.open.remove(&position);
            }
        }
    }

    /// Tells whoever watches.
    pub(crate) fn publish(&self) {
        let now = self.watermark().done();
        self.position.send_if_modified(|seen| {
            let moved = now > *seen;
            *seen = now.max(*seen);
            moved
        });
    }

    fn watermark(&self) -> MutexGuard<'_, Watermark> {
        self.watermark.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watermark {
    fn done(&self) -> Seq {
        self.open.keys().next().map_or(self.seen, |first| Seq(first.0.saturating_sub(1)))
    }
}
