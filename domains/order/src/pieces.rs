//! Which numbered pieces of a line are still free: neither confirmed nor taken by a claim.
//!
//! Kept as runs, so that a thousand pieces cost as little as one. The numbers say what a run is worth
//! ([`share`](crate::share)); they don't say in which bucket a piece is.

/// A run of pieces: `first .. first + count`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    /// The number of its first piece, from 0.
    pub first: u32,
    /// How many pieces.
    pub count: u32,
}

impl Run {
    const fn end(self) -> u32 {
        self.first.saturating_add(self.count)
    }

    /// The pieces that are in both runs, if any are.
    pub fn common(self, other: Self) -> Option<Self> {
        Self::between(self.first.max(other.first), self.end().min(other.end()))
    }

    /// The run between two numbers, if there is anything between them.
    fn between(first: u32, end: u32) -> Option<Self> {
        (end > first).then(|| Self { first, count: end - first })
    }
}

/// The free pieces of a line, as sorted runs that neither touch nor overlap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FreePieces(Vec<Run>);

impl FreePieces {
    /// All pieces of a line.
    pub fn all(quantity: u32) -> Self {
        Self(Run::between(0, quantity).into_iter().collect())
    }

    /// How many pieces are free.
    pub fn count(&self) -> u32 {
        self.0.iter().map(|run| run.count).sum()
    }

    /// The free runs, lowest first.
    pub fn runs(&self) -> &[Run] {
        &self.0
    }

    /// Picks pieces to take: the first run that holds them all, otherwise the lowest that are free.
    pub fn pick(&self, count: u32) -> Vec<Run> {
        match self.0.iter().find(|run| run.count >= count) {
            Some(run) => Run::between(run.first, run.first + count).into_iter().collect(),
            None => self.pick_lowest(count),
        }
    }

    fn pick_lowest(&self, count: u32) -> Vec<Run> {
        let mut missing = count;
        let mut picked = Vec::new();
        for run in &self.0 {
            let taken = run.count.min(missing);
            picked.extend(Run::between(run.first, run.first + taken));
            missing -= taken;
        }
        picked
    }

    /// Takes a run out.
    pub fn take(&mut self, taken: Run) {
        let parts = self.0.iter().flat_map(|run| {
            let left = Run::between(run.first, run.end().min(taken.first));
            let right = Run::between(run.first.max(taken.end()), run.end());
            [left, right]
        });
        self.0 = parts.flatten().collect();
    }

    /// Gives a run back.
    pub fn give_back(&mut self, run: Run) {
        self.0.push(run);
        self.0.sort_unstable();
        let mut joined: Vec<Run> = Vec::with_capacity(self.0.len());
        for run in self.0.drain(..) {
            match joined.last_mut() {
                Some(last) if last.end() >= run.first => last.count = last.end().max(run.end()) - last.first,
                Some(_) | None => joined.push(run),
            }
        }
        self.0 = joined;
    }
}
