//! Having a parked command of a saga tried again. The coordinator may run in another process: the saga's own stream in
//! the log says what is parked and what was tried again, and by whose wish.

use eventstore::{CommandError, Context, Seq, StreamName};
use kernel::Text;
use kernel::id::OperatorId;
use sagas::process::{CONTEXT, Resumed};
use sagas::{CoordinatorError, IssueError};
use uuid::Uuid;

use super::workings::ParkedCommand;
use super::{Refusal, ServiceError};
use crate::app::App;
use crate::gateways::GatewayError;
use crate::workers;

/// What the log calls it that a parked command went on.
const RESUMED: &str = "resumed";
/// The most parked commands that one request has tried again.
pub const RETRIED_AT_ONCE: i64 = 200;

/// A wish to have a parked command tried again.
#[derive(Debug, Clone)]
pub struct RetryAsk {
    /// The saga.
    pub saga: String,
    /// Its instance.
    pub key: Uuid,
    /// The command's name within the instance.
    pub command: String,
    /// Why it may go better now.
    pub reason: Text<500>,
    /// Whose wish it is.
    pub operator: OperatorId,
}

/// A wish to have many parked commands tried again.
#[derive(Debug, Clone)]
pub struct RetryAllAsk {
    /// Those of this saga.
    pub saga: Option<String>,
    /// Those whose last error had this code.
    pub code: Option<String>,
    /// Why they may go better now.
    pub reason: Text<500>,
    /// Whose wish it is.
    pub operator: OperatorId,
}

/// What became of many parked commands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Retried {
    /// Those that went on.
    pub went_on: u32,
    /// Those that failed again and stay parked.
    pub failed: u32,
    /// Whether others wait that were not tried this time.
    pub more: bool,
}

impl App {
    /// Tries parked commands again, those that wait longest first, [`RETRIED_AT_ONCE`] at most. It goes to its end whether
    /// or not the caller waits for it.
    pub async fn retry_all_parked(
        &self,
        context: &Context,
        ask: RetryAllAsk,
    ) -> Result<Retried, ServiceError> {
        let mut rows =
            self.parked_like(ask.saga.as_deref(), ask.code.as_deref(), RETRIED_AT_ONCE + 1).await?;
        let at_once = usize::try_from(RETRIED_AT_ONCE).unwrap_or(usize::MAX);
        let more = rows.len() > at_once;
        rows.truncate(at_once);
        let coordinator = workers::coordinator(self).await.map_err(not_ready)?;
        let note = noted(context, &ask.reason, ask.operator);
        let retried = tokio::spawn(async move {
            let mut retried = Retried { more, ..Retried::default() };
            for ParkedCommand { saga, key, command, .. } in rows {
                match coordinator.retry(&saga, &key, &command, &note).await {
                    Ok(true) => retried.went_on += 1,
                    // Somebody else was faster.
                    Ok(false) => {}
                    Err(error) => {
                        tracing::warn!(saga, key, command, %error, "a parked command failed again");
                        retried.failed += 1;
                    }
                }
            }
            retried
        });
        retried.await.map_err(|cut_off| ServiceError::Broken(cut_off.to_string()))
    }

    /// Tries a parked command again; says where the log has it. The same request again tries nothing more.
    pub async fn retry_parked(&self, context: &Context, ask: &RetryAsk) -> Result<Seq, ServiceError> {
        let stream = stream(ask)?;
        if let Some(position) = self.resumed(&stream, context, ask).await? {
            return Ok(position);
        }
        let coordinator = workers::coordinator(self).await.map_err(not_ready)?;
        let (key, note) = (ask.key.to_string(), note(context, ask));
        if !coordinator.retry(&ask.saga, &key, &ask.command, &note).await.map_err(failed)? {
            return Err(Refusal::NotFound("parked command").into());
        }
        let position = self.resumed(&stream, context, ask).await?;
        position.ok_or_else(|| ServiceError::Broken(format!("{stream} does not tell of its retry")))
    }

    /// Where the log tells of this very request.
    async fn resumed(
        &self,
        stream: &StreamName,
        context: &Context,
        ask: &RetryAsk,
    ) -> Result<Option<Seq>, ServiceError> {
        let request = context.command_id.to_string();
        for commit in self.log.store().load_latest(stream, Seq(0)).await? {
            for event in commit.events.iter().filter(|event| event.name == RESUMED) {
                let told: Resumed = serde_json::from_str(event.data.get())
                    .map_err(|error| ServiceError::Broken(error.to_string()))?;
                if told.reason.contains(&request) {
                    let same = told.command == ask.command && told.reason == note(context, ask);
                    return if same {
                        Ok(Some(commit.seq))
                    } else {
                        Err(CommandError::CommandIdReused.into())
                    };
                }
            }
        }
        Ok(None)
    }
}

/// The instance's stream. What can't be a saga's name is none.
fn stream(ask: &RetryAsk) -> Result<StreamName, Refusal> {
    if ask.saga.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') && !ask.saga.is_empty() {
        Ok(StreamName::new(CONTEXT, &ask.saga, ask.key))
    } else {
        Err(Refusal::NotFound("saga"))
    }
}

/// What the log keeps: why, by whom, and under which name it was asked.
fn note(context: &Context, ask: &RetryAsk) -> String {
    noted(context, &ask.reason, ask.operator)
}

fn noted(context: &Context, reason: &Text<500>, operator: OperatorId) -> String {
    format!("{reason} (operator {operator}, request {})", context.command_id)
}

pub(super) fn not_ready(error: CoordinatorError) -> ServiceError {
    match error {
        CoordinatorError::Read(error) => error.into(),
        CoordinatorError::Database(error) => error.into(),
        CoordinatorError::Projection(_) | CoordinatorError::Stopped | CoordinatorError::TimersBehind => {
            ServiceError::Broken(error.to_string())
        }
    }
}

pub(super) fn failed(error: IssueError) -> ServiceError {
    match error {
        IssueError::Command(error) => error.into(),
        IssueError::Outside(why) => GatewayError::Unavailable(why).into(),
        IssueError::Broken(why) => ServiceError::Broken(why),
    }
}
