//! The roles of the back office. Never here: what each role opens.

use serde::{Deserialize, Serialize};

/// What an operator is there for. A set of these has at most four, so it needs no further limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Helps shoppers and merchants with orders and claims.
    Support,
    /// Reviews products and merchants.
    Catalog,
    /// Closes statements and pays out.
    Finance,
    /// May do everything.
    Admin,
}
