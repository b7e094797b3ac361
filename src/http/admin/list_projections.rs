//! `GET /admin/v1/projections`: how far each read model has seen the log.

use axum::extract::State;
use chrono::{DateTime, Utc};
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
    position: i64,
    /// Why.
    why: String,
}

impl ProjectionBuild {
    fn of(model: ReadModel, head: u64) -> Self {
        let position = projections::checkpoint::seq(model.position).0;
        let stopped = model.stopped_at.zip(model.stopped_why);
        Self {
            name: model.name,
            revision: model.revision,
            build: model.build,
            position,
            behind: head.saturating_sub(position),
            live: model.live,
            stopped: stopped.map(|(position, why)| ProjectionStop { position, why }),
            updated_at: model.updated_at,
        }
    }
}

/// Where each read model stands.
#[utoipa::path(get, path = "/projections", responses((status = 200, body = Projections)))]
pub async fn list_projections(
    State(app): State<App>,
    _: OperatorCaller,
) -> Result<Json<Projections>, Problem> {
    let head = app.log.head().await?.0;
    let models = app.read_models().await?;
    let builds = models.into_iter().map(|model| ProjectionBuild::of(model, head)).collect();
    Ok(Json(Projections { head, builds }))
}
