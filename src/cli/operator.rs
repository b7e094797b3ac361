//! `jangteo operator create`: how an installation gets its first operator, or another when no admin can get in.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Read};

use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand};
use eventstore::Context;
use kernel::id::{CommandId, CorrelationId, OperatorId};
use kernel::{Actor, Text};
use member::operator::Role;
use member::{EmailClaim, Holder, Operator};

use crate::app::App;
use crate::config::Config;
use crate::credential::{Address, Password};
use crate::ids;
use crate::service::operators::NewOperator;
use crate::service::sessions::Login;

/// Where the password may stand instead of standard input. It is never an argument: those can be read by others.
const PASSWORD: &str = "JANGTEO_OPERATOR_PASSWORD";

/// What is done about operators.
#[derive(Debug, Subcommand)]
pub(super) enum Act {
    /// Create an operator. The password is read from `JANGTEO_OPERATOR_PASSWORD` or standard input. Again changes nothing.
    Create(Create),
}

/// A new operator.
#[derive(Debug, Args)]
pub(super) struct Create {
    #[command(flatten)]
    config: Config,
    /// The e-mail address to log in with.
    #[arg(long)]
    email: String,
    /// `support`, `catalog`, `finance` or `admin`; several, comma separated.
    #[arg(long = "role", required = true, value_delimiter = ',', value_parser = role)]
    roles: Vec<Role>,
    /// The staff name, shown in the back office.
    #[arg(long, default_value = "Operator")]
    name: String,
}

pub(super) async fn run(act: Act) -> Result<()> {
    match act {
        Act::Create(create) => self::create(create).await,
    }
}

async fn create(wish: Create) -> Result<()> {
    let address = Address::new(&wish.email)?;
    let name = Text::new(wish.name).context("--name")?;
    let roles: BTreeSet<Role> = wish.roles.into_iter().collect();
    let app = App::open(&wish.config).await?;
    let claim = app.log.read_latest::<EmailClaim>(&app.email_hash(&address)?).await?.state;
    match claim.holder() {
        Some(Holder::Operator(operator)) => return already(&app, operator, &roles).await,
        Some(Holder::Member(_)) => bail!("{} belongs to a shopper: use another address", wish.email),
        Some(Holder::Merchant(_)) => bail!("{} belongs to a merchant: use another address", wish.email),
        None => {}
    }
    let login = Login { address, password: Some(Password::new(&password()?)?) };
    let operator = OperatorId(ids::fresh());
    app.create_operator(&context(&app), NewOperator { operator, name, login, roles }).await?;
    println!("operator {operator} was created: {}", wish.email);
    Ok(())
}

/// Somebody is there under this address. That is good where it is the one asked for.
async fn already(app: &App, operator: OperatorId, wanted: &BTreeSet<Role>) -> Result<()> {
    let state = app.log.read_latest::<Operator>(&operator).await?.state;
    let held: BTreeSet<Role> = state.roles().collect();
    if !state.is_enabled() {
        bail!("operator {operator} has this address and is disabled: an admin can enable it");
    }
    if held != *wanted {
        bail!("operator {operator} has this address with the roles {held:?}: an admin can give others");
    }
    println!("operator {operator} has this address already; nothing was changed, the password neither");
    Ok(())
}

fn password() -> Result<String> {
    if let Some(given) = std::env::var_os(PASSWORD) {
        return given.into_string().ok().with_context(|| format!("{PASSWORD} is not UTF-8"));
    }
    let mut input = std::io::stdin();
    if input.is_terminal() {
        bail!("the password is read from {PASSWORD} or from standard input, which must not be a terminal");
    }
    let mut text = String::new();
    input.read_to_string(&mut text).context("standard input cannot be read")?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn context(app: &App) -> Context {
    let id = ids::fresh();
    Context {
        command_id: CommandId(id),
        correlation_id: CorrelationId(id),
        causation: None,
        actor: Actor::system("command line"),
        at: app.clock.now(),
        request: None,
    }
}

fn role(text: &str) -> Result<Role, String> {
    serde_json::from_value(text.into()).map_err(|_| "support, catalog, finance or admin".to_owned())
}
