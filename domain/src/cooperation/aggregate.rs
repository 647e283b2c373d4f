//! A matter with another State as a stream, and as a cqrs-es aggregate.

use super::command::{
    ArrestProvisionally, CooperationCommand, HangsOn, Matter, RequestCooperation, Side,
};
use super::decide;
use super::event::CooperationEvent;
use super::refusal::CooperationRefusal;
use super::state::{Cooperation, CooperationStanding as Standing, Requested};
use crate::act::{Facts, Reference, Weight};
use crate::actor::Role;
use crate::childhood::{Childhood, Hand};
use crate::jurisdiction::Pack;
use crate::stream::{Clock, Goes, Listed, Stream};
use crate::values::{Code, CourtCode, Day, Occurred, OfficeCode};

impl Stream for Cooperation {
    const TYPE: &'static str = "cooperation";
    type Command = CooperationCommand;
    type Event = CooperationEvent;
    type Refusal = CooperationRefusal;

    fn refers(&self, command: &CooperationCommand) -> Vec<Reference> {
        match command {
            CooperationCommand::Request(request) => of_request(request),
            CooperationCommand::ArrestProvisionally(arrest) => {
                vec![Reference::Person(arrest.person)]
            }
            CooperationCommand::NotifyJudgment(notice) => vec![Reference::Person(notice.person)],
            CooperationCommand::GiveConsent(_)
            | CooperationCommand::WithdrawConsent(_)
            | CooperationCommand::Grant(_)
            | CooperationCommand::Refuse(_)
            | CooperationCommand::Reopen(_)
            | CooperationCommand::Postpone(_)
            | CooperationCommand::Effect(_)
            | CooperationCommand::End(_) => Vec::new(),
        }
    }

    fn asks_of_birth(&self, command: &CooperationCommand) -> bool {
        matches!(
            command,
            CooperationCommand::ArrestProvisionally(_)
                | CooperationCommand::Request(_)
                | CooperationCommand::NotifyJudgment(_)
        )
    }

    fn decide(
        &self,
        command: CooperationCommand,
        facts: &Facts,
    ) -> Result<Vec<CooperationEvent>, CooperationRefusal> {
        decide::decide(self, command, facts)
    }

    fn childhood(&self, law: &Pack) -> Childhood {
        match self {
            Self::Unrecorded => Childhood::Untold,
            Self::Notified(notified) => {
                Childhood::told(notified.notice.age, notified.notice.minor, law)
            }
            Self::Arrested(arrested) => {
                Childhood::told(arrested.arrest.age, arrested.arrest.minor, law)
            }
            Self::Requested(asked) => {
                let told = Childhood::told(asked.request.age, asked.request.minor, law);
                told.or_as(asked.request.origin.map(referred))
            }
        }
    }

    /// The authority that has it, and the court that decides: of a child's matter nobody else sees anything.
    fn in_hand(&self) -> Hand {
        let court = self.has().and_then(|(_, court)| court);
        Hand::of(self.listed()).with_court(court)
    }

    /// The authority that has the matter acts on it, and the court that decides; where no court is named, any may. Consent is
    /// recorded where the person is, a refusal set aside by another court, and the request that follows an arrest may
    /// come from the authority that takes it over.
    fn offices<'a>(&'a self, command: &'a CooperationCommand, facts: &Facts) -> Vec<&'a str> {
        let named = match command {
            CooperationCommand::Request(wish) => Some((&wish.office, wish.court.as_ref())),
            CooperationCommand::Grant(_)
            | CooperationCommand::Refuse(_)
            | CooperationCommand::Postpone(_)
            | CooperationCommand::Effect(_)
            | CooperationCommand::End(_) => None,
            CooperationCommand::ArrestProvisionally(_)
            | CooperationCommand::NotifyJudgment(_)
            | CooperationCommand::GiveConsent(_)
            | CooperationCommand::WithdrawConsent(_)
            | CooperationCommand::Reopen(_) => return Vec::new(),
        };
        let Some((office, court)) = self.has() else {
            return Vec::new();
        };
        let is_its_act = match facts.actor.role {
            Role::Judge => court.is_some(),
            Role::Clerk | Role::Prosecutor => true,
            Role::Probation
            | Role::Prison
            | Role::ReleaseAuthority
            | Role::Oversight
            | Role::Statistician
            | Role::Administrator
            | Role::System => false,
        };
        let has = [Some((office, court)), named].into_iter().flatten();
        let codes = has.flat_map(|(office, court)| {
            std::iter::once(office.as_str()).chain(court.map(CourtCode::as_str))
        });
        codes.filter(|_| is_its_act).collect()
    }

    fn evolve(self, event: &CooperationEvent) -> Self {
        self.after(event)
    }

    fn listed(&self) -> Option<Listed> {
        let (what, office, since, goes) = match self {
            Self::Unrecorded => return None,
            Self::Notified(notified) => {
                let notice = &notified.notice;
                ("notification", &notice.office, notice.done, Goes::Over)
            }
            Self::Arrested(arrested) => {
                let arrest = &arrested.arrest;
                let goes = Goes::until(arrested.ended.is_some());
                (
                    Matter::Extradition.word(),
                    &arrest.office,
                    arrest.done,
                    goes,
                )
            }
            Self::Requested(asked) => {
                let request = &asked.request;
                let over = match asked.standing {
                    Standing::Asked | Standing::Granted => Goes::On,
                    Standing::Refused | Standing::Effected | Standing::Ended => Goes::Over,
                };
                (request.matter.word(), &request.office, request.done, over)
            }
        };
        Some(Listed {
            person: self.person(),
            kind: Code::parse(what).ok(),
            place: Some(office.to_string()),
            state: self.title(),
            goes,
            since,
            findings: self.findings().len(),
        })
    }

    /// IC-12: the request that has to follow a provisional arrest, what waits for this State's decision, and what was
    /// granted and has to be carried out.
    fn clocks(&self, law: &Pack) -> Vec<Clock> {
        if let Some(arrest) = self.arrested() {
            return request_due(arrest, law).into_iter().collect();
        }
        let Some(asked) = self.requested() else {
            return Vec::new();
        };
        let (code, due, role) = match asked.standing {
            Standing::Asked => (
                "cooperation.decision",
                decision_due(asked, law),
                Role::Judge,
            ),
            Standing::Granted => {
                let due = asked.carry_out_by.or_else(|| {
                    let days = law.cooperation.carrying_out_days;
                    due_after(asked.decided, days, law)
                });
                ("cooperation.carrying-out", due, Role::Clerk)
            }
            Standing::Refused | Standing::Effected | Standing::Ended => return Vec::new(),
        };
        let clock = |due| Clock {
            safeguard: "IC-12",
            code,
            nth: 1,
            due,
            weight: Weight::Notice,
            role,
        };
        due.map(clock).into_iter().collect()
    }
}

impl Cooperation {
    /// The authority that has the matter, and the court that decides, where one is named.
    fn has(&self) -> Option<(&OfficeCode, Option<&CourtCode>)> {
        match self {
            Self::Unrecorded => None,
            Self::Notified(notified) => Some((&notified.notice.office, None)),
            Self::Arrested(arrested) => {
                Some((&arrested.arrest.office, arrested.arrest.court.as_ref()))
            }
            Self::Requested(asked) => Some((&asked.request.office, asked.request.court.as_ref())),
        }
    }
}

/// By when the request has to follow: as was said at the arrest, or as the rules say. After that day nothing holds
/// whoever was arrested.
fn request_due(arrest: &ArrestProvisionally, law: &Pack) -> Option<Clock> {
    let by_law = || due_after(Some(arrest.done), law.cooperation.request_days, law);
    Some(Clock {
        safeguard: "IC-12",
        code: "cooperation.request",
        nth: 1,
        due: arrest.request_by.or_else(by_law)?,
        weight: Weight::Critical,
        role: Role::Judge,
    })
}

/// By when it is decided: as the request says; where this State has to decide, as its rules say.
fn decision_due(asked: &Requested, law: &Pack) -> Option<Day> {
    let ours = asked.undecided().any(|side| side == Side::ThisState);
    let by_law = || due_after(Some(asked.request.done), law.cooperation.decision_days, law);
    let said = asked.request.decide_by;
    said.or_else(|| by_law().filter(|_| ours))
}

fn due_after(from: Option<Occurred>, days: Option<u32>, law: &Pack) -> Option<Day> {
    let from = law.date(from?).latest()?;
    Some(from.plus_days(days?))
}

fn of_request(request: &RequestCooperation) -> Vec<Reference> {
    let person = Reference::Person(request.person);
    let origin = request.origin.map(referred);
    std::iter::once(person).chain(origin).collect()
}

fn referred(origin: HangsOn) -> Reference {
    match origin {
        HangsOn::Sentence(sentence) => Reference::Sentence(sentence),
        HangsOn::Pretrial(case) => Reference::Pretrial(case),
    }
}

crate::adapt_to_cqrs_es!(
    Cooperation,
    CooperationEvent,
    CooperationRefusal,
    CooperationCommand
);
