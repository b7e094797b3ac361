//! One change to the people's tables. Columns are a JSON object that names its key's columns.

use serde_json::Value;
use uuid::Uuid;

/// One change to the people's tables.
#[derive(Debug)]
pub enum Row {
    /// Columns of a member.
    Member(Uuid, Value),
    /// Columns of a merchant.
    Merchant(Uuid, Value),
    /// A contract of a merchant, whole.
    Contract(Value),
    /// Columns of an operator.
    Operator(Uuid, Value),
}
