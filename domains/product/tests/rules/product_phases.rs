//! Which command a product takes in which phase: every pair of the two, by table, and the events of the allowed ones.

use kernel::Decider;
use product::Product;
use product::product::command::{
    Approve, Describe, Discontinue, Draft, Edit, Reject, Resume, SetPrice, Submit, Suspend,
};
use product::product::event::{Described, Discontinued, Edited, PriceSet, Resumed};
use product::product::{Command, Details, Event, Party, Phase, Rejection};

use crate::given::given;
use crate::samples::{
    approved, at, details, drafted, id, mall, merchant, operator, price, product, rejected, sale, sku,
    submitted, suspended, text,
};

pub(crate) fn draft() -> Command {
    Command::Draft(Draft {
        product: product(),
        mall: mall(),
        currency: kernel::Currency::Krw,
        merchant: merchant(),
        details: details(),
        at: at(0),
    })
}

fn other_details() -> Details {
    Details { name: text("Another shirt"), ..details() }
}

/// One command of each kind, each with something new to say.
pub(crate) fn commands() -> Vec<Command> {
    vec![
        draft(),
        Command::Edit(Edit { details: other_details(), at: at(9) }),
        Command::Describe(Describe { name: text("New"), description: None, images: vec![], at: at(9) }),
        Command::SetPrice(SetPrice { sku: sku(1), price: price(9_000), sale: None, at: at(9) }),
        Command::Submit(Submit { at: at(1) }),
        Command::Approve(Approve { operator: operator(), at: at(2) }),
        Command::Reject(Reject { operator: operator(), reason: text("blurred image"), at: at(2) }),
        Command::Suspend(Suspend { reason: text("new batch"), by: Party::Merchant, at: at(3) }),
        Command::Resume(Resume { by: Party::Merchant, at: at(9) }),
        Command::Discontinue(Discontinue { at: at(9) }),
        crate::product_limits::limit(2, 5, Some(30)),
    ]
}

fn phases() -> Vec<Vec<Event>> {
    let on_sale = vec![drafted(), submitted(), approved()];
    let discontinued =
        Event::Discontinued(Discontinued { product: product(), merchant: merchant(), at: at(4) });
    vec![
        vec![],
        vec![drafted()],
        vec![drafted(), submitted()],
        vec![drafted(), submitted(), rejected()],
        on_sale.clone(),
        [on_sale.clone(), vec![suspended(Party::Merchant)]].concat(),
        [on_sale.clone(), vec![suspended(Party::Operator)]].concat(),
        [on_sale, vec![discontinued]].concat(),
    ]
}

fn outcome(history: &[Event], command: Command) -> char {
    match Product::decide(&Product::fold(history), command) {
        Ok(events) if events.is_empty() => '=',
        Ok(_) => '+',
        Err(Rejection::NotFound) => '?',
        Err(Rejection::SuspendedByOperator) => '!',
        Err(_) => '-',
    }
}

/// `+` does it, `=` is already so, `-` is refused by the phase, `?` isn't there, `!` is forbidden to the merchant.
/// Columns: draft, edit, describe, set price, submit, approve, reject, suspend, resume, discontinue,
/// limit purchases.
#[test]
fn each_phase_takes_its_commands_and_no_others() {
    let table: Vec<String> = phases()
        .iter()
        .map(|history| commands().into_iter().map(|command| outcome(history, command)).collect())
        .collect();
    assert_eq!(
        table,
        [
            "+??????????", // absent
            "=+-++-----+", // draft
            "----=++---+", // in review
            "-+----=---+", // rejected
            "--++-=-+=++", // on sale
            "--++---=+++", // suspended by the merchant
            "--++---=!++", // suspended by an operator
            "---------=-", // discontinued
        ]
    );
}

#[test]
fn a_product_goes_on_sale_by_draft_submission_and_approval() {
    given::<Product>(&[]).when(draft()).then(Ok(vec![drafted()]));
    given::<Product>(&[drafted()]).when(Command::Submit(Submit { at: at(1) })).then(Ok(vec![submitted()]));
    given::<Product>(&[drafted(), submitted()])
        .when(Command::Approve(Approve { operator: operator(), at: at(2) }))
        .then(Ok(vec![approved()]));
    let state = Product::fold(&[drafted(), submitted(), approved()]);
    assert!(state.is_on_sale());
}

#[test]
fn a_rejected_product_is_a_draft_again_once_edited() {
    let edited = Edited { product: product(), merchant: merchant(), details: other_details(), at: at(9) };
    let history = [drafted(), submitted(), rejected()];
    let phase = Phase::Rejected { reason: text("blurred image") };
    assert_eq!(Product::fold(&history).phase(), Some(&phase));
    given::<Product>(&history)
        .when(Command::Edit(Edit { details: other_details(), at: at(9) }))
        .then(Ok(vec![Event::Edited(edited.clone())]));
    let state = Product::fold(history.iter().chain([&Event::Edited(edited)]));
    assert_eq!((state.phase(), state.details()), (Some(&Phase::Draft), Some(&other_details())));
}

#[test]
fn a_product_on_sale_cannot_be_edited_as_a_whole() {
    given::<Product>(&[drafted(), submitted(), approved()])
        .when(Command::Edit(Edit { details: other_details(), at: at(9) }))
        .then(Err(Rejection::PhaseForbids { action: "edited", phase: "on sale" }));
}

#[test]
fn a_product_on_sale_can_be_described_anew() {
    let described = Described {
        product: product(),
        merchant: merchant(),
        name: text("New"),
        description: None,
        images: vec![],
        at: at(9),
    };
    let history = [drafted(), submitted(), approved()];
    let command = Describe { name: text("New"), description: None, images: vec![], at: at(9) };
    given::<Product>(&history)
        .when(Command::Describe(command))
        .then(Ok(vec![Event::Described(described.clone())]));
    let state = Product::fold(history.iter().chain([&Event::Described(described)]));
    assert_eq!(state.name(), Some(&text("New")));
    assert_eq!(state.details().unwrap().description, None);
}

#[test]
fn a_price_change_is_a_fact_of_its_own() {
    let command = SetPrice { sku: sku(1), price: price(9_000), sale: Some(sale(7_000, 0, 10)), at: at(9) };
    let set = Event::PriceSet(PriceSet {
        product: product(),
        merchant: merchant(),
        sku: sku(1),
        price: price(9_000),
        sale: Some(sale(7_000, 0, 10)),
        at: at(9),
    });
    given::<Product>(&[drafted()]).when(Command::SetPrice(command.clone())).then(Ok(vec![set.clone()]));
    given::<Product>(&[drafted(), set.clone()]).when(Command::SetPrice(command)).then(Ok(vec![]));
    let state = Product::fold(&[drafted(), set]);
    assert_eq!(state.price_at(sku(1), at(5)), Some(price(7_000)));
    assert_eq!(state.price_at(sku(1), at(10)), Some(price(9_000)));
    assert_eq!(state.price_at(sku(2), at(10)), Some(price(10_000)));
}

#[test]
fn an_operators_suspension_takes_over_a_merchants() {
    let command = Suspend { reason: text("new batch"), by: Party::Operator, at: at(3) };
    given::<Product>(&[drafted(), submitted(), approved(), suspended(Party::Merchant)])
        .when(Command::Suspend(command))
        .then(Ok(vec![suspended(Party::Operator)]));
}

#[test]
fn an_operator_can_resume_what_a_merchant_suspended() {
    let resumed = Resumed { product: product(), merchant: merchant(), by: Party::Operator, at: at(9) };
    given::<Product>(&[drafted(), submitted(), approved(), suspended(Party::Merchant)])
        .when(Command::Resume(Resume { by: Party::Operator, at: at(9) }))
        .then(Ok(vec![Event::Resumed(resumed)]));
}

#[test]
fn a_product_rejected_for_one_reason_is_not_rejected_for_another() {
    let command = Reject { operator: operator(), reason: text("other"), at: at(9) };
    given::<Product>(&[drafted(), submitted(), rejected()])
        .when(Command::Reject(command))
        .then(Err(Rejection::PhaseForbids { action: "rejected", phase: "rejected" }));
}

#[test]
fn an_id_cannot_be_drafted_twice_with_other_contents() {
    let Command::Draft(draft) = draft() else { unreachable!() };
    let other = Draft { merchant: kernel::id::MerchantId(id(99)), ..draft };
    given::<Product>(&[drafted()]).when(Command::Draft(other)).then(Err(Rejection::AlreadyDrafted));
}
