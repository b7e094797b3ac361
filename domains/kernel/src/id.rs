//! Typed ids: a `MemberId` can't be handed in where an `OrderId` is asked for.
//!
//! Ids are made at the edge (`UUIDv7`, or a `UUIDv5` derived from an idempotency key) and travel inside commands.

use uuid::Uuid;

macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

typed_id! {
    /// A command, named by its caller for the lifetime of the log.
    CommandId,
    /// One commit: what one command did to one aggregate.
    CommitId,
    /// Everything that followed from one request.
    CorrelationId,
    /// A shopper's account.
    MemberId,
    /// A seller on the marketplace.
    MerchantId,
    /// A person in the back office.
    OperatorId,
    /// A login session.
    SessionId,
    /// A merchant's API key.
    ApiKeyId,
    /// A product.
    ProductId,
    /// A stock-keeping unit: one buyable variant of a product.
    SkuId,
    /// An order.
    OrderId,
    /// A payment.
    PaymentId,
    /// One refund of a payment.
    RefundId,
    /// A shipment.
    ShipmentId,
    /// A claim: cancel, return or exchange.
    ClaimId,
    /// A settlement statement.
    StatementId,
    /// A payout to a merchant's bank account.
    PayoutId,
    /// A display category.
    DisplayCategoryId,
    /// A campaign that hands out coupons.
    CampaignId,
    /// One member's coupon of a campaign.
    CouponId,
}
