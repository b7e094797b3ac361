//! One play: an unpaid order, the actors around its payment, and what must be so in the end, whatever the order of their
//! steps.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use eventstore::{Context, Log, Memory, Seq};
use futures::future::BoxFuture;
use jangteo::app::App;
use jangteo::gateways::webhook::Notice;
use jangteo::service::ServiceError;
use jangteo::service::payments::Paying;
use kernel::id::{CommandId, CorrelationId};
use kernel::{Actor, Timestamp};
use order::Order;
use order::value::CancelReason;
use payment::{Command, Event, Expire, Payment};
use sagas::payment_expiry::PaymentExpiry;
use sagas::{Errand, IssueError, Saga};
use uuid::Uuid;

use super::counter::{Books, Counter};
use super::explorer::{Gate, Point, Schedule, Stage};
use super::gated::Gated;
use super::hand;
use crate::acts::{order, payment};
use crate::world::Beginning;

/// Somebody around a payment.
#[derive(Debug, Clone, Copy)]
pub enum Around {
    /// A client that has asked to pay before anybody else does anything.
    Before(&'static str, &'static str),
    /// A client that asks to pay under a name, by an instrument.
    Payer(&'static str, &'static str),
    /// The gateway's webhook for what that name asked, once it is booked.
    Teller(&'static str),
    /// The gateway, that books what that name asked when it pleases, or when the shopper has shown that it is them.
    LateBooking(&'static str),
    /// The shopper, back from the gateway's page.
    Returning,
    /// The time to pay is over.
    Expiry,
    /// The gateway is asked what became of a capture.
    Resolving,
    /// The shopper calls the order off.
    Cancelling,
}

/// How a play ended.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ending {
    /// Where the order stands.
    pub order: String,
    /// How often the gateway took money.
    pub captures: usize,
}

/// A play that is being played.
struct Play {
    base: App,
    store: Arc<Memory>,
    books: Books,
    /// What payers were told.
    told: Arc<Mutex<Vec<String>>>,
}

/// How each state of log and gateway that actors left behind ended: what follows from the same is the same.
pub type Known = BTreeMap<String, Ending>;

/// Plays one order of the actors' steps and checks what must always be so.
pub async fn play(
    beginning: &Beginning,
    actors: &[Around],
    (schedule, known): (&mut Schedule, &mut Known),
) -> Ending {
    let stage = Stage::default();
    let play = Play {
        base: beginning.app().clone(),
        store: Arc::new(beginning.log()),
        books: Books::default(),
        told: Arc::default(),
    };
    for actor in actors.iter().filter(|actor| matches!(actor, Around::Before(..))) {
        play.act(*actor, Gate::default()).await;
    }
    let actors: Vec<_> = actors.iter().filter(|actor| !matches!(actor, Around::Before(..))).collect();
    let acts = actors.iter().enumerate().map(|(number, actor)| play.act(**actor, stage.gate(number)));
    schedule.play(&stage, acts.collect()).await;
    let left = play.left(beginning.log_head().await).await;
    if let Some(ending) = known.get(&left) {
        return ending.clone();
    }
    let ending = play.ending(&format!("{actors:?}: {:?}", stage.went())).await;
    known.insert(left, ending.clone());
    ending
}

impl Play {
    /// A process of its own.
    fn app(&self, gate: Gate) -> App {
        let log = Log::new(Arc::new(Gated { store: self.store.clone(), gate: gate.clone() }));
        let gateway = Arc::new(Counter { books: self.books.clone(), gate });
        self.base.clone().with(|parts| (parts.log, parts.gateway) = (log, gateway))
    }

    fn act(&self, actor: Around, gate: Gate) -> BoxFuture<'static, ()> {
        let (app, books, told) = (self.app(gate.clone()), self.books.clone(), self.told.clone());
        match actor {
            Around::Before(name, instrument) | Around::Payer(name, instrument) => Box::pin(async move {
                gate.pass(Point::Begins).await;
                let paid = app.pay(&named(name, &app).await, payment(1), instrument.to_owned()).await;
                told.lock().unwrap().push(in_a_word(paid));
            }),
            Around::Teller(name) => Box::pin(async move {
                let known = books.clone();
                gate.pass_when(Point::Begins, move || known.notice(&key(name)).is_some()).await;
                let notice = Notice::CaptureBooked(books.notice(&key(name)).unwrap());
                app.hear(&named(&jangteo::ids::fresh().to_string(), &app).await, notice).await.unwrap();
            }),
            Around::LateBooking(name) => Box::pin(async move {
                let known = books.clone();
                gate.pass_when(Point::Begins, move || known.owes(&key(name))).await;
                if books.owes(&key(name)) {
                    books.book(&key(name));
                }
            }),
            Around::Returning => Box::pin(async move {
                gate.pass(Point::Begins).await;
                let back = app.pay_on_return(&named("returning", &app).await, payment(1)).await;
                told.lock().unwrap().push(in_a_word(back));
            }),
            Around::Expiry => Box::pin(async move {
                gate.pass(Point::Begins).await;
                let context = named("expiry", &app).await;
                let command = Command::Expire(Expire { at: context.at });
                let command = sagas::Command::Payment { payment: payment(1), command };
                issue(&app, context, command).await;
            }),
            Around::Resolving => Box::pin(async move {
                gate.pass(Point::Begins).await;
                let context = named("resolving", &app).await;
                let errand = Errand::ResolveCapture { payment: payment(1), at: context.at };
                issue(&app, context, errand.into()).await;
            }),
            Around::Cancelling => Box::pin(async move {
                gate.pass(Point::Begins).await;
                let context = named("cancelling", &app).await;
                let cancel = order::command::Cancel { reason: CancelReason::Shopper, at: context.at };
                let _ = app.log.execute::<Order>(&context, &order(1), order::Command::Cancel(cancel)).await;
            }),
        }
    }

    /// What the actors left behind: in the log, at the gateway, in their ears.
    async fn left(&self, after: Seq) -> String {
        let commits = hand::commits(&self.app(Gate::default()), after).await;
        let events = commits.iter().flat_map(|commit| {
            commit
                .events
                .iter()
                .map(|event| format!("{} {} {}", commit.stream.as_str(), event.name, event.data))
        });
        let mut told = self.told.lock().unwrap().clone();
        told.sort();
        format!("{:?} {:?} {told:?}", events.collect::<Vec<_>>(), self.books)
    }

    async fn ending(&self, story: &str) -> Ending {
        let app = self.app(Gate::default());
        // A webhook comes until it is heard, however late.
        for notice in self.books.notices() {
            let context = named(&jangteo::ids::fresh().to_string(), &app).await;
            app.hear(&context, Notice::CaptureBooked(notice)).await.unwrap();
        }
        assert_eq!(hand::settle(&app).await, [""; 0], "{story}");
        let placed = app.log.read_latest::<Order>(&order(1)).await.unwrap().state;
        let paid = app.log.read_latest::<Payment>(&payment(1)).await.unwrap().state;
        let (captures, taken, returned) = self.books.totals();
        let is_paid = placed.phase() == order::state::Phase::Paid;
        let due = if is_paid { paid.amount().minor() } else { 0 };
        assert_eq!(taken - returned, due, "{story}: what is kept is what is paid for");
        assert_eq!(paid.captured().minor() - paid.refunded().minor(), due, "{story}: so do the books say");
        let events = captured_events(&app).await;
        assert!(events <= 1 && (events == 1 || !is_paid), "{story}: captured {events} times");
        for told in &*self.told.lock().unwrap() {
            let stands = placed.phase() == order::state::Phase::Cancelled;
            assert!(told != "captured" || is_paid || stands, "{story}: told {told}");
            assert!(told != "too late" || !is_paid, "{story}: told {told}");
        }
        Ending { order: format!("{:?}", placed.phase()), captures }
    }
}

/// A command of a saga: what is refused must be something that the saga knows what to do about.
async fn issue(app: &App, context: Context, command: sagas::Command) {
    let name = command.name();
    let issued: Result<(), IssueError> = sagas::Issuer::issue(app, context, command).await;
    if let Err(error) = issued {
        assert!(PaymentExpiry::expects(name, error.code()), "{name}: {error}");
    }
}

/// What a payer heard.
fn in_a_word(paid: Result<Paying, ServiceError>) -> String {
    match paid {
        Ok(Paying::Captured(_)) => "captured".to_owned(),
        Ok(Paying::TooLate(_)) => "too late".to_owned(),
        Ok(Paying::Declined(..)) => "declined".to_owned(),
        Ok(Paying::AwaitingDeposit(..)) => "awaiting deposit".to_owned(),
        Ok(Paying::AwaitingAuthentication(..)) => "awaiting authentication".to_owned(),
        Ok(Paying::Unknown(_)) => "unknown".to_owned(),
        Err(ServiceError::Command(eventstore::CommandError::Rejected(reason))) => reason.code().to_owned(),
        Err(error) => panic!("{error}"),
    }
}

/// How often the log says that the money is there.
async fn captured_events(app: &App) -> usize {
    let commits = hand::commits(app, Seq(0)).await;
    let payments = commits.iter().filter_map(|commit| commit.events_of::<Payment>().unwrap());
    let captured = |event: &&Event| matches!(event, Event::Captured(_));
    payments.map(|events| events.iter().filter(captured).count()).sum()
}

/// A request by its name, at the instant at which the time to pay is over.
async fn named(name: &str, app: &App) -> Context {
    let at: Timestamp =
        app.log.read_latest::<Payment>(&payment(1)).await.unwrap().state.expires_at().unwrap();
    let id = command(name);
    let (command_id, correlation_id) = (CommandId(id), CorrelationId(id));
    Context { command_id, correlation_id, causation: None, actor: Actor::system("test"), at, request: None }
}

fn command(name: &str) -> Uuid {
    Uuid::new_v5(&Uuid::nil(), name.as_bytes())
}

/// The gateway's key for what a payer asks.
fn key(name: &str) -> String {
    format!("capture-{}-{}", payment(1), command(name))
}
