//! A restorative process as a stream, and as a cqrs-es aggregate.

use super::command::{Origin, ReferToProcess, RestorativeCommand};
use super::decide;
use super::event::RestorativeEvent;
use super::refusal::RestorativeRefusal;
use super::state::{Restorative, RestorativeStanding as Standing};
use crate::act::{Facts, Reference, Weight};
use crate::actor::Role;
use crate::childhood::Childhood;
use crate::jurisdiction::Pack;
use crate::stream::{Clock, Goes, Listed, Stream};
use crate::values::Known;

impl Stream for Restorative {
    const TYPE: &'static str = "restorative";
    type Command = RestorativeCommand;
    type Event = RestorativeEvent;
    type Refusal = RestorativeRefusal;

    fn refers(&self, command: &RestorativeCommand) -> Vec<Reference> {
        match command {
            RestorativeCommand::Refer(referral) => of_referral(referral),
            RestorativeCommand::GiveConsent(_)
            | RestorativeCommand::WithdrawConsent(_)
            | RestorativeCommand::Start(_)
            | RestorativeCommand::ReachAgreement(_)
            | RestorativeCommand::Fulfil(_)
            | RestorativeCommand::EndWithoutAgreement(_)
            | RestorativeCommand::EndUnfulfilled(_) => Vec::new(),
        }
    }

    fn asks_of_birth(&self, command: &RestorativeCommand) -> bool {
        matches!(command, RestorativeCommand::Refer(_))
    }

    fn decide(
        &self,
        command: RestorativeCommand,
        facts: &Facts,
    ) -> Result<Vec<RestorativeEvent>, RestorativeRefusal> {
        decide::decide(self, command, facts)
    }

    fn childhood(&self, law: &Pack) -> Childhood {
        let Some(process) = self.referred() else {
            return Childhood::Untold;
        };
        let told = Childhood::told(process.referral.age, process.referral.minor, law);
        match (told, process.referral.origin.as_ref()) {
            (Childhood::Untold, Some(Origin::Sentence(id))) => Childhood::of("sentence", id),
            (Childhood::Untold, Some(Origin::Diversion(id))) => Childhood::of("diversion", id),
            (told, _) => told,
        }
    }

    /// The office or the court that referred it has it in hand, among those of its kind: a court that refers leaves the
    /// process to the office that runs it.
    fn offices<'a>(&'a self, command: &'a RestorativeCommand, facts: &Facts) -> Vec<&'a str> {
        let referral = match command {
            RestorativeCommand::Refer(referral) => Some(referral),
            RestorativeCommand::GiveConsent(_)
            | RestorativeCommand::WithdrawConsent(_)
            | RestorativeCommand::Start(_)
            | RestorativeCommand::ReachAgreement(_)
            | RestorativeCommand::Fulfil(_)
            | RestorativeCommand::EndWithoutAgreement(_)
            | RestorativeCommand::EndUnfulfilled(_) => {
                self.referred().map(|process| &process.referral)
            }
        };
        let of_its_kind = match facts.actor.role {
            Role::Probation => &facts.law.offices,
            Role::Judge => &facts.law.courts,
            Role::Clerk
            | Role::Prosecutor
            | Role::Prison
            | Role::ReleaseAuthority
            | Role::Oversight
            | Role::Statistician
            | Role::Administrator
            | Role::System => return Vec::new(),
        };
        let office = referral.map(|referral| referral.office.as_str());
        let is_listed = |office: &&str| of_its_kind.iter().any(|o| o.code.as_str() == *office);
        office.filter(is_listed).into_iter().collect()
    }

    fn ages(&self, command: &RestorativeCommand) -> Vec<Known<u16>> {
        if let RestorativeCommand::Refer(referral) = command {
            vec![referral.age, referral.victim_age]
        } else {
            Vec::new()
        }
    }

    fn evolve(self, event: &RestorativeEvent) -> Self {
        self.after(event)
    }

    fn listed(&self) -> Option<Listed> {
        let process = self.referred()?;
        let goes = match process.standing {
            Standing::Referred | Standing::Started | Standing::Agreed => Goes::On,
            Standing::Fulfilled
            | Standing::Withdrawn(_)
            | Standing::WithoutAgreement
            | Standing::Unfulfilled => Goes::Over,
        };
        Some(Listed {
            person: Some(process.referral.person),
            kind: Some(process.referral.kind.clone()),
            place: Some(process.referral.office.to_string()),
            state: process.standing.title(),
            goes,
            since: process.referral.done,
            findings: process.findings.len(),
        })
    }

    /// A referral that waits for its start, and the last day of what was agreed.
    fn clocks(&self, law: &Pack) -> Vec<Clock> {
        let Some(process) = self.referred() else {
            return Vec::new();
        };
        let (code, due) = match process.standing {
            Standing::Referred => {
                let referred = law.date(process.referral.done).latest();
                let due = referred.zip(law.restorative.waiting_days);
                let due = due.map(|(referred, days)| referred.plus_days(days));
                ("restorative.start", due)
            }
            Standing::Agreed => ("restorative.end", process.last_day()),
            Standing::Started
            | Standing::Fulfilled
            | Standing::Withdrawn(_)
            | Standing::WithoutAgreement
            | Standing::Unfulfilled => return Vec::new(),
        };
        let clock = |due| Clock {
            safeguard: "RJ-1",
            code,
            nth: 1,
            due,
            weight: Weight::Notice,
            role: Role::Probation,
        };
        due.map(clock).into_iter().collect()
    }
}

fn of_referral(referral: &ReferToProcess) -> Vec<Reference> {
    let people = [Some(referral.person), referral.victim];
    let people = people.into_iter().flatten().map(Reference::Person);
    let sentence = match referral.origin {
        Some(Origin::Sentence(sentence)) => Some(Reference::Sentence(sentence)),
        Some(Origin::Diversion(_)) | None => None,
    };
    people.chain(sentence).collect()
}

crate::adapt_to_cqrs_es!(
    Restorative,
    RestorativeEvent,
    RestorativeRefusal,
    RestorativeCommand
);
