//! A case kept out of court as a stream, and as a cqrs-es aggregate.

use super::command::DiversionCommand;
use super::decide;
use super::event::DiversionEvent;
use super::refusal::DiversionRefusal;
use super::state::{Diversion, DiversionStanding};
use crate::act::{Facts, Reference, Weight};
use crate::actor::Role;
use crate::childhood::Childhood;
use crate::jurisdiction::Pack;
use crate::stream::{Clock, Goes, Listed, Stream};
use crate::values::Known;

impl Stream for Diversion {
    const TYPE: &'static str = "diversion";
    type Command = DiversionCommand;
    type Event = DiversionEvent;
    type Refusal = DiversionRefusal;

    fn refers(&self, command: &DiversionCommand) -> Vec<Reference> {
        match command {
            DiversionCommand::Offer(offer) => vec![Reference::Person(offer.person)],
            DiversionCommand::Discharge(discharge) => vec![Reference::Person(discharge.person)],
            DiversionCommand::GiveConsent(_)
            | DiversionCommand::WithdrawConsent(_)
            | DiversionCommand::Activate(_)
            | DiversionCommand::Complete(_)
            | DiversionCommand::ReturnToProsecution(_) => Vec::new(),
        }
    }

    fn asks_of_birth(&self, command: &DiversionCommand) -> bool {
        matches!(
            command,
            DiversionCommand::Offer(_) | DiversionCommand::Discharge(_)
        )
    }

    fn decide(
        &self,
        command: DiversionCommand,
        facts: &Facts,
    ) -> Result<Vec<DiversionEvent>, DiversionRefusal> {
        decide::decide(self, command, facts)
    }

    fn childhood(&self, law: &Pack) -> Childhood {
        let (age, minor) = match self {
            Self::Unrecorded => return Childhood::Untold,
            Self::Discharged(discharged) => {
                let told = &discharged.discharge;
                (told.age_at_offence, told.minor)
            }
            Self::Offered(offered) => (offered.offer.age_at_offence, offered.offer.minor),
        };
        Childhood::told(age, minor, law)
    }

    fn ages(&self, command: &DiversionCommand) -> Vec<Known<u16>> {
        if let DiversionCommand::Offer(offer) = command {
            vec![offer.age_at_offence]
        } else if let DiversionCommand::Discharge(discharge) = command {
            vec![discharge.age_at_offence]
        } else {
            Vec::new()
        }
    }

    fn evolve(self, event: &DiversionEvent) -> Self {
        self.after(event)
    }

    fn listed(&self) -> Option<Listed> {
        let (kind, since, goes) = match self {
            Self::Unrecorded => return None,
            Self::Discharged(discharged) => {
                let told = &discharged.discharge;
                (&told.kind, told.decided, Goes::Over)
            }
            Self::Offered(offered) => {
                let goes = match offered.standing {
                    DiversionStanding::Offered
                    | DiversionStanding::Agreed
                    | DiversionStanding::Running => Goes::On,
                    DiversionStanding::Withdrawn
                    | DiversionStanding::Completed
                    | DiversionStanding::Returned => Goes::Over,
                };
                (&offered.offer.kind, offered.offer.decided, goes)
            }
        };
        Some(Listed {
            person: self.person(),
            kind: Some(kind.clone()),
            place: None,
            state: self.title(),
            goes,
            since,
            findings: self.findings().len(),
        })
    }

    /// An offer that waits for consent, and the last day of what is asked.
    fn clocks(&self, law: &Pack) -> Vec<Clock> {
        let Some(offered) = self.offered() else {
            return Vec::new();
        };
        let (safeguard, code, due) = match offered.standing {
            DiversionStanding::Offered => {
                let offer = law.date(offered.offer.decided).latest();
                let due = offer.zip(law.diversion.consent_days);
                let due = due.map(|(offer, days)| offer.plus_days(days));
                ("TR-3.4", "diversion.consent", due)
            }
            DiversionStanding::Running => ("TR-11.1", "diversion.end", offered.last_day()),
            DiversionStanding::Agreed
            | DiversionStanding::Withdrawn
            | DiversionStanding::Completed
            | DiversionStanding::Returned => return Vec::new(),
        };
        let clock = |due| Clock {
            safeguard,
            code,
            nth: 1,
            due,
            weight: Weight::Notice,
            role: Role::Prosecutor,
        };
        due.map(clock).into_iter().collect()
    }
}

crate::adapt_to_cqrs_es!(
    Diversion,
    DiversionEvent,
    DiversionRefusal,
    DiversionCommand
);
