//! The steps as they stand in the log for ever: written like the files, and the files read back the same.
//!
//! `UPDATE_GOLDEN=1` writes the files. One that changes is a shape that changes: give it a new version.

use std::path::Path;

use kernel::DomainEvent;
use sagas::Saga;
use sagas::process::Event;
use serde_json::Value;

use crate::given::{Told, given};
use crate::{
    accrual, claim_cancel, claim_return, confirmation, earning, fulfilment, gift, payment_expiry,
    point_expiry, redemption, refund, statement,
};

#[track_caller]
fn golden<S: Saga>(name: &str, words: Vec<Told<S::Timer>>) {
    let steps = given::<S>(words).steps.into_iter().map(|step| Event::<S>::Stepped(Box::new(step)));
    let written: Vec<Value> = steps.map(|step| value(&step)).collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.stepped.v1.json"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let text = serde_json::to_string_pretty(&written).unwrap();
        std::fs::write(&path, text + "\n").unwrap();
    }
    let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is not there", path.display()));
    let stored: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(written, stored);
    for step in stored {
        let read = Event::<S>::decode("stepped", 1, &step.to_string()).unwrap();
        assert_eq!(value(&read), step);
    }
}

fn value<S: Saga>(event: &Event<S>) -> Value {
    serde_json::from_str(event.encode().unwrap().data.get()).unwrap()
}

#[test]
fn the_steps_of_every_saga_are_written_as_ever() {
    golden::<sagas::payment_expiry::PaymentExpiry>("payment_expiry", payment_expiry::every_word());
    golden::<sagas::refund::Refund>("refund", refund::every_word());
    golden::<sagas::redemption::Redemption>("redemption", redemption::every_word());
    golden::<sagas::redemption::Redemption>("redemption.limited", redemption::every_limited_word());
    golden::<sagas::gift::Gift>("gift", gift::every_word());
    golden::<sagas::fulfilment::Fulfilment>("fulfilment", fulfilment::every_word());
    golden::<sagas::fulfilment::Fulfilment>("fulfilment.gift", gift::paid_and_accepted());
    golden::<sagas::confirmation::Confirmation>("confirmation", confirmation::every_word());
    golden::<sagas::claim::Claim>("claim.cancel", claim_cancel::every_word());
    golden::<sagas::claim::Claim>("claim.return", claim_return::every_word());
    golden::<sagas::accrual::Accrual>("accrual", accrual::every_word());
    golden::<sagas::earning::Earning>("earning", earning::every_word());
    golden::<sagas::point_expiry::PointExpiry>("point_expiry", point_expiry::every_word());
    golden::<sagas::statement::Statement>("statement", statement::every_word());
}
