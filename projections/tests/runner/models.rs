//! Read models as small as can be: the entries of a tally, in two shapes, and a count that reads no event at all.

use eventstore::{Commit, Context, Expected, Meta, ReadError, Recorded, StoredEvent, StreamName};
use kernel::id::{CommandId, CommitId, CorrelationId};
use kernel::{Actor, DomainEvent};
use projections::Projection;
use projections::checkpoint::position;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Added {
    pub(crate) by: i32,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Event {
    Added(Added),
}

kernel::domain_event! { Event { Added => "added" 1 } }

/// The first commit of a stream of its own: so much was added.
pub(crate) fn added(number: u128, by: i32) -> Commit {
    let event = Event::Added(Added { by }).encode().unwrap();
    commit(number).with_events(vec![event.into()])
}

/// A commit with an event that nobody has heard of.
pub(crate) fn unheard_of(number: u128) -> Commit {
    let event: StoredEvent = serde_json::from_str(r#"{"type":"vanished","version":1,"data":{}}"#).unwrap();
    commit(number).with_events(vec![event])
}

fn commit(number: u128) -> Commit {
    let id = Uuid::from_u128(number);
    let context = Context {
        command_id: CommandId(id),
        correlation_id: CorrelationId(id),
        causation: None,
        actor: Actor::Guest,
        at: chrono::DateTime::UNIX_EPOCH,
        request: None,
    };
    let stream = StreamName::new("tally", "tally", id);
    Commit::new(stream, Expected::NoStream, CommitId(id), Meta::from(&context))
}

/// Every entry, by its position; written twice, it is refused. Nothing above a thousand can be written.
pub(crate) struct Entries<const REVISION: i32>;

impl<const REVISION: i32> Projection for Entries<REVISION> {
    const NAME: &'static str = "entries";
    const REVISION: i32 = REVISION;
    const CONTEXTS: &'static [&'static str] = &["tally"];
    const TABLES: &'static [&'static str] = &["tally_entry"];
    const SCHEMA: &'static str = if REVISION == 1 {
        "CREATE TABLE tally_entry (position bigint PRIMARY KEY, added integer NOT NULL CHECK (added <= 1000))"
    } else {
        "CREATE TABLE tally_entry (note text, added integer NOT NULL CHECK (added <= 1000), position bigint PRIMARY KEY)"
    };
    type Row = (i64, i32);

    fn project(recorded: &Recorded) -> Result<Vec<Self::Row>, ReadError> {
        let row = |Event::Added(added): Event| (position(recorded.seq), added.by);
        Ok(recorded.decode::<Event>()?.into_iter().map(row).collect())
    }

    async fn write(connection: &mut PgConnection, rows: Vec<Self::Row>) -> sqlx::Result<()> {
        let (positions, added): (Vec<i64>, Vec<i32>) = rows.into_iter().unzip();
        let insert =
            "INSERT INTO tally_entry (position, added) SELECT * FROM UNNEST($1::bigint[], $2::integer[])";
        sqlx::query(insert).bind(positions).bind(added).execute(connection).await.map(|_| ())
    }
}

/// The positions of all commits, whatever is in them.
pub(crate) struct Positions;

impl Projection for Positions {
    const NAME: &'static str = "positions";
    const REVISION: i32 = 1;
    const CONTEXTS: &'static [&'static str] = &["tally"];
    const TABLES: &'static [&'static str] = &["tally_position"];
    const SCHEMA: &'static str = "CREATE TABLE tally_position (position bigint PRIMARY KEY)";
    type Row = i64;

    fn project(recorded: &Recorded) -> Result<Vec<i64>, ReadError> {
        Ok(vec![position(recorded.seq)])
    }

    async fn write(connection: &mut PgConnection, rows: Vec<i64>) -> sqlx::Result<()> {
        let insert = "INSERT INTO tally_position SELECT * FROM UNNEST($1::bigint[])";
        sqlx::query(insert).bind(rows).execute(connection).await.map(|_| ())
    }
}

/// The positions of all commits, in a table that takes one as often as it is written.
pub(crate) struct Writes;

impl Projection for Writes {
    const NAME: &'static str = "writes";
    const REVISION: i32 = 1;
    const CONTEXTS: &'static [&'static str] = &["tally"];
    const TABLES: &'static [&'static str] = &["tally_write"];
    const SCHEMA: &'static str = "CREATE TABLE tally_write (position bigint NOT NULL)";
    type Row = i64;

    fn project(recorded: &Recorded) -> Result<Vec<i64>, ReadError> {
        Ok(vec![position(recorded.seq)])
    }

    async fn write(connection: &mut PgConnection, rows: Vec<i64>) -> sqlx::Result<()> {
        let insert = "INSERT INTO tally_write SELECT * FROM UNNEST($1::bigint[])";
        sqlx::query(insert).bind(rows).execute(connection).await.map(|_| ())
    }
}
