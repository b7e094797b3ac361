//! Whose cart a request is about: a member's by their token, else a guest's by the id that their browser keeps.

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode};
use kernel::Actor;
use uuid::Uuid;

use crate::carts::CartOwner;
use crate::http::{Gate, MaybeShopper, Problem, Write};

/// The header with a guest's id: a random UUID, as good as the key to the guest's cart.
const GUEST: HeaderName = HeaderName::from_static("jangteo-guest");

/// A member with a token, or a guest.
#[derive(Debug, Clone)]
pub struct CartCaller {
    /// Whose cart.
    pub owner: CartOwner,
    /// As the log writes it.
    pub actor: Actor,
}

impl CartCaller {
    /// A write of this caller's: each guest has keys of their own.
    pub fn own<T>(&self, write: Write<T>) -> Write<T> {
        match self.owner {
            CartOwner::Guest(guest) => write.of_guest(guest),
            CartOwner::Member(_) => write,
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for CartCaller
where
    Gate: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let shopper = MaybeShopper::from_request_parts(parts, state).await?;
        let owner = match shopper.0 {
            Some(shopper) => CartOwner::Member(shopper.member),
            None => CartOwner::Guest(guest(parts)?),
        };
        Ok(Self { owner, actor: shopper.actor() })
    }
}

fn guest(parts: &Parts) -> Result<Uuid, Problem> {
    let Some(value) = parts.headers.get(GUEST) else {
        let detail = "A cart needs `Authorization: Bearer <token>` or, for a guest, `Jangteo-Guest: <uuid>`.";
        return Err(Problem::new(StatusCode::UNAUTHORIZED, "shopper_missing", detail));
    };
    let id = value.to_str().ok().and_then(|text| Uuid::parse_str(text).ok());
    id.ok_or_else(|| Problem::bad_request("bad_guest", "`Jangteo-Guest` is a UUID that the guest keeps."))
}
