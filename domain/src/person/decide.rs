//! Whether a record may be changed so, and what then happens.

use std::collections::BTreeMap;

use super::command::{
    CorrectAttributes, EraseData, Identity, PersonCommand, SettleContest, Settlement,
};
use super::event::PersonEvent;
use super::refusal::PersonRefusal;
use super::state::{Person, Registered};
use crate::act::{Facts, Reference};
use crate::childhood::ChildNoted;
use crate::jurisdiction::knows;
use crate::safeguards::person as safeguards;
use crate::values::{Code, Known, PersonId};

type Decided = Result<PersonEvent, PersonRefusal>;

pub(super) fn decide(
    person: &Person,
    command: PersonCommand,
    facts: &Facts,
) -> Result<Vec<PersonEvent>, PersonRefusal> {
    if let PersonCommand::Register(register) = command {
        return match person {
            Person::Unregistered => Ok(vec![PersonEvent::Registered(register)]),
            Person::Registered(_) | Person::Merged { .. } | Person::Expunged => {
                Err(PersonRefusal::AlreadyRegistered)
            }
        };
    }
    let registered = match person {
        Person::Registered(registered) => registered,
        Person::Unregistered => return Err(PersonRefusal::NotRegistered),
        Person::Merged { surviving } => return closed(Some(*surviving), command, facts),
        Person::Expunged => return closed(None, command, facts),
    };
    change(registered, command, facts).map(|event| vec![event])
}

/// A record that was merged or expunged takes nothing more; what was sealed under its keys can still be erased.
fn closed(
    surviving: Option<PersonId>,
    command: PersonCommand,
    facts: &Facts,
) -> Result<Vec<PersonEvent>, PersonRefusal> {
    let PersonCommand::EraseData(erasure) = command else {
        return Err(surviving.map_or(PersonRefusal::WasExpunged, |surviving| {
            PersonRefusal::MergedAway { surviving }
        }));
    };
    if let Some(surviving) = surviving {
        safeguards::unheld_elsewhere(surviving, facts)?;
    }
    erase(erasure).map(|event| vec![event])
}

fn erase(erasure: EraseData) -> Decided {
    if erasure.classes.is_empty() {
        Err(PersonRefusal::NothingToErase)
    } else {
        Ok(PersonEvent::DataErased(erasure))
    }
}

#[expect(clippy::too_many_lines, reason = "one arm for each command")]
fn change(person: &Registered, command: PersonCommand, facts: &Facts) -> Decided {
    match command {
        PersonCommand::Register(_) => Err(PersonRefusal::AlreadyRegistered),
        PersonCommand::RecordCircumstances(recorded) => {
            known_circumstances(&recorded.answers, facts)?;
            Ok(PersonEvent::CircumstancesRecorded(recorded))
        }
        PersonCommand::RecordChildren {
            dependent,
            details,
            each_child,
        } => {
            known_placements(&each_child, facts)?;
            Ok(PersonEvent::ChildrenRecorded {
                dependent,
                details,
                each_child,
            })
        }
        PersonCommand::GiveConsent { to } => Ok(PersonEvent::ConsentGiven { to }),
        // A withdrawal always succeeds where there is something to withdraw (Tokyo Rules 3.4).
        PersonCommand::WithdrawConsent { to } => lift(
            person.consents.contains(&to),
            "consent",
            PersonEvent::ConsentWithdrawn { to },
        ),
        PersonCommand::CorrectAttributes(correction) => correct(person, correction),
        PersonCommand::RecordIdentity(recorded) if recorded.identity == Identity::default() => {
            Err(PersonRefusal::ChangesNothing { field: "identity" })
        }
        PersonCommand::RecordIdentity(recorded) => Ok(PersonEvent::IdentityRecorded(recorded)),
        PersonCommand::ContestData(contest) if person.contested.contains(&contest.subject) => {
            Err(PersonRefusal::AlreadyContested {
                subject: contest.subject,
            })
        }
        PersonCommand::ContestData(contest) => Ok(PersonEvent::DataContested(contest)),
        PersonCommand::SettleContest(settled) if !person.contested.contains(&settled.subject) => {
            Err(PersonRefusal::NotContested {
                subject: settled.subject,
            })
        }
        PersonCommand::SettleContest(settled) => settle(settled, facts),
        PersonCommand::SealRecord(basis) => Ok(PersonEvent::RecordSealed(basis)),
        PersonCommand::UnsealRecord(basis) => lift(
            person.sealed.is_some(),
            "seal",
            PersonEvent::RecordUnsealed(basis),
        ),
        PersonCommand::PlaceHold { basis, review_on } => {
            Ok(PersonEvent::HoldPlaced { basis, review_on })
        }
        PersonCommand::LiftHold(basis) => lift(
            person.held.contains(&basis.basis),
            "legal hold under this basis",
            PersonEvent::HoldLifted(basis),
        ),
        PersonCommand::EraseData(erasure) => {
            safeguards::unheld(person)?;
            erase(erasure)
        }
        PersonCommand::Expunge(basis) => {
            safeguards::unheld(person)?;
            Ok(PersonEvent::Expunged(basis))
        }
        PersonCommand::MergeInto { surviving, basis } => merge(person, surviving, basis, facts),
    }
}

fn lift(stands: bool, what: &'static str, event: PersonEvent) -> Decided {
    if stands {
        Ok(event)
    } else {
        Err(PersonRefusal::NothingToLift { what })
    }
}

fn correct(person: &Registered, correction: CorrectAttributes) -> Decided {
    if person.sex == correction.sex {
        return Err(PersonRefusal::ChangesNothing { field: "sex" });
    }
    Ok(PersonEvent::AttributesCorrected(correction))
}

/// A correction that is refused is refused in writing, with reasons and where to go next.
fn settle(settled: SettleContest, facts: &Facts) -> Decided {
    if let Some(route) = &settled.route
        && !knows(&facts.law.contest_routes, route.as_str())
    {
        let route = route.clone();
        return Err(PersonRefusal::UnknownRoute { route });
    }
    let subject = || settled.subject.clone();
    match settled.outcome {
        Settlement::Refused if settled.reasons.is_none() => {
            Err(PersonRefusal::ReasonsMissing { subject: subject() })
        }
        Settlement::Refused if settled.route.is_none() => {
            Err(PersonRefusal::RouteMissing { subject: subject() })
        }
        Settlement::Refused | Settlement::Corrected => Ok(PersonEvent::ContestSettled(settled)),
    }
}

fn merge(person: &Registered, surviving: PersonId, basis: Code, facts: &Facts) -> Decided {
    let standing = [
        (person.sealed.is_some(), "seal"),
        (!person.held.is_empty(), "legal hold"),
        (!person.contested.is_empty(), "contest"),
    ];
    if let Some((_, what)) = standing.into_iter().find(|(stands, _)| *stands) {
        return Err(PersonRefusal::Encumbered { what });
    }
    if facts.found.contains(&Reference::Person(surviving)) {
        Ok(PersonEvent::Merged { surviving, basis })
    } else {
        Err(PersonRefusal::NotAnotherPerson { surviving })
    }
}

/// P-6: where a child lives is told by the list of the rules.
fn known_placements(children: &[ChildNoted], facts: &Facts) -> Result<(), PersonRefusal> {
    let told = children.iter().filter_map(|child| child.placement.value());
    let listed = |code: &&Code| knows(&facts.law.custody.placements, code.as_str());
    match told.into_iter().find(|code| !listed(code)) {
        Some(code) => Err(PersonRefusal::UnknownCircumstance { code: code.clone() }),
        None => Ok(()),
    }
}

fn known_circumstances(
    answers: &BTreeMap<Code, Known<Code>>,
    facts: &Facts,
) -> Result<(), PersonRefusal> {
    for (question, answer) in answers {
        let Some(rule) = facts.law.sentencing.circumstance(question) else {
            return Err(PersonRefusal::UnknownCircumstance {
                code: question.clone(),
            });
        };
        if let Some(value) = answer.value()
            && !rule.values.iter().any(|v| &v.code == value)
        {
            return Err(PersonRefusal::UnknownCircumstance {
                code: value.clone(),
            });
        }
    }
    Ok(())
}
