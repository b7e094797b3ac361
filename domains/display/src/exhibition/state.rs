//! What an exhibition's history has come to, and how its facts add up.
//!
//! The contents sit behind an `Arc`, so that cloning a state costs nothing.

use std::sync::Arc;

use kernel::{MallId, Text, Timestamp};

use super::event::Event;
use super::value::{ExhibitionId, Section};

/// An exhibition, or nothing yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// Nothing was drafted yet.
    #[default]
    Absent,
    /// There is one.
    Known(Known),
}

/// An exhibition's facts; read them through [`State`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub(super) exhibition: ExhibitionId,
    pub(super) mall: MallId,
    pub(super) phase: Phase,
    pub(super) content: Arc<Content>,
}

/// What an exhibition shows, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Its title.
    pub title: Text<120>,
    /// The first instant of its period.
    pub from: Timestamp,
    /// The first instant after its period.
    pub until: Timestamp,
    /// What it shows, in order.
    pub sections: Vec<Section>,
}

/// Where an exhibition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Shoppers don't see it.
    Draft,
    /// Shoppers see it in its period.
    Published,
    /// It is gone for good.
    Ended,
}

impl Phase {
    /// The phase in words, for sentences.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "a draft",
            Self::Published => "published",
            Self::Ended => "ended",
        }
    }
}

impl State {
    /// The mall that shows it.
    pub fn mall(&self) -> Option<&MallId> {
        self.known().map(|known| &known.mall)
    }

    /// Where it stands.
    pub fn phase(&self) -> Option<Phase> {
        self.known().map(|known| known.phase)
    }

    /// What it shows, and when.
    pub fn content(&self) -> Option<&Content> {
        self.known().map(|known| &*known.content)
    }

    /// Whether shoppers see it at an instant.
    pub fn is_live_at(&self, instant: Timestamp) -> bool {
        self.phase() == Some(Phase::Published)
            && self.content().is_some_and(|content| content.from <= instant && instant < content.until)
    }

    pub(super) fn known(&self) -> Option<&Known> {
        match self {
            Self::Absent => None,
            Self::Known(known) => Some(known),
        }
    }

    /// Folds one event. Total: a fact before the draft changes nothing.
    pub(super) fn with(self, event: &Event) -> Self {
        match (self, event) {
            (_, Event::Drafted(body)) => Self::Known(Known {
                exhibition: body.exhibition,
                mall: body.mall.clone(),
                phase: Phase::Draft,
                content: content(&body.title, body.from, body.until, &body.sections),
            }),
            (Self::Known(known), Event::Revised(body)) => {
                let content = content(&body.title, body.from, body.until, &body.sections);
                Self::Known(Known { content, ..known })
            }
            (Self::Known(known), Event::Published(_)) => {
                Self::Known(Known { phase: Phase::Published, ..known })
            }
            (Self::Known(known), Event::Ended(_)) => Self::Known(Known { phase: Phase::Ended, ..known }),
            (Self::Absent, Event::Published(_) | Event::Revised(_) | Event::Ended(_)) => Self::Absent,
        }
    }
}

fn content(title: &Text<120>, from: Timestamp, until: Timestamp, sections: &[Section]) -> Arc<Content> {
    Arc::new(Content { title: title.clone(), from, until, sections: sections.to_vec() })
}
