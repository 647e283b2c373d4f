//! A place of detention as a stream, and as a cqrs-es aggregate.

use super::command::FacilityCommand;
use super::decide;
use super::event::FacilityEvent;
use super::refusal::FacilityRefusal;
use super::state::Facility;
use crate::act::{Facts, Reference, Weight};
use crate::actor::Role;
use crate::jurisdiction::Pack;
use crate::stream::{Clock, Goes, Listed, Stream};
use crate::values::FacilityCode;

impl Stream for Facility {
    const TYPE: &'static str = "facility";
    type Command = FacilityCommand;
    type Event = FacilityEvent;
    type Refusal = FacilityRefusal;
    const OF_PEOPLE: bool = false;

    fn refers(&self, _command: &FacilityCommand) -> Vec<Reference> {
        Vec::new()
    }

    fn decide(
        &self,
        command: FacilityCommand,
        facts: &Facts,
    ) -> Result<Vec<FacilityEvent>, FacilityRefusal> {
        decide::decide(self, command, facts)
    }

    /// A place of detention describes itself.
    fn offices<'a>(&'a self, command: &'a FacilityCommand, facts: &Facts) -> Vec<&'a str> {
        if facts.actor.role != Role::Prison {
            return Vec::new();
        }
        let named = if let FacilityCommand::Open(wish) = command {
            Some(&wish.facility)
        } else {
            self.opened().map(|place| &place.opening.facility)
        };
        named.into_iter().map(FacilityCode::as_str).collect()
    }

    fn evolve(self, event: &FacilityEvent) -> Self {
        self.after(event)
    }

    fn listed(&self) -> Option<Listed> {
        let place = self.opened()?;
        Some(Listed {
            person: None,
            kind: Some(place.opening.kind.clone()),
            place: Some(place.opening.facility.to_string()),
            state: place.title(),
            goes: Goes::until(place.closed.is_some()),
            since: place.opening.opened,
            findings: place.findings.len(),
        })
    }

    /// A capacity to be declared, or declared anew; visits to be given back, or replaced.
    fn clocks(&self, law: &Pack) -> Vec<Clock> {
        let Some(place) = self.opened().filter(|place| place.closed.is_none()) else {
            return Vec::new();
        };
        let clock = |safeguard, code, due, role| Clock {
            safeguard,
            code,
            nth: 1,
            due,
            weight: Weight::Notice,
            role,
        };
        let rules = &law.facility;
        let capacity = match place.last_declared() {
            Some(from) => rules.capacity_days.map(|days| from.plus_days(days)),
            None => law.date(place.opening.opened).latest(),
        };
        let capacity = capacity.map(|due| clock("MR-10", "facility.capacity", due, Role::Prison));
        let alone = place.left_alone(None).zip(rules.visits_days);
        let visits = alone.and_then(|((since, until), days)| {
            let due = since.plus_days(days);
            let ends_in_time = until.is_some_and(|until| until < due);
            (!ends_in_time).then(|| clock("FA-6", "facility.visits", due, Role::Oversight))
        });
        capacity.into_iter().chain(visits).collect()
    }
}

crate::adapt_to_cqrs_es!(Facility, FacilityEvent, FacilityRefusal, FacilityCommand);
