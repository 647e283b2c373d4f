//! A matter with another State in a few words: what it is, with which State, and how it stands.

use domain::cooperation::{
    Cooperation, CooperationStanding as Standing, Direction, Matter, Requested,
};
use domain::jurisdiction::Pack;
use domain::stream::Stream;

use super::page::day_in_words;
use super::register::sentence_case;
use super::states;

/// What it is, and with which State: *Extradition, to France*.
pub(super) fn in_words(law: &Pack, matter: &Cooperation) -> Option<String> {
    let (word, way, state) = match matter {
        Cooperation::Unrecorded => return None,
        Cooperation::Notified(told) => ("notification", "from", told.notice.state),
        Cooperation::Requested(asked) => {
            let request = &asked.request;
            (request.matter.word(), way(asked), request.state)
        }
        Cooperation::Arrested(arrested) => {
            let way = match arrested.arrest.direction {
                Direction::Inward => "from",
                Direction::Outward => "to",
            };
            (Matter::Extradition.word(), way, arrested.arrest.state)
        }
    };
    let title = law.titled("cooperation.matters", word);
    let state = states::name("en", state.as_str());
    Some(format!("{}, {way} {state}", sentence_case(title)))
}

fn way(asked: &Requested) -> &'static str {
    match (asked.request.direction, asked.request.matter) {
        (Direction::Inward, _) => "from",
        (Direction::Outward, Matter::Recognition) => "in",
        (Direction::Outward, Matter::Extradition | Matter::Transfer) => "to",
    }
}

/// How it stands, and by when something has to happen: *granted, to be carried out by 1 April 2026*.
pub(super) fn standing(law: &Pack, matter: &Cooperation) -> String {
    let due = matter.clocks(law).into_iter().next();
    let waits = match matter.requested().map(|asked| asked.standing) {
        None if due.is_some() => "to be asked for",
        Some(Standing::Asked) => "to be decided",
        Some(Standing::Granted) => "to be carried out",
        Some(Standing::Refused | Standing::Effected | Standing::Ended) | None => {
            return matter.title().to_owned();
        }
    };
    match due {
        Some(clock) => {
            let day = day_in_words(clock.due.into());
            format!("{}, {waits} by {day}", matter.title())
        }
        None => format!("{}, {waits}", matter.title()),
    }
}
