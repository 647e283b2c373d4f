//! Criteria, screening, the decision on each person, and what follows from it.

use std::collections::BTreeSet;

use super::{Decided, Objections, declared, ends_later, entered, listed, running, since};
use crate::act::{Facts, Objection};
use crate::emergency::command::{
    DecideRelease, EffectEmergencyRelease, LONGEST_LIST, Period, PublishCriteria,
    RecordEmergencyReturn, RecordReleaseBreach, Screen, Verdict,
};
use crate::emergency::event::EmergencyEvent;
use crate::emergency::refusal::EmergencyRefusal;
use crate::emergency::screening::{Asks, Criterion, Effect};
use crate::emergency::state::{Declaration, Emergency, Stage};
use crate::jurisdiction::{Pack, Possible};
use crate::safeguards::emergency as safeguards;
use crate::values::{Code, PersonId};

pub(super) fn publish(emergency: &Emergency, wish: PublishCriteria, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let declaration = running(emergency, "publishing criteria")?;
    since(declaration, wish.done, facts, &mut found)?;
    if declaration.version(&wish.version).is_some() {
        let version = wish.version;
        return Err(EmergencyRefusal::VersionTaken { version });
    }
    let mut codes = BTreeSet::new();
    if let Some(twice) = wish.criteria.iter().find(|c| !codes.insert(&c.code)) {
        let criterion = twice.code.clone();
        return Err(EmergencyRefusal::CriterionTwice { criterion });
    }
    if wish.criteria.iter().all(|c| c.effect == Effect::Excludes) {
        return Err(EmergencyRefusal::IncludesNobody);
    }
    safeguards::fair(&wish.criteria, facts)?;
    let list = &facts.law.emergency.attributes;
    for criterion in &wish.criteria {
        listed("attributes", list, &criterion.reads, &mut found);
        if let Some(refusal) = never_met(criterion, &facts.law) {
            found.push(Objection::hard(refusal));
        }
    }
    let door = facts.door(wish.done);
    let event = EmergencyEvent::CriteriaPublished(entered(wish, door, found)?);
    Ok(vec![event])
}

/// What a criterion asks that the attribute it reads can never be.
fn never_met(criterion: &Criterion, law: &Pack) -> Option<EmergencyRefusal> {
    let (named, reads) = (criterion.code.clone(), criterion.reads.clone());
    match (&criterion.asks, law.possible(&reads)) {
        (Asks::OneOf(asked), _) if asked.is_empty() => Some(EmergencyRefusal::AsksForNothing {
            criterion: named,
            reads,
        }),
        (Asks::OneOf(_), Some(Possible::Number)) => Some(EmergencyRefusal::CodeAsked {
            criterion: named,
            reads,
        }),
        (Asks::OneOf(asked), Some(Possible::Codes(known))) if !known.is_empty() => {
            let never = asked.iter().find(|code| !known.contains(code))?.clone();
            Some(EmergencyRefusal::NeverSo {
                criterion: named,
                reads,
                asked: never,
                known,
            })
        }
        (Asks::AtLeast(_) | Asks::AtMost(_), Some(Possible::Codes(known))) => {
            Some(EmergencyRefusal::NumberAsked {
                criterion: named,
                reads,
                known,
            })
        }
        (Asks::OneOf(_), Some(Possible::Codes(_)) | None)
        | (Asks::AtLeast(_) | Asks::AtMost(_), Some(Possible::Number) | None) => None,
    }
}

impl Emergency {
    /// The criteria of a version by which people may be screened now.
    pub fn screening_by(&self, version: &Code) -> Result<&PublishCriteria, EmergencyRefusal> {
        published(running(self, "screening")?, version)
    }
}

/// The list is the register's own reading of its records, so the people on it are not looked up one by one; whoever is
/// decided on is.
pub(super) fn screen(emergency: &Emergency, wish: Screen, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let declaration = running(emergency, "screening")?;
    since(declaration, wish.done, facts, &mut found)?;
    published(declaration, &wish.version)?;
    let people = wish.results.len();
    if people == 0 || people > LONGEST_LIST {
        let most = LONGEST_LIST;
        return Err(EmergencyRefusal::ListSize { people, most });
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = wish.results.iter().find(|r| !seen.insert(r.person)) {
        let person = twice.person;
        return Err(EmergencyRefusal::ScreenedTwice { person });
    }
    let door = facts.door(wish.done);
    let entered = entered(wish, door, found)?;
    Ok(vec![EmergencyEvent::Screened(entered)])
}

pub(super) fn decide(emergency: &Emergency, wish: DecideRelease, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let declaration = running(emergency, "deciding on a release")?;
    safeguards::decided_by_people(facts)?;
    since(declaration, wish.decided, facts, &mut found)?;
    published(declaration, &wish.version)?;
    let may = [Stage::Undecided, Stage::Refused];
    stage(declaration, wish.person, &may, "deciding on it")?;
    let rules = &facts.law.emergency;
    for code in wish.identity.iter().flat_map(|check| &check.compared) {
        listed("identity", &rules.identity, code, &mut found);
    }
    match &wish.verdict {
        Verdict::Granted(granted) => {
            if let Period::Temporary(while_) = &granted.period
                && let Some(expires) = while_.expires
            {
                ends_later(expires, facts.date(wish.decided), &mut found);
            }
            safeguards::grant(declaration, &wish, granted, facts, &mut found);
        }
        Verdict::Refused(refused) => {
            listed("grounds", &rules.grounds, &refused.ground, &mut found);
            safeguards::refusal(refused, facts, &mut found);
        }
    }
    let door = facts.door(wish.decided);
    let event = EmergencyEvent::ReleaseDecided(entered(wish, door, found)?);
    Ok(vec![event])
}

pub(super) fn effect(
    emergency: &Emergency,
    wish: EffectEmergencyRelease,
    facts: &Facts,
) -> Decided {
    let mut found = Objections::new();
    let declaration = running(emergency, "carrying out a release")?;
    safeguards::decided_by_people(facts)?;
    since(declaration, wish.done, facts, &mut found)?;
    stage(
        declaration,
        wish.person,
        &[Stage::Granted],
        "carrying it out",
    )?;
    let door = facts.door(wish.done);
    let entered = entered(wish, door, found)?;
    Ok(vec![EmergencyEvent::ReleaseEffected(entered)])
}

pub(super) fn come_back(
    emergency: &Emergency,
    wish: RecordEmergencyReturn,
    facts: &Facts,
) -> Decided {
    let mut found = Objections::new();
    let declaration = declared(emergency, "recording a return")?;
    since(declaration, wish.done, facts, &mut found)?;
    stage(
        declaration,
        wish.person,
        &[Stage::Out],
        "recording a return",
    )?;
    let door = facts.door(wish.done);
    let entered = entered(wish, door, found)?;
    Ok(vec![EmergencyEvent::Returned(entered)])
}

pub(super) fn breach(emergency: &Emergency, wish: RecordReleaseBreach, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let declaration = declared(emergency, "recording a breach")?;
    since(declaration, wish.done, facts, &mut found)?;
    let may = [Stage::Out, Stage::Back, Stage::Closed];
    stage(declaration, wish.person, &may, "recording a breach")?;
    let door = facts.door(wish.done);
    let entered = entered(wish, door, found)?;
    Ok(vec![EmergencyEvent::Breached(entered)])
}

/// EM-2: people are screened and decided on by criteria that are published; there is no second door.
fn published<'a>(
    declaration: &'a Declaration,
    version: &Code,
) -> Result<&'a PublishCriteria, EmergencyRefusal> {
    let published = declaration.version(version);
    published.ok_or_else(|| EmergencyRefusal::NoSuchVersion {
        version: version.clone(),
    })
}

fn stage(
    declaration: &Declaration,
    person: PersonId,
    may: &[Stage],
    wish: &'static str,
) -> Result<(), EmergencyRefusal> {
    let stage = declaration.stage(person);
    if may.contains(&stage) {
        return Ok(());
    }
    Err(EmergencyRefusal::ReleaseNotPossible {
        person,
        state: stage.title(),
        wish,
    })
}
