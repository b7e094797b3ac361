//! A shipment as the order remembers it: how far it was seen, with which pieces.

use std::collections::BTreeMap;

use crate::event::{MovedLine, Taken};
use crate::value::{LineNo, LineQuantity};

/// How far a shipment was seen. Later stages are greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Accepted by the merchant.
    Prepared,
    /// Left.
    Shipped,
    /// Lost, or back at its sender.
    Lost,
    /// Arrived.
    Delivered,
}

/// A shipment with pieces of this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shipment {
    /// The latest stage seen.
    pub stage: Stage,
    /// Its pieces at that stage.
    pub lines: BTreeMap<LineNo, u32>,
}

impl Shipment {
    pub(crate) fn at(stage: Stage, lines: &[MovedLine]) -> Self {
        Self { stage, lines: lines.iter().map(|moved| (moved.line, moved.quantity.get())).collect() }
    }

    /// Whether it carries exactly these pieces.
    pub(crate) fn carries(&self, lines: &[LineQuantity]) -> bool {
        let asked = lines.iter().map(|asked| (asked.line, asked.quantity.get()));
        asked.collect::<BTreeMap<_, _>>() == self.lines
    }

    /// Its own pieces of a line, in the bucket where its stage put them.
    pub(crate) fn own(&self, line: LineNo) -> Taken {
        let pieces = self.lines.get(&line).copied().unwrap_or_default();
        match self.stage {
            Stage::Prepared | Stage::Lost => Taken { preparing: pieces, ..Taken::default() },
            Stage::Shipped => Taken { shipped: pieces, ..Taken::default() },
            Stage::Delivered => Taken::default(),
        }
    }
}
