//! An operator's account and its roles.

use std::collections::BTreeSet;

use member::operator::{
    Command, Create, Created, Disable, Disabled, Enable, Enabled, Event, Operator, PasswordSet, Rejection,
    Role, RolesSet, SetPassword, SetRoles,
};

use crate::given::{Given, given};
use crate::sample::{day, email_hash, operator_id, password, text};

fn create(roles: impl IntoIterator<Item = Role>) -> Create {
    Create {
        operator: operator_id(),
        name: text("Kim"),
        email_hash: email_hash(3),
        password_hash: password("one"),
        roles: roles.into_iter().collect(),
        at: day(1),
    }
}

fn set_roles(roles: impl IntoIterator<Item = Role>) -> Command {
    Command::SetRoles(SetRoles { roles: roles.into_iter().collect(), at: day(2) })
}

fn set_password(salt: &str) -> Command {
    Command::SetPassword(SetPassword { password_hash: password(salt), session: None, at: day(2) })
}

fn disable() -> Command {
    Command::Disable(Disable { at: day(3) })
}

fn enable() -> Command {
    Command::Enable(Enable { at: day(4) })
}

fn absent() -> Given<Operator> {
    given([])
}

fn enabled() -> Given<Operator> {
    absent().and([Command::Create(create([Role::Support]))])
}

fn disabled() -> Given<Operator> {
    enabled().and([disable()])
}

#[test]
fn an_operator_is_created_enabled() {
    let Create { operator, name, email_hash, password_hash, roles, at } = create([Role::Support]);
    let created = Created { operator, name, email_hash, password_hash, roles, at };
    absent().when(Command::Create(create([Role::Support]))).then_events([Event::Created(created)]);
    let state = enabled().state();
    assert!(state.is_enabled());
    assert_eq!(state.name(), Some(&text("Kim")));
    assert_eq!(state.password_hash(), Some(&password("one")));
}

#[test]
fn an_operator_is_created_once() {
    let same = || Command::Create(create([Role::Support]));
    enabled().when(same()).then_nothing();
    let other = Command::Create(create([Role::Finance]));
    enabled().when(other).then_refused(Rejection::AlreadyCreated);
    disabled().when(same()).then_refused(Rejection::AlreadyCreated);
}

#[test]
fn an_operator_is_never_without_roles() {
    absent().when(Command::Create(create([]))).then_refused(Rejection::NoRoles);
    enabled().when(set_roles([])).then_refused(Rejection::NoRoles);
}

#[test]
fn roles_are_replaced_whole() {
    let roles = BTreeSet::from([Role::Catalog, Role::Finance]);
    let set = RolesSet { operator: operator_id(), roles: roles.clone(), at: day(2) };
    enabled().when(set_roles(roles.clone())).then_events([Event::RolesSet(set)]);
    enabled().when(set_roles([Role::Support])).then_nothing();
    let state = enabled().and([set_roles(roles)]).state();
    assert!(state.roles().eq([Role::Catalog, Role::Finance]));
}

#[test]
fn a_role_opens_only_its_own_and_an_admin_may_everything() {
    let support = enabled().state();
    assert!(support.may(Role::Support));
    assert!(!support.may(Role::Finance));
    assert!(!support.may(Role::Admin));
    let admin = enabled().and([set_roles([Role::Admin])]).state();
    assert!(
        [Role::Support, Role::Catalog, Role::Finance, Role::Admin].into_iter().all(|role| admin.may(role))
    );
}

#[test]
fn a_disabled_operator_may_nothing() {
    let state = enabled().and([set_roles([Role::Admin]), disable()]).state();
    assert!(!state.is_enabled());
    assert!(!state.may(Role::Support));
    assert!(!absent().state().may(Role::Support));
}

#[test]
fn a_password_is_replaced() {
    let set =
        PasswordSet { operator: operator_id(), password_hash: password("two"), session: None, at: day(2) };
    enabled().when(set_password("two")).then_events([Event::PasswordSet(set)]);
    enabled().when(set_password("one")).then_nothing();
    let state = enabled().and([set_password("two")]).state();
    assert_eq!(state.password_hash(), Some(&password("two")));
}

#[test]
fn a_disabled_operator_can_only_be_enabled() {
    disabled().when(set_roles([Role::Admin])).then_refused(Rejection::Disabled);
    disabled().when(set_password("two")).then_refused(Rejection::Disabled);
    disabled().when(disable()).then_nothing();
    let enabled = Enabled { operator: operator_id(), at: day(4) };
    disabled().when(enable()).then_events([Event::Enabled(enabled)]);
}

#[test]
fn an_enabled_operator_is_disabled() {
    let disabled = Disabled { operator: operator_id(), at: day(3) };
    enabled().when(disable()).then_events([Event::Disabled(disabled)]);
    enabled().when(enable()).then_nothing();
}

#[test]
fn an_absent_operator_is_not_found() {
    for command in [set_roles([Role::Admin]), set_password("two"), disable(), enable()] {
        absent().when(command).then_refused(Rejection::NotFound);
    }
}
