//! The rules of a member's account: its life, its password, its profile, its grade and its consents.
//!
//! The address book's rules are in `decide/address.rs`.

mod address;

use kernel::Timestamp;

use super::{
    Account, Activated, ChangeProfile, Command, ConsentSet, Event, FellDormant, GradeSet, PasswordSet,
    ProfileChanged, Reactivated, Register, Registered, Rejection, SetConsent, SetGrade, SetPassword,
    Standing, State, Withdrawn,
};

pub(super) fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
    match command {
        Command::Register(register) => sign_up(state, register),
        Command::SetPassword(set) => Ok(set_password(awake(state)?, set)),
        Command::ChangeProfile(change) => Ok(change_profile(awake(state)?, change)),
        Command::AddAddress(add) => address::add(awake(state)?, add),
        Command::RemoveAddress(remove) => Ok(address::remove(awake(state)?, remove)),
        Command::SetDefaultAddress(set) => address::set_default(awake(state)?, set),
        Command::SetConsent(set) => set_consent(state, &set),
        Command::SetGrade(set) => Ok(set_grade(living(state)?, set)),
        Command::FallDormant(fall) => fall_dormant(living(state)?, fall.at),
        Command::Reactivate(reactivate) => wake(living(state)?, reactivate.at),
        Command::Withdraw(withdraw) => leave(state, withdraw.at),
    }
}

/// There is no e-mail confirmation yet, so a sign-up activates at once.
fn sign_up(state: &State, register: Register) -> Result<Vec<Event>, Rejection> {
    match state {
        State::Absent => {
            let Register { member, email_hash, profile, password_hash, at } = register;
            let registered = Registered { member, email_hash, profile, password_hash, at };
            Ok(vec![Event::Registered(registered), Event::Activated(Activated { member, at })])
        }
        State::Living(account) if is_same(account, &register) => Ok(vec![]),
        State::Living(_) => Err(Rejection::AlreadyRegistered),
        State::Withdrawn => Err(Rejection::Withdrawn),
    }
}

fn is_same(account: &Account, register: &Register) -> bool {
    (account.member, &account.email_hash) == (register.member, &register.email_hash)
        && (&account.profile, &account.password_hash) == (&register.profile, &register.password_hash)
}

fn set_password(account: &Account, set: SetPassword) -> Vec<Event> {
    let SetPassword { password_hash, session, at } = set;
    if account.password_hash.as_ref() == Some(&password_hash) {
        return vec![];
    }
    vec![Event::PasswordSet(PasswordSet { member: account.member, password_hash, session, at })]
}

fn change_profile(account: &Account, change: ChangeProfile) -> Vec<Event> {
    let ChangeProfile { profile, at } = change;
    if account.profile == profile {
        return vec![];
    }
    vec![Event::ProfileChanged(ProfileChanged { member: account.member, profile, at })]
}

/// A consent can be taken back at any time, but only a member who is awake gives one.
fn set_consent(state: &State, set: &SetConsent) -> Result<Vec<Event>, Rejection> {
    let account = if set.granted { awake(state)? } else { living(state)? };
    if account.allows(set.channel) == set.granted {
        return Ok(vec![]);
    }
    let SetConsent { channel, granted, at } = *set;
    Ok(vec![Event::ConsentSet(ConsentSet { member: account.member, channel, granted, at })])
}

/// Also of somebody at rest: it is the marketplace's to give.
fn set_grade(account: &Account, set: SetGrade) -> Vec<Event> {
    let SetGrade { grade, reason, at } = set;
    if account.grades.now() == grade {
        return vec![];
    }
    vec![Event::GradeSet(GradeSet { member: account.member, grade, reason, at })]
}

fn fall_dormant(account: &Account, at: Timestamp) -> Result<Vec<Event>, Rejection> {
    match account.standing {
        Standing::Registered => Err(Rejection::NotActivated),
        Standing::Active => Ok(vec![Event::FellDormant(FellDormant { member: account.member, at })]),
        Standing::Dormant => Ok(vec![]),
    }
}

fn wake(account: &Account, at: Timestamp) -> Result<Vec<Event>, Rejection> {
    match account.standing {
        Standing::Registered => Err(Rejection::NotActivated),
        Standing::Active => Ok(vec![]),
        Standing::Dormant => Ok(vec![Event::Reactivated(Reactivated { member: account.member, at })]),
    }
}

fn leave(state: &State, at: Timestamp) -> Result<Vec<Event>, Rejection> {
    match state {
        State::Absent => Err(Rejection::NotFound),
        State::Living(account) => {
            let email_hash = account.email_hash.clone();
            Ok(vec![Event::Withdrawn(Withdrawn { member: account.member, email_hash, at })])
        }
        State::Withdrawn => Ok(vec![]),
    }
}

fn living(state: &State) -> Result<&Account, Rejection> {
    match state {
        State::Absent => Err(Rejection::NotFound),
        State::Living(account) => Ok(account),
        State::Withdrawn => Err(Rejection::Withdrawn),
    }
}

fn awake(state: &State) -> Result<&Account, Rejection> {
    let account = living(state)?;
    match account.standing {
        Standing::Registered | Standing::Active => Ok(account),
        Standing::Dormant => Err(Rejection::Dormant),
    }
}
