//! The jobs of an order as commands of the application's services. Never here: when they run.

use std::collections::BTreeMap;

use anyhow::bail;
use eventstore::Context;
use kernel::{Actor, Amount, Price, Quantity, Text, Timestamp};
use order::Order;
use order::value::{CancelReason, ClaimKind, ClaimablePieces, LineNo, LineQuantity, Source};
use shipping::Shipment;
use shipping::shipment::command::{Accept, Dispatch, Track};
use shipping::shipment::{self, value::ScanStatus};

use super::persist::{Taken, persist};
use super::{Work, checkpoint, context};
use crate::import::olist::identity;
use crate::import::olist::plan::{Act, Job, Parcel, PlannedLine, PlannedOrder, Step};
use crate::service::ServiceError;
use crate::service::checkout::{Checkout, TenderAsk};
use crate::service::claims::ClaimAsk;
use crate::service::fulfilment::shipment_id;
use crate::service::payments::Paying;
use crate::service::personal::Recipient;
use crate::service::quoting::Item;
use crate::service::redemption::Redemption;

/// What the sandbox gateway captures at once.
const INSTRUMENT: &str = "ok";
/// Who carried most parcels in Brazil; the data doesn't tell.
const CARRIER: &str = "Correios";

impl Work {
    /// Does the jobs of a chain one after another.
    pub(super) async fn chain(&self, jobs: &[Job]) -> anyhow::Result<()> {
        for job in jobs {
            let Some(order) = self.plan.orders.get(job.order) else { continue };
            let Some(step) = order.steps.get(job.step) else { continue };
            self.step(order, *step).await?;
        }
        Ok(())
    }

    async fn step(&self, order: &PlannedOrder, step: Step) -> anyhow::Result<()> {
        let at = step.at;
        match step.act {
            Act::Place => self.place(order, at).await,
            Act::Pay => self.pay(order, at).await,
            Act::Stop => self.stop(order, at).await,
            Act::Accept => {
                let accept = shipment::Command::Accept(Accept { at });
                self.each_shipment(order, step, |_| Ok(accept.clone())).await
            }
            Act::Dispatch => self.each_shipment(order, step, |number| dispatch(order, number, at)).await,
            Act::Deliver => self.each_shipment(order, step, |number| deliver(order, number, at)).await,
            Act::Cancel | Act::CancelUnavailable => self.cancel(order, step).await,
        }
    }

    /// Does something in an order's name, and notes it where a rule says no.
    async fn attempt<T, F>(
        &self,
        order: &PlannedOrder,
        what: &str,
        command: impl FnMut() -> F,
    ) -> anyhow::Result<Option<T>>
    where
        F: Future<Output = Result<T, ServiceError>>,
    {
        match persist(command).await? {
            Taken::Done(done) => Ok(Some(done)),
            Taken::Refused(why) => {
                self.note(&order.order, &format!("{what}: {why}")).await?;
                Ok(None)
            }
        }
    }

    /// Notes what could not be done, for the report.
    pub(super) async fn note(&self, key: &str, detail: &str) -> anyhow::Result<()> {
        Ok(checkpoint::note(&self.app.pool, &self.source, key, detail).await?)
    }

    async fn place(&self, order: &PlannedOrder, at: Timestamp) -> anyhow::Result<()> {
        for change in &order.price_changes {
            self.set_price(order, change, at).await?;
        }
        let context = context::of(&order.order, Act::Place.name(), shopper(order), at);
        let wish = self.wish(order)?;
        self.attempt(order, "place", || self.app.checkout(&context, wish.clone())).await?;
        Ok(())
    }

    async fn set_price(&self, order: &PlannedOrder, line: &PlannedLine, at: Timestamp) -> anyhow::Result<()> {
        let Some(offer) = self.plan.offers.get(line.offer) else { return Ok(()) };
        let merchant = Actor::Merchant { merchant: identity::merchant(&offer.seller) };
        let name = format!("price/{}/{}/{}", offer.product, offer.seller, line.variant);
        let context = context::of(&order.order, &name, merchant, at);
        let product = identity::product(&offer.product, &offer.seller);
        let sku = identity::sku(&offer.product, &offer.seller, line.variant);
        let price = Price::new(line.price_cents)?;
        self.attempt(order, &name, || self.app.set_price(&context, product, sku, price, None)).await?;
        Ok(())
    }

    fn wish(&self, order: &PlannedOrder) -> anyhow::Result<Checkout> {
        let quotes: Result<BTreeMap<_, _>, _> = order
            .parcels
            .iter()
            .map(|parcel| Ok((identity::merchant(&parcel.seller), Price::new(parcel.freight_cents)?)))
            .collect();
        Ok(Checkout {
            order: identity::order(&order.order),
            payment: identity::payment(&order.order),
            mall: self.mall.clone(),
            member: identity::member(&order.buyer.person),
            receiver: recipient(order).into(),
            memo: None,
            items: order.lines.iter().filter_map(|line| self.item(line)).collect(),
            cart: None,
            redemption: Redemption::default(),
            carrier_quotes: quotes.map_err(|error: kernel::PriceError| error)?,
            total: Amount::from_minor(order.total_cents),
            tenders: order.tenders.iter().map(tender).collect(),
        })
    }

    fn item(&self, line: &PlannedLine) -> Option<Item> {
        let offer = self.plan.offers.get(line.offer)?;
        Some(Item {
            product: identity::product(&offer.product, &offer.seller),
            sku: identity::sku(&offer.product, &offer.seller, line.variant),
            quantity: Quantity::ONE,
            source: Source::Direct,
        })
    }

    async fn pay(&self, order: &PlannedOrder, at: Timestamp) -> anyhow::Result<()> {
        let context = context::of(&order.order, Act::Pay.name(), shopper(order), at);
        let payment = identity::payment(&order.order);
        let paying =
            self.attempt(order, "pay", || self.app.pay(&context, payment, INSTRUMENT.to_owned())).await?;
        match paying {
            None | Some(Paying::Captured(_)) => Ok(()),
            Some(Paying::Unknown(_)) => bail!("the gateway does not answer for order {}", order.order),
            Some(
                declined @ (Paying::Declined(..)
                | Paying::TooLate(..)
                | Paying::AwaitingDeposit(..)
                | Paying::AwaitingAuthentication(..)),
            ) => self.note(&order.order, &format!("pay: {declined:?}")).await,
        }
    }

    async fn stop(&self, order: &PlannedOrder, at: Timestamp) -> anyhow::Result<()> {
        let context = context::of(&order.order, Act::Stop.name(), shopper(order), at);
        let id = identity::order(&order.order);
        let cancel = order::Command::Cancel(order::command::Cancel { reason: CancelReason::Shopper, at });
        let stopping = || async {
            Ok::<_, ServiceError>(self.app.log.execute::<Order>(&context, &id, cancel.clone()).await?)
        };
        self.attempt(order, "stop", stopping).await?;
        Ok(())
    }

    /// The same for the shipment of each of an order's groups.
    async fn each_shipment(
        &self,
        order: &PlannedOrder,
        step: Step,
        command: impl Fn(u16) -> anyhow::Result<shipment::Command>,
    ) -> anyhow::Result<()> {
        for (number, parcel) in (1_u16..).zip(&order.parcels) {
            let command = command(number)?;
            let context = of_parcel(order, step, parcel, number);
            let id = shipment_id(identity::order(&order.order), number, None);
            let sending = || async {
                Ok::<_, ServiceError>(self.app.log.execute::<Shipment>(&context, &id, command.clone()).await?)
            };
            self.attempt(order, step.act.name(), sending).await?;
        }
        Ok(())
    }

    /// A cancel for each merchant's lines: by the shopper, or by the merchant who can't send them.
    async fn cancel(&self, order: &PlannedOrder, step: Step) -> anyhow::Result<()> {
        for parcel in &order.parcels {
            let merchant = identity::merchant(&parcel.seller);
            let lines = lines_of(order, |line| {
                self.plan.offers.get(line.offer).is_some_and(|offer| offer.seller == parcel.seller)
            });
            if step.act == Act::CancelUnavailable {
                let ask = ClaimAsk {
                    by: claim::value::Party::Merchant,
                    merchant: Some(merchant),
                    ..ask(order, &parcel.seller, lines, claim::value::Reason::OutOfStock)
                };
                self.claim(order, step, Actor::Merchant { merchant }, &ask).await?;
            } else {
                // The name that the one claim of an order has always had.
                let one = order.parcels.len() == 1;
                let part = if one { "shopper".to_owned() } else { format!("shopper/{}", parcel.seller) };
                let ask = ask(order, &part, lines, claim::value::Reason::ChangedMind);
                self.claim(order, step, shopper(order), &ask).await?;
            }
        }
        Ok(())
    }

    async fn claim(
        &self,
        order: &PlannedOrder,
        step: Step,
        actor: Actor,
        ask: &ClaimAsk,
    ) -> anyhow::Result<()> {
        let context =
            context::of(&order.order, &format!("{}/{}", step.act.name(), ask.claim), actor, step.at);
        self.attempt(order, step.act.name(), || self.app.request_claim(&context, ask)).await?;
        Ok(())
    }
}

fn shopper(order: &PlannedOrder) -> Actor {
    Actor::Shopper { member: identity::member(&order.buyer.person) }
}

fn of_parcel(order: &PlannedOrder, step: Step, parcel: &Parcel, number: u16) -> Context {
    let actor = match step.act {
        Act::Deliver => Actor::system(context::SYSTEM),
        Act::Place
        | Act::Pay
        | Act::Stop
        | Act::Accept
        | Act::Dispatch
        | Act::Cancel
        | Act::CancelUnavailable => Actor::Merchant { merchant: identity::merchant(&parcel.seller) },
    };
    context::of(&order.order, &format!("{}/{number}", step.act.name()), actor, step.at)
}

fn tender(tender: &crate::import::olist::plan::PlannedTender) -> TenderAsk {
    TenderAsk {
        method: tender.method,
        amount: Amount::from_minor(tender.amount_cents),
        instalments: tender.instalments,
    }
}

/// The data knows no names, phones or streets.
fn recipient(order: &PlannedOrder) -> Recipient {
    let buyer = &order.buyer;
    Recipient {
        name: format!("Customer {}", buyer.person),
        phone: String::new(),
        postal_code: buyer.postal_code.clone(),
        address: format!("{}, {}", buyer.city, buyer.state),
    }
}

fn dispatch(order: &PlannedOrder, number: u16, at: Timestamp) -> anyhow::Result<shipment::Command> {
    let tracking_number = Text::new(format!("{}-{number}", order.order))?;
    Ok(shipment::Command::Dispatch(Dispatch { carrier: Text::new(CARRIER)?, tracking_number, at }))
}

fn deliver(order: &PlannedOrder, number: u16, at: Timestamp) -> anyhow::Result<shipment::Command> {
    let scan = Text::new(format!("{}-{number}-delivered", order.order))?;
    let status = ScanStatus::Delivered;
    Ok(shipment::Command::Track(Track { scan, status, occurred_at: at, at }))
}

/// The numbers of the lines that are meant, one piece each.
fn lines_of(order: &PlannedOrder, is_meant: impl Fn(&PlannedLine) -> bool) -> Vec<LineQuantity> {
    let numbered = (1_u16..).map(LineNo).zip(&order.lines);
    let meant = numbered.filter(|(_, line)| is_meant(line));
    meant.map(|(line, _)| LineQuantity { line, quantity: Quantity::ONE }).collect()
}

fn ask(order: &PlannedOrder, part: &str, lines: Vec<LineQuantity>, reason: claim::value::Reason) -> ClaimAsk {
    ClaimAsk {
        claim: identity::claim(&order.order, part),
        order: identity::order(&order.order),
        kind: ClaimKind::Cancel,
        pieces: ClaimablePieces::Unconfirmed,
        lines,
        reason,
        by: claim::value::Party::Shopper,
        merchant: None,
    }
}
