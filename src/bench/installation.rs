//! An installation of a bench's own: a fresh log and a fresh database on the servers it is pointed at, gone at the end.

use anyhow::{Context as _, Result};
use async_nats::jetstream;
use eventstore::Context;
use kernel::Actor;
use kernel::id::{CommandId, CorrelationId};
use sqlx::{AssertSqlSafe, PgPool};

use crate::app::{App, connect_nats};
use crate::config::{Config, Mode};
use crate::{ids, migrations};

/// A subject's prefix may be this long.
const NAME_CHARACTERS: usize = 30;

/// A fresh installation.
pub(super) struct Installation {
    pub(super) app: App,
    config: Config,
    database: Database,
}

impl Installation {
    /// Makes a log, a database and the application over both, on the configuration's clock.
    pub(super) async fn fresh(config: &Config) -> Result<Self> {
        let database = Database::create(config).await?;
        let prefix = database.name.clone();
        let own = Config { prefix, webhook_url: None, ..database.within(config)? };
        let app = App::open(&own).await?;
        migrations::apply(&app.pool).await?;
        Ok(Self { app, config: own, database })
    }

    /// Its servers, its log's prefix.
    pub(super) const fn config(&self) -> &Config {
        &self.config
    }

    /// Takes it off the servers.
    pub(super) async fn remove(self) -> Result<()> {
        let Self { app, config: Config { nats_url, prefix, mode, .. }, database } = self;
        database.remove(&app).await?;
        let streams = jetstream::new(connect_nats(&nats_url).await?);
        streams.delete_stream(format!("{prefix}-log")).await?;
        streams.delete_key_value(format!("{prefix}-carts")).await?;
        if mode == Mode::Sandbox {
            streams.delete_key_value(format!("{prefix}-clock")).await?;
        }
        Ok(())
    }
}

/// A fresh database on the server that the configuration names.
pub(super) struct Database {
    name: String,
    server: PgPool,
}

impl Database {
    pub(super) async fn create(config: &Config) -> Result<Self> {
        let server = PgPool::connect(&config.database_url).await.context("PostgreSQL cannot be reached")?;
        let name: String = format!("bench_{}", ids::fresh().simple()).chars().take(NAME_CHARACTERS).collect();
        sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&server).await?;
        Ok(Self { name, server })
    }

    /// The same configuration with this database.
    pub(super) fn within(&self, config: &Config) -> Result<Config> {
        let database_url = with_database(&config.database_url, &self.name)?;
        Ok(Config { database_url, ..config.clone() })
    }

    /// Takes it off the server; the application that works with it is at its end.
    pub(super) async fn remove(self, app: &App) -> Result<()> {
        app.pool.close().await;
        app.projection_pool.close().await;
        let drop = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        sqlx::raw_sql(AssertSqlSafe(drop)).execute(&self.server).await?;
        Ok(())
    }
}

/// A command of a bench, now.
pub(super) fn context(app: &App) -> Context {
    let id = ids::fresh();
    Context {
        command_id: CommandId(id),
        correlation_id: CorrelationId(id),
        causation: None,
        actor: Actor::system("bench"),
        at: app.clock.now(),
        request: None,
    }
}

/// The address of another database on the same server.
fn with_database(url: &str, name: &str) -> Result<String> {
    let (address, options) = url.split_once('?').map_or((url, None), |(a, o)| (a, Some(o)));
    let (server, _) = address.rsplit_once('/').context("JANGTEO_DATABASE_URL names no database")?;
    let options = options.map(|options| format!("?{options}")).unwrap_or_default();
    Ok(format!("{server}/{name}{options}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_database_is_on_the_same_server() {
        let of = |url| with_database(url, "b").unwrap();
        assert_eq!(of("postgres://u:p@h:1/shop"), "postgres://u:p@h:1/b");
        assert_eq!(of("postgres://u:p@h:1/shop?sslmode=disable"), "postgres://u:p@h:1/b?sslmode=disable");
    }
}
