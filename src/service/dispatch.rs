//! What a merchant does with its shipments until they leave, what it may know of whom they go to, and what it charges.
//!
//! Never here: the carriers' scans (see [`super::tracking`]).

use eventstore::{Batch, Context, Folded, Outcome};
use kernel::id::{MemberId, MerchantId, OrderId, ShipmentId};
use kernel::{MallId, Price, Sealed, Text};
use order::Order;
use order::state::Phase;
use serde::de::DeserializeOwned;
use shipping::DeliveryPolicy;
use shipping::delivery_policy::{Command as PolicyCommand, FeeRule, PolicyId, RemoteSurcharges, Set};
use shipping::shipment::command::{Accept, Dispatch, ExplainDelay};
use shipping::shipment::value::DelayReason;
use shipping::shipment::{Command, Shipment};

use super::ownership::Own;
use super::personal::Recipient;
use super::{Refusal, ServiceError};
use crate::app::App;
use crate::vault::VaultError;

/// What a merchant charges for delivery and return, and how fast it dispatches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeliveryPromise {
    /// How the delivery fee is found.
    pub fee: FeeRule,
    /// What a return at the buyer's fault costs, one way.
    pub return_fee: Price,
    /// What delivery to a remote area costs on top.
    pub remote_surcharges: RemoteSurcharges,
    /// Days from payment to dispatch.
    pub dispatch_days: u16,
}

/// Where an order goes to. Nothing is told before it is paid, of a gift before its recipient has accepted
/// it, nor once the shopper's data are gone for good.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Destination {
    /// Who receives it, and where.
    pub recipient: Option<Recipient>,
    /// A word to the carrier.
    pub memo: Option<String>,
}

impl App {
    /// A merchant's delivery policy in force in a mall.
    pub async fn delivery_policy(
        &self,
        merchant: MerchantId,
        mall: &MallId,
    ) -> Result<Folded<DeliveryPolicy>, ServiceError> {
        let policy = self.policy_of(merchant, mall)?;
        Ok(self.log.read_latest::<DeliveryPolicy>(&policy).await?)
    }

    /// The name of a merchant's policy in a mall that there is.
    pub fn policy_of(&self, merchant: MerchantId, mall: &MallId) -> Result<PolicyId, ServiceError> {
        Ok(PolicyId { merchant, mall: self.mall(mall)?.mall.clone() })
    }

    /// Sets a merchant's delivery policy for orders to come. Quotes of carriers can't be asked for: only an import
    /// brings them along.
    pub async fn set_delivery_policy(
        &self,
        context: &Context,
        own: Own<PolicyId>,
        promise: DeliveryPromise,
    ) -> Result<Outcome, ServiceError> {
        let DeliveryPromise { fee, return_fee, remote_surcharges, dispatch_days } = promise;
        if fee == FeeRule::Quoted {
            return Err(Refusal::QuotesNotTaken.into());
        }
        let (merchant, mall) = (own.id.merchant, own.id.mall.clone());
        let set = Set { merchant, mall, fee, return_fee, remote_surcharges, dispatch_days, at: context.at };
        let command = PolicyCommand::Set(set);
        let batch = match own.seen {
            Some(version) => Batch::new().at_version::<DeliveryPolicy>(&own.id, version, command),
            None => Batch::new().with::<DeliveryPolicy>(&own.id, command),
        };
        Ok(self.log.commit(context, batch).await?)
    }

    /// Notes that a merchant has seen its shipment (발주확인).
    pub async fn accept_own_shipment(
        &self,
        context: &Context,
        own: Own<ShipmentId>,
    ) -> Result<Outcome, ServiceError> {
        self.act::<Shipment>(context, &own, Command::Accept(Accept { at: context.at })).await
    }

    /// Registers a merchant's shipment under a carrier's number (송장 등록).
    pub async fn dispatch_own_shipment(
        &self,
        context: &Context,
        own: Own<ShipmentId>,
        carrier: Text<40>,
        tracking_number: Text<60>,
    ) -> Result<Outcome, ServiceError> {
        let dispatch = Dispatch { carrier, tracking_number, at: context.at };
        self.act::<Shipment>(context, &own, Command::Dispatch(dispatch)).await
    }

    /// Tells the shopper why a merchant's shipment leaves late (발송지연).
    pub async fn explain_own_delay(
        &self,
        context: &Context,
        own: Own<ShipmentId>,
        reason_code: DelayReason,
        text: Text<500>,
    ) -> Result<Outcome, ServiceError> {
        let explain = ExplainDelay { reason_code, text, at: context.at };
        self.act::<Shipment>(context, &own, Command::ExplainDelay(explain)).await
    }

    /// Whom an order goes to, for a merchant who sends a part of it.
    pub async fn destination(&self, order: OrderId) -> Result<Destination, ServiceError> {
        let state = self.log.read::<Order>(&order).await?.state;
        let (Some(placed), Phase::Paid | Phase::Closed) = (state.placed(), state.phase()) else {
            return Ok(Destination::default());
        };
        let Some(recipient) = state.recipient() else { return Ok(Destination::default()) };
        let recipient = self.opened(placed.member, recipient).await?;
        let memo = match state.memo() {
            Some(memo) => self.opened(placed.member, memo).await?,
            None => None,
        };
        Ok(Destination { recipient, memo })
    }

    /// What was sealed for a member; nothing once their data are gone for good.
    pub(super) async fn opened<T: DeserializeOwned>(
        &self,
        member: MemberId,
        sealed: &Sealed,
    ) -> Result<Option<T>, ServiceError> {
        match self.vault.open(member.0, sealed).await {
            Ok(open) => Ok(Some(open)),
            Err(VaultError::Destroyed) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}
