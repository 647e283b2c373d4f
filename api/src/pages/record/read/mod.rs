//! From what was typed to a decision. What is left empty is not recorded, and the rules say what must be there; only
//! what cannot be read at all is wrong here.
//!
//! A decision that stands already is read over: whatever the form shows unchanged stays exactly as it was, be it a
//! length or a code that the form could not have made.

mod parts;
mod sanction;
mod weighed;

use std::collections::{BTreeMap, BTreeSet};

use domain::jurisdiction::Pack;
use domain::personal::PersonalText;
use domain::sentence::{
    Component, Count, Decision, Departure, EarlierTerm, Runs, Sanction, SanctionKind,
};
use domain::values::{
    CaseReference, Code, ComponentNo, CountNo, CourtCode, Known, Offence, OffenceCode, SentenceId,
};

pub(in crate::pages) use self::parts::{Errors, date, length, when, whole};
pub(super) use self::sanction::{REQUIREMENTS, requirement_names};
use super::shape::{Place, Shape, is_count, kind, of_count};
use super::standing;
use crate::pages::page::Typed;

/// What is chosen for an offence that the record does not name.
pub(super) const UNNAMED: &str = "?";

/// The disposals that the form offers: those of the pack whose quantities it can ask for.
pub(super) fn offered(law: &Pack) -> Vec<SanctionKind> {
    use SanctionKind::{
        Admonition, Ancillary, CommunityOrder, Compensation, Custody, DayFine, Death, Deferred,
        Discharge, Fine, Other, SuspendedCustody,
    };
    let known = [
        Fine,
        DayFine,
        Compensation,
        Admonition,
        Discharge,
        Deferred,
        CommunityOrder,
        SuspendedCustody,
        Custody,
        Ancillary,
        Other,
        Death,
    ];
    let listed = &law.sentencing.sanctions;
    let asked = |kind: &SanctionKind| match kind {
        Ancillary | Other => listed.contains(kind) && !law.sentencing.measures.is_empty(),
        Death => listed.contains(kind),
        _ => listed.is_empty() || listed.contains(kind),
    };
    known.into_iter().filter(asked).collect()
}

/// Reads the decision, over the one that stands where there is one.
pub(super) fn decision(
    typed: &Typed,
    law: &Pack,
    base: Option<&Decision>,
) -> Result<Decision, Errors> {
    let shape = Shape::of(typed);
    let mut reading = Reading {
        typed,
        law,
        base,
        stood: base.map(standing::typed),
        numbers: BTreeMap::new(),
        errors: Errors::default(),
    };
    reading.number(&shape);
    let decision = reading.decision(&shape);
    match (decision, reading.errors.0.is_empty()) {
        (Some(decision), true) => Ok(decision),
        (_, _) => Err(reading.errors),
    }
}

/// One sanction by itself, in the fields of the first part.
pub(super) fn alone(typed: &Typed, law: &Pack, errors: &mut Errors) -> Option<Sanction> {
    let reading = sanction::Reading {
        typed,
        law,
        place: Place::FIRST,
        stands: None,
        errors,
    };
    reading.read(kind(typed, law, Place::FIRST)?)
}

struct Reading<'a> {
    typed: &'a Typed,
    law: &'a Pack,
    base: Option<&'a Decision>,
    /// What stands, as if it had been typed.
    stood: Option<Typed>,
    /// The component that each part becomes.
    numbers: BTreeMap<Place, ComponentNo>,
    errors: Errors,
}

impl Reading<'_> {
    /// Components that stand keep their numbers; others follow the last.
    fn number(&mut self, shape: &Shape) {
        let stands = |place: Place| self.component_at(place).map(|c| c.no);
        let last = self
            .base
            .and_then(|base| base.components().map(|(_, c)| c.no).max());
        let mut next = last.map_or(ComponentNo(1), ComponentNo::next);
        let mut numbers = BTreeMap::new();
        for place in shape.places().filter(|place| self.is_there(*place)) {
            let no = stands(place).unwrap_or(next);
            if no == next {
                next = next.next();
            }
            numbers.insert(place, no);
        }
        self.numbers = numbers;
    }

    /// Whether a part is imposed: its count is there, and a disposal is chosen.
    fn is_there(&self, place: Place) -> bool {
        is_count(self.typed, place.count) && kind(self.typed, self.law, place).is_some()
    }

    fn count_at(&self, count: usize) -> Option<&Count> {
        self.base?.counts.get(count.checked_sub(1)?)
    }

    fn component_at(&self, place: Place) -> Option<&Component> {
        let parts = &self.count_at(place.count)?.components;
        parts.get(place.part.checked_sub(1)?)
    }

    /// Whether fields read as they would of what stands.
    fn is_unchanged<'f>(&self, mut fields: impl Iterator<Item = &'f String>) -> bool {
        self.stood
            .as_ref()
            .is_some_and(|stood| fields.all(|name| self.typed.get(name) == stood.get(name)))
    }

    fn decision(&mut self, shape: &Shape) -> Option<Decision> {
        let court = self.court();
        let case = self.typed.get("case").map(CaseReference::parse).transpose();
        let case = case.map_err(|e| self.errors.say("case", e.to_string()));
        let mut counts = Vec::new();
        for n in shape.counts().filter(|n| is_count(self.typed, *n)) {
            counts.extend(self.count(n, shape));
        }
        // What stands sealed is not sent again: it stays as it is unless it is said anew.
        for component in counts.iter_mut().flat_map(|count| &mut count.components) {
            for required in component.sanction.requirements_mut() {
                required.terms = required.terms.take().filter(|said| said.sealed().is_none());
            }
        }
        let principal = self.base.and_then(|base| base.principal);
        let principal = principal.filter(|no| self.numbers.values().any(|numbered| numbered == no));
        Some(Decision {
            court: court?,
            case: case.ok()?,
            hearing: self.base.and_then(|base| base.hearing.clone()),
            principal,
            circumstances: self.circumstances(),
            minor: None,
            aggravating: self.codes("aggravating"),
            mitigating: self.codes("mitigating"),
            alternatives_considered: self.codes("alternatives"),
            remand_days: self.remand(),
            weighed: self.weighed(),
            reasons: self
                .typed
                .get("reasons")
                .map(|text| PersonalText::Clear(text.to_owned())),
            counts,
        })
    }

    fn court(&mut self) -> Option<CourtCode> {
        let Some(text) = self.typed.get("court") else {
            self.errors.say("court", "Choose the court");
            return None;
        };
        let read = CourtCode::parse(text);
        read.map_err(|e| self.errors.say("court", e.to_string()))
            .ok()
    }

    fn count(&mut self, n: usize, shape: &Shape) -> Option<Count> {
        let offence = self.offence(n)?;
        let same = self
            .count_at(n)
            .filter(|stands| stands.offence.code == offence.code);
        let code = offence.code.value();
        let (gravity, range) = match same {
            Some(stands) => (stands.gravity.clone(), stands.range.clone()),
            None => (
                code.and_then(|code| self.law.catalogue.gravity(code)),
                code.and_then(|code| self.law.catalogue.range(code)),
            ),
        };
        let no = self
            .count_at(n)
            .map_or_else(|| self.fresh_count(n), |stands| stands.no);
        let mut components = Vec::new();
        for place in shape.parts(n) {
            components.extend(self.component(place));
        }
        if components.is_empty() {
            let place = Place { count: n, part: 1 };
            self.errors
                .say(&place.name("disposal"), "Choose the disposal");
        }
        let mut count = Count {
            no,
            offence,
            gravity,
            range,
            departure: None,
            components,
        };
        count.departure = self.departure(n, &count);
        Some(count)
    }

    /// The number of a count that does not stand yet: after those that do.
    fn fresh_count(&self, n: usize) -> CountNo {
        let last = self
            .base
            .and_then(|base| base.counts.iter().map(|c| c.no).max());
        let before = self.base.map_or(0, |base| base.counts.len());
        let beyond = u16::try_from(n.saturating_sub(before)).unwrap_or(u16::MAX);
        CountNo(last.map_or(0, |no| no.0).saturating_add(beyond))
    }

    fn offence(&mut self, n: usize) -> Option<Offence> {
        let committed = date(self.typed, &of_count("committed", n), &mut self.errors);
        let name = of_count("offence", n);
        let stands = self.count_at(n).map(|count| count.offence.clone());
        if let Some(stands) = &stands
            && self.is_unchanged([&name].into_iter())
        {
            let committed = match committed {
                None if stands.committed.value().is_none() => stands.committed,
                committed => committed.into(),
            };
            return Some(Offence {
                committed,
                ..stands.clone()
            });
        }
        let text = self.typed.get(&name).filter(|text| *text != UNNAMED);
        let read = text.map(OffenceCode::parse).transpose();
        let code = read
            .map_err(|e| self.errors.say(&name, e.to_string()))
            .ok()?;
        let entry = code.as_ref().and_then(|c| self.law.catalogue.offence(c));
        Some(Offence {
            catalogue: self.law.catalogue.version.clone(),
            iccs: entry.and_then(|e| e.iccs.clone()),
            category: entry.and_then(|e| e.category.clone()).into(),
            code: code.into(),
            committed: committed.into(),
        })
    }

    /// Reasons for leaving the range; which way it is left follows from what is imposed.
    fn departure(&mut self, n: usize, count: &Count) -> Option<Departure> {
        let name = of_count("departure", n);
        let stands = self.count_at(n).and_then(|c| c.departure.clone());
        let reasons = self.codes(&name);
        let unchanged = stands.as_ref().is_some_and(|d| d.reasons == reasons);
        match count.departs() {
            Some(direction) if !reasons.is_empty() => Some(Departure { direction, reasons }),
            Some(_) => None,
            None if unchanged && count.range.is_none() => stands,
            None if reasons.is_empty() => None,
            None => {
                let said = "The sentence lies within the guideline's range, or has none: take the reasons away";
                self.errors.say(&name, said);
                None
            }
        }
    }

    fn component(&mut self, place: Place) -> Option<Component> {
        let no = *self.numbers.get(&place)?;
        let kind = kind(self.typed, self.law, place)?;
        Some(Component {
            no,
            sanction: self.sanction(place, kind)?,
            runs: self.runs(place),
            uplift: self.code(&place.name("uplift")),
        })
    }

    fn sanction(&mut self, place: Place, kind: SanctionKind) -> Option<Sanction> {
        if let Some(stands) = self.component_at(place)
            && stands.sanction.kind() == kind
            && self.is_unchanged(sanction::names(place).iter())
        {
            return Some(stands.sanction.clone());
        }
        let stands = self.component_at(place).map(|c| c.sanction.clone());
        let stood = self.stood.as_ref();
        sanction::Reading {
            typed: self.typed,
            law: self.law,
            place,
            stands: stands.as_ref().zip(stood),
            errors: &mut self.errors,
        }
        .read(kind)
    }

    fn runs(&mut self, place: Place) -> Option<Runs> {
        let name = place.name("runs");
        match self.typed.get(&name)? {
            "concurrent" => Some(Runs::Concurrent),
            "earlier" => self.earlier(place),
            word => {
                let before = Place::named(word).and_then(|p| self.numbers.get(&p).copied());
                if before.is_none() {
                    let said = "What it is to follow is not imposed here: choose another part";
                    self.errors.say(&name, said);
                }
                before.map(Runs::ConsecutiveTo)
            }
        }
    }

    fn earlier(&mut self, place: Place) -> Option<Runs> {
        let name = place.name("earlier");
        let sentence: Option<SentenceId> = self.typed.get(&name).and_then(|text| text.parse().ok());
        if sentence.is_none() {
            let said = "Give the reference of the earlier sentence, as it stands on its page";
            self.errors.say(&name, said);
        }
        let part = place.name("earlier_part");
        let component = self.typed.get(&part).map_or(Ok(1), str::parse);
        let component = component.map_err(|_| {
            let said = "Give the number of the earlier sentence's component, such as 1";
            self.errors.say(&part, said);
        });
        Some(Runs::ConsecutiveToEarlier(EarlierTerm {
            sentence: sentence?,
            component: ComponentNo(component.ok()?),
        }))
    }

    fn remand(&mut self) -> Known<u32> {
        let stands = self.base.map(|base| base.remand_days);
        match self.typed.get("remand") {
            None => match stands {
                Some(known) if known.value().is_none() => known,
                Some(_) | None => Known::NotRecorded,
            },
            Some(text) => match whole(text, "the days in custody") {
                Ok(days) => Known::Value(days),
                Err(said) => {
                    self.errors.say("remand", said);
                    Known::NotRecorded
                }
            },
        }
    }

    /// The answers to the pack's questions, and those that stand to questions that it does not ask.
    fn circumstances(&self) -> BTreeMap<Code, Known<Code>> {
        let rules = &self.law.sentencing.circumstances;
        let asked: BTreeSet<&Code> = rules.iter().map(|rule| &rule.code).collect();
        let stand = self.base.into_iter().flat_map(|base| &base.circumstances);
        let unasked = stand.filter(|(code, _)| !asked.contains(code));
        let typed = rules.iter().filter_map(|rule| {
            let known = match self.typed.get(&format!("c_{}", rule.code))? {
                "?not-asked" => Known::NotAsked,
                "?declined" => Known::Declined,
                code => Known::Value(Code::parse(code).ok()?),
            };
            Some((rule.code.clone(), known))
        });
        unasked
            .map(|(code, answer)| (code.clone(), answer.clone()))
            .chain(typed)
            .collect()
    }

    fn codes(&self, name: &str) -> Vec<Code> {
        let chosen = self.typed.all(name);
        chosen.filter_map(|text| Code::parse(text).ok()).collect()
    }

    fn code(&mut self, name: &str) -> Option<Code> {
        let read = Code::parse(self.typed.get(name)?);
        read.map_err(|e| self.errors.say(name, e.to_string())).ok()
    }
}

#[cfg(test)]
mod tests;
