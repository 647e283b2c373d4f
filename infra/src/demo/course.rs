//! What happens to a sentence after it was imposed.

use domain::sentence::{
    ActivateSuspended, Appellant, Commute, CorrectSlip, CustodyTerm, Decision, LodgeAppeal,
    MarkCustody, Sanction, SentenceCommand, Standing, Vary, WithReason,
};
use domain::values::{ComponentNo, Day, Length, Occurred, Term};

use super::chance::Chance;
use super::decision::{Sketch, in_months, months};
use super::people::{clerk, code, judge};
use crate::bulk::{Case, Refused};

const FIRST: ComponentNo = ComponentNo(1);

/// A sentence on its way, up to today.
pub(super) struct Course<'a, 'c> {
    pub(super) case: &'a mut Case<'c>,
    pub(super) sketch: &'a Sketch,
    pub(super) today: Day,
    pub(super) chance: &'a mut Chance,
}

impl Course<'_, '_> {
    /// Slips, appeals, serving, mercy, the end: by chance, and never after today.
    pub(super) fn run(&mut self) -> Result<(), Refused> {
        if self.chance.happens(15) {
            self.correct()?;
        }
        if self.chance.happens(45) {
            self.appeal()?;
        }
        self.serve()?;
        if self.chance.happens(1) {
            let on = self.later(90, 700);
            let pardon = |on| SentenceCommand::Pardon(step(on));
            self.judged(on, pardon)?;
        }
        Ok(())
    }

    fn later(&mut self, least: u32, most: u32) -> Option<Occurred> {
        let day = self.sketch.day.plus_days(self.chance.between(least, most));
        (day < self.today).then(|| Occurred::On(day.into()))
    }

    fn judged(
        &mut self,
        on: Option<Occurred>,
        wish: impl FnOnce(Occurred) -> SentenceCommand,
    ) -> Result<(), Refused> {
        let Some(on) = on else { return Ok(()) };
        let judge = judge(self.sketch.court, self.chance);
        self.case.sentence(&judge, wish(on))
    }

    fn kept(
        &mut self,
        on: Option<Occurred>,
        wish: impl FnOnce(Occurred) -> SentenceCommand,
    ) -> Result<bool, Refused> {
        let Some(on) = on else { return Ok(false) };
        let clerk = clerk(self.sketch.court);
        self.case.sentence(&clerk, wish(on)).map(|()| true)
    }

    fn decision(&self) -> Option<Decision> {
        let imposed = self.case.sentence_state().imposed()?;
        let mut decision = imposed.decision.clone();
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
    fn correct(&mut self) -> Result<(), Refused> {
        let Some(mut decision) = self.decision() else {
            return Ok(());
        };
        let left_out = code("remorse");
        if decision.mitigating.contains(&left_out) {
            return Ok(());
        }
        decision.mitigating.push(left_out);
        let on = self.later(1, 20);
        self.kept(on, |pronounced| {
            SentenceCommand::CorrectSlip(CorrectSlip {
                corrects: 1,
                pronounced,
                reason: code("omitted"),
                decision,
            })
        })?;
        Ok(())
    }

    fn appeal(&mut self) -> Result<(), Refused> {
        let by = self
            .chance
            .weighed(&[(Appellant::Person, 80), (Appellant::Prosecution, 20)]);
        let lodged = self.later(3, 28);
        if !self.kept(lodged, |lodged| {
            SentenceCommand::LodgeAppeal(LodgeAppeal { lodged, by })
        })? {
            return Ok(());
        }
        let decided = self.later(60, 260);
        match self.chance.between(1, 100) {
            1..=62 => {
                let dismiss = |on| SentenceCommand::DismissAppeal(step(on));
                self.judged(decided, dismiss)
            }
            63..=88 => match self.decision().and_then(|d| milder(d, self.chance)) {
                Some(decision) => self.judged(decided, |pronounced| {
                    SentenceCommand::VaryOnAppeal(Vary {
                        pronounced,
                        decision,
                    })
                }),
                None => Ok(()),
            },
            89..=96 => self.judged(decided, |on| SentenceCommand::Quash(step(on))),
            _ => Ok(()),
        }
    }

    fn serve(&mut self) -> Result<(), Refused> {
        if !self.stands() {
            return Ok(());
        }
        match self.sanction() {
            Some(Sanction::Custody {
                term: Some(CustodyTerm::Determinate(term)),
            }) => self.custody(term),
            Some(Sanction::SuspendedCustody { term, .. }) => self.suspended(term),
            Some(Sanction::Fine { .. } | Sanction::DayFine { .. }) if self.chance.happens(780) => {
                let on = self.later(10, 150);
                self.kept(on, |on| SentenceCommand::Complete { on })
                    .map(drop)
            }
            Some(Sanction::Admonition {}) => {
                let on = Some(Occurred::On(self.sketch.day.into()));
                self.kept(on, |on| SentenceCommand::Complete { on })
                    .map(drop)
            }
            _ => Ok(()),
        }
    }

    fn custody(&mut self, term: Length) -> Result<(), Refused> {
        let mark = |on| MarkCustody {
            component: FIRST,
            on,
        };
        let started = Some(Occurred::On(self.sketch.day.into()));
        self.kept(started, |on| SentenceCommand::StartCustody(mark(on)))?;
        if in_months(term) > 6 && self.chance.happens(40) {
            let shorter = u16::try_from(in_months(term).saturating_mul(7) / 10).unwrap_or(1);
            let on = self.later(60, 160);
            let commute = |pronounced| {
                SentenceCommand::Commute(Commute {
                    component: FIRST,
                    to: super::decision::term(shorter),
                    pronounced,
                    note: None,
                })
            };
            self.judged(on, commute)?;
        }
        let days = in_months(term).saturating_mul(20).max(10);
        let left = self.later(days, days);
        if self.kept(left, |on| SentenceCommand::EndCustody(mark(on)))? && self.stands() {
            let months = u16::try_from(in_months(term)).unwrap_or(u16::MAX);
            let over = Term::of_months(months).day_after(self.sketch.day);
            let over = (over < self.today).then(|| Occurred::On(over.into()));
            self.kept(over, |on| SentenceCommand::Complete { on })?;
        }
        Ok(())
    }

    fn suspended(&mut self, term: Option<Length>) -> Result<(), Refused> {
        let Some(term) = term.filter(|_| self.chance.happens(75)) else {
            return Ok(());
        };
        let half = u16::try_from(in_months(term) / 2).unwrap_or(0);
        let part = (half > 0 && self.chance.happens(500)).then(|| months(half));
        let on = self.later(60, 600);
        self.judged(on, |pronounced| {
            SentenceCommand::ActivateSuspended(ActivateSuspended {
                component: FIRST,
                part,
                pronounced,
                note: None,
            })
        })
    }
}

fn step(pronounced: Occurred) -> WithReason {
    WithReason {
        pronounced,
        reason: None,
        note: None,
    }
}

/// The same decision with less: four fifths of the term, or of the fine.
fn milder(mut decision: Decision, chance: &mut Chance) -> Option<Decision> {
    let component = decision.counts.first_mut()?.components.first_mut()?;
    let fifths = chance.between(3, 4);
    match &mut component.sanction {
        Sanction::Custody {
            term: Some(CustodyTerm::Determinate(term)),
        } => {
            let less = in_months(*term).saturating_mul(fifths) / 5;
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
