//! Points (적립금) that operators give and take, whatever was bought. What purchases earn is in [`super::earning`].

use eventstore::{Context, Outcome};
use kernel::id::MemberId;
use kernel::{MallId, Price, Text, Timestamp};
use member::points::{self, Earn, Earning, LotId, PointAccountId, Revocation, Revoke};
use member::{Member, PointAccount};

use super::{Refusal, ServiceError};
use crate::app::App;

/// Points by the mall's favour.
#[derive(Debug, Clone)]
pub struct Grant {
    /// The lot that they will be, made at the edge.
    pub lot: LotId,
    /// How many.
    pub amount: Price,
    /// When they end.
    pub expires_at: Timestamp,
    /// What for.
    pub note: Text<200>,
}

/// Points of an earning that are taken back.
#[derive(Debug, Clone)]
pub struct Correction {
    /// The earning.
    pub lot: LotId,
    /// How many.
    pub amount: Price,
    /// Why. The same reason again takes nothing more.
    pub note: Text<200>,
}

impl App {
    /// The account of a member's points in a mall of this installation.
    pub fn point_account(&self, mall: &MallId, member: MemberId) -> Result<PointAccountId, ServiceError> {
        Ok(PointAccountId { member, mall: self.mall(mall)?.mall.clone() })
    }

    /// Gives a member points. Who has left gets none.
    pub async fn grant_points(
        &self,
        context: &Context,
        account: &PointAccountId,
        grant: Grant,
    ) -> Result<Outcome, ServiceError> {
        let state = self.log.read_latest::<Member>(&account.member).await?.state;
        state.standing().ok_or(Refusal::NotFound("member"))?;
        let Grant { lot, amount, expires_at, note } = grant;
        let PointAccountId { member, mall } = account.clone();
        let (reason, at) = (Earning::Granted { note }, context.at);
        let earn = points::Command::Earn(Earn { member, mall, lot, amount, expires_at, reason, at });
        Ok(self.log.execute::<PointAccount>(context, account, earn).await?)
    }

    /// Takes points of an earning back, as far as they are still there.
    pub async fn correct_points(
        &self,
        context: &Context,
        account: &PointAccountId,
        correction: Correction,
    ) -> Result<Outcome, ServiceError> {
        let Correction { lot, amount, note } = correction;
        let (reason, at) = (Revocation::Corrected { note }, context.at);
        let revoke = points::Command::Revoke(Revoke { lot, amount, reason, at });
        Ok(self.log.execute::<PointAccount>(context, account, revoke).await?)
    }
}
