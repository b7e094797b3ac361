//! Under load, a copy of the log may be behind what was acknowledged; nobody is refused for it.

use eventstore::{Batch, CommandError, Log};
use tokio::task::JoinSet;

use crate::stores::Store;
use crate::tally::{LIMIT, Tally, context, id};

/// Writers that keep the copies busy.
const BUSY: usize = 16;
/// How often somebody asks right after an acknowledgement.
const ASKED: usize = 60;

pub async fn no_refusal_and_no_absence_is_answered_from_a_stale_copy(store: Store) {
    let mut busy = JoinSet::new();
    for _ in 0..BUSY {
        let log = Log::new(store.clone());
        busy.spawn(async move {
            loop {
                log.commit(&context(id()), Batch::new().create::<Tally>(&id(), 1)).await.unwrap();
            }
        });
    }
    for _ in 0..ASKED {
        let (tally, here, elsewhere) = (id(), Log::new(store.clone()), Log::new(store.clone()));
        let full = here.commit(&context(id()), Batch::new().create::<Tally>(&tally, LIMIT)).await.unwrap();
        // What was just acknowledged is there,
        let found = elsewhere.read_latest::<Tally>(&tally).await.unwrap();
        assert_eq!((found.version, *found.state), (full.position, LIMIT));
        here.execute::<Tally>(&context(id()), &tally, -LIMIT).await.unwrap();
        // and what was full a moment ago isn't: neither who remembers it full nor who never saw it is refused.
        elsewhere.execute::<Tally>(&context(id()), &tally, 1).await.unwrap();
        Log::new(store.clone()).execute::<Tally>(&context(id()), &tally, LIMIT - 1).await.unwrap();
        let refused = here.execute::<Tally>(&context(id()), &tally, 1).await;
        assert!(matches!(refused, Err(CommandError::Rejected(_))), "{refused:?}");
    }
    busy.shutdown().await;
}
