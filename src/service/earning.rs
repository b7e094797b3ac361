//! Points that purchases earn (적립): once for each confirmation, and taken back with what comes back (직권 반품).
//!
//! The grade is the one at the confirmation, the rate the mall's for it. The lot remembers both, so that what is taken back is
//! reckoned as it was earned, whatever the mall's policy has become. Never here: when points end, or who may use them.

#[cfg(test)]
mod laws;
mod reckoning;

use eventstore::{Context, Seq};
use kernel::id::{ClaimId, CommandId, OrderId};
use member::Member;
use member::points::{Command, PointAccount};
use order::Order;
use order::event::{LinesConfirmed, Placed};

use super::ServiceError;
use super::settling::Returned;
use crate::app::App;
use crate::ids;
use reckoning::{Terms, account_of, earn, returned, revoke};

impl App {
    /// Gives the buyer what the pieces earn that an order confirmed at a position. Who has left earns nothing.
    pub async fn earn_points(
        &self,
        context: &Context,
        order: OrderId,
        position: Seq,
    ) -> Result<(), ServiceError> {
        let confirmed = self.confirmation(order, position).await?;
        let state = self.log.read_latest::<Order>(&order).await?.state;
        let missing = || ServiceError::Broken(format!("order {order} confirmed what was never placed"));
        self.earn(context, state.placed().ok_or_else(missing)?, &confirmed).await
    }

    /// Takes back what the confirmed pieces earned that a claim took back, as far as it is still there.
    pub async fn revoke_points(
        &self,
        context: &Context,
        (order, claim): (OrderId, ClaimId),
        position: Seq,
    ) -> Result<(), ServiceError> {
        let history = self.history(order, claim, position).await?;
        for pieces in returned(&history.completed, &history.confirmations) {
            self.revoke(context, (&history.placed, claim), &pieces).await?;
        }
        Ok(())
    }

    /// The command is named by the lot: whoever asks first, it is earned once.
    async fn earn(
        &self,
        context: &Context,
        placed: &Placed,
        confirmed: &LinesConfirmed,
    ) -> Result<(), ServiceError> {
        let Some(terms) = self.earning_terms(confirmed).await? else { return Ok(()) };
        if let Some(earn) = earn(placed, confirmed, terms) {
            let account = account_of(confirmed);
            let command_id = CommandId(ids::derived(&["earned", &earn.lot.to_string()]));
            let context = Context { command_id, ..context.clone() };
            self.log.execute::<PointAccount>(&context, &account, Command::Earn(earn)).await?;
        }
        Ok(())
    }

    /// What the buyer's grade earned in the mall then; `None` where the mall gives no points.
    async fn earning_terms(&self, confirmed: &LinesConfirmed) -> Result<Option<Terms>, ServiceError> {
        let mall = self.mall(&confirmed.mall)?;
        if mall.points.is_none() {
            return Ok(None);
        }
        let member = self.log.read_latest::<Member>(&confirmed.member).await?.state;
        let grade = member.grade_at(confirmed.at);
        Ok(grade.and_then(|grade| {
            let (rate, expires_at) = mall.points_of(grade, confirmed.at)?;
            Some(Terms { grade, rate, expires_at })
        }))
    }

    /// Takes back what pieces of one confirmation earned. It is earned first, where that still waits for something.
    async fn revoke(
        &self,
        context: &Context,
        (placed, claim): (&Placed, ClaimId),
        pieces: &[Returned<'_>],
    ) -> Result<(), ServiceError> {
        let Some(confirmed) = pieces.first().map(|first| &first.confirmation.body) else { return Ok(()) };
        self.earn(context, placed, confirmed).await?;
        let account = account_of(confirmed);
        let state = self.log.read_latest::<PointAccount>(&account).await?.state;
        if let Some(revoke) = revoke(placed, pieces, &state, (claim, context.at)) {
            let context = context.step(&revoke.lot.to_string());
            self.log.execute::<PointAccount>(&context, &account, Command::Revoke(revoke)).await?;
        }
        Ok(())
    }
}
