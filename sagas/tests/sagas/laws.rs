//! Laws of every saga, whatever it hears in whatever order and however often.

use std::collections::BTreeMap;

use kernel::{Decider, DomainEvent};
use proptest::prelude::*;
use sagas::fulfilment::Fulfilment;
use sagas::payment_expiry::PaymentExpiry;
use sagas::process::{Event, Instance, Process};
use sagas::{Command, Effect, Saga};

use crate::given::{Given, Told, given};
use crate::{
    accrual, claim_cancel, claim_return, confirmation, earning, fulfilment, gift, payment_expiry,
    point_expiry, redemption, refund, statement,
};

/// Tells the words' inputs in this order; a number beyond them comes round again.
fn disordered<S: Saga>(words: Vec<Told<S::Timer>>, order: &[usize]) -> Given<S> {
    let heard = given::<S>(words).heard;
    let mut instance = Given::<S>::default();
    for number in order {
        let (source, input) = heard[number % heard.len()].clone();
        let known = instance.instance.steps.contains_key(&source);
        let effects = instance.take(source, input);
        assert!(!known || effects.is_empty(), "an input that was taken is answered again");
    }
    instance
}

/// An input that was taken has no effect again, and its step is there once.
fn an_input_counts_once<S: Saga>(words: Vec<Told<S::Timer>>, order: &[usize]) {
    let told = disordered::<S>(words, order);
    assert_eq!(told.steps.len(), told.instance.steps.len());
}

/// Folding the steps as read from the log ends where deciding them ended.
fn a_replay_ends_the_same<S: Saga>(words: Vec<Told<S::Timer>>, order: &[usize]) {
    let told = disordered::<S>(words, order);
    let replayed = told.steps.into_iter().fold(Instance::<S>::default(), |instance, step| {
        let encoded = Event::<S>::Stepped(Box::new(step)).encode().unwrap();
        let read = Event::<S>::decode(encoded.name, encoded.version, encoded.data.get()).unwrap();
        Process::<S>::evolve(instance, &read)
    });
    assert_eq!(format!("{replayed:?}"), format!("{:?}", told.instance));
}

fn both_laws<S: Saga>(words: Vec<Told<S::Timer>>, order: &[usize]) {
    an_input_counts_once::<S>(words.clone(), order);
    a_replay_ends_the_same::<S>(words, order);
}

/// How often each command to a stock was issued, by the stock and what it says.
fn to_stocks<S: Saga>(given: &Given<S>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for effect in given.steps.iter().flat_map(|step| &step.effects) {
        if let Effect::Issue { command, .. } = effect
            && let Command::Stock { sku, .. } = &**command
        {
            *counts.entry(format!("{sku} {}", command.name())).or_default() += 1;
        }
    }
    counts
}

proptest! {
    #[test]
    fn the_laws_hold_for_every_saga(order in proptest::collection::vec(0_usize..40, 0..60)) {
        both_laws::<PaymentExpiry>(payment_expiry::every_word(), &order);
        both_laws::<sagas::refund::Refund>(refund::every_word(), &order);
        both_laws::<sagas::redemption::Redemption>(redemption::every_word(), &order);
        both_laws::<sagas::gift::Gift>(gift::every_word(), &order);
        both_laws::<Fulfilment>(fulfilment::every_word(), &order);
        both_laws::<sagas::confirmation::Confirmation>(confirmation::every_word(), &order);
        both_laws::<sagas::claim::Claim>(claim_cancel::every_word(), &order);
        both_laws::<sagas::claim::Claim>(claim_return::every_word(), &order);
        both_laws::<sagas::accrual::Accrual>(accrual::every_word(), &order);
        both_laws::<sagas::earning::Earning>(earning::every_word(), &order);
        both_laws::<sagas::point_expiry::PointExpiry>(point_expiry::every_word(), &order);
        both_laws::<sagas::statement::Statement>(statement::every_word(), &order);
    }

    #[test]
    fn an_orders_stock_is_released_once_at_most(order in proptest::collection::vec(0_usize..40, 0..60)) {
        let told = disordered::<PaymentExpiry>(payment_expiry::every_word(), &order);
        prop_assert!(to_stocks(&told).values().all(|count| *count == 1), "{:?}", to_stocks(&told));
    }

    #[test]
    fn a_shipments_stock_is_committed_once_at_most(order in proptest::collection::vec(0_usize..40, 0..60)) {
        let told = disordered::<Fulfilment>(fulfilment::every_word(), &order);
        prop_assert!(to_stocks(&told).values().all(|count| *count == 1), "{:?}", to_stocks(&told));
    }
}
