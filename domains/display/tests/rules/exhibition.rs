//! What an exhibition takes and refuses in which phase, and when shoppers see it.

use display::Exhibition;
use display::exhibition::command::{Draft, End, Publish, Revise};
use display::exhibition::event::{Drafted, Ended, Published, Revised};
use display::exhibition::{Command, Event, Rejection, Section};
use kernel::Decider;

use crate::given::given;
use crate::samples::{at, exhibition, mall, section, text};

pub(crate) fn draft(sections: Vec<Section>) -> Command {
    let (from, until) = (at(100), at(200));
    Command::Draft(Draft {
        exhibition: exhibition(),
        mall: mall(),
        title: text("Summer"),
        from,
        until,
        sections,
        at: at(0),
    })
}

pub(crate) fn revise(title: &str, sections: Vec<Section>) -> Command {
    let (from, until) = (at(100), at(200));
    Command::Revise(Revise { title: text(title), from, until, sections, at: at(1) })
}

pub(crate) fn publish(second: i64) -> Command {
    Command::Publish(Publish { at: at(second) })
}

pub(crate) fn end() -> Command {
    Command::End(End { at: at(150) })
}

pub(crate) fn drafted() -> Event {
    Event::Drafted(Drafted {
        exhibition: exhibition(),
        mall: mall(),
        title: text("Summer"),
        from: at(100),
        until: at(200),
        sections: vec![section(3)],
        at: at(0),
    })
}

pub(crate) fn revised() -> Event {
    Event::Revised(Revised {
        exhibition: exhibition(),
        mall: mall(),
        title: text("Late summer"),
        from: at(100),
        until: at(200),
        sections: vec![section(2)],
        at: at(1),
    })
}

pub(crate) fn published() -> Event {
    Event::Published(Published { exhibition: exhibition(), mall: mall(), at: at(50) })
}

pub(crate) fn ended() -> Event {
    Event::Ended(Ended { exhibition: exhibition(), mall: mall(), at: at(150) })
}

#[test]
fn an_exhibition_is_drafted_published_and_ended() {
    let late = || revise("Late summer", vec![section(2)]);
    given::<Exhibition>(&[]).when(draft(vec![section(3)])).then(Ok(vec![drafted()]));
    given::<Exhibition>(&[drafted()]).when(late()).then(Ok(vec![revised()]));
    given::<Exhibition>(&[drafted()]).when(publish(50)).then(Ok(vec![published()]));
    given::<Exhibition>(&[drafted(), published()]).when(late()).then(Ok(vec![revised()]));
    given::<Exhibition>(&[drafted(), published()]).when(end()).then(Ok(vec![ended()]));
}

#[test]
fn what_is_already_so_stays_so() {
    given::<Exhibition>(&[drafted()]).when(draft(vec![section(3)])).then(Ok(vec![]));
    given::<Exhibition>(&[drafted()]).when(revise("Summer", vec![section(3)])).then(Ok(vec![]));
    given::<Exhibition>(&[drafted(), published()]).when(publish(60)).then(Ok(vec![]));
    given::<Exhibition>(&[drafted(), published(), ended()]).when(end()).then(Ok(vec![]));
}

#[test]
fn nothing_happens_to_an_exhibition_that_was_never_drafted() {
    for command in [publish(50), revise("Summer", vec![section(3)]), end()] {
        given::<Exhibition>(&[]).when(command).then(Err(Rejection::NotFound));
    }
}

#[test]
fn an_ended_exhibition_stays_ended() {
    let history = [drafted(), published(), ended()];
    let forbidden = |action| Err(Rejection::PhaseForbids { action, phase: "ended" });
    given::<Exhibition>(&history).when(publish(150)).then(forbidden("published"));
    given::<Exhibition>(&history).when(revise("Summer", vec![section(3)])).then(forbidden("revised"));
    given::<Exhibition>(&history).when(draft(vec![section(3)])).then(Err(Rejection::AlreadyDrafted));
}

#[test]
fn a_draft_cannot_be_ended() {
    given::<Exhibition>(&[drafted()])
        .when(end())
        .then(Err(Rejection::PhaseForbids { action: "ended", phase: "a draft" }));
}

#[test]
fn an_exhibition_without_products_is_not_published() {
    let Event::Drafted(body) = drafted() else { unreachable!() };
    let empty = Event::Drafted(Drafted { sections: vec![section(0)], ..body });
    given::<Exhibition>(&[empty]).when(publish(50)).then(Err(Rejection::NothingToShow));
    given::<Exhibition>(&[drafted(), published()])
        .when(revise("Summer", vec![]))
        .then(Err(Rejection::NothingToShow));
}

#[test]
fn an_exhibition_is_not_published_after_its_period() {
    given::<Exhibition>(&[drafted()]).when(publish(200)).then(Err(Rejection::PeriodOver));
}

#[test]
fn a_period_ends_after_it_begins() {
    let Command::Draft(command) = draft(vec![]) else { unreachable!() };
    let until = command.from;
    given::<Exhibition>(&[])
        .when(Command::Draft(Draft { until, ..command }))
        .then(Err(Rejection::EmptyPeriod));
}

#[test]
fn sections_and_their_products_are_limited() {
    assert!(Exhibition::decide(&Exhibition::fold(&[]), draft(vec![section(200); 20])).is_ok());
    given::<Exhibition>(&[])
        .when(draft(vec![section(1); 21]))
        .then(Err(Rejection::TooManySections { max: 20, found: 21 }));
    given::<Exhibition>(&[drafted()])
        .when(revise("Summer", vec![section(201)]))
        .then(Err(Rejection::TooManyProducts { max: 200, found: 201 }));
}

#[test]
fn a_product_is_in_a_section_once() {
    let mut products = section(2).products;
    products.extend(section(1).products);
    let twice = Section { products, ..section(1) };
    given::<Exhibition>(&[])
        .when(draft(vec![twice]))
        .then(Err(Rejection::ProductTwice(section(1).products[0])));
}

#[test]
fn shoppers_see_a_published_exhibition_in_its_period_only() {
    let live = |history: &[Event]| {
        let state = Exhibition::fold(history);
        [99, 100, 199, 200].map(|second| state.is_live_at(at(second)))
    };
    assert_eq!(live(&[drafted(), published()]), [false, true, true, false]);
    assert_eq!(live(&[drafted()]), [false; 4]);
    assert_eq!(live(&[drafted(), published(), ended()]), [false; 4]);
}
