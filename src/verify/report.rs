//! What verifying a log came to: how much was walked, and every flaw with its position.

use eventstore::Seq;
use eventstore::seal::Chain;
use kernel::id::CommandId;
use serde::Serialize;

/// The outcome of a walk.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// The last position walked.
    pub head: Seq,
    /// Commits walked.
    pub commits: u64,
    /// Events folded.
    pub events: u64,
    /// Aggregates met.
    pub streams: u64,
    /// Acknowledgements of clients held against the log.
    pub acknowledged: u64,
    /// The last seal that the log agrees with: all through its position is as it was when it was sealed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sealed: Option<Chain>,
    /// Flaws found, listed or not.
    pub flaws: u64,
    /// The first of them.
    pub findings: Vec<Finding>,
}

/// A flaw and where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The position in the log, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Seq>,
    /// The aggregate's stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<String>,
    /// What is wrong there.
    #[serde(flatten)]
    pub flaw: Flaw,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "flaw", rename_all = "snake_case")]
pub enum Flaw {
    /// Positions of the log are not there, or can't be read.
    #[error("missing, through {through}")]
    PositionsMissing {
        /// The last one that is not there.
        through: Seq,
    },
    /// The log is not the one that was sealed.
    #[error("{}", broken_seal(*first, *through, *seal, *at))]
    SealBroken {
        /// What was altered, taken away or reordered is at this position or behind it,
        first: Seq,
        /// and not behind this one.
        through: Seq,
        /// Where the seal stands; none where it was kept outside.
        #[serde(skip_serializing_if = "Option::is_none")]
        seal: Option<Seq>,
        /// The first position that is visibly wrong, if any is.
        #[serde(skip_serializing_if = "Option::is_none")]
        at: Option<Seq>,
    },
    /// The log was longer when it was sealed.
    #[error("the log was sealed through {through}, but ends at {head}")]
    EndsBeforeSeal {
        /// Through where it was sealed.
        through: Seq,
        /// Where it ends.
        head: Seq,
    },
    /// A message under a subject that is no aggregate's.
    #[error("its subject is no aggregate's")]
    ForeignSubject,
    /// A commit of this stream is not there.
    #[error("a commit of its stream after {after} is missing")]
    CommitMissing {
        /// The last one there.
        after: Seq,
    },
    /// No aggregate of this release has such a stream.
    #[error("this release knows no such aggregate")]
    UnknownAggregate,
    /// An event is unknown or its body can't be read.
    #[error("{reason}")]
    Undecodable {
        /// What the decoder said.
        reason: String,
    },
    /// A client was told that something is written here, and it isn't.
    #[error("acknowledged but absent: {journal}:{line}{}", of_command(*command_id))]
    AcknowledgedAbsent {
        /// The client's journal file.
        journal: String,
        /// Its line, from 1.
        line: u64,
        /// The command that was acknowledged, if the line names one.
        #[serde(skip_serializing_if = "Option::is_none")]
        command_id: Option<CommandId>,
    },
    /// The aggregate's state after it breaks a law.
    #[error("{law}")]
    LawBroken {
        /// Which, with the figures.
        law: String,
    },
}

fn broken_seal(first: Seq, through: Seq, seal: Option<Seq>, at: Option<Seq>) -> String {
    let seal = seal.map_or_else(|| "the seal kept outside".to_owned(), |seal| format!("the seal at {seal}"));
    let seen = at.map(|at| format!(", the first to be seen at {at}")).unwrap_or_default();
    format!("altered, missing or reordered: {first} to {through} are not what {seal} was made over{seen}")
}

fn of_command(command: Option<CommandId>) -> String {
    command.map(|command| format!(", command {command}")).unwrap_or_default()
}

impl Report {
    /// Whether nothing is wrong.
    pub const fn is_sound(&self) -> bool {
        self.flaws == 0
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { head, commits, events, streams, acknowledged, sealed, flaws, findings } = self;
        writeln!(f, "{commits} commits, {events} events, {streams} aggregates, up to position {head}")?;
        if *acknowledged > 0 {
            writeln!(f, "{acknowledged} acknowledgements of clients")?;
        }
        match sealed {
            Some(seal) => {
                writeln!(f, "sealed through position {}: keep outside --expect-seal {seal}", seal.through)?;
            }
            None => writeln!(f, "not sealed")?,
        }
        for Finding { position, stream, flaw } in findings {
            let position = position.map_or_else(|| "-".to_owned(), |position| position.to_string());
            let stream = stream.as_deref().unwrap_or("-");
            writeln!(f, "position {position:>10}  {stream}  {flaw}")?;
        }
        let listed = u64::try_from(findings.len()).unwrap_or(u64::MAX);
        match flaws.saturating_sub(listed) {
            0 if *flaws == 0 => {
                writeln!(f, "sound: every event decodes, no commit is missing, every law holds")
            }
            0 => writeln!(f, "{flaws} flaws"),
            unlisted => writeln!(f, "{flaws} flaws, {unlisted} of them not listed"),
        }
    }
}
