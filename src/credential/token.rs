//! Access tokens: a JWT (HS256) that says who, in which session, until when. Never here: roles (they are looked up).

use std::sync::Arc;

use chrono::{DateTime, TimeDelta};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use kernel::Timestamp;
use kernel::id::SessionId;
use member::Holder;
use quick_cache::sync::Cache;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Secret;

/// How long an access token is good, in minutes.
const GOOD_FOR_MINUTES: i64 = 15;
/// Of how many tokens a process remembers what their signature holds for.
const KNOWN: usize = 10_000;

/// Signs and reads access tokens.
#[derive(Clone)]
pub struct Tokens {
    sign: EncodingKey,
    verify: DecodingKey,
    /// What tokens say that were read before; when they are good until is asked each time.
    known: Arc<Cache<Box<str>, Claims>>,
}

/// What a good token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claims {
    /// Who.
    pub principal: Holder,
    /// In which session.
    pub session: SessionId,
    /// Since when, to the second.
    pub issued_at: Timestamp,
    /// Until when, to the second.
    pub expires_at: Timestamp,
}

/// A token just made.
#[derive(Clone)]
pub struct Issued {
    /// The token.
    pub token: String,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

/// Why a token is not good.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not a token of this installation: its shape, signature or content is wrong.
    #[error("the access token is malformed")]
    Malformed,
    /// It was good once.
    #[error("the access token has expired")]
    Expired,
    /// It can't be signed.
    #[error("an access token cannot be signed: {0}")]
    Signing(String),
}

/// The claims as the token writes them: seconds since 1970, the principal as `kind:uuid`.
#[derive(Serialize, Deserialize)]
struct Wire {
    sub: String,
    sid: Uuid,
    iat: i64,
    exp: i64,
}

impl Tokens {
    /// Tokens signed with this key.
    pub fn new(key: &Secret) -> Self {
        let (sign, verify) = (EncodingKey::from_secret(key.bytes()), DecodingKey::from_secret(key.bytes()));
        Self { sign, verify, known: Arc::new(Cache::new(KNOWN)) }
    }

    /// A token for a principal in a session, good for a quarter of an hour.
    pub fn issue(&self, principal: Holder, session: SessionId, at: Timestamp) -> Result<Issued, TokenError> {
        let expires_at = at + TimeDelta::minutes(GOOD_FOR_MINUTES);
        let (iat, exp) = (at.timestamp(), expires_at.timestamp());
        let wire = Wire { sub: subject(principal), sid: session.0, iat, exp };
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &wire, &self.sign)
            .map_err(|error| TokenError::Signing(error.to_string()))?;
        Ok(Issued { token, expires_at: instant(exp)? })
    }

    /// Reads a token as of an instant.
    pub fn read(&self, token: &str, at: Timestamp) -> Result<Claims, TokenError> {
        let claims = match self.known.get(token) {
            Some(claims) => claims,
            None => self.verified(token)?,
        };
        if at < claims.expires_at { Ok(claims) } else { Err(TokenError::Expired) }
    }

    fn verified(&self, token: &str) -> Result<Claims, TokenError> {
        let wire = jsonwebtoken::decode::<Wire>(token, &self.verify, &signature_only())
            .map_err(|_| TokenError::Malformed)?
            .claims;
        let claims = Claims {
            principal: principal(&wire.sub).ok_or(TokenError::Malformed)?,
            session: SessionId(wire.sid),
            issued_at: instant(wire.iat)?,
            expires_at: instant(wire.exp)?,
        };
        self.known.insert(token.into(), claims);
        Ok(claims)
    }
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tokens(…)")
    }
}

impl std::fmt::Debug for Issued {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Issued(…, until {})", self.expires_at)
    }
}

/// The library reads the machine's clock to check times; ours is a parameter, so times are checked here.
fn signature_only() -> Validation {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation
}

fn instant(seconds: i64) -> Result<Timestamp, TokenError> {
    DateTime::from_timestamp(seconds, 0).ok_or(TokenError::Malformed)
}

fn subject(principal: Holder) -> String {
    match principal {
        Holder::Member(id) => format!("member:{id}"),
        Holder::Merchant(id) => format!("merchant:{id}"),
        Holder::Operator(id) => format!("operator:{id}"),
    }
}

fn principal(subject: &str) -> Option<Holder> {
    let (kind, id) = subject.split_once(':')?;
    let id = Uuid::parse_str(id).ok()?;
    match kind {
        "member" => Some(Holder::Member(id.into())),
        "merchant" => Some(Holder::Merchant(id.into())),
        "operator" => Some(Holder::Operator(id.into())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(byte: &str) -> Tokens {
        Tokens::new(&Secret::parse("key", &byte.repeat(32)).unwrap())
    }

    #[test]
    fn a_token_says_who_for_a_quarter_of_an_hour() {
        let (at, session) = (DateTime::UNIX_EPOCH, SessionId(Uuid::from_u128(3)));
        for principal in [
            Holder::Member(Uuid::from_u128(1).into()),
            Holder::Merchant(Uuid::from_u128(1).into()),
            Holder::Operator(Uuid::from_u128(1).into()),
        ] {
            let issued = tokens("0a").issue(principal, session, at).unwrap();
            let last = issued.expires_at - TimeDelta::milliseconds(1);
            let claims = tokens("0a").read(&issued.token, last).unwrap();
            assert_eq!((claims.principal, claims.session, claims.issued_at), (principal, session, at));
            assert_eq!(claims.expires_at, at + TimeDelta::minutes(15));
            assert_eq!(tokens("0a").read(&issued.token, issued.expires_at), Err(TokenError::Expired));
        }
    }

    #[test]
    fn a_token_of_another_key_or_algorithm_is_malformed() {
        let at = DateTime::UNIX_EPOCH;
        let holder = Holder::Member(Uuid::from_u128(1).into());
        let issued = tokens("0a").issue(holder, SessionId(Uuid::from_u128(3)), at).unwrap();
        assert_eq!(tokens("0b").read(&issued.token, at), Err(TokenError::Malformed));
        // {"alg":"none"} in front of the same claims, unsigned.
        let claims = issued.token.split('.').nth(1).unwrap();
        let unsigned = format!("eyJhbGciOiJub25lIn0.{claims}.");
        assert_eq!(tokens("0a").read(&unsigned, at), Err(TokenError::Malformed));
    }
}
