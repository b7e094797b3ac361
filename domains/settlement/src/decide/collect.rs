//! What goes onto an open statement: sales, what claims took back and left, a former balance. The first of them opens it.

use std::collections::BTreeSet;

use kernel::Timestamp;
use kernel::id::StatementId;

use super::Decision;
use crate::accrual::accrue as item_of_sale;
use crate::claim_fee::fee_item;
use crate::command::{Accrue, CarryIn, SettleClaim};
use crate::event::{CarriedIn, ItemsAdded, Opened};
use crate::item::SettlementItem;
use crate::ledger::Source;
use crate::policy::{CARRIES_MAX, ITEMS_MAX, LINES_MAX, RETURNED_LINES_MAX};
use crate::reversal::{ReturnedLine, reverse};
use crate::state::{Phase, Standing};
use crate::totals::Totals;
use crate::value::{Heading, ItemKey};
use crate::{Event, Rejection, State, chain, posting};

pub(super) fn accrue(state: &State, command: Accrue) -> Decision {
    let Accrue { statement, heading, terms, lines, cites, at } = command;
    check_count(lines.len(), LINES_MAX)?;
    if let Some(line) = lines.iter().find(|line| !line.is_covered()) {
        return Err(Rejection::LineNotCovered(line.item.clone()));
    }
    let items = lines.into_iter().map(|line| item_of_sale(line, &terms, cites)).collect();
    add(Page::of(state, statement, heading, at)?, items, Cause::Confirmation)
}

pub(super) fn settle_claim(state: &State, command: SettleClaim) -> Decision {
    let SettleClaim { statement, heading, returned, fee, cites, at } = command;
    check_count(returned.len() + usize::from(fee.is_some()), RETURNED_LINES_MAX + 1)?;
    returned.iter().try_for_each(check_returned)?;
    let fee = fee.filter(|fee| !fee.amount.is_zero()).map(|fee| fee_item(fee, cites));
    let items = returned.into_iter().map(|line| reverse(line, cites)).chain(fee).collect();
    add(Page::of(state, statement, heading, at)?, items, Cause::Claim)
}

pub(super) fn carry_in(state: &State, command: CarryIn) -> Decision {
    let CarryIn { statement, heading, from, amount, at } = command;
    let page = Page::of(state, statement, heading, at)?;
    match page.standing.carried_in.get(&from) {
        Some(carried) if *carried == amount => return Ok(Vec::new()),
        Some(_) => return Err(Rejection::CarryDiffers(from)),
        None if amount.is_zero() => return Ok(Vec::new()),
        None => check_carry(&page.standing, from)?,
    }
    let carried = CarriedIn {
        statement,
        merchant: page.standing.merchant(),
        from,
        amount,
        currency: page.standing.heading.currency,
        chain_sha256: chain::with_carry(&page.standing.chain, from, amount),
        at,
    };
    Ok(page.then(Event::CarriedIn(carried)))
}

/// The statement to write on, with the event that opens it where it is new.
struct Page {
    opening: Option<Opened>,
    standing: Standing,
    at: Timestamp,
}

impl Page {
    fn of(state: &State, statement: StatementId, heading: Heading, at: Timestamp) -> Result<Self, Rejection> {
        match state {
            State::Absent => Ok(Self::opening(statement, heading, at)),
            State::Standing(standing) if standing.heading == heading && standing.statement == statement => {
                Ok(Self { opening: None, standing: (**standing).clone(), at })
            }
            State::Standing(_) => Err(Rejection::AnotherHeading),
        }
    }

    fn opening(statement: StatementId, heading: Heading, at: Timestamp) -> Self {
        let chain_sha256 = chain::genesis(statement, &heading);
        let Heading { merchant, mall, currency, period } = heading;
        let opened = Opened { statement, merchant, mall, currency, period, chain_sha256, at };
        Self { standing: Standing::opened(&opened), opening: Some(opened), at }
    }

    fn then(self, event: Event) -> Vec<Event> {
        self.opening.map(Event::Opened).into_iter().chain([event]).collect()
    }
}

/// Why items are added.
#[derive(Clone, Copy)]
enum Cause {
    Confirmation,
    Claim,
}

/// Adds the items that aren't there yet. Of those there already the first version stays.
fn add(page: Page, items: Vec<SettlementItem>, cause: Cause) -> Decision {
    check_keys(&items)?;
    let standing = &page.standing;
    let new: Vec<_> = items.into_iter().filter(|item| !standing.contains(&item.item)).collect();
    if new.is_empty() {
        return Ok(Vec::new());
    }
    check_room(standing, &new)?;
    let added = added(&page, new, cause)?;
    Ok(page.then(match cause {
        Cause::Confirmation => Event::ItemsAccrued(added),
        Cause::Claim => Event::ItemsAdjusted(added),
    }))
}

fn added(page: &Page, items: Vec<SettlementItem>, cause: Cause) -> Result<ItemsAdded, Rejection> {
    let Heading { merchant, mall, currency, .. } = page.standing.heading.clone();
    let cites = items.first().map_or(0, |item| item.cites);
    let (parts, source) = (Totals::of(&items).parts, Source { currency, cites });
    let entry = match cause {
        Cause::Confirmation => posting::accrual(merchant, &parts, source),
        Cause::Claim => posting::adjustment(merchant, &parts, source),
    }?;
    let chain_sha256 = chain::with_items(&page.standing.chain, &items);
    Ok(ItemsAdded {
        statement: page.standing.statement,
        merchant,
        mall,
        items,
        entry,
        chain_sha256,
        at: page.at,
    })
}

fn check_count(found: usize, limit: usize) -> Result<(), Rejection> {
    match found {
        0 => Err(Rejection::NoLines),
        _ if found > limit => Err(Rejection::TooManyLines { found, limit }),
        _ => Ok(()),
    }
}

fn check_returned(line: &ReturnedLine) -> Result<(), Rejection> {
    if !line.is_reversible() {
        Err(Rejection::NotReversible(line.item.clone()))
    } else if !line.fits() {
        Err(Rejection::TooManyPieces(line.item.clone()))
    } else {
        Ok(())
    }
}

fn check_keys(items: &[SettlementItem]) -> Result<(), Rejection> {
    let mut seen: BTreeSet<&ItemKey> = BTreeSet::new();
    match items.iter().find(|item| !seen.insert(&item.item)) {
        Some(item) => Err(Rejection::ItemNamedTwice(item.item.clone())),
        None => Ok(()),
    }
}

fn check_room(standing: &Standing, new: &[SettlementItem]) -> Result<(), Rejection> {
    if standing.phase != Phase::Open {
        let missing = new.iter().map(|item| item.item.clone()).collect();
        return Err(Rejection::StatementClosed { missing });
    }
    if let Some(late) = new.iter().find(|item| item.basis_at >= standing.heading.period.until()) {
        return Err(Rejection::AfterPeriod(late.item.clone()));
    }
    if standing.keys.len() + new.len() > ITEMS_MAX { Err(Rejection::StatementFull) } else { Ok(()) }
}

fn check_carry(standing: &Standing, from: StatementId) -> Result<(), Rejection> {
    if from == standing.statement {
        Err(Rejection::CarryFromItself)
    } else if standing.phase != Phase::Open {
        Err(Rejection::ClosedToCarry)
    } else if standing.carried_in.len() >= CARRIES_MAX {
        Err(Rejection::TooManyCarries)
    } else {
        Ok(())
    }
}
