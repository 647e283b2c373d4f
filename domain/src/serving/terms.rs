//! What is recorded of a decision, as terms to serve.

use std::collections::BTreeSet;

use super::{Decided, Missing, TermSteps};
use crate::jurisdiction::{Credited, Pack, Share};
use crate::release::dates::{Begins, Dates, TermToServe, Written};
use crate::sentence::{Component, Count, CustodyTerm, Runs, Sanction, Standing};
use crate::values::{ComponentNo, Day, Known, Length, Occurred, SentenceId, days_in_words};

/// The terms to serve, and what each of them is.
pub(super) struct Gathered<'a> {
    pub(super) terms: Vec<TermToServe>,
    /// In the order of the terms.
    pub(super) about: Vec<About<'a>>,
    /// What was used, in words.
    pub(super) from: Vec<String>,
}

/// What a term to serve is.
pub(super) struct About<'a> {
    pub(super) decided: &'a Decided<'a>,
    pub(super) count: &'a Count,
    component: &'a Component,
    length: Length,
    /// *Component 2*, or *component 1 of the decision …94132f7b1c33*.
    pub(super) name: String,
}

impl Gathered<'_> {
    /// The terms with a part of each that is served.
    pub(super) fn with_shares(&self, shares: impl Iterator<Item = Share>) -> Vec<TermToServe> {
        let terms = self.terms.iter().zip(shares);
        let served = |(term, share): (&TermToServe, Share)| TermToServe {
            share: Some(share),
            ..*term
        };
        terms.map(served).collect()
    }

    /// The steps of dates in words, term by term.
    pub(super) fn steps(&self, dates: &Dates) -> Vec<TermSteps> {
        let of_term = |term: &crate::release::dates::TermDates| {
            let at = self.terms.iter().position(|known| known.no == term.no);
            let about = at.and_then(|at| self.about.get(at));
            TermSteps {
                term: about.map_or_else(String::new, |about| about.name.clone()),
                steps: term.steps.iter().map(ToString::to_string).collect(),
            }
        };
        dates.terms.iter().map(of_term).collect()
    }
}

/// Gathers the terms of a decision and those that they follow.
pub(super) fn gather<'a>(
    decided: &'a Decided<'a>,
    earlier: &'a [Decided<'a>],
    law: &'a Pack,
) -> Result<Gathered<'a>, Missing> {
    if decided.imposed.standing != Standing::InForce {
        let state = decided.imposed.standing.title();
        return Err(Missing::Over { state });
    }
    let mut about = served(decided, true)?;
    if about.is_empty() {
        return Err(Missing::NoCustody);
    }
    let unsaid: Vec<&About<'_>> = about
        .iter()
        .filter(|a| a.component.runs.is_none())
        .collect();
    if let [_, second, ..] = unsaid.as_slice() {
        return Err(Missing::Runs {
            no: second.component.no,
        });
    }
    follow(&mut about, earlier)?;
    let mut gathered = Gathered {
        terms: Vec::new(),
        about,
        from: Vec::new(),
    };
    gathered.begin(law)?;
    gathered.credit(law)?;
    Ok(gathered)
}

/// The terms of custody of a decision that are served.
fn served<'a>(decided: &'a Decided<'a>, own: bool) -> Result<Vec<About<'a>>, Missing> {
    let mut found = Vec::new();
    for (count, component) in decided.imposed.decision.components() {
        if let Some(length) = length(decided, component)? {
            let no = component.no;
            let name = if own {
                format!("component {no}")
            } else {
                format!("component {no} of the decision {}", short(decided.sentence))
            };
            found.push(About {
                decided,
                count,
                component,
                length,
                name,
            });
        }
    }
    Ok(found)
}

/// How much of a component is served; nothing of what is no custody, or suspended.
fn length(decided: &Decided<'_>, component: &Component) -> Result<Option<Length>, Missing> {
    let no = component.no;
    match recorded(decided, component)? {
        Some(length) if length.term().is_none() => Err(Missing::NotCalendar { no, length }),
        length => Ok(length),
    }
}

fn recorded(decided: &Decided<'_>, component: &Component) -> Result<Option<Length>, Missing> {
    let no = component.no;
    match &component.sanction {
        Sanction::Custody { term } => match term {
            Some(CustodyTerm::Determinate(length)) => Ok(Some(*length)),
            Some(CustodyTerm::Life | CustodyTerm::Indeterminate) => Err(Missing::Unlimited { no }),
            None => Err(Missing::Length { no }),
        },
        Sanction::SuspendedCustody { term, .. } => match decided.imposed.activated.get(&no) {
            None => Ok(None),
            Some(part) => {
                let length = part.or(*term).ok_or(Missing::Length { no })?;
                Ok(Some(length))
            }
        },
        Sanction::Death {}
        | Sanction::CommunityOrder { .. }
        | Sanction::Fine { .. }
        | Sanction::DayFine { .. }
        | Sanction::Compensation { .. }
        | Sanction::Discharge { .. }
        | Sanction::Admonition {}
        | Sanction::Deferred { .. }
        | Sanction::Ancillary { .. }
        | Sanction::Other { .. } => Ok(None),
    }
}

/// Adds the terms of earlier decisions that those at hand follow, and those that these follow.
fn follow<'a>(about: &mut Vec<About<'a>>, earlier: &'a [Decided<'a>]) -> Result<(), Missing> {
    let mut next = 0;
    while let Some(term) = about.get(next) {
        next = next.saturating_add(1);
        let no = term.component.no;
        let (sentence, after) = match term.component.runs {
            None | Some(Runs::Concurrent) => continue,
            Some(Runs::ConsecutiveTo(after)) => (term.decided.sentence, after),
            Some(Runs::ConsecutiveToEarlier(term)) => (term.sentence, term.component),
        };
        if find(about, sentence, after).is_some() {
            continue;
        }
        let decision = earlier.iter().find(|known| known.sentence == sentence);
        let decision = decision.ok_or(if sentence == term.decided.sentence {
            Missing::Follows { no, after }
        } else {
            Missing::Earlier { no }
        })?;
        let state = decision.imposed.standing;
        if matches!(state, Standing::Quashed | Standing::Pardoned) {
            let state = state.title();
            return Err(Missing::EarlierOver { no, state });
        }
        let mut found = served(decision, false)?.into_iter();
        let found = found.find(|known| known.component.no == after);
        about.push(found.ok_or(Missing::Follows { no, after })?);
    }
    Ok(())
}

/// The place of a term among those at hand.
fn find(about: &[About<'_>], sentence: SentenceId, no: ComponentNo) -> Option<usize> {
    about
        .iter()
        .position(|term| term.decided.sentence == sentence && term.component.no == no)
}

/// The number of a term in the calculation: its place, from 1.
fn number(place: usize) -> ComponentNo {
    ComponentNo(u16::try_from(place.saturating_add(1)).unwrap_or(u16::MAX))
}

impl About<'_> {
    /// Which of the terms it follows.
    fn follows(&self, about: &[About<'_>]) -> Option<usize> {
        match self.component.runs {
            None | Some(Runs::Concurrent) => None,
            Some(Runs::ConsecutiveTo(after)) => find(about, self.decided.sentence, after),
            Some(Runs::ConsecutiveToEarlier(term)) => find(about, term.sentence, term.component),
        }
    }

    /// Its first day, and what says so.
    fn first_day(&self, law: &Pack) -> Result<(Day, &'static str), Missing> {
        let no = self.component.no;
        let marked = |own: bool| {
            let marks = self.decided.began.iter();
            let marks = marks.filter(move |(of, _)| !own || *of == no);
            marks.map(|(_, on)| *on).collect::<Vec<Occurred>>()
        };
        let (begun, said) = match (marked(true), marked(false)) {
            (own, _) if !own.is_empty() => (own, "as custody under it is recorded to have begun"),
            (_, others) if !others.is_empty() => {
                let first = others.into_iter().min_by_key(|on| law.date(*on).earliest());
                (first.into_iter().collect(), "with the others")
            }
            _ => (
                self.decided.admitted.clone(),
                "the day of the admission on the decision",
            ),
        };
        let [on] = begun.as_slice() else {
            return Err(if begun.is_empty() {
                Missing::Begun { no }
            } else {
                Missing::Interrupted { no }
            });
        };
        let date = law.date(*on);
        let day = date.day().ok_or(Missing::BegunAbout { no, date })?;
        Ok((day, said))
    }

    /// What is served, in words: *18 months of custody*.
    fn in_words(&self) -> String {
        let length = self.length.in_words();
        if matches!(self.component.sanction, Sanction::SuspendedCustody { .. }) {
            format!("{length} of a suspended term, which was activated")
        } else {
            format!("{length} of custody")
        }
    }
}

impl Gathered<'_> {
    /// Says of each term when it begins.
    fn begin(&mut self, law: &Pack) -> Result<(), Missing> {
        for (place, term) in self.about.iter().enumerate() {
            let (begins, said) = if let Some(before) = term.follows(&self.about) {
                let name = self.about.get(before).map_or("", |before| &before.name);
                (Begins::After(number(before)), format!("after {name}"))
            } else {
                let (day, said) = term.first_day(law)?;
                (Begins::On(day), format!("from {}, {said}", Written(day)))
            };
            self.terms.push(TermToServe {
                no: number(place),
                begins,
                length: term.length,
                remand_days: 0,
                share: None,
            });
            self.from
                .push(format!("{}: {}, {said}", term.name, term.in_words()));
        }
        Ok(())
    }

    /// The first term of the row in which a term stands.
    fn root(&self, place: usize) -> usize {
        let mut at = place;
        // A row has no more terms than there are.
        for _ in &self.about {
            match self
                .about
                .get(at)
                .and_then(|term| term.follows(&self.about))
            {
                Some(before) => at = before,
                None => return at,
            }
        }
        at
    }

    /// Credits earlier detention: once in each row of the decision it belongs to.
    fn credit(&mut self, law: &Pack) -> Result<(), Missing> {
        let mut seen = BTreeSet::new();
        for place in 0..self.about.len() {
            let Some(decided) = self.about.get(place).map(|term| term.decided) else {
                continue;
            };
            if seen.insert(decided.sentence) {
                self.credit_of(decided.sentence, decided.imposed.remand_days, law)?;
            }
        }
        Ok(())
    }

    fn credit_of(
        &mut self,
        sentence: SentenceId,
        days: Known<u32>,
        law: &Pack,
    ) -> Result<(), Missing> {
        let days = *days.value().ok_or(Missing::Remand)?;
        let own = (0..self.about.len()).filter(|place| {
            let term = self.about.get(*place);
            term.is_some_and(|term| term.decided.sentence == sentence)
        });
        // Of each row the first of the decision's terms.
        let mut rows = BTreeSet::new();
        let first: Vec<usize> = own.filter(|place| rows.insert(self.root(*place))).collect();
        let several = first.len() > 1 && days > 0;
        match law.release.credited {
            None if several => {
                return Err(Missing::SeveralRows {
                    days,
                    rows: first.len(),
                });
            }
            None | Some(Credited::EveryRow) => {}
        }
        for place in first {
            if let Some(term) = self.terms.get_mut(place) {
                term.remand_days = days;
            }
        }
        let days = match days {
            0 => "none".to_owned(),
            days => days_in_words(days),
        };
        let each = if several {
            ", credited to each of the terms at the same time"
        } else {
            ""
        };
        self.from.push(format!("earlier detention: {days}{each}"));
        Ok(())
    }
}

/// The end of an id, by which pages call what has no reference.
fn short(sentence: SentenceId) -> String {
    let id = sentence.to_string();
    let end = id.rsplit('-').next().unwrap_or_default();
    format!("\u{2026}{end}")
}
