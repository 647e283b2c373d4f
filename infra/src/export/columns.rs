//! The columns of an export, each with what it says and where that comes from.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::jurisdiction::Pack;

use super::Laws;
use crate::facts::{FIXED, NOT_RECORDED, Version};
use crate::views::words;

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word, always there.
    Word,
    /// A text, or nothing.
    Text,
    /// A whole number, always there.
    Whole,
    /// A whole number, or nothing.
    WholeOrNone,
}

/// A column of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// Its name, which every program can read: letters, digits and `_`.
    pub(super) name: String,
    /// Its title.
    pub(super) title: String,
    /// What it says, with its unit and what nothing means.
    pub(super) says: String,
    /// Where it comes from.
    pub(super) source: String,
    /// What its cells are.
    pub(super) kind: Kind,
    /// What is told in it.
    pub(super) holds: Holds,
}

/// What is told in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Holds {
    Jurisdiction,
    Year,
    Quarter,
    Decision,
    Person,
    FromIndex,
    ToIndex,
    /// The word of a column of the figures, by its name there.
    Word(String),
    Severity,
    Thousandths,
    SeverityIs,
    Scale,
    TermDays,
}

/// Columns of the figures that have a place of their own in an export.
const OWN: [&str; 2] = ["jurisdiction", "year"];
const OF_THE_DECISION: &str = "the decision as recorded, by the codes of the jurisdiction's rules";
const OF_THE_LEDGER: &str = "the ledger of the register";
const OF_THE_SECRET: &str = "HMAC-SHA-256 of the record's id under a secret of the register made for exports, the first 128 bits in \
     hexadecimal";

/// The columns of an export, in their order: the same for the same entry, rules and ledger.
pub(super) fn columns(laws: &Laws, versions: &[Version<'_>], used: &[&str]) -> Vec<Column> {
    let packs: Vec<Arc<Pack>> = laws.values().flatten().cloned().collect();
    let mut columns = where_and_when(&packs);
    columns.extend(who_and_which());
    let of_every_decision = FIXED.iter().filter(|name| !OWN.contains(name));
    columns.extend(of_every_decision.map(|name| coded(&packs, name)));
    columns.extend(severity(&packs));
    columns.push(term());
    let mut names: BTreeMap<String, String> = packs
        .iter()
        .flat_map(|pack| &pack.sentencing.circumstances)
        .map(|rule| (plain(rule.code.as_str()), rule.code.to_string()))
        .collect();
    // What the rules no longer list, decisions may still say.
    let of_rows = used.iter().filter(|name| {
        !FIXED.contains(name) && versions.iter().any(|one| one.word(name) != NOT_RECORDED)
    });
    for name in of_rows {
        names
            .entry(plain(name))
            .or_insert_with(|| (*name).to_owned());
    }
    for (name, code) in names {
        let mut column = coded(&packs, &code);
        let is_taken = columns.iter().any(|known| known.name == name);
        column.name = if is_taken {
            format!("circumstance_{name}")
        } else {
            name
        };
        columns.push(column);
    }
    columns
}

/// A name that every program can read.
fn plain(code: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() { c } else { '_' };
    code.chars().map(plain).collect()
}

fn column(
    name: &str,
    (title, says, source): (&str, &str, &str),
    kind: Kind,
    holds: Holds,
) -> Column {
    Column {
        name: name.to_owned(),
        title: title.to_owned(),
        says: says.to_owned(),
        source: source.to_owned(),
        kind,
        holds,
    }
}

/// Where and when.
fn where_and_when(packs: &[Arc<Pack>]) -> Vec<Column> {
    let title = |name| words::column(packs, name).title;
    vec![
        column(
            "jurisdiction",
            (
                &title("jurisdiction"),
                "The jurisdiction whose law applied, by its code.",
                OF_THE_DECISION,
            ),
            Kind::Word,
            Holds::Jurisdiction,
        ),
        column(
            "year",
            (
                &title("year"),
                "The year of the decision; nothing where it is not recorded.",
                OF_THE_DECISION,
            ),
            Kind::WholeOrNone,
            Holds::Year,
        ),
        column(
            "quarter",
            (
                "Quarter",
                "The quarter of the year of the decision, 1 to 4; nothing where its month is not recorded. The day is not told.",
                OF_THE_DECISION,
            ),
            Kind::WholeOrNone,
            Holds::Quarter,
        ),
    ]
}

/// Which version of which decision on whom.
fn who_and_which() -> Vec<Column> {
    vec![
        column(
            "decision",
            (
                "Decision",
                "A number that stands for the decision: the same in every version of it and every export of this register.",
                OF_THE_SECRET,
            ),
            Kind::Word,
            Holds::Decision,
        ),
        column(
            "person",
            (
                "Person",
                "A number that stands for the person: the same in every decision on the person and every export of this register.",
                OF_THE_SECRET,
            ),
            Kind::Word,
            Holds::Person,
        ),
        column(
            "from_index",
            (
                "From entry",
                "The entry of the ledger with which this version began to stand.",
                OF_THE_LEDGER,
            ),
            Kind::Whole,
            Holds::FromIndex,
        ),
        column(
            "to_index",
            (
                "To entry",
                "The entry with which it no longer stood; nothing where it still stands. It stands as of an entry n where \
                 from_index <= n and to_index is nothing or > n.",
                OF_THE_LEDGER,
            ),
            Kind::WholeOrNone,
            Holds::ToIndex,
        ),
    ]
}

/// A column of the figures.
fn coded(packs: &[Arc<Pack>], code: &str) -> Column {
    let title = words::column(packs, code).title;
    let says = match code {
        "sex" => "The sex of the person as it was recorded when this version began.",
        "disposal" => "What the principal component of the decision is.",
        "gravity" => "The gravity of the principal offence: the ranking and the level in it.",
        "departure" => "How the decision lies to the guideline range, where it has one.",
        "departure_extent" => {
            "By what part of the bound it passed the decision lies outside the guideline range: -1/3 is a third below it."
        }
        "door" => "Whether it was taken through the register or recorded afterwards.",
        "standing" => "Whether it is in force or pardoned.",
        "iccs" => {
            "The class of the principal offence in the International Classification of Crime."
        }
        _ => "A code of the rules.",
    };
    let says = format!(
        "{says} `not_recorded` where the record is silent, `not_asked` and `declined` where that was recorded."
    );
    let source = match code {
        "gravity" => sources(packs, |pack| {
            let gravity = pack.catalogue.gravity.first();
            gravity.map(|gravity| gravity.source.clone())
        }),
        "iccs" => {
            "the offence catalogue of the rules; UNODC, International Classification of Crime for Statistical Purposes 1.0"
                .to_owned()
        }
        "door" | "standing" => OF_THE_LEDGER.to_owned(),
        _ => OF_THE_DECISION.to_owned(),
    };
    column(
        &plain(code),
        (&title, &says, &source),
        Kind::Word,
        Holds::Word(code.to_owned()),
    )
}

/// How severe what was imposed is.
fn severity(packs: &[Arc<Pack>]) -> Vec<Column> {
    let source = sources(packs, |pack| {
        let scale = pack.sentencing.scale(None)?;
        Some(format!("{}: {}", scale.scale.version, scale.source))
    });
    let units = sources(packs, |pack| {
        let scale = pack.sentencing.scale(None)?;
        Some(scale.unit_title.clone())
    });
    vec![
        column(
            "severity",
            (
                "Severity",
                &format!(
                    "The severity of everything imposed as an exact fraction, such as 487/16, in the unit of the scale ({units}); \
                     nothing where it has no number under it."
                ),
                &source,
            ),
            Kind::Text,
            Holds::Severity,
        ),
        column(
            "severity_thousandths",
            (
                "Severity in thousandths",
                "The same in whole thousandths of the unit, the nearest one; of two that are equally near the even one.",
                &source,
            ),
            Kind::WholeOrNone,
            Holds::Thousandths,
        ),
        column(
            "severity_is",
            (
                "What the severity is",
                "`exact`; `cap` where the penalty lies above every number and the scale sets one for it; `death`, which is never \
                 a number; `not_known` where a quantity is not recorded or the scale does not weigh it.",
                &source,
            ),
            Kind::Word,
            Holds::SeverityIs,
        ),
        column(
            "severity_scale",
            (
                "Severity scale",
                "The version of the severity scale; nothing where the rules have none. Severities under different scales are not \
                 comparable.",
                &source,
            ),
            Kind::Text,
            Holds::Scale,
        ),
    ]
}

/// How long it lasts.
fn term() -> Column {
    column(
        "term_days",
        (
            "Term in days",
            "The term of the principal component in days, where that is custody or suspended custody of days or weeks. Nothing \
                 for every other: months and years are no fixed number of days.",
            OF_THE_DECISION,
        ),
        Kind::WholeOrNone,
        Holds::TermDays,
    )
}

/// What the rules of the jurisdictions cite, each once.
fn sources(packs: &[Arc<Pack>], of: impl Fn(&Pack) -> Option<String>) -> String {
    let mut cited: Vec<String> = Vec::new();
    for source in packs.iter().filter_map(|pack| of(pack)) {
        if !cited.contains(&source) {
            cited.push(source);
        }
    }
    if cited.is_empty() {
        return "the rules name none".to_owned();
    }
    cited.join("; ")
}
