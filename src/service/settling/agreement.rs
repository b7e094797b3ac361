//! What a merchant and the marketplace agreed on for an order: from it follows what each of its lines is worth on a
//! statement, the same whenever it is asked. Never here: a statement.

use kernel::id::MerchantId;
use kernel::{Amount, MallId, Price, Timestamp};
use member::Merchant;
use member::merchant::{Contract, SettlementCycle as ContractCycle};
use order::event::{ConfirmedLine, LinesConfirmed};
use settlement::accrual;
use settlement::cycle::{SettlementCycle, period_of};
use settlement::item::SettlementItem;
use settlement::value::{Heading, ItemKey, TaxType, Terms};

use crate::app::App;
use crate::service::ServiceError;

/// The contract that an order's lines of one merchant are settled by.
#[derive(Debug, Clone)]
pub(super) struct Agreement {
    merchant: MerchantId,
    contract: Contract,
    terms: Terms,
    utc_offset_seconds: i32,
}

impl App {
    /// What was agreed with a merchant for orders placed in a mall at an instant.
    pub(super) async fn agreement(
        &self,
        mall: &MallId,
        merchant: MerchantId,
        placed_at: Timestamp,
    ) -> Result<Agreement, ServiceError> {
        let mall = self.mall(mall)?;
        let state = self.log.read::<Merchant>(&merchant).await?.state;
        let contract = state.contract_of_order(placed_at).cloned();
        let contract =
            contract.ok_or_else(|| ServiceError::Broken(format!("merchant {merchant} has no contract")))?;
        Ok(Agreement::new(merchant, contract, mall.commission_vat_rate, mall.utc_offset_seconds))
    }
}

impl Agreement {
    pub(super) const fn new(
        merchant: MerchantId,
        contract: Contract,
        commission_vat_rate: kernel::Rate,
        utc_offset_seconds: i32,
    ) -> Self {
        let terms = Terms { commission_rate: contract.default_rate, commission_vat_rate };
        Self { merchant, contract, terms, utc_offset_seconds }
    }

    pub(super) const fn terms(&self) -> Terms {
        self.terms
    }

    pub(super) const fn cycle(&self) -> SettlementCycle {
        cycle(self.contract.cycle)
    }

    /// The statement that something belongs on that falls due at an instant.
    pub(super) fn heading(&self, mall: MallId, currency: kernel::Currency, due: Timestamp) -> Heading {
        let period = period_of(self.cycle(), due, self.utc_offset_seconds);
        Heading { merchant: self.merchant, mall, currency, period }
    }

    /// A confirmed line as a statement takes it.
    pub(super) fn line(
        &self,
        confirmed: &LinesConfirmed,
        line: &ConfirmedLine,
    ) -> Result<accrual::ConfirmedLine, ServiceError> {
        Ok(accrual::ConfirmedLine {
            item: key(format!("{}/{}/{}", confirmed.order, line.line, line.first_piece))?,
            order: confirmed.order,
            line: line.line.0,
            quantity: line.quantity,
            tax: tax(line.taxable),
            sale: price(line.sale)?,
            discount_merchant: price(line.discount_merchant)?,
            discount_platform: price(line.discount_platform)?,
            points: price(line.points)?,
            shipping: price(line.shipping)?,
            commission_rate: Some(self.contract.rate_for(&line.category)),
            basis_at: confirmed.at,
        })
    }

    /// The item of a confirmed line, as it stands on its statement or will: it follows from the confirmation alone.
    pub(super) fn item(
        &self,
        confirmed: &LinesConfirmed,
        line: &ConfirmedLine,
        cites: u64,
    ) -> Result<SettlementItem, ServiceError> {
        Ok(accrual::accrue(self.line(confirmed, line)?, &self.terms, cites))
    }
}

pub(super) const fn cycle(contract: ContractCycle) -> SettlementCycle {
    match contract {
        ContractCycle::Daily => SettlementCycle::Daily,
        ContractCycle::Weekly => SettlementCycle::Weekly,
        ContractCycle::TwiceMonthly => SettlementCycle::TwiceMonthly,
        ContractCycle::Monthly => SettlementCycle::Monthly,
    }
}

pub(super) const fn tax(taxable: bool) -> TaxType {
    if taxable { TaxType::Taxable } else { TaxType::TaxFree }
}

pub(super) fn key(text: String) -> Result<ItemKey, ServiceError> {
    ItemKey::new(text).map_err(|error| ServiceError::Broken(error.to_string()))
}

fn price(amount: Amount) -> Result<Price, ServiceError> {
    Price::new(amount.minor()).map_err(|error| ServiceError::Broken(error.to_string()))
}
