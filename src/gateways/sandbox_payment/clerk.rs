//! Who writes captures into the sandbox gateway's book: one at a time, and all who ask meanwhile share the next statement.
//!
//! A statement of its own for each capture, with its wait for the disk, was the dearest thing that an order asked of the
//! database. Never here: what a capture comes to.

use std::collections::HashMap;

use sqlx::PgPool;
use tokio::sync::{mpsc, oneshot};

use super::super::GatewayError;
use super::captures::{self, Capture, NewCapture};

/// The most captures of one statement.
const MOST_AT_ONCE: usize = 64;
/// The most that wait for the clerk; further ones wait to be heard.
const MOST_WAITING: usize = 1_024;

/// The clerk of one book. Goes when the last who could ask has gone.
#[derive(Debug, Clone)]
pub(super) struct Clerk(mpsc::Sender<Wish>);

/// Somebody who waits for the clerk.
#[derive(Debug)]
struct Wish {
    capture: NewCapture,
    /// What this wish wrote; nothing where the key was in the book before.
    told: oneshot::Sender<Result<Option<Capture>, GatewayError>>,
}

impl Clerk {
    /// A clerk at work. To be called within a runtime.
    pub(super) fn of(pool: PgPool) -> Self {
        let (wishes, waiting) = mpsc::channel(MOST_WAITING);
        tokio::spawn(work(pool, waiting));
        Self(wishes)
    }

    /// Writes a capture down; `None` where its key is in the book already. It is done to its end whether or not the caller
    /// waits.
    pub(super) async fn write(&self, capture: NewCapture) -> Result<Option<Capture>, GatewayError> {
        let (told, answer) = oneshot::channel();
        let gone = || GatewayError::Unavailable("the sandbox's clerk has left".to_owned());
        self.0.send(Wish { capture, told }).await.map_err(|_| gone())?;
        // It may have left after it wrote.
        answer.await.unwrap_or(Err(GatewayError::Timeout))
    }
}

async fn work(pool: PgPool, mut waiting: mpsc::Receiver<Wish>) {
    let mut wishes = Vec::new();
    while waiting.recv_many(&mut wishes, MOST_AT_ONCE).await > 0 {
        fulfil(&pool, std::mem::take(&mut wishes)).await;
    }
}

/// A row that can't be written must not keep the others from it; a database that is away has the same answer for all.
async fn fulfil(pool: &PgPool, wishes: Vec<Wish>) {
    let all: Vec<&NewCapture> = wishes.iter().map(|wish| &wish.capture).collect();
    match captures::write(pool, &all).await {
        Ok(written) => hand_out(wishes, written),
        Err(error) if wishes.len() > 1 && is_of_a_row(&error) => {
            for wish in wishes {
                let written = captures::write(pool, &[&wish.capture]).await;
                tell(wish, written.map(|rows| rows.into_iter().next()).map_err(GatewayError::from));
            }
        }
        Err(error) => {
            let failed = GatewayError::from(error);
            for wish in wishes {
                tell(wish, Err(failed.clone()));
            }
        }
    }
}

/// Whether what a row holds is the reason: SQLSTATE's classes "data exception" and "integrity constraint violation".
fn is_of_a_row(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| code.starts_with("22") || code.starts_with("23"))
}

/// Of several with one key, the first wrote it.
fn hand_out(wishes: Vec<Wish>, written: Vec<Capture>) {
    let mut by_key: HashMap<String, Capture> =
        written.into_iter().map(|capture| (capture.key.clone(), capture)).collect();
    for wish in wishes {
        let mine = by_key.remove(&wish.capture.key);
        tell(wish, Ok(mine));
    }
}

/// Who has stopped waiting finds it in the book.
fn tell(wish: Wish, answer: Result<Option<Capture>, GatewayError>) {
    let _ = wish.told.send(answer);
}
