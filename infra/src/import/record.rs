//! A decision as the register keeps it, made from what a file says of it.

use std::collections::BTreeMap;

use domain::jurisdiction::Pack;
use domain::person::{Register, Sex};
use domain::sentence::{
    Component, Count, CustodyTerm, Decision, Departure, DepartureDirection, Impose,
    RequirementTerms, Runs, Sanction,
};
use domain::values::{
    CaseReference, CatalogueVersion, CivilDate, Code, ComponentNo, CountNo, CourtCode, Day,
    Decimal, Gravity, GuidelineRange, HearingReference, IccsCode, Known, Length, Money, Occurred,
    Offence, OffenceCode, PersonId, PolicyVersion, Quantity, Term, TermUnit,
};

use super::row::{
    self, AmountUnit, AnswerRow, ComponentKind, ComponentRow, CountRow, Direction, Effect,
    FileDate, ImportedRow, QuantityRow, RequirementRow, Word,
};

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
        Wishes {
            register,
            impose,
            reservations: std::mem::take(&mut self.left_out),
        }
    }

    fn leave_out(&mut self, rule: &'static str, said: impl Into<String>) {
        let said = said.into();
        self.left_out.push(Reservation { rule, said });
    }

    fn sex(&mut self, said: &row::Known<Word>) -> Known<Sex> {
        let known = known(said);
        let sex = known.map(|word| match &**word {
            "female" => Some(Sex::Female),
            "male" => Some(Sex::Male),
            "another" => Some(Sex::Another),
            _ => None,
        });
        match sex {
            Known::Value(Some(sex)) => Known::Value(sex),
            Known::Value(None) => {
                self.leave_out(
                    "person.sex",
                    "the mapping gives neither female, male nor another",
                );
                Known::NotRecorded
            }
            Known::NotRecorded => Known::NotRecorded,
            Known::NotAsked => Known::NotAsked,
            Known::Declined => Known::Declined,
        }
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
            aggravating: factors(Effect::Aggravating),
            mitigating: factors(Effect::Mitigating),
            alternatives_considered: Vec::new(),
            remand_days: self.remand(&row.remand_credit),
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

    fn age(&self, row: &ImportedRow) -> Option<(Code, Known<Code>)> {
        let code = Code::parse("age-band").ok()?;
        self.law.sentencing.circumstance(&code)?;
        let answer = match known(&row.person.age) {
            Known::Value(age) => Known::Value(self.law.sentencing.age_band(*age)?.code.clone()),
            Known::NotRecorded => return None,
            Known::NotAsked => Known::NotAsked,
            Known::Declined => Known::Declined,
        };
        Some((code, answer))
    }

    fn counts(&mut self, row: &ImportedRow) -> Vec<Count> {
        let unnamed = [CountRow::default()];
        let rows = if row.counts.is_empty() {
            unnamed.as_slice()
        } else {
            &row.counts
        };
        let mut counts: Vec<Count> = (1_u16..)
            .zip(rows)
            .map(|(no, count)| self.count(CountNo(no), count))
            .collect();
        let mut before = None;
        for (no, imposed) in (1_u16..).zip(&row.components) {
            let component = self.component(ComponentNo(no), imposed, before);
            before = Some(component.no);
            // What was imposed for the whole decision stands with its first count.
            let at = imposed.count.unwrap_or(0);
            if let Some(count) = counts.get_mut(at) {
                count.components.push(component);
            }
        }
        counts
    }

    fn count(&mut self, no: CountNo, said: &CountRow) -> Count {
        let code = known(&said.offence).map(|code| OffenceCode::parse(code).ok());
        if matches!(code, Known::Value(None)) {
            self.leave_out("counts.offence", "it is not written as a code");
        }
        let code = code.value().cloned().flatten();
        let catalogue = said.catalogue.as_ref();
        let ranked = code
            .as_ref()
            .and_then(|code| self.law.catalogue.gravity(code));
        let given = said.gravity.iter().find_map(|gravity| {
            Some(Gravity {
                policy: PolicyVersion::parse(&gravity.policy).ok()?,
                level: Code::parse(gravity.level.value()?).ok()?,
            })
        });
        Count {
            no,
            offence: Offence {
                code: code.into(),
                catalogue: catalogue.and_then(|c| CatalogueVersion::parse(c).ok()),
                iccs: said.iccs.value().and_then(|c| IccsCode::parse(c).ok()),
                category: said
                    .category
                    .value()
                    .and_then(|c| Code::parse(c).ok())
                    .into(),
                committed: known(&said.committed).map(|date| civil(*date)),
            },
            gravity: given.or(ranked),
            range: said.range.as_ref().and_then(|range| self.range(range)),
            departure: said.departure.as_ref().and_then(departure),
            components: Vec::new(),
        }
    }

    fn range(&mut self, said: &row::RangeRow) -> Option<GuidelineRange> {
        let ends = (
            said.lowest.value().and_then(length),
            said.highest.value().and_then(length),
        );
        let guideline = PolicyVersion::parse(&said.guideline).ok();
        if let (Some(guideline), (Some(lowest), Some(highest))) = (guideline, ends) {
            return Some(GuidelineRange {
                guideline,
                lowest,
                highest,
                starting_point: said.starting_point.value().and_then(length),
            });
        }
        if said.lowest.value().is_some() || said.highest.value().is_some() {
            self.leave_out(
                "counts.range",
                "a range needs both its ends, as lengths of custody",
            );
        }
        None
    }

    fn component(
        &mut self,
        no: ComponentNo,
        said: &ComponentRow,
        before: Option<ComponentNo>,
    ) -> Component {
        let runs = match said.runs.value() {
            Some(row::Runs::Concurrent) => Some(Runs::Concurrent),
            Some(row::Runs::Consecutive) => before.map(Runs::ConsecutiveTo),
            Some(row::Runs::Forthwith) | None => None,
        };
        Component {
            no,
            sanction: self.sanction(said),
            runs,
            uplift: None,
        }
    }

    fn sanction(&mut self, said: &ComponentRow) -> Sanction {
        let period = self.length_of(&said.operational_period, said);
        match said.kind {
            ComponentKind::Custody => Sanction::Custody {
                term: self.term(said),
            },
            ComponentKind::Suspended => Sanction::SuspendedCustody {
                term: self.length_of(&said.amount, said),
                operational_period: period,
                requirements: self.requirements(said),
            },
            ComponentKind::CommunityOrder => Sanction::CommunityOrder {
                period: self.length_of(&said.amount, said).or(period),
                requirements: self.requirements(said),
            },
            ComponentKind::Fine => Sanction::Fine {
                amount: self.money(&said.amount, said),
            },
            ComponentKind::DayFine => Sanction::DayFine {
                units: self.units(said),
                unit_value: self.money(&said.daily_rate, said),
            },
            ComponentKind::Compensation => Sanction::Compensation {
                amount: self.money(&said.amount, said),
            },
            ComponentKind::Discharge => Sanction::Discharge {
                conditional_for: period.or_else(|| self.length_of(&said.amount, said)),
            },
            ComponentKind::Admonition => Sanction::Admonition {},
            ComponentKind::Deferred => Sanction::Deferred { until: None },
            ComponentKind::Ancillary => Sanction::Ancillary {
                kind: kind(said),
                length: self.length_of(&said.amount, said),
            },
            ComponentKind::Other => Sanction::Other {
                kind: kind(said),
                length: self.length_of(&said.amount, said),
            },
        }
    }

    fn term(&mut self, said: &ComponentRow) -> Option<CustodyTerm> {
        match said.amount.value()? {
            QuantityRow::Life => Some(CustodyTerm::Life),
            QuantityRow::Indeterminate => Some(CustodyTerm::Indeterminate),
            QuantityRow::Amount { .. }
            | QuantityRow::Calendar { .. }
            | QuantityRow::Money { .. } => {
                let length = self.length_of(&said.amount, said);
                length.map(CustodyTerm::Determinate)
            }
        }
    }

    fn length_of(&mut self, said: &row::Known<QuantityRow>, of: &ComponentRow) -> Option<Length> {
        let given = said.value()?;
        let length = length(given);
        if length.is_none() {
            self.leave_out(
                "components.length",
                format!("{} is not a length of time", of.rule),
            );
        }
        length
    }

    fn money(&mut self, said: &row::Known<QuantityRow>, of: &ComponentRow) -> Option<Money> {
        let QuantityRow::Money { minor, currency } = said.value()? else {
            self.leave_out(
                "components.money",
                format!("{} is not an amount of money", of.rule),
            );
            return None;
        };
        let currency = domain::values::CurrencyCode::parse(currency).ok()?;
        let minor = *minor;
        Some(Money { minor, currency })
    }

    fn units(&mut self, said: &ComponentRow) -> Option<u32> {
        let given = said.amount.value()?;
        let units = match given {
            QuantityRow::Amount {
                amount,
                unit: AmountUnit::FineUnits,
            } => amount
                .to_whole()
                .and_then(|units| u32::try_from(units).ok()),
            _ => None,
        };
        if units.is_none() {
            self.leave_out(
                "components.units",
                format!("{} is no whole number of units", said.rule),
            );
        }
        units
    }

    fn requirements(&mut self, said: &ComponentRow) -> Vec<RequirementTerms> {
        said.requirements
            .iter()
            .filter_map(|r| self.requirement(r))
            .collect()
    }

    fn requirement(&mut self, said: &RequirementRow) -> Option<RequirementTerms> {
        let kind = Code::parse(&said.kind).ok()?;
        let quantity = said.amount.value().and_then(quantity);
        let period = said.period.value().and_then(length);
        let lasts = said.amount.value().and_then(length);
        if said.amount.value().is_some() && quantity.is_none() && lasts.is_none() {
            self.leave_out(
                "components.requirements",
                format!("the amount of {kind} is not whole"),
            );
        }
        Some(RequirementTerms {
            kind,
            quantity,
            length: period.or(lasts.filter(|_| quantity.is_none())),
            consent: Known::NotRecorded,
        })
    }
}

fn departure(said: &row::DepartureRow) -> Option<Departure> {
    let direction = match said.direction.value()? {
        Direction::Above => DepartureDirection::Above,
        Direction::Below => DepartureDirection::Below,
        Direction::Within => return None,
    };
    let reasons = said.reasons.iter().filter_map(|r| Code::parse(r).ok());
    Some(Departure {
        direction,
        reasons: reasons.collect(),
    })
}

/// What kind of measure it is: its national code, or the mapping's name for it.
fn kind(said: &ComponentRow) -> Code {
    let named = said.code.value().and_then(|code| Code::parse(code).ok());
    let or_rule = || Code::parse(&said.rule).ok();
    match named
        .or_else(or_rule)
        .map_or_else(|| Code::parse("other"), Ok)
    {
        Ok(code) => code,
        Err(error) => unreachable!("{error}"),
    }
}

fn quantity(said: &QuantityRow) -> Option<Quantity> {
    let QuantityRow::Amount { amount, unit } = said else {
        return None;
    };
    let whole = |factor: u64| {
        let exact = amount.times_exact(factor)?;
        u32::try_from(exact).ok()
    };
    match unit {
        AmountUnit::Hours => whole(60).map(Quantity::Minutes),
        AmountUnit::Minutes => whole(1).map(Quantity::Minutes),
        AmountUnit::Days => whole(1).map(Quantity::Days),
        AmountUnit::Sessions => whole(1).map(Quantity::Sessions),
        AmountUnit::Years | AmountUnit::Months | AmountUnit::Weeks | AmountUnit::FineUnits => None,
    }
}

fn length(said: &QuantityRow) -> Option<Length> {
    match said {
        QuantityRow::Amount { amount, unit } => {
            let unit = match unit {
                AmountUnit::Years => TermUnit::Years,
                AmountUnit::Months => TermUnit::Months,
                AmountUnit::Weeks => TermUnit::Weeks,
                AmountUnit::Days => TermUnit::Days,
                AmountUnit::Hours
                | AmountUnit::Minutes
                | AmountUnit::Sessions
                | AmountUnit::FineUnits => return None,
            };
            let amount = match amount.to_whole() {
                Some(whole) => Decimal::whole(whole),
                None => Decimal::parse(&amount.to_string()).ok()?,
            };
            Some(Length::of(amount, unit))
        }
        QuantityRow::Calendar {
            years,
            months,
            weeks,
            days,
        } => Some(Length::Calendar(Term {
            years: u16::try_from(*years).ok()?,
            months: u16::try_from(*months).ok()?,
            days: weeks.checked_mul(7)?.checked_add(*days)?,
        })),
        QuantityRow::Money { .. } | QuantityRow::Life | QuantityRow::Indeterminate => None,
    }
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

fn known<T>(said: &row::Known<T>) -> Known<&T> {
    match said {
        row::Known::NotRecorded => Known::NotRecorded,
        row::Known::NotAsked => Known::NotAsked,
        row::Known::Declined => Known::Declined,
        row::Known::Value(value) => Known::Value(value),
    }
}

fn civil(date: FileDate) -> CivilDate {
    let short = |year: u16| i16::try_from(year).unwrap_or(i16::MAX);
    match date {
        FileDate::Year(year) => CivilDate::Year(short(year)),
        FileDate::Month { year, month } => CivilDate::Month {
            year: short(year),
            month,
        },
        FileDate::Day { year, month, day } => {
            let exact = Day::of(year.into(), month.into(), day.into());
            exact.map_or(CivilDate::Year(short(year)), CivilDate::Day)
        }
    }
}
