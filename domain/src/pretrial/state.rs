//! What a case before judgment is after what happened in it.

use serde::{Deserialize, Serialize};

use super::command::{
    AppealOutcome, CaseEnd, DecideAppeal, EndCase, Measure, OpenCase, OrderDetention, RecordBreach,
};
use super::event::PretrialEvent;
use crate::act::Finding;
use crate::jurisdiction::Pack;
use crate::stream::StreamEvent;
use crate::values::{CivilDate, Code, Day, DaysHeld, LegalAid, Occurred, PersonId, Told};

/// A case before judgment in its life cycle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pretrial {
    /// Nothing is recorded under this id.
    #[default]
    Unopened,
    /// The case was opened.
    Opened(Box<Case>),
}

/// How somebody's liberty stands before judgment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Liberty {
    /// Nothing is decided yet.
    Undecided,
    /// Free, without conditions.
    Free,
    /// Free, under measures.
    Alternative(Vec<Measure>),
    /// Held.
    Detained {
        /// The provision it rests on.
        basis: Code,
        /// Its last day.
        until: Day,
    },
}

/// A time in detention before judgment, first and last day included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Since when.
    pub from: Occurred,
    /// Until when; it goes on without it.
    pub to: Option<Occurred>,
}

/// A case that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// How it was opened.
    pub opening: OpenCase,
    /// How liberty stands.
    pub liberty: Liberty,
    /// The times in detention, oldest first.
    pub held: Vec<Held>,
    /// The last order of detention.
    pub detention: Option<OrderDetention>,
    /// When liberty was decided on first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_decided: Option<Occurred>,
    /// By when what stands is reviewed.
    pub next_review: Option<Day>,
    /// When it was last reviewed.
    pub reviewed: Option<Occurred>,
    /// How legal aid stands.
    pub counsel: Option<LegalAid>,
    /// Whether the person was told how to appeal against the last order of detention.
    pub appeal_told: Option<Told>,
    /// Breaches of alternatives.
    pub breaches: Vec<RecordBreach>,
    /// An appeal that waits for its decision.
    pub appeal: Option<Occurred>,
    /// Appeals that were decided.
    pub appeals: Vec<DecideAppeal>,
    /// How it ended.
    pub ended: Option<EndCase>,
    /// Findings of every event, oldest first.
    pub findings: Vec<Finding>,
}

impl Pretrial {
    /// The words for the state, whatever the day.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Unopened => "not recorded",
            Self::Opened(case) => case.title(),
        }
    }

    /// Whom it concerns.
    pub fn person(&self) -> Option<PersonId> {
        self.opened().map(|case| case.opening.person)
    }

    /// The case that was opened.
    pub fn opened(&self) -> Option<&Case> {
        match self {
            Self::Opened(case) => Some(case),
            Self::Unopened => None,
        }
    }

    pub(super) fn after(self, event: &PretrialEvent) -> Self {
        match (self, event) {
            (_, PretrialEvent::Opened(entered)) => {
                let mut case = Case::of(&entered.told);
                case.findings.clone_from(&entered.findings);
                Self::Opened(Box::new(case))
            }
            (Self::Opened(case), _) => Self::Opened(Box::new(case.after(event))),
            (Self::Unopened, _) => Self::Unopened,
        }
    }
}

impl Case {
    fn of(opening: &OpenCase) -> Self {
        Self {
            opening: opening.clone(),
            liberty: Liberty::Undecided,
            held: Vec::new(),
            detention: None,
            first_decided: None,
            next_review: None,
            reviewed: None,
            counsel: None,
            appeal_told: None,
            breaches: Vec::new(),
            appeal: None,
            appeals: Vec::new(),
            ended: None,
            findings: Vec::new(),
        }
    }

    /// The words that people read.
    pub fn title(&self) -> &'static str {
        match (&self.ended, &self.liberty) {
            (Some(_), _) => "ended",
            (None, Liberty::Undecided) => "undecided",
            (None, Liberty::Free) => "at liberty",
            (None, Liberty::Alternative(_)) => "at liberty under measures",
            (None, Liberty::Detained { .. }) => "detained",
        }
    }

    /// Whether the person is held now.
    pub fn is_detained(&self) -> bool {
        self.ended.is_none() && matches!(self.liberty, Liberty::Detained { .. })
    }

    /// The days in detention so far, first and last of each time included, each day once; a time that is known less
    /// exactly than to the day counts none.
    pub fn days_held(&self, date: impl Fn(Occurred) -> CivilDate, today: Day) -> u32 {
        let times = self.held.iter();
        DaysHeld::counted(times.filter_map(|held| held.to_the_day(&date, today)))
    }

    /// The times in detention so far: those on an order and, where the law counts the days from the arrest, the time from
    /// it to the first decision on liberty, or to the end of a case without one. Nothing where one of them is known less
    /// exactly than to the day.
    pub fn times_held(&self, law: &Pack, today: Day) -> Option<Vec<DaysHeld>> {
        let date = |done| law.date(done);
        let arrested = self.opening.arrested.value().copied();
        let arrest = arrested
            .filter(|_| law.pretrial.counts_arrest)
            .map(|from| Held {
                from,
                to: self.first_decided.or(self.ended.map(|end| end.done)),
            });
        let times = arrest.into_iter().chain(self.held.iter().copied());
        times.map(|held| held.to_the_day(date, today)).collect()
    }

    fn after(mut self, event: &PretrialEvent) -> Self {
        self.findings.extend(event.findings().iter().cloned());
        match event {
            PretrialEvent::ReleasedUnconditionally(entered) => {
                self.set(Liberty::Free, entered.told.decided, None);
            }
            PretrialEvent::AlternativeImposed(entered) => {
                let measures = entered.told.measures.clone();
                self.set(Liberty::Alternative(measures), entered.told.decided, None);
            }
            PretrialEvent::DetentionOrdered(entered) => self.detain(&entered.told),
            PretrialEvent::Reviewed(entered) => {
                self.reviewed = Some(entered.told.held);
                self.next_review = Some(entered.told.next_review);
            }
            PretrialEvent::AlternativeVaried(entered) => {
                self.liberty = Liberty::Alternative(entered.told.measures.clone());
            }
            PretrialEvent::AlternativeBreached(entered) => {
                self.breaches.push(entered.told.clone());
            }
            PretrialEvent::Extended(entered) => {
                if let Liberty::Detained { basis, until } = &mut self.liberty {
                    basis.clone_from(&entered.told.basis);
                    *until = entered.told.until;
                }
                self.next_review = Some(entered.told.next_review);
            }
            PretrialEvent::LegalAidRecorded(entered) => self.counsel = Some(entered.told.counsel),
            PretrialEvent::AppealToldRecorded(entered) => {
                self.appeal_told = Some(entered.told.told);
            }
            PretrialEvent::AppealLodged(entered) => self.appeal = Some(entered.told.lodged),
            PretrialEvent::AppealDecided(entered) => {
                self.appeal = None;
                if entered.told.outcome == AppealOutcome::Allowed {
                    self.set(Liberty::Free, entered.told.decided, None);
                }
                self.appeals.push(entered.told.clone());
            }
            PretrialEvent::Ended(entered) => {
                self.leave(entered.told.done);
                self.next_review = None;
                self.ended = Some(entered.told);
            }
            PretrialEvent::Opened(_) => {}
        }
        self
    }

    fn detain(&mut self, order: &OrderDetention) {
        let detained = Liberty::Detained {
            basis: order.basis.clone(),
            until: order.until,
        };
        self.set(detained, order.decided, Some(order.next_review));
        self.held.push(Held {
            from: order.decided,
            to: None,
        });
        if let Some(counsel) = order.counsel.value() {
            self.counsel = Some(*counsel);
        }
        self.appeal_told = order.appeal_told.value().copied();
        self.detention = Some(order.clone());
    }

    fn set(&mut self, liberty: Liberty, decided: Occurred, next_review: Option<Day>) {
        self.leave(decided);
        self.first_decided = self.first_decided.or(Some(decided));
        self.liberty = liberty;
        self.next_review = next_review;
    }

    /// A time in detention ends.
    fn leave(&mut self, done: Occurred) {
        if let Some(held) = self.held.last_mut()
            && held.to.is_none()
        {
            held.to = Some(done);
        }
    }
}

impl Held {
    /// The same by days, where both ends are known to the day.
    fn to_the_day(self, date: impl Fn(Occurred) -> CivilDate, today: Day) -> Option<DaysHeld> {
        let to = self.to.map_or(Some(today), |to| date(to).day());
        let (from, to) = date(self.from).day().zip(to)?;
        Some(DaysHeld { from, to })
    }
}

impl CaseEnd {
    /// The words that people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Sentenced(_) => "sentenced",
            Self::Acquitted => "acquitted",
            Self::Discontinued => "discontinued",
            Self::Diverted => "kept out of court",
            Self::Died => "the person died",
        }
    }
}
