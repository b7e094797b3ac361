//! Which failures are news: an outage is one failure, however often a worker that tries again runs into it.

use std::time::Duration;

use tokio::time::Instant;

/// After so long without it, the same failure is another one.
const QUIET: Duration = Duration::from_mins(1);

/// What failed last, and when.
#[derive(Debug, Default)]
pub struct News(Option<(String, Instant)>);

impl News {
    /// Whether this is another failure than the one before.
    pub fn is_new(&mut self, failure: &impl std::fmt::Display) -> bool {
        self.is_new_at(failure, Instant::now())
    }

    fn is_new_at(&mut self, failure: &impl std::fmt::Display, now: Instant) -> bool {
        let before = self.0.replace((failure.to_string(), now));
        !before.is_some_and(|(text, at)| text == failure.to_string() && now - at < QUIET)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_is_news_once() {
        let (mut said, mut now) = (News::default(), Instant::now());
        assert!(said.is_new_at(&"away", now));
        for _ in 0..90 {
            now += Duration::from_secs(1);
            assert!(!said.is_new_at(&"away", now));
        }
        assert!(said.is_new_at(&"broken", now));
        now += QUIET;
        assert!(said.is_new_at(&"broken", now), "another outage");
    }
}
