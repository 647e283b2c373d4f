//! What happens to a sentence after it was imposed, and to what is recorded of the person.

use domain::person::{ContestData, CorrectAttributes, PersonCommand, Sex};
use domain::sentence::{
    ActivateSuspended, Appeal, Appellant, Commute, CorrectSlip, CustodyTerm, Decision, LodgeAppeal,
    MarkCustody, Sanction, SentenceCommand, Standing, Vary, WithReason,
};
use domain::values::{ComponentNo, Day, Known, Length, Occurred, Term};

use super::decision::{in_months, months, term};
use super::people::{clerk, code, judge, words};
use super::tale::{self, Tale};
use crate::bulk::Refused;

const FIRST: ComponentNo = ComponentNo(1);

/// Something that happens to the sentence, or to what is recorded of the person.
#[derive(Clone, Copy)]
pub(super) enum Step {
    /// A slip of the entry is corrected.
    Correct,
    /// An appeal is lodged.
    Lodge,
    /// An appeal is decided.
    Decide,
    /// A term is shortened by an act of mercy.
    Commute,
    /// Custody ends.
    Release,
    /// Everything imposed is done.
    Complete,
    /// A suspended term is activated.
    Activate,
    /// A pardon.
    Pardon,
    /// The sex that nobody had recorded is recorded.
    RecordSex,
    /// The person says that something recorded is wrong.
    Contest,
}

impl From<Step> for tale::Step {
    fn from(step: Step) -> Self {
        Self::Course(step)
    }
}

impl Tale<'_> {
    /// Notes what chance has in store for a sentence that was just imposed.
    pub(super) fn begin_course(&mut self) -> Result<(), Refused> {
        let day = self.sketch.day;
        let known = self.sketch.earlier.is_some();
        let contests = if known { 0 } else { 3 };
        let chances = [
            (15, Step::Correct, (1, 20)),
            (45, Step::Lodge, (3, 28)),
            (1, Step::Pardon, (90, 700)),
            (contests, Step::Contest, (20, 300)),
        ];
        for (per_mille, step, days) in chances {
            if self.chance.happens(per_mille) {
                self.note_after(day, days, step.into());
            }
        }
        // The tale of the first decision tells what happens to the person's record.
        if !known && self.sketch.sex == Known::NotRecorded && self.chance.happens(220) {
            self.note_after(day, (15, 240), Step::RecordSex.into());
        }
        self.begin_serving(day)
    }

    fn begin_serving(&mut self, day: Day) -> Result<(), Refused> {
        match self.sanction() {
            Some(Sanction::Custody {
                term: Some(CustodyTerm::Determinate(term)),
            }) => self.begin_custody(day, term),
            Some(Sanction::SuspendedCustody { .. }) if self.chance.happens(75) => {
                self.note_after(day, (60, 600), Step::Activate.into());
                Ok(())
            }
            Some(Sanction::Fine { .. } | Sanction::DayFine { .. }) if self.chance.happens(780) => {
                self.note_after(day, (10, 150), Step::Complete.into());
                Ok(())
            }
            Some(Sanction::Admonition {}) => {
                self.note(day, Step::Complete.into());
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn begin_custody(&mut self, day: Day, term: Length) -> Result<(), Refused> {
        let clerk = clerk(self.sketch.court);
        let start = SentenceCommand::StartCustody(mark(day));
        let delay = self.delay();
        self.act(day, delay, |case| case.sentence(&clerk, start.clone()))?;
        if in_months(term) > 6 && self.chance.happens(40) {
            self.note_after(day, (60, 160), Step::Commute.into());
        }
        let days = in_months(term).saturating_mul(20).max(10);
        self.note(day.plus_days(days), Step::Release.into());
        Ok(())
    }

    /// Takes a step, if it is still possible.
    pub(super) fn course(&mut self, day: Day, step: Step) -> Result<(), Refused> {
        let on = Occurred::On(day.into());
        match step {
            Step::Release => self.release(day),
            Step::RecordSex => self.record_sex(day),
            Step::Contest => self.contest(day),
            Step::Decide => self.decide_appeal(day),
            _ if !self.stands() => Ok(()),
            Step::Correct => self.correct(day),
            Step::Lodge => self.lodge(day),
            Step::Complete => self.kept(day, SentenceCommand::Complete { on }).map(drop),
            Step::Pardon => self
                .judged(day, SentenceCommand::Pardon(with_reason(on)))
                .map(drop),
            Step::Commute => match self.commutation(on) {
                Some(command) => self.judged(day, command).map(drop),
                None => Ok(()),
            },
            Step::Activate => match self.activation(on) {
                Some(command) => self.judged(day, command).map(drop),
                None => Ok(()),
            },
        }
    }

    /// A judge decides, and it is entered.
    pub(super) fn judged(&mut self, day: Day, command: SentenceCommand) -> Result<bool, Refused> {
        let judge = judge(self.sketch.court, &mut self.chance);
        let delay = self.delay();
        self.act(day, delay, |case| case.sentence(&judge, command.clone()))
    }

    /// The clerk enters what happened.
    fn kept(&mut self, day: Day, command: SentenceCommand) -> Result<bool, Refused> {
        let clerk = clerk(self.sketch.court);
        let delay = self.delay();
        self.act(day, delay, |case| case.sentence(&clerk, command.clone()))
    }

    pub(super) fn decision(&self) -> Option<Decision> {
        let imposed = self.case.sentence_state().imposed()?;
        let mut decision = Decision::clone(&imposed.decision);
        // Reasons in words are sealed by now and stay as they were.
        decision.reasons = None;
        Some(decision)
    }

    fn stands(&self) -> bool {
        let imposed = self.case.sentence_state().imposed();
        imposed.is_some_and(|imposed| imposed.standing == Standing::InForce)
    }

    fn sanction(&self) -> Option<Sanction> {
        let decision = self.decision()?;
        decision.component(FIRST).map(|c| c.sanction.clone())
    }

    /// A factor that was pronounced and left out of the entry.
    fn correct(&mut self, day: Day) -> Result<(), Refused> {
        let Some(mut decision) = self.decision() else {
            return Ok(());
        };
        let left_out = code("remorse");
        if decision.mitigating.contains(&left_out) {
            return Ok(());
        }
        decision.mitigating.push(left_out);
        let correction = SentenceCommand::CorrectSlip(CorrectSlip {
            corrects: 1,
            pronounced: Occurred::On(day.into()),
            reason: code("omitted"),
            decision,
        });
        self.kept(day, correction).map(drop)
    }

    fn lodge(&mut self, day: Day) -> Result<(), Refused> {
        let appellants = [(Appellant::Person, 80), (Appellant::Prosecution, 20)];
        let by = self.chance.weighed(&appellants);
        let lodged = Occurred::On(day.into());
        let appeal = SentenceCommand::LodgeAppeal(LodgeAppeal { lodged, by });
        if self.kept(day, appeal)? {
            self.note_after(day, (50, 240), Step::Decide.into());
        }
        Ok(())
    }

    fn decide_appeal(&mut self, day: Day) -> Result<(), Refused> {
        let imposed = self.case.sentence_state().imposed();
        if !imposed.is_some_and(|imposed| matches!(imposed.appeal, Some(Appeal::Pending(_)))) {
            return Ok(());
        }
        let pronounced = Occurred::On(day.into());
        let command = match self.chance.between(1, 100) {
            63..=88 => self.decision().and_then(milder).map(|decision| {
                SentenceCommand::VaryOnAppeal(Vary {
                    pronounced,
                    decision,
                })
            }),
            89..=97 => Some(SentenceCommand::Quash(with_reason(pronounced))),
            _ => None,
        };
        let dismissed = || SentenceCommand::DismissAppeal(with_reason(pronounced));
        let command = command.unwrap_or_else(dismissed);
        let quashed = matches!(command, SentenceCommand::Quash(_));
        if self.judged(day, command)? && quashed {
            // Nobody's custody ends by a process: somebody lets the person go, and it is entered.
            self.note(day, Step::Release.into());
        }
        Ok(())
    }

    fn commutation(&mut self, pronounced: Occurred) -> Option<SentenceCommand> {
        let Some(Sanction::Custody {
            term: Some(CustodyTerm::Determinate(length)),
        }) = self.sanction()
        else {
            return None;
        };
        let shorter = in_months(length).saturating_mul(7) / 10;
        Some(SentenceCommand::Commute(Commute {
            component: FIRST,
            to: term(u16::try_from(shorter).ok().filter(|n| *n > 0)?),
            pronounced,
            note: None,
        }))
    }

    fn activation(&mut self, pronounced: Occurred) -> Option<SentenceCommand> {
        let Some(Sanction::SuspendedCustody {
            term: Some(suspended),
            ..
        }) = self.sanction()
        else {
            return None;
        };
        let half = u16::try_from(in_months(suspended) / 2).unwrap_or(0);
        let part = (half > 0 && self.chance.happens(500)).then(|| months(half));
        Some(SentenceCommand::ActivateSuspended(ActivateSuspended {
            component: FIRST,
            part,
            pronounced,
            note: None,
        }))
    }

    fn release(&mut self, day: Day) -> Result<(), Refused> {
        let imposed = self.case.sentence_state().imposed();
        if imposed.is_none_or(|imposed| !imposed.in_custody.contains_key(&FIRST)) {
            return Ok(());
        }
        let released = self.kept(day, SentenceCommand::EndCustody(mark(day)))?;
        if let Some(Sanction::Custody {
            term: Some(CustodyTerm::Determinate(length)),
        }) = self.sanction().filter(|_| released)
        {
            let months = u16::try_from(in_months(length)).unwrap_or(u16::MAX);
            let over = Term::of_months(months).day_after(self.sketch.day);
            self.note(if over < day { day } else { over }, Step::Complete.into());
        }
        Ok(())
    }

    fn record_sex(&mut self, day: Day) -> Result<(), Refused> {
        let found = [(Sex::Male, 85), (Sex::Female, 15)];
        let correct = PersonCommand::CorrectAttributes(CorrectAttributes {
            sex: Known::Value(self.chance.weighed(&found)),
            reason: code("wrong-person-data"),
        });
        let clerk = clerk(self.sketch.court);
        self.act(day, 0, |case| case.person(&clerk, correct.clone()))
            .map(drop)
    }

    fn contest(&mut self, day: Day) -> Result<(), Refused> {
        let said = "The address is that of an earlier home.";
        let contest = PersonCommand::ContestData(ContestData {
            subject: code("address"),
            statement: self.sketch.named.then(|| words(said)),
        });
        let clerk = clerk(self.sketch.court);
        self.act(day, 1, |case| case.person(&clerk, contest.clone()))
            .map(drop)
    }
}

fn mark(day: Day) -> MarkCustody {
    MarkCustody {
        component: FIRST,
        on: Occurred::On(day.into()),
    }
}

fn with_reason(pronounced: Occurred) -> WithReason {
    WithReason {
        pronounced,
        reason: None,
        note: None,
    }
}

/// The same decision with less: three quarters of the term, or four fifths of the fine.
fn milder(mut decision: Decision) -> Option<Decision> {
    let component = decision.counts.first_mut()?.components.first_mut()?;
    match &mut component.sanction {
        Sanction::Custody {
            term: Some(CustodyTerm::Determinate(term)),
        } => {
            let less = in_months(*term).saturating_mul(3) / 4;
            let less = u16::try_from(less).ok().filter(|n| *n > 0)?;
            *term = months(less);
        }
        Sanction::Fine {
            amount: Some(amount),
        } => amount.minor = amount.minor.saturating_mul(4) / 5,
        _ => return None,
    }
    // The range stands beside a term it was not left for any more.
    if let Some(count) = decision.counts.first_mut() {
        count.departure = None;
    }
    Some(decision)
}
