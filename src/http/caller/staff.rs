//! Operators by what they are there for: an endpoint names the roles it needs one of in its signature, so that it can't be
//! forgotten. An admin may everything.

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use member::operator::Role;

use super::{Gate, OperatorCaller};
use crate::http::Problem;

macro_rules! staff {
    ($($(#[$doc:meta])* $name:ident: $($role:ident)|+),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(pub OperatorCaller);

        impl<S: Send + Sync> FromRequestParts<S> for $name
        where
            Gate: FromRef<S>,
        {
            type Rejection = Problem;

            async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
                let caller = OperatorCaller::from_request_parts(parts, state).await?;
                caller.require_any(&[$(Role::$role),+])?;
                Ok(Self(caller))
            }
        }
    )+};
}

staff! {
    /// An operator who helps shoppers and merchants.
    SupportStaff: Support,
    /// An operator who reviews products and merchants.
    CatalogStaff: Catalog,
    /// An operator who closes statements and pays out.
    FinanceStaff: Finance,
    /// An operator who has a refund tried once more.
    RefundStaff: Support | Finance,
    /// An operator who may everything.
    AdminStaff: Admin,
}
