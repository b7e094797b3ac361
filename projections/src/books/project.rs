//! What commits of statements and payments mean for the books. Pure.

mod payment;
mod receipt;
mod statement;

pub(super) use payment::of_payment;
pub(super) use statement::of_statement;
