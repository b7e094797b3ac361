//! A campaign's code: which texts are one, and which campaign it leads to.

use kernel::MallId;
use order::campaign::CodeClaim;
use order::campaign::code::{
    CampaignCode, CampaignCodeError, Claim, Claimed, Command, Event, MallCode, Rejection, Release, Released,
};

use crate::check::check;
use crate::market::at;
use crate::offer::{campaign, mall};

fn code() -> CampaignCode {
    CampaignCode::new("TANGERINE-10").unwrap()
}

fn claim(of: u128) -> Command {
    Command::Claim(Claim { mall: mall(), code: code(), campaign: campaign(of), at: at(0) })
}

fn release(of: u128) -> Command {
    Command::Release(Release { campaign: campaign(of), at: at(1) })
}

fn claimed(of: u128) -> Event {
    Event::Claimed(Claimed { mall: mall(), code: code(), campaign: campaign(of), at: at(0) })
}

fn released(of: u128) -> Event {
    Event::Released(Released { mall: mall(), code: code(), campaign: campaign(of), at: at(1) })
}

#[test]
fn a_code_leads_to_the_campaign_that_came_first() {
    check::<CodeClaim>([], claim(1), Ok(vec![claimed(1)]));
    check::<CodeClaim>([claim(1)], claim(1), Ok(vec![]));
    check::<CodeClaim>([claim(1)], claim(2), Err(Rejection::Taken));
}

#[test]
fn only_the_campaign_that_it_leads_to_gives_a_code_back() {
    check::<CodeClaim>([claim(1)], release(1), Ok(vec![released(1)]));
    check::<CodeClaim>([claim(1)], release(2), Err(Rejection::OfAnother));
    check::<CodeClaim>([], release(1), Ok(vec![]));
    check::<CodeClaim>([claim(1), release(1)], release(1), Ok(vec![]));
}

#[test]
fn a_released_code_can_be_taken_by_another_campaign() {
    check::<CodeClaim>([claim(1), release(1)], claim(2), Ok(vec![claimed(2)]));
}

#[test]
fn a_code_is_4_to_32_capitals_digits_and_hyphens() {
    for good in ["ABCD", "2026-SALE", &"A".repeat(32)] {
        assert_eq!(CampaignCode::new(good).unwrap().as_str(), good);
    }
    for bad in ["", "ABC", &"A".repeat(33), "abcd", "AB CD", "AB_CD", "AB.CD", "가나다라"] {
        assert_eq!(CampaignCode::new(bad), Err(CampaignCodeError(bad.to_owned())));
    }
    assert!(serde_json::from_str::<CampaignCode>("\"abcd\"").is_err());
}

#[test]
fn codes_of_two_malls_never_meet_in_one_name() {
    let of = |mall: &str, code: &str| MallCode {
        mall: MallId::new(mall).unwrap(),
        code: CampaignCode::new(code).unwrap(),
    };
    assert_ne!(of("main", "24-SALE").to_string(), of("main-24", "SALE").to_string());
    for whole in [of("main", "24-SALE"), of("main-24", "SALE")] {
        assert_eq!(whole.to_string().parse(), Ok(whole));
    }
    assert!("main-SALE".parse::<MallCode>().is_err());
}

pub(crate) fn samples() -> Vec<Event> {
    vec![claimed(1), released(1)]
}
