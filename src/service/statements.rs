//! A merchant agrees to its statement (정산서). Never here: closing or paying it; the saga does that in time.

use eventstore::{Context, Outcome};
use kernel::id::StatementId;
use settlement::command::Confirm;
use settlement::{Command, Statement};

use super::ServiceError;
use super::ownership::Own;
use crate::app::App;

impl App {
    /// Confirms a merchant's closed statement before it is confirmed by itself.
    pub async fn confirm_own_statement(
        &self,
        context: &Context,
        own: Own<StatementId>,
    ) -> Result<Outcome, ServiceError> {
        let confirm = Confirm { statement: own.id, at: context.at };
        self.act::<Statement>(context, &own, Command::Confirm(confirm)).await
    }
}
