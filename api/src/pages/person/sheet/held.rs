//! Where somebody stands who is held: where, since when, on what, until when, when it is looked at again.

use domain::custody::{Custody, Footing, HoldingBasis};
use domain::pretrial::{Liberty, Pretrial};
use domain::record::AnyEvent;
use domain::stream::Stream;
use domain::values::SentenceId;
use infra::registry::{ReadError, ToldRecord};

use super::duties::{Asking, folded, sentence_of};
use super::words::fill;
use crate::pages::page::{PageError, Visitor};

/// How somebody is held, in sentences.
#[derive(Default)]
pub(super) struct Held {
    pub(super) said: Vec<String>,
    /// Whether a day is known on which it ends, or is looked at again.
    has_day: bool,
}

impl Held {
    /// What is said of it: how it is challenged last, and that a day is lacking. Nothing of somebody who is not held.
    pub(super) fn told(self, asking: &Asking<'_>) -> Vec<String> {
        let words = &asking.words.held;
        let mut said = self.said;
        if said.is_empty() {
            return said;
        }
        if !self.has_day {
            said.push(words.no_day.clone());
        }
        said.push(words.challenge.clone());
        said
    }
}

impl Asking<'_> {
    /// Adds how the person is held by a record.
    pub(super) async fn held(
        &self,
        visitor: &Visitor,
        record: &ToldRecord,
        all: &[ToldRecord],
        held: &mut Held,
    ) -> Result<(), PageError> {
        match record.kind.as_str() {
            "custody" => self.in_custody(visitor, record, all, held).await,
            "pretrial" => {
                self.before_judgment(record, held);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    async fn in_custody(
        &self,
        visitor: &Visitor,
        record: &ToldRecord,
        all: &[ToldRecord],
        held: &mut Held,
    ) -> Result<(), PageError> {
        let custody: Custody = folded(record, |event| match event {
            AnyEvent::Custody(event) => Some(event),
            _ => None,
        });
        let Some(stay) = custody.begun().filter(|stay| stay.released.is_none()) else {
            return Ok(());
        };
        let words = &self.words.held;
        let place = stay.facility().map_or("", |facility| facility.as_str());
        let values = [
            ("place", self.place(place)),
            ("since", self.words.date(self.law.date(stay.began))),
        ];
        let values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        held.said.push(fill(&words.at, &values));
        held.said.extend(self.on_what(&stay.footing, all));
        if let Some(last) = stay.until() {
            let last = self.words.date(last.into());
            held.said.push(fill(&words.last, &[("when", &last)]));
            held.has_day = true;
        }
        if let Some((sentence, _)) = stay.sentence() {
            self.end_of(visitor, sentence, held).await?;
        }
        Ok(())
    }

    /// On what the person is held; of a case before judgment its own record says so.
    fn on_what(&self, footing: &Footing, all: &[ToldRecord]) -> Option<String> {
        let words = &self.words.held;
        let commitment = match footing {
            Footing::Order { commitment, .. } => commitment,
            Footing::Irregular { .. } => return Some(words.irregular.clone()),
            Footing::AtRequest { .. } | Footing::Withdrawn { .. } => {
                return Some(words.request.clone());
            }
        };
        match &commitment.basis {
            HoldingBasis::Sentence(sentence) => {
                let id = sentence.to_string();
                let record = all.iter().find(|record| record.id == id)?;
                let sentence = sentence_of(record);
                let decided = self.law.date(sentence.imposed()?.pronounced);
                let decided = self.words.date(decided);
                Some(fill(&words.sentence, &[("when", &decided)]))
            }
            HoldingBasis::Pretrial(case) => {
                let id = case.to_string();
                let is_told = all.iter().any(|record| record.id == id);
                (!is_told).then(|| words.before.clone())
            }
            HoldingBasis::Breach(_) => Some(words.breach.clone()),
            HoldingBasis::Other(other) => {
                let basis = self.label("custody.provisions", other.provision.as_str());
                Some(fill(&words.other, &[("basis", &basis)]))
            }
        }
    }

    /// The last day of the terms, as far as it can be worked out and the office may read it.
    async fn end_of(
        &self,
        visitor: &Visitor,
        sentence: SentenceId,
        held: &mut Held,
    ) -> Result<(), PageError> {
        let registry = &visitor.app.registry;
        let id = sentence.to_string();
        let dates = registry
            .sentence_dates(&visitor.call, &id, visitor.as_of)
            .await;
        let dates = match dates {
            Ok(dates) => dates,
            Err(ReadError::Denied(_) | ReadError::Unknown { .. }) => return Ok(()),
            Err(other) => return Err(other.into()),
        };
        if let Some(ends) = dates.calculation.and_then(|worked_out| worked_out.ends) {
            let ends = self.words.date(ends.into());
            held.said
                .push(fill(&self.words.held.ends, &[("when", &ends)]));
            held.has_day = true;
        }
        Ok(())
    }

    /// Somebody detained before judgment: on which provision, until when at most, and when the court looks at it again.
    fn before_judgment(&self, record: &ToldRecord, held: &mut Held) {
        let pretrial: Pretrial = folded(record, |event| match event {
            AnyEvent::Pretrial(event) => Some(event),
            _ => None,
        });
        let Some(case) = pretrial.opened().filter(|case| case.is_detained()) else {
            return;
        };
        let words = &self.words.held;
        if let Liberty::Detained { basis, .. } = &case.liberty {
            let basis = self.label("pretrial.bases", basis.as_str());
            held.said.push(fill(&words.pretrial, &[("basis", &basis)]));
        }
        for clock in pretrial.clocks(self.law) {
            let text = match clock.code {
                "pretrial.review" => &words.review,
                "pretrial.last-day" => &words.last,
                _ => continue,
            };
            let when = self.words.date(clock.due.into());
            held.said.push(fill(text, &[("when", &when)]));
            held.has_day = true;
        }
    }
}
