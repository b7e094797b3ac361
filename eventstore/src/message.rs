//! A message of the log as it stands there, before anybody makes sense of it: what seals are made over.

use std::sync::Arc;

use bytes::Bytes;

use crate::{ReadError, Recorded, Seq, StreamName};

/// One message.
#[derive(Debug, Clone)]
pub struct Message {
    /// Where it stands.
    pub seq: Seq,
    /// Its subject without the log's prefix: a log has the same names whatever it is called on its server.
    pub name: Arc<str>,
    /// Its bytes.
    pub payload: Bytes,
}

impl Message {
    /// The aggregate's stream that it belongs to; `None` where its subject is no aggregate's.
    pub fn stream(&self) -> Option<StreamName> {
        StreamName::parse(self.name.clone())
    }

    /// Reads it as a commit of a stream.
    pub fn read(&self, stream: StreamName) -> Result<Recorded, ReadError> {
        Recorded::parse(self.seq, stream, &self.payload)
    }
}
