//! One process that is started, killed, asked to end, frozen and thawed. Nobody outlives it: dropped, it is killed with
//! all that it started.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A signal, as `kill` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// End in order.
    Term,
    /// PostgreSQL's "fast shutdown".
    Int,
    /// End at once.
    Kill,
    /// Stand still.
    Stop,
    /// Go on.
    Cont,
}

impl Signal {
    const fn name(self) -> &'static str {
        match self {
            Self::Term => "TERM",
            Self::Int => "INT",
            Self::Kill => "KILL",
            Self::Stop => "STOP",
            Self::Cont => "CONT",
        }
    }
}

/// How a process is started and asked to end.
pub struct Recipe {
    /// Makes the command; what it says goes to the log.
    pub command: Box<dyn Fn() -> Command + Send + Sync>,
    /// Where what it says goes.
    pub log: PathBuf,
    /// What asks it to end.
    pub ending: Signal,
}

/// A process, running or not.
pub struct Process {
    recipe: Recipe,
    child: Option<Child>,
    frozen: bool,
}

impl Process {
    /// Not yet started.
    pub const fn of(recipe: Recipe) -> Self {
        Self { recipe, child: None, frozen: false }
    }

    /// Starts it.
    pub fn start(&mut self) {
        let log = File::options().create(true).append(true).open(&self.recipe.log).unwrap();
        let mut command = (self.recipe.command)();
        command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
        self.child = Some(command.spawn().unwrap());
        self.frozen = false;
    }

    /// Whether it runs, frozen or not.
    pub fn is_running(&mut self) -> bool {
        self.child.as_mut().is_some_and(|child| child.try_wait().unwrap().is_none())
    }

    /// The process id, while it was started.
    pub fn pid(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// Kills it with all that it started.
    pub fn kill(&mut self) {
        let Some(child) = &mut self.child else { return };
        if child.try_wait().unwrap().is_none() {
            signal(Signal::Kill, &family(child.id()));
        }
        child.wait().unwrap();
        self.child = None;
    }

    /// Asks it to end in order.
    pub fn ask_to_end(&mut self) {
        if let Some(pid) = self.pid().filter(|_| self.is_running()) {
            signal(self.recipe.ending, &[pid]);
        }
    }

    /// Lets it and all that it started stand still.
    pub fn freeze(&mut self) {
        if let Some(pid) = self.pid().filter(|_| self.is_running()) {
            // The parent first, so that it starts nobody meanwhile.
            signal(Signal::Stop, &[pid]);
            signal(Signal::Stop, &family(pid));
            self.frozen = true;
        }
    }

    /// Lets them go on.
    pub fn thaw(&mut self) {
        if let Some(pid) = self.pid().filter(|_| self.frozen) {
            signal(Signal::Cont, &family(pid));
        }
        self.frozen = false;
    }

    /// The end of what it said.
    pub fn last_words(&self, lines: usize) -> String {
        let said = fs::read(&self.recipe.log).unwrap_or_default();
        let said = String::from_utf8_lossy(&said).into_owned();
        let skipped = said.lines().count().saturating_sub(lines);
        said.lines().skip(skipped).collect::<Vec<_>>().join("\n")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.thaw();
        self.kill();
    }
}

/// A process and its children; ours have no grandchildren.
fn family(pid: u32) -> Vec<u32> {
    let listed = fs::read_to_string(Path::new("/proc").join(format!("{pid}/task/{pid}/children")));
    let children = listed.unwrap_or_default();
    std::iter::once(pid).chain(children.split_whitespace().filter_map(|pid| pid.parse().ok())).collect()
}

/// Signals processes that we started, by their ids. Who is gone already needs no signal.
fn signal(signal: Signal, pids: &[u32]) {
    let pids = pids.iter().map(ToString::to_string);
    let mut shell = Command::new("sh");
    shell.args(["-c", "kill -s \"$0\" \"$@\"", signal.name()]).args(pids);
    shell.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
}
