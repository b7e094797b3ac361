//! Every saga there is. A new one is named here, or it never runs.

use crate::Sagas;
use crate::accrual::Accrual;
use crate::claim::Claim;
use crate::confirmation::Confirmation;
use crate::earning::Earning;
use crate::fulfilment::Fulfilment;
use crate::gift::Gift;
use crate::payment_expiry::PaymentExpiry;
use crate::point_expiry::PointExpiry;
use crate::redemption::Redemption;
use crate::refund::Refund;
use crate::statement::Statement;

/// All of them, for the coordinator.
pub fn every_saga() -> Sagas {
    Sagas::default()
        .with::<PaymentExpiry>()
        .with::<Refund>()
        .with::<Redemption>()
        .with::<Gift>()
        .with::<Fulfilment>()
        .with::<Confirmation>()
        .with::<Claim>()
        .with::<Accrual>()
        .with::<Earning>()
        .with::<PointExpiry>()
        .with::<Statement>()
}
