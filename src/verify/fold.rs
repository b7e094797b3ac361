//! Every kind of aggregate there is, folded without knowing which. A kind that is missing here is found unknown.

use eventstore::{ReadError, Recorded, StreamName, seal};
use kernel::Decider;
use sagas::process::Process;

use super::law::Lawful;
use super::seals;

/// An aggregate that is folded commit by commit.
pub(super) trait Fold: Send {
    /// Folds a commit and says which laws the state after it breaks.
    fn step(&mut self, commit: &Recorded) -> Result<Vec<String>, ReadError>;
}

struct State<D: Decider>(D::State);

impl<D: Lawful> Fold for State<D> {
    fn step(&mut self, commit: &Recorded) -> Result<Vec<String>, ReadError> {
        let events = commit.decode::<D::Event>()?;
        let state = std::mem::take(&mut self.0);
        self.0 = events.iter().fold(state, D::evolve);
        Ok(D::broken(&self.0, &events))
    }
}

/// How an aggregate's fold begins.
type Begin = fn() -> Box<dyn Fold>;

fn begin<D: Lawful>() -> Box<dyn Fold> {
    Box::new(State::<D>(D::State::default()))
}

/// The aggregate that a stream belongs to.
pub(super) fn kind_of(stream: &StreamName) -> Option<Begin> {
    if seal::is_of(stream) {
        return Some(seals::fold);
    }
    KINDS.iter().find(|(is, _)| is(stream)).map(|(_, begin)| *begin)
}

type Kind = (fn(&StreamName) -> bool, Begin);

const fn kind<D: Lawful>() -> Kind {
    (StreamName::is::<D>, begin::<D>)
}

/// Those written most often first.
const KINDS: &[Kind] = &[
    kind::<product::Stock>(),
    kind::<order::Order>(),
    kind::<payment::Payment>(),
    kind::<shipping::Shipment>(),
    kind::<Process<sagas::payment_expiry::PaymentExpiry>>(),
    kind::<Process<sagas::gift::Gift>>(),
    kind::<Process<sagas::fulfilment::Fulfilment>>(),
    kind::<Process<sagas::confirmation::Confirmation>>(),
    kind::<Process<sagas::accrual::Accrual>>(),
    kind::<Process<sagas::earning::Earning>>(),
    kind::<Process<sagas::point_expiry::PointExpiry>>(),
    kind::<settlement::Statement>(),
    kind::<Process<sagas::statement::Statement>>(),
    kind::<claim::Claim>(),
    kind::<Process<sagas::claim::Claim>>(),
    kind::<Process<sagas::refund::Refund>>(),
    kind::<Process<sagas::redemption::Redemption>>(),
    kind::<member::PointAccount>(),
    kind::<order::coupon::Coupon>(),
    kind::<order::allowance::PurchaseAllowance>(),
    kind::<order::campaign::Campaign>(),
    kind::<order::campaign::CodeClaim>(),
    kind::<order::cart::Purchase>(),
    kind::<member::Admins>(),
    kind::<member::Session>(),
    kind::<member::Member>(),
    kind::<member::EmailClaim>(),
    kind::<member::Merchant>(),
    kind::<member::Operator>(),
    kind::<product::Product>(),
    kind::<product::Category>(),
    kind::<display::DisplayTree>(),
    kind::<display::Exhibition>(),
    kind::<shipping::DeliveryPolicy>(),
    kind::<crate::service::request::Request>(),
    kind::<sagas::unheard::Unheard>(),
];
