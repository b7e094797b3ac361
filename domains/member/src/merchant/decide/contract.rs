//! The rules of contracts: never retroactive, each later than the last.

use kernel::Timestamp;

use super::super::{AgreeContract, Contract, ContractAgreed, Dossier, Event, Rejection, policy};

pub(super) fn agree(dossier: &Dossier, agree: AgreeContract) -> Result<Vec<Event>, Rejection> {
    let AgreeContract { contract, at } = agree;
    let last = dossier.contracts.last();
    if last.is_some_and(|last| **last == contract) {
        return Ok(vec![]);
    }
    check(&contract, at)?;
    if last.is_some_and(|last| contract.effective_from <= last.effective_from) {
        return Err(Rejection::ContractNotLater);
    }
    if dossier.contracts.len() >= policy::CONTRACTS_MAX {
        return Err(Rejection::TooManyContracts);
    }
    Ok(vec![Event::ContractAgreed(ContractAgreed { merchant: dossier.merchant, contract, at })])
}

/// What holds for every contract, the first included.
pub(super) fn check(contract: &Contract, at: Timestamp) -> Result<(), Rejection> {
    if contract.category_rates.len() > policy::CATEGORY_RATES_MAX {
        Err(Rejection::TooManyCategoryRates)
    } else if contract.effective_from < at {
        Err(Rejection::ContractRetroactive)
    } else {
        Ok(())
    }
}

/// The first one is in force at once: who is taken on may sell, and what is sold has a rate.
pub(super) fn check_first(contract: &Contract, at: Timestamp) -> Result<(), Rejection> {
    check(contract, at)?;
    if contract.effective_from > at { Err(Rejection::ContractNotInForce) } else { Ok(()) }
}

/// Whether the merchant was taken on under this contract.
pub(super) fn is_first(dossier: &Dossier, contract: &Contract) -> bool {
    dossier.contracts.first().is_some_and(|first| **first == *contract)
}
