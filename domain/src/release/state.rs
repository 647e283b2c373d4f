//! What a release is after what happened to it.

use serde::{Deserialize, Serialize};

use super::command::{
    EffectRelease, EndRelease, GrantRelease, RecordReleaseByLaw, RecordReturn, RefuseRelease,
};
use super::event::ReleaseEvent;
use crate::act::Finding;
use crate::stream::StreamEvent;
use crate::values::{Code, Day, Occurred, PersonId, SentenceId};

/// A release in its life cycle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Release {
    /// Nothing is recorded under this id.
    #[default]
    Unrecorded,
    /// It is recorded.
    Recorded(Box<Course>),
}

/// How a release stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It is known from which day it is possible; nobody has considered it.
    Eligible,
    /// It is being considered.
    Considered,
    /// The decision is put off.
    Deferred,
    /// It was refused, and is considered again.
    Refused,
    /// It was granted; the person has not left.
    Granted,
    /// The person has left.
    Out,
    /// The person is back.
    Back,
    /// It ended.
    Ended,
}

/// A release that is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// Whom it concerns.
    pub person: PersonId,
    /// The sentence that is served.
    pub sentence: SentenceId,
    /// What kind of release it is.
    pub kind: Code,
    /// The first day on which it is possible, where that was worked out.
    pub eligible_on: Option<Day>,
    /// How it stands.
    pub standing: Standing,
    /// When it was recorded first.
    pub began: Occurred,
    /// When the last step was taken.
    pub last: Occurred,
    /// By when it is considered again.
    pub again_by: Option<Day>,
    /// How often it was refused or put off.
    pub rounds: u16,
    /// The refusals, oldest first.
    pub refusals: Vec<RefuseRelease>,
    /// How it was granted.
    pub granted: Option<GrantRelease>,
    /// The provision by which the law itself brought it.
    pub by_law: Option<RecordReleaseByLaw>,
    /// How the person left.
    pub effected: Option<EffectRelease>,
    /// How the person came back.
    pub returned: Option<RecordReturn>,
    /// How it ended first.
    pub ended: Option<EndRelease>,
    /// That it was revoked after it had ended.
    #[serde(default)]
    pub revoked_late: Option<EndRelease>,
    /// Findings of every event, oldest first.
    pub findings: Vec<Finding>,
}

impl Release {
    /// The words for the state, whatever the day.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Unrecorded => "not recorded",
            Self::Recorded(course) => course.standing.title(),
        }
    }

    /// Whom it concerns.
    pub fn person(&self) -> Option<PersonId> {
        self.recorded().map(|course| course.person)
    }

    /// The release that is recorded.
    pub fn recorded(&self) -> Option<&Course> {
        match self {
            Self::Recorded(course) => Some(course),
            Self::Unrecorded => None,
        }
    }

    pub(super) fn after(self, event: &ReleaseEvent) -> Self {
        let course = match (self, event) {
            (Self::Unrecorded, ReleaseEvent::EligibilityReached(entered)) => {
                let told = &entered.told;
                let on = Some(told.eligible_on);
                Course::of(told.person, told.sentence, &told.kind, on, told.done)
            }
            (Self::Unrecorded, ReleaseEvent::ReleasedByLaw(entered)) => {
                let told = &entered.told;
                Course::of(told.person, told.sentence, &told.kind, None, told.done)
            }
            (Self::Recorded(course), _) => *course,
            (Self::Unrecorded, _) => return Self::Unrecorded,
        };
        Self::Recorded(Box::new(course.after(event)))
    }
}

impl Standing {
    /// The words that people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Eligible => "not considered yet",
            Self::Considered => "considered",
            Self::Deferred => "put off",
            Self::Refused => "refused",
            Self::Granted => "granted",
            Self::Out => "carried out",
            Self::Back => "over, the person is back",
            Self::Ended => "ended",
        }
    }
}

impl Course {
    fn of(
        person: PersonId,
        sentence: SentenceId,
        kind: &Code,
        eligible_on: Option<Day>,
        since: Occurred,
    ) -> Self {
        Self {
            person,
            sentence,
            kind: kind.clone(),
            eligible_on,
            standing: Standing::Eligible,
            began: since,
            last: since,
            again_by: None,
            rounds: 0,
            refusals: Vec::new(),
            granted: None,
            by_law: None,
            effected: None,
            returned: None,
            ended: None,
            revoked_late: None,
            findings: Vec::new(),
        }
    }

    /// The day on which the person is back, of a release for a while that goes on.
    pub fn back_by(&self) -> Option<Day> {
        let granted = self.granted.as_ref()?;
        (self.standing == Standing::Out)
            .then_some(granted.expires)
            .flatten()
    }

    fn after(mut self, event: &ReleaseEvent) -> Self {
        self.findings.extend(event.findings().iter().cloned());
        // When a day was worked out is no step that others follow.
        if let Some(done) = event.occurred()
            && !matches!(event, ReleaseEvent::EligibilityReached(_))
        {
            self.last = done;
        }
        match event {
            ReleaseEvent::EligibilityReached(entered) => {
                self.eligible_on = Some(entered.told.eligible_on);
            }
            ReleaseEvent::Considered(_) => self.stand(Standing::Considered, None),
            ReleaseEvent::Granted(entered) => {
                self.granted = Some(entered.told.clone());
                self.stand(Standing::Granted, None);
            }
            ReleaseEvent::Refused(entered) => {
                self.refusals.push(entered.told.clone());
                self.stand(Standing::Refused, Some(entered.told.next_consideration));
            }
            ReleaseEvent::Deferred(entered) => {
                self.stand(Standing::Deferred, Some(entered.told.until));
            }
            ReleaseEvent::Effected(entered) => {
                self.effected = Some(entered.told);
                self.stand(Standing::Out, None);
            }
            ReleaseEvent::ReleasedByLaw(entered) => {
                self.by_law = Some(entered.told.clone());
                self.stand(Standing::Out, None);
            }
            // What has ended goes on standing as it did, whatever was recorded of it afterwards.
            ReleaseEvent::Returned(entered) => {
                self.returned = Some(entered.told);
                if self.ended.is_none() {
                    self.stand(Standing::Back, None);
                }
            }
            ReleaseEvent::Ended(entered) if self.ended.is_some() => {
                self.revoked_late = Some(entered.told);
            }
            ReleaseEvent::Ended(entered) => {
                self.ended = Some(entered.told);
                self.stand(Standing::Ended, None);
            }
        }
        self
    }

    fn stand(&mut self, standing: Standing, again_by: Option<Day>) {
        self.standing = standing;
        self.again_by = again_by;
        if again_by.is_some() {
            self.rounds = self.rounds.saturating_add(1);
        }
    }
}
