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
pub(crate) mod offences_served;
mod order_ledger;
mod person_timeline;
mod persons;
mod rebuild;
mod runner;
mod sentence_register;
mod serving;
mod states;
mod stays;

pub use changes::OPEN;
pub(crate) use changes::signed;
pub(crate) use runner::generation;
pub use runner::{Projections, Standing};
pub(crate) use states::{AnyState, Now, entire, now_of};

use domain::jurisdiction::Pack;

use self::changes::Changes;
use self::states::Folded;
use crate::record::Recorded;

/// The read models kept in tables, by name.
pub(crate) const NAMES: [&str; 13] = [
    "sentence_register",
    "order_ledger",
    "diary",
    "caseload",
    "cases",
    "childs_cases",
    "persons",
    "person_timeline",
    "findings",
    "stays",
    "serving",
    "offences_served",
    "facts",
];

/// The tables that hold their rows, each row with its generation.
const TABLES: [&str; 13] = [
    "sentence_register",
    "order_ledger",
    "diary",
    "caseload",
    "cases",
    "childs_cases",
    "persons",
    "person_timeline",
    "findings",
    "stays",
    "serving",
    "offences_served",
    "fact_segments",
];

/// Files one event in one read model kept in tables; the facts are filed by the runner itself.
fn file(
    name: &str,
    changes: &mut Changes,
    recorded: &Recorded,
    folded: &Folded,
    law: Option<&Pack>,
) {
    let (state, first) = (&folded.state, folded.first);
    match (name, state) {
        ("sentence_register", AnyState::Sentence(sentence)) => {
            sentence_register::file(changes, recorded, sentence, first, law);
        }
        ("order_ledger", AnyState::Order(order)) => {
            order_ledger::file(changes, recorded, order, first, law);
        }
        ("diary", AnyState::Order(order)) => diary::file(changes, recorded, order, law),
        ("caseload", AnyState::Supervision(supervision)) => {
            caseload::file(changes, recorded, supervision, first);
        }
        ("cases", _) => cases::file(changes, recorded, state, first, law),
        ("childs_cases", _) => childs_cases::file(changes, recorded, folded, law),
        ("persons", AnyState::Person(person)) => persons::file(changes, recorded, person),
        ("person_timeline", _) => person_timeline::file(changes, recorded, state),
        ("stays", AnyState::Custody(custody)) => stays::file(changes, recorded, custody, law),
        ("serving", AnyState::Sentence(sentence)) => serving::file(changes, recorded, sentence),
        ("offences_served", AnyState::Sentence(sentence)) => {
            offences_served::file(changes, recorded, sentence);
        }
        ("findings", _) => findings::file(changes, recorded, state, first),
        _ => {}
    }
}
