//! An operator says what became of a command that waits: done otherwise, or given up.

use eventstore::{CommandError, Context, Log, Seq};
use kernel::Actor;
use kernel::id::OperatorId;
use sagas::Sagas;
use sagas::operator::Word;
use sagas::process::{Compensated, Resolved};

use crate::bell::{Ring, Ringer, carry_over, pay_refund, request};
use crate::house::{House, bell, hour};
use crate::issuer::Mood;

fn resolved(command: &str) -> Word {
    Word::Resolve(Resolved { command: command.to_owned(), reason: "done by hand".to_owned() })
}

fn compensated(command: &str, code: &str) -> Word {
    let (command, code) = (command.to_owned(), code.to_owned());
    Word::Compensate(Compensated { command, code, reason: "given up".to_owned() })
}

/// Whoever says it, in a process of their own.
async fn says(house: &House, context: &Context, word: Word) -> Result<Seq, CommandError> {
    let log = Log::new(house.log.store().clone());
    let key = bell(1).to_string();
    let said = Sagas::default().with::<Ringer>().say(&log, context, ("ringer", &key), word).await?;
    Ok(said.unwrap().position)
}

fn operator(house: &House) -> Context {
    Context { actor: Actor::Operator { operator: OperatorId(bell(9)) }, ..house.context() }
}

/// Bell 1's chain, of which the first command waits for its next try; the name of that command.
async fn waiting_chain(house: &mut House) -> String {
    let coordinator = house.start().await;
    house.notebook.set("resolve_capture", Mood::Fails);
    let failing = house.ring(1, &[Ring::Chain]).await;
    coordinator.quiesce().await.unwrap();
    format!("{failing}/0")
}

/// The timers and commands that operators still see.
async fn seen(house: &House) -> i64 {
    let count = "SELECT (SELECT count(*) FROM saga_timer) + (SELECT count(*) FROM saga_postponed)
                      + (SELECT count(*) FROM saga_parked)";
    sqlx::query_scalar(count).fetch_one(&house.pool).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_otherwise_counts_as_gone_through() {
    let mut house = House::new().await;
    let part = waiting_chain(&mut house).await;
    assert_eq!(seen(&house).await, 2);
    let context = operator(&house);
    let position = says(&house, &context, resolved(&part)).await.unwrap();
    assert_eq!(says(&house, &context, resolved(&part)).await.unwrap(), position, "the same request again");
    let again = says(&house, &operator(&house), resolved(&part)).await.unwrap_err();
    assert!(matches!(again, CommandError::Rejected(reason) if reason.code() == "not_held_back"));

    let coordinator = house.start().await;
    coordinator.quiesce().await.unwrap();
    let done = [request(bell(1), hour(0)), pay_refund(bell(1), hour(0))];
    assert_eq!(house.notebook.done(), done, "the step goes on behind it");
    assert_eq!(seen(&house).await, 0);
    let asked = house.notebook.asked_for("resolve_capture");
    house.start_from_0().await.quiesce().await.unwrap();
    assert_eq!(house.notebook.asked_for("resolve_capture"), asked, "it is not issued again");
    assert_eq!(house.notebook.done(), done);
    let told = house.commits().await.into_iter().find(|commit| commit.seq == position).unwrap();
    assert_eq!((told.meta.actor, told.events[0].name.as_str()), (context.actor, "resolved"));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_up_counts_as_refused_and_the_saga_goes_the_way_it_goes_then() {
    let mut house = House::new().await;
    let part = waiting_chain(&mut house).await;
    let unknown = says(&house, &operator(&house), compensated(&part, "another")).await.unwrap_err();
    assert!(matches!(&unknown, CommandError::Rejected(reason) if reason.code() == "no_reaction"));
    let said = "the saga `ringer` has no way to go on when `resolve_capture` is refused with `another`";
    assert_eq!(unknown.to_string(), said);
    let other = says(&house, &operator(&house), compensated("1/7", "no")).await.unwrap_err();
    assert!(matches!(other, CommandError::Rejected(reason) if reason.code() == "not_held_back"));

    says(&house, &operator(&house), compensated(&part, "no")).await.unwrap();
    house.start().await.quiesce().await.unwrap();
    let done = [request(bell(1), hour(0)), carry_over(bell(1), hour(0))];
    assert_eq!(house.notebook.done(), done, "what stands behind it is not issued");
    assert_eq!(seen(&house).await, 0);
    house.start_from_0().await.quiesce().await.unwrap();
    assert_eq!(house.notebook.done(), done);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_that_nobody_heard_is_heard_by_the_next_process() {
    let mut house = House::new().await;
    let part = waiting_chain(&mut house).await;
    house.stop().await;
    says(&house, &operator(&house), compensated(&part, "no")).await.unwrap();
    house.start().await.quiesce().await.unwrap();
    assert!(house.notebook.done().contains(&carry_over(bell(1), hour(0))));
    house.close().await;
}
