//! `jangteo log`: the log for people's eyes: follow it, show one stream, find what speaks of something, hand it out.

mod line;
mod wanted;

use std::io::Write as _;

use anyhow::{Result, bail};
use clap::Subcommand;
use eventstore::{Filter, Log, Recorded, Seq, StreamName, Tailed};
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
    /// Every commit up to now as JSON Lines.
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
            walk(&log, after, None, |commit| wanted.wants(commit).then(|| Line::of(commit)), json).await
        }
        Look::Show { log, what, json } => show(&open_log(&log).await?, &what, json).await,
        Look::Grep { log, wanted, text, json } => {
            let log = open_log(&log).await?;
            let head = log.head().await?;
            let speaks = |commit: &Recorded| {
                let line = wanted.wants(commit).then(|| Line::of(commit))?;
                line.speaks_of(&text).then_some(line)
            };
            walk(&log, Seq(0), Some(head), speaks, json).await
        }
        Look::Export { log, wanted, after } => {
            let log = open_log(&log).await?;
            let head = log.head().await?;
            let line = |commit: &Recorded| wanted.wants(commit).then(|| Line::of(commit));
            walk(&log, Seq(after), Some(head), line, true).await
        }
    }
}

/// Writes a line for each commit that gives one, up to a position or for ever.
async fn walk(
    log: &Log,
    after: Seq,
    until: Option<Seq>,
    line: impl Fn(&Recorded) -> Option<Line>,
    json: bool,
) -> Result<()> {
    let mut at = after;
    if until.is_some_and(|until| at >= until) {
        return Ok(());
    }
    let mut tail = log.tail(after, Filter::All).await?;
    while let Some(step) = tail.next().await {
        let step = step?;
        at = step.seq();
        if let Tailed::Commit(commit) = &step
            && let Some(line) = line(commit)
        {
            write(&line, json)?;
        }
        if until.is_some_and(|until| at >= until) {
            break;
        }
    }
    Ok(())
}

async fn show(log: &Log, what: &str, json: bool) -> Result<()> {
    if let Ok(position) = what.parse::<u64>() {
        let (after, until) = (Seq(position.saturating_sub(1)), Seq(position));
        if position == 0 || until > log.head().await? {
            bail!("the log has no position {position}");
        }
        return walk(log, after, Some(until), |commit| Some(Line::of(commit)), json).await;
    }
    let stream = stream(what)?;
    let commits = log.store().load_latest(&stream, Seq(0)).await?;
    if commits.is_empty() {
        bail!("the log has no stream {stream}");
    }
    commits.iter().try_for_each(|commit| write(&Line::of(commit), json))
}

fn stream(name: &str) -> Result<StreamName> {
    match name.split('.').collect::<Vec<_>>().as_slice() {
        [context, aggregate, id] => Ok(StreamName::new(context, aggregate, id)),
        _ => bail!("`{name}` is neither a position nor a stream: a stream is <context>.<aggregate>.<id>"),
    }
}

/// A reader that goes away (`| head`) ends the walk in peace.
fn write(line: &Line, json: bool) -> Result<()> {
    let text = if json { line.json()? } else { line.to_string() };
    match writeln!(std::io::stdout(), "{text}") {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        written => Ok(written?),
    }
}
