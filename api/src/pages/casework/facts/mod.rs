//! What an entry of an order or of a supervision records, as facts in plain words.

mod orders;
mod supervisions;

use domain::jurisdiction::{Coded, Pack, title};
use domain::values::{CivilDate, Code, Day};

pub(in crate::pages) use orders::{explained, in_words, of_order};
pub(in crate::pages) use supervisions::{of_supervision, requested};

use crate::pages::page::day_in_words;

type Facts = Vec<(&'static str, String)>;

fn moved(law: Option<&Pack>, from: &str, to: &str) -> Facts {
    vec![("From", office(law, from)), ("To", office(law, to))]
}

/// The words of the pack for a code, or the code itself.
fn by(law: Option<&Pack>, list: impl Fn(&Pack) -> &Vec<Coded>, code: &Code) -> String {
    match law {
        Some(law) => title(list(law), code.as_str()).to_owned(),
        None => code.to_string(),
    }
}

/// The words of the pack for an office, or its code.
fn office(law: Option<&Pack>, code: &str) -> String {
    law.map_or(code, |law| title(&law.offices, code)).to_owned()
}

fn written(day: Day) -> String {
    day_in_words(CivilDate::Day(day))
}

fn joined<T: ToString>(all: impl IntoIterator<Item = T>) -> String {
    let all: Vec<String> = all.into_iter().map(|one| one.to_string()).collect();
    all.join(", ")
}
