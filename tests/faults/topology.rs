//! What runs and what connects it: the processes of the installation, and the links that a proxy of ours stands in.

use std::fmt;

/// A process of the installation, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Program {
    /// `jangteo api`.
    Api(usize),
    /// `jangteo project`.
    Project(usize),
    /// `jangteo coordinate`.
    Coordinate(usize),
    /// `nats-server`.
    Nats(usize),
    /// `postgres`, with all its processes.
    Postgres,
}

/// What a proxy stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Link {
    /// From a process to every nats-server.
    Nats(Program),
    /// From a process to PostgreSQL.
    Postgres(Program),
    /// From clients, and from the gateway's webhooks, to an API.
    Api(usize),
}

/// How many of what there are: two of each role, one PostgreSQL, and so many nats-servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topology {
    /// 1, or 3 for a cluster that keeps three copies.
    pub nats: usize,
}

/// How many of each role.
const OF_EACH: [usize; 2] = [1, 2];

impl Topology {
    /// The nats-servers.
    pub fn nats_servers(self) -> Vec<Program> {
        (1..=self.nats).map(Program::Nats).collect()
    }

    /// Every process.
    pub fn programs(self) -> Vec<Program> {
        [self.nats_servers(), vec![Program::Postgres], roles()].concat()
    }
}

/// The processes of our own.
pub fn roles() -> Vec<Program> {
    let [api, project, coordinate] =
        [Program::Api, Program::Project, Program::Coordinate].map(|role| OF_EACH.map(role));
    [api, project, coordinate].concat()
}

/// Every link.
pub fn links() -> Vec<Link> {
    let of_roles = roles().into_iter().flat_map(|role| [Link::Nats(role), Link::Postgres(role)]);
    of_roles.chain(OF_EACH.map(Link::Api)).collect()
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(nth) => write!(f, "api-{nth}"),
            Self::Project(nth) => write!(f, "project-{nth}"),
            Self::Coordinate(nth) => write!(f, "coordinate-{nth}"),
            Self::Nats(nth) => write!(f, "nats-{nth}"),
            Self::Postgres => write!(f, "postgres"),
        }
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nats(program) => write!(f, "{program}→nats"),
            Self::Postgres(program) => write!(f, "{program}→postgres"),
            Self::Api(nth) => write!(f, "clients→api-{nth}"),
        }
    }
}
