//! The rules of a merchant's life: from the application to the end, and its password.
//!
//! The rules of contracts, API keys and the bank account are in `decide/`.

mod api_key;
mod bank_account;
mod contract;

use kernel::Timestamp;

use super::{
    Applied, Apply, Approve, Approved, Closed, Command, Dossier, Event, PasswordSet, Phase, Reject, Rejected,
    Rejection, Resumed, SetPassword, State, Suspend, Suspended,
};

pub(super) fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
    match command {
        Command::Apply(apply) => ask_to_sell(state, apply),
        Command::Approve(approve) => take_on(known(state)?, approve),
        Command::Reject(reject) => turn_down(known(state)?, reject),
        Command::AgreeContract(agree) => contract::agree(engaged(state)?, agree),
        Command::Suspend(suspend) => stop(known(state)?, suspend),
        Command::Resume(resume) => go_on(known(state)?, resume.at),
        Command::Close(close) => part(known(state)?, close.at),
        Command::IssueApiKey(issue) => api_key::issue(engaged(state)?, issue),
        Command::RevokeApiKey(revoke) => api_key::revoke(engaged(state)?, &revoke),
        Command::SetPassword(set) => set_password(known(state)?, set),
        Command::RequestBankAccountChange(request) => Ok(bank_account::request(engaged(state)?, request)),
        Command::ApproveBankAccountChange(approve) => bank_account::approve(engaged(state)?, &approve),
        Command::RejectBankAccountChange(reject) => bank_account::reject(engaged(state)?, reject),
    }
}

fn ask_to_sell(state: &State, apply: Apply) -> Result<Vec<Event>, Rejection> {
    match state {
        State::Absent => Ok(vec![applied(apply)]),
        State::Known(dossier) if dossier.phase == Phase::Applied && is_same(dossier, &apply) => Ok(vec![]),
        State::Known(_) => Err(Rejection::AlreadyApplied),
    }
}

fn applied(apply: Apply) -> Event {
    let Apply { merchant, name, business_number, email_hash, contact, bank_account, password_hash, at } =
        apply;
    Event::Applied(Applied {
        merchant,
        name,
        business_number,
        email_hash,
        contact,
        bank_account,
        password_hash,
        at,
    })
}

fn is_same(dossier: &Dossier, apply: &Apply) -> bool {
    (dossier.merchant, &dossier.name) == (apply.merchant, &apply.name)
        && (&dossier.business_number, &dossier.email_hash) == (&apply.business_number, &apply.email_hash)
        && (&dossier.contact, &dossier.bank_account) == (&apply.contact, &apply.bank_account)
        && dossier.password_hash == apply.password_hash
}

fn take_on(dossier: &Dossier, approve: Approve) -> Result<Vec<Event>, Rejection> {
    let Approve { operator, contract, at } = approve;
    match dossier.phase {
        Phase::Applied => {
            contract::check_first(&contract, at)?;
            Ok(vec![Event::Approved(Approved { merchant: dossier.merchant, operator, contract, at })])
        }
        Phase::Approved if contract::is_first(dossier, &contract) => Ok(vec![]),
        Phase::Approved | Phase::Suspended => Err(Rejection::AlreadyDecided),
        Phase::Closed => Err(Rejection::Closed),
        Phase::Rejected => Err(Rejection::Rejected),
    }
}

fn turn_down(dossier: &Dossier, reject: Reject) -> Result<Vec<Event>, Rejection> {
    let Reject { operator, reason, at } = reject;
    let Dossier { merchant, ref email_hash, .. } = *dossier;
    match dossier.phase {
        Phase::Applied => {
            let email_hash = email_hash.clone();
            Ok(vec![Event::Rejected(Rejected { merchant, email_hash, operator, reason, at })])
        }
        Phase::Approved | Phase::Suspended => Err(Rejection::AlreadyDecided),
        Phase::Closed => Err(Rejection::Closed),
        Phase::Rejected => Ok(vec![]),
    }
}

fn stop(dossier: &Dossier, suspend: Suspend) -> Result<Vec<Event>, Rejection> {
    let Suspend { reason, at } = suspend;
    match dossier.phase {
        Phase::Approved => Ok(vec![Event::Suspended(Suspended { merchant: dossier.merchant, reason, at })]),
        Phase::Suspended => Ok(vec![]),
        Phase::Applied | Phase::Closed | Phase::Rejected => Err(refusal(dossier.phase)),
    }
}

fn go_on(dossier: &Dossier, at: Timestamp) -> Result<Vec<Event>, Rejection> {
    match dossier.phase {
        Phase::Approved => Ok(vec![]),
        Phase::Suspended => Ok(vec![Event::Resumed(Resumed { merchant: dossier.merchant, at })]),
        Phase::Applied | Phase::Closed | Phase::Rejected => Err(refusal(dossier.phase)),
    }
}

fn part(dossier: &Dossier, at: Timestamp) -> Result<Vec<Event>, Rejection> {
    match dossier.phase {
        Phase::Approved | Phase::Suspended => {
            let email_hash = dossier.email_hash.clone();
            Ok(vec![Event::Closed(Closed { merchant: dossier.merchant, email_hash, at })])
        }
        Phase::Closed => Ok(vec![]),
        Phase::Applied | Phase::Rejected => Err(refusal(dossier.phase)),
    }
}

/// An applicant has a password too, to see how the application stands.
fn set_password(dossier: &Dossier, set: SetPassword) -> Result<Vec<Event>, Rejection> {
    let SetPassword { password_hash, session, at } = set;
    match dossier.phase {
        Phase::Closed | Phase::Rejected => Err(refusal(dossier.phase)),
        Phase::Applied | Phase::Approved | Phase::Suspended
            if dossier.password_hash.as_ref() == Some(&password_hash) =>
        {
            Ok(vec![])
        }
        Phase::Applied | Phase::Approved | Phase::Suspended => {
            let merchant = dossier.merchant;
            Ok(vec![Event::PasswordSet(PasswordSet { merchant, password_hash, session, at })])
        }
    }
}

fn known(state: &State) -> Result<&Dossier, Rejection> {
    match state {
        State::Absent => Err(Rejection::NotFound),
        State::Known(dossier) => Ok(dossier),
    }
}

/// A merchant who was taken on and has not left, trading or suspended.
fn engaged(state: &State) -> Result<&Dossier, Rejection> {
    let dossier = known(state)?;
    match dossier.phase {
        Phase::Approved | Phase::Suspended => Ok(dossier),
        Phase::Applied | Phase::Closed | Phase::Rejected => Err(refusal(dossier.phase)),
    }
}

/// Why a merchant in this phase is refused what it may do in another.
const fn refusal(phase: Phase) -> Rejection {
    match phase {
        Phase::Applied => Rejection::NotApproved,
        Phase::Approved | Phase::Suspended => Rejection::AlreadyDecided,
        Phase::Closed => Rejection::Closed,
        Phase::Rejected => Rejection::Rejected,
    }
}
