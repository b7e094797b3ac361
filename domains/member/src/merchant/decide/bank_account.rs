//! The rules of the bank account: a change is asked for by the merchant and takes effect when an operator approves.

use super::super::{
    ApproveBankAccountChange, BankAccountChangeApproved, BankAccountChangeRejected,
    BankAccountChangeRequested, Dossier, Event, RejectBankAccountChange, Rejection, RequestBankAccountChange,
};

pub(super) fn request(dossier: &Dossier, request: RequestBankAccountChange) -> Vec<Event> {
    let RequestBankAccountChange { bank_account, at } = request;
    let wanted = dossier.requested_bank_account.as_ref().unwrap_or(&dossier.bank_account);
    if *wanted == bank_account {
        return vec![];
    }
    let merchant = dossier.merchant;
    vec![Event::BankAccountChangeRequested(BankAccountChangeRequested { merchant, bank_account, at })]
}

pub(super) fn approve(
    dossier: &Dossier,
    approve: &ApproveBankAccountChange,
) -> Result<Vec<Event>, Rejection> {
    let ApproveBankAccountChange { operator, at } = *approve;
    let bank_account = dossier.requested_bank_account.clone().ok_or(Rejection::NoBankAccountChange)?;
    let merchant = dossier.merchant;
    let approved = BankAccountChangeApproved { merchant, bank_account, operator, at };
    Ok(vec![Event::BankAccountChangeApproved(approved)])
}

pub(super) fn reject(dossier: &Dossier, reject: RejectBankAccountChange) -> Result<Vec<Event>, Rejection> {
    if dossier.requested_bank_account.is_none() {
        return Err(Rejection::NoBankAccountChange);
    }
    let RejectBankAccountChange { operator, reason, at } = reject;
    let rejected = BankAccountChangeRejected { merchant: dossier.merchant, operator, reason, at };
    Ok(vec![Event::BankAccountChangeRejected(rejected)])
}
