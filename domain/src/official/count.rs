//! Counting: facts in, cells out. Each cell can say which records are behind it.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::definitions::{Definitions, Line, Nothing, Population, Selector, Table};

/// The word of whatever a fact does not tell.
pub const NOT_RECORDED: &str = "not_recorded";

/// Something that is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fact {
    /// The person, where it is about one.
    pub person: Option<String>,
    /// How much it counts: 1 of a person or a case, so many of places.
    pub n: u64,
    /// Its word in each dimension; what is not told is not recorded.
    pub words: BTreeMap<&'static str, String>,
    /// The records behind it, as `custody/ID`.
    pub behind: Vec<String>,
}

impl Fact {
    /// One case of a person, with the records behind it.
    pub fn of(person: String, behind: Vec<String>) -> Self {
        Self {
            person: Some(person),
            n: 1,
            words: BTreeMap::new(),
            behind,
        }
    }

    /// So many of something that is about nobody.
    pub fn amount(n: u64, behind: Vec<String>) -> Self {
        Self {
            person: None,
            n,
            words: BTreeMap::new(),
            behind,
        }
    }

    /// With a word in a dimension.
    #[must_use]
    pub fn with(mut self, dimension: &'static str, word: impl Into<String>) -> Self {
        self.words.insert(dimension, word.into());
        self
    }

    /// Its word in a dimension.
    pub fn word(&self, dimension: &str) -> &str {
        self.words
            .get(dimension)
            .map_or(NOT_RECORDED, String::as_str)
    }
}

/// What is known of each population: its facts, or why there are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    known: BTreeMap<Population, Vec<Fact>>,
    unknown: BTreeMap<Population, String>,
    /// Words of a dimension that nothing would be told under, by population, dimension and word.
    untold: BTreeMap<(Population, String, String), String>,
}

impl Facts {
    /// Tells the facts of a population; of an empty list it is known that there are none.
    pub fn tell(&mut self, population: Population, facts: Vec<Fact>) {
        self.known.insert(population, facts);
    }

    /// Says why nothing is known of a population: then there is no figure, and no zero.
    pub fn cannot_tell(&mut self, population: Population, why: impl Into<String>) {
        self.known.remove(&population);
        self.unknown.insert(population, why.into());
    }

    /// Says why nothing would be told under a word: then its cells have no figure, and no zero.
    pub fn cannot_tell_under(
        &mut self,
        population: Population,
        (dimension, word): (&str, &str),
        why: impl Into<String>,
    ) {
        let place = (population, dimension.to_owned(), word.to_owned());
        self.untold.insert(place, why.into());
    }

    /// Why a cell that asks for these words has no figure.
    fn untold(&self, selector: &Selector, key: &Key) -> Option<Nowhere> {
        let why = |name: &String, word: &String| {
            let place = (selector.population, name.clone(), word.clone());
            self.untold.get(&place)
        };
        let asked = key.iter().find_map(|(name, word)| why(name, word));
        let alone = || {
            let mut alone = selector.conditions.iter();
            alone.find_map(|(name, words)| match words.first() {
                Some(word) if words.len() == 1 => why(name, word),
                _ => None,
            })
        };
        asked.or_else(alone).map(|why| Nowhere {
            value: Nothing::NoFigure,
            why: why.clone(),
        })
    }

    fn of(&self, population: Population) -> Result<&[Fact], Nowhere> {
        match self.known.get(&population) {
            Some(facts) => Ok(facts),
            None => Err(Nowhere {
                value: Nothing::NoFigure,
                why: self.unknown.get(&population).cloned().unwrap_or_else(|| {
                    "The register does not tell of whom it could be counted.".to_owned()
                }),
            }),
        }
    }

    /// The facts that a cell counts, in the order in which they were told.
    pub fn behind<'a>(&'a self, selector: &'a Selector, key: &'a Key) -> Vec<&'a Fact> {
        let facts = self.of(selector.population).unwrap_or_default().iter();
        facts.filter(|fact| meets(fact, selector, key)).collect()
    }

    fn count(&self, selector: &Selector, key: &Key) -> Result<u64, Nowhere> {
        let facts = self.of(selector.population)?;
        if let Some(untold) = self.untold(selector, key) {
            return Err(untold);
        }
        let meeting = facts.iter().filter(|fact| meets(fact, selector, key));
        if selector.persons {
            let persons: BTreeSet<&str> =
                meeting.filter_map(|fact| fact.person.as_deref()).collect();
            return Ok(u64::try_from(persons.len()).unwrap_or(u64::MAX));
        }
        Ok(meeting.fold(0_u64, |sum, fact| sum.saturating_add(fact.n)))
    }
}

fn meets(fact: &Fact, selector: &Selector, key: &Key) -> bool {
    let conditions = selector.conditions.iter();
    let mut conditions = conditions.map(|(name, words)| words.contains(fact.word(name)));
    conditions.all(|met| met) && key.iter().all(|(name, word)| fact.word(name) == word)
}

/// Which cell of a line: a word for each dimension by which it is broken down; the total has none.
pub type Key = BTreeMap<String, String>;

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// So many.
    Count(i64),
    /// So many for each so many of another.
    Rate(Rate),
    /// Nothing, and why.
    Nothing(Nowhere),
}

/// A part of a whole, told for each so many of the whole. Nothing is rounded but what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Rate {
    /// The part.
    pub part: u64,
    /// The whole.
    pub whole: u64,
    /// For each how many.
    pub per: u64,
}

/// Why a cell has no figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Nowhere {
    /// Which kind of nothing.
    pub value: Nothing,
    /// Why.
    pub why: String,
}

impl Rate {
    /// A part of a whole for each so many of it; nothing where the whole is empty.
    pub fn of(part: u64, whole: u64, per: u64) -> Option<Self> {
        (whole > 0).then_some(Self { part, whole, per })
    }

    /// To one place after the point, rounded to the nearest, a half upwards.
    pub fn shown(self) -> String {
        let (part, whole, per) = (
            u128::from(self.part),
            u128::from(self.whole),
            u128::from(self.per),
        );
        let twice = part
            .saturating_mul(per)
            .saturating_mul(20)
            .saturating_add(whole);
        let tenths = twice
            .checked_div(whole.saturating_mul(2))
            .unwrap_or_default();
        let parts = (tenths.checked_div(10), tenths.checked_rem(10));
        format!("{}.{}", parts.0.unwrap_or(0), parts.1.unwrap_or(0))
    }
}

impl Value {
    /// As it is shown.
    pub fn shown(&self) -> String {
        match self {
            Self::Count(n) => n.to_string(),
            Self::Rate(rate) => rate.shown(),
            Self::Nothing(nothing) => nothing.value.sign().to_owned(),
        }
    }

    /// Why it has no figure.
    pub fn nothing(&self) -> Option<&Nowhere> {
        match self {
            Self::Nothing(nothing) => Some(nothing),
            Self::Count(_) | Self::Rate(_) => None,
        }
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cell {
    /// The line.
    pub line: String,
    /// Its word in each dimension by which it is broken down; a total has none.
    pub key: Key,
    /// What it says.
    pub value: Value,
}

/// The cells of a line: its total first, then each word of what it is broken down by.
pub fn cells(line: &Line, definitions: &Definitions, facts: &Facts) -> Vec<Cell> {
    let mut keys = vec![Key::new()];
    for by in &line.by {
        let mut crossed = vec![Key::new()];
        for name in by {
            let words = definitions.dimension(name);
            let words = words.map_or(&[][..], |dimension| &dimension.words);
            crossed = crossed
                .into_iter()
                .flat_map(|key| {
                    words.iter().map(move |word| {
                        let mut key = key.clone();
                        key.insert(name.clone(), word.code.clone());
                        key
                    })
                })
                .collect();
        }
        keys.extend(crossed);
    }
    // What a line asks of a dimension, its cells do not ask again.
    let can_be = |key: &Key| {
        let asked = line.of.iter().flat_map(|of| &of.conditions);
        let mut asked = asked.filter_map(|(name, words)| Some(words.contains(key.get(name)?)));
        asked.all(|met| met)
    };
    let keys = keys.into_iter().filter(can_be);
    keys.map(|key| Cell {
        line: line.id.clone(),
        value: value(line, &key, facts).unwrap_or_else(Value::Nothing),
        key,
    })
    .collect()
}

fn value(line: &Line, key: &Key, facts: &Facts) -> Result<Value, Nowhere> {
    let Some(of) = &line.of else {
        let missing = line.missing.as_ref();
        return Err(Nowhere {
            value: missing.map_or(Nothing::NoFigure, |missing| missing.value),
            why: missing.map_or_else(String::new, |missing| missing.why.clone()),
        });
    };
    let n = facts.count(of, key)?;
    if let Some(over) = &line.over {
        let whole = facts.count(over, key)?;
        let per = line.per.unwrap_or(100);
        return Rate::of(n, whole, per)
            .map(Value::Rate)
            .ok_or_else(|| Nowhere {
                value: Nothing::NotComputable,
                why: "There is nobody and nothing of which it could be a part.".to_owned(),
            });
    }
    let less = line.less.as_ref().map(|less| facts.count(less, key));
    let less = less.transpose()?.unwrap_or(0);
    let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    Ok(Value::Count(signed(n).saturating_sub(signed(less))))
}

/// Every cell of a table.
pub fn table(table: &Table, definitions: &Definitions, facts: &Facts) -> Vec<Cell> {
    let lines = table.lines.iter();
    lines
        .flat_map(|line| cells(line, definitions, facts))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(status: &str, sex: &str, n: u64) -> Fact {
        Fact::amount(n, Vec::new())
            .with("status", status)
            .with("sex", sex)
    }

    fn shown(code: &str, line: &str, facts: &Facts) -> String {
        let definitions = Definitions::built_in().unwrap();
        let cells = table(definitions.table(code).unwrap(), definitions, facts);
        let mut total = cells.iter();
        let total = total.find(|cell| cell.line == line && cell.key.is_empty());
        total.unwrap().value.shown()
    }

    #[test]
    fn a_word_that_nothing_would_be_told_under_has_no_figure_and_no_zero() {
        let definitions = Definitions::built_in().unwrap();
        let mut facts = Facts::default();
        facts.tell(
            Population::Supervised,
            vec![Fact::of("a".to_owned(), Vec::new()).with("category", "10")],
        );
        facts.cannot_tell_under(Population::Supervised, ("category", "13"), "none");
        let stock = &definitions.table("space-ii").unwrap().lines[0];
        let of = |category: &str| {
            let key = Key::from([("category".to_owned(), category.to_owned())]);
            let cells = cells(stock, definitions, &facts).into_iter();
            let mut cells = cells.filter(|cell| cell.key == key);
            cells.next().unwrap().value.shown()
        };
        assert_eq!(
            (of("10"), of("12"), of("13")),
            ("1".into(), "0".into(), "…".into())
        );
    }

    /// France, 1 September 2022: 18,986 of 71,669 unsentenced, 60,715 places.
    #[test]
    fn the_share_unsentenced_and_the_occupancy_of_france_are_as_they_were_published() {
        let mut facts = Facts::default();
        let sentenced = 71_669 - 18_986;
        facts.tell(
            Population::Held,
            vec![
                held("untried", "male", 18_986),
                held("final", "male", sentenced),
            ],
        );
        facts.tell(
            Population::HeldInPlaces,
            vec![Fact::amount(71_669, Vec::new())],
        );
        facts.tell(Population::Places, vec![Fact::amount(60_715, Vec::new())]);
        assert_eq!(shown("sdg-16-3-2", "UNSENTENCED_SHARE", &facts), "26.5");
        assert_eq!(shown("un-cts-prisons", "OCCUPANCY", &facts), "118.0");
        assert_eq!(shown("space-i", "DENSITY", &facts), "118.0");
    }

    /// France, 1 October 2023: 74,342 held, 60,850 places, 68.11 million inhabitants; 1 November 2022: 72,809 and 60,698.
    #[test]
    fn the_density_and_the_rate_of_france_are_as_they_were_published() {
        let mut facts = Facts::default();
        let amount = |n| vec![Fact::amount(n, Vec::new())];
        facts.tell(Population::Held, amount(74_342));
        facts.tell(Population::HeldInPlaces, amount(74_342));
        facts.tell(Population::Places, amount(60_850));
        facts.tell(Population::Inhabitants, amount(68_110_000));
        assert_eq!(shown("space-i", "DENSITY", &facts), "122.2");
        assert_eq!(shown("space-i", "RATE", &facts), "109.1");
        facts.tell(Population::HeldInPlaces, amount(72_809));
        facts.tell(Population::Places, amount(60_698));
        assert_eq!(shown("space-i", "DENSITY", &facts), "120.0");
    }

    /// France, 1 November 2022: 15,469 over in single prisons, 12,111 over in all; so 3,358 places were free elsewhere.
    #[test]
    fn what_is_over_in_single_prisons_is_told_beside_what_is_over_in_all() {
        let mut facts = Facts::default();
        let amount = |n| vec![Fact::amount(n, Vec::new())];
        facts.tell(Population::Over, amount(15_469));
        let free = 15_469 - (72_809_u64 - 60_698);
        facts.tell(Population::Free, amount(free));
        assert_eq!(shown("un-cts-prisons", "EXCESS_BY_SITE", &facts), "15469");
        assert_eq!(shown("un-cts-prisons", "EXCESS_NET", &facts), "12111");
    }

    /// ST-2
    #[test]
    fn of_nobody_no_share_is_computed_while_a_true_zero_is_a_count() {
        let mut facts = Facts::default();
        facts.tell(Population::Held, Vec::new());
        assert_eq!(shown("sdg-16-3-2", "HELD", &facts), "0");
        assert_eq!(
            shown("sdg-16-3-2", "UNSENTENCED_SHARE", &facts),
            "not computable"
        );
    }

    #[test]
    fn what_is_not_known_is_neither_zero_nor_not_computable_and_says_why() {
        let mut facts = Facts::default();
        facts.tell(Population::HeldInPlaces, Vec::new());
        facts.cannot_tell(Population::Places, "No prison says how many places it has.");
        let definitions = Definitions::built_in().unwrap();
        let space = definitions.table("space-i").unwrap();
        let cells = table(space, definitions, &facts);
        let of = |line: &str| {
            let found = cells.iter().find(|cell| cell.line == line).unwrap();
            found.value.nothing().cloned().unwrap()
        };
        let capacity = of("CAPACITY");
        assert_eq!(capacity.value.sign(), "…");
        assert_eq!(capacity.why, "No prison says how many places it has.");
        assert_eq!(of("DENSITY"), capacity);
        assert_eq!(
            of("FOREIGN").why,
            "Citizenship is not recorded in the register."
        );
    }

    /// Both readings of indicator 16.3.2.
    #[test]
    fn whoever_has_appealed_is_sentenced_in_one_reading_and_unsentenced_in_the_other() {
        let mut facts = Facts::default();
        facts.tell(
            Population::Held,
            vec![
                held("untried", "male", 2),
                held("appeal", "male", 1),
                held("final", "female", 4),
                held("no_decision", "female", 1),
            ],
        );
        assert_eq!(shown("sdg-16-3-2", "UNSENTENCED_SHARE", &facts), "37.5");
        assert_eq!(
            shown("sdg-16-3-2", "UNSENTENCED_SHARE_APPEALS", &facts),
            "50.0"
        );
    }

    #[test]
    fn each_person_counts_once_in_a_total_and_once_in_each_category() {
        let mut facts = Facts::default();
        let measure = |who: &str, category: &str| {
            Fact::of(who.to_owned(), Vec::new()).with("category", category)
        };
        facts.tell(
            Population::Supervised,
            vec![measure("a", "10"), measure("a", "11"), measure("b", "10")],
        );
        let definitions = Definitions::built_in().unwrap();
        let stock = &definitions.table("space-ii").unwrap().lines[0];
        let cells = cells(stock, definitions, &facts);
        let of = |category: Option<&str>| {
            let key: Key = category
                .map(|word| ("category".to_owned(), word.to_owned()))
                .into_iter()
                .collect();
            let found = cells.iter().find(|cell| cell.key == key).unwrap();
            found.value.clone()
        };
        assert_eq!(of(None), Value::Count(2));
        assert_eq!(of(Some("10")), Value::Count(2));
        assert_eq!(of(Some("11")), Value::Count(1));
        assert_eq!(of(Some("12")), Value::Count(0));
    }

    #[test]
    fn the_parts_of_every_breakdown_add_up_to_the_total() {
        let mut facts = Facts::default();
        let someone = |sex: &str, status: &str| held(status, sex, 1).with("age", "18-20");
        facts.tell(
            Population::Held,
            vec![
                someone("female", "final"),
                someone("male", "appeal"),
                someone("not_recorded", "other"),
                Fact::amount(1, Vec::new()).with("status", "untried"),
            ],
        );
        let definitions = Definitions::built_in().unwrap();
        let space = definitions.table("space-i").unwrap();
        let line = &space.lines[0];
        let cells = cells(line, definitions, &facts);
        for by in &line.by {
            let own = cells
                .iter()
                .filter(|cell| cell.key.keys().eq(by.iter().collect::<BTreeSet<_>>()));
            let sum: i64 = own
                .map(|cell| match cell.value {
                    Value::Count(n) => n,
                    Value::Rate(_) | Value::Nothing(_) => panic!("{cell:?}"),
                })
                .sum();
            assert_eq!(sum, 4, "{by:?}");
        }
    }
}
