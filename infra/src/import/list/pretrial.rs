//! What a row of a remand list tells of a case before judgment.

use domain::pretrial::{
    CaseEnd, EndCase, Ground, ImposeAlternative, Insufficient, Measure, OpenCase, OrderDetention,
    Pretrial, PretrialCommand, ReleaseUnconditionally,
};
use domain::values::{CaseReference, CourtCode, Known, OffenceCode};

use super::desk::{Telling, refused};
use super::kinds::PretrialRow;
use super::rules::PretrialEnd;
use super::said::{answer, codes, done};
use super::tell::Tells;
use crate::bulk::Refused;
use crate::import::record::known;
use crate::import::row::{FileDate, Word};

impl Tells for PretrialRow {
    async fn tell(&self, row: &mut Telling<'_>) -> Result<(), Refused> {
        let id = row.own_id().to_string();
        if row.step_of("opened").await?.is_none() {
            let open = PretrialCommand::Open(self.opening(row).await?);
            row.step::<Pretrial>("opened", &id, open).await?;
        }
        let mut steps = Vec::new();
        if let Some(decided) = self.detained.value() {
            let detain = PretrialCommand::OrderDetention(self.detention(row, *decided)?);
            steps.push((*decided, "detained", detain));
        }
        if let Some(decided) = self.imposed.value() {
            let impose = PretrialCommand::ImposeAlternative(self.alternative(row, *decided)?);
            steps.push((*decided, "imposed", impose));
        }
        if let Some(decided) = self.released.value() {
            let release = PretrialCommand::ReleaseUnconditionally(ReleaseUnconditionally {
                decided: done(*decided),
                reasons: None,
            });
            steps.push((*decided, "released", release));
        }
        // A case may change more than once; what happened first is told first.
        steps.sort_by_key(|(decided, ..)| *decided);
        for (_, step, command) in steps {
            row.step::<Pretrial>(step, &id, command).await?;
        }
        if let Some(end) = self.end(row).await? {
            row.step::<Pretrial>("ended", &id, PretrialCommand::End(end))
                .await?;
        }
        Ok(())
    }
}

impl PretrialRow {
    async fn opening(&self, row: &mut Telling<'_>) -> Result<OpenCase, Refused> {
        let offences = self.offences.iter().map(|word| {
            let offence = OffenceCode::parse(word);
            offence.map_err(|wrong| refused("pretrial.offences", word, wrong.to_string()))
        });
        let case = self.case.value().map(|word| {
            let case = CaseReference::parse(word);
            case.map_err(|wrong| refused("pretrial.case", word, wrong.to_string()))
        });
        Ok(OpenCase {
            person: row.person(self.identity.as_ref(), None, &self.sex).await?,
            done: done(self.brought),
            court: CourtCode::parse(&self.court)
                .map_err(|wrong| refused("pretrial.court", &self.court, wrong.to_string()))?,
            case: case.transpose()?,
            offences: offences.collect::<Result<_, _>>()?,
            arrested: known(&self.arrested).map(|date| done(*date)),
            age_at_offence: answer(&self.age_at_offence),
            minor: None,
            circumstances: std::collections::BTreeMap::new(),
        })
    }

    fn detention(
        &self,
        row: &mut Telling<'_>,
        decided: FileDate,
    ) -> Result<OrderDetention, Refused> {
        let until = row.day("pretrial.until", &self.until).ok_or_else(|| {
            let said = "is missing: a detention needs its last day; complete the row";
            refused("pretrial.until", "", said.to_owned())
        })?;
        let grounds = codes("pretrial.grounds", &self.grounds)?.into_iter();
        let considered = codes("pretrial.considered", &self.considered)?.into_iter();
        Ok(OrderDetention {
            decided: done(decided),
            basis: row.code_or_not_recorded("pretrial.basis", &self.basis)?,
            grounds: grounds
                .map(|ground| Ground {
                    ground,
                    facts: None,
                })
                .collect(),
            alternatives: considered
                .map(|alternative| Insufficient {
                    alternative,
                    why: None,
                })
                .collect(),
            next_review: row
                .day("pretrial.next_review", &self.next_review)
                .unwrap_or(until),
            until,
            counsel: answer(&self.counsel),
            appeal_told: Known::NotRecorded,
            carer: None,
            child: None,
            reasons: None,
        })
    }

    fn alternative(
        &self,
        row: &mut Telling<'_>,
        decided: FileDate,
    ) -> Result<ImposeAlternative, Refused> {
        let measures = codes("pretrial.measures", &self.measures)?.into_iter();
        Ok(ImposeAlternative {
            decided: done(decided),
            basis: row.code_or_not_recorded("pretrial.basis", &self.basis)?,
            measures: measures
                .map(|alternative| Measure {
                    alternative,
                    until: None,
                    terms: None,
                })
                .collect(),
            consent: None,
            review_told: Known::NotRecorded,
            reasons: None,
        })
    }

    async fn end(&self, row: &mut Telling<'_>) -> Result<Option<EndCase>, Refused> {
        let (Some(ended), Some(how)) = (self.ended.value(), self.how.value()) else {
            if self.ended.value().is_some() {
                let said = "the end is left out, since the row does not say how the case ended";
                row.note("pretrial.how", said);
            }
            return Ok(None);
        };
        let how = match how {
            PretrialEnd::Sentenced => {
                let said: Option<&(Word, _)> = self.sentence.as_ref();
                CaseEnd::Sentenced(row.sentence(said).await?.0)
            }
            PretrialEnd::Acquitted => CaseEnd::Acquitted,
            PretrialEnd::Discontinued => CaseEnd::Discontinued,
            PretrialEnd::Diverted => CaseEnd::Diverted,
            PretrialEnd::Died => CaseEnd::Died,
        };
        let done = done(*ended);
        Ok(Some(EndCase { done, how }))
    }
}
