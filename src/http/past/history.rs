//! Everything that happened to something: its commits with who, why and what, page by page in the order of the log.
//!
//! Operators read the events' bodies, without what is sealed or hashed; everybody else their names, and of who acted the
//! kind alone.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use claim::Claim;
use eventstore::history::fold;
use eventstore::{Meta, Recorded, Seq, StoredEvent};
use kernel::Actor;
use kernel::id::{ClaimId, OrderId, ShipmentId};
use order::Order;
use payment::Payment;
use serde::Serialize;
use serde_json::Value;
use shipping::Shipment;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Past, Viewer, visible};
use crate::app::App;
use crate::http::{Json, Page, Paged, Problem};
use crate::service::fulfilment::shipment_id;
use crate::withheld;

/// A page of a history.
pub type History = Json<Page<PastCommit>>;

/// What one command did to one aggregate; of a busy one (stock) what several did at the same moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct PastCommit {
    /// Where it stands in the log.
    position: u64,
    /// The aggregate: `<context>.<aggregate>.<id>`.
    stream: String,
    /// The command, or the first of several.
    #[serde(flatten)]
    asked: Asked,
    /// What happened.
    events: Vec<PastEvent>,
    /// The further commands, each with its part of the events.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    further: Vec<FurtherCommand>,
}

/// When, who and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct Asked {
    /// When.
    recorded_at: DateTime<Utc>,
    /// Who: `guest`, `shopper`, `merchant`, `operator` or `system`.
    actor_kind: &'static str,
    /// Who exactly, or which part of the system; for operators alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_id: Option<String>,
    /// Why: the position of what it answers, if it answers something.
    causation: Option<u64>,
    /// Everything that followed from one request shares it: the request's trace id.
    correlation_id: Uuid,
}

/// A command that shares a commit with others.
#[derive(Debug, Serialize, ToSchema)]
pub struct FurtherCommand {
    /// Which of `events` is its first, counted from zero; its last is the one before the next command's first.
    first_event: usize,
    /// The command.
    #[serde(flatten)]
    asked: Asked,
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct PastEvent {
    /// Its name.
    name: String,
    /// The version of its body's shape.
    version: u16,
    /// What it says, without personal data; for operators alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    body: Option<Value>,
}

/// The history of one aggregate.
pub async fn history<D: Past>(
    app: &App,
    id: &D::Id,
    paged: &Paged<Seq>,
    viewer: Viewer,
) -> Result<History, Problem> {
    page(visible::<D>(app, id, viewer).await?, paged, viewer)
}

/// The history of an order with its payment, its shipments and its claims, for operators.
pub async fn history_of_order(app: &App, id: OrderId, paged: &Paged<Seq>) -> Result<History, Problem> {
    let mut commits = visible::<Order>(app, &id, Viewer::Staff).await?;
    let order = fold::<Order>(&commits)?.state;
    if let Some(payment) = order.payment() {
        commits.extend(app.log.history::<Payment>(&payment).await?);
    }
    let claims: Vec<ClaimId> = order.claims().keys().copied().collect();
    // One that the order hasn't heard of yet was planned for a group, at first or anew after a claim.
    let plans: Vec<Option<ClaimId>> = std::iter::once(None).chain(claims.iter().copied().map(Some)).collect();
    let planned = order
        .groups()
        .iter()
        .flat_map(|group| plans.iter().map(move |plan| shipment_id(id, group.group.0, *plan)));
    let mut shipments: BTreeSet<ShipmentId> = planned.chain(order.shipments().keys().copied()).collect();
    for claim in claims {
        let own = app.log.history::<Claim>(&claim).await?;
        shipments.extend(fold::<Claim>(&own)?.state.case().into_iter().flat_map(claim::state::Case::pickups));
        commits.extend(own);
    }
    for shipment in shipments {
        commits.extend(app.log.history::<Shipment>(&shipment).await?);
    }
    commits.sort_by_key(|commit| commit.seq);
    page(commits, paged, Viewer::Staff)
}

fn page(commits: Vec<Recorded>, paged: &Paged<Seq>, viewer: Viewer) -> Result<History, Problem> {
    let after = paged.after.unwrap_or_default();
    let fetched = usize::try_from(paged.fetch()).unwrap_or(usize::MAX);
    let rows = commits.into_iter().filter(|commit| commit.seq > after).take(fetched).collect();
    paged.page(rows, |commit: &Recorded| commit.seq, |commit| shown(&commit, viewer)).map(Json)
}

fn shown(commit: &Recorded, viewer: Viewer) -> PastCommit {
    let in_full = viewer == Viewer::Staff;
    let further = commit.further.iter().map(|further| FurtherCommand {
        first_event: further.first_event,
        asked: asked(&further.meta, in_full),
    });
    PastCommit {
        position: commit.seq.0,
        stream: commit.stream.to_string(),
        asked: asked(&commit.meta, in_full),
        events: commit.events.iter().map(|event| what(event, in_full)).collect(),
        further: further.collect(),
    }
}

fn asked(meta: &Meta, in_full: bool) -> Asked {
    let (actor_kind, actor_id) = who(&meta.actor);
    Asked {
        recorded_at: meta.recorded_at,
        actor_kind,
        actor_id: actor_id.filter(|_| in_full),
        causation: meta.causation.map(|position| position.0),
        correlation_id: meta.correlation_id.0,
    }
}

fn what(event: &StoredEvent, in_full: bool) -> PastEvent {
    let body = in_full.then(|| withheld::shown(event.data.get()));
    PastEvent { name: event.name.clone(), version: event.version, body }
}

fn who(actor: &Actor) -> (&'static str, Option<String>) {
    match actor {
        Actor::Guest => ("guest", None),
        Actor::Shopper { member } => ("shopper", Some(member.to_string())),
        Actor::Merchant { merchant } => ("merchant", Some(merchant.to_string())),
        Actor::Operator { operator } => ("operator", Some(operator.to_string())),
        Actor::System { name } => ("system", Some(name.clone())),
    }
}
