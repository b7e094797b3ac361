//! Who ends a process at a point, and counts how often each point is passed.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use sagas::points::{Point, Watcher};
use tokio::sync::Notify;

/// Whose point it is: a saga's, or the coordinator's.
pub type Spot = (Option<&'static str>, Point);

/// Where a process is to end: at the n-th passing of a spot, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    pub spot: Spot,
    pub nth: usize,
}

/// Watches the points of one run.
pub struct Killer {
    end: Option<End>,
    passed: Mutex<BTreeMap<Spot, usize>>,
    fell: Notify,
}

impl Killer {
    pub fn new(end: Option<End>) -> Self {
        Self { end, passed: Mutex::default(), fell: Notify::new() }
    }

    /// Until a process ends.
    pub async fn fell(&self) {
        self.fell.notified().await;
    }

    /// How often each spot was passed.
    pub fn passed(&self) -> BTreeMap<Spot, usize> {
        self.passed.lock().unwrap().clone()
    }

    /// Whether the process was to end and did.
    pub fn struck(&self) -> bool {
        self.end.is_none_or(|end| self.passed().get(&end.spot) >= Some(&end.nth))
    }

    /// Whether this passing is the end.
    fn strikes(&self, spot: Spot) -> bool {
        let mut passed = self.passed.lock().unwrap();
        let nth = *passed.entry(spot).and_modify(|passed| *passed += 1).or_insert(1);
        self.end == Some(End { spot, nth })
    }
}

/// The life of one process. Once it is over, whatever is left of the process stands still.
pub struct Life {
    killer: Arc<Killer>,
    over: AtomicBool,
}

impl Life {
    pub fn under(killer: Arc<Killer>) -> Self {
        Self { killer, over: AtomicBool::new(false) }
    }

    pub fn ends(&self) {
        self.over.store(true, Ordering::SeqCst);
    }
}

#[async_trait]
impl Watcher for Life {
    async fn passed(&self, saga: Option<&'static str>, point: Point) {
        let spot = (saga, point);
        if !self.over.load(Ordering::SeqCst) && self.killer.strikes(spot) {
            self.ends();
            self.killer.fell.notify_one();
        }
        if self.over.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
    }
}
