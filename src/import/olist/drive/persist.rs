//! Trying a command until it is taken or refused by a rule, a bounded number of times.

use std::time::Duration;

use eventstore::CommandError;

use crate::service::ServiceError;

/// How often a command that fails for reasons outside the rules is tried.
const ATTEMPTS: u32 = 6;
/// The pause after the first failed try; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// What a command came to.
#[derive(Debug)]
pub(super) enum Taken<T> {
    /// It took effect, now or in a former run.
    Done(T),
    /// A rule says no.
    Refused(String),
}

/// Runs a command until it is taken or refused. What keeps failing is an error.
pub(super) async fn persist<T, F>(mut command: impl FnMut() -> F) -> anyhow::Result<Taken<T>>
where
    F: Future<Output = Result<T, ServiceError>>,
{
    let mut pause = FIRST_PAUSE;
    let mut attempt = 1;
    loop {
        match command().await {
            Ok(done) => return Ok(Taken::Done(done)),
            Err(ServiceError::Command(CommandError::Rejected(reason))) => {
                return Ok(Taken::Refused(format!("{}: {reason}", reason.code())));
            }
            Err(error) if attempt >= ATTEMPTS => return Err(error.into()),
            Err(error) => tracing::warn!(%error, "a command of the import is tried again soon"),
        }
        tokio::time::sleep(pause).await;
        pause *= 2;
        attempt += 1;
    }
}
