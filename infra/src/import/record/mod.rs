//! A decision as the register keeps it, made from what a file says of it.

mod count;
mod measure;
mod sanction;

use std::collections::BTreeMap;

use domain::childhood::Born;
use domain::jurisdiction::Pack;
use domain::person::{Register, Sex};
use domain::sentence::{Decision, Impose};
use domain::values::{
    CaseReference, Code, ComponentNo, CourtCode, HearingReference, Known, Occurred, PersonId,
    Weighed,
};

pub(super) use self::measure::{civil, length, quantity};

use self::measure::ages;
use super::row::{self, AmountUnit, AnswerRow, Effect, ImportedRow, QuantityRow, Word};

/// Something that the register does not hold as the file has it; it is left out, and this says so. It holds no cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reservation {
    /// The rule, by its name among the register's own.
    pub(super) rule: &'static str,
    /// What was left out, and why.
    pub(super) said: String,
}

/// What a row wishes recorded.
pub(super) struct Wishes {
    pub(super) register: Register,
    pub(super) impose: Impose,
    /// When the person was born, where the file says it to the day.
    pub(super) born: Option<Born>,
    pub(super) reservations: Vec<Reservation>,
}

/// Reads rows under a jurisdiction's rules.
pub(super) struct Recorder<'a> {
    law: &'a Pack,
    left_out: Vec<Reservation>,
}

impl<'a> Recorder<'a> {
    pub(super) fn new(law: &'a Pack) -> Self {
        Self {
            law,
            left_out: Vec::new(),
        }
    }

    /// What a row wishes recorded of a person.
    pub(super) fn wishes(&mut self, row: &ImportedRow, person: PersonId) -> Wishes {
        let register = Register {
            sex: self.sex(&row.person.sex),
            identity: None,
        };
        let impose = Impose {
            person,
            pronounced: Occurred::On(civil(row.decided)),
            decision: self.decision(row),
            comparison: Known::NotRecorded,
        };
        let born = row.person.born.value().and_then(|born| civil(*born).day());
        Wishes {
            register,
            impose,
            born: born.map(Born::from),
            reservations: std::mem::take(&mut self.left_out),
        }
    }

    fn leave_out(&mut self, rule: &'static str, said: impl Into<String>) {
        let said = said.into();
        self.left_out.push(Reservation { rule, said });
    }

    fn sex(&mut self, said: &row::Known<Word>) -> Known<Sex> {
        sex_of(said).unwrap_or_else(|| {
            self.leave_out("person.sex", NO_SEX);
            Known::NotRecorded
        })
    }

    fn decision(&mut self, row: &ImportedRow) -> Decision {
        let counts = self.counts(row);
        let numbered = || (1_u16..).zip(&row.components);
        let principal = numbered().find(|(_, c)| c.standing == row::Standing::Principal);
        let factors = |effect: Effect| {
            let found = row.factors.iter().filter(move |factor| {
                factor.effect == effect && factor.present == row::Known::Value(true)
            });
            found
                .filter_map(|factor| Code::parse(&factor.code).ok())
                .collect()
        };
        Decision {
            court: self.court(&row.court),
            case: row.case.value().and_then(|c| CaseReference::parse(c).ok()),
            hearing: row
                .hearing
                .value()
                .and_then(|h| HearingReference::parse(h).ok()),
            principal: principal.map(|(no, _)| ComponentNo(no)),
            circumstances: self.circumstances(row),
            minor: None,
            aggravating: factors(Effect::Aggravating),
            mitigating: factors(Effect::Mitigating),
            alternatives_considered: Vec::new(),
            remand_days: self.remand(&row.remand_credit),
            weighed: Weighed::default(),
            reasons: None,
            counts,
        }
    }

    fn court(&mut self, said: &row::Known<Word>) -> CourtCode {
        let given = said.value().map(|court| CourtCode::parse(court));
        if let Some(Ok(court)) = given {
            return court;
        }
        self.leave_out("decision.court", "the court is not recorded");
        match CourtCode::parse("not-recorded") {
            Ok(court) => court,
            Err(error) => unreachable!("{error}"),
        }
    }

    fn remand(&mut self, said: &row::Known<QuantityRow>) -> Known<u32> {
        let days = known(said).map(|quantity| match quantity {
            QuantityRow::Amount {
                amount,
                unit: AmountUnit::Days,
            } => amount.to_whole().and_then(|days| u32::try_from(days).ok()),
            _ => None,
        });
        match days {
            Known::Value(Some(days)) => Known::Value(days),
            Known::Value(None) => {
                self.leave_out("decision.remand_credit", "it is not a whole number of days");
                Known::NotRecorded
            }
            Known::NotRecorded => Known::NotRecorded,
            Known::NotAsked => Known::NotAsked,
            Known::Declined => Known::Declined,
        }
    }

    /// The coded circumstances. A value outside the pack's list could be anything, a name too: it stays outside.
    fn circumstances(&mut self, row: &ImportedRow) -> BTreeMap<Code, Known<Code>> {
        let mut all = BTreeMap::new();
        if let Some((code, answer)) = self.age(row) {
            all.insert(code, answer);
        }
        for circumstance in &row.circumstances {
            let code = Code::parse(&circumstance.name).ok();
            let rule = code
                .as_ref()
                .and_then(|c| self.law.sentencing.circumstance(c));
            let Some(rule) = rule else { continue };
            let answer = match known(&circumstance.answer) {
                Known::Value(answer) => {
                    let text = words(answer);
                    let value = rule
                        .values
                        .iter()
                        .find(|v| is_value(v.code.as_str(), &text));
                    let Some(value) = value else {
                        let said = format!("a value of {} is not in the pack's list", rule.code);
                        self.leave_out("circumstances", said);
                        continue;
                    };
                    Known::Value(value.code.clone())
                }
                Known::NotRecorded => continue,
                Known::NotAsked => Known::NotAsked,
                Known::Declined => Known::Declined,
            };
            all.insert(rule.code.clone(), answer);
        }
        all
    }

    /// The age group at the decision. A date of birth is used for it and kept nowhere; one that leaves two groups
    /// possible leaves the group unknown.
    fn age(&mut self, row: &ImportedRow) -> Option<(Code, Known<Code>)> {
        let code = Code::parse("age-band").ok()?;
        let law = self.law;
        law.sentencing.circumstance(&code)?;
        let band = |age| law.sentencing.age_band(age).map(|band| &band.code);
        let answer = match (known(&row.person.age), known(&row.person.born)) {
            (Known::Value(age), _) => Known::Value(band(*age)?.clone()),
            (Known::NotRecorded, Known::Value(born)) => {
                let (least, most) = ages(*born, row.decided);
                let band = band(least).filter(|code| band(most) == Some(*code));
                let Some(band) = band else {
                    self.leave_out("person.born", "it leaves more than one age group possible");
                    return None;
                };
                Known::Value(band.clone())
            }
            (absent, _) => match absent {
                Known::NotAsked => Known::NotAsked,
                Known::Declined => Known::Declined,
                Known::NotRecorded | Known::Value(_) => return None,
            },
        };
        Some((code, answer))
    }
}

/// Why a word is left out.
pub(super) const NO_SEX: &str = "the mapping gives neither female, male nor another";

/// The sex that a mapping names; nothing for a word that is none.
pub(super) fn sex_of(said: &row::Known<Word>) -> Option<Known<Sex>> {
    Some(match known(said) {
        Known::NotRecorded => Known::NotRecorded,
        Known::NotAsked => Known::NotAsked,
        Known::Declined => Known::Declined,
        Known::Value(word) => Known::Value(match &**word {
            "female" => Sex::Female,
            "male" => Sex::Male,
            "another" => Sex::Another,
            _ => return None,
        }),
    })
}

fn words(answer: &AnswerRow) -> String {
    match answer {
        AnswerRow::Yes => "yes".to_owned(),
        AnswerRow::No => "no".to_owned(),
        AnswerRow::Code(code) => code.to_string(),
        AnswerRow::Number(number) => number.to_string(),
    }
}

/// Whether a value of the pack is what a file says: itself, or for a number the last group, as `10-over`.
fn is_value(value: &str, said: &str) -> bool {
    let over = || {
        let least: u64 = value.strip_suffix("-over")?.parse().ok()?;
        Some(said.parse::<u64>().ok()? >= least)
    };
    value == said || over().unwrap_or(false)
}

pub(super) fn known<T>(said: &row::Known<T>) -> Known<&T> {
    match said {
        row::Known::NotRecorded => Known::NotRecorded,
        row::Known::NotAsked => Known::NotAsked,
        row::Known::Declined => Known::Declined,
        row::Known::Value(value) => Known::Value(value),
    }
}
