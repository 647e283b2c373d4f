//! The period of one conviction that stands alone.

use super::further;
use super::outcome::Limit;
use super::{Awaits, Conviction, Disposal, End, Gap, Step};
use crate::jurisdiction::{
    Completed, OrderPeriod, Pack, Period, PeriodRow, PeriodTable, Reach, title,
};
use crate::values::{Day, Length, Term};

/// The period of a conviction by a table: the longest of its disposals.
pub(super) fn of<'a>(
    law: &'a Pack,
    table: &PeriodTable,
    conviction: &'a Conviction,
    on: Day,
) -> further::Period<'a> {
    let mut steps = Vec::new();
    let mut limits = Vec::new();
    for disposal in &conviction.disposals {
        let mut worked = Worked {
            law,
            conviction,
            disposal,
            on,
            steps: &mut steps,
        };
        let found = worked.by(table);
        limits.push(found.unwrap_or_else(|gap| (Limit::Unknown(gap), Reach::Both)));
    }
    let longest = |reach: fn(Reach) -> bool| {
        let fits = limits.iter().filter(|(_, of)| reach(*of));
        fits.map(|(limit, _)| limit)
            .max_by_key(|limit| limit.length())
            .cloned()
    };
    let all = longest(|_| true).unwrap_or(Limit::Unknown(Gap::NoDisposal));
    if limits.len() > 1 {
        steps.push(Step::LongestCounts { to: all.last() });
    }
    further::Period {
        conviction,
        all,
        lent: longest(|reach| reach == Reach::Both),
        alone: limits.iter().all(|(_, reach)| *reach == Reach::Alone),
        steps,
    }
}

/// One disposal while it is worked out.
struct Worked<'a, 's> {
    law: &'a Pack,
    conviction: &'a Conviction,
    disposal: &'a Disposal,
    on: Day,
    steps: &'s mut Vec<Step>,
}

impl Worked<'_, '_> {
    fn by(&mut self, table: &PeriodTable) -> Result<(Limit, Reach), Gap> {
        let term = self.term()?;
        let row = self.row(table, term)?;
        let disposals = &self.law.rehabilitation.disposals;
        self.steps.push(Step::Row {
            disposal: title(disposals, self.disposal.kind.as_str()).to_owned(),
            over: row.over,
            up_to: row.up_to,
            source: row.source.clone(),
            verified: row.verified,
        });
        let period = self.period(row)?;
        Ok((self.limit(period, term), row.reach))
    }

    /// The whole term: one after the other is one.
    fn term(&mut self) -> Result<Option<Term>, Gap> {
        let mut whole: Option<Term> = None;
        for length in &self.disposal.terms {
            let not_calendar = || Gap::NotCalendar(*length);
            let term = length.term().ok_or_else(not_calendar)?;
            let sum = match whole {
                None => term,
                Some(before) => before.plus(term).ok_or_else(not_calendar)?,
            };
            whole = Some(sum);
        }
        if let (Some(whole), true) = (whole, self.disposal.terms.len() > 1) {
            self.steps.push(Step::OneTerm {
                terms: self.disposal.terms.clone(),
                whole: Length::Calendar(whole),
            });
        }
        Ok(whole)
    }

    /// The first row that fits.
    fn row<'t>(&self, table: &'t PeriodTable, term: Option<Term>) -> Result<&'t PeriodRow, Gap> {
        let kind = &self.disposal.kind;
        let listed = self.law.rehabilitation.disposals.iter();
        if !listed.clone().any(|known| &known.code == kind) {
            return Err(Gap::NoRow(kind.clone()));
        }
        for row in table.rows_for(kind) {
            if self.is_within(row, term)? && self.is_of_class(row)? {
                return Ok(row);
            }
        }
        Err(Gap::NoRow(kind.clone()))
    }

    /// Whether the offence is of a class of the row.
    fn is_of_class(&self, row: &PeriodRow) -> Result<bool, Gap> {
        if row.offences.is_empty() {
            return Ok(true);
        }
        let classes = self.conviction.offence.value();
        let classes = classes.ok_or(Gap::Offence(self.conviction.no))?;
        Ok(classes.iter().any(|class| row.offences.contains(class)))
    }

    /// Whether the term is within the limits of the row.
    fn is_within(&self, row: &PeriodRow, term: Option<Term>) -> Result<bool, Gap> {
        if row.is_unbounded() {
            return Ok(true);
        }
        let term = term.ok_or_else(|| Gap::Term(self.disposal.kind.clone()))?;
        let over = match row.over {
            Some(limit) => self.is_longer(term, limit)?,
            None => true,
        };
        let beyond = match row.up_to {
            Some(limit) => self.is_longer(term, limit)?,
            None => false,
        };
        Ok(over && !beyond)
    }

    /// Whether a term is longer than a limit: by the calendar from its first day, or in months where both are.
    fn is_longer(&self, term: Term, limit: Length) -> Result<bool, Gap> {
        let most = limit.term().ok_or(Gap::NotCalendar(limit))?;
        if let Some(first) = self.disposal.begins {
            return Ok(term.last_day(first) > most.last_day(first));
        }
        let length = Length::Calendar(term);
        if term.days == 0 && most.days == 0 {
            Ok(term.whole_months() > most.whole_months())
        } else if length.exceeds(limit) {
            Ok(true)
        } else if limit.exceeds(length) {
            Ok(false)
        } else {
            Err(Gap::Between {
                term: length,
                limit,
            })
        }
    }

    /// The period of the row for the person's age.
    fn period<'t>(&mut self, row: &'t PeriodRow) -> Result<&'t Period, Gap> {
        let Some(child) = &row.child else {
            return Ok(&row.adult);
        };
        let age = *self.conviction.age.value().ok_or(Gap::Age)?;
        let majority = self.law.ages.majority;
        self.steps.push(Step::Age { age, majority });
        Ok(if age < majority { child } else { &row.adult })
    }

    fn limit(&mut self, period: &Period, term: Option<Term>) -> Limit {
        match period {
            Period::AtOnce => {
                self.steps.push(Step::AtOnce);
                Limit::Last(self.on.minus_days(1))
            }
            Period::Never => {
                self.steps.push(Step::Never);
                Limit::Never
            }
            Period::WhenPaid => match self.disposal.paid {
                Some(on) => {
                    self.steps.push(Step::Paid { on });
                    Limit::Last(on)
                }
                None => Limit::Open(Awaits::Payment),
            },
            Period::AfterSentence(length) => self.after_sentence(*length, term),
            Period::FromConviction(length) => self.counted(*length, self.on),
            Period::WithOrder(rule) => self.with_order(*rule, term),
            Period::Longest(several) => {
                let limits = self.several(several, term);
                limits
                    .into_iter()
                    .max_by_key(Limit::length)
                    .unwrap_or_else(|| self.no_end())
            }
            Period::Shortest(several) => {
                let limits = self.several(several, term);
                // Of something that is not known and something that is, nobody can say which is the shorter.
                let unknown = limits.iter().find(|limit| limit.is_unknown());
                let shortest = unknown
                    .or(limits.iter().min_by_key(|limit| limit.length()))
                    .cloned();
                shortest.unwrap_or_else(|| self.no_end())
            }
        }
    }

    fn several(&mut self, periods: &[Period], term: Option<Term>) -> Vec<Limit> {
        periods.iter().map(|one| self.limit(one, term)).collect()
    }

    fn after_sentence(&mut self, length: Length, term: Option<Term>) -> Limit {
        match self.last_day(term) {
            Last::On(last) => {
                let from = match self.law.rehabilitation.completed {
                    Completed::LastDay => last,
                    Completed::DayAfter => last.plus_days(1),
                };
                self.counted(length, from)
            }
            Last::Open => Limit::Open(Awaits::EndOfOrder),
            Last::Unsaid | Last::Unknown => self.no_end(),
        }
    }

    fn with_order(&mut self, rule: OrderPeriod, term: Option<Term>) -> Limit {
        let instead = match self.last_day(term) {
            Last::On(last) => return Limit::Last(last),
            Last::Open => rule.open.ok_or(Limit::Open(Awaits::EndOfOrder)),
            Last::Unsaid => rule.unsaid.ok_or(self.no_end()),
            Last::Unknown => Err(self.no_end()),
        };
        match instead {
            Ok(length) => {
                self.steps.push(Step::NoLastDay);
                self.counted(length, self.on)
            }
            Err(limit) => limit,
        }
    }

    fn no_end(&self) -> Limit {
        Limit::Unknown(Gap::End(self.disposal.kind.clone()))
    }

    /// The last day of the sentence or the order, as it is known or follows from the term.
    fn last_day(&mut self, term: Option<Term>) -> Last {
        match self.disposal.end {
            End::On(day) => {
                self.steps.push(Step::Ended { on: day });
                Last::On(day)
            }
            End::Open => Last::Open,
            End::Unsaid => Last::Unsaid,
            End::ByTerm => match (term, self.disposal.begins) {
                (Some(term), Some(from)) => {
                    let to = term.last_day(from);
                    let length = Length::Calendar(term);
                    self.steps.push(Step::Term { length, from, to });
                    Last::On(to)
                }
                (None, _) | (_, None) => Last::Unknown,
            },
        }
    }

    /// A period that begins with a day.
    fn counted(&mut self, length: Length, from: Day) -> Limit {
        let Some(term) = length.term() else {
            return Limit::Unknown(Gap::NotCalendar(length));
        };
        let to = term.last_day(from);
        self.steps.push(Step::Counted { length, from, to });
        Limit::Last(to)
    }
}

enum Last {
    On(Day),
    Open,
    Unsaid,
    Unknown,
}
