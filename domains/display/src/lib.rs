//! The display context (전시): how a mall shows products, apart from how they are classified.
//!
//! Two aggregates, one module each. Never here: the products themselves, their prices or whether they can be bought
//! (read models join those), IO, a clock.
//!
//! ```text
//! DisplayTree   one per mall: a forest of categories, at most six deep, without cycles
//!                 AddCategory ─▶ Shown ⇄ Hidden ─RemoveCategory (no children)─▶ gone
//!                               ⟲ RenameCategory · MoveCategory · SetSources
//!
//! Exhibition    Absent ─Draft─▶ Draft ─Publish─▶ Published ─End─▶ Ended
//! (기획전)                        ⟲ Revise         ⟲ Revise
//! ```

pub mod exhibition;
pub mod tree;

pub use exhibition::{Exhibition, ExhibitionId};
pub use tree::DisplayTree;
