//! The contract of a read model.

use std::future::Future;

use eventstore::{ReadError, Recorded};
use sqlx::PgConnection;

/// A read model: which commits it wants, the rows they mean, and how rows are written.
pub trait Projection: Send + Sync + 'static {
    /// Its name: lower case, the stem of its schemas.
    const NAME: &'static str;
    /// The revision of its shape and meaning. A new one builds beside the old one and takes over when it has caught up.
    const REVISION: i32;
    /// The contexts whose commits it reads.
    const CONTEXTS: &'static [&'static str];
    /// The tables it owns, as created by [`Self::SCHEMA`].
    const TABLES: &'static [&'static str];
    /// The DDL of its tables, with unqualified names.
    const SCHEMA: &'static str;

    /// One change to the tables.
    type Row: Send + 'static;

    /// What a commit means for the tables. Pure.
    fn project(recorded: &Recorded) -> Result<Vec<Self::Row>, ReadError>;

    /// Writes the changes of up to [`crate::runner::COMMITS_PER_TRANSACTION`] commits, in log order. Seeing a commit
    /// twice can't happen (the checkpoint moves in the same transaction); the batch may be of any size from one.
    fn write(
        connection: &mut PgConnection,
        rows: Vec<Self::Row>,
    ) -> impl Future<Output = sqlx::Result<()>> + Send;
}
