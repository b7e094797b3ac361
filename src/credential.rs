//! Credentials: passwords, access tokens, refresh secrets, API keys, e-mail addresses and the installation's own keys.
//!
//! Everything here is made or checked at the edge; the log holds only hashes. Never here: who may do what, a clock
//! (instants come in as parameters), or a plain secret in any debug output.

pub mod api_key;
pub mod email;
pub mod gift;
pub mod opaque;
pub mod password;
pub mod refresh;
pub mod secret;
pub mod token;

pub use api_key::ApiKey;
pub use email::{Address, AddressError};
pub use gift::GiftToken;
pub use opaque::OpaqueError;
pub use password::{Password, PasswordError, Passwords};
pub use refresh::Refresh;
pub use secret::{Secret, SecretError, Secrets};
pub use token::{Claims, Issued, TokenError, Tokens};
