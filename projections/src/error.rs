//! Why a projection stands still.

use eventstore::{ReadError, Seq};

/// Why a projection stopped.
#[derive(Debug, thiserror::Error)]
pub enum ProjectionError {
    /// The log can't be read, or an event in it is unknown to this release.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// PostgreSQL refused or can't be reached.
    #[error("the read models' database: {0}")]
    Database(#[from] sqlx::Error),
    /// The rows of these commits can't be written: this projection stops here, the others go on.
    #[error("projection {projection} stops at position {position}: {source}")]
    Poison {
        /// Which projection.
        projection: &'static str,
        /// The position whose rows can't be written.
        position: Seq,
        /// What PostgreSQL said.
        source: sqlx::Error,
    },
    /// Another worker moved this checkpoint, or the build was replaced: read it again.
    #[error("another worker has moved the checkpoint")]
    Overtaken,
    /// A newer release's shape is live: this one builds nothing unless an operator asks for a rebuild.
    #[error("a newer release has taken over with revision {revision}")]
    Superseded {
        /// The live revision.
        revision: i32,
    },
    /// The log ended its walk.
    #[error("the log's walk ended")]
    Ended,
}

impl ProjectionError {
    /// The position whose commit stops the projection; `None` where the reason is another.
    pub const fn position(&self) -> Option<Seq> {
        match self {
            Self::Read(error) => error.position(),
            Self::Poison { position, .. } => Some(*position),
            Self::Database(_) | Self::Overtaken | Self::Superseded { .. } | Self::Ended => None,
        }
    }
}
