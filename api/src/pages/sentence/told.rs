//! A decision as rows of words: what a page shows of it, and what two tellings of it are compared by.

use domain::jurisdiction::{Pack, title};
use domain::sentence::{Count, Decision};
use domain::values::{
    Code, Gravity, GuidelineRange, Known, SocialInquiry, Told, VictimHeard, Weighed,
};

use crate::pages::components::{SummaryList, Value};
use crate::pages::page::day_in_words;
use crate::pages::record::position;
use crate::pages::register::{offence_in_words, sentence_case};

/// One row: what it says, and whether it is of a special category (LED art. 10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pages) struct Row {
    pub(in crate::pages) key: String,
    pub(in crate::pages) said: Known<String>,
    pub(in crate::pages) is_special: bool,
}

impl Row {
    fn of(key: impl Into<String>, said: Known<String>) -> Self {
        Self {
            key: key.into(),
            said,
            is_special: false,
        }
    }

    /// The words for what it says or does not say.
    pub(in crate::pages) fn words(&self) -> String {
        match &self.said {
            Known::NotRecorded => "Not recorded".to_owned(),
            Known::NotAsked => "Not asked".to_owned(),
            Known::Declined => "Declined to say".to_owned(),
            Known::Value(words) => words.clone(),
        }
    }

    /// What a reader finds who may, or may not, see special categories.
    pub(in crate::pages) fn value(&self, sees_special: bool) -> Value {
        if self.is_special && !sees_special {
            return Value::text(WITHHELD);
        }
        match &self.said {
            Known::NotRecorded => Value::NotRecorded,
            Known::NotAsked => Value::NotAsked,
            Known::Declined => Value::Declined,
            Known::Value(words) => Value::text(words.clone()),
        }
    }
}

/// When the offence of a count was committed.
pub(in crate::pages) fn committed(count: &Count) -> Value {
    Row::of("Committed", count.offence.committed.map(day_in_words)).value(true)
}

/// What is said in place of something that a role and purpose do not reach.
pub(in crate::pages) const WITHHELD: &str = "Not shown to your role for this purpose";

/// Everything coded of a decision, row by row.
pub(in crate::pages) fn told(law: &Pack, decision: &Decision) -> Vec<Row> {
    let court = law.court_title(decision.court.as_str()).to_owned();
    let case = decision.case.as_ref().map(ToString::to_string);
    let mut rows = vec![
        Row::of("Court", Known::Value(court)),
        Row::of("Case number", case.into()),
    ];
    for one in &decision.counts {
        rows.extend(count(law, decision, one));
    }
    let alternatives = decision.alternatives_considered.iter();
    let alternatives =
        alternatives.map(|code| title(&law.sentencing.alternatives, code.as_str()).to_owned());
    rows.extend([
        Row::of("What made it graver", factors(law, &decision.aggravating)),
        Row::of("What made it lighter", factors(law, &decision.mitigating)),
        Row::of("Alternatives considered", joined(alternatives)),
        Row::of(
            "Days in custody before the decision",
            decision.remand_days.map(|days| days.to_string()),
        ),
    ]);
    rows.extend(weighed(law, &decision.weighed));
    rows.extend(
        decision
            .circumstances
            .iter()
            .map(|(code, answer)| circumstance(law, code, answer)),
    );
    rows
}

/// What the court weighed besides, as far as it is recorded.
fn weighed(law: &Pack, weighed: &Weighed) -> Vec<Row> {
    let purposes = weighed.purposes.iter();
    let purposes = purposes.map(|code| title(&law.sentencing.purposes, code.as_str()).to_owned());
    let heard = |heard| match heard {
        VictimHeard::Heard => "Heard",
        VictimHeard::NotWished => "Asked, and did not wish to be heard",
        VictimHeard::NoVictim => "There is no victim",
    };
    let inquiry = |inquiry| match inquiry {
        SocialInquiry::Reported => "A social inquiry report was before the court",
        SocialInquiry::MinorCase => "The case is minor and needs no report",
        SocialInquiry::None => "There was no report",
    };
    let told = |told| match told {
        Told::Yes => "Told",
        Told::No => "Not told",
    };
    let ground = |code: &Code| title(&law.pretrial.child_grounds, code.as_str()).to_owned();
    let danger = |code: &Code| title(&law.pretrial.dangers, code.as_str()).to_owned();
    let (carer, child) = (&weighed.carer, &weighed.child);
    let carer = carer.as_ref().map(|carer| danger(&carer.necessity));
    let child = child.as_ref().map(|child| ground(&child.ground));
    let rows = [
        Row::of("What the sentence is for", joined(purposes)),
        Row::of("The victim", weighed.victim.map(|v| heard(v).to_owned())),
        Row::of(
            "How it can be reviewed",
            weighed.review_told.map(|t| told(t).to_owned()),
        ),
        Row::of(
            "The child's background",
            weighed.inquiry.map(|i| inquiry(i).to_owned()),
        ),
        Row::of("Why somebody with a child is held", carer.into()),
        Row::of("Why a child is held", child.into()),
    ];
    rows.into_iter()
        .filter(|row| !row.said.is_not_recorded())
        .collect()
}

fn circumstance(law: &Pack, code: &Code, answer: &Known<Code>) -> Row {
    let rule = law.sentencing.circumstance(code);
    let words = |value: Code| match rule {
        Some(rule) => title(&rule.values, value.as_str()).to_owned(),
        None => value.to_string(),
    };
    Row {
        key: rule.map_or_else(|| code.to_string(), |rule| rule.title.clone()),
        said: answer.clone().map(words),
        is_special: rule.is_some_and(|rule| rule.special),
    }
}

fn count(law: &Pack, decision: &Decision, count: &Count) -> Vec<Row> {
    let several = decision.counts.len() > 1;
    let key = |name: &str| {
        if several {
            format!("{name}, count {}", count.no)
        } else {
            name.to_owned()
        }
    };
    let offence = count.offence.code.clone();
    let imposed = count.components.iter();
    let imposed = imposed.map(|c| sentence_case(&c.in_words(law)));
    let gravity = count.gravity.as_ref().map(|g| gravity_in_words(law, g));
    let mut rows = vec![
        Row::of(
            key("Offence"),
            offence.map(|code| offence_in_words(law, code.as_str())),
        ),
        Row::of(key("Committed"), count.offence.committed.map(day_in_words)),
        Row::of(key("Decision"), joined(imposed)),
        Row::of(key("Gravity"), gravity.into()),
    ];
    let cited = count.components.iter().filter_map(|c| c.uplift.as_ref());
    let departure = count.departure.iter().flat_map(|d| &d.reasons);
    let departure = departure.map(|code| {
        law.titled("sentencing.departure_reasons", code.as_str())
            .to_owned()
    });
    let where_there = [
        ("Rule cited", joined(cited.map(ToString::to_string))),
        (
            "Guideline",
            count.range.as_ref().map(|r| range_in_words(law, r)).into(),
        ),
        (
            "By the guideline",
            position(count).map(str::to_owned).into(),
        ),
        ("Why it leaves the range", joined(departure)),
    ];
    let there = where_there
        .into_iter()
        .filter(|(_, said)| !said.is_not_recorded());
    rows.extend(there.map(|(name, said)| Row::of(key(name), said)));
    rows
}

fn joined(words: impl Iterator<Item = String>) -> Known<String> {
    let words: Vec<String> = words.collect();
    if words.is_empty() {
        Known::NotRecorded
    } else {
        Known::Value(words.join("; "))
    }
}

fn factors(law: &Pack, codes: &[Code]) -> Known<String> {
    let name = |code: &Code| {
        let rule = law.sentencing.factors.iter().find(|f| &f.code == code);
        rule.map_or_else(|| code.to_string(), |f| f.title.clone())
    };
    joined(codes.iter().map(name))
}

/// The rows that differ between two tellings of a decision.
pub(in crate::pages) fn changes(before: &[Row], after: &[Row], sees_special: bool) -> SummaryList {
    let at = |told: &[Row], key: &str| {
        let found = told.iter().find(|row| row.key == key);
        found.map_or_else(|| "Not recorded".to_owned(), Row::words)
    };
    let come = after.iter();
    let come = come.filter(|row| !before.iter().any(|other| other.key == row.key));
    before
        .iter()
        .chain(come)
        .fold(SummaryList::default(), |list, row| {
            let (before, after) = (at(before, &row.key), at(after, &row.key));
            match (before == after, row.is_special && !sees_special) {
                (true, _) => list,
                (false, true) => list.row(row.key.clone(), Value::text(WITHHELD)),
                (false, false) => list.row(row.key.clone(), Value::Change { before, after }),
            }
        })
}

/// A level of gravity with the policy that ranks it.
pub(in crate::pages) fn gravity_in_words(law: &Pack, gravity: &Gravity) -> String {
    let policy = law
        .catalogue
        .gravity
        .iter()
        .find(|p| p.policy == gravity.policy);
    let level = policy.and_then(|p| p.levels.iter().find(|l| l.code == gravity.level));
    match policy.zip(level) {
        Some((policy, level)) => format!("{} ({})", level.title, policy.title),
        None => format!("{} ({})", gravity.level, gravity.policy),
    }
}

/// A guideline's range with its starting point and who set it.
pub(in crate::pages) fn range_in_words(law: &Pack, range: &GuidelineRange) -> String {
    use domain::sentence::length_in_words;
    let mut guidelines = law.catalogue.guidelines.iter();
    let guideline = guidelines.find(|g| g.guideline == range.guideline);
    let name = guideline.map_or_else(|| range.guideline.to_string(), |g| g.title.clone());
    let start = match range.starting_point.filter(|start| !start.is_zero()) {
        Some(start) => format!(", starting point {}", length_in_words(start)),
        None => String::new(),
    };
    match (range.lowest.is_zero(), range.highest.is_zero()) {
        (_, true) => format!("{name}: no custody."),
        (true, false) => format!(
            "{name}: up to {} of custody{start}; it begins below custody.",
            length_in_words(range.highest)
        ),
        (false, false) => format!(
            "{name}: {} to {} of custody{start}.",
            length_in_words(range.lowest),
            length_in_words(range.highest)
        ),
    }
}
