//! What shoppers ask for, the same in every test.

use std::collections::BTreeMap;

use claim::value::{Party, Reason};
use jangteo::service::checkout::Checkout;
use jangteo::service::claims::ClaimAsk;
use jangteo::service::quoting::Item;
use jangteo::service::redemption::Redemption;
use kernel::id::{ClaimId, OrderId, PaymentId};
use kernel::{Amount, Quantity};
use order::value::{ClaimKind, ClaimablePieces, LineNo, LineQuantity, Source};

use crate::market::{Market, recipient};

/// So many pieces of the market's product, at 12,345 won each.
pub fn wish((order, payment): (OrderId, PaymentId), market: &Market, pieces: u32) -> Checkout {
    let item = Item {
        product: market.product,
        sku: market.sku,
        quantity: Quantity::new(pieces).unwrap(),
        source: Source::Direct,
    };
    Checkout {
        order,
        payment,
        mall: market.mall.clone(),
        member: market.member,
        receiver: recipient().into(),
        memo: None,
        items: vec![item],
        cart: None,
        redemption: Redemption::default(),
        carrier_quotes: BTreeMap::new(),
        total: Amount::from_minor(12_345).times(pieces),
        tenders: Vec::new(),
    }
}

/// A claim on pieces of an order's first line, by a shopper who has changed their mind.
pub fn claim_on((claim, order): (ClaimId, OrderId), kind: ClaimKind, pieces: u32) -> ClaimAsk {
    ClaimAsk {
        claim,
        order,
        kind,
        pieces: ClaimablePieces::Unconfirmed,
        lines: vec![LineQuantity { line: LineNo(1), quantity: Quantity::new(pieces).unwrap() }],
        reason: Reason::ChangedMind,
        by: Party::Shopper,
        merchant: None,
    }
}
