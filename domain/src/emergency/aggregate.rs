//! An emergency as a stream, and as a cqrs-es aggregate.

use super::command::EmergencyCommand;
use super::decide;
use super::event::EmergencyEvent;
use super::refusal::EmergencyRefusal;
use super::state::{Emergency, Stage};
use crate::act::{Facts, Reference, Weight};
use crate::actor::Role;
use crate::jurisdiction::Pack;
use crate::stream::{Clock, Goes, Listed, Stream};
use crate::values::OfficeCode;

impl Stream for Emergency {
    const TYPE: &'static str = "emergency";
    type Command = EmergencyCommand;
    type Event = EmergencyEvent;
    type Refusal = EmergencyRefusal;

    fn refers(&self, command: &EmergencyCommand) -> Vec<Reference> {
        match command {
            EmergencyCommand::DecideRelease(wish) => vec![Reference::Person(wish.person)],
            EmergencyCommand::CutRight(wish) => {
                wish.person.map(Reference::Person).into_iter().collect()
            }
            EmergencyCommand::Declare(_)
            | EmergencyCommand::PublishCriteria(_)
            | EmergencyCommand::Extend(_)
            | EmergencyCommand::Screen(_)
            | EmergencyCommand::Effect(_)
            | EmergencyCommand::RecordReturn(_)
            | EmergencyCommand::RecordBreach(_)
            | EmergencyCommand::RestoreRight(_)
            | EmergencyCommand::RecordMeasureClosed(_)
            | EmergencyCommand::End(_)
            | EmergencyCommand::RecordEndByLaw(_) => Vec::new(),
        }
    }

    fn decide(
        &self,
        command: EmergencyCommand,
        facts: &Facts,
    ) -> Result<Vec<EmergencyEvent>, EmergencyRefusal> {
        decide::decide(self, command, facts)
    }

    /// The authorities that answer for an emergency govern it. Who is screened, released and comes back, and a right that is
    /// cut of one person, are of many courts and offices; the law itself ends one without any.
    fn offices<'a>(&'a self, command: &'a EmergencyCommand, facts: &Facts) -> Vec<&'a str> {
        let governs = match command {
            EmergencyCommand::PublishCriteria(_)
            | EmergencyCommand::Extend(_)
            | EmergencyCommand::End(_) => true,
            EmergencyCommand::CutRight(wish) => wish.person.is_none(),
            EmergencyCommand::RestoreRight(wish) => wish.person.is_none(),
            EmergencyCommand::Declare(_)
            | EmergencyCommand::Screen(_)
            | EmergencyCommand::DecideRelease(_)
            | EmergencyCommand::Effect(_)
            | EmergencyCommand::RecordReturn(_)
            | EmergencyCommand::RecordBreach(_)
            | EmergencyCommand::RecordMeasureClosed(_)
            | EmergencyCommand::RecordEndByLaw(_) => false,
        };
        let Some(declaration) = self.declared().filter(|_| governs) else {
            return Vec::new();
        };
        if matches!(facts.actor.role, Role::System | Role::Administrator) {
            return Vec::new();
        }
        let declared = &declaration.declared;
        let authorities = [&declared.justice_authority].into_iter();
        authorities
            .chain(declared.health_authority.value())
            .map(OfficeCode::as_str)
            .collect()
    }

    fn evolve(self, event: &EmergencyEvent) -> Self {
        self.after(event)
    }

    fn listed(&self) -> Option<Listed> {
        let declaration = self.declared()?;
        Some(Listed {
            person: None,
            kind: Some(declaration.declared.basis.clone()),
            place: Some(declaration.declared.justice_authority.to_string()),
            state: self.title(),
            goes: Goes::until(declaration.ended.is_some()),
            since: declaration.declared.done,
            findings: declaration.findings.len(),
        })
    }

    /// The end of the emergency, the return of everybody who is out for a while, and the end of every cut.
    fn clocks(&self, _law: &Pack) -> Vec<Clock> {
        let Some(declaration) = self.declared() else {
            return Vec::new();
        };
        let clock = |safeguard, code, nth, due, role| Clock {
            safeguard,
            code,
            nth,
            due,
            weight: Weight::Critical,
            role,
        };
        let end = declaration.ends.filter(|_| declaration.ended.is_none());
        let end = end.map(|due| clock("EM-1", "emergency.end", 1, due, Role::Judge));
        let people = declaration.people.values();
        let out = people.filter(|c| c.stage() == Stage::Out);
        let returns = out.filter_map(|candidate| {
            let due = candidate.back_by()?;
            let no = candidate.no;
            Some(clock("EM-4", "emergency.return", no, due, Role::Probation))
        });
        let rights = declaration.rights.iter().map(|cut| {
            let due = cut.told.until;
            clock("EM-5", "emergency.right", cut.no, due, Role::Judge)
        });
        end.into_iter().chain(returns).chain(rights).collect()
    }
}

crate::adapt_to_cqrs_es!(
    Emergency,
    EmergencyEvent,
    EmergencyRefusal,
    EmergencyCommand
);
