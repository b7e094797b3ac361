//! What holds for any figures and any run of commands.

use kernel::{Amount, Currency, Decider, DomainEvent, Quantity};
use proptest::prelude::*;
use settlement::accrual::{ConfirmedLine, accrue as accrue_line};
use settlement::claim_fee::fee_item;
use settlement::item::Parts;
use settlement::ledger::{Account, Entry, Source, TrialBalance};
use settlement::reversal::{ReturnedLine, reverse};
use settlement::totals::Totals;
use settlement::{Command, Event, Statement, posting};

use crate::given::{
    accrue, accrue_lines, adjust, carry_in, close, confirm, entry_of, fail, fee, item, key, line, merchant,
    rate, record, request, request_of, retry, returned, settle_claim, terms, won,
};

const SOURCE: Source = Source { currency: Currency::Krw, cites: 41 };

prop_compose! {
    /// A line whose discounts and points are covered.
    fn any_line()(
        sale in prop_oneof![0_i64..200, 0_i64..5_000_000], shipping in 0_i64..5_000,
        shares in prop::array::uniform3(0_i64..=100), quantity in 1_u32..12, millionths in 0_u32..=1_000_000,
    ) -> ConfirmedLine {
        let discount_merchant = sale * shares[0] / 100;
        let discount_platform = (sale - discount_merchant) * shares[1] / 100;
        let points = (sale - discount_merchant - discount_platform + shipping) * shares[2] / 100;
        ConfirmedLine {
            quantity: Quantity::new(quantity).unwrap(),
            sale: won(sale),
            discount_merchant: won(discount_merchant),
            discount_platform: won(discount_platform),
            points: won(points),
            shipping: won(shipping),
            commission_rate: Some(rate(&format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000))),
            ..line("a")
        }
    }
}

/// Any command of a small world, so that runs meet the same items and payouts again.
fn any_command() -> impl Strategy<Value = Command> {
    prop_oneof![
        6 => (0_u8..6).prop_map(|name| accrue(&format!("i{name}"))),
        3 => (0_u8..6, -5_000_i64..5_000).prop_map(|(name, minor)| {
            settle_claim(vec![], Some(fee(&format!("f{name}"), minor)))
        }),
        3 => (0_u8..6, -5_000_i64..5_000).prop_map(|(name, minor)| {
            let back = returned(&format!("b{name}"), item(&format!("i{name}")));
            settle_claim(vec![back], Some(fee(&format!("f{name}"), minor)))
        }),
        3 => (0_u8..6).prop_map(|name| adjust(returned(&format!("b{name}"), item(&format!("i{name}"))))),
        1 => (-50_000_i64..50_000).prop_map(|minor| carry_in(0, minor)),
        1 => Just(close()),
        1 => Just(confirm()),
        1 => prop_oneof![Just(request()), Just(request_of(2, 40_000))],
        1 => (1_u128..4).prop_map(record),
        1 => (1_u128..4).prop_map(fail),
        1 => (1_u128..4).prop_map(retry),
    ]
}

/// A run that ends in closing, confirming and paying, so that all phases are reached.
fn any_run() -> impl Strategy<Value = Vec<Command>> {
    let ending = [close(), confirm(), request(), fail(1), retry(2), record(2)];
    (prop::collection::vec(any_command(), 0..30), 0_usize..=6)
        .prop_map(move |(run, steps)| run.into_iter().chain(ending.iter().take(steps).cloned()).collect())
}

fn history(commands: &[Command]) -> Vec<Event> {
    let mut events = Vec::new();
    for command in commands {
        events.extend(Statement::decide(&Statement::fold(&events), command.clone()).unwrap_or_default());
    }
    events
}

/// A history as it comes back from the log.
fn stored(history: &[Event]) -> Vec<Event> {
    let encoded = history.iter().map(|event| event.encode().unwrap());
    encoded.map(|event| Event::decode(event.name, event.version, event.data.get()).unwrap()).collect()
}

proptest! {
    #[test]
    fn an_items_parts_add_up_and_its_entry_balances(line in any_line()) {
        prop_assert!(line.is_covered());
        let item = accrue_line(line, &terms(), 1);
        let parts = item.parts;
        prop_assert_eq!(item.net, parts.sale - parts.discount_merchant + parts.shipping - parts.commission);
        prop_assert_eq!(
            parts.customer_paid() + parts.discount_platform + parts.points,
            item.net + parts.commission
        );
        prop_assert!(parts.commission_vat <= parts.commission && !parts.commission_vat.is_negative());
        prop_assert!(!item.net.is_negative() && !parts.customer_paid().is_negative());
        prop_assert!(TrialBalance::of([&posting::accrual(merchant(), &parts, SOURCE).unwrap()]).is_balanced());
    }

    #[test]
    fn returns_in_any_steps_take_back_exactly_the_sale(line in any_line(), steps in prop::collection::vec(1_u32..5, 12)) {
        let original = accrue_line(line, &terms(), 1);
        let (mut before, mut sum) = (0, original.parts);
        for step in steps.into_iter().chain([original.quantity]) {
            let pieces = step.min(original.quantity - before);
            let Ok(pieces) = Quantity::new(pieces) else { break };
            let back = ReturnedLine { first_piece: before, pieces, ..returned("b", original.clone()) };
            prop_assert!(back.is_reversible() && back.fits());
            let parts = reverse(back, 2).parts;
            prop_assert!(parts.sale.minor() <= 0 && parts.shipping.is_zero() && parts.commission.minor() <= 0);
            prop_assert!(parts.discount_merchant.minor() <= 0 && parts.discount_platform.minor() <= 0);
            prop_assert!(parts.points.minor() <= 0);
            prop_assert!(parts.commission <= parts.commission_vat && parts.commission_vat.minor() <= 0);
            before += pieces.get();
            sum = sum.plus(&parts);
        }
        prop_assert_eq!(sum, Parts { shipping: original.parts.shipping, ..Parts::default() });
    }

    #[test]
    fn the_trial_balance_is_zero_after_any_postings(
        lines in prop::collection::vec((any_line(), 0_u8..11, 0_i64..5_000_000), 1..40),
    ) {
        let mut trial = TrialBalance::default();
        for (line, posting, minor) in lines {
            trial.post(&any_entry(line, posting, Amount::from_minor(minor)));
            prop_assert!(trial.is_balanced());
            let sides = trial.lines().fold((0, 0), |sum, line| {
                (sum.0 + line.3.debit_minor, sum.1 + line.3.credit_minor)
            });
            prop_assert_eq!(sides.0, sides.1);
        }
    }

    #[test]
    fn totals_are_the_sums_of_the_items(lines in prop::collection::vec(any_line(), 1..30)) {
        let keyed = lines.into_iter().enumerate().map(|(n, line)| ConfirmedLine { item: key(&n.to_string()), ..line });
        let events = history(&[accrue_lines(keyed.collect())]);
        let items: Vec<_> = events.iter().flat_map(items_of).collect();
        let totals = *Statement::fold(&events).standing().unwrap().totals();
        prop_assert_eq!(totals, Totals::of(&items));
        prop_assert_eq!(totals.net, items.iter().map(|item| item.net).sum());
        prop_assert_eq!(totals.net, totals.parts.net());
        prop_assert_eq!(totals.taxable + totals.tax_free + totals.zero_rated, totals.parts.supply());
    }

    #[test]
    fn the_same_command_twice_has_one_effect(run in any_run(), last in any_command()) {
        let mut events = history(&run);
        if let Ok(decided) = Statement::decide(&Statement::fold(&events), last.clone()) {
            events.extend(decided);
            let again = Statement::decide(&Statement::fold(&events), last);
            prop_assert_eq!(again.unwrap_or_default(), vec![]);
        }
    }

    #[test]
    fn a_replay_from_the_log_gives_the_same_from_any_point(run in any_run(), cut in 0_usize..20) {
        let events = history(&run);
        let (head, tail) = events.split_at(cut.min(events.len()));
        let resumed = stored(tail).iter().fold(Statement::fold(&stored(head)), Statement::evolve);
        prop_assert_eq!(&resumed, &Statement::fold(&events));
        prop_assert_eq!(history(&run), events);
    }

    #[test]
    fn the_ledger_and_the_statement_agree_on_what_is_owed(run in any_run()) {
        let events = history(&run);
        let entries: Vec<Entry> = events.iter().filter_map(entry_of).collect();
        let trial = TrialBalance::of(&entries);
        let owed = trial.merchant_balance_minor(Currency::Krw, Account::MerchantPayable, merchant())
            + trial.merchant_balance_minor(Currency::Krw, Account::PayoutsInTransit, merchant());
        let paid: i64 = events.iter().map(paid_by).sum();
        let net = Statement::fold(&events).standing().map_or(0, |standing| standing.totals().net.minor());
        prop_assert_eq!(owed, i128::from(net - paid));
        prop_assert!(trial.is_balanced());
    }

    #[test]
    fn a_payout_is_paid_at_most_once(run in any_run()) {
        let paid = history(&run).iter().filter(|event| matches!(event, Event::Paid(_))).count();
        prop_assert!(paid <= 1);
    }
}

fn any_entry(line: ConfirmedLine, posting: u8, amount: Amount) -> Entry {
    let original = accrue_line(line, &terms(), 1);
    let back = reverse(returned("b", original.clone()), 2);
    match posting {
        0 => posting::capture(amount, SOURCE),
        1 => posting::refund(amount, SOURCE),
        2 => posting::gateway_deposit(amount, Amount::from_minor(amount.minor() / 50), SOURCE),
        3 => posting::accrual(merchant(), &original.parts, SOURCE),
        4 => posting::adjustment(merchant(), &back.parts, SOURCE),
        5 => posting::payout_request(merchant(), amount, SOURCE),
        6 => posting::payout(merchant(), amount, SOURCE),
        7 => posting::stray_capture(amount, SOURCE),
        8 => posting::stray_refund(amount, SOURCE),
        9 => posting::adjustment(merchant(), &fee_item(fee("f", -amount.minor()), 2).parts, SOURCE),
        _ => posting::payout_failure(merchant(), amount, SOURCE),
    }
    .unwrap()
}

fn items_of(event: &Event) -> Vec<settlement::item::SettlementItem> {
    if let Event::ItemsAccrued(added) | Event::ItemsAdjusted(added) = event {
        added.items.clone()
    } else {
        Vec::new()
    }
}

fn paid_by(event: &Event) -> i64 {
    if let Event::Paid(paid) = event { paid.amount.minor() } else { 0 }
}

proptest! {
    #[test]
    fn a_frozen_statement_thaws_as_it_was(run in any_run()) {
        let state = Statement::fold(&history(&run));
        prop_assert_eq!(Statement::thaw(&Statement::freeze(&state).unwrap()), Some(state));
    }
}
