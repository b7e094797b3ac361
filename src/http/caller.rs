//! Who calls: extractors that let in only a shopper, a merchant or an operator. Never here: what the caller may do with
//! a given thing (whose order it is, say): that is asked where the thing is read.

mod authority;
mod staff;

use std::collections::BTreeSet;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use kernel::Actor;
use kernel::id::{MemberId, MerchantId, OperatorId, SessionId};
use member::Holder;
use member::operator::Role;

pub use authority::{Authority, Gate};
pub use staff::{AdminStaff, CatalogStaff, FinanceStaff, RefundStaff, SupportStaff};

use super::problem::Problem;

/// A shopper with an access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shopper {
    /// Who.
    pub member: MemberId,
    /// In which session.
    pub session: SessionId,
}

/// A shopper, or nobody known. A token that is not good is refused all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MaybeShopper(pub Option<Shopper>);

/// A merchant, by API key or access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MerchantCaller {
    /// Who.
    pub merchant: MerchantId,
    /// In which session; none with an API key.
    pub session: Option<SessionId>,
}

/// An operator with an access token and the roles held at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorCaller {
    /// Who.
    pub operator: OperatorId,
    /// In which session.
    pub session: SessionId,
    /// What they are there for.
    pub roles: BTreeSet<Role>,
}

impl Shopper {
    /// As the log writes it.
    pub const fn actor(&self) -> Actor {
        Actor::Shopper { member: self.member }
    }
}

impl MaybeShopper {
    /// As the log writes it.
    pub fn actor(&self) -> Actor {
        self.0.map_or(Actor::Guest, |shopper| shopper.actor())
    }
}

impl MerchantCaller {
    /// As the log writes it.
    pub const fn actor(&self) -> Actor {
        Actor::Merchant { merchant: self.merchant }
    }
}

impl OperatorCaller {
    /// As the log writes it.
    pub const fn actor(&self) -> Actor {
        Actor::Operator { operator: self.operator }
    }

    /// Refuses an operator without this role. An admin may everything.
    pub fn require(&self, role: Role) -> Result<(), Problem> {
        self.require_any(&[role])
    }

    /// Refuses an operator without any of these roles. An admin may everything.
    pub fn require_any(&self, roles: &[Role]) -> Result<(), Problem> {
        if roles.iter().chain([&Role::Admin]).any(|role| self.roles.contains(role)) {
            return Ok(());
        }
        let named: Vec<_> = roles.iter().map(|role| format!("{role:?}")).collect();
        let detail = format!("This needs the role {} (or Admin), which you do not have.", named.join(" or "));
        Err(Problem::new(StatusCode::FORBIDDEN, "role_missing", detail))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Shopper
where
    Gate: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        MaybeShopper::from_request_parts(parts, state).await?.0.ok_or_else(Problem::token_missing)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for MaybeShopper
where
    Gate: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Gate::from_ref(state).identify(bearer(&parts.headers)?).await? {
            None => Ok(Self(None)),
            Some((Holder::Member(member), Some(session))) => Ok(Self(Some(Shopper { member, session }))),
            Some(_) => Err(wrong_caller("a shopper's access token")),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for MerchantCaller
where
    Gate: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Gate::from_ref(state).identify(bearer(&parts.headers)?).await? {
            None => Err(Problem::token_missing()),
            Some((Holder::Merchant(merchant), session)) => Ok(Self { merchant, session }),
            Some(_) => Err(wrong_caller("a merchant's API key or access token")),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for OperatorCaller
where
    Gate: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let gate = Gate::from_ref(state);
        match gate.identify(bearer(&parts.headers)?).await? {
            None => Err(Problem::token_missing()),
            Some((Holder::Operator(operator), Some(session))) => {
                Ok(Self { operator, session, roles: gate.roles(operator).await? })
            }
            Some(_) => Err(wrong_caller("an operator's access token")),
        }
    }
}

/// The token of `Authorization: Bearer <token>`; `None` without the header.
fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let mut given = headers.get_all(header::AUTHORIZATION).iter();
    let Some(only) = given.next() else { return Ok(None) };
    let text = only.to_str().map_err(|_| Problem::token_malformed())?;
    let (scheme, token) = text.split_once(' ').ok_or_else(Problem::token_malformed)?;
    let token = token.trim();
    if given.next().is_some() || token.is_empty() || !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Problem::token_malformed());
    }
    Ok(Some(token))
}

fn wrong_caller(wanted: &str) -> Problem {
    let detail = format!("This is for others: it needs {wanted}.");
    Problem::new(StatusCode::FORBIDDEN, "wrong_caller", detail)
}

impl Problem {
    /// 401: nobody is named.
    pub fn token_missing() -> Self {
        let detail = "This needs `Authorization: Bearer <token>`.";
        Self::new(StatusCode::UNAUTHORIZED, "token_missing", detail)
    }

    /// 401: what names the caller can't be read, or isn't ours.
    pub fn token_malformed() -> Self {
        let detail = "The token is not one of ours, or it was damaged on its way.";
        Self::new(StatusCode::UNAUTHORIZED, "token_malformed", detail)
    }

    /// 401: the token, or its session, is over.
    pub fn token_expired() -> Self {
        let detail = "The token has expired or its session has ended. Refresh it, or sign in again.";
        Self::new(StatusCode::UNAUTHORIZED, "token_expired", detail)
    }

    /// 401: the API key is not good, or never was.
    pub fn key_revoked() -> Self {
        let detail = "The API key is not known or was revoked.";
        Self::new(StatusCode::UNAUTHORIZED, "key_revoked", detail)
    }
}
