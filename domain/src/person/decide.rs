//! Whether a record may be changed so, and what then happens.

use std::collections::BTreeMap;

use super::command::{CorrectAttributes, PersonCommand};
use super::event::PersonEvent;
use super::refusal::PersonRefusal;
use super::state::{Person, Registered};
use crate::act::{Facts, Reference};
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
        Person::Merged { surviving } => {
            return Err(PersonRefusal::MergedAway {
                surviving: *surviving,
            });
        }
        Person::Expunged => return Err(PersonRefusal::WasExpunged),
    };
    change(registered, command, facts).map(|event| vec![event])
}

fn change(person: &Registered, command: PersonCommand, facts: &Facts) -> Decided {
    match command {
        PersonCommand::Register(_) => Err(PersonRefusal::AlreadyRegistered),
        PersonCommand::RecordCircumstances(recorded) => {
            known_circumstances(&recorded.answers, facts)?;
            Ok(PersonEvent::CircumstancesRecorded(recorded))
        }
        PersonCommand::RecordChildren { dependent, details } => {
            Ok(PersonEvent::ChildrenRecorded { dependent, details })
        }
        PersonCommand::GiveConsent { to } => Ok(PersonEvent::ConsentGiven { to }),
        // A withdrawal always succeeds where there is something to withdraw (Tokyo Rules 3.4).
        PersonCommand::WithdrawConsent { to } => lift(
            person.consents.contains(&to),
            "consent",
            PersonEvent::ConsentWithdrawn { to },
        ),
        PersonCommand::CorrectAttributes(correction) => correct(person, correction),
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
        PersonCommand::SettleContest(settled) => Ok(PersonEvent::ContestSettled(settled)),
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
            not_held(person)?;
            if erasure.classes.is_empty() {
                return Err(PersonRefusal::NothingToErase);
            }
            Ok(PersonEvent::DataErased(erasure))
        }
        PersonCommand::Expunge(basis) => {
            not_held(person)?;
            Ok(PersonEvent::Expunged(basis))
        }
        PersonCommand::MergeInto { surviving, basis } => merge(surviving, basis, facts),
    }
}

fn lift(stands: bool, what: &'static str, event: PersonEvent) -> Decided {
    if stands {
        Ok(event)
    } else {
        Err(PersonRefusal::NothingToLift { what })
    }
}

fn not_held(person: &Registered) -> Result<(), PersonRefusal> {
    match person.held.first() {
        Some(basis) => Err(PersonRefusal::OnHold {
            basis: basis.clone(),
        }),
        None => Ok(()),
    }
}

fn correct(person: &Registered, correction: CorrectAttributes) -> Decided {
    if person.sex == correction.sex {
        return Err(PersonRefusal::ChangesNothing);
    }
    Ok(PersonEvent::AttributesCorrected(correction))
}

fn merge(surviving: PersonId, basis: Code, facts: &Facts) -> Decided {
    if facts.found.contains(&Reference::Person(surviving)) {
        Ok(PersonEvent::Merged { surviving, basis })
    } else {
        Err(PersonRefusal::NotAnotherPerson { surviving })
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
