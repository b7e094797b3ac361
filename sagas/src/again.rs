//! Once more: a command that failed is tried again by itself, ever more rarely and for about a day, so that an outage
//! passes without anybody's help; then it is parked until an operator has it tried. Never here: a command's first tries.

use chrono::TimeDelta;
use eventstore::CommandError;
use kernel::Timestamp;
use kernel::id::CorrelationId;

use crate::deliver::{Deliverer, Issue, NAMESPACE, Pending, Refusal, refusal};
use crate::delivery::Why;
use crate::issuer::IssueError;
use crate::points::Wait;
use crate::process::{Ask, Instance, Named, Parked, Postponed, Process, REFUSED, Resumed};
use crate::saga::later;
use crate::{Command, Saga, metrics};

/// When a command that failed is tried again; each further time it is twice as long.
pub const FIRST_WAIT: TimeDelta = TimeDelta::seconds(2);
/// The longest time between two tries.
pub const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);
/// How often a command is postponed while the outside or the log is away: for about a day.
pub const WAITS: u32 = 35;
/// How often one is postponed that fails for another reason: for about a minute.
pub const WAITS_WHEN_BROKEN: u32 = 5;
/// What the log says of a postponed command that went on.
const BY_ITSELF: &str = "tried again by itself";

/// A command that failed, why, and how often it was postponed before.
pub(crate) struct Failure<'a> {
    pub(crate) part: &'a str,
    pub(crate) command: &'a Command,
    pub(crate) error: &'a IssueError,
    pub(crate) waits: u32,
}

impl Deliverer {
    /// Tries a parked command again, by an operator's wish; then the step goes on behind it. A refusal that the saga
    /// expects is an outcome too, and goes to the saga; any other leaves the command parked.
    pub(crate) async fn retry<S: Saga>(
        &self,
        key: &S::Key,
        part: &str,
        reason: &str,
    ) -> Result<bool, IssueError> {
        let read = self.log.read_latest::<Process<S>>(key);
        let read = self.points.around(Some(S::NAME), Wait::Read, read).await.map_err(CommandError::from)?;
        let instance = read.state;
        let parked = instance.parked.contains_key(part).then(|| instance.command(part)).flatten();
        let Some(held) = parked else { return Ok(false) };
        let why = Why { causation: Some(read.version), correlation: CorrelationId(NAMESPACE), command: None };
        let name = format!("{}/{key}/{part}", S::NAME);
        let issue = Issue { name, at: self.clock.now(), why };
        self.once_more::<S>(key, (&instance, &held), &issue).await?;
        let resumed = Resumed { command: part.to_owned(), reason: reason.to_owned() };
        let named = Issue { name: format!("{}/resumed/{}", issue.name, read.version), ..issue };
        self.write::<S>(key, &named, &Ask::Resume(resumed)).await?;
        Ok(true)
    }

    /// Tries a postponed command again when its time has come; says whether it was still waiting for it.
    pub(crate) async fn try_again<S: Saga>(
        &self,
        key: &S::Key,
        part: &str,
        due_at: Timestamp,
        why: Why,
    ) -> Result<bool, CommandError> {
        let instance = self.read_latest::<S>(key).await?;
        let due = |waited: &&Postponed| waited.again_at.timestamp_micros() == due_at.timestamp_micros();
        let waited = instance.postponed.get(part).filter(due).zip(instance.command(part));
        let Some((waited, held)) = waited else { return Ok(false) };
        let issue = Issue { name: format!("{}/{key}/{part}", S::NAME), at: waited.at, why };
        match self.once_more::<S>(key, (&instance, &held), &issue).await {
            Ok(()) => {
                let resumed = Resumed { command: part.to_owned(), reason: BY_ITSELF.to_owned() };
                let named = Issue { name: format!("{}/resumed/by_itself", issue.name), ..issue };
                self.write::<S>(key, &named, &Ask::Resume(resumed)).await?;
            }
            Err(error) => {
                let (command, waits) = (held.command, waited.times);
                self.hold_back::<S>(key, &issue, Failure { part, command, error: &error, waits }).await?;
            }
        }
        Ok(true)
    }

    /// Postpones a command that failed, or parks it: one that was refused at once, any other after its last wait.
    pub(crate) async fn hold_back<S: Saga>(
        &self,
        key: &S::Key,
        issue: &Issue,
        Failure { part, command, error, waits }: Failure<'_>,
    ) -> Result<(), CommandError> {
        let (waits_for, command) = (Some(command.name().to_owned()), part.to_owned());
        let (text, code) = (error.to_string(), Some(error.code().to_owned()));
        let (name, ask) = if waits < waits_of(error) {
            tracing::warn!(saga = S::NAME, %key, command, %error, "a saga's command is tried again later");
            metrics::postponed(S::NAME);
            let times = waits.saturating_add(1);
            let again_at = later(self.clock.now(), wait(waits));
            let at = issue.at;
            let postponed = Postponed { command, waits_for, error: text, code, times, at, again_at };
            (format!("{}/postponed/{times}", issue.name), Ask::Postpone(postponed))
        } else {
            tracing::error!(saga = S::NAME, %key, command, %error, "a saga is parked");
            metrics::parked(S::NAME);
            (
                format!("{}/parked", issue.name),
                Ask::Park(Parked { command, waits_for, error: text, code, times: waits }),
            )
        };
        self.write::<S>(key, &Issue { name, ..*issue }, &ask).await
    }

    /// Issues a held-back command; where it goes through or is refused as expected, the step goes on behind it, to its
    /// end. That it went on is noted after: who is cut off in between does all of it again, to no effect.
    async fn once_more<S: Saga>(
        &self,
        key: &S::Key,
        (instance, held): (&Instance<S>, &Named<'_>),
        issue: &Issue,
    ) -> Result<(), IssueError> {
        let Issue { at, why, .. } = *issue;
        let refused = format!("{REFUSED}{}", held.name);
        let next = if instance.steps.contains_key(&refused) {
            vec![Refusal { source: refused, input: None }]
        } else {
            match self.issue_once::<S>(issue, held.command).await {
                Ok(()) => {
                    let rest = Pending { source: held.source, from: held.ordinal + 1, at, why };
                    self.issue_step::<S>(key, rest).await?
                }
                Err(IssueError::Command(CommandError::Rejected(reason)))
                    if S::expects(held.command.name(), reason.code()) =>
                {
                    vec![refusal(refused, held.command, &*reason, at)]
                }
                Err(error) => return Err(error),
            }
        };
        self.answer(key, next, at, why).await?;
        Ok(())
    }
}

/// How often a command is postponed that fails like this.
const fn waits_of(error: &IssueError) -> u32 {
    if error.is_refusal() {
        0
    } else if error.is_outage() {
        WAITS
    } else {
        WAITS_WHEN_BROKEN
    }
}

/// How long a command waits that was postponed so many times before.
fn wait(times: u32) -> TimeDelta {
    let doubled = FIRST_WAIT.checked_mul(2_i32.saturating_pow(times));
    doubled.map_or(LONGEST_WAIT, |doubled| doubled.min(LONGEST_WAIT))
}
