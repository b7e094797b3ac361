//! Path parameters. An id that can't be one names nothing: 404, like an id that is not there.

use axum::extract::FromRequestParts;
use axum::extract::path::ErrorKind;
use axum::extract::rejection::PathRejection;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::problem::Problem;

/// The parameters of a path, as with axum's.
#[derive(Debug, Clone)]
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path =
            axum::extract::Path::from_request_parts(parts, state).await.map_err(|why| problem(&why))?;
        Ok(Self(path.0))
    }
}

fn problem(rejection: &PathRejection) -> Problem {
    let ours = match rejection {
        PathRejection::FailedToDeserializePathParams(failed) => {
            matches!(
                failed.kind(),
                ErrorKind::WrongNumberOfParameters { .. } | ErrorKind::UnsupportedType { .. }
            )
        }
        PathRejection::MissingPathParams(_) | _ => true,
    };
    if ours { Problem::internal(rejection) } else { Problem::not_found() }
}
