//! Carts live in a JetStream key-value bucket with revisions and a time to live: they are not history.
//!
//! A cart remembers the latest requests that changed it, so that one sent twice puts nothing in twice. A process remembers
//! the carts that it saw lately: a change is tried on those first, guarded by the revision, and anything but a success counts
//! for nothing until the cart was read anew.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream::kv::Operation;
use eventstore::jetstream::ConnectError;
use eventstore::{Bucket, BucketConfig, Context, Seq};
use kernel::id::{CommandId, MemberId};
use kernel::{MallId, Rejection};
use order::cart::Cart;
use quick_cache::sync::Cache;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A cart that nobody touched for this long is forgotten.
const TIME_TO_LIVE: Duration = Duration::from_hours(24 * 30);
/// How often a change is tried again because another one was first.
const MAX_ATTEMPTS: u32 = 16;
/// How many requests a cart remembers.
const REMEMBERED: usize = 16;
/// How many carts a process remembers.
const SEEN: usize = 10_000;

/// Whose cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CartOwner {
    /// A member's.
    Member(MemberId),
    /// A guest's, by the id that their browser keeps.
    Guest(Uuid),
}

impl CartOwner {
    /// The member, unless it is a guest's.
    pub const fn member(self) -> Option<MemberId> {
        match self {
            Self::Member(member) => Some(member),
            Self::Guest(_) => None,
        }
    }
}

/// Why a cart could not be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum CartError {
    /// A rule says no.
    #[error("{0}")]
    Rejected(Box<dyn Rejection>),
    /// The request's name was used before, for a request with another content.
    #[error("this request's name was used before, with another content")]
    KeyReused,
    /// Other changes were always first.
    #[error("the cart is being changed by too many requests at once")]
    Contended,
    /// The bucket can't be reached, or holds something else than a cart.
    #[error("the carts are not available: {0}")]
    Unavailable(String),
}

/// What the bucket holds: a cart and the requests it remembers, the latest last.
#[derive(Debug, Serialize, Deserialize)]
struct Stored {
    cart: Cart,
    /// A cart that an older release wrote has them elsewhere: they are forgotten.
    #[serde(default)]
    requests: VecDeque<Handled>,
}

/// A request's name and its content's fingerprint; carts are written whole with each change, so it is kept short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Handled(CommandId, Option<u64>);

impl From<&Context> for Handled {
    fn from(context: &Context) -> Self {
        let digest = |request| Sha256::digest(request).first_chunk().copied().map(u64::from_be_bytes);
        Self(context.command_id, context.request.as_ref().and_then(digest))
    }
}

impl Stored {
    fn empty(mall: &MallId) -> Self {
        Self { cart: Cart::new(mall.clone()), requests: VecDeque::new() }
    }

    /// Whether the request has changed this cart before.
    fn knows(&self, context: &Context) -> Result<bool, CartError> {
        let asked = Handled::from(context);
        match self.requests.iter().find(|handled| handled.0 == asked.0) {
            Some(handled) if *handled == asked => Ok(true),
            Some(_) => Err(CartError::KeyReused),
            None => Ok(false),
        }
    }

    fn changed(&self, cart: Cart, context: &Context) -> Self {
        let older = self.requests.len().saturating_sub(REMEMBERED - 1);
        let requests = self.requests.iter().skip(older).copied().chain([context.into()]).collect();
        Self { cart, requests }
    }
}

/// A cart as it was at a revision; zero where nothing ever was.
type Seen = (Arc<Stored>, Seq);

/// The bucket of carts.
#[derive(Debug)]
pub struct Carts {
    bucket: Bucket,
    seen: Cache<String, Seen>,
}

impl Carts {
    /// Opens the bucket `<prefix>-carts`, making it where there is none.
    pub async fn open(
        client: async_nats::Client,
        prefix: &str,
        replicas: usize,
    ) -> Result<Self, ConnectError> {
        let name = format!("{prefix}-carts");
        let config = BucketConfig { name, replicas, time_to_live: TIME_TO_LIVE };
        Ok(Self { bucket: Bucket::open(client, config).await?, seen: Cache::new(SEEN) })
    }

    /// The cart as it is; an empty one where there is none.
    pub async fn read(&self, owner: CartOwner, mall: &MallId) -> Result<Cart, CartError> {
        Ok(self.find(&key(owner, mall), mall).await?.0.cart.clone())
    }

    /// The cart as it is, and the request that left it like this; none where nobody ever changed it.
    pub async fn read_named(
        &self,
        owner: CartOwner,
        mall: &MallId,
    ) -> Result<(Cart, Option<CommandId>), CartError> {
        let (stored, _) = self.find(&key(owner, mall), mall).await?;
        let left_by = stored.requests.back().map(|handled| handled.0);
        Ok((stored.cart.clone(), left_by))
    }

    /// Changes the cart, again from the start whenever another change was first; once per request.
    pub async fn change<R>(
        &self,
        context: &Context,
        owner: CartOwner,
        mall: &MallId,
        change: impl Fn(Cart) -> Result<Cart, R>,
    ) -> Result<Cart, CartError>
    where
        R: Rejection,
    {
        self.change_some(context, owner, mall, |cart| change(cart).map(Some)).await
    }

    /// The same where there may be nothing to change: then nothing is written, and the request isn't remembered.
    pub async fn change_some<R>(
        &self,
        context: &Context,
        owner: CartOwner,
        mall: &MallId,
        change: impl Fn(Cart) -> Result<Option<Cart>, R>,
    ) -> Result<Cart, CartError>
    where
        R: Rejection,
    {
        let key = key(owner, mall);
        if let Some(seen) = self.seen.get(&key)
            && matches!(seen.0.knows(context), Ok(false))
            && let Ok(Some(cart)) = change(seen.0.cart.clone())
            && let Some(cart) = self.write(&key, seen, cart, context).await?
        {
            return Ok(cart);
        }
        for _ in 0..MAX_ATTEMPTS {
            let found = self.find(&key, mall).await?;
            if found.0.knows(context)? {
                return Ok(found.0.cart.clone());
            }
            let change =
                change(found.0.cart.clone()).map_err(|reason| CartError::Rejected(Box::new(reason)))?;
            let Some(cart) = change else { return Ok(found.0.cart.clone()) };
            if let Some(cart) = self.write(&key, found, cart, context).await? {
                return Ok(cart);
            }
        }
        Err(CartError::Contended)
    }

    /// What is stored, with its revision.
    async fn find(&self, key: &str, mall: &MallId) -> Result<Seen, CartError> {
        let entry = self.bucket.read(key).await.map_err(unavailable)?;
        // A revision holds the same for ever.
        if let (Some(entry), Some(seen)) = (&entry, self.seen.get(key))
            && seen.1 == Seq(entry.revision)
        {
            return Ok(seen);
        }
        let revision = Seq(entry.as_ref().map_or(0, |entry| entry.revision));
        let stored = match entry {
            Some(entry) if entry.operation == Operation::Put => {
                serde_json::from_slice(&entry.value).map_err(unavailable)?
            }
            Some(_) | None => Stored::empty(mall),
        };
        let found = (Arc::new(stored), revision);
        self.seen.insert(key.to_owned(), found.clone());
        Ok(found)
    }

    /// Writes what a request made of a cart, unless somebody else wrote since; gives what was written.
    async fn write(
        &self,
        key: &str,
        (stored, revision): Seen,
        cart: Cart,
        context: &Context,
    ) -> Result<Option<Cart>, CartError> {
        let changed = stored.changed(cart, context);
        let value = serde_json::to_vec(&changed).map_err(unavailable)?;
        let written = self.bucket.write(context, key, value, revision).await;
        let Ok(Some(revision)) = written else {
            self.seen.remove(key);
            return written.map(|_| None).map_err(unavailable);
        };
        let cart = changed.cart.clone();
        self.seen.insert(key.to_owned(), (Arc::new(changed), revision));
        Ok(Some(cart))
    }
}

fn key(owner: CartOwner, mall: &MallId) -> String {
    match owner {
        CartOwner::Member(member) => format!("{mall}.member.{member}"),
        CartOwner::Guest(guest) => format!("{mall}.guest.{guest}"),
    }
}

fn unavailable(error: impl std::fmt::Display) -> CartError {
    CartError::Unavailable(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// They stand for as long as [`TIME_TO_LIVE`] after an upgrade.
    #[test]
    fn a_cart_that_an_older_release_wrote_is_read() {
        let stored = r#"{"cart":{"mall":"main","items":{}},"handled":[
            {"command":"018f2d3a-0000-7000-8000-0000000000ab","request":"0f"}]}"#;
        let read: Stored = serde_json::from_str(stored).unwrap();
        assert_eq!((read.cart, read.requests.len()), (Cart::new(MallId::new("main").unwrap()), 0));
    }
}
