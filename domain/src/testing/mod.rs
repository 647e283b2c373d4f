//! Given, when, then: a history in, its events or one typed refusal out.

pub(crate) mod arbitrary;
mod chances;
pub(crate) mod committed;
pub(crate) mod doors;
pub(crate) mod samples;
pub(crate) mod schema;
mod sequences;
pub(crate) mod stored;

use crate::act::{Facts, Finding, Objection, Refusal, through};
use crate::invariants::said_by;
use crate::stream::{Stream, StreamEvent};

/// What happened so far.
pub(crate) struct Given<S> {
    state: S,
    version: u64,
}

/// A stream after its history.
pub(crate) fn given<S: Stream>(history: impl IntoIterator<Item = S::Event>) -> Given<S> {
    let begun = Given {
        state: S::default(),
        version: 0,
    };
    history.into_iter().fold(begun, |so_far, event| Given {
        state: so_far.state.evolve(&event),
        version: so_far.version.saturating_add(1),
    })
}

/// The state that a history leads to.
pub(crate) fn state<S: Stream>(history: impl IntoIterator<Item = S::Event>) -> S {
    given::<S>(history).state
}

impl<S: Stream> Given<S> {
    /// What is wished.
    pub(crate) fn when(self, command: S::Command) -> When<S> {
        When {
            given: self,
            command,
        }
    }
}

/// A wish after a history.
pub(crate) struct When<S: Stream> {
    given: Given<S>,
    command: S::Command,
}

impl<S: Stream> When<S> {
    /// Decides under the facts; the version is that of the history.
    pub(crate) fn at(self, facts: Facts) -> Then<S> {
        let Given { state, version } = self.given;
        let outcome = state.decide(self.command, &Facts { version, ..facts });
        Then { outcome, state }
    }
}

/// What came of it.
pub(crate) struct Then<S: Stream> {
    outcome: Result<Vec<S::Event>, S::Refusal>,
    state: S,
}

impl<S: Stream> Then<S> {
    /// Exactly these events.
    #[track_caller]
    pub(crate) fn then_events(self, expected: impl IntoIterator<Item = S::Event>) {
        let expected: Vec<S::Event> = expected.into_iter().collect();
        assert_eq!(self.accepted(), expected);
    }

    /// Accepted, and nothing was noticed.
    #[track_caller]
    pub(crate) fn then_accepted(self) {
        self.then_noticed(Vec::new());
    }

    /// Accepted, and exactly these objections became findings.
    #[track_caller]
    pub(crate) fn then_noticed(self, expected: Vec<Objection<S::Refusal>>) {
        let expected = through(crate::act::Door::Existing, expected).expect("no door is closed");
        let found: Vec<Finding> = self
            .accepted()
            .iter()
            .flat_map(|event| event.findings().to_vec())
            .collect();
        assert_eq!(found, expected);
    }

    /// Refused for exactly this, under a rule that the list of invariants knows.
    #[track_caller]
    pub(crate) fn then_refused(self, expected: S::Refusal) {
        assert_eq!(self.outcome, Err(expected.clone()));
        assert!(
            said_by(expected.rule()).is_some(),
            "{} is no rule",
            expected.rule()
        );
    }

    /// The code of the refusal, if it was refused.
    pub(crate) fn then_code(&self) -> Option<&'static str> {
        self.outcome.as_ref().err().map(Refusal::code)
    }

    /// Accepted; the state it leads to.
    #[track_caller]
    pub(crate) fn then_state(self) -> S {
        let state = self.state.clone();
        let events = self.accepted();
        events.iter().fold(state, S::evolve)
    }

    #[track_caller]
    fn accepted(self) -> Vec<S::Event> {
        self.outcome
            .unwrap_or_else(|refusal| panic!("refused: {refusal} ({})", refusal.code()))
    }
}
