//! `GET /admin/v1/projections`: how far each read model has seen the log, why it stopped, and what was done about it.

use axum::extract::State;
use chrono::{DateTime, Utc};
use projections::checkpoint::seq;
use projections::intervention::{Intervention, interventions};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::{Json, OperatorCaller, Problem};
use crate::service::workings::ReadModel;

/// The read models.
#[derive(Debug, Serialize, ToSchema)]
pub struct Projections {
    /// The position of the log's last commit.
    head: u64,
    /// Every build of every read model.
    builds: Vec<ProjectionBuild>,
    /// What operators did about read models that stopped, by read model and in that order; the last one on a position holds.
    interventions: Vec<ProjectionIntervention>,
}

/// A build of a read model.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProjectionBuild {
    /// Its name.
    name: String,
    /// Its revision.
    revision: i32,
    /// Which build of that revision.
    build: i32,
    /// How far it has seen the log.
    position: u64,
    /// How many positions it is behind.
    behind: u64,
    /// How many seconds ago the first commit was recorded that it hasn't seen, by the house's clock; null where that can't be
    /// read.
    behind_seconds: Option<u64>,
    /// Whether readers see it.
    live: bool,
    /// Where and why it can't go on, if so.
    stopped: Option<ProjectionStop>,
    /// When it last moved or stopped, by the machine's clock.
    updated_at: DateTime<Utc>,
}

/// Why a read model stands still.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProjectionStop {
    /// At which position.
    position: u64,
    /// Why.
    why: String,
}

/// What an operator did about a read model that had stopped.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProjectionIntervention {
    /// The read model.
    name: String,
    /// The position that stopped it.
    position: u64,
    /// `retry`: tried again. `skip`: left out of every build. `withdraw`: no longer left out.
    kind: String,
    /// What had stopped it there.
    error: String,
    /// Why the operator did it.
    reason: String,
    /// Who it was.
    made_by: String,
    /// When, by the machine's clock.
    made_at: DateTime<Utc>,
}

impl From<ReadModel> for ProjectionBuild {
    fn from(model: ReadModel) -> Self {
        let ReadModel { lag, stop, updated_at } = model;
        let stopped = stop.map(|stop| ProjectionStop { position: stop.position.0, why: stop.why });
        Self {
            name: lag.name,
            revision: lag.revision,
            build: lag.build,
            position: lag.position.0,
            behind: lag.behind,
            behind_seconds: lag.seconds,
            live: lag.live,
            stopped,
            updated_at,
        }
    }
}

impl From<Intervention> for ProjectionIntervention {
    fn from(made: Intervention) -> Self {
        let Intervention { name, position, kind, error, reason, made_by, made_at } = made;
        Self { name, position: seq(position).0, kind, error, reason, made_by, made_at }
    }
}

/// Where each read model stands.
#[utoipa::path(get, path = "/projections", responses((status = 200, body = Projections)))]
pub async fn list_projections(
    State(app): State<App>,
    _: OperatorCaller,
) -> Result<Json<Projections>, Problem> {
    let head = app.log.head().await?.0;
    let builds = app.read_models().await?.into_iter().map(ProjectionBuild::from).collect();
    let made = interventions(&app.pool).await?;
    let interventions = made.into_iter().map(ProjectionIntervention::from).collect();
    Ok(Json(Projections { head, builds, interventions }))
}
