//! The member context (회원): who takes part in the marketplace, and how each of them is recognised.
//!
//! Seven aggregates, one module each. Never here: hashing, encryption, tokens or a clock (the edge makes those), and no
//! plain personal data: names, addresses and bank accounts arrive as [`kernel::Sealed`].
//!
//! ```text
//! Member        Absent ─Register─▶ Registered ─▶ Active ◀─FallDormant / Reactivate─▶ Dormant (휴면)
//!                                      └───────────┴────────Withdraw────────┴──▶ Withdrawn (탈퇴)
//!
//! EmailClaim    Free ◀─Release / Claim─▶ Claimed
//!
//! Session       Absent ─Open─▶ Open ⟲ Rotate (with the current secret)
//!                               └──Revoke, or Rotate with an earlier secret──▶ Revoked
//!
//! Merchant      Absent ─Apply─▶ Applied ─Approve─▶ Approved ◀─Suspend / Resume─▶ Suspended
//! (판매자)                         └─Reject─▶ Rejected   └────────Close────────────┴──▶ Closed
//!
//! Operator      Absent ─Create─▶ Enabled ◀─Disable / Enable─▶ Disabled
//!
//! PointAccount  Absent ─Earn─▶ Open ⟲ Earn · Revoke · Expire
//! (적립금)                          ⟲ Hold ─▶ held ─Use─▶ used ─Restore─▶ in lots again, for 30 days at least
//!                                             └─Release─▶ in lots again, as before
//!
//! Admins        who of the operators is an enabled admin: Join / Leave, the last one stays
//! ```
//!
//! An e-mail address belongs to one holder at a time: the address is claimed in the same atomic append that registers its
//! holder, so two parallel sign-ups can't both win, and released in the one that ends its holder: a merchant who is turned
//! down or closed, a member who withdraws.

pub mod admins;
pub mod credential;
pub mod digest;
pub mod email;
pub mod holder;
pub mod honoured;
pub mod member;
pub mod merchant;
pub mod operator;
pub mod points;
pub mod session;

pub use admins::Admins;
pub use credential::{PasswordHash, PasswordHashError};
pub use digest::{DigestError, EmailHash, SecretHash};
pub use email::EmailClaim;
pub use holder::Holder;
pub use honoured::HonouredSessions;
pub use member::Member;
pub use merchant::Merchant;
pub use operator::Operator;
pub use points::PointAccount;
pub use session::Session;

/// The second token of this context's subjects.
pub const CONTEXT: &str = "member";
