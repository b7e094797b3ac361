//! Every order in which actors can take their steps. Each stops at named points, one at a time is let go on, and the next
//! play differs in the last choice that can. No clock and no chance: the same choices make the same play.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use futures::future::BoxFuture;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

/// Most plays of one scene: one that has more is too large to be seen through.
const MOST: usize = 100_000;

/// Where an actor stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// Before anything.
    Begins,
    /// With a commit in hand, as read from a log that may move on meanwhile.
    Appends,
    /// With a request on its way to the gateway.
    Asks,
    /// With the gateway's answer on its way back.
    Hears,
    /// With a question on its way to the gateway.
    LooksUp,
}

type Ready = Box<dyn Fn() -> bool + Send>;

struct Waiting {
    point: Point,
    ready: Ready,
    go: oneshot::Sender<()>,
}

#[derive(Default)]
struct Places {
    waiting: BTreeMap<usize, Waiting>,
    done: usize,
    /// Who went on from where, in this order.
    went: Vec<(usize, Point)>,
}

/// Where the actors of one play are.
#[derive(Clone, Default)]
pub struct Stage(Arc<Mutex<Places>>);

/// An actor's way onto the stage; without a stage nobody ever stops.
#[derive(Clone, Default)]
pub struct Gate(Option<(Stage, usize)>);

impl Stage {
    /// The gate of an actor, by number.
    pub fn gate(&self, actor: usize) -> Gate {
        Gate(Some((self.clone(), actor)))
    }

    /// What happened, for whoever has to understand a failure.
    pub fn went(&self) -> Vec<(usize, Point)> {
        self.places().went.clone()
    }

    fn places(&self) -> MutexGuard<'_, Places> {
        self.0.lock().unwrap()
    }

    fn is_everybody(&self, actors: usize) -> bool {
        let places = self.places();
        places.waiting.len() + places.done == actors
    }

    fn ready(&self) -> Vec<usize> {
        let places = self.places();
        places.waiting.iter().filter(|(_, waiting)| (waiting.ready)()).map(|(actor, _)| *actor).collect()
    }

    fn let_go(&self, actor: usize) {
        let mut places = self.places();
        let waiting = places.waiting.remove(&actor).unwrap();
        places.went.push((actor, waiting.point));
        waiting.go.send(()).unwrap();
    }
}

impl Gate {
    /// Stops here until it is this actor's turn.
    pub async fn pass(&self, point: Point) {
        self.pass_when(point, || true).await;
    }

    /// The same, where the turn can't come before something is so.
    pub async fn pass_when(&self, point: Point, ready: impl Fn() -> bool + Send + 'static) {
        let Some((stage, actor)) = &self.0 else { return };
        let (go, turn) = oneshot::channel();
        let waiting = Waiting { point, ready: Box::new(ready), go };
        assert!(stage.places().waiting.insert(*actor, waiting).is_none(), "one actor is at one place");
        if turn.await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// The choices of one play: which was taken, of how many.
#[derive(Debug, Default)]
pub struct Schedule {
    choices: Vec<(usize, usize)>,
    made: usize,
}

impl Schedule {
    /// Lets the actors play until nobody can go on.
    pub async fn play(&mut self, stage: &Stage, actors: Vec<BoxFuture<'static, ()>>) {
        let number = actors.len();
        let mut acting = JoinSet::new();
        for actor in actors {
            let stage = stage.clone();
            acting.spawn(async move {
                actor.await;
                stage.places().done += 1;
            });
        }
        loop {
            while !stage.is_everybody(number) {
                acting.try_join_next().into_iter().for_each(|ended| ended.unwrap());
                tokio::task::yield_now().await;
            }
            let ready = stage.ready();
            if ready.is_empty() {
                return;
            }
            let chosen = self.choose(ready.len());
            stage.let_go(*ready.get(chosen).unwrap());
        }
    }

    fn choose(&mut self, of: usize) -> usize {
        if self.made == self.choices.len() {
            self.choices.push((0, of));
        }
        let (chosen, before) = *self.choices.get(self.made).unwrap();
        assert_eq!(of, before, "the same choices make the same play");
        self.made += 1;
        chosen
    }

    /// The next play; `false` where there is none.
    fn turn(&mut self) -> bool {
        self.made = 0;
        while let Some((chosen, of)) = self.choices.pop() {
            if chosen + 1 < of {
                self.choices.push((chosen + 1, of));
                return true;
            }
        }
        false
    }
}

/// Plays a scene in every order; how many there are.
pub async fn in_every_order(mut play: impl AsyncFnMut(&mut Schedule)) -> usize {
    let mut schedule = Schedule::default();
    for played in 1..=MOST {
        play(&mut schedule).await;
        if !schedule.turn() {
            return played;
        }
    }
    panic!("the scene has more than {MOST} orders");
}

#[tokio::test]
async fn two_actors_of_two_steps_have_six_orders() {
    let orders = Mutex::new(std::collections::BTreeSet::new());
    let played = in_every_order(async |schedule| {
        let stage = Stage::default();
        let actors = (0..2).map(|actor| -> BoxFuture<'static, ()> {
            let gate = stage.gate(actor);
            Box::pin(async move {
                gate.pass(Point::Asks).await;
                gate.pass(Point::Hears).await;
            })
        });
        schedule.play(&stage, actors.collect()).await;
        let order: Vec<usize> = stage.went().iter().map(|(actor, _)| *actor).collect();
        assert!(orders.lock().unwrap().insert(order), "no order is played twice");
    })
    .await;
    assert_eq!((played, orders.lock().unwrap().len()), (6, 6));
}
