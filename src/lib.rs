//! Jangteo (장터, marketplace): an event-sourced commerce backend for marketplaces.
//!
//! What happened is in one append-only log; everything else can be built again from it. This package wires the
//! contexts, the log, the read models and the sagas together and speaks to the world: command line, HTTP, gateways.

pub mod app;
pub mod bench;
pub mod carts;
pub mod cli;
pub mod clock;
pub mod config;
pub mod credential;
pub mod gateways;
pub mod http;
pub mod ids;
pub mod import;
pub mod lifecycle;
pub mod malls;
pub mod migrations;
pub mod positions;
pub mod sealer;
pub mod seed;
pub mod service;
pub mod snapshots;
pub mod telemetry;
pub mod vault;
pub mod verify;
pub mod withheld;
pub mod workers;
