//! `jangteo log`: the log for people's eyes: follow it, show one stream, find what speaks of something, hand it out.
//! What is sealed or hashed is shown to nobody; only what is handed out is exact.

mod line;
mod wanted;

use std::io::Write as _;

use anyhow::{Result, bail};
use clap::Subcommand;
use eventstore::{Log, Messages, Recorded, Seq, StreamName};
use futures::StreamExt;

use self::line::Line;
use self::wanted::Wanted;
use crate::app::open_log;
use crate::config::LogConfig;

/// What is looked at.
#[derive(Debug, Subcommand)]
pub(super) enum Look {
    /// Follow the log as it grows; from its end, unless a position is named.
    Tail {
        #[command(flatten)]
        log: LogConfig,
        #[command(flatten)]
        wanted: Wanted,
        /// Begin after this position.
        #[arg(long)]
        after: Option<u64>,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Show a stream (`order.order.<id>`) from its first commit on, or the commit at a position.
    Show {
        #[command(flatten)]
        log: LogConfig,
        /// `<context>.<aggregate>.<id>`, or a position.
        what: String,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Every commit up to now that speaks of something: an order's id finds its payment, shipments, claims and settlement.
    Grep {
        #[command(flatten)]
        log: LogConfig,
        #[command(flatten)]
        wanted: Wanted,
        /// The text, as it stands in a commit: an id, an event's name.
        text: String,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Every commit up to now as JSON Lines, exactly as it is stored: hashes of passwords and sealed data, too.
    Export {
        #[command(flatten)]
        log: LogConfig,
        #[command(flatten)]
        wanted: Wanted,
        /// Begin after this position.
        #[arg(long, default_value_t = 0)]
        after: u64,
    },
}

pub(super) async fn run(look: Look) -> Result<()> {
    match look {
        Look::Tail { log, wanted, after, json } => {
            let log = open_log(&log).await?;
            let after = after.map_or(log.head().await?, Seq);
            let messages = log.store().messages(after).await?;
            print(messages, |commit| wanted.wants(commit), Form::shown(json)).await
        }
        Look::Show { log, what, json } => show(&open_log(&log).await?, &what, Form::shown(json)).await,
        Look::Grep { log, wanted, text, json } => {
            let messages = until_now(&open_log(&log).await?, 0).await?;
            let speaks = |commit: &Recorded| wanted.wants(commit) && Line::exact(commit).speaks_of(&text);
            print(messages, speaks, Form::shown(json)).await
        }
        Look::Export { log, wanted, after } => {
            let messages = until_now(&open_log(&log).await?, after).await?;
            print(messages, |commit| wanted.wants(commit), Form::Exact).await
        }
    }
}

/// How a commit is written.
#[derive(Debug, Clone, Copy)]
enum Form {
    /// For people.
    Pretty,
    /// One JSON object a line, without what is withheld.
    Json,
    /// The same, exactly as it is stored.
    Exact,
}

impl Form {
    const fn shown(json: bool) -> Self {
        if json { Self::Json } else { Self::Pretty }
    }

    fn of(self, commit: &Recorded) -> serde_json::Result<String> {
        match self {
            Self::Pretty => Line::of(commit).map(|line| line.to_string()),
            Self::Json => Line::of(commit)?.json(),
            Self::Exact => Line::exact(commit).json(),
        }
    }
}

/// The messages after a position, up to where the log ends now.
async fn until_now(log: &Log, after: u64) -> Result<Messages> {
    Ok(log.store().walk(Seq(after), log.head().await?))
}

/// Writes each commit that is wanted, until the walk ends or for ever.
async fn print(mut messages: Messages, wanted: impl Fn(&Recorded) -> bool, form: Form) -> Result<()> {
    while let Some(message) = messages.next().await {
        let message = message?;
        let Some(stream) = message.stream() else { continue };
        let commit = message.read(stream)?;
        if wanted(&commit) {
            write(&form.of(&commit)?)?;
        }
    }
    Ok(())
}

async fn show(log: &Log, what: &str, form: Form) -> Result<()> {
    let commits = match what.parse::<u64>() {
        Ok(position) => at(log, position).await?,
        Err(_) => log.store().load_latest(&stream(what)?, Seq(0)).await?,
    };
    if commits.is_empty() {
        bail!("the log has no {what}");
    }
    commits.iter().try_for_each(|commit| write(&form.of(commit)?))
}

/// The commit at a position, if one is there.
async fn at(log: &Log, position: u64) -> Result<Vec<Recorded>> {
    let before = Seq(position.saturating_sub(1));
    let Some(message) = log.store().walk(before, Seq(position)).next().await.transpose()? else {
        return Ok(Vec::new());
    };
    message.stream().map(|stream| Ok(message.read(stream)?)).into_iter().collect()
}

fn stream(name: &str) -> Result<StreamName> {
    match name.split('.').collect::<Vec<_>>().as_slice() {
        [context, aggregate, id] => Ok(StreamName::new(context, aggregate, id)),
        _ => bail!("`{name}` is neither a position nor a stream: a stream is <context>.<aggregate>.<id>"),
    }
}

/// A reader that goes away (`| head`) ends the walk in peace.
fn write(text: &str) -> Result<()> {
    match writeln!(std::io::stdout(), "{text}") {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        written => Ok(written?),
    }
}
