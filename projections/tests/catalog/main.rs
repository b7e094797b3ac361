//! The catalogue against a real PostgreSQL, fed by real deciders.

mod house;
mod market;

mod managing;
mod searching;
mod shelves;
mod showing;
