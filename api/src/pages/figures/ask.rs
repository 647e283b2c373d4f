//! The form above a figure: what it is shown by, and which decisions are counted, in the words that the data offer.

use askama::Template;
use infra::facts::NOT_RECORDED;
use infra::views::words::Term;
use infra::views::{Offered, OfferedColumn, ViewName, ViewRequest};

use super::asked::Asked;
use crate::pages::components::{Choice, Link};

/// Conditions that are always in sight; the others wait behind a summary.
const FIRST: [&str; 5] = ["sex", "category", "gravity", "court", "year"];

/// One choice among words. Several may bear one name, so each has its own id.
#[derive(Template)]
#[template(path = "figures/select.html")]
pub(super) struct Select {
    id: String,
    name: &'static str,
    label: String,
    options: Vec<Choice>,
}

impl askama::filters::HtmlSafe for Select {}

/// A number or a date that somebody types.
#[derive(Template)]
#[template(path = "figures/number.html")]
pub(super) struct Number {
    id: String,
    name: &'static str,
    label: String,
    value: String,
    is_date: bool,
}

impl askama::filters::HtmlSafe for Number {}

/// The form.
#[derive(Template)]
#[template(path = "figures/ask.html")]
pub(super) struct Ask {
    action: String,
    selects: Vec<Select>,
    more: Vec<Select>,
    numbers: Vec<Number>,
    /// What was asked and no select can say.
    carried: Vec<(String, String)>,
    applied: Vec<Link>,
    clear: String,
    /// Whether it stands unfolded: something was asked, or has to be.
    is_unfolded: bool,
}

impl Ask {
    pub(super) fn of(asked: &Asked, request: &ViewRequest, offered: &Offered) -> Self {
        let by: Vec<&str> = request.by.iter().map(String::as_str).collect();
        let mut selects = Vec::new();
        selects.extend(jurisdiction(asked, request, offered));
        selects.push(grouping(
            asked,
            "by",
            "Shown by",
            (by.first(), "The usual groups"),
            offered,
        ));
        selects.push(grouping(
            asked,
            "and-by",
            "and by",
            (by.get(1), "Nothing else"),
            offered,
        ));
        let mut more = Vec::new();
        let mut said = Vec::new();
        for column in offered
            .columns
            .iter()
            .filter(|column| column.words.len() > 1)
        {
            let select = condition(asked, column, &mut said);
            if FIRST.contains(&column.column.code.as_str()) {
                selects.push(select);
            } else {
                more.push(select);
            }
        }
        if asked.view.weighs() {
            selects.extend(scale(request, offered));
        }
        Self {
            action: format!("/figures/{}", asked.view),
            selects,
            more,
            numbers: numbers(asked, request, offered),
            carried: carried(asked, &by, &said),
            applied: applied(asked, offered),
            clear: asked.bare(asked.view),
            is_unfolded: asked.says_more_than_the_view(),
        }
    }

    /// The form where something has to be chosen before anything is shown.
    pub(super) fn unfolded(mut self) -> Self {
        self.is_unfolded = true;
        self
    }

    /// Whether a further condition is applied.
    fn is_open(&self) -> bool {
        let chosen = |select: &Select| select.options.iter().skip(1).any(|option| option.is_chosen);
        let is_typed = |number: &Number| !number.value.is_empty();
        self.more.iter().any(chosen) || self.numbers.iter().any(is_typed)
    }
}

fn jurisdiction(asked: &Asked, request: &ViewRequest, offered: &Offered) -> Option<Select> {
    if offered.jurisdictions.len() < 2 {
        return None;
    }
    let chosen = request.jurisdiction.as_deref();
    let all = match asked.view {
        ViewName::Disposals
        | ViewName::Alternatives
        | ViewName::Reconviction
        | ViewName::Departures => "All",
        ViewName::Proportionality | ViewName::Gender | ViewName::Parity => "Choose one",
    };
    let mut options = vec![Choice::new("", all)];
    options.extend(
        offered
            .jurisdictions
            .iter()
            .map(|term| option(term, chosen)),
    );
    Some(select(
        "jurisdiction",
        "jurisdiction",
        "Jurisdiction",
        options,
    ))
}

fn option(term: &Term, chosen: Option<&str>) -> Choice {
    Choice::new(&term.code, &term.title).chosen_if(chosen == Some(term.code.as_str()))
}

fn select(id: &str, name: &'static str, label: &str, options: Vec<Choice>) -> Select {
    Select {
        id: format!("ask-{id}"),
        name,
        label: label.to_owned(),
        options,
    }
}

fn grouping(
    asked: &Asked,
    id: &str,
    label: &str,
    (chosen, none): (Option<&&str>, &str),
    offered: &Offered,
) -> Select {
    let mut options = vec![Choice::new("", none)];
    let columns = offered.groupings(asked.view);
    options.extend(columns.map(|column| option(column, chosen.copied())));
    select(id, "by", label, options)
}

/// The words of a column, and all that are recorded; what it says of the question is noted in `said`.
fn condition(asked: &Asked, offered: &OfferedColumn, said: &mut Vec<String>) -> Select {
    let column = &offered.column;
    let recorded = format!("{}!={NOT_RECORDED}", column.code);
    let mut options = vec![Choice::new("", "All")];
    if offered.words.iter().any(|word| word.code == NOT_RECORDED) {
        options.push(Choice::new(recorded, "All that are recorded"));
    }
    options.extend(offered.words.iter().map(|word| {
        let condition = format!("{}={}", column.code, word.code);
        Choice::new(condition, &word.title)
    }));
    let mut values = asked.values("where");
    let chosen = values.find(|value| options.iter().any(|option| option.value == *value));
    for option in &mut options {
        option.is_chosen = chosen == Some(option.value.as_str());
    }
    said.extend(chosen.map(str::to_owned));
    select(&column.code, "where", &column.title, options)
}

fn scale(request: &ViewRequest, offered: &Offered) -> Option<Select> {
    if offered.scales.len() < 2 {
        return None;
    }
    let scales = offered.scales.iter().enumerate();
    let options = scales.map(|(place, scale)| {
        let is_chosen = request.scale.as_deref() == Some(scale.code.as_str());
        let value = if place == 0 { "" } else { scale.code.as_str() };
        Choice::new(value, &scale.title).chosen_if(is_chosen)
    });
    Some(select("scale", "scale", "Severity in", options.collect()))
}

/// What may be typed: at what severities count at most, how rare an offence may be among like cases, and by which day a
/// decision was taken.
fn numbers(asked: &Asked, request: &ViewRequest, offered: &Offered) -> Vec<Number> {
    let number = |name: &'static str, label: &str| Number {
        id: format!("ask-{name}"),
        name,
        label: label.to_owned(),
        value: asked.values(name).next().unwrap_or_default().to_owned(),
        is_date: false,
    };
    let mut numbers = Vec::new();
    if asked.view.weighs() && !offered.scales.is_empty() {
        numbers.push(number("at_most", "Count severities above this as this"));
    }
    if asked.view == ViewName::Gender && offered.has_chapters {
        let label = "Put offences with fewer decisions together by chapter";
        numbers.push(number("fewest", label));
    }
    if asked.view == ViewName::Reconviction {
        numbers.push(number("window", "Within so many days"));
    }
    let day = request.decided_until;
    numbers.push(Number {
        value: day.map_or_else(String::new, |day| day.to_string()),
        is_date: true,
        ..number("decided_until", "Only decisions taken by")
    });
    numbers
}

fn carried(asked: &Asked, by: &[&str], said: &[String]) -> Vec<(String, String)> {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut carried: Vec<(String, String)> =
        by.iter().skip(2).map(|column| pair("by", column)).collect();
    let unsaid = asked
        .values("where")
        .filter(|value| !said.iter().any(|said| said == value));
    carried.extend(unsaid.map(|value| pair("where", value)));
    carried.extend(
        asked
            .values("quantile")
            .map(|value| pair("quantile", value)),
    );
    carried.extend(asked.moment());
    carried
}

/// The conditions in words, each with the address without it.
fn applied(asked: &Asked, offered: &Offered) -> Vec<Link> {
    let conditions = asked.values("where");
    let links =
        conditions.map(|condition| Link::new(asked.without(condition), words(condition, offered)));
    links.collect()
}

pub(super) fn words(condition: &str, offered: &Offered) -> String {
    let Some((left, right)) = condition.split_once('=') else {
        return condition.to_owned();
    };
    let (code, is) = match left.strip_suffix('!') {
        Some(code) => (code, "is not"),
        None => (left, "is"),
    };
    let Some(found) = offered
        .columns
        .iter()
        .find(|column| column.column.code == code)
    else {
        return condition.to_owned();
    };
    let titles: Vec<&str> = right
        .split(',')
        .map(|word| title(found, word.trim()))
        .collect();
    format!("{} {is} {}", found.column.title, titles.join(" or "))
}

/// The words of a code, where decisions use it.
fn title<'a>(offered: &'a OfferedColumn, word: &'a str) -> &'a str {
    let known = offered.words.iter().find(|term| term.code == word);
    known.map_or(word, |term| term.title.as_str())
}
