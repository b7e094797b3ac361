//! How an event is written down: a wire name and version that stay forever, and a JSON body.
//!
//! [`domain_event!`](crate::domain_event) gives an event enum its wire names, in one table beside the enum.

use serde_json::value::RawValue;

/// An event as it is stored: its name, its version, its body.
#[derive(Debug, Clone)]
pub struct EncodedEvent {
    /// The wire name, e.g. `placed`; unique within its aggregate.
    pub name: &'static str,
    /// The version of the body's shape, from 1.
    pub version: u16,
    /// The body, one JSON value.
    pub data: Box<RawValue>,
}

/// Why stored bytes are not an event of the expected aggregate.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// No event of this name and version is known here: the log was written by a newer release.
    #[error("unknown event `{name}` version {version}")]
    Unknown {
        /// The wire name found.
        name: String,
        /// The version found.
        version: u16,
    },
    /// The name is known, the body doesn't fit it.
    #[error("the body of event `{name}` version {version} cannot be read: {source}")]
    Body {
        /// The wire name found.
        name: String,
        /// The version found.
        version: u16,
        /// What the JSON reader said.
        source: serde_json::Error,
    },
}

/// An event of one aggregate that can be written to and read from the log.
pub trait DomainEvent: Sized + Clone + std::fmt::Debug + Send + Sync + 'static {
    /// Every wire name and version that this release writes, in the order of the enum.
    const WIRE: &'static [(&'static str, u16)];

    /// The wire name of this event.
    fn name(&self) -> &'static str;

    /// Writes the event down in its current version.
    fn encode(&self) -> Result<EncodedEvent, serde_json::Error>;

    /// Reads an event of any version ever written, bringing old shapes up to today's.
    fn decode(name: &str, version: u16, data: &str) -> Result<Self, DecodeError>;
}

/// Implements [`DomainEvent`] for an enum whose variants each hold one serialisable body.
///
/// ```
/// use serde::{Deserialize, Serialize};
/// #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
/// pub struct Opened { pub by: String }
/// #[derive(Debug, Clone, PartialEq)]
/// pub enum Event { Opened(Opened) }
/// kernel::domain_event! { Event { Opened => "opened" 1 } }
/// ```
#[macro_export]
macro_rules! domain_event {
    ($event:ident { $($variant:ident => $name:literal $version:literal),+ $(,)? }) => {
        impl $crate::DomainEvent for $event {
            const WIRE: &'static [(&'static str, u16)] = &[$(($name, $version)),+];

            fn name(&self) -> &'static str {
                match self { $(Self::$variant(_) => $name),+ }
            }

            fn encode(&self) -> Result<$crate::EncodedEvent, $crate::event::JsonError> {
                match self {
                    $(Self::$variant(body) => $crate::event::encode_body($name, $version, body)),+
                }
            }

            fn decode(name: &str, version: u16, data: &str) -> Result<Self, $crate::DecodeError> {
                match (name, version) {
                    $(($name, $version) => {
                        $crate::event::decode_body(name, version, data).map(Self::$variant)
                    })+
                    _ => Err($crate::DecodeError::Unknown { name: name.to_owned(), version }),
                }
            }
        }
    };
}

/// What the JSON writer says when a body can't be written; named here for [`domain_event!`](crate::domain_event).
pub type JsonError = serde_json::Error;

/// Writes one event body; [`domain_event!`](crate::domain_event) calls it.
pub fn encode_body<T: serde::Serialize>(
    name: &'static str,
    version: u16,
    body: &T,
) -> Result<EncodedEvent, serde_json::Error> {
    Ok(EncodedEvent { name, version, data: serde_json::value::to_raw_value(body)? })
}

/// Reads one event body; [`domain_event!`](crate::domain_event) calls it.
pub fn decode_body<T: serde::de::DeserializeOwned>(
    name: &str,
    version: u16,
    data: &str,
) -> Result<T, DecodeError> {
    serde_json::from_str(data).map_err(|source| DecodeError::Body { name: name.to_owned(), version, source })
}
