//! Carts live in a JetStream key-value bucket with revisions and a time to live: they are not history.

use std::time::Duration;

use async_nats::jetstream;
use async_nats::jetstream::kv::{CreateErrorKind, Store, UpdateErrorKind};
use kernel::id::MemberId;
use kernel::{MallId, Rejection};
use order::cart::Cart;
use uuid::Uuid;

/// A cart that nobody touched for this long is forgotten.
const TIME_TO_LIVE: Duration = Duration::from_hours(24 * 30);
/// How often a change is tried again because another one was first.
const MAX_ATTEMPTS: u32 = 16;

/// Whose cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CartOwner {
    /// A member's.
    Member(MemberId),
    /// A guest's, by the id that their browser keeps.
    Guest(Uuid),
}

/// Why a cart could not be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum CartError {
    /// A rule says no.
    #[error("{0}")]
    Rejected(Box<dyn Rejection>),
    /// Other changes were always first.
    #[error("the cart is being changed by too many requests at once")]
    Contended,
    /// The bucket can't be reached, or holds something else than a cart.
    #[error("the carts are not available: {0}")]
    Unavailable(String),
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
        Ok(self.find(owner, mall).await?.map_or_else(|| Cart::new(mall.clone()), |(cart, _)| cart))
    }

    /// Changes the cart, again from the start whenever another change was first.
    pub async fn change<R>(
        &self,
        owner: CartOwner,
        mall: &MallId,
        change: impl Fn(Cart) -> Result<Cart, R>,
    ) -> Result<Cart, CartError>
    where
        R: Rejection,
    {
        for _ in 0..MAX_ATTEMPTS {
            let (cart, revision) = match self.find(owner, mall).await? {
                Some((cart, revision)) => (cart, Some(revision)),
                None => (Cart::new(mall.clone()), None),
            };
            let changed = change(cart).map_err(|reason| CartError::Rejected(Box::new(reason)))?;
            if self.write(owner, mall, &changed, revision).await? {
                return Ok(changed);
            }
        }
        Err(CartError::Contended)
    }

    /// Forgets the cart.
    pub async fn clear(&self, owner: CartOwner, mall: &MallId) -> Result<(), CartError> {
        self.0.delete(key(owner, mall)).await.map_err(unavailable)
    }

    async fn find(&self, owner: CartOwner, mall: &MallId) -> Result<Option<(Cart, u64)>, CartError> {
        let Some(entry) = self.0.entry(key(owner, mall)).await.map_err(unavailable)? else { return Ok(None) };
        let revision = entry.revision;
        if entry.operation == jetstream::kv::Operation::Put {
            let cart = serde_json::from_slice(&entry.value).map_err(unavailable)?;
            return Ok(Some((cart, revision)));
        }
        Ok(Some((Cart::new(mall.clone()), revision)))
    }

    /// Writes if nobody else did since; says whether it did.
    async fn write(
        &self,
        owner: CartOwner,
        mall: &MallId,
        cart: &Cart,
        revision: Option<u64>,
    ) -> Result<bool, CartError> {
        let value = serde_json::to_vec(cart).map_err(unavailable)?.into();
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
