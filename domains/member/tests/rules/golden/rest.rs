//! One fixed sample of every event of an e-mail claim, a session, the admins and an operator.

use std::collections::BTreeSet;

use member::{Admins, EmailClaim, Operator, Session, admins, email, operator, session};

use super::check;
use crate::sample::{day, email_hash, id, operator_id, password, secret_hash, shopper, text};

#[test]
fn every_email_event_keeps_its_shape() {
    let (email_hash, holder) = (email_hash(1), shopper());
    let claimed = email::Claimed { email_hash: email_hash.clone(), holder, at: day(1) };
    let released = email::Released { email_hash, holder, at: day(2) };
    check::<EmailClaim>(&[email::Event::Claimed(claimed), email::Event::Released(released)]);
}

#[test]
fn every_event_of_the_admins_keeps_its_shape() {
    let operator = operator_id();
    check::<Admins>(&[
        admins::Event::Joined(admins::Joined { operator, at: day(1) }),
        admins::Event::Left(admins::Left { operator, at: day(2) }),
    ]);
}

#[test]
fn every_session_event_keeps_its_shape() {
    let (session, principal, reason) = (id(7), shopper(), session::RevokeReason::LoggedOut);
    let (expires_at, refresh_hash) = (day(20), secret_hash(1));
    let opened =
        session::Opened { session, principal, refresh_hash, password_changes: 0, expires_at, at: day(1) };
    let refresh_hash = secret_hash(2);
    let rotated = session::Rotated { session, principal, refresh_hash, expires_at, at: day(2) };
    let revoked = session::Revoked { session, principal, reason, at: day(3) };
    check::<Session>(&[
        session::Event::Opened(opened),
        session::Event::Rotated(rotated),
        session::Event::Revoked(revoked),
    ]);
}

#[test]
fn every_operator_event_keeps_its_shape() {
    let operator = operator_id();
    let created = operator::Created {
        operator,
        name: text("김 Operator"),
        email_hash: email_hash(3),
        password_hash: password("salt"),
        roles: BTreeSet::from([operator::Role::Support, operator::Role::Catalog]),
        at: day(1),
    };
    let roles = BTreeSet::from([operator::Role::Finance, operator::Role::Admin]);
    check::<Operator>(&[
        operator::Event::Created(created),
        operator::Event::RolesSet(operator::RolesSet { operator, roles, at: day(2) }),
        operator::Event::PasswordSet(operator::PasswordSet {
            operator,
            password_hash: password("pepper"),
            session: None,
            at: day(3),
        }),
        operator::Event::Disabled(operator::Disabled { operator, at: day(4) }),
        operator::Event::Enabled(operator::Enabled { operator, at: day(5) }),
    ]);
}
