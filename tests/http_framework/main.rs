//! The HTTP framework, driven through a tiny house of its own: every way in which a request can fail, and the few in
//! which it can't. Never here: an endpoint of the product.

mod bodies;
mod callers;
mod description;
mod house;
mod limits;
mod lists;
mod positions;
mod traces;
mod unanswered;
mod versions;
mod writes;
