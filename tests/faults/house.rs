//! A whole installation as real processes, with a proxy of ours in every link. It looks after its processes as an
//! operator's supervisor would: what ends by itself is started again.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use clap::Parser;
use jangteo::app::App;
use jangteo::config::Config;
use jangteo::{ids, migrations};
use tokio::task::JoinHandle;

use crate::process::{Process, Recipe, Signal};
use crate::proxy::{Proxy, Weather};
use crate::servers::{self, NatsPorts, loopback};
use crate::topology::{Link, Program, Topology, roles};

/// How often the supervisor looks, and how long it lets a process rest that has ended by itself.
const LOOK: Duration = Duration::from_millis(200);
const REST: Duration = Duration::from_millis(600);
/// How long the servers may take to answer for the first time.
const FIRST_ANSWER: Duration = Duration::from_mins(1);
/// How much of a process' last words is kept.
const LAST_WORDS: usize = 20;
/// How long a process that was asked to end may take, before it is killed.
const ORDERLY: Duration = Duration::from_secs(10);
const MODE: &str = "sandbox";
const PREFIX: &str = "faults";

/// A program that is looked after.
struct Kept {
    process: Process,
    /// Whether it is to run.
    wanted: bool,
    started: Instant,
    /// How often it ended by itself, and what it said before it did so last.
    ended_by_itself: usize,
    last_words: String,
}

type Programs = BTreeMap<Program, Kept>;

/// An installation. Everything ends when it is dropped.
pub struct House {
    /// What it is made of.
    pub topology: Topology,
    /// The same installation as seen by who checks it: connected to the servers directly.
    pub app: App,
    /// Where each API listens, proxies aside.
    pub apis: Vec<String>,
    programs: Arc<Mutex<Programs>>,
    proxies: BTreeMap<Link, Vec<Proxy>>,
    looking: JoinHandle<()>,
    servers: Servers,
    folder: Folder,
}

#[derive(Parser)]
struct Options {
    #[command(flatten)]
    config: Config,
}

/// A folder that is removed at the end, or kept where it is asked for or something went wrong.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        if std::thread::panicking() || std::env::var_os("FAULTS_KEEP").is_some() {
            eprintln!("what the processes said is in {}", self.0.display());
        } else {
            let _ = fs::remove_dir_all(&self.0);
        }
    }
}

/// Where the servers are.
struct Servers {
    nats: Vec<NatsPorts>,
    database: u16,
    /// `postgres://role:password@`, to be followed by an address.
    database_login: String,
}

impl Servers {
    fn nats_url(&self) -> String {
        let urls = self.nats.iter().map(|ports| format!("nats://127.0.0.1:{}", ports.clients));
        urls.collect::<Vec<_>>().join(",")
    }

    fn database_url(&self) -> String {
        format!("{}127.0.0.1:{}/postgres", self.database_login, self.database)
    }
}

impl House {
    /// Starts everything and waits until the servers answer.
    pub async fn open(topology: Topology) -> Self {
        let folder = Folder(std::env::temp_dir().join(format!("jangteo-faults-{}", ids::fresh().simple())));
        fs::create_dir(&folder.0).unwrap();
        fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o711)).unwrap();
        let mut programs = Programs::new();
        let servers = start_servers(&folder.0, topology, &mut programs);
        let app = connect(&servers, topology).await;
        migrations::apply(&app.pool).await.unwrap();
        let (proxies, apis) = start_roles(&folder.0, topology, &servers, &mut programs).await;
        let programs = Arc::new(Mutex::new(programs));
        let looking = tokio::spawn(look_after(programs.clone()));
        Self { topology, app, apis, programs, proxies, looking, servers, folder }
    }

    /// Waits until every API says that it is ready.
    pub async fn ready(&self) {
        let ready = async {
            let mut looks = tokio::time::interval(LOOK);
            for api in &self.apis {
                let path = format!("{api}/health/ready");
                while !reqwest::get(&path).await.is_ok_and(|answer| answer.status().is_success()) {
                    looks.tick().await;
                }
            }
        };
        tokio::time::timeout(FIRST_ANSWER, ready).await.expect("the APIs were not ready in time");
    }

    /// Where everything is that the processes leave behind.
    pub fn folder(&self) -> &Path {
        &self.folder.0
    }

    /// What tells a command of ours where this installation is, proxies aside.
    pub fn settings(&self) -> [(&'static str, String); 4] {
        [
            ("JANGTEO_NATS_URL", self.servers.nats_url()),
            ("JANGTEO_DATABASE_URL", self.servers.database_url()),
            ("JANGTEO_REPLICAS", self.topology.nats.to_string()),
            ("JANGTEO_PREFIX", PREFIX.to_owned()),
        ]
    }

    /// Where clients call the APIs: through proxies.
    pub fn doors(&self) -> Vec<String> {
        let doors = self.proxies.iter().filter(|(link, _)| matches!(link, Link::Api(_)));
        doors.flat_map(|(_, proxies)| proxies).map(|proxy| format!("http://{}", proxy.address)).collect()
    }

    /// Kills a process; it stays away until it is started.
    pub fn kill(&self, program: Program) {
        self.with(program, |kept| {
            kept.wanted = false;
            kept.process.kill();
        });
    }

    /// Ends a process in order, or kills it when it doesn't end; it stays away until it is started.
    pub async fn end(&self, program: Program) {
        self.with(program, |kept| {
            kept.wanted = false;
            kept.process.ask_to_end();
        });
        let ended = async {
            let mut looks = tokio::time::interval(LOOK);
            while self.with(program, |kept| kept.process.is_running()) {
                looks.tick().await;
            }
        };
        let _ = tokio::time::timeout(ORDERLY, ended).await;
        self.kill(program);
    }

    /// Starts a process again.
    pub fn start(&self, program: Program) {
        self.with(program, Kept::start);
    }

    /// Freezes or thaws a process.
    pub fn freeze(&self, program: Program, frozen: bool) {
        self.with(program, |kept| if frozen { kept.process.freeze() } else { kept.process.thaw() });
    }

    /// Changes the weather on a link.
    pub fn turn(&self, link: Link, weather: Weather) {
        for proxy in &self.proxies[&link] {
            proxy.turn(weather);
        }
    }

    /// How often which process ended by itself, with its last words.
    pub fn ended_by_themselves(&self) -> BTreeMap<Program, (usize, String)> {
        let programs = self.programs();
        let ended = programs.iter().filter(|(_, kept)| kept.ended_by_itself > 0);
        ended.map(|(program, kept)| (*program, (kept.ended_by_itself, kept.last_words.clone()))).collect()
    }

    fn with<T>(&self, program: Program, change: impl FnOnce(&mut Kept) -> T) -> T {
        change(self.programs().get_mut(&program).unwrap())
    }

    fn programs(&self) -> MutexGuard<'_, Programs> {
        self.programs.lock().unwrap()
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.looking.abort();
        if let Ok(mut programs) = self.programs.lock() {
            programs.clear();
        }
    }
}

impl Kept {
    fn of(recipe: Recipe) -> Self {
        let process = Process::of(recipe);
        Self {
            process,
            wanted: false,
            started: Instant::now(),
            ended_by_itself: 0,
            last_words: String::new(),
        }
    }

    fn start(&mut self) {
        self.wanted = true;
        self.started = Instant::now();
        self.process.start();
    }

    fn look(&mut self) {
        if self.wanted && !self.process.is_running() && self.started.elapsed() >= REST {
            self.ended_by_itself += 1;
            self.last_words = self.process.last_words(LAST_WORDS);
            self.start();
        }
    }
}

/// The supervisor: starts again what ends by itself.
async fn look_after(programs: Arc<Mutex<Programs>>) {
    let mut looks = tokio::time::interval(LOOK);
    loop {
        looks.tick().await;
        programs.lock().unwrap().values_mut().for_each(Kept::look);
    }
}

fn start_servers(folder: &Path, topology: Topology, programs: &mut Programs) -> Servers {
    let [database, ports @ ..]: [u16; 7] = servers::ports();
    let nats = ports.chunks(2).take(topology.nats);
    let nats: Vec<NatsPorts> = nats.map(|pair| NatsPorts { clients: pair[0], routes: pair[1] }).collect();
    for (program, recipe) in topology.nats_servers().into_iter().zip(servers::nats(folder, &nats)) {
        programs.insert(program, Kept::of(recipe));
    }
    let (database_login, recipe) = servers::postgres(folder, database);
    programs.insert(Program::Postgres, Kept::of(recipe));
    programs.values_mut().for_each(Kept::start);
    Servers { nats, database, database_login }
}

/// Connects as soon as the servers answer.
async fn connect(servers: &Servers, topology: Topology) -> App {
    let (nats_url, database_url) = (servers.nats_url(), servers.database_url());
    let replicas = topology.nats.to_string();
    let options = ["faults", "--nats-url", &nats_url, "--database-url", &database_url];
    let further = ["--replicas", &replicas, "--mode", MODE, "--prefix", PREFIX];
    let config = Options::parse_from(options.into_iter().chain(further)).config;
    let opened = async {
        let mut looks = tokio::time::interval(LOOK);
        loop {
            looks.tick().await;
            if let Ok(app) = App::open(&config).await {
                return app;
            }
        }
    };
    tokio::time::timeout(FIRST_ANSWER, opened).await.expect("the servers did not answer in time")
}

/// Starts the roles, each behind proxies of its own; where the APIs listen.
async fn start_roles(
    folder: &Path,
    topology: Topology,
    servers: &Servers,
    programs: &mut Programs,
) -> (BTreeMap<Link, Vec<Proxy>>, Vec<String>) {
    let addresses: [u16; 2] = servers::ports();
    let mut proxies: BTreeMap<Link, Vec<Proxy>> = BTreeMap::new();
    for (nth, port) in (1..).zip(addresses) {
        proxies.insert(Link::Api(nth), vec![Proxy::before(loopback(port)).await]);
    }
    let webhooks = format!("http://{}", proxies[&Link::Api(1)][0].address);
    for role in roles() {
        let mut to_nats = Vec::new();
        for ports in &servers.nats {
            to_nats.push(Proxy::before(loopback(ports.clients)).await);
        }
        let to_database = Proxy::before(loopback(servers.database)).await;
        let urls: Vec<String> = to_nats.iter().map(|proxy| format!("nats://{}", proxy.address)).collect();
        let mut settings = vec![
            ("JANGTEO_NATS_URL", urls.join(",")),
            ("JANGTEO_DATABASE_URL", format!("{}{}/postgres", servers.database_login, to_database.address)),
            ("JANGTEO_REPLICAS", topology.nats.to_string()),
            ("JANGTEO_WEBHOOK_URL", webhooks.clone()),
        ];
        if let Program::Api(nth) = role {
            settings.push(("JANGTEO_HTTP_ADDR", loopback(addresses[nth - 1]).to_string()));
        }
        proxies.insert(Link::Nats(role), to_nats);
        proxies.insert(Link::Postgres(role), vec![to_database]);
        let mut kept = Kept::of(recipe(folder, role, settings));
        kept.start();
        programs.insert(role, kept);
    }
    (proxies, addresses.map(|port| format!("http://{}", loopback(port))).to_vec())
}

/// How a role of the binary is started.
fn recipe(folder: &Path, role: Program, settings: Vec<(&'static str, String)>) -> Recipe {
    let log = folder.join(format!("{role}.log"));
    let command = move || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jangteo"));
        let name = role.to_string();
        let (word, _) = name.split_once('-').unwrap();
        command.arg(word).env("JANGTEO_MODE", MODE).env("JANGTEO_RATE_LIMIT", "0");
        command.env("JANGTEO_PREFIX", PREFIX).env("RUST_LOG", "warn,jangteo=info").envs(settings.clone());
        command
    };
    Recipe { command: Box::new(command), log, ending: Signal::Term }
}
