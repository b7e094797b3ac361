//! Where sagas' commands go: to the aggregate they name, or through the use that an errand stands for.

use async_trait::async_trait;
use claim::Claim;
use eventstore::Context;
use kernel::id::StatementId;
use member::merchant::Phase;
use member::{Merchant, PointAccount};
use order::Order;
use order::allowance::PurchaseAllowance;
use order::coupon::Coupon;
use payment::Payment;
use product::Stock;
use sagas::{Command, Errand, IssueError, Issuer};
use settlement::Statement;
use settlement::command::RequestPayout;
use shipping::Shipment;

use super::{Refusal, ServiceError};
use crate::app::App;
use crate::telemetry::trace;

#[async_trait]
impl Issuer for App {
    async fn issue(&self, context: Context, command: Command) -> Result<(), IssueError> {
        trace::within(context.correlation_id.into(), self.carry_out(context, command)).await
    }
}

impl App {
    async fn carry_out(&self, context: Context, command: Command) -> Result<(), IssueError> {
        match command {
            Command::Order { order, command } => {
                self.log.execute::<Order>(&context, &order, command).await?;
            }
            Command::Stock { sku, command } => {
                self.log.execute::<Stock>(&context, &sku, command).await?;
            }
            Command::Payment { payment, command } => {
                self.log.execute::<Payment>(&context, &payment, command).await?;
            }
            Command::Shipment { shipment, command } => {
                self.log.execute::<Shipment>(&context, &shipment, command).await?;
            }
            Command::Claim { claim, command: claim::Command::StartRefund(start) } => {
                self.start_refund(&context, claim, &start).await?;
            }
            Command::Claim { claim, command } => {
                self.log.execute::<Claim>(&context, &claim, command).await?;
            }
            Command::Statement { statement, command } => {
                let command = self.with_policies(command).await?;
                self.log.execute::<Statement>(&context, &statement, command).await?;
            }
            Command::Coupon { coupon, command } => {
                self.log.execute::<Coupon>(&context, &coupon, command).await?;
            }
            Command::Points { account, command } => {
                self.log.execute::<PointAccount>(&context, &account, command).await?;
            }
            Command::Allowance { allowance, command } => {
                self.log.execute::<PurchaseAllowance>(&context, &allowance, command).await?;
            }
            Command::Errand(errand) => self.run(&context, errand).await?,
        }
        Ok(())
    }

    async fn run(&self, context: &Context, errand: Errand) -> Result<(), ServiceError> {
        match errand {
            Errand::RequestShipments { order, replanned_for, at } => {
                self.request_shipments(&at_instant(context, at), order, replanned_for).await
            }
            Errand::CancelGift { order, at } => self.cancel_gift(&at_instant(context, at), order).await,
            Errand::StopShipments { claim, at } => self.stop_shipments(&at_instant(context, at), claim).await,
            Errand::RequestPickup { claim, at } => {
                self.request_pickup(&at_instant(context, at), claim).await.map(drop)
            }
            Errand::ResolveCapture { payment, .. } => self.resolve_capture(context, payment).await.map(drop),
            Errand::PayRefund { payment, refund, .. } => self.pay_refund(context, payment, refund).await,
            Errand::RefundAgain { payment, refund, at } => {
                self.refund_again(context, payment, (refund, at)).await
            }
            Errand::Accrue { order, position, at } => {
                self.accrue(&at_instant(context, at), order, position).await
            }
            Errand::SettleClaim { order, claim, position, at } => {
                self.settle_claim(&at_instant(context, at), (order, claim), position).await
            }
            Errand::EarnPoints { order, position, at } => {
                self.earn_points(&at_instant(context, at), order, position).await
            }
            Errand::RevokePoints { order, claim, position, at } => {
                self.revoke_points(&at_instant(context, at), (order, claim), position).await
            }
            Errand::CarryOver { statement, at } => self.carry_over(&at_instant(context, at), statement).await,
            Errand::PayOut { statement, payout, .. } => self.pay_out(context, statement, payout).await,
        }
    }

    /// A saga knows no policies: the least that is paid out is the mall's to say, and whether anything is paid out
    /// follows from how the merchant stands.
    async fn with_policies(&self, command: settlement::Command) -> Result<settlement::Command, ServiceError> {
        if let settlement::Command::RequestPayout(request) = command {
            let minimum = self.minimum_payout(request.statement).await?;
            let withheld = self.is_withheld(request.statement).await?;
            return Ok(settlement::Command::RequestPayout(RequestPayout { minimum, withheld, ..request }));
        }
        Ok(command)
    }

    /// A suspended merchant is paid nothing; what is due goes on to the next statement.
    async fn is_withheld(&self, statement: StatementId) -> Result<bool, ServiceError> {
        let state = self.log.read::<Statement>(&statement).await?.state;
        let standing = state.standing().ok_or(Refusal::NotFound("statement"))?;
        let merchant = self.log.read_latest::<Merchant>(&standing.heading().merchant).await?.state;
        Ok(merchant.phase() == Some(Phase::Suspended))
    }
}

/// What follows from an instant happens then, however late it is heard.
fn at_instant(context: &Context, at: kernel::Timestamp) -> Context {
    Context { at, ..context.clone() }
}

impl From<ServiceError> for IssueError {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Command(error) => Self::Command(error),
            ServiceError::Cart(_)
            | ServiceError::Vault(_)
            | ServiceError::Gateway(_)
            | ServiceError::PasswordsBusy
            | ServiceError::Database(_) => Self::Outside(error.to_string()),
            ServiceError::Broken(_) => Self::Broken(error.to_string()),
        }
    }
}
