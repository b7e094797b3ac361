//! Strict query strings: a parameter that nobody asked for is refused, so that a misspelt filter never means "all".

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::Deserializer;
use serde::de::value::Error as ProbeError;
use serde::de::{DeserializeOwned, Error as _, Visitor};
use serde::forward_to_deserialize_any;

use super::problem::{FieldError, Problem};

/// The parameters of a query string; `T` is a struct with one field per parameter. Lists use [`super::page::Paged`].
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        strict(&pairs(parts)).map(Self)
    }
}

/// A query string's decoded pairs.
pub(super) fn pairs(parts: &Parts) -> Vec<(String, String)> {
    form_urlencoded::parse(parts.uri.query().unwrap_or("").as_bytes()).into_owned().collect()
}

/// Reads pairs into a struct, of which each must name a field.
pub(super) fn strict<T: DeserializeOwned>(pairs: &[(String, String)]) -> Result<T, Problem> {
    if let Some(known) = fields_of::<T>()
        && let Some((name, _)) = pairs.iter().find(|(name, _)| !known.contains(&name.as_str()))
    {
        return Err(unknown(name, known));
    }
    let written = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let reader = serde_urlencoded::Deserializer::new(form_urlencoded::parse(written.as_bytes()));
    serde_path_to_error::deserialize(reader).map_err(|error| {
        let field = error.path().to_string();
        bad(&field, "invalid", error.into_inner().to_string())
    })
}

/// The problem of one parameter.
pub(super) fn bad(name: &str, code: &'static str, detail: String) -> Problem {
    let error = FieldError { field: name.to_owned(), code, detail };
    Problem::bad_request("bad_query", "The query has parameters that cannot be taken; see `errors`.")
        .with_error(error)
}

fn unknown(name: &str, known: &[&str]) -> Problem {
    let detail = if known.is_empty() {
        "no parameters are known here".to_owned()
    } else {
        format!("known here are: {}", known.join(", "))
    };
    let error = FieldError { field: name.to_owned(), code: "unknown", detail };
    Problem::bad_request("unknown_query_parameter", "The query has a parameter that is not known here.")
        .with_error(error)
}

/// The names that a struct asks for; `None` where it isn't a plain struct and doesn't say.
fn fields_of<T: DeserializeOwned>() -> Option<&'static [&'static str]> {
    let mut fields = None;
    // The probe always fails; what it was asked for is the answer.
    let _ = T::deserialize(Probe(&mut fields));
    fields
}

/// A reader that gives nothing and notes what it was asked for.
struct Probe<'a>(&'a mut Option<&'static [&'static str]>);

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = ProbeError;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, ProbeError> {
        Err(ProbeError::custom("a probe has no value"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        *self.0 = Some(fields);
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
