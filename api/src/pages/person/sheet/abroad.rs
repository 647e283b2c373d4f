//! What is asked between this State and another about a person, in the words of the sheet: what is planned and by when,
//! what was decided and by whom, how it can be challenged.

use domain::cooperation::{
    Arrested, Authority, Cooperation, CooperationEvent, CooperationStanding as Standing, Direction,
    Matter, RequestCooperation, Requested,
};
use domain::record::AnyEvent;
use domain::stream::Stream;
use domain::values::{Code, CountryCode, Occurred};
use infra::registry::ToldRecord;

use super::duties::{Asking, Duty, folded};
use super::words::fill;
use crate::pages::states;

fn matter_of(record: &ToldRecord) -> Cooperation {
    folded(record, |event| match event {
        AnyEvent::Cooperation(event) => Some(event),
        _ => None,
    })
}

impl Asking<'_> {
    /// What may be done about the person with another State: what was asked, how it stands, and by when.
    pub(super) fn planned(&self, record: &ToldRecord) -> Option<Duty> {
        let matter = matter_of(record);
        if let Cooperation::Arrested(arrested) = &matter {
            return self.awaited(&matter, arrested);
        }
        let asked = matter.requested()?;
        let words = &self.words.abroad;
        let by = match asked.standing {
            Standing::Asked => &words.decide_by,
            Standing::Granted => &words.carry_out_by,
            Standing::Refused | Standing::Effected | Standing::Ended => return None,
        };
        let due = matter.clocks(self.law).into_iter().next();
        let by = due.map_or_else(
            || words.no_day.clone(),
            |clock| fill(by, &[("when", &self.words.date(clock.due.into()))]),
        );
        let decided = asked.granted.as_ref().map_or_else(
            || words.undecided.clone(),
            |told| self.by(&words.granted, told.decided, told.by, asked),
        );
        let consent =
            (asked.is_transfer() && asked.consent.is_none()).then(|| words.consent.clone());
        Some(Duty {
            what: self.asked_of(&asked.request),
            details: [decided].into_iter().chain(consent).collect(),
            by,
        })
    }

    /// The request that has to follow a provisional arrest, and until when it may be waited for.
    fn awaited(&self, matter: &Cooperation, arrested: &Arrested) -> Option<Duty> {
        if arrested.ended.is_some() {
            return None;
        }
        let words = &self.words.abroad;
        let due = matter.clocks(self.law).into_iter().next();
        let by = due.map_or_else(
            || words.no_day.clone(),
            |clock| {
                let day = self.words.date(clock.due.into());
                fill(&words.request_by, &[("when", &day)])
            },
        );
        let state = self.state(arrested.arrest.state);
        Some(Duty {
            what: fill(&words.arrested_for, &[("state", &state)]),
            details: Vec::new(),
            by,
        })
    }

    /// What is asked: the name of the matter, and in a sentence what it means.
    fn asked_of(&self, request: &RequestCooperation) -> String {
        let words = &self.words.abroad;
        let sentence = match (request.matter, request.direction) {
            (Matter::Extradition, Direction::Outward) => &words.surrender,
            (Matter::Extradition, Direction::Inward) => &words.surrender_here,
            (Matter::Transfer, Direction::Outward) => &words.transfer,
            (Matter::Transfer, Direction::Inward) => &words.transfer_here,
            (Matter::Recognition, Direction::Outward) => &words.recognition,
            (Matter::Recognition, Direction::Inward) => &words.recognition_here,
        };
        let matter = self.label("cooperation.matters", request.matter.word());
        let said = fill(sentence, &[("state", &self.state(request.state))]);
        // The name of the matter may be in another language than the sheet.
        let matter = fill("{matter}", &[("matter", &matter)]);
        format!("{matter}: {said}")
    }

    fn state(&self, code: CountryCode) -> String {
        states::name(&self.words.tag, code.as_str()).to_owned()
    }

    fn day(&self, done: Occurred) -> String {
        self.words.date(self.law.date(done))
    }

    /// What was decided, when, and for which State by whom.
    fn by(&self, said: &str, decided: Occurred, by: Authority, asked: &Requested) -> String {
        let words = &self.words.abroad;
        let by = match by {
            Authority::Court => words.court.clone(),
            Authority::CentralAuthority => words.authority.clone(),
            Authority::OtherState => self.state(asked.request.state),
        };
        fill(said, &[("when", &self.day(decided)), ("by", &by)])
    }

    /// What is recorded of a matter with another State, oldest first.
    pub(super) fn told_of_matter(&self, record: &ToldRecord) -> Vec<String> {
        let matter = matter_of(record);
        let mut said = Vec::new();
        for entry in &record.entries {
            if let AnyEvent::Cooperation(event) = &entry.event {
                self.say_of_matter(event, matter.requested(), &mut said);
            }
        }
        said
    }

    fn say_of_matter(
        &self,
        event: &CooperationEvent,
        asked: Option<&Requested>,
        said: &mut Vec<String>,
    ) {
        let words = &self.words.abroad;
        let coded = |list: &str, text: &str, code: &Code| {
            fill(text, &[("what", &self.label(list, code.as_str()))])
        };
        let for_reason = |text: &str, done: Occurred, list: &str, code: &Code| {
            let what = self.label(list, code.as_str());
            fill(text, &[("when", &self.day(done)), ("what", &what)])
        };
        match event {
            CooperationEvent::ProvisionallyArrested(entered) => {
                let told = &entered.told;
                let basis = coded("cooperation.bases", &words.basis, &told.basis);
                let (when, state) = (self.day(told.done), self.state(told.state));
                let arrested = fill(&words.arrested, &[("when", &when), ("state", &state)]);
                said.extend([arrested, basis]);
            }
            CooperationEvent::Requested(entered) => {
                let told = &entered.told;
                let basis = coded("cooperation.bases", &words.basis, &told.basis);
                said.extend([self.asked_of(told), self.on(&words.asked, told.done), basis]);
            }
            CooperationEvent::JudgmentNotified(entered) => {
                let (when, state) = (self.day(entered.told.done), self.state(entered.told.state));
                said.push(fill(&words.told, &[("when", &when), ("state", &state)]));
            }
            CooperationEvent::Granted(entered) => {
                let told = &entered.told;
                let granted =
                    asked.map(|asked| self.by(&words.granted, told.decided, told.by, asked));
                let list = "cooperation.assurances";
                let assured = told.assurances.iter();
                let assured = assured.map(|code| coded(list, &words.assurance, code));
                said.extend(granted.into_iter().chain(assured));
            }
            CooperationEvent::Refused(entered) => {
                let told = &entered.told;
                let refused =
                    asked.map(|asked| self.by(&words.refused, told.decided, told.by, asked));
                let grounds = told.grounds.iter();
                let grounds = grounds.map(|code| coded("cooperation.grounds", &words.ground, code));
                said.extend(refused.into_iter().chain(grounds));
            }
            CooperationEvent::Postponed(entered) => {
                let told = &entered.told;
                let list = "cooperation.postponements";
                let until = self.words.date(told.until.into());
                let put_off = for_reason(&words.postponed, told.decided, list, &told.reason);
                said.push(fill(&put_off, &[("until", &until)]));
            }
            CooperationEvent::ConsentGiven(_)
            | CooperationEvent::ConsentWithdrawn(_)
            | CooperationEvent::Reopened(_)
            | CooperationEvent::Effected(_) => said.extend(self.done_on(event)),
            CooperationEvent::Ended(entered) => {
                let told = &entered.told;
                let list = "cooperation.end_reasons";
                said.push(for_reason(&words.ended, told.done, list, &told.reason));
            }
        }
    }

    /// What is told of an event by its day alone.
    fn done_on(&self, event: &CooperationEvent) -> Option<String> {
        let words = &self.words.abroad;
        Some(match event {
            CooperationEvent::ConsentGiven(entered) => {
                self.on(&words.consented, entered.told.given)
            }
            CooperationEvent::ConsentWithdrawn(entered) => {
                self.on(&words.consent_withdrawn, entered.told.done)
            }
            CooperationEvent::Reopened(entered) => self.on(&words.reopened, entered.told.decided),
            CooperationEvent::Effected(entered) => self.on(&words.effected, entered.told.done),
            _ => return None,
        })
    }

    fn on(&self, text: &str, done: Occurred) -> String {
        fill(text, &[("when", &self.day(done))])
    }

    /// How what was asked or decided can be challenged, before it is carried out.
    pub(super) fn review_of_matter(&self, record: &ToldRecord) -> Option<String> {
        let matter = matter_of(record);
        if let Cooperation::Arrested(arrested) = &matter {
            let office = self.place(arrested.arrest.office.as_str());
            let words = &self.words.challenge.abroad;
            return (arrested.ended.is_none()).then(|| fill(words, &[("office", &office)]));
        }
        let asked = matter.requested()?;
        let stands = matches!(
            asked.standing,
            Standing::Asked | Standing::Granted | Standing::Refused
        );
        let words = &self.words.challenge;
        let office = self.place(asked.request.office.as_str());
        let sentence = if asked.is_transfer() {
            &words.transfer
        } else {
            &words.abroad
        };
        stands.then(|| fill(sentence, &[("office", &office)]))
    }
}
