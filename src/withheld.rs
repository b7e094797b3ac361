//! What nobody needs to see of an event's body, though it stands in the log: sealed personal data, which only the vault
//! opens, and the hashes of passwords, keys and addresses.

use serde_json::Value;

/// The members of bodies that hold them, wherever they stand. `tests/tidy` finds one that is missing.
pub const WITHHELD: [&str; 12] = [
    "address",
    "bank_account",
    "card",
    "contact",
    "email_hash",
    "memo",
    "password_hash",
    "profile",
    "receipt_identifier",
    "recipient",
    "refresh_hash",
    "secret_hash",
];

/// What stands in their place.
const IN_PLACE: &str = "(withheld)";

/// A body as it may be shown.
pub fn shown(body: &str) -> Value {
    let mut value = serde_json::from_str(body).unwrap_or(Value::Null);
    withhold(&mut value);
    value
}

fn withhold(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if WITHHELD.contains(&name.as_str()) && !member.is_null() {
                    *member = Value::from(IN_PLACE);
                } else {
                    withhold(member);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(withhold),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_sealed_or_hashed_is_withheld_wherever_it_stands() {
        let body = json!({
            "member": "m", "password_hash": "$argon2id$…", "memo": null,
            "list": [{"recipient": "AQ==", "line": 1}],
        });
        let expected = json!({
            "member": "m", "password_hash": "(withheld)", "memo": null,
            "list": [{"recipient": "(withheld)", "line": 1}],
        });
        assert_eq!(shown(&body.to_string()), expected);
    }
}
