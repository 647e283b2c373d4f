//! What was done about a person in an emergency, in the words of the sheet: what the criteria said and by which criterion,
//! what was decided, when the person must be back, which rights are limited.

use domain::emergency::{
    Candidate, DecideRelease, EmergencyEvent, Item, Outcome, Period, PublishCriteria, RightOf,
    Screen, Stage, Verdict,
};
use domain::record::AnyEvent;
use domain::values::{Code, Day, Occurred};
use infra::record::Recorded;
use infra::registry::ToldRecord;

use super::duties::{Asking, Duty};
use super::words::fill;

impl Asking<'_> {
    /// What is recorded of the person in an emergency, oldest first.
    pub(super) fn told_of_emergency(&self, record: &ToldRecord) -> Vec<String> {
        let told = record.emergency.as_ref();
        let criteria = told.map_or(&[][..], |told| told.criteria.as_slice());
        let mut said = Vec::new();
        for entry in &record.entries {
            if let AnyEvent::Emergency(event) = &entry.event {
                self.say(entry, event, criteria, &mut said);
            }
        }
        said
    }

    fn say(
        &self,
        entry: &Recorded,
        event: &EmergencyEvent,
        criteria: &[PublishCriteria],
        said: &mut Vec<String>,
    ) {
        let words = &self.words.emergency;
        let on = |text: &str, done: Occurred| fill(text, &[("when", &self.when(done))]);
        match event {
            EmergencyEvent::Screened(entered) => {
                said.extend(self.screened(&entered.told, criteria));
            }
            EmergencyEvent::ReleaseDecided(entered) => {
                said.push(self.decided(&entered.told));
                let office = entry.told.office.as_deref().unwrap_or_default();
                if !office.is_empty() {
                    let office = self.place(office);
                    said.push(fill(&words.decided_by, &[("office", &office)]));
                }
            }
            EmergencyEvent::ReleaseEffected(entered) => {
                said.push(on(&words.left, entered.told.done));
            }
            EmergencyEvent::Returned(entered) => said.push(on(&words.returned, entered.told.done)),
            EmergencyEvent::Breached(entered) => said.push(on(&words.breached, entered.told.done)),
            EmergencyEvent::RightCut(entered) => {
                let told = &entered.told;
                let values = [
                    ("when", self.when(told.decided)),
                    ("right", self.label("emergency.rights", told.right.as_str())),
                    ("until", self.words.date(told.until.into())),
                ];
                let values = values
                    .each_ref()
                    .map(|(name, value)| (*name, value.as_str()));
                said.push(fill(&words.right_cut, &values));
            }
            EmergencyEvent::RightRestored(entered) => {
                said.push(self.given_back(&entered.told.right, entered.told.done));
            }
            EmergencyEvent::MeasureClosed(entered) => match &entered.told.item {
                Item::Release(_) => said.push(on(&words.closed, entered.told.done)),
                Item::Right(RightOf { right, .. }) => {
                    said.push(self.given_back(right, entered.told.done));
                }
                Item::Criteria(_) => {}
            },
            EmergencyEvent::Declared(_)
            | EmergencyEvent::CriteriaPublished(_)
            | EmergencyEvent::Extended(_)
            | EmergencyEvent::Ended(_)
            | EmergencyEvent::EndedByLaw(_) => {}
        }
    }

    /// That the person was screened, and what the criteria said.
    fn screened(&self, told: &Screen, criteria: &[PublishCriteria]) -> Vec<String> {
        let (when, version) = (self.when(told.done), told.version.to_string());
        let values = [("when", when.as_str()), ("version", version.as_str())];
        let mut said = vec![fill(&self.words.emergency.screened, &values)];
        let published = criteria.iter().find(|known| known.version == told.version);
        for result in &told.results {
            said.extend(self.outcome(&result.outcome, published));
        }
        said
    }

    /// What was decided.
    fn decided(&self, told: &DecideRelease) -> String {
        let words = &self.words.emergency;
        let when = self.when(told.decided);
        match &told.verdict {
            Verdict::Granted(granted) => match &granted.period {
                Period::Final => fill(&words.granted, &[("when", &when)]),
                Period::Temporary(a_while) => match a_while.expires {
                    Some(back) => {
                        let back = self.words.date(back.into());
                        fill(&words.granted_until, &[("when", &when), ("back", &back)])
                    }
                    None => fill(&words.granted_for_a_while, &[("when", &when)]),
                },
            },
            Verdict::Refused(refused) => {
                let ground = self.label("emergency.grounds", refused.ground.as_str());
                fill(&words.refused, &[("when", &when), ("ground", &ground)])
            }
        }
    }

    fn given_back(&self, right: &Code, done: Occurred) -> String {
        let right = self.label("emergency.rights", right.as_str());
        let when = self.when(done);
        let values = [("when", when.as_str()), ("right", &right)];
        fill(&self.words.emergency.right_given_back, &values)
    }

    /// What the criteria said, with each criterion that stood in the way.
    fn outcome(&self, outcome: &Outcome, published: Option<&PublishCriteria>) -> Vec<String> {
        let words = &self.words.emergency;
        let (first, codes) = match outcome {
            Outcome::Eligible => return vec![words.eligible.clone()],
            Outcome::Excluded(codes) => (&words.excluded, codes),
            Outcome::Unclear(codes) => (&words.unclear, codes),
        };
        let each = codes.iter().map(|code| {
            let mut known = published.into_iter().flat_map(|version| &version.criteria);
            let reads = known.find(|criterion| criterion.code == *code);
            let what = reads.map_or_else(
                || code.to_string(),
                |criterion| self.label("emergency.attributes", criterion.reads.as_str()),
            );
            let values = [("what", what.as_str()), ("criterion", code.as_str())];
            fill(&words.criterion, &values)
        });
        [first.clone()].into_iter().chain(each).collect()
    }

    fn when(&self, done: Occurred) -> String {
        self.words.date(self.law.date(done))
    }

    /// The day on which the person must be back, once release for a while is granted and until the person is.
    pub(super) fn of_emergency(&self, record: &ToldRecord) -> Vec<Duty> {
        let candidate = record
            .emergency
            .as_ref()
            .and_then(|told| told.candidate.as_ref());
        let running =
            candidate.filter(|known| matches!(known.stage(), Stage::Granted | Stage::Out));
        let back: Option<Day> = running.and_then(Candidate::back_by);
        let duty = back.map(|day| {
            let when = self.words.date(day.into());
            Duty {
                what: fill(&self.words.duties.back_on, &[("when", &when)]),
                details: Vec::new(),
                by: self.until(Some(day)),
            }
        });
        duty.into_iter().collect()
    }

    /// How what was said or decided in an emergency can be challenged.
    pub(super) fn review_of_emergency(&self, record: &ToldRecord) -> Option<String> {
        let is_about = record.entries.iter().any(|entry| {
            matches!(
                &entry.event,
                AnyEvent::Emergency(
                    EmergencyEvent::Screened(_)
                        | EmergencyEvent::ReleaseDecided(_)
                        | EmergencyEvent::RightCut(_)
                )
            )
        });
        is_about.then(|| self.words.challenge.emergency.clone())
    }
}
