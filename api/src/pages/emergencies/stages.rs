//! People at every stage of an emergency, why some of them stay, and the rights that were cut.

use std::collections::BTreeSet;

use domain::emergency::{Closing, CutTold, Whose};
use domain::values::Code;
use infra::registry::EmergencyCohort;

use crate::pages::chart::{Bar, Bars, Datum, Unit};
use crate::pages::components::{Column, Figure, Table, Tag, Tone, Value};
use crate::pages::numbers::count;
use crate::pages::page::{Visitor, day_in_words};
use crate::pages::register::sentence_case;
use crate::pages::said;

fn number(people: usize) -> u64 {
    u64::try_from(people).unwrap_or(u64::MAX)
}

/// The page's answer in two sentences.
pub(in crate::pages) fn lede(told: &EmergencyCohort) -> String {
    let people = &told.people;
    let left = count(number(people.effected));
    let announced = match people.announced {
        Some(announced) => format!("{left} left, of {} announced.", count(announced.into())),
        None => format!("{left} left; no number was announced."),
    };
    let cut = told.rights.iter().filter(|cut| cut.over.is_none()).count();
    let cut = match cut {
        0 => "No right is cut.".to_owned(),
        1 => "One right is cut.".to_owned(),
        several => format!("{} rights are cut.", count(number(several))),
    };
    format!("{announced} {cut}")
}

/// Everybody, from the announcement to the return.
pub(in crate::pages) fn figure(told: &EmergencyCohort) -> Figure {
    let people = &told.people;
    let announced = match people.announced {
        Some(announced) => Datum::from(u64::from(announced)),
        None => Datum::Undefined("no number was announced".to_owned()),
    };
    let bar = |label: &str, people: usize| Bar::new(label, number(people));
    let bars = vec![
        Bar::new("Announced", announced),
        bar("Screened", people.screened),
        bar("Eligible", people.eligible),
        bar("Excluded by the criteria", people.excluded),
        bar("Cannot be said yet", people.unclear),
        bar("Release granted", people.granted),
        bar("Release refused", people.refused),
        bar("Left", people.effected).marked(),
        bar("Came back", people.returned),
        bar("Broke the terms", people.breached),
    ];
    let finding = format!(
        "{} were screened, {} are eligible, {} releases were granted, {} people left, {} came back.",
        count(number(people.screened)),
        count(number(people.eligible)),
        count(number(people.granted)),
        count(number(people.effected)),
        count(number(people.returned)),
    );
    let chart = Bars {
        title: "People at every stage".to_owned(),
        of: "Stage".to_owned(),
        unit: Unit::Persons,
        bars,
    };
    Figure::of("stages", finding, &chart)
}

/// Every right that was cut, and what became of it.
pub(in crate::pages) fn rights(visitor: &Visitor, told: &EmergencyCohort) -> Table {
    let columns = ["Right", "Whose", "Since", "Until", "Rests on", "Now"].map(Column::text);
    let table = Table::new("Rights that were cut", columns.into())
        .quiet_caption()
        .empty("No right was cut.");
    let today = told.law.day(visitor.moment.instant);
    told.rights.iter().fold(table, |table, cut| {
        let law = &told.law;
        let whose = match cut.whose {
            Whose::Everybody => "Everybody\u{2019}s",
            Whose::OnePerson => "One person\u{2019}s",
        };
        let basis = law.titled("emergency.bases", cut.basis.as_str());
        let basis = match &cut.necessity {
            Some(why) => {
                let why = law.titled("emergency.necessities", why.as_str());
                format!("{basis}. {}", sentence_case(why))
            }
            None => basis.to_owned(),
        };
        table.row(vec![
            Value::text(law.titled("emergency.rights", cut.right.as_str())),
            Value::text(whose),
            said::occurred(cut.since),
            Value::moment(cut.until.to_string(), day_in_words(cut.until.into())),
            Value::text(basis),
            Value::Tag(now(cut, cut.until < today)),
        ])
    })
}

fn now(cut: &CutTold, is_past: bool) -> Tag {
    match (cut.over, cut.closing) {
        (None, _) if is_past => Tag::new("cut, past its last day", Tone::Grave),
        (None, _) => Tag::new("cut", Tone::Grave),
        (Some(_), None) => Tag::new("given back", Tone::Good),
        (Some(_), Some(Closing::Ended)) => Tag::new("ended", Tone::Good),
        (Some(_), Some(Closing::Kept)) => Tag::new("kept for now", Tone::Grave),
        (Some(_), Some(Closing::MadePermanent)) => Tag::new("made permanent", Tone::Grave),
    }
}

/// By which criteria people are excluded, and which wait for an answer.
pub(super) fn criteria(told: &EmergencyCohort) -> Table {
    let people = &told.people;
    let columns = vec![
        Column::text("Criterion"),
        Column::number("Excluded by it"),
        Column::number("Wait for an answer to it"),
    ];
    let table = Table::new(
        "By criterion; somebody for whom two count stands under both",
        columns,
    )
    .empty("Nobody was excluded, and no answer is waited for.");
    let named: BTreeSet<&Code> = people
        .excluded_by
        .keys()
        .chain(people.unclear_by.keys())
        .collect();
    named.into_iter().fold(table, |table, code| {
        let of = |counts: &std::collections::BTreeMap<Code, usize>| {
            Value::count(number(counts.get(code).copied().unwrap_or_default()))
        };
        let words = sentence_case(&code.as_str().replace(['-', '_'], " "));
        table.row(vec![
            Value::text(words),
            of(&people.excluded_by),
            of(&people.unclear_by),
        ])
    })
}

/// On which grounds somebody refused a release.
pub(super) fn refusals(told: &EmergencyCohort) -> Table {
    let columns = vec![Column::text("Ground"), Column::number("Refused on it")];
    let table = Table::new("Refused by whoever decided", columns);
    told.people
        .refused_on
        .iter()
        .fold(table, |table, (ground, people)| {
            let title = told.law.titled("emergency.grounds", ground.as_str());
            table.row(vec![Value::text(title), Value::count(number(*people))])
        })
}
