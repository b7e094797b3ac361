//! Walking the log up to a position: page by page from whichever replica answers, and what a page leaves out from the
//! leader, who alone knows whether it is missing. Unlike a tail it ends, also where the last messages can't be read.

use std::collections::VecDeque;

use async_nats::jetstream::stream::RawMessageErrorKind;
use futures::StreamExt;

use super::Backoff;
use super::source::Source;
use crate::{Message, Messages, ReadError, Seq};

/// Where the walk is, and what was fetched ahead.
struct Walk {
    source: Source,
    at: Seq,
    through: Seq,
    page: VecDeque<Message>,
}

pub(super) fn walk(source: &Source, after: Seq, through: Seq) -> Messages {
    let walk = Walk { source: source.clone(), at: after, through, page: VecDeque::new() };
    futures::stream::try_unfold(walk, |mut walk| async move {
        Ok(walk.next().await?.map(|message| (message, walk)))
    })
    .boxed()
}

impl Walk {
    async fn next(&mut self) -> Result<Option<Message>, ReadError> {
        if self.at >= self.through {
            return Ok(None);
        }
        let following = Seq(self.at.0 + 1);
        if self.page.is_empty() {
            self.page = self.source.direct.messages(&self.source.prefix, self.at).await.into();
        }
        let mut message = self.page.pop_front().filter(|message| message.seq == following);
        if message.is_none() {
            self.page.clear();
            message = self.ask_leader(following).await?.filter(|message| message.seq <= self.through);
        }
        self.at = message.as_ref().map_or(self.through, |message| message.seq);
        Ok(message)
    }

    /// The first message from a position on.
    async fn ask_leader(&self, from: Seq) -> Result<Option<Message>, ReadError> {
        let Source { stream, prefix, patience, .. } = &self.source;
        let mut backoff = Backoff::lasting(*patience);
        let all = prefix.all();
        loop {
            match stream.get_first_raw_message_by_subject(&all, from.0).await {
                Ok(found) => {
                    return Ok(Some(prefix.message(Seq(found.sequence), &found.subject, found.payload)));
                }
                Err(error) if error.kind() == RawMessageErrorKind::NoMessageFound => return Ok(None),
                Err(error) if backoff.pause().await.is_err() => {
                    return Err(ReadError::Unavailable(error.to_string()));
                }
                Err(_) => {}
            }
        }
    }
}
