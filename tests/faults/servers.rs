//! How the servers are started: nats-server that calls fsync before each acknowledgement, and PostgreSQL without fsync,
//! since only its process is killed here, never the machine under it. The programs are named by what runs the tests.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use jangteo::ids;

use crate::process::{Recipe, Signal};

/// Ports of servers that start again under the same one: below those that outgoing connections get.
const PORTS: std::ops::Range<u16> = 20_000..32_000;
/// The role and its database.
const ROLE: &str = "jangteo";
/// What PostgreSQL is told.
const SETTINGS: [&str; 8] = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=400",
    "shared_buffers=64MB",
    "fsync=off",
    "full_page_writes=off",
    "restart_after_crash=on",
    "log_min_messages=fatal",
];

/// A nats-server's ports: for clients, and for its cluster.
#[derive(Debug, Clone, Copy)]
pub struct NatsPorts {
    /// For clients.
    pub clients: u16,
    /// For the other servers.
    pub routes: u16,
}

/// How each nats-server of a house is started.
pub fn nats(folder: &Path, ports: &[NatsPorts]) -> Vec<Recipe> {
    (1..).zip(ports).map(|(nth, own)| nats_node(folder, nth, *own, ports)).collect()
}

fn nats_node(folder: &Path, nth: usize, own: NatsPorts, all: &[NatsPorts]) -> Recipe {
    let home = folder.join(format!("nats-{nth}"));
    fs::create_dir_all(&home).unwrap();
    let store = home.join("store");
    let store = store.display();
    let NatsPorts { clients, routes } = own;
    let alone = format!(
        "server_name: nats-{nth}\nlisten: \"127.0.0.1:{clients}\"\n\
         jetstream {{\n store_dir: \"{store}\"\n sync_interval: always\n}}\n"
    );
    let peers = all.iter().map(|ports| format!("\"nats://127.0.0.1:{}\"", ports.routes));
    let peers = peers.collect::<Vec<_>>().join(", ");
    // Clients hear of no server but through our proxies.
    let among_others = format!(
        "cluster {{\n name: faults\n listen: \"127.0.0.1:{routes}\"\n no_advertise: true\n routes: [{peers}]\n}}\n"
    );
    let file = home.join("nats.conf");
    fs::write(&file, if all.len() > 1 { alone + &among_others } else { alone }).unwrap();
    let program = named("NATS_SERVER_BIN");
    let command = move || {
        let mut command = Command::new(&program);
        command.arg("--config").arg(&file);
        command
    };
    Recipe { command: Box::new(command), log: folder.join(format!("nats-{nth}.log")), ending: Signal::Term }
}

/// PostgreSQL with an empty database cluster; its address without a database, and how it is started.
pub fn postgres(folder: &Path, port: u16) -> (String, Recipe) {
    let programs = PathBuf::from(named("POSTGRES_BIN_DIR"));
    let identity = identity();
    let home = folder.join("postgres");
    fs::create_dir(&home).unwrap();
    fs::set_permissions(&home, fs::Permissions::from_mode(0o700)).unwrap();
    let password = ids::fresh().simple().to_string();
    let password_file = home.join("password");
    fs::write(&password_file, &password).unwrap();
    if let Some((user, group)) = identity {
        chown(&home, Some(user), Some(group)).unwrap();
        chown(&password_file, Some(user), Some(group)).unwrap();
    }
    let data = home.join("data");
    let mut initdb = run_as(Command::new(programs.join("initdb")), identity);
    initdb.arg("--pgdata").arg(&data).args(["--username", ROLE, "--auth", "scram-sha-256", "--no-sync"]);
    initdb.args(["--encoding", "UTF8", "--locale", "C.UTF-8", "--no-instructions"]);
    let made = initdb.arg("--pwfile").arg(&password_file).output().unwrap();
    assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
    let command = move || {
        let mut command = run_as(Command::new(programs.join("postgres")), identity);
        command.arg("-D").arg(&data).args(["-p", &port.to_string()]);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        command
    };
    let recipe = Recipe { command: Box::new(command), log: folder.join("postgres.log"), ending: Signal::Int };
    (format!("postgres://{ROLE}:{password}@"), recipe)
}

/// Runs as another user, in a folder that everybody may enter, and without a person's own settings.
fn run_as(mut command: Command, identity: Option<(u32, u32)>) -> Command {
    command.current_dir("/").env("LC_ALL", "C.UTF-8");
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("PG")) {
        command.env_remove(name);
    }
    if let Some((user, group)) = identity {
        command.uid(user).gid(group);
    }
    command
}

/// Who PostgreSQL runs as where we are root, which it refuses: `uid:gid`.
fn identity() -> Option<(u32, u32)> {
    let named = std::env::var("POSTGRES_IDENTITY").ok().filter(|named| !named.is_empty())?;
    let (user, group) = named.split_once(':').unwrap();
    Some((user.parse().unwrap(), group.parse().unwrap()))
}

fn named(variable: &str) -> String {
    std::env::var(variable)
        .unwrap_or_else(|_| panic!("{variable} is not set: run scripts/test or scripts/faults"))
}

/// Free ports that nobody else is given meanwhile by chance.
pub fn ports<const COUNT: usize>() -> [u16; COUNT] {
    let mut held: Vec<TcpListener> = Vec::with_capacity(COUNT);
    let mut found = [0; COUNT];
    for port in &mut found {
        let listener =
            std::iter::repeat_with(any_port).find_map(|port| TcpListener::bind(loopback(port)).ok());
        let listener = listener.unwrap();
        *port = listener.local_addr().unwrap().port();
        held.push(listener);
    }
    found
}

/// A port by chance.
fn any_port() -> u16 {
    let [.., high, low] = ids::fresh().into_bytes();
    let room = PORTS.end - PORTS.start;
    PORTS.start + u16::from_be_bytes([high, low]) % room
}

/// An address of this machine alone.
pub fn loopback(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}
