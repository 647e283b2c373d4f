//! How much is answered: to one subject in a second, at once, in one request.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;

use crate::identity::{Sample, named};
use crate::problem::Problem;

/// The headers of a request that are read, in bytes.
const HEADERS: usize = 16 * 1024;
/// How long a request may take until its answer begins; a feed goes on after that.
const PATIENCE: Duration = Duration::from_secs(30);
/// How many seconds' worth may come at once, as a page with all that hangs on it does.
const BURST: u32 = 5;

/// How many requests a second one subject is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Commands.
    pub commands: u32,
    /// Reads.
    pub reads: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            commands: 20,
            reads: 50,
        }
    }
}

/// The limits of one server; clones share them.
#[derive(Clone)]
pub struct Limits {
    pace: Pace,
    /// When the next request of a subject would be due at its pace.
    due: Arc<Mutex<BTreeMap<(&'static str, &'static str), Instant>>>,
    /// Figures are computed as many at once as there are cores.
    figures: Arc<Semaphore>,
}

impl Limits {
    /// Limits at a pace.
    pub fn at(pace: Pace) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            pace,
            due: Arc::default(),
            figures: Arc::new(Semaphore::new(cores)),
        }
    }

    /// Lets a request of a subject through, or says how many a second are answered.
    fn admit(&self, subject: &'static str, method: &Method, now: Instant) -> Result<(), Problem> {
        let (what, a_second) = if method.is_safe() {
            ("reads", self.pace.reads)
        } else {
            ("commands", self.pace.commands)
        };
        let each = Duration::from_secs(1)
            .checked_div(a_second)
            .unwrap_or(Duration::MAX);
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        let next = due.entry((subject, what)).or_insert(now);
        let begins = (*next).max(now);
        if begins.duration_since(now) >= Duration::from_secs(u64::from(BURST)) {
            return Err(Problem::too_many(what, a_second));
        }
        *next = begins + each;
        Ok(())
    }
}

/// Keeps every request within its limits.
pub async fn keep(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    if size(request.headers()) > HEADERS {
        return Problem::headers_too_large(HEADERS).into_response();
    }
    let path = request.uri().path();
    let name = named(request.headers()).ok().flatten();
    let sample = name.and_then(|name| Sample::named(&name));
    if let Some(sample) = sample.filter(|_| !path.starts_with("/assets/"))
        && let Err(problem) = limits.admit(sample.subject, request.method(), Instant::now())
    {
        return problem.into_response();
    }
    let is_figure = path.starts_with("/v1/views/") || path.starts_with("/figures/");
    let answer = async {
        let _room = if is_figure {
            limits.figures.acquire().await.ok()
        } else {
            None
        };
        next.run(request).await
    };
    match tokio::time::timeout(PATIENCE, answer).await {
        Ok(response) => response,
        Err(_) => Problem::too_slow(PATIENCE.as_secs()).into_response(),
    }
}

fn size(headers: &HeaderMap) -> usize {
    let sizes = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len());
    sizes.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(limits: &Limits, subject: &'static str, method: &Method, now: Instant) -> usize {
        let admit = |_: &usize| limits.admit(subject, method, now).is_ok();
        (0..1_000).take_while(admit).count()
    }

    #[test]
    fn a_subject_is_answered_a_burst_and_then_at_its_pace() {
        let limits = Limits::at(Pace {
            commands: 20,
            reads: 50,
        });
        let now = Instant::now();
        assert_eq!(admitted(&limits, "judge", &Method::POST, now), 100);
        assert_eq!(admitted(&limits, "judge", &Method::GET, now), 250);
        assert_eq!(admitted(&limits, "clerk", &Method::POST, now), 100);
        let later = now + Duration::from_secs(1);
        assert_eq!(admitted(&limits, "judge", &Method::POST, later), 20);
    }

    #[test]
    fn a_subject_that_was_refused_is_told_the_pace() {
        let limits = Limits::at(Pace {
            commands: 1,
            reads: 1,
        });
        let now = Instant::now();
        admitted(&limits, "judge", &Method::POST, now);
        let problem = limits.admit("judge", &Method::POST, now).unwrap_err();
        assert_eq!(
            (problem.status, problem.code.as_str()),
            (429, "request.too-many")
        );
    }
}
