//! What a category's history has come to, and how its facts add up.

use kernel::Text;

use super::event::Event;
use super::value::CategoryCode;

/// A category, or nothing yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// Nothing was defined yet.
    #[default]
    Absent,
    /// It can be used.
    Active(Node),
    /// Nothing new is classified by it.
    Retired(Node),
}

/// A category's facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its code.
    pub code: CategoryCode,
    /// Its name.
    pub name: Text<80>,
    /// The category above it; none at the top.
    pub parent: Option<CategoryCode>,
}

impl State {
    /// The category's facts, retired or not.
    pub fn node(&self) -> Option<&Node> {
        match self {
            Self::Absent => None,
            Self::Active(node) | Self::Retired(node) => Some(node),
        }
    }

    /// Whether products may be classified by it.
    pub fn is_active(&self) -> bool {
        matches!(self, Self::Active(_))
    }

    /// Its name.
    pub fn name(&self) -> Option<&Text<80>> {
        self.node().map(|node| &node.name)
    }

    /// The category above it.
    pub fn parent(&self) -> Option<&CategoryCode> {
        self.node().and_then(|node| node.parent.as_ref())
    }

    /// Folds one event. Total: a fact before the definition, or after the end, changes nothing.
    pub(super) fn with(self, event: &Event) -> Self {
        match (self, event) {
            (_, Event::Defined(body)) => Self::Active(Node {
                code: body.code.clone(),
                name: body.name.clone(),
                parent: body.parent.clone(),
            }),
            (Self::Active(node), Event::Renamed(body)) => {
                Self::Active(Node { name: body.name.clone(), ..node })
            }
            (Self::Active(node), Event::Moved(body)) => {
                Self::Active(Node { parent: body.parent.clone(), ..node })
            }
            (Self::Active(node), Event::Retired(_)) => Self::Retired(node),
            (
                state @ (Self::Absent | Self::Retired(_)),
                Event::Renamed(_) | Event::Moved(_) | Event::Retired(_),
            ) => state,
        }
    }
}
