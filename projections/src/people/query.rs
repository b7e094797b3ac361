//! Questions about people, for operators; a merchant sees its own row. Never here: anything about a person.

mod member;
mod merchant;
mod operator;

pub use member::{Member, member, members};
pub use merchant::{Merchant, Phase, merchant, merchants};
pub use operator::{Operator, operator, operators};
