//! How an aggregate's stream is named in the log. Only this file spells a subject.

use std::sync::Arc;

use bytes::Bytes;
use kernel::Decider;

use crate::{Message, Seq};

/// The first token of every subject, e.g. `shop`: several logs can live on one server side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefix(Arc<str>);

/// The text can't be a subject prefix.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a log's prefix is 1 to 32 of a-z, 0-9, `_` and `-`: `{0}`")]
pub struct PrefixError(String);

impl Prefix {
    /// Parses a prefix.
    pub fn new(prefix: &str) -> Result<Self, PrefixError> {
        let letters =
            prefix.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-');
        if letters && (1..=32).contains(&prefix.len()) {
            Ok(Self(prefix.into()))
        } else {
            Err(PrefixError(prefix.to_owned()))
        }
    }

    /// The prefix as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The subject of one aggregate's stream.
    pub fn subject(&self, stream: &StreamName) -> String {
        format!("{}.{}", self.0, stream.0)
    }

    /// The wildcard that covers every subject of this log.
    pub fn all(&self) -> String {
        format!("{}.>", self.0)
    }

    /// The stream that a subject of this log belongs to.
    pub fn stream(&self, subject: &str) -> Option<StreamName> {
        StreamName::parse(self.name(subject)?.into())
    }

    /// What a subject of this log names.
    fn name<'a>(&self, subject: &'a str) -> Option<&'a str> {
        subject.strip_prefix(&*self.0)?.strip_prefix('.')
    }

    /// A message of this log; all its subjects begin with the prefix.
    pub(crate) fn message(&self, seq: Seq, subject: &str, payload: Bytes) -> Message {
        Message { seq, name: self.name(subject).unwrap_or(subject).into(), payload }
    }
}

/// One aggregate instance's stream: `<context>.<aggregate>.<id>`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamName(Arc<str>);

impl StreamName {
    /// The stream of an aggregate.
    pub fn of<D: Decider>(id: &D::Id) -> Self {
        Self(format!("{}.{}.{id}", D::CONTEXT, D::AGGREGATE).into())
    }

    /// A stream by its three tokens, for histories that are no domain's aggregate (a saga's steps).
    pub fn new(context: &str, aggregate: &str, id: impl std::fmt::Display) -> Self {
        Self(format!("{context}.{aggregate}.{id}").into())
    }

    /// The stream of this whole name; `None` where it has not three tokens.
    pub fn parse(name: Arc<str>) -> Option<Self> {
        (name.split('.').count() == 3).then_some(Self(name))
    }

    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The bounded context.
    pub fn context(&self) -> &str {
        self.token(0)
    }

    /// The aggregate's kind.
    pub fn aggregate(&self) -> &str {
        self.token(1)
    }

    /// The aggregate's id as text.
    pub fn id(&self) -> &str {
        self.token(2)
    }

    /// Whether this is a stream of the aggregate `D`.
    pub fn is<D: Decider>(&self) -> bool {
        self.context() == D::CONTEXT && self.aggregate() == D::AGGREGATE
    }

    fn token(&self, index: usize) -> &str {
        self.0.splitn(3, '.').nth(index).unwrap_or_default()
    }
}

impl std::fmt::Display for StreamName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_leads_back_to_its_stream() {
        let prefix = Prefix::new("shop").unwrap();
        let stream = StreamName::new("order", "order", "7");
        assert_eq!(prefix.subject(&stream), "shop.order.order.7");
        assert_eq!(prefix.stream("shop.order.order.7"), Some(stream.clone()));
        assert_eq!((stream.context(), stream.aggregate(), stream.id()), ("order", "order", "7"));
    }

    #[test]
    fn a_foreign_subject_has_no_stream() {
        let prefix = Prefix::new("shop").unwrap();
        assert_eq!(prefix.stream("shopping.order.order.7"), None);
        assert_eq!(prefix.stream("shop.order"), None);
    }

    #[test]
    fn a_prefix_with_a_wildcard_is_refused() {
        assert!(Prefix::new("shop.*").is_err());
        assert!(Prefix::new("").is_err());
    }
}
