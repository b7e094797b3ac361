//! Settling: confirmed lines onto their merchants' statements, balances carried over, payouts through the bank.

use std::collections::BTreeMap;

use eventstore::{CommandError, Context, Seq, StreamName};
use kernel::Price;
use kernel::id::{MerchantId, OrderId, PayoutId, StatementId};
use member::Merchant;
use member::merchant::SettlementCycle as ContractCycle;
use order::Order;
use order::event::LinesConfirmed;
use settlement::accrual::ConfirmedLine;
use settlement::command::{Accrue, CarryIn, RecordPayout, RecordPayoutFailure};
use settlement::cycle::{Period, SettlementCycle, period_of};
use settlement::state::Phase;
use settlement::value::{Heading, ItemKey, TaxType, Terms};
use settlement::{Command, Statement};

use super::personal::BankAccount;
use super::{Refusal, ServiceError};
use crate::app::App;
use crate::gateways::GatewayError;
use crate::gateways::bank::{PayAnswer, PayRequest};
use crate::ids;

/// How many cycles ahead an open statement is looked for when the proper one is closed already.
const MAX_CYCLES_AHEAD: u32 = 60;

/// A merchant's statement of one mall and period.
pub fn statement_id(heading: &Heading) -> StatementId {
    let from = heading.period.from().timestamp().to_string();
    let until = heading.period.until().timestamp().to_string();
    let (mall, merchant) = (heading.mall.to_string(), heading.merchant.to_string());
    StatementId(ids::derived(&["statement", &mall, &merchant, &from, &until]))
}

impl App {
    /// Puts the lines that an order confirmed at a position onto their merchants' statements.
    pub async fn accrue(&self, context: &Context, order: OrderId, position: Seq) -> Result<(), ServiceError> {
        let confirmed = self.confirmation(order, position).await?;
        let mut by_merchant: BTreeMap<MerchantId, Vec<&order::event::ConfirmedLine>> = BTreeMap::new();
        for line in &confirmed.lines {
            by_merchant.entry(line.merchant).or_default().push(line);
        }
        for (merchant, lines) in by_merchant {
            self.accrue_merchant(context, &confirmed, (merchant, &lines), position).await?;
        }
        Ok(())
    }

    async fn confirmation(&self, order: OrderId, position: Seq) -> Result<LinesConfirmed, ServiceError> {
        let stream = StreamName::of::<Order>(&order);
        let commits = self.log.store().load(&stream, Seq(position.0.saturating_sub(1))).await?;
        let missing =
            || ServiceError::Broken(format!("position {position} holds no confirmation of order {order}"));
        let commit = commits.first().filter(|commit| commit.seq == position).ok_or_else(missing)?;
        let events = commit.decode::<order::Event>()?;
        let found = events.into_iter().find_map(|event| {
            if let order::Event::LinesConfirmed(confirmed) = event { Some(confirmed) } else { None }
        });
        found.ok_or_else(missing)
    }

    async fn accrue_merchant(
        &self,
        context: &Context,
        confirmed: &LinesConfirmed,
        (merchant, lines): (MerchantId, &[&order::event::ConfirmedLine]),
        position: Seq,
    ) -> Result<(), ServiceError> {
        let mall = self.mall(&confirmed.mall)?;
        let state = self.log.read::<Merchant>(&merchant).await?.state;
        // An order placed before the first contract began is settled by that first contract's terms.
        let contract = state.contract_at(confirmed.placed_at).or_else(|| state.contract_at(context.at));
        let contract =
            contract.ok_or_else(|| ServiceError::Broken(format!("merchant {merchant} has no contract")))?;
        let terms =
            Terms { commission_rate: contract.default_rate, commission_vat_rate: mall.commission_vat_rate };
        let rate_of = |category: &str| Some(contract.rate_for(category));
        let lines: Result<Vec<_>, _> =
            lines.iter().map(|line| confirmed_line(confirmed, line, rate_of(&line.category))).collect();
        let period = period_of(cycle(contract.cycle), confirmed.at, mall.utc_offset_seconds);
        let heading = Heading { merchant, mall: mall.mall.clone(), currency: confirmed.currency, period };
        let lines = lines?;
        let at = context.at;
        let accrue = move |statement, heading| {
            Command::Accrue(Accrue { statement, heading, terms, lines: lines.clone(), cites: position.0, at })
        };
        self.in_open_statement(context, heading, cycle(contract.cycle), accrue).await
    }

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
                Err(CommandError::Rejected(reason)) if reason.code() == "statement_closed" => {
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

const fn cycle(contract: ContractCycle) -> SettlementCycle {
    match contract {
        ContractCycle::Daily => SettlementCycle::Daily,
        ContractCycle::Weekly => SettlementCycle::Weekly,
        ContractCycle::TwiceMonthly => SettlementCycle::TwiceMonthly,
        ContractCycle::Monthly => SettlementCycle::Monthly,
    }
}

fn confirmed_line(
    confirmed: &LinesConfirmed,
    line: &order::event::ConfirmedLine,
    commission_rate: Option<kernel::Rate>,
) -> Result<ConfirmedLine, ServiceError> {
    let broken = |error: String| ServiceError::Broken(error);
    let price =
        |amount: kernel::Amount| Price::new(amount.minor()).map_err(|error| broken(error.to_string()));
    let item = format!("{}/{}/{}", confirmed.order, line.line, line.first_piece);
    Ok(ConfirmedLine {
        item: ItemKey::new(item).map_err(|error| broken(error.to_string()))?,
        order: confirmed.order,
        line: line.line.0,
        quantity: line.quantity,
        tax: if line.taxable { TaxType::Taxable } else { TaxType::TaxFree },
        sale: price(line.sale)?,
        discount_merchant: price(line.discount_merchant)?,
        discount_platform: price(line.discount_platform)?,
        points: price(line.points)?,
        shipping: price(line.shipping)?,
        commission_rate,
        basis_at: confirmed.at,
    })
}
