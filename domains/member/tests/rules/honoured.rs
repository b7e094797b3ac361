//! Which sessions an account honours after its password was changed, the same for all three kinds of accounts.

use kernel::id::SessionId;
use kernel::{DomainEvent, Text};
use member::{HonouredSessions, Member, Merchant, Operator, merchant, operator, session};

use crate::given::given;
use crate::sample::{
    day, email_hash, id, member_id, merchant_id, operator_id, password, sealed, secret_hash, shopper, text,
};

const CHANGES: [(&str, Option<u128>); 2] = [("two", Some(1)), ("three", Some(2))];

/// The sessions honoured before any change, after one in session 1, and after another in session 2.
fn honoured(of: impl Fn(&[(&str, Option<u128>)]) -> HonouredSessions) {
    let (one, two, other): (SessionId, SessionId, SessionId) = (id(1), id(2), id(3));
    let before = of(&[]);
    assert_eq!(before.password_changes(), 0);
    assert!(before.includes(one, 0) && before.includes(other, 0));
    let first = of(&CHANGES[..1]);
    assert_eq!(first.password_changes(), 1);
    assert!(first.includes(one, 0) && !first.includes(other, 0) && first.includes(two, 1));
    let twice = of(&CHANGES);
    assert!(twice.includes(two, 1) && twice.includes(other, 2));
    assert!(!twice.includes(one, 0) && !twice.includes(other, 1));
    let nobody = of(&[("two", None)]);
    assert!(!nobody.includes(one, 0) && nobody.includes(one, 1));
}

#[test]
fn a_member_honours_the_session_of_the_change_and_later_ones() {
    honoured(|changes| {
        let register = member::member::Register {
            member: member_id(),
            email_hash: email_hash(1),
            profile: sealed("profile"),
            password_hash: Some(password("one")),
            at: day(1),
        };
        let set = |(salt, session): &(&str, Option<u128>)| {
            let (password_hash, session) = (password(salt), session.map(id));
            member::member::Command::SetPassword(member::member::SetPassword {
                password_hash,
                session,
                at: day(2),
            })
        };
        let account = given::<Member>([]).and([member::member::Command::Register(register)]);
        account.and(changes.iter().map(set)).state().honoured_sessions().unwrap()
    });
}

#[test]
fn a_merchant_honours_the_session_of_the_change_and_later_ones() {
    honoured(|changes| {
        let apply = merchant::Apply {
            merchant: merchant_id(),
            name: text("The shop"),
            business_number: merchant::BusinessNumber::Foreign {
                country: merchant::ForeignCountry::new("BR").unwrap(),
                number: Text::new("1").unwrap(),
            },
            email_hash: email_hash(2),
            contact: sealed("contact"),
            bank_account: sealed("bank"),
            password_hash: Some(password("one")),
            at: day(1),
        };
        let set = |(salt, session): &(&str, Option<u128>)| {
            let (password_hash, session) = (password(salt), session.map(id));
            merchant::Command::SetPassword(merchant::SetPassword { password_hash, session, at: day(2) })
        };
        let account = given::<Merchant>([]).and([merchant::Command::Apply(apply)]);
        account.and(changes.iter().map(set)).state().honoured_sessions().unwrap()
    });
}

#[test]
fn an_operator_honours_the_session_of_the_change_and_later_ones() {
    honoured(|changes| {
        let create = operator::Create {
            operator: operator_id(),
            name: text("Kim"),
            email_hash: email_hash(3),
            password_hash: password("one"),
            roles: [operator::Role::Support].into(),
            at: day(1),
        };
        let set = |(salt, session): &(&str, Option<u128>)| {
            let (password_hash, session) = (password(salt), session.map(id));
            operator::Command::SetPassword(operator::SetPassword { password_hash, session, at: day(2) })
        };
        let account = given::<Operator>([]).and([operator::Command::Create(create)]);
        account.and(changes.iter().map(set)).state().honoured_sessions().unwrap()
    });
}

#[test]
fn who_is_not_there_honours_nothing() {
    assert_eq!(given::<Member>([]).state().honoured_sessions(), None);
    assert_eq!(given::<Merchant>([]).state().honoured_sessions(), None);
    assert_eq!(given::<Operator>([]).state().honoured_sessions(), None);
}

#[test]
fn what_a_session_and_a_change_remember_is_written_down() {
    let (session, refresh_hash) = (id(7), secret_hash(1));
    let opened = session::Opened {
        session,
        principal: shopper(),
        refresh_hash,
        password_changes: 2,
        expires_at: day(9),
        at: day(1),
    };
    let set = operator::PasswordSet {
        operator: operator_id(),
        password_hash: password("two"),
        session: Some(session),
        at: day(2),
    };
    reads_back(&session::Event::Opened(opened), "password_changes");
    reads_back(&operator::Event::PasswordSet(set), "session");
}

fn reads_back<E: DomainEvent + PartialEq>(event: &E, field: &str) {
    let written = event.encode().unwrap();
    assert!(written.data.get().contains(field));
    assert_eq!(&E::decode(written.name, written.version, written.data.get()).unwrap(), event);
}
