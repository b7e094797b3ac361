//! What sagas may ask for: commands of aggregates, and errands that the application expands into such.

use eventstore::Seq;
use kernel::Timestamp;
use kernel::id::{ClaimId, CouponId, OrderId, PaymentId, PayoutId, RefundId, ShipmentId, SkuId, StatementId};
use member::points::{self, PointAccountId};
use order::allowance::{self, AllowanceId};
use order::coupon;
use product::stock;
use serde::{Deserialize, Serialize};
use shipping::shipment;

/// A saga's command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Command {
    /// To an order.
    Order {
        /// Which.
        order: OrderId,
        /// What.
        command: order::Command,
    },
    /// To a SKU's stock.
    Stock {
        /// Which.
        sku: SkuId,
        /// What.
        command: stock::Command,
    },
    /// To a payment.
    Payment {
        /// Which.
        payment: PaymentId,
        /// What.
        command: payment::Command,
    },
    /// To a shipment.
    Shipment {
        /// Which.
        shipment: ShipmentId,
        /// What.
        command: shipment::Command,
    },
    /// To a claim.
    Claim {
        /// Which.
        claim: ClaimId,
        /// What.
        command: claim::Command,
    },
    /// To a statement.
    Statement {
        /// Which.
        statement: StatementId,
        /// What.
        command: settlement::Command,
    },
    /// To a shopper's coupon.
    Coupon {
        /// Which.
        coupon: CouponId,
        /// What.
        command: coupon::Command,
    },
    /// To a shopper's points.
    Points {
        /// Whose, in which mall.
        account: PointAccountId,
        /// What.
        command: points::Command,
    },
    /// To what a shopper may still buy of a limited product.
    Allowance {
        /// Whose, of which product.
        allowance: AllowanceId,
        /// What.
        command: allowance::Command,
    },
    /// An errand.
    Errand(Errand),
}

/// Something that takes a look at aggregates, or at the outside world, before it becomes a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "errand", rename_all = "snake_case")]
pub enum Errand {
    /// Ask each merchant of a paid order to send what still is to be sent.
    RequestShipments {
        /// The order.
        order: OrderId,
        /// The claim after which the shipments are planned anew, if one.
        replanned_for: Option<ClaimId>,
        /// When.
        at: Timestamp,
    },
    /// Cancel what is left of a gift that was not accepted, merchant by merchant.
    CancelGift {
        /// The order.
        order: OrderId,
        /// When.
        at: Timestamp,
    },
    /// Call off the shipments that hold a cancelled claim's pieces; refused when one has left.
    StopShipments {
        /// The claim.
        claim: ClaimId,
        /// When.
        at: Timestamp,
    },
    /// Have a return's goods fetched (회수).
    RequestPickup {
        /// The claim.
        claim: ClaimId,
        /// When.
        at: Timestamp,
    },
    /// Ask the gateway what became of a capture whose outcome is not known.
    ResolveCapture {
        /// The payment.
        payment: PaymentId,
        /// When.
        at: Timestamp,
    },
    /// Have the gateway give money back; the intent is in the log.
    PayRefund {
        /// The payment.
        payment: PaymentId,
        /// The refund.
        refund: RefundId,
        /// When.
        at: Timestamp,
    },
    /// Start another refund in place of one that failed and that no claim asked for. It fails for a while, so that an
    /// operator looks first.
    RefundAgain {
        /// The payment.
        payment: PaymentId,
        /// The refund that failed.
        refund: RefundId,
        /// When it failed.
        at: Timestamp,
    },
    /// Put the lines that an order confirmed at a position onto their merchants' statements.
    Accrue {
        /// The order.
        order: OrderId,
        /// The position of the confirmation.
        position: Seq,
        /// When.
        at: Timestamp,
    },
    /// Put what a claim that was completed at a position took back, and the fee that it left, onto statements.
    SettleClaim {
        /// The order.
        order: OrderId,
        /// The claim.
        claim: ClaimId,
        /// The position of the completion, in the order's history.
        position: Seq,
        /// When.
        at: Timestamp,
    },
    /// Give a shopper the points that what an order confirmed at a position earned.
    EarnPoints {
        /// The order.
        order: OrderId,
        /// The position of the confirmation.
        position: Seq,
        /// When.
        at: Timestamp,
    },
    /// Take back what confirmed pieces earned that a claim, completed at a position, took back.
    RevokePoints {
        /// The order.
        order: OrderId,
        /// The claim.
        claim: ClaimId,
        /// The position of the completion, in the order's history.
        position: Seq,
        /// When.
        at: Timestamp,
    },
    /// Carry a statement's balance into the next cycle's.
    CarryOver {
        /// The statement it comes from.
        statement: StatementId,
        /// When.
        at: Timestamp,
    },
    /// Have the bank pay a merchant; the intent is in the log.
    PayOut {
        /// The statement.
        statement: StatementId,
        /// The payout.
        payout: PayoutId,
        /// When.
        at: Timestamp,
    },
}

impl Command {
    /// The command's name for people and for [`Input::Rejected`](crate::Input::Rejected): `<context>.<command>` or the errand.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Order { command, .. } => order_name(command),
            Self::Stock { command, .. } => stock_name(command),
            Self::Payment { command, .. } => payment_name(command),
            Self::Shipment { command, .. } => shipment_name(command),
            Self::Claim { command, .. } => claim_name(command),
            Self::Statement { command, .. } => statement_name(command),
            Self::Coupon { command, .. } => coupon_name(command),
            Self::Points { command, .. } => points_name(command),
            Self::Allowance { command, .. } => allowance_name(command),
            Self::Errand(errand) => errand.name(),
        }
    }
}

impl Errand {
    /// The errand's name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RequestShipments { .. } => "request_shipments",
            Self::CancelGift { .. } => "cancel_gift",
            Self::StopShipments { .. } => "stop_shipments",
            Self::RequestPickup { .. } => "request_pickup",
            Self::ResolveCapture { .. } => "resolve_capture",
            Self::PayRefund { .. } => "pay_refund",
            Self::RefundAgain { .. } => "refund_again",
            Self::Accrue { .. } => "accrue",
            Self::SettleClaim { .. } => "settle_claim",
            Self::EarnPoints { .. } => "earn_points",
            Self::RevokePoints { .. } => "revoke_points",
            Self::CarryOver { .. } => "carry_over",
            Self::PayOut { .. } => "pay_out",
        }
    }
}

impl From<Errand> for Command {
    fn from(errand: Errand) -> Self {
        Self::Errand(errand)
    }
}

const fn order_name(command: &order::Command) -> &'static str {
    match command {
        order::Command::Place(_) => "order.place",
        order::Command::MarkPaid(_) => "order.mark_paid",
        order::Command::Expire(_) => "order.expire",
        order::Command::Cancel(_) => "order.cancel",
        order::Command::AcceptGift(_) => "order.accept_gift",
        order::Command::DeclineGift(_) => "order.decline_gift",
        order::Command::LapseGift(_) => "order.lapse_gift",
        order::Command::Prepare(_) => "order.prepare",
        order::Command::Ship(_) => "order.ship",
        order::Command::Deliver(_) => "order.deliver",
        order::Command::Lose(_) => "order.lose",
        order::Command::Confirm(_) => "order.confirm",
        order::Command::HoldConfirmation(_) => "order.hold_confirmation",
        order::Command::ReleaseHold(_) => "order.release_hold",
        order::Command::OpenClaim(_) => "order.open_claim",
        order::Command::StartClaimRefund(_) => "order.start_claim_refund",
        order::Command::CloseClaim(_) => "order.close_claim",
        order::Command::CompleteClaim(_) => "order.complete_claim",
    }
}

const fn coupon_name(command: &coupon::Command) -> &'static str {
    match command {
        coupon::Command::Issue(_) => "coupon.issue",
        coupon::Command::Hold(_) => "coupon.hold",
        coupon::Command::Use(_) => "coupon.use",
        coupon::Command::Release(_) => "coupon.release",
        coupon::Command::GiveBack(_) => "coupon.give_back",
        coupon::Command::Revoke(_) => "coupon.revoke",
    }
}

const fn points_name(command: &points::Command) -> &'static str {
    match command {
        points::Command::Earn(_) => "points.earn",
        points::Command::Hold(_) => "points.hold",
        points::Command::Use(_) => "points.use",
        points::Command::Release(_) => "points.release",
        points::Command::Restore(_) => "points.restore",
        points::Command::Expire(_) => "points.expire",
        points::Command::Revoke(_) => "points.revoke",
    }
}

const fn allowance_name(command: &allowance::Command) -> &'static str {
    match command {
        allowance::Command::Take(_) => "allowance.take",
        allowance::Command::GiveBack(_) => "allowance.give_back",
    }
}

const fn stock_name(command: &stock::Command) -> &'static str {
    match command {
        stock::Command::Open(_) => "stock.open",
        stock::Command::Receive(_) => "stock.receive",
        stock::Command::Reserve(_) => "stock.reserve",
        stock::Command::Commit(_) => "stock.commit",
        stock::Command::Release(_) => "stock.release",
        stock::Command::Restock(_) => "stock.restock",
        stock::Command::Adjust(_) => "stock.adjust",
    }
}

const fn payment_name(command: &payment::Command) -> &'static str {
    match command {
        payment::Command::Request(_) => "payment.request",
        payment::Command::StartCapture(_) => "payment.start_capture",
        payment::Command::RequireAuthentication(_) => "payment.require_authentication",
        payment::Command::RecordCapture(_) => "payment.record_capture",
        payment::Command::RecordDecline(_) => "payment.record_decline",
        payment::Command::Expire(_) => "payment.expire",
        payment::Command::Void(_) => "payment.void",
        payment::Command::StartRefund(_) => "payment.start_refund",
        payment::Command::RecordRefund(_) => "payment.record_refund",
        payment::Command::RecordRefundFailure(_) => "payment.record_refund_failure",
    }
}

const fn shipment_name(command: &shipment::Command) -> &'static str {
    match command {
        shipment::Command::Request(_) => "shipment.request",
        shipment::Command::Accept(_) => "shipment.accept",
        shipment::Command::Dispatch(_) => "shipment.dispatch",
        shipment::Command::Track(_) => "shipment.track",
        shipment::Command::ExplainDelay(_) => "shipment.explain_delay",
        shipment::Command::Cancel(_) => "shipment.cancel",
    }
}

const fn claim_name(command: &claim::Command) -> &'static str {
    match command {
        claim::Command::RequestCancel(_) => "claim.request_cancel",
        claim::Command::RequestReturn(_) => "claim.request_return",
        claim::Command::Approve(_) => "claim.approve",
        claim::Command::Accept(_) => "claim.accept",
        claim::Command::RequestPickup(_) => "claim.request_pickup",
        claim::Command::RecordPickupDispatch(_) => "claim.record_pickup_dispatch",
        claim::Command::Collect(_) => "claim.collect",
        claim::Command::Inspect(_) => "claim.inspect",
        claim::Command::StartRefund(_) => "claim.start_refund",
        claim::Command::RecordRefund(_) => "claim.record_refund",
        claim::Command::RecordRefundFailure(_) => "claim.record_refund_failure",
        claim::Command::Reject(_) => "claim.reject",
        claim::Command::Withdraw(_) => "claim.withdraw",
        claim::Command::Hold(_) => "claim.hold",
        claim::Command::Resume(_) => "claim.resume",
    }
}

const fn statement_name(command: &settlement::Command) -> &'static str {
    match command {
        settlement::Command::Accrue(_) => "statement.accrue",
        settlement::Command::SettleClaim(_) => "statement.settle_claim",
        settlement::Command::CarryIn(_) => "statement.carry_in",
        settlement::Command::Close(_) => "statement.close",
        settlement::Command::Confirm(_) => "statement.confirm",
        settlement::Command::RequestPayout(_) => "statement.request_payout",
        settlement::Command::RecordPayout(_) => "statement.record_payout",
        settlement::Command::RecordPayoutFailure(_) => "statement.record_payout_failure",
        settlement::Command::RetryPayout(_) => "statement.retry_payout",
    }
}
