//! The share of single pieces in what was paid for a line.

use kernel::Amount;

/// What was paid for `count` pieces from `first` (counted from 0) of a line of `ordered` pieces that cost `paid`.
///
/// Each piece gets `paid / ordered` rounded down, and each of the first `paid mod ordered` pieces one unit more
/// (largest remainder, the earlier piece first), so the shares of any partition of the line add up to `paid`.
/// A line of no pieces has no shares.
pub fn share_of_pieces(paid: Amount, ordered: u32, first: u32, count: u32) -> Amount {
    let pieces = i64::from(ordered);
    let base = paid.minor().checked_div_euclid(pieces).unwrap_or(0);
    let rest = paid.minor().checked_rem_euclid(pieces).unwrap_or(0);
    let first = i64::from(first);
    let end = first + i64::from(count);
    Amount::from_minor(base).times(count) + Amount::from_minor(end.min(rest) - first.min(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(paid: i64, ordered: u32, first: u32, count: u32) -> i64 {
        share_of_pieces(Amount::from_minor(paid), ordered, first, count).minor()
    }

    #[test]
    fn the_first_pieces_get_the_rest() {
        assert_eq!([share(11, 3, 0, 1), share(11, 3, 1, 1), share(11, 3, 2, 1)], [4, 4, 3]);
    }

    #[test]
    fn the_whole_line_is_what_was_paid() {
        assert_eq!(share(11, 3, 0, 3), 11);
    }

    #[test]
    fn a_line_of_no_pieces_has_no_share() {
        assert_eq!(share(11, 0, 0, 1), 0);
    }
}
