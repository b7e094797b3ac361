//! The rules of an operator's account: never without a role, and a locked account only gets unlocked.

use std::collections::BTreeSet;

use kernel::Timestamp;

use super::{
    Command, Create, Created, Disabled, Enabled, Event, PasswordSet, Rejection, Role, RolesSet, SetPassword,
    SetRoles, Staff, State,
};

pub(super) fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
    match command {
        Command::Create(create) => open(state, create),
        Command::SetRoles(set) => set_roles(state, set),
        Command::SetPassword(set) => set_password(state, set),
        Command::Disable(disable) => lock(state, disable.at),
        Command::Enable(enable) => unlock(state, enable.at),
    }
}

fn open(state: &State, create: Create) -> Result<Vec<Event>, Rejection> {
    some_role(&create.roles)?;
    match state {
        State::Absent => Ok(vec![created(create)]),
        State::Enabled(staff) if is_same(staff, &create) => Ok(vec![]),
        State::Enabled(_) | State::Disabled(_) => Err(Rejection::AlreadyCreated),
    }
}

fn created(create: Create) -> Event {
    let Create { operator, name, email_hash, password_hash, roles, at } = create;
    Event::Created(Created { operator, name, email_hash, password_hash, roles, at })
}

fn is_same(staff: &Staff, create: &Create) -> bool {
    (staff.operator, &staff.name) == (create.operator, &create.name)
        && (&staff.email_hash, &staff.password_hash) == (&create.email_hash, &create.password_hash)
        && staff.roles == create.roles
}

fn set_roles(state: &State, SetRoles { roles, at }: SetRoles) -> Result<Vec<Event>, Rejection> {
    let staff = enabled(state)?;
    some_role(&roles)?;
    if staff.roles == roles {
        return Ok(vec![]);
    }
    Ok(vec![Event::RolesSet(RolesSet { operator: staff.operator, roles, at })])
}

fn set_password(state: &State, set: SetPassword) -> Result<Vec<Event>, Rejection> {
    let staff = enabled(state)?;
    let SetPassword { password_hash, session, at } = set;
    if staff.password_hash == password_hash {
        return Ok(vec![]);
    }
    let operator = staff.operator;
    Ok(vec![Event::PasswordSet(PasswordSet { operator, password_hash, session, at })])
}

fn lock(state: &State, at: Timestamp) -> Result<Vec<Event>, Rejection> {
    match state {
        State::Absent => Err(Rejection::NotFound),
        State::Enabled(staff) => Ok(vec![Event::Disabled(Disabled { operator: staff.operator, at })]),
        State::Disabled(_) => Ok(vec![]),
    }
}

fn unlock(state: &State, at: Timestamp) -> Result<Vec<Event>, Rejection> {
    match state {
        State::Absent => Err(Rejection::NotFound),
        State::Enabled(_) => Ok(vec![]),
        State::Disabled(staff) => Ok(vec![Event::Enabled(Enabled { operator: staff.operator, at })]),
    }
}

fn enabled(state: &State) -> Result<&Staff, Rejection> {
    match state {
        State::Absent => Err(Rejection::NotFound),
        State::Enabled(staff) => Ok(staff),
        State::Disabled(_) => Err(Rejection::Disabled),
    }
}

fn some_role(roles: &BTreeSet<Role>) -> Result<(), Rejection> {
    if roles.is_empty() { Err(Rejection::NoRoles) } else { Ok(()) }
}
