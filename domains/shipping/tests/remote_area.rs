//! Which postal codes are remote.

use kernel::Price;
use shipping::RemoteArea::{Island, Jeju};
use shipping::{RemoteArea, RemoteAreas, RemoteAreasError, RemoteRange, remote_area};

use crate::sample::{price, remote};

fn range(area: RemoteArea, from: &str, to: &str) -> RemoteRange {
    RemoteRange { area, from: from.to_owned(), to: to.to_owned() }
}

fn areas() -> RemoteAreas {
    RemoteAreas::new(vec![range(Jeju, "63000", "63644"), range(Island, "40200", "40240")]).unwrap()
}

#[test]
fn a_range_holds_both_of_its_ends_and_nothing_beyond() {
    let areas = areas();
    let found = ["62999", "63000", "63644", "63645", "40199", "40200", "40240", "40241"];
    let expected = [None, Some(Jeju), Some(Jeju), None, None, Some(Island), Some(Island), None];
    assert_eq!(found.map(|code| areas.of(code)), expected);
}

#[test]
fn a_code_is_read_as_people_write_it_and_never_as_another() {
    let areas = areas();
    assert_eq!([" 63100 ", "63-100", "631 00"].map(|code| areas.of(code)), [Some(Jeju); 3]);
    assert_eq!(["6310", "063100", "631000", "6310a", "", "제주"].map(|code| areas.of(code)), [None; 6]);
}

#[test]
fn ranges_that_are_none_or_that_overlap_are_refused() {
    for (from, to) in [("2", "1"), ("1", "22"), ("", ""), ("1a", "2b"), ("12345678901", "12345678902")] {
        let refused = RemoteAreasError::NoRange { from: from.into(), to: to.into() };
        assert_eq!(RemoteAreas::new(vec![range(Jeju, from, to)]), Err(refused));
    }
    let overlapping = vec![range(Island, "63644", "63700"), range(Jeju, "63000", "63644")];
    assert_eq!(RemoteAreas::new(overlapping), Err(RemoteAreasError::Overlap("63644".into())));
    let other_length = vec![range(Island, "631", "632"), range(Jeju, "63000", "63644")];
    assert_eq!(RemoteAreas::new(other_length).unwrap().of("631"), Some(Island));
    let many = remote_area::RANGES_MAX + 1;
    let too_many =
        (0..many).map(|code| range(Island, &format!("{code:05}"), &format!("{code:05}"))).collect();
    assert_eq!(RemoteAreas::new(too_many), Err(RemoteAreasError::TooMany(many)));
}

#[test]
fn an_area_costs_what_its_merchant_says() {
    let surcharges = remote(3_000, 5_000);
    let costs = [None, Some(Jeju), Some(Island)].map(|area| surcharges.of(area));
    assert_eq!(costs, [Price::ZERO, price(3_000), price(5_000)]);
}
