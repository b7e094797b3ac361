//! Carts live in a JetStream key-value bucket with revisions and a time to live: they are not history.
//!
//! A cart remembers the latest requests that changed it, so that one sent twice puts nothing in twice.

use std::collections::VecDeque;
use std::time::Duration;

use async_nats::jetstream;
use async_nats::jetstream::kv::{CreateErrorKind, Store, UpdateErrorKind};
use eventstore::Context;
use kernel::id::{CommandId, MemberId};
use kernel::{MallId, Rejection};
use order::cart::Cart;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A cart that nobody touched for this long is forgotten.
const TIME_TO_LIVE: Duration = Duration::from_hours(24 * 30);
/// How often a change is tried again because another one was first.
const MAX_ATTEMPTS: u32 = 16;
/// How many requests a cart remembers.
const REMEMBERED: usize = 16;

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
#[derive(Serialize, Deserialize)]
struct Stored {
    cart: Cart,
    handled: VecDeque<Handled>,
}

#[derive(Serialize, Deserialize)]
struct Handled {
    command: CommandId,
    request: Option<String>,
}

impl Stored {
    fn empty(mall: &MallId) -> Self {
        Self { cart: Cart::new(mall.clone()), handled: VecDeque::new() }
    }

    /// Whether the request has changed this cart before.
    fn knows(&self, context: &Context) -> Result<bool, CartError> {
        match self.handled.iter().find(|handled| handled.command == context.command_id) {
            Some(handled) if handled.request == context.request => Ok(true),
            Some(_) => Err(CartError::KeyReused),
            None => Ok(false),
        }
    }

    fn changed(mut self, cart: Cart, context: &Context) -> Self {
        self.handled.push_back(Handled { command: context.command_id, request: context.request.clone() });
        while self.handled.len() > REMEMBERED {
            self.handled.pop_front();
        }
        Self { cart, ..self }
    }
}

/// The bucket of carts.
#[derive(Debug, Clone)]
pub struct Carts(Store);

impl Carts {
    /// Opens the bucket `<prefix>-carts`, making it where there is none.
    pub async fn open(client: async_nats::Client, prefix: &str, replicas: usize) -> Result<Self, CartError> {
        let config = jetstream::kv::Config {
            bucket: format!("{prefix}-carts"),
            history: 1,
            max_age: TIME_TO_LIVE,
            num_replicas: replicas,
            ..Default::default()
        };
        let context = jetstream::new(client);
        let name = config.bucket.clone();
        match context.create_key_value(config).await {
            Ok(store) => Ok(Self(store)),
            Err(_) => context.get_key_value(name).await.map(Self).map_err(unavailable),
        }
    }

    /// The cart as it is; an empty one where there is none.
    pub async fn read(&self, owner: CartOwner, mall: &MallId) -> Result<Cart, CartError> {
        Ok(self.find(owner, mall).await?.0.cart)
    }

    /// The cart as it is, and the request that left it like this; none where nobody ever changed it.
    pub async fn read_named(
        &self,
        owner: CartOwner,
        mall: &MallId,
    ) -> Result<(Cart, Option<CommandId>), CartError> {
        let (stored, _) = self.find(owner, mall).await?;
        let left_by = stored.handled.back().map(|handled| handled.command);
        Ok((stored.cart, left_by))
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
        for _ in 0..MAX_ATTEMPTS {
            let (stored, revision) = self.find(owner, mall).await?;
            if stored.knows(context)? {
                return Ok(stored.cart);
            }
            let change =
                change(stored.cart.clone()).map_err(|reason| CartError::Rejected(Box::new(reason)))?;
            let Some(cart) = change else { return Ok(stored.cart) };
            let changed = stored.changed(cart, context);
            if self.write(owner, mall, &changed, revision).await? {
                return Ok(changed.cart);
            }
        }
        Err(CartError::Contended)
    }

    /// What is stored, with its revision; none where nothing ever was.
    async fn find(&self, owner: CartOwner, mall: &MallId) -> Result<(Stored, Option<u64>), CartError> {
        let Some(entry) = self.0.entry(key(owner, mall)).await.map_err(unavailable)? else {
            return Ok((Stored::empty(mall), None));
        };
        if entry.operation == jetstream::kv::Operation::Put {
            let stored = serde_json::from_slice(&entry.value).map_err(unavailable)?;
            return Ok((stored, Some(entry.revision)));
        }
        Ok((Stored::empty(mall), Some(entry.revision)))
    }

    /// Writes if nobody else did since; says whether it did.
    async fn write(
        &self,
        owner: CartOwner,
        mall: &MallId,
        stored: &Stored,
        revision: Option<u64>,
    ) -> Result<bool, CartError> {
        let value = serde_json::to_vec(stored).map_err(unavailable)?.into();
        let key = key(owner, mall);
        let Some(revision) = revision else {
            return match self.0.create(key, value).await {
                Ok(_) => Ok(true),
                Err(error) if error.kind() == CreateErrorKind::AlreadyExists => Ok(false),
                Err(error) => Err(unavailable(error)),
            };
        };
        match self.0.update(key, value, revision).await {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == UpdateErrorKind::WrongLastRevision => Ok(false),
            Err(error) => Err(unavailable(error)),
        }
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
