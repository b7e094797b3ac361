//! The order context (주문): what a shopper ordered, and where each piece of it is until it is final.
//!
//! One aggregate, [`Order`], read top to bottom: commands, events, state, decisions. Beside it two pure parts of
//! checkout that are no history: [`cart`], of which only its [`Purchase`](cart::Purchase) is one, and [`quote`] with the [`tax`]
//! inside what is paid; and the coupons (쿠폰) that orders are placed with, in modules of
//! their own: [`campaign`] with its [`code`](campaign::code), and [`coupon`]. Never here: another context's rules (stock, payment,
//! claims' refunds), IO, a clock, randomness, or personal data that isn't sealed.
//!
//! ```text
//!            Place            MarkPaid          last piece is final
//!  Absent ────────▶ PendingPayment ────────▶ Paid ────────────────▶ Closed
//!                     │         │              │ every piece was cancelled
//!              Expire │         │ Cancel       ▼
//!                     ▼         └─────────▶ Cancelled
//!                  Expired
//! ```
//!
//! A gift (선물하기) names no address. Once it is paid it waits for its recipient: nothing is sent before, and what is left of
//! it is cancelled by claims where nobody accepts it.
//!
//! ```text
//!          MarkPaid            AcceptGift, in time
//!  Unpaid ──────────▶ Waiting ─────────────────────▶ Accepted
//!                        │  DeclineGift, LapseGift, Cancel, or every piece was cancelled
//!                        └─────────────────────────▶ Ended
//! ```
//!
//! Each piece of a line is in exactly one bucket; the buckets of a line always add up to the ordered quantity.
//!
//! ```text
//!            Prepare        Ship          Deliver        Confirm (구매확정)
//!  ordered ─────────▶ preparing ─▶ shipped ─▶ delivered ──────▶ confirmed
//!     │                   │                       │
//!     └── cancel claim ───┴──▶ cancelled          ├── return claim ────▶ returned
//!                                                 └── exchange claim ──▶ exchanged
//!
//!  confirmed ── return claim by the merchant or an operator (직권 반품) ──▶ returned
//! ```
//!
//! A confirmed piece is the merchant's money: the shopper can't claim it. Who returns it for the shopper names confirmed
//! pieces in so many words ([`value::ClaimablePieces`]), while the order is paid or closed; a closed order stays closed.
//!
//! `Ship` and `Deliver` also take pieces that an earlier, not yet seen step would have moved. A claim reserves its
//! pieces when it opens: until it is closed or completed nothing else moves, confirms or claims them. Once its refund starts
//! it can only be completed, and the order knows what that did to its delivery fees.
//!
//! A coupon is issued in one append with its campaign's count, and held in one append with its order's placement.
//!
//! ```text
//!           Launch           Pause           End
//!  Absent ────────▶ Running ───────▶ Paused ─────▶ Ended          Campaign: it hands out only while it runs and in
//!                    │   ▲              │            ▲            its period; what it issued stays usable
//!                    │   └─── Resume ───┘            │
//!                    └──────────── End ──────────────┘
//!
//!           Issue           Hold              Use
//!  Absent ────────▶ Issued ──────▶ Held(order) ───▶ Used(order)          Coupon
//!                    │ ▲ ▲  Release   │                │
//!             Revoke │ │ └────────────┘                │
//!                    ▼ └───────────────────────────────┘
//!                 Revoked      GiveBack, if its terms say so
//!
//!  Free ─Claim─▶ Claimed ─Release─▶ Free                                 Code of a campaign, one per mall
//! ```
//!
//! What a member has bought of a product with a [`purchase_limit`] is counted by their [`allowance`], in the append that
//! places the order.

pub mod command;
pub mod event;
pub mod state;

pub mod decide;
pub mod policy;
pub mod rejection;
pub mod value;

pub mod allowance;
pub mod campaign;
pub mod cart;
pub mod coupon;
pub mod pieces;
pub mod purchase_limit;
pub mod quote;
pub mod share;
pub mod tax;

pub use command::Command;
pub use decide::Order;
pub use event::Event;
pub use rejection::Rejection;
pub use state::State;
