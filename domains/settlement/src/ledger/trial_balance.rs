//! The trial balance (시산표): a fold over entries, per currency, account and merchant. Never here: a decision.

use std::collections::BTreeMap;

use kernel::Currency;
use kernel::id::MerchantId;

use super::{Account, Entry, EntryLine, Side};

/// What went through one account, in minor units. Wider than an amount: a ledger outlives any one statement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Balance {
    /// Sum of the left.
    pub debit_minor: i128,
    /// Sum of the right.
    pub credit_minor: i128,
}

/// The sums of every account over a run of entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrialBalance {
    balances: BTreeMap<(Currency, Account, Option<MerchantId>), Balance>,
}

impl TrialBalance {
    /// The balance over some entries.
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        let mut trial = Self::default();
        entries.into_iter().for_each(|entry| trial.post(entry));
        trial
    }

    /// Adds one entry.
    pub fn post(&mut self, entry: &Entry) {
        for line in entry.lines() {
            let key = (entry.currency(), line.account, line.merchant);
            self.balances.entry(key).or_default().add(line);
        }
    }

    /// Whether debits equal credits in every currency.
    pub fn is_balanced(&self) -> bool {
        let mut differences: BTreeMap<Currency, i128> = BTreeMap::new();
        for ((currency, _, _), balance) in &self.balances {
            *differences.entry(*currency).or_default() += balance.debit_minor - balance.credit_minor;
        }
        differences.values().all(|difference| *difference == 0)
    }

    /// An account's balance on its normal side, in minor units, over all merchants.
    pub fn balance_minor(&self, currency: Currency, account: Account) -> i128 {
        self.of_account(currency, account).map(|(_, balance)| balance.on(account.normal_side())).sum()
    }

    /// One merchant's balance of an account on its normal side, in minor units.
    pub fn merchant_balance_minor(&self, currency: Currency, account: Account, merchant: MerchantId) -> i128 {
        let key = (currency, account, Some(merchant));
        self.balances.get(&key).map_or(0, |balance| balance.on(account.normal_side()))
    }

    /// Every account touched, in a fixed order.
    pub fn lines(&self) -> impl Iterator<Item = (Currency, Account, Option<MerchantId>, Balance)> + '_ {
        self.balances
            .iter()
            .map(|((currency, account, merchant), sums)| (*currency, *account, *merchant, *sums))
    }

    fn of_account(
        &self,
        currency: Currency,
        account: Account,
    ) -> impl Iterator<Item = (Option<MerchantId>, Balance)> + '_ {
        self.lines().filter(move |line| line.0 == currency && line.1 == account).map(|line| (line.2, line.3))
    }
}

impl Balance {
    /// The balance as seen from a side.
    pub const fn on(self, side: Side) -> i128 {
        match side {
            Side::Debit => self.debit_minor - self.credit_minor,
            Side::Credit => self.credit_minor - self.debit_minor,
        }
    }

    fn add(&mut self, line: &EntryLine) {
        self.debit_minor += i128::from(line.debit.minor());
        self.credit_minor += i128::from(line.credit.minor());
    }
}
