//! What was imposed.

use domain::sentence::{Component, CustodyTerm, RequirementTerms, Runs, Sanction};
use domain::values::{Code, ComponentNo, Known, Length, Money};

use super::Recorder;
use super::measure::{length, quantity};
use crate::import::row::{
    self, AmountUnit, ComponentKind, ComponentRow, QuantityRow, RequirementRow,
};

impl Recorder<'_> {
    pub(super) fn component(
        &mut self,
        no: ComponentNo,
        said: &ComponentRow,
        before: Option<ComponentNo>,
    ) -> Component {
        let runs = match said.runs.value() {
            Some(row::Runs::Concurrent) => Some(Runs::Concurrent),
            Some(row::Runs::Consecutive) if before.is_none() => {
                let said = "the file does not say to which sentence it is consecutive";
                self.leave_out("components.runs", said);
                None
            }
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
            terms: None,
        })
    }
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
