//! What a restorative process is after what happened in it.

use serde::{Deserialize, Serialize};

use super::command::{EndProcess, Point, ReferToProcess, Side, StartProcess};
use super::event::RestorativeEvent;
use crate::act::Finding;
use crate::stream::{Entered, StreamEvent};
use crate::values::{Day, InformedConsent, Occurred, PersonId, PointNo};

/// A restorative process in its life cycle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Restorative {
    /// Nothing is recorded under this id.
    #[default]
    Unreferred,
    /// A case was referred.
    Referred(Box<Process>),
}

/// How a process stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RestorativeStanding {
    /// It waits for both sides.
    Referred,
    /// The sides are in touch.
    Started,
    /// They agreed; something is left to be fulfilled.
    Agreed,
    /// All that was agreed is fulfilled.
    Fulfilled,
    /// A side withdrew, which anybody may.
    Withdrawn(Side),
    /// It ended without an agreement.
    WithoutAgreement,
    /// It ended with an agreement that is not fulfilled.
    Unfulfilled,
}

/// A point of an agreement and when it was fulfilled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// Its number.
    pub no: PointNo,
    /// What was agreed.
    pub point: Point,
    /// When it was fulfilled.
    pub fulfilled: Option<Occurred>,
}

/// A process that was referred, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    /// The referral.
    pub referral: ReferToProcess,
    /// How it stands.
    pub standing: RestorativeStanding,
    /// The consent of whoever is held to have done the harm.
    pub offender: Option<InformedConsent>,
    /// The consent of whoever suffered it.
    pub victim: Option<InformedConsent>,
    /// How it started.
    pub started: Option<StartProcess>,
    /// When the sides agreed.
    pub reached: Option<Occurred>,
    /// What they agreed on.
    pub points: Vec<Agreed>,
    /// When a side withdrew.
    pub withdrawn: Option<Occurred>,
    /// How it ended, where that was decided.
    pub ended: Option<EndProcess>,
    /// Findings of every event, oldest first.
    pub findings: Vec<Finding>,
}

impl RestorativeStanding {
    /// The words that people read; none of them blames.
    pub fn title(self) -> &'static str {
        match self {
            Self::Referred => "referred",
            Self::Started => "under way",
            Self::Agreed => "agreed",
            Self::Fulfilled => "fulfilled",
            Self::Withdrawn(_) => "ended by a withdrawal",
            Self::WithoutAgreement => "ended without agreement",
            Self::Unfulfilled => "ended unfulfilled",
        }
    }
}

impl Restorative {
    /// The words for the state, whatever the day.
    pub fn title(&self) -> &'static str {
        let process = self.referred();
        process.map_or("not recorded", |process| process.standing.title())
    }

    /// Who is held to have done the harm.
    pub fn person(&self) -> Option<PersonId> {
        self.referred().map(|process| process.referral.person)
    }

    /// The process that was referred.
    pub fn referred(&self) -> Option<&Process> {
        match self {
            Self::Referred(process) => Some(process),
            Self::Unreferred => None,
        }
    }

    pub(super) fn after(self, event: &RestorativeEvent) -> Self {
        match (self, event) {
            (_, RestorativeEvent::Referred(entered)) => {
                Self::Referred(Box::new(Process::of(entered)))
            }
            (Self::Referred(process), _) => Self::Referred(Box::new(process.after(event))),
            (Self::Unreferred, _) => Self::Unreferred,
        }
    }
}

impl Process {
    fn of(entered: &Entered<ReferToProcess>) -> Self {
        Self {
            referral: entered.told.clone(),
            standing: RestorativeStanding::Referred,
            offender: None,
            victim: None,
            started: None,
            reached: None,
            points: Vec::new(),
            withdrawn: None,
            ended: None,
            findings: entered.findings.clone(),
        }
    }

    /// The consent of a side.
    pub fn consent(&self, side: Side) -> Option<&InformedConsent> {
        match side {
            Side::Offender => self.offender.as_ref(),
            Side::Victim => self.victim.as_ref(),
        }
    }

    /// The points that are left to be fulfilled.
    pub fn open_points(&self) -> impl Iterator<Item = &Agreed> {
        let points = self.points.iter();
        points.filter(|agreed| agreed.fulfilled.is_none())
    }

    /// The last day of what is left to be fulfilled, where any of it has one.
    pub fn last_day(&self) -> Option<Day> {
        self.open_points()
            .filter_map(|agreed| agreed.point.until)
            .max()
    }

    fn after(mut self, event: &RestorativeEvent) -> Self {
        use RestorativeStanding as Standing;
        self.findings.extend_from_slice(event.findings());
        match event {
            RestorativeEvent::ConsentGiven(entered) => {
                let consent = Some(entered.told.consent.clone());
                match entered.told.side {
                    Side::Offender => self.offender = consent,
                    Side::Victim => self.victim = consent,
                }
            }
            RestorativeEvent::ConsentWithdrawn(entered) => {
                self.withdrawn = Some(entered.told.done);
                self.standing = Standing::Withdrawn(entered.told.side);
            }
            RestorativeEvent::Started(entered) => {
                self.started = Some(entered.told.clone());
                self.standing = Standing::Started;
            }
            RestorativeEvent::AgreementReached(entered) => {
                self.reached = Some(entered.told.done);
                self.points = numbered(&entered.told.points);
                self.standing = Standing::Agreed;
            }
            RestorativeEvent::Fulfilled(entered) => {
                self.fulfil(entered.told.done, &entered.told.points);
            }
            RestorativeEvent::EndedWithoutAgreement(entered) => {
                self.ended = Some(entered.told.clone());
                self.standing = Standing::WithoutAgreement;
            }
            RestorativeEvent::EndedUnfulfilled(entered) => {
                self.ended = Some(entered.told.clone());
                self.standing = Standing::Unfulfilled;
            }
            RestorativeEvent::Referred(_) => {}
        }
        self
    }

    /// Some points, or all that are left; once none is left, the process is fulfilled.
    fn fulfil(&mut self, done: Occurred, points: &[PointNo]) {
        let named = |no: PointNo| points.is_empty() || points.contains(&no);
        for agreed in &mut self.points {
            if agreed.fulfilled.is_none() && named(agreed.no) {
                agreed.fulfilled = Some(done);
            }
        }
        if self.open_points().next().is_none() {
            self.standing = RestorativeStanding::Fulfilled;
        }
    }
}

/// The points as they are listed, from 1.
fn numbered(points: &[Point]) -> Vec<Agreed> {
    let numbers = std::iter::successors(Some(PointNo(1)), |no| Some(no.next()));
    let points = numbers.zip(points).map(|(no, point)| Agreed {
        no,
        point: point.clone(),
        fulfilled: None,
    });
    points.collect()
}
