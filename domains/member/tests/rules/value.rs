//! Parsed values: one that exists is valid.

use member::member::AddressId;
use member::merchant::{BusinessNumber, ForeignCountry, KoreanNumber, NumberError};
use member::{EmailHash, Holder, PasswordHash, merchant};

use crate::sample::{member_id, password};

#[test]
fn a_korean_business_number_is_verified_by_its_check_digit() {
    for number in ["124-81-00998", "2208162517"] {
        assert_eq!(KoreanNumber::new(number).unwrap().as_str(), number.replace('-', ""));
    }
    assert_eq!(KoreanNumber::new("124-81-00999"), Err(NumberError::CheckDigit));
    assert_eq!(KoreanNumber::new("220-81-62571"), Err(NumberError::CheckDigit));
}

#[test]
fn any_single_mistyped_digit_of_a_business_number_is_noticed() {
    let number = "1248100998";
    for (place, right) in number.char_indices() {
        for wrong in ('0'..='9').filter(|wrong| *wrong != right) {
            let mut mistyped = number.to_owned();
            mistyped.replace_range(place..=place, &wrong.to_string());
            assert_eq!(KoreanNumber::new(&mistyped), Err(NumberError::CheckDigit), "{mistyped}");
        }
    }
}

#[test]
fn a_korean_business_number_has_ten_digits() {
    for number in ["", "124810099", "12481009980", "12481O0998", "124 81 00998", "一二四八一零零九九八"]
    {
        assert_eq!(KoreanNumber::new(number), Err(NumberError::NotTenDigits), "{number}");
    }
}

#[test]
fn a_foreign_business_names_its_country_which_is_not_korea() {
    assert_eq!(ForeignCountry::new("BR").unwrap().as_str(), "BR");
    assert_eq!(ForeignCountry::new("KR"), Err(NumberError::NotForeign));
    assert_eq!(ForeignCountry::new("br"), Err(NumberError::Country));
    assert_eq!(ForeignCountry::new("BRA"), Err(NumberError::Country));
}

#[test]
fn a_business_number_is_parsed_from_json_with_its_rules() {
    let read = |json: &str| serde_json::from_str::<BusinessNumber>(json);
    assert_eq!(read(r#"{"kind":"korean","number":"124-81-00998"}"#).unwrap().country(), "KR");
    assert_eq!(read(r#"{"kind":"foreign","country":"BR","number":"1"}"#).unwrap().country(), "BR");
    assert!(read(r#"{"kind":"korean","number":"1248100999"}"#).is_err());
    assert!(read(r#"{"kind":"foreign","country":"KR","number":"1"}"#).is_err());
}

#[test]
fn an_address_id_is_a_hyphenated_uuid_in_lower_case() {
    let id = AddressId::new("0198D2C4-0000-7000-8000-00000000000A").unwrap();
    assert_eq!(id.as_str(), "0198d2c4-0000-7000-8000-00000000000a");
    for text in ["", "0198d2c4000070008000000000000001", "0198d2c4-0000-7000-8000-00000000000g"] {
        assert!(AddressId::new(text).is_err(), "{text}");
    }
}

#[test]
fn an_email_hash_is_lower_case_hex_and_fits_a_subject() {
    assert!(EmailHash::new("0a".repeat(16)).is_ok());
    for text in ["0a".repeat(15), "0A".repeat(16), "0a".repeat(65), "a.".repeat(16), "a*".repeat(16)] {
        assert!(EmailHash::new(&text).is_err(), "{text}");
    }
}

#[test]
fn a_password_hash_is_argon2id_and_shows_nowhere() {
    assert_eq!(format!("{:?}", password("salt")), "PasswordHash(…)");
    for text in ["hunter2", "$2b$12$abc", "$argon2i$v=19$x", "$argon2id$ x"] {
        let refused = PasswordHash::new(text).unwrap_err();
        assert!(!refused.to_string().contains(text));
    }
}

#[test]
fn a_holder_is_written_with_its_kind() {
    let json = r#"{"kind":"member","id":"00000000-0000-0000-0000-000000000001"}"#;
    assert_eq!(serde_json::to_string(&Holder::Member(member_id())).unwrap(), json);
}

#[test]
fn a_command_is_read_back_as_written_and_refuses_what_it_does_not_know() {
    let json = r#"{"kind":"approve","operator":"00000000-0000-0000-0000-000000000003","contract":{
        "default_rate":"0.1","category_rates":{"tea":"0.05"},"cycle":"weekly",
        "effective_from":"2026-01-02T12:00:00Z"},"at":"2026-01-02T12:00:00Z"}"#;
    let command: merchant::Command = serde_json::from_str(json).unwrap();
    let again = serde_json::to_string(&command).unwrap();
    assert_eq!(serde_json::from_str::<merchant::Command>(&again).unwrap(), command);
    let more = again.replacen('{', r#"{"unknown":1,"#, 1);
    assert!(serde_json::from_str::<merchant::Command>(&more).unwrap_err().to_string().contains("unknown"));
}
