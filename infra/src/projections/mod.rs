//! Projections: what the ledger means for lists and figures, pulled in ledger order.
//!
//! A batch of events and the checkpoint commit in one transaction. An event that cannot be filed stops its own
//! projection and names itself; the others go on. A rebuild fills a new generation beside the live one and takes its
//! place when it has caught up.

mod ahead;
mod blocks;
mod caseload;
mod cases;
pub(crate) mod changes;
mod childs_cases;
mod diary;
mod filing;
mod findings;
mod order_ledger;
mod person_timeline;
mod persons;
mod rebuild;
mod runner;
pub(crate) mod sentence_register;
mod serving;
mod states;
mod stays;

pub use changes::OPEN;
pub(crate) use changes::signed;
pub(crate) use person_timeline::about_people;
pub use rebuild::RebuildError;
pub(crate) use runner::generation;
pub use runner::{Projections, Standing};
pub(crate) use states::{AnyState, Now, entire, now_of};

use domain::jurisdiction::Pack;

use self::changes::Changes;
use self::states::Folded;
use crate::record::Recorded;

/// A read model that is kept in tables.
pub(crate) struct ReadModel {
    /// What it is called.
    pub(crate) name: &'static str,
    /// The table that holds its rows, each with its generation.
    table: &'static str,
    /// Files one event; the facts are filed by the runner itself.
    file: Option<File>,
}

/// Files one event, which led a stream to a state under the rules it was recorded under.
type File = fn(&mut Changes, &Recorded, &Folded, Option<&Pack>);

const fn of(name: &'static str, file: File) -> ReadModel {
    ReadModel {
        name,
        table: name,
        file: Some(file),
    }
}

/// Every read model that is kept in tables.
pub(crate) static READ_MODELS: [ReadModel; 12] = [
    of("sentence_register", |changes, recorded, folded, law| {
        if let AnyState::Sentence(sentence) = &folded.state {
            sentence_register::file(changes, recorded, sentence, folded.first, law);
        }
    }),
    of("order_ledger", |changes, recorded, folded, law| {
        if let AnyState::Order(order) = &folded.state {
            order_ledger::file(changes, recorded, order, folded.first, law);
        }
    }),
    of("diary", |changes, recorded, folded, law| {
        if let AnyState::Order(order) = &folded.state {
            diary::file(changes, recorded, order, law);
        }
    }),
    of("caseload", |changes, recorded, folded, _| {
        if let AnyState::Supervision(supervision) = &folded.state {
            caseload::file(changes, recorded, supervision, folded.first);
        }
    }),
    of("cases", |changes, recorded, folded, law| {
        cases::file(changes, recorded, &folded.state, folded.first, law);
    }),
    of("childs_cases", childs_cases::file),
    of("persons", |changes, recorded, folded, _| {
        if let AnyState::Person(person) = &folded.state {
            persons::file(changes, recorded, person);
        }
    }),
    of("person_timeline", |changes, recorded, folded, _| {
        person_timeline::file(changes, recorded, &folded.state);
    }),
    of("findings", |changes, recorded, folded, _| {
        findings::file(changes, recorded, &folded.state, folded.first);
    }),
    of("stays", |changes, recorded, folded, law| {
        if let AnyState::Custody(custody) = &folded.state {
            stays::file(changes, recorded, custody, law);
        }
    }),
    of("serving", |changes, recorded, folded, _| {
        if let AnyState::Sentence(sentence) = &folded.state {
            serving::file(changes, recorded, sentence);
        }
    }),
    ReadModel {
        name: "facts",
        table: "fact_segments",
        file: None,
    },
];
