//! Entries and the trial balance.

use kernel::{Amount, Currency};
use settlement::item::Parts;
use settlement::ledger::{Account, Entry, EntryError, EntryKind, EntryLine, Source, TrialBalance};
use settlement::posting;

use crate::given::{item, merchant};

const SOURCE: Source = Source { currency: Currency::Krw, cites: 41 };

fn won(minor: i64) -> Amount {
    Amount::from_minor(minor)
}

fn entry_line(account: Account, debit: i64, credit: i64) -> EntryLine {
    let merchant = account.is_per_merchant().then(merchant);
    EntryLine { account, merchant, debit: won(debit), credit: won(credit) }
}

fn entry(lines: Vec<EntryLine>) -> Result<Entry, EntryError> {
    Entry::new(EntryKind::Capture, SOURCE, lines)
}

#[test]
fn an_entry_that_does_not_balance_is_none() {
    let lines = vec![entry_line(Account::Bank, 5, 0), entry_line(Account::CustomerDeposits, 0, 4)];
    assert_eq!(entry(lines), Err(EntryError::Unbalanced { debits: 5, credits: 4 }));
    let lines = vec![entry_line(Account::Bank, 4, 0), entry_line(Account::CustomerDeposits, 0, 5)];
    assert_eq!(entry(lines), Err(EntryError::Unbalanced { debits: 4, credits: 5 }));
}

#[test]
fn sums_beyond_an_amount_do_not_hide_a_difference() {
    let most = i64::MAX;
    let lines = vec![
        entry_line(Account::Bank, most, 0),
        entry_line(Account::Bank, most, 0),
        entry_line(Account::CustomerDeposits, 0, most),
    ];
    assert!(matches!(entry(lines), Err(EntryError::Unbalanced { .. })));
}

#[test]
fn a_line_uses_exactly_one_side() {
    for (debit, credit) in [(0, 0), (1, 1), (-1, 0), (0, -1), (1, -1)] {
        let lines = vec![entry_line(Account::Bank, debit, credit)];
        assert_eq!(entry(lines), Err(EntryError::Side(Account::Bank)), "{debit} {credit}");
    }
}

#[test]
fn a_merchant_is_named_where_accounts_are_kept_per_merchant_and_nowhere_else() {
    for account in Account::ALL {
        let mut line = entry_line(account, 1, 0);
        line.merchant = if line.merchant.is_some() { None } else { Some(merchant()) };
        assert_eq!(entry(vec![line]), Err(EntryError::Merchant(account)));
    }
}

#[test]
fn an_unbalanced_entry_cannot_be_read_back() {
    let good = serde_json::to_string(&posting::capture(won(5), SOURCE).unwrap()).unwrap();
    assert!(serde_json::from_str::<Entry>(&good).is_ok());
    assert!(
        serde_json::from_str::<Entry>(&good.replacen("\"debit_minor\":5", "\"debit_minor\":6", 1)).is_err()
    );
}

#[test]
fn account_codes_are_unique() {
    let mut codes: Vec<_> = Account::ALL.iter().map(|account| account.code()).collect();
    codes.dedup();
    assert_eq!(codes.len(), Account::ALL.len());
    assert!(codes.is_sorted());
}

#[test]
fn an_accrual_moves_deposits_to_the_merchant_and_the_commission() {
    let entry = posting::accrual(merchant(), &item("a").parts, SOURCE).unwrap();
    let expected = [
        entry_line(Account::CustomerDeposits, 29_500, 0),
        entry_line(Account::PlatformDiscountExpense, 2_000, 0),
        entry_line(Account::PointsExpense, 500, 0),
        entry_line(Account::MerchantPayable, 0, 28_520),
        entry_line(Account::CommissionRevenue, 0, 3_164),
        entry_line(Account::CommissionVatPayable, 0, 316),
    ];
    assert_eq!(entry.lines(), expected);
}

#[test]
fn an_accrual_of_nothing_has_no_lines() {
    assert!(posting::accrual(merchant(), &Parts::default(), SOURCE).unwrap().lines().is_empty());
}

#[test]
fn a_purchase_from_capture_to_payout_leaves_the_commission_and_its_costs() {
    let parts = item("a").parts;
    let entries = [
        posting::capture(won(40_000), SOURCE),
        posting::refund(won(10_500), SOURCE),
        posting::gateway_deposit(won(29_500), won(700), SOURCE),
        posting::accrual(merchant(), &parts, SOURCE),
        posting::payout_request(merchant(), parts.net(), SOURCE),
        posting::payout(merchant(), parts.net(), SOURCE),
    ];
    let trial = TrialBalance::of(&entries.map(Result::unwrap));
    let balances = Account::ALL.map(|account| trial.balance_minor(Currency::Krw, account));
    // Bank: 29,500 − 700 − 28,520. The last six: VAT, strays, commission, discount, points, gateway fee.
    assert_eq!(balances, [280, 0, 0, 0, 0, 316, 0, 3_164, 2_000, 500, 700]);
    assert!(trial.is_balanced());
}

#[test]
fn a_stray_capture_is_owed_back_and_never_a_deposit() {
    let came = posting::stray_capture(won(700), SOURCE).unwrap();
    let went = posting::stray_refund(won(700), SOURCE).unwrap();
    let trial = TrialBalance::of([&came]);
    assert_eq!(trial.balance_minor(Currency::Krw, Account::GatewayReceivable), 700);
    assert_eq!(trial.balance_minor(Currency::Krw, Account::StrayCaptures), 700);
    let trial = TrialBalance::of([&came, &went]);
    for account in Account::ALL {
        assert_eq!(trial.balance_minor(Currency::Krw, account), 0, "{account:?}");
    }
}

#[test]
fn currencies_are_kept_apart() {
    let dollars = Source { currency: Currency::Usd, ..SOURCE };
    let trial = TrialBalance::of(&[
        posting::capture(won(5), SOURCE).unwrap(),
        posting::capture(won(7), dollars).unwrap(),
    ]);
    assert_eq!(trial.balance_minor(Currency::Krw, Account::CustomerDeposits), 5);
    assert_eq!(trial.balance_minor(Currency::Usd, Account::CustomerDeposits), 7);
    assert_eq!(trial.merchant_balance_minor(Currency::Usd, Account::MerchantPayable, merchant()), 0);
}
