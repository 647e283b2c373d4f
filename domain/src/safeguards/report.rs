//! What the safeguards have against acts on a report.

use super::{Reasoned, objection};
use crate::act::{Facts, Objection};
use crate::jurisdiction::Pack;
use crate::report::{ReportRefusal, RequestReport, StatementKind};

/// CRC-AGE: the age that is told and the date of birth do not agree.
pub(crate) fn age(wish: &RequestReport, facts: &Facts, found: &mut Vec<Objection<ReportRefusal>>) {
    if facts.contradicts_age(wish.age, wish.done) {
        let refusal = ReportRefusal::AgeContradicted;
        found.extend(objection(refusal, Reasoned::No, &facts.law));
    }
}

/// TR-7.1: a fact has its source, an opinion its author, and no score is a fact. There is no second door: whatever was
/// written elsewhere, it is filed as what it is.
pub(crate) fn statement(kind: &StatementKind, law: &Pack) -> Result<(), ReportRefusal> {
    match kind {
        StatementKind::Fact { source: None, .. } => Err(ReportRefusal::SourceMissing),
        StatementKind::Fact {
            source: Some(source),
            ..
        } if law.report.is_score(source) => Err(ReportRefusal::ScoreIsNoFact {
            score: source.clone(),
        }),
        StatementKind::Opinion { author: None, .. } => Err(ReportRefusal::AuthorMissing),
        StatementKind::Fact { .. }
        | StatementKind::Opinion { .. }
        | StatementKind::Recommendation => Ok(()),
    }
}
