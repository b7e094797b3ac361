//! Ids derived from the data's own: a repeated run finds the same things, and the same command by the same name.

use kernel::id::{
    ClaimId, CommandId, CorrelationId, MemberId, MerchantId, OperatorId, OrderId, PaymentId, ProductId, SkuId,
};
use uuid::Uuid;

use crate::ids;

fn of(kind: &str, id: &str) -> Uuid {
    ids::derived(&["olist", kind, id])
}

/// The member that a person (`customer_unique_id`) becomes.
pub fn member(person: &str) -> MemberId {
    MemberId(of("member", person))
}

/// The merchant that a seller becomes.
pub fn merchant(seller: &str) -> MerchantId {
    MerchantId(of("merchant", seller))
}

/// The operator that reviews on behalf of the import.
pub fn operator() -> OperatorId {
    OperatorId(of("operator", "import"))
}

/// The product that a seller's offer of a product becomes.
pub fn product(product: &str, seller: &str) -> ProductId {
    ProductId(of("product", &format!("{product}/{seller}")))
}

/// A variant of that product.
pub fn sku(product: &str, seller: &str, variant: usize) -> SkuId {
    SkuId(of("sku", &format!("{product}/{seller}/{variant}")))
}

/// The order.
pub fn order(order: &str) -> OrderId {
    OrderId(of("order", order))
}

/// The order's payment.
pub fn payment(order: &str) -> PaymentId {
    PaymentId(of("payment", order))
}

/// The order's claim, or a merchant's share of it.
pub fn claim(order: &str, part: &str) -> ClaimId {
    ClaimId(of("claim", &format!("{order}/{part}")))
}

/// The name of a command about something.
pub fn command(about: &str, action: &str) -> CommandId {
    CommandId(ids::derived(&["olist", "command", about, action]))
}

/// What everything about something has in common.
pub fn correlation(about: &str) -> CorrelationId {
    CorrelationId(of("correlation", about))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_from_the_data_alone() {
        assert_eq!(order("o1"), order("o1"));
        assert_ne!(order("o1").0, payment("o1").0);
        assert_ne!(sku("p", "s", 0), sku("p", "s", 1));
        assert_ne!(product("p", "s1"), product("p", "s2"));
        assert_ne!(command("o1", "pay"), command("o1", "place"));
    }
}
