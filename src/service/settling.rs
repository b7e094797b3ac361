//! Settling: what orders confirm and claims change goes onto merchants' statements, balances are carried over, payouts
//! go through the bank.

mod accrual;
mod agreement;
mod claim;
mod completion;
#[cfg(test)]
mod laws;

use eventstore::{CommandError, Context};
use kernel::Price;
use kernel::id::{MerchantId, PayoutId, StatementId};
use member::Merchant;
use settlement::command::{CarryIn, RecordPayout, RecordPayoutFailure};
use settlement::cycle::{Period, SettlementCycle, period_of};
use settlement::state::Phase;
use settlement::value::Heading;
use settlement::{Command, Statement};

use agreement::cycle;
pub(super) use completion::{Confirmation, Returned, taken_from};

use super::personal::BankAccount;
use super::{Refusal, ServiceError};
use crate::app::App;
use crate::gateways::GatewayError;
use crate::gateways::bank::{PayAnswer, PayRequest};
use crate::ids;

/// How many cycles ahead an open statement is looked for when the proper one is closed already.
const MAX_CYCLES_AHEAD: u32 = 60;
/// The refusals after which the next period's statement is tried.
const FOR_THE_NEXT: [&str; 4] = ["statement_closed", "statement_full", "closed_to_carry", "too_many_carries"];

/// A merchant's statement of one mall and period.
pub fn statement_id(heading: &Heading) -> StatementId {
    let from = heading.period.from().timestamp().to_string();
    let until = heading.period.until().timestamp().to_string();
    let (mall, merchant) = (heading.mall.to_string(), heading.merchant.to_string());
    StatementId(ids::derived(&["statement", &mall, &merchant, &from, &until]))
}

impl App {
    /// Tries the proper period's statement, then the following ones', until one is still open.
    async fn in_open_statement(
        &self,
        context: &Context,
        mut heading: Heading,
        cycle: SettlementCycle,
        command: impl Fn(StatementId, Heading) -> Command + Send + Sync,
    ) -> Result<(), ServiceError> {
        let offset = self.mall(&heading.mall)?.utc_offset_seconds;
        for _ in 0..MAX_CYCLES_AHEAD {
            let statement = statement_id(&heading);
            let context = context.step(&statement.to_string());
            let command = command(statement, heading.clone());
            match self.log.execute::<Statement>(&context, &statement, command).await {
                Err(CommandError::Rejected(reason)) if FOR_THE_NEXT.contains(&reason.code()) => {
                    heading.period = period_of(cycle, heading.period.until(), offset);
                }
                Err(error) => return Err(error.into()),
                Ok(_) => return Ok(()),
            }
        }
        Err(ServiceError::Broken(format!("no open statement for merchant {}", heading.merchant)))
    }

    /// Carries a statement's balance into the next cycle's.
    pub async fn carry_over(&self, context: &Context, from: StatementId) -> Result<(), ServiceError> {
        let state = self.log.read_latest::<Statement>(&from).await?.state;
        let standing = state.standing().ok_or(Refusal::NotFound("statement"))?;
        let (heading, amount) = (standing.heading().clone(), standing.due());
        let offset = self.mall(&heading.mall)?.utc_offset_seconds;
        let contract = self.log.read::<Merchant>(&heading.merchant).await?.state;
        let cycle =
            contract.contract_at(context.at).map_or(SettlementCycle::Monthly, |held| cycle(held.cycle));
        let next = Heading { period: following(cycle, heading.period, offset), ..heading };
        let at = context.at;
        let carry =
            move |statement, heading| Command::CarryIn(CarryIn { statement, heading, from, amount, at });
        self.in_open_statement(context, next, cycle, carry).await
    }

    /// Has the bank pay a requested payout. Whose outcome is known is not paid again.
    pub async fn pay_out(
        &self,
        context: &Context,
        statement: StatementId,
        payout: PayoutId,
    ) -> Result<(), ServiceError> {
        let read = self.log.read_latest::<Statement>(&statement).await?;
        let standing = read.state.standing().ok_or(Refusal::NotFound("statement"))?;
        if *standing.phase() != Phase::PayoutRequested(payout) {
            return Ok(());
        }
        let account = self.bank_account(standing.merchant()).await?;
        let asked = PayRequest {
            key: format!("payout-{payout}"),
            amount: standing.due().of(standing.heading().currency),
            account,
            at: context.at,
        };
        let answer = match self.bank.pay(&asked).await {
            Err(GatewayError::Timeout) => self.bank.find(&asked.key).await?.ok_or(GatewayError::Timeout)?,
            answer => answer?,
        };
        let (cites, at) = (read.version.0, context.at);
        let command = match answer {
            PayAnswer::Paid { reference: bank_reference } => {
                Command::RecordPayout(RecordPayout { statement, payout, bank_reference, cites, at })
            }
            PayAnswer::Refused { reason } => {
                Command::RecordPayoutFailure(RecordPayoutFailure { statement, payout, reason, cites, at })
            }
        };
        self.log.execute::<Statement>(context, &statement, command).await?;
        Ok(())
    }

    async fn bank_account(&self, merchant: MerchantId) -> Result<String, ServiceError> {
        let state = self.log.read::<Merchant>(&merchant).await?.state;
        let sealed = state.bank_account().ok_or(Refusal::NotFound("bank account"))?;
        let account: BankAccount = self.vault.open(merchant.0, sealed).await?;
        Ok(account.account)
    }

    /// Requests a statement's payout by its mall's policy.
    pub async fn minimum_payout(&self, statement: StatementId) -> Result<Price, ServiceError> {
        let read = self.log.read::<Statement>(&statement).await?;
        let standing = read.state.standing().ok_or(Refusal::NotFound("statement"))?;
        let minimum = self.mall(&standing.heading().mall)?.minimum_payout_minor;
        Price::new(minimum).map_err(|error| ServiceError::Broken(error.to_string()))
    }
}

/// The period after one, by the cycle in force now.
fn following(cycle: SettlementCycle, period: Period, utc_offset_seconds: i32) -> Period {
    period_of(cycle, period.until(), utc_offset_seconds)
}
