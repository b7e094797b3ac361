//! The product context (상품): what merchants sell, how many pieces there are, and how products are classified.
//!
//! Three aggregates, one module each. Never here: how a mall displays products (the display context), what an order
//! did with a price (orders keep their own), IO, a clock.
//!
//! ```text
//! Product    Absent ─Draft─▶ Draft ─Submit─▶ InReview ─Approve─▶ OnSale ─Suspend─▶ Suspended
//!                             ▲                 │                  │ ▲                 │ │
//!                             │               Reject               │ └─────Resume──────┘ │
//!                             │                 ▼                  └──────Discontinue────┤
//!                             └─────Edit──── Rejected                                    ▼
//!                                                                                   Discontinued
//!
//! Stock      Absent ─Open─▶ Open ⟲ Receive · Reserve · Commit · Release · Restock · Adjust
//!            (재고)          available = on hand − reserved, never below zero
//!
//! Category   Absent ─Define─▶ Active ─Retire─▶ Retired
//!                             ⟲ Rename · Move
//! ```

pub mod category;
pub mod product;
pub mod stock;

pub use category::{Category, CategoryCode};
pub use product::Product;
pub use stock::Stock;
