//! Finding an order by the beginning of its id, as a person reads it off a screen.

use uuid::Uuid;

/// The first and last id that begin with these hexadecimal digits, hyphens aside; `None` where the text can't begin an id.
pub(super) fn bounds(prefix: &str) -> Option<(Uuid, Uuid)> {
    let digits: String = prefix.chars().filter(|letter| *letter != '-').collect();
    if digits.len() > 32 {
        return None;
    }
    let first = Uuid::parse_str(&format!("{digits:0<32}")).ok()?;
    let last = Uuid::parse_str(&format!("{digits:f<32}")).ok()?;
    Some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_covers_every_id_that_begins_with_it() {
        let (first, last) = bounds("0198ab12-7").unwrap();
        assert_eq!(first.to_string(), "0198ab12-7000-0000-0000-000000000000");
        assert_eq!(last.to_string(), "0198ab12-7fff-ffff-ffff-ffffffffffff");
        assert_eq!(bounds(""), Some((Uuid::nil(), Uuid::max())));
    }

    #[test]
    fn a_whole_id_covers_itself_and_other_words_nothing() {
        let id = Uuid::from_u128(7);
        assert_eq!(bounds(&id.to_string()), Some((id, id)));
        assert_eq!(bounds("order 7"), None);
        assert_eq!(bounds(&"0".repeat(33)), None);
    }
}
