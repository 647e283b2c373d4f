//! What somebody was sentenced for, and the guideline beside it.

use domain::sentence::{Count, Departure, DepartureDirection};
use domain::values::{
    CatalogueVersion, Code, ComponentNo, CountNo, Gravity, GuidelineRange, IccsCode, Known,
    Offence, OffenceCode, PolicyVersion,
};

use super::measure::{civil, length};
use super::{Recorder, known};
use crate::import::row::{ComponentKind, CountRow, DepartureRow, Direction, ImportedRow, RangeRow};

impl Recorder<'_> {
    pub(super) fn counts(&mut self, row: &ImportedRow) -> Vec<Count> {
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
        // A term follows the term before it, not a fine.
        let mut before = None;
        for (no, imposed) in (1_u16..).zip(&row.components) {
            let component = self.component(ComponentNo(no), imposed, before);
            if matches!(
                imposed.kind,
                ComponentKind::Custody | ComponentKind::Suspended
            ) {
                before = Some(component.no);
            }
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
        let gravity = self.gravity(said);
        let iccs = said.iccs.value().map(|class| IccsCode::parse(class).ok());
        if matches!(iccs, Some(None)) {
            self.leave_out(
                "counts.iccs",
                "it is no class of the international classification",
            );
        }
        Count {
            no,
            offence: Offence {
                code: code.into(),
                catalogue: catalogue.and_then(|c| CatalogueVersion::parse(c).ok()),
                iccs: iccs.flatten(),
                category: said
                    .category
                    .value()
                    .and_then(|c| Code::parse(c).ok())
                    .into(),
                committed: known(&said.committed).map(|date| civil(*date)),
            },
            gravity: gravity.or(ranked),
            range: said.range.as_ref().and_then(|range| self.range(range)),
            departure: said.departure.as_ref().and_then(|d| self.departure(d)),
            components: Vec::new(),
        }
    }

    /// A count has one gravity, under the first policy that the mapping names and the row fills.
    fn gravity(&mut self, said: &CountRow) -> Option<Gravity> {
        let mut given = said.gravity.iter().filter_map(|gravity| {
            Some(Gravity {
                policy: PolicyVersion::parse(&gravity.policy).ok()?,
                level: Code::parse(gravity.level.value()?).ok()?,
            })
        });
        let first = given.next();
        if given.next().is_some() {
            self.leave_out("counts.gravity", "a count is kept with its first gravity");
        }
        first
    }

    fn departure(&mut self, said: &DepartureRow) -> Option<Departure> {
        let direction = match said.direction.value() {
            Some(Direction::Above) => DepartureDirection::Above,
            Some(Direction::Below) => DepartureDirection::Below,
            Some(Direction::Within) => return None,
            None => {
                if !said.reasons.is_empty() {
                    let why = "reasons are given, and not in which direction";
                    self.leave_out("counts.departure", why);
                }
                return None;
            }
        };
        let reasons = said.reasons.iter().filter_map(|r| Code::parse(r).ok());
        Some(Departure {
            direction,
            reasons: reasons.collect(),
        })
    }

    fn range(&mut self, said: &RangeRow) -> Option<GuidelineRange> {
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
}
