//! One line's pieces: how many in each bucket, how many held by open claims, which numbers are free.

use kernel::Timestamp;

use crate::event::Taken;
use crate::pieces::{FreePieces, Run};
use crate::value::ClaimKind;

/// How many pieces of a line are where. They always add up to the ordered quantity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[expect(missing_docs, reason = "the names are the buckets that the crate's page draws")]
pub struct Buckets {
    pub ordered: u32,
    pub preparing: u32,
    pub shipped: u32,
    pub delivered: u32,
    pub confirmed: u32,
    pub cancelled: u32,
    pub returned: u32,
    pub exchanged: u32,
}

impl Buckets {
    /// All pieces: the ordered quantity.
    pub const fn total(self) -> u32 {
        let moving = self.ordered + self.preparing + self.shipped + self.delivered;
        moving + self.confirmed + self.cancelled + self.returned + self.exchanged
    }

    /// Whether no piece will move any more.
    pub const fn is_final(self) -> bool {
        self.ordered + self.preparing + self.shipped + self.delivered == 0
    }

    const fn take(&mut self, taken: Taken) {
        self.ordered = self.ordered.saturating_sub(taken.ordered);
        self.preparing = self.preparing.saturating_sub(taken.preparing);
        self.shipped = self.shipped.saturating_sub(taken.shipped);
        self.delivered = self.delivered.saturating_sub(taken.delivered);
        self.confirmed = self.confirmed.saturating_sub(taken.confirmed);
    }
}

/// Where the pieces of one line are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    buckets: Buckets,
    held: Taken,
    free: FreePieces,
    confirmed: FreePieces,
    confirmed_at: Option<Timestamp>,
    lost: u32,
}

impl Line {
    /// All pieces ordered.
    pub(crate) fn ordered(quantity: u32) -> Self {
        let buckets = Buckets { ordered: quantity, ..Buckets::default() };
        Self { buckets, free: FreePieces::all(quantity), ..Self::default() }
    }

    /// How many pieces are where.
    pub const fn buckets(&self) -> Buckets {
        self.buckets
    }

    /// What open claims hold, by the bucket that it is in.
    pub const fn held(&self) -> Taken {
        self.held
    }

    /// What no claim holds, by the bucket that it is in.
    pub const fn free(&self) -> Taken {
        Taken {
            ordered: self.buckets.ordered.saturating_sub(self.held.ordered),
            preparing: self.buckets.preparing.saturating_sub(self.held.preparing),
            shipped: self.buckets.shipped.saturating_sub(self.held.shipped),
            delivered: self.buckets.delivered.saturating_sub(self.held.delivered),
            confirmed: self.buckets.confirmed.saturating_sub(self.held.confirmed),
        }
    }

    /// The numbers of the pieces that are neither confirmed nor taken by a claim.
    pub const fn free_pieces(&self) -> &FreePieces {
        &self.free
    }

    /// The numbers of the confirmed pieces that no claim took.
    pub const fn confirmed_pieces(&self) -> &FreePieces {
        &self.confirmed
    }

    /// When pieces of it were last confirmed.
    pub const fn confirmed_at(&self) -> Option<Timestamp> {
        self.confirmed_at
    }

    /// How many of the preparing pieces had left and were lost or came back.
    pub const fn lost(&self) -> u32 {
        self.lost
    }

    fn take(&mut self, from: Taken) {
        self.buckets.take(from);
        self.lost = self.lost.min(self.buckets.preparing);
    }

    pub(crate) fn lose(&mut self, from: Taken) {
        self.prepare(from);
        self.lost = self.lost.saturating_add(from.pieces());
    }

    pub(crate) fn prepare(&mut self, from: Taken) {
        self.take(from);
        self.buckets.preparing += from.pieces();
    }

    pub(crate) fn ship(&mut self, from: Taken) {
        self.take(from);
        self.buckets.shipped += from.pieces();
    }

    pub(crate) fn deliver(&mut self, from: Taken) {
        self.take(from);
        self.buckets.delivered += from.pieces();
    }

    pub(crate) fn confirm(&mut self, run: Run, at: Timestamp) {
        self.buckets.take(Taken { delivered: run.count, ..Taken::default() });
        self.buckets.confirmed += run.count;
        self.free.take(run);
        self.confirmed.give_back(run);
        self.confirmed_at = Some(at);
    }

    pub(crate) fn hold(&mut self, run: Run, from: Taken) {
        self.held.ordered += from.ordered;
        self.held.preparing += from.preparing;
        self.held.delivered += from.delivered;
        self.held.confirmed += from.confirmed;
        self.claimable_from(from).take(run);
    }

    pub(crate) fn let_go(&mut self, run: Run, from: Taken) {
        self.drop_hold(from);
        self.claimable_from(from).give_back(run);
    }

    /// The numbers that a claim takes its pieces from, and gives them back to.
    const fn claimable_from(&mut self, from: Taken) -> &mut FreePieces {
        if from.confirmed > 0 { &mut self.confirmed } else { &mut self.free }
    }

    pub(crate) fn finish(&mut self, kind: ClaimKind, from: Taken) {
        self.drop_hold(from);
        self.take(from);
        match kind {
            ClaimKind::Cancel => self.buckets.cancelled += from.pieces(),
            ClaimKind::Return => self.buckets.returned += from.pieces(),
            ClaimKind::Exchange => self.buckets.exchanged += from.pieces(),
        }
    }

    const fn drop_hold(&mut self, from: Taken) {
        self.held.ordered = self.held.ordered.saturating_sub(from.ordered);
        self.held.preparing = self.held.preparing.saturating_sub(from.preparing);
        self.held.delivered = self.held.delivered.saturating_sub(from.delivered);
        self.held.confirmed = self.held.confirmed.saturating_sub(from.confirmed);
    }
}
