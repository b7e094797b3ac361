//! Accruing: what an order confirmed at a position goes onto its merchants' statements.

use std::collections::BTreeMap;

use eventstore::{Context, Seq, StreamName};
use kernel::id::{MerchantId, OrderId};
use order::Order;
use order::event::{ConfirmedLine, LinesConfirmed};
use settlement::Command;
use settlement::command::Accrue;
use settlement::policy::LINES_MAX;

use crate::app::App;
use crate::service::ServiceError;

impl App {
    /// Puts the lines that an order confirmed at a position onto their merchants' statements.
    pub async fn accrue(&self, context: &Context, order: OrderId, position: Seq) -> Result<(), ServiceError> {
        let confirmed = self.confirmation(order, position).await?;
        let mut by_merchant: BTreeMap<MerchantId, Vec<&ConfirmedLine>> = BTreeMap::new();
        for line in &confirmed.lines {
            by_merchant.entry(line.merchant).or_default().push(line);
        }
        for (merchant, lines) in by_merchant {
            self.accrue_merchant(context, &confirmed, (merchant, &lines), position).await?;
        }
        Ok(())
    }

    /// What an order confirmed at a position.
    pub(in crate::service) async fn confirmation(
        &self,
        order: OrderId,
        position: Seq,
    ) -> Result<LinesConfirmed, ServiceError> {
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
        (merchant, lines): (MerchantId, &[&ConfirmedLine]),
        position: Seq,
    ) -> Result<(), ServiceError> {
        let agreement = self.agreement(&confirmed.mall, merchant, confirmed.placed_at).await?;
        let lines =
            lines.iter().map(|line| agreement.line(confirmed, line)).collect::<Result<Vec<_>, _>>()?;
        let heading = agreement.heading(confirmed.mall.clone(), confirmed.currency, confirmed.at);
        let (terms, cites, at) = (agreement.terms(), position.0, context.at);
        for (nth, lines) in lines.chunks(LINES_MAX).enumerate() {
            let context = if nth == 0 { context.clone() } else { context.step(&format!("lines/{nth}")) };
            let accrue = |statement, heading| {
                Command::Accrue(Accrue { statement, heading, terms, lines: lines.to_vec(), cites, at })
            };
            self.in_open_statement(&context, heading.clone(), agreement.cycle(), accrue).await?;
        }
        Ok(())
    }
}
