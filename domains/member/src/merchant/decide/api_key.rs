//! The rules of API keys: a limited number is good at a time, and a revoked one never comes back.

use super::super::{
    ApiKey, ApiKeyIssued, ApiKeyRevoked, Dossier, Event, IssueApiKey, Rejection, RevokeApiKey, policy,
};

pub(super) fn issue(dossier: &Dossier, issue: IssueApiKey) -> Result<Vec<Event>, Rejection> {
    match dossier.api_keys.get(&issue.key) {
        Some(present) if is_same(present, &issue) => return Ok(vec![]),
        Some(_) => return Err(Rejection::ApiKeyExists),
        None => room(dossier, &issue)?,
    }
    let IssueApiKey { key, secret_hash, label, at } = issue;
    Ok(vec![Event::ApiKeyIssued(ApiKeyIssued { merchant: dossier.merchant, key, secret_hash, label, at })])
}

fn is_same(present: &ApiKey, issue: &IssueApiKey) -> bool {
    (&present.secret_hash, &present.label) == (&issue.secret_hash, &issue.label)
}

fn room(dossier: &Dossier, issue: &IssueApiKey) -> Result<(), Rejection> {
    let (live, revoked) = (dossier.api_keys.len(), dossier.revoked_keys.len());
    if dossier.revoked_keys.contains(&issue.key) {
        Err(Rejection::ApiKeyRevoked)
    } else if live >= policy::API_KEYS_LIVE_MAX {
        Err(Rejection::TooManyApiKeys)
    } else if live + revoked >= policy::API_KEYS_ISSUED_MAX {
        Err(Rejection::ApiKeysExhausted)
    } else {
        Ok(())
    }
}

pub(super) fn revoke(dossier: &Dossier, revoke: &RevokeApiKey) -> Result<Vec<Event>, Rejection> {
    let RevokeApiKey { key, at } = *revoke;
    if dossier.api_keys.contains_key(&key) {
        Ok(vec![Event::ApiKeyRevoked(ApiKeyRevoked { merchant: dossier.merchant, key, at })])
    } else if dossier.revoked_keys.contains(&key) {
        Ok(vec![])
    } else {
        Err(Rejection::ApiKeyNotFound)
    }
}
