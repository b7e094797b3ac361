//! How a product's facts add up. Total: it never fails and never decides; a fact before the draft changes nothing.

use std::sync::Arc;

use super::event::{Described, Drafted, Event, PriceSet};
use super::state::{Listing, Phase, State};
use super::value::PurchaseLimits;

/// Folds one event into the state.
pub(super) fn evolve(state: State, event: &Event) -> State {
    match event {
        Event::Drafted(body) => State::Listed(Arc::new(drafted(body))),
        Event::Edited(body) => change(state, |listing| {
            listing.details = body.details.clone();
            listing.phase = Phase::Draft;
        }),
        Event::Described(body) => change(state, |listing| describe(listing, body)),
        Event::PriceSet(body) => change(state, |listing| set_price(listing, body)),
        Event::PurchasesLimited(body) => change(state, |listing| listing.limits = body.limits),
        Event::Submitted(_) => enter(state, Phase::InReview),
        Event::Approved(_) | Event::Resumed(_) => enter(state, Phase::OnSale),
        Event::Rejected(body) => enter(state, Phase::Rejected { reason: body.reason.clone() }),
        Event::Suspended(body) => enter(state, Phase::Suspended { reason: body.reason.clone(), by: body.by }),
        Event::Discontinued(_) => enter(state, Phase::Discontinued),
    }
}

fn drafted(body: &Drafted) -> Listing {
    Listing {
        product: body.product,
        mall: body.mall.clone(),
        currency: body.currency,
        merchant: body.merchant,
        details: body.details.clone(),
        limits: PurchaseLimits::default(),
        phase: Phase::Draft,
    }
}

fn describe(listing: &mut Listing, body: &Described) {
    listing.details.name = body.name.clone();
    listing.details.description.clone_from(&body.description);
    listing.details.images.clone_from(&body.images);
}

fn set_price(listing: &mut Listing, body: &PriceSet) {
    for sku in listing.details.skus.iter_mut().filter(|sku| sku.sku == body.sku) {
        sku.price = body.price;
        sku.sale = body.sale;
    }
}

fn enter(state: State, phase: Phase) -> State {
    change(state, |listing| listing.phase = phase)
}

fn change(mut state: State, apply: impl FnOnce(&mut Listing)) -> State {
    if let State::Listed(listing) = &mut state {
        apply(Arc::make_mut(listing));
    }
    state
}
