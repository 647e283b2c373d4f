//! What a row of a release list tells of a release from a sentence.

use domain::release::{
    Condition, ConsiderRelease, EffectRelease, EndRelease, GrantRelease, RecordEligibility,
    RecordReleaseByLaw, RecordReturn, RefuseRelease, Release, ReleaseCommand,
};
use domain::values::{Code, Known, Occurred, OfficeCode, Readiness};

use super::desk::{Telling, refused};
use super::kinds::ReleaseRow;
use super::said::{code, codes, done, done_if};
use super::tell::Tells;
use crate::bulk::Refused;
use crate::import::row::FileDate;

impl Tells for ReleaseRow {
    async fn tell(&self, row: &mut Telling<'_>) -> Result<(), Refused> {
        let id = row.own_id().to_string();
        let kind = code("releases.kind", &self.kind)?;
        let by_law = row.law().release.by_law.contains(&kind);
        if by_law && self.eligible.value().is_none() {
            self.by_law(row, &id, kind).await?;
        } else {
            self.become_possible(row, &id, kind).await?;
            self.decided(row, &id).await?;
            if let Some(left) = done_if(&self.left) {
                let left = ReleaseCommand::Effect(EffectRelease {
                    done: left,
                    ready: Readiness::default(),
                });
                row.step::<Release>("left", &id, left).await?;
            }
        }
        self.over(row, &id).await
    }
}

impl ReleaseRow {
    /// The first date of the row: by then it was known that release is possible.
    fn first(&self) -> Option<FileDate> {
        let dates = [
            &self.considered,
            &self.granted,
            &self.refused,
            &self.left,
            &self.ended,
        ];
        dates
            .into_iter()
            .filter_map(|date| date.value())
            .min()
            .copied()
    }

    async fn become_possible(
        &self,
        row: &mut Telling<'_>,
        id: &str,
        kind: Code,
    ) -> Result<(), Refused> {
        if row.step_of("possible").await?.is_some() {
            return Ok(());
        }
        let missing = |rule, said: &str| refused(rule, "", said.to_owned());
        let eligible_on = row
            .day("releases.eligible", &self.eligible)
            .ok_or_else(|| {
                let said = "is missing: the first day on which release is possible is needed to the day; complete the row";
                missing("releases.eligible", said)
            })?;
        let worked_out = self.worked_out.value().copied().or(self.first());
        let worked_out = worked_out.ok_or_else(|| {
            let said = "is missing, and the row tells no step: map worked_out, or pass over the row with when";
            missing("releases.worked_out", said)
        })?;
        let (sentence, state) = row.sentence(self.sentence.as_ref()).await?;
        let person = state.imposed().map(|imposed| imposed.person);
        let person = row
            .person(self.identity.as_ref(), person, &self.sex)
            .await?;
        let possible = ReleaseCommand::RecordEligibility(RecordEligibility {
            person,
            sentence,
            kind,
            eligible_on,
            done: done(worked_out),
        });
        row.step::<Release>("possible", id, possible).await?;
        Ok(())
    }

    async fn decided(&self, row: &mut Telling<'_>, id: &str) -> Result<(), Refused> {
        if let Some(done) = done_if(&self.considered) {
            let consider = ReleaseCommand::Consider(ConsiderRelease { done });
            row.step::<Release>("considered", id, consider).await?;
        }
        if let Some(decided) = done_if(&self.refused) {
            let refuse = ReleaseCommand::Refuse(self.refusal(row, decided)?);
            row.step::<Release>("refused", id, refuse).await?;
        }
        if let Some(decided) = done_if(&self.granted) {
            let grant = ReleaseCommand::Grant(self.grant(row, decided)?);
            row.step::<Release>("granted", id, grant).await?;
        }
        Ok(())
    }

    fn grant(&self, row: &mut Telling<'_>, decided: Occurred) -> Result<GrantRelease, Refused> {
        let conditions = codes("releases.conditions", &self.conditions)?.into_iter();
        let office = self.office.value().map(|word| {
            let office = OfficeCode::parse(word);
            office.map_err(|wrong| refused("releases.office", word, wrong.to_string()))
        });
        Ok(GrantRelease {
            decided,
            basis: row.code_or_not_recorded("releases.basis", &self.basis)?,
            conditions: conditions
                .map(|condition| Condition {
                    condition,
                    until: None,
                    terms: None,
                })
                .collect(),
            expires: row.day("releases.expires", &self.expires),
            supervision: office.transpose()?,
            reasons: None,
        })
    }

    fn refusal(&self, row: &mut Telling<'_>, decided: Occurred) -> Result<RefuseRelease, Refused> {
        let again = row.day("releases.again", &self.again).ok_or_else(|| {
            let said = "is missing: a refusal needs the day by which release is considered again; complete the row";
            refused("releases.again", "", said.to_owned())
        })?;
        Ok(RefuseRelease {
            decided,
            criterion: row.code_or_not_recorded("releases.criterion", &self.criterion)?,
            reasons: None,
            review_told: Known::NotRecorded,
            circumstances: std::collections::BTreeMap::new(),
            caretaking: None,
            next_consideration: again,
        })
    }

    /// The law itself released: nobody considered or granted it.
    async fn by_law(&self, row: &mut Telling<'_>, id: &str, kind: Code) -> Result<(), Refused> {
        if row.step_of("left").await?.is_some() {
            return Ok(());
        }
        let left = done_if(&self.left).ok_or_else(|| {
            let said = "is missing: a release that the law itself brings is told by the day on which the person left";
            refused("releases.left", "", said.to_owned())
        })?;
        let (sentence, state) = row.sentence(self.sentence.as_ref()).await?;
        let person = state.imposed().map(|imposed| imposed.person);
        let person = row
            .person(self.identity.as_ref(), person, &self.sex)
            .await?;
        let basis = row.code_or_not_recorded("releases.basis", &self.basis)?;
        let by_law = ReleaseCommand::RecordReleaseByLaw(RecordReleaseByLaw {
            person,
            sentence,
            kind,
            basis,
            done: left,
        });
        row.step::<Release>("left", id, by_law).await?;
        Ok(())
    }

    async fn over(&self, row: &mut Telling<'_>, id: &str) -> Result<(), Refused> {
        let back = match (done_if(&self.returned), self.returned_how.value()) {
            (Some(done), Some(how)) => Some(ReleaseCommand::RecordReturn(RecordReturn {
                done,
                how: *how,
            })),
            (Some(_), None) => {
                let said =
                    "the return is left out, since the row does not say how the person came back";
                row.note("releases.returned_how", said);
                None
            }
            (None, _) => None,
        };
        let end = match (done_if(&self.ended), self.how.value()) {
            (Some(done), Some(how)) => Some(ReleaseCommand::End(EndRelease { done, how: *how })),
            (Some(_), None) => {
                row.note(
                    "releases.how",
                    "the end is left out, since the row does not say how the release ended",
                );
                None
            }
            (None, _) => None,
        };
        // A return after the end is told after it, and the rules say what they think of that.
        let late = self.returned.value().zip(self.ended.value());
        let late = late.is_some_and(|(returned, ended)| returned > ended);
        let mut steps = [("returned", back), ("ended", end)];
        if late {
            steps.reverse();
        }
        for (step, command) in steps {
            if let Some(command) = command {
                row.step::<Release>(step, id, command).await?;
            }
        }
        Ok(())
    }
}
