//! What clients were told is written, from journal files of theirs: whatever of it the log doesn't hold is lost.
//!
//! A journal is JSON Lines, one acknowledgement each: `{"position": 7, "stream": "order.order.<id>", "command_id":
//! "<uuid>"}`. Each member may be left out, as long as the stream or the command is named, and the command where there is
//! no position: then it may stand anywhere.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use eventstore::{Recorded, Seq};
use kernel::id::CommandId;
use serde::Deserialize;

use super::report::{Finding, Flaw};

/// The most lines that are held in memory, of all files together.
const MOST_LINES: usize = 10_000_000;

/// Why a journal can't be held against the log.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file can't be read.
    #[error("the journal {} cannot be read: {source}", file.display())]
    File {
        /// Which.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A line is no acknowledgement.
    #[error("{}:{line}: {reason}", file.display())]
    Line {
        /// In which file.
        file: PathBuf,
        /// Which line, from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
}

/// The acknowledgements of every file, each until the walk meets what it speaks of.
#[derive(Debug, Default)]
pub struct Journal {
    lines: Vec<Line>,
    at: HashMap<Seq, Vec<usize>>,
    anywhere: HashMap<CommandId, Vec<usize>>,
}

/// One acknowledgement, and whether it was kept.
#[derive(Debug)]
struct Line {
    file: Arc<Path>,
    number: u64,
    told: Told,
    kept: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    position: Option<Seq>,
    stream: Option<String>,
    command_id: Option<CommandId>,
}

impl Journal {
    /// Reads journal files.
    pub fn read(files: &[PathBuf]) -> Result<Self, JournalError> {
        let mut journal = Self::default();
        for file in files {
            let unreadable = |source| JournalError::File { file: file.clone(), source };
            journal.take(file, BufReader::new(File::open(file).map_err(unreadable)?))?;
        }
        Ok(journal)
    }

    /// How many acknowledgements there are.
    pub(super) const fn len(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn take(&mut self, file: &Path, text: impl BufRead) -> Result<(), JournalError> {
        let shared: Arc<Path> = file.into();
        for (number, line) in (1_u64..).zip(text.lines()) {
            let line = line.map_err(|source| JournalError::File { file: file.to_owned(), source })?;
            if line.trim().is_empty() {
                continue;
            }
            let bad = |reason| JournalError::Line { file: file.to_owned(), line: number, reason };
            let told = Told::parse(&line).map_err(bad)?;
            if self.lines.len() == MOST_LINES {
                return Err(bad(format!(
                    "more than {MOST_LINES} lines can't be held against the log at once"
                )));
            }
            self.add(Line { file: shared.clone(), number, told, kept: false });
        }
        Ok(())
    }

    fn add(&mut self, line: Line) {
        let index = self.lines.len();
        match (line.told.position, line.told.command_id) {
            (Some(position), _) => self.at.entry(position).or_default().push(index),
            (None, Some(command)) => self.anywhere.entry(command).or_default().push(index),
            (None, None) => {}
        }
        self.lines.push(line);
    }

    /// A commit stands in the log: what was told of it is kept.
    pub(super) fn hear(&mut self, commit: &Recorded) {
        let here = self.at.get(&commit.seq).into_iter().flatten();
        let named = commands(commit).filter_map(|command| self.anywhere.get(&command)).flatten();
        for index in here.chain(named) {
            if let Some(line) = self.lines.get_mut(*index) {
                line.kept |= line.told.is_told_of(commit);
            }
        }
    }

    /// What was told and is not there.
    pub(super) fn absent(&self) -> impl Iterator<Item = Finding> {
        self.lines.iter().filter(|line| !line.kept).map(Line::absent)
    }
}

impl Told {
    fn parse(line: &str) -> Result<Self, String> {
        let told: Self = serde_json::from_str(line).map_err(|error| error.to_string())?;
        if told.position == Some(Seq(0)) {
            return Err("positions begin at 1".to_owned());
        }
        match &told {
            Self { stream: None, command_id: None, .. } => {
                Err("neither `stream` nor `command_id` is named".to_owned())
            }
            Self { position: None, command_id: None, .. } => {
                Err("without `position`, `command_id` must be named".to_owned())
            }
            Self { .. } => Ok(told),
        }
    }

    fn is_told_of(&self, commit: &Recorded) -> bool {
        self.stream.as_ref().is_none_or(|stream| stream == commit.stream.as_str())
            && self.command_id.is_none_or(|wanted| commands(commit).any(|command| command == wanted))
    }
}

/// The commands that a commit carries out.
fn commands(commit: &Recorded) -> impl Iterator<Item = CommandId> {
    commit.metas().map(|meta| meta.command_id)
}

impl Line {
    fn absent(&self) -> Finding {
        let flaw = Flaw::AcknowledgedAbsent {
            journal: self.file.display().to_string(),
            line: self.number,
            command_id: self.told.command_id,
        };
        Finding { position: self.told.position, stream: self.told.stream.clone(), flaw }
    }
}
