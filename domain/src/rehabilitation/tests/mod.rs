//! When convictions are spent: worked cases of England and Wales, and what is said of them.

mod cases;
mod recorded;
mod told;

use std::collections::BTreeSet;

use crate::jurisdiction::{BUILT_IN, Pack};
use crate::rehabilitation::{Answer, Conviction, ConvictionNo, Disposal, End, view};
use crate::values::{Code, Known};

/// The law of England and Wales.
fn england() -> Pack {
    let mut built_in = BUILT_IN.into_iter();
    let (_, text) = built_in.find(|(name, _)| *name == "england-wales").unwrap();
    Pack::parse(text).unwrap()
}

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

/// A conviction as the cases write it: `2015-05-20 aged 19 schedule-18: custody P4M; fine`.
///
/// A disposal is its kind, its term (`P8M+P6M` where one is served after the other), `from` its first day, which is the
/// day of the conviction unless it says otherwise, `until` its end and `paid` its day. `?` is what is not known.
fn conviction(no: u16, said: &str) -> Conviction {
    let (who, disposals) = said.split_once(": ").unwrap_or((said, ""));
    let words: Vec<&str> = who.split(' ').collect();
    let known = |word: &&&str| **word != "?";
    let age = words.get(2).filter(known).map(|age| age.parse().unwrap());
    let classes = words.get(3..).unwrap_or_default();
    let offence = match classes {
        ["?"] => Known::NotRecorded,
        classes => Known::Value(
            classes
                .iter()
                .map(|class| code(class))
                .collect::<BTreeSet<_>>(),
        ),
    };
    let disposals = disposals.split("; ").filter(|said| !said.is_empty());
    Conviction {
        no: ConvictionNo(no),
        on: words[0].parse().unwrap(),
        age: age.map_or(Known::NotRecorded, Known::Value),
        offence,
        disposals: disposals.map(|said| disposal(words[0], said)).collect(),
    }
}

fn disposal(on: &str, said: &str) -> Disposal {
    let words: Vec<&str> = said.split(' ').collect();
    let after = |name: &str| {
        let mut rest = words.iter().skip_while(|word| **word != name);
        rest.nth(1).copied()
    };
    let terms = words.get(1).filter(|word| word.starts_with('P'));
    let first = after("from").unwrap_or(on);
    Disposal {
        kind: code(words[0]),
        terms: terms
            .into_iter()
            .flat_map(|terms| terms.split('+'))
            .map(|term| term.parse().unwrap())
            .collect(),
        begins: first.parse().ok(),
        end: match after("until") {
            None => End::ByTerm,
            Some("open") => End::Open,
            Some("unsaid") => End::Unsaid,
            Some(day) => End::On(day.parse().unwrap()),
        },
        paid: after("paid").map(|day| day.parse().unwrap()),
    }
}

fn answers(as_of: &str, said: &[&str]) -> Vec<Answer> {
    answers_under(&england(), as_of, said)
}

/// The answers in the order of the convictions.
fn answers_under(law: &Pack, as_of: &str, said: &[&str]) -> Vec<Answer> {
    let convictions: Vec<Conviction> = (1..)
        .zip(said)
        .map(|(no, said)| conviction(no, said))
        .collect();
    let mut answers = view(law, &convictions, as_of.parse().unwrap());
    answers.sort_by_key(|answer| answer.no);
    answers
}
