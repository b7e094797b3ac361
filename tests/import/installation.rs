//! An installation of its own for one test, that is started for each import anew, and may be killed in it.

use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use eventstore::{Context, Filter, Seq};
use futures::StreamExt;
use jangteo::app::App;
use jangteo::config::{Config, Mode};
use jangteo::{ids, import};
use kernel::id::{CommandId, CorrelationId};
use kernel::{Actor, Text};
use product::CategoryCode;
use product::category::command::Define;
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::data::Data;

#[derive(Parser)]
struct Options {
    #[command(flatten)]
    config: Config,
}

/// A database and a log of its own.
pub(crate) struct Installation {
    config: Config,
    out: PathBuf,
}

/// What an import has written.
pub(crate) struct Results(PathBuf);

impl Installation {
    pub(crate) fn fresh() -> Self {
        let name = format!("t{}", ids::fresh().simple());
        let url = runtime().block_on(database(&name));
        let options = Options::parse_from([
            "test",
            "--prefix",
            &name[..28],
            "--database-url",
            &url,
            "--mode",
            "sandbox",
        ]);
        Self { config: options.config, out: std::env::temp_dir().join(format!("jangteo-out-{name}")) }
    }

    /// Imports to the end.
    pub(crate) fn import(&self, data: &Data) -> Results {
        self.try_import(data).unwrap();
        Results(self.out.clone())
    }

    pub(crate) fn try_import(&self, data: &Data) -> Result<(), String> {
        let importing = import::real_input(&self.config, data.path(), &self.out);
        runtime().block_on(importing).map_err(|error| format!("{error:#}"))
    }

    /// Imports until the log has got so long, and kills everything there: every task ends where it stands.
    pub(crate) fn import_until(&self, data: &Data, head: u64) {
        let runtime = runtime();
        runtime.block_on(async {
            tokio::select! {
                done = import::real_input(&self.config, data.path(), &self.out) => done.unwrap(),
                () = self.reaches(head) => {}
            }
        });
        runtime.shutdown_timeout(Duration::from_secs(5));
    }

    async fn reaches(&self, wanted: u64) {
        let app = App::open(&self.config).await.unwrap();
        let mut tail = app.log.tail(Seq(wanted.saturating_sub(1)), Filter::All).await.unwrap();
        tail.next().await.unwrap().unwrap();
    }

    /// The same installation in live mode.
    pub(crate) fn live(&self) -> Self {
        let config = Config { mode: Mode::Live, ..self.config.clone() };
        Self { config, out: self.out.with_extension("live") }
    }

    /// Somebody else writes to the log.
    pub(crate) fn is_used(&self) {
        let code = CategoryCode::new("books").unwrap();
        let id = ids::fresh();
        let context = Context {
            command_id: CommandId(id),
            correlation_id: CorrelationId(id),
            causation: None,
            actor: Actor::system("test"),
            at: chrono::DateTime::UNIX_EPOCH,
            request: None,
        };
        let define = Define { code, name: Text::new("Books").unwrap(), parent: None, at: context.at };
        runtime().block_on(async {
            let app = App::open(&self.config).await.unwrap();
            app.define_category(&context, define).await.unwrap();
        });
    }

    /// The log's length.
    pub(crate) fn head(&self) -> u64 {
        runtime().block_on(async { App::open(&self.config).await.unwrap().log.head().await.unwrap().0 })
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.out);
    }
}

impl Results {
    pub(crate) fn report(&self) -> Value {
        serde_json::from_str(&self.read("report.json")).unwrap()
    }

    pub(crate) fn settled(&self) -> String {
        self.read("settled_by_seller.csv")
    }

    /// The control totals of every statement.
    pub(crate) fn controls(&self) -> Vec<Value> {
        let months = std::fs::read_dir(self.0.join("statements")).unwrap();
        let texts =
            months.map(|month| std::fs::read_to_string(month.unwrap().path().join("control.jsonl")).unwrap());
        let lines = texts.flat_map(|text| {
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<_>>()
        });
        lines.collect()
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.0.join(file)).unwrap()
    }
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap()
}

/// Makes a database on the server of `JANGTEO_DATABASE_URL`.
async fn database(name: &str) -> String {
    let url =
        std::env::var("JANGTEO_DATABASE_URL").expect("JANGTEO_DATABASE_URL is not set: run scripts/test");
    let server = sqlx::PgPool::connect(&url).await.unwrap();
    let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    sqlx::raw_sql(create).execute(&server).await.unwrap();
    let (base, _) = url.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}
