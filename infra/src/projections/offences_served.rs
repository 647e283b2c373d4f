//! For which offences each decision stands that is in force: whoever asks after a change of the law whom it concerns asks
//! this.

use std::collections::BTreeSet;

use domain::sentence::{Sentence, Standing};
use domain::values::OffenceCode;

use super::changes::{Changes, Versioned};
use crate::record::Recorded;
use crate::store::database::Value;

static TABLE: Versioned = Versioned {
    table: "offences_served",
    key: "sentence_id",
    columns: &[
        "generation",
        "sentence_id",
        "from_index",
        "to_index",
        "jurisdiction",
        "offences",
        "in_force",
    ],
};

/// Files the offences of a decision that is imposed, after whatever event.
pub(super) fn file(changes: &mut Changes, recorded: &Recorded, sentence: &Sentence) {
    let Some(imposed) = sentence.imposed() else {
        return;
    };
    let counts = imposed.decision.counts.iter();
    let offences: BTreeSet<&str> = counts
        .filter_map(|count| count.offence.code.value())
        .map(OffenceCode::as_str)
        .collect();
    let row = vec![
        recorded.jurisdiction().into(),
        in_words(offences).into(),
        Value::Int(i64::from(imposed.standing == Standing::InForce)),
    ];
    changes.open(&TABLE, &recorded.stream_id, recorded.index, row);
}

/// The offences between blanks, so that each is found between two of them.
fn in_words<'a>(offences: impl IntoIterator<Item = &'a str>) -> String {
    let mut words = String::from(" ");
    for offence in offences {
        words.push_str(offence);
        words.push(' ');
    }
    words
}

/// What is looked for to find an offence.
pub(crate) fn pattern(offence: &str) -> String {
    format!("% {} %", offence.replace(['%', '_'], ""))
}
