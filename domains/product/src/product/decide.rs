//! What each command changes: one match, then one small function per command. No events means "already so".
//!
//! Never here: rules that need no history (see [`policy`]).

use kernel::Decider;
use kernel::id::ProductId;

use super::command::{
    Approve, Command, Describe, Discontinue, Draft, Edit, LimitPurchases, Reject, Resume, SetPrice, Submit,
    Suspend,
};
use super::event::{
    Approved, Described, Discontinued, Drafted, Edited, Event, PriceSet, PurchasesLimited, Rejected, Resumed,
    Submitted, Suspended,
};
use super::rejection::Rejection;
use super::state::{Listing, Phase, State};
use super::value::Party;
use super::{fold, policy};

/// The product's rules.
#[derive(Debug, Clone, Copy)]
pub struct Product;

type Decision = Result<Vec<Event>, Rejection>;

impl Decider for Product {
    const CONTEXT: &'static str = "product";
    const AGGREGATE: &'static str = "product";
    type Id = ProductId;
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Decision {
        let listing = state.listing().ok_or(Rejection::NotFound);
        match command {
            Command::Draft(command) => draft(state, command),
            Command::Edit(command) => edit(listing?, command),
            Command::Describe(command) => describe(listing?, command),
            Command::SetPrice(command) => set_price(listing?, &command),
            Command::LimitPurchases(command) => limit_purchases(listing?, &command),
            Command::Submit(command) => submit(listing?, &command),
            Command::Approve(command) => approve(listing?, &command),
            Command::Reject(command) => reject(listing?, command),
            Command::Suspend(command) => suspend(listing?, command),
            Command::Resume(command) => resume(listing?, &command),
            Command::Discontinue(command) => discontinue(listing?, &command),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        fold::evolve(state, event)
    }
}

fn draft(state: &State, command: Draft) -> Decision {
    let Draft { product, mall, currency, merchant, details, at } = command;
    let drafted = Drafted { product, mall, currency, merchant, details, at };
    match state.listing() {
        Some(listing) if already_drafted(listing, &drafted) => Ok(vec![]),
        Some(_) => Err(Rejection::AlreadyDrafted),
        None => {
            policy::check_details(&drafted.details)?;
            Ok(vec![Event::Drafted(drafted)])
        }
    }
}

/// The same draft sent again, before anything else happened to it.
fn already_drafted(listing: &Listing, drafted: &Drafted) -> bool {
    listing.phase == Phase::Draft
        && listing.mall == drafted.mall
        && listing.currency == drafted.currency
        && listing.merchant == drafted.merchant
        && listing.details == drafted.details
}

fn edit(listing: &Listing, Edit { details, at }: Edit) -> Decision {
    match listing.phase {
        Phase::Draft if listing.details == details => Ok(vec![]),
        Phase::Draft | Phase::Rejected { .. } => {
            policy::check_details(&details)?;
            let Listing { product, merchant, .. } = *listing;
            Ok(vec![Event::Edited(Edited { product, merchant, details, at })])
        }
        Phase::InReview | Phase::OnSale | Phase::Suspended { .. } | Phase::Discontinued => {
            forbidden(listing, "edited")
        }
    }
}

fn describe(listing: &Listing, command: Describe) -> Decision {
    match listing.phase {
        Phase::OnSale | Phase::Suspended { .. } => described(listing, command),
        Phase::Draft | Phase::InReview | Phase::Rejected { .. } | Phase::Discontinued => {
            forbidden(listing, "described anew")
        }
    }
}

fn described(listing: &Listing, command: Describe) -> Decision {
    let Describe { name, description, images, at } = command;
    let now = &listing.details;
    if now.name == name && now.description == description && now.images == images {
        return Ok(vec![]);
    }
    policy::check_images(&images)?;
    let Listing { product, merchant, .. } = *listing;
    Ok(vec![Event::Described(Described { product, merchant, name, description, images, at })])
}

fn set_price(listing: &Listing, command: &SetPrice) -> Decision {
    match listing.phase {
        Phase::Draft | Phase::OnSale | Phase::Suspended { .. } => priced(listing, command),
        Phase::InReview | Phase::Rejected { .. } | Phase::Discontinued => forbidden(listing, "priced"),
    }
}

fn priced(listing: &Listing, command: &SetPrice) -> Decision {
    let SetPrice { sku, price, sale, at } = *command;
    let now = listing.sku(sku).ok_or(Rejection::UnknownSku(sku))?;
    if now.price == price && now.sale == sale {
        return Ok(vec![]);
    }
    policy::check_sale(sku, price, sale.as_ref())?;
    let Listing { product, merchant, .. } = *listing;
    Ok(vec![Event::PriceSet(PriceSet { product, merchant, sku, price, sale, at })])
}

fn limit_purchases(listing: &Listing, command: &LimitPurchases) -> Decision {
    let LimitPurchases { limits, at } = *command;
    let Listing { product, merchant, .. } = *listing;
    if listing.phase == Phase::Discontinued {
        return forbidden(listing, "limited");
    }
    if listing.limits == limits {
        return Ok(vec![]);
    }
    policy::check_limits(limits)?;
    Ok(vec![Event::PurchasesLimited(PurchasesLimited { product, merchant, limits, at })])
}

fn submit(listing: &Listing, command: &Submit) -> Decision {
    let Listing { product, merchant, .. } = *listing;
    match listing.phase {
        Phase::Draft => Ok(vec![Event::Submitted(Submitted { product, merchant, at: command.at })]),
        Phase::InReview => Ok(vec![]),
        Phase::Rejected { .. } | Phase::OnSale | Phase::Suspended { .. } | Phase::Discontinued => {
            forbidden(listing, "submitted")
        }
    }
}

fn approve(listing: &Listing, command: &Approve) -> Decision {
    let Listing { product, merchant, .. } = *listing;
    let Approve { operator, at } = *command;
    match listing.phase {
        Phase::InReview => Ok(vec![Event::Approved(Approved { product, merchant, operator, at })]),
        Phase::OnSale => Ok(vec![]),
        Phase::Draft | Phase::Rejected { .. } | Phase::Suspended { .. } | Phase::Discontinued => {
            forbidden(listing, "approved")
        }
    }
}

fn reject(listing: &Listing, Reject { operator, reason, at }: Reject) -> Decision {
    let Listing { product, merchant, .. } = *listing;
    match &listing.phase {
        Phase::InReview => Ok(vec![Event::Rejected(Rejected { product, merchant, operator, reason, at })]),
        Phase::Rejected { reason: now } if *now == reason => Ok(vec![]),
        Phase::Draft
        | Phase::Rejected { .. }
        | Phase::OnSale
        | Phase::Suspended { .. }
        | Phase::Discontinued => forbidden(listing, "rejected"),
    }
}

/// An operator's suspension takes over a merchant's, so that the merchant can't lift it; otherwise it is already so.
fn suspend(listing: &Listing, Suspend { reason, by, at }: Suspend) -> Decision {
    let Listing { product, merchant, .. } = *listing;
    let suspended = Event::Suspended(Suspended { product, merchant, reason, by, at });
    match (&listing.phase, by) {
        (Phase::OnSale, _) | (Phase::Suspended { by: Party::Merchant, .. }, Party::Operator) => {
            Ok(vec![suspended])
        }
        (Phase::Suspended { .. }, _) => Ok(vec![]),
        (Phase::Draft | Phase::InReview | Phase::Rejected { .. } | Phase::Discontinued, _) => {
            forbidden(listing, "suspended")
        }
    }
}

fn resume(listing: &Listing, command: &Resume) -> Decision {
    let Listing { product, merchant, .. } = *listing;
    let Resume { by, at } = *command;
    match (&listing.phase, by) {
        (Phase::Suspended { by: Party::Operator, .. }, Party::Merchant) => {
            Err(Rejection::SuspendedByOperator)
        }
        (Phase::Suspended { .. }, _) => Ok(vec![Event::Resumed(Resumed { product, merchant, by, at })]),
        (Phase::OnSale, _) => Ok(vec![]),
        (Phase::Draft | Phase::InReview | Phase::Rejected { .. } | Phase::Discontinued, _) => {
            forbidden(listing, "resumed")
        }
    }
}

fn discontinue(listing: &Listing, command: &Discontinue) -> Decision {
    let Listing { product, merchant, .. } = *listing;
    match listing.phase {
        Phase::OnSale | Phase::Suspended { .. } => {
            Ok(vec![Event::Discontinued(Discontinued { product, merchant, at: command.at })])
        }
        Phase::Discontinued => Ok(vec![]),
        Phase::Draft | Phase::InReview | Phase::Rejected { .. } => forbidden(listing, "discontinued"),
    }
}

fn forbidden(listing: &Listing, action: &'static str) -> Decision {
    Err(Rejection::PhaseForbids { action, phase: listing.phase.name() })
}
