//! What a person must do, by when, and what happens if it is missed: read from the records that go on.

use domain::diversion::{Diversion, DiversionStanding};
use domain::jurisdiction::Pack;
use domain::order::{Made, Order, Requirement, Standing as OrderStanding};
use domain::pretrial::{Liberty, Pretrial};
use domain::record::AnyEvent;
use domain::release::{Release, Standing as ReleaseStanding};
use domain::restorative::{Restorative, RestorativeStanding};
use domain::sentence::{Sanction, Sentence, Standing as SentenceStanding};
use domain::stream::Stream;
use domain::supervision::Supervision;
use domain::values::{CivilDate, Day, Occurred, PersonId, Quantity};
use infra::registry::ToldRecord;

use super::words::{Words, fill};

/// Something that is asked of the person.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Duty {
    /// What.
    pub(super) what: String,
    /// How much, how much is done, when next.
    pub(super) details: Vec<String>,
    /// Until when.
    pub(super) by: String,
}

/// Whatever is asked, and what happens if it is missed, each said once.
#[derive(Default)]
pub(super) struct Asked<'a> {
    pub(super) duties: Vec<Duty>,
    pub(super) missed: Vec<&'a str>,
}

/// What is asked under the rules of one record, on a day.
pub(super) struct Asking<'a> {
    pub(super) words: &'a Words,
    pub(super) law: &'a Pack,
    pub(super) today: Day,
    pub(super) person: PersonId,
}

/// The state of a record of a kind.
pub(super) fn folded<S: Stream>(record: &ToldRecord, of: fn(&AnyEvent) -> Option<&S::Event>) -> S {
    let events = record.entries.iter().filter_map(|entry| of(&entry.event));
    events.fold(S::default(), S::evolve)
}

/// A sentence of the person's records.
pub(super) fn sentence_of(record: &ToldRecord) -> Sentence {
    folded(record, |event| match event {
        AnyEvent::Sentence(event) => Some(event),
        _ => None,
    })
}

impl<'a> Asked<'a> {
    fn ask(&mut self, duties: Vec<Duty>, missed: &'a str) {
        if !duties.is_empty() {
            self.may_follow(missed);
            self.duties.extend(duties);
        }
    }

    fn may_follow(&mut self, missed: &'a str) {
        if !self.missed.contains(&missed) {
            self.missed.push(missed);
        }
    }
}

impl<'a> Asking<'a> {
    /// Adds what a record asks.
    pub(super) fn of(&self, record: &ToldRecord, asked: &mut Asked<'a>) {
        let missed = &self.words.missed;
        match record.kind.as_str() {
            "order" => asked.ask(self.of_order(record), &missed.order),
            "sentence" => {
                let sentence = sentence_of(record);
                asked.ask(self.of_sentence(&sentence), &missed.payment);
                if is_suspended(&sentence) {
                    asked.may_follow(&missed.suspended);
                }
            }
            "pretrial" => asked.ask(self.of_pretrial(record), &missed.pretrial),
            "diversion" => asked.ask(self.of_diversion(record), &missed.diversion),
            "restorative" => asked.ask(self.of_restorative(record), &missed.restorative),
            "release" => asked.ask(self.of_release(record), &missed.release),
            "supervision" => asked.ask(self.of_supervision(record), &missed.supervision),
            "emergency" => asked.ask(self.of_emergency(record), &missed.release),
            _ => {}
        }
    }

    /// A code of the rules in the person's language, or in the rules' own words.
    pub(super) fn label(&self, list: &str, code: &str) -> String {
        let label = self.law.labelled(&self.words.tag, list, code);
        label
            .unwrap_or_else(|| self.law.titled(list, code))
            .to_owned()
    }

    /// An office, a court, a place of detention or an authority in the person's language, or in the rules' own words.
    pub(super) fn place(&self, code: &str) -> String {
        let known = self.law.said("offices", code);
        known.map_or_else(|| code.to_owned(), |known| self.label(known.list, code))
    }

    pub(super) fn until(&self, last: Option<Day>) -> String {
        let words = &self.words.duties;
        last.map_or_else(
            || words.open_end.clone(),
            |day| fill(&words.until, &[("when", &self.words.date(day.into()))]),
        )
    }

    fn is_over(&self, last: Option<Day>) -> bool {
        last.is_some_and(|last| last < self.today)
    }

    /// What one of a list of coded things asks until a day.
    fn coded(&self, list: &str, code: &str, until: Option<Day>) -> Option<Duty> {
        (!self.is_over(until)).then(|| Duty {
            what: self.label(list, code),
            details: Vec::new(),
            by: self.until(until),
        })
    }

    fn of_order(&self, record: &ToldRecord) -> Vec<Duty> {
        let order: Order = folded(record, |event| match event {
            AnyEvent::Order(event) => Some(event),
            _ => None,
        });
        let Some(made) = order.made() else {
            return Vec::new();
        };
        if made.standing != OrderStanding::InForce || self.is_over(made.ends) {
            return Vec::new();
        }
        let open = made.requirements.iter();
        let open = open.filter(|(_, requirement)| {
            requirement.ended.is_none() && !self.is_over(requirement.ends)
        });
        open.map(|(no, requirement)| {
            let next = made.appointments.values();
            let next = next.filter(|at| at.requirement == *no && at.attendance.is_none());
            let next = next.filter(|at| at.on.latest().is_some_and(|day| day >= self.today));
            let next = next.min_by_key(|at| (at.on.latest(), at.at));
            let next = next.map(|at| self.appointment(at.on, at.at.map(|time| time.to_string())));
            let mut duty = self.requirement(made, requirement);
            duty.details.extend(next);
            duty
        })
        .collect()
    }

    fn requirement(&self, made: &Made, requirement: &Requirement) -> Duty {
        let words = self.words;
        let terms = &requirement.terms;
        let long = terms.length.map(|length| words.length(length));
        let owed = terms.quantity.map(|quantity| {
            let much = words.quantity(quantity);
            fill(&words.duties.owed, &[("much", &much)])
        });
        let done = terms.quantity.and_then(|quantity| {
            let credited = requirement.credited.get(&quantity.unit()).copied();
            let credited = u32::try_from(credited.unwrap_or_default()).unwrap_or(u32::MAX);
            let much = words.quantity(Quantity::of(credited, quantity.unit()));
            (credited > 0).then(|| fill(&words.duties.done, &[("much", &much)]))
        });
        Duty {
            what: self.label("orders.requirements", terms.kind.as_str()),
            details: long.into_iter().chain(owed).chain(done).collect(),
            by: self.until(requirement.ends.or(made.ends)),
        }
    }

    fn appointment(&self, on: CivilDate, at: Option<String>) -> String {
        let (words, when) = (&self.words.duties, self.words.date(on));
        match at {
            Some(time) => {
                let time = self.words.digits(&time);
                fill(&words.next_at, &[("when", &when), ("time", &time)])
            }
            None => fill(&words.next, &[("when", &when)]),
        }
    }

    /// What is to be paid; whether it was is not kept here.
    fn of_sentence(&self, sentence: &Sentence) -> Vec<Duty> {
        let words = &self.words.duties;
        let imposed = sentence.imposed();
        let imposed = imposed.filter(|imposed| imposed.standing == SentenceStanding::InForce);
        let components = imposed.into_iter().flat_map(|i| i.decision.components());
        components
            .filter_map(|(_, component)| {
                let amount = match &component.sanction {
                    Sanction::Fine { amount } | Sanction::Compensation { amount } => {
                        amount.as_ref().map(|amount| self.words.money(amount))
                    }
                    Sanction::DayFine { units, unit_value } => {
                        let units = units.map(|units| self.words.number(u64::from(units)));
                        let value = unit_value.as_ref().map(|value| self.words.money(value));
                        units.zip(value).map(|(n, value)| format!("{n} × {value}"))
                    }
                    _ => return None,
                };
                let pay = |much: String| fill(&words.pay, &[("much", &much)]);
                Some(Duty {
                    what: amount.map_or_else(|| words.pay_unknown.clone(), pay),
                    details: vec![self.words.sanction(component.sanction.kind()).to_owned()],
                    by: words.pay_when.clone(),
                })
            })
            .collect()
    }

    fn of_pretrial(&self, record: &ToldRecord) -> Vec<Duty> {
        let case: Pretrial = folded(record, |event| match event {
            AnyEvent::Pretrial(event) => Some(event),
            _ => None,
        });
        let Some(case) = case.opened().filter(|case| case.ended.is_none()) else {
            return Vec::new();
        };
        let measures = match &case.liberty {
            Liberty::Alternative(measures) => measures.as_slice(),
            Liberty::Free | Liberty::Undecided => &[],
            Liberty::Detained { .. } => return Vec::new(),
        };
        let court = self.place(case.opening.court.as_str());
        let come = Duty {
            what: fill(&self.words.duties.court, &[("court", &court)]),
            details: Vec::new(),
            by: self.words.duties.open_end.clone(),
        };
        let list = "pretrial.alternatives";
        let measures = measures.iter();
        let asked = measures.filter_map(|m| self.coded(list, m.alternative.as_str(), m.until));
        asked.chain([come]).collect()
    }

    fn of_diversion(&self, record: &ToldRecord) -> Vec<Duty> {
        let case: Diversion = folded(record, |event| match event {
            AnyEvent::Diversion(event) => Some(event),
            _ => None,
        });
        let Diversion::Offered(offered) = case else {
            return Vec::new();
        };
        if !matches!(
            offered.standing,
            DiversionStanding::Agreed | DiversionStanding::Running
        ) {
            return Vec::new();
        }
        let obligations = offered.offer.obligations.iter();
        let list = "diversion.obligations";
        obligations
            .filter_map(|asked| self.coded(list, asked.kind.as_str(), asked.until))
            .collect()
    }

    fn of_restorative(&self, record: &ToldRecord) -> Vec<Duty> {
        let process: Restorative = folded(record, |event| match event {
            AnyEvent::Restorative(event) => Some(event),
            _ => None,
        });
        let process = process.referred();
        let agreed = process.filter(|process| {
            process.standing == RestorativeStanding::Agreed
                && process.referral.person == self.person
        });
        let points = agreed.into_iter().flat_map(|process| &process.points);
        let open = points.filter(|agreed| agreed.fulfilled.is_none());
        let list = "restorative.points";
        open.filter_map(|agreed| self.coded(list, agreed.point.kind.as_str(), agreed.point.until))
            .collect()
    }

    fn of_release(&self, record: &ToldRecord) -> Vec<Duty> {
        let release: Release = folded(record, |event| match event {
            AnyEvent::Release(event) => Some(event),
            _ => None,
        });
        let Some(course) = release
            .recorded()
            .filter(|course| course.standing == ReleaseStanding::Out)
        else {
            return Vec::new();
        };
        let Some(granted) = &course.granted else {
            return Vec::new();
        };
        let conditions = granted.conditions.iter();
        let list = "release.conditions";
        let asked = conditions.filter_map(|c| self.coded(list, c.condition.as_str(), c.until));
        let back = granted.expires.map(|day| Duty {
            what: fill(
                &self.words.duties.back_on,
                &[("when", &self.words.date(day.into()))],
            ),
            details: Vec::new(),
            by: self.until(Some(day)),
        });
        asked.chain(back).collect()
    }

    fn of_supervision(&self, record: &ToldRecord) -> Vec<Duty> {
        let supervision: Supervision = folded(record, |event| match event {
            AnyEvent::Supervision(event) => Some(event),
            _ => None,
        });
        let started = supervision.started();
        let in_force = started.filter(|started| started.standing.over().is_none());
        let in_force = in_force.filter(|started| !self.is_over(started.expected_end));
        let duty = in_force.map(|started| {
            let office = self.place(started.office.as_str());
            Duty {
                what: fill(&self.words.duties.contact, &[("office", &office)]),
                details: Vec::new(),
                by: self.until(started.expected_end),
            }
        });
        duty.into_iter().collect()
    }

    /// How each decision can be challenged, and until when.
    pub(super) fn review(&self, record: &ToldRecord) -> Option<String> {
        match record.kind.as_str() {
            "sentence" => {}
            "emergency" => return self.review_of_emergency(record),
            "cooperation" => return self.review_of_matter(record),
            _ => return None,
        }
        let sentence = sentence_of(record);
        let imposed = sentence.imposed()?;
        if imposed.standing != SentenceStanding::InForce {
            return None;
        }
        let words = &self.words.challenge;
        let decided = match imposed.pronounced {
            Occurred::At(at) => CivilDate::Day(self.law.day(at)),
            Occurred::On(date) => date,
        };
        let (Some(rule), CivilDate::Day(day)) = (&self.law.sentencing.review, decided) else {
            return Some(words.review_open.clone());
        };
        let last = day.plus_days(rule.within_days);
        let said = if last < self.today {
            &words.review_over
        } else {
            &words.review
        };
        let (decided, until) = (self.words.date(decided), self.words.date(last.into()));
        let values = [
            ("court", rule.court(&self.words.tag)),
            ("decided", &decided),
            ("until", &until),
        ];
        Some(fill(said, &values))
    }
}

/// Whether a term hangs over the person.
fn is_suspended(sentence: &Sentence) -> bool {
    let imposed = sentence.imposed();
    let imposed = imposed.filter(|imposed| imposed.standing == SentenceStanding::InForce);
    let mut components = imposed.into_iter().flat_map(|i| i.decision.components());
    components.any(|(_, component)| matches!(component.sanction, Sanction::SuspendedCustody { .. }))
}
