//! What is asked of a figure, as the address has it: the names and values that `/v1/views` and the command line take.

use infra::views::words::Term;
use infra::views::{ViewName, ViewRequest};

use crate::pages::page::Visitor;
use crate::problem::Problem;
use crate::v1::views;

type Pair = (String, String);

/// A question about a view. Its address always shows the same figure again.
pub(super) struct Asked {
    pub(super) view: ViewName,
    /// What was asked, without fields left empty.
    pairs: Vec<Pair>,
    /// The moment, where it is the past.
    as_of: Option<String>,
    /// Whether a field was left empty.
    is_long: bool,
}

impl Asked {
    pub(super) fn read(
        visitor: &Visitor,
        view: &str,
        query: Option<&str>,
    ) -> Result<Self, Problem> {
        let typed: Vec<Pair> = serde_urlencoded::from_str(query.unwrap_or_default())
            .map_err(|e| Problem::usage("query", "", &e.to_string()))?;
        let moment = visitor.moment;
        let as_of = typed.iter().find(|(name, _)| name == "as_of");
        let as_of = as_of.map(|(_, typed)| {
            moment
                .index
                .map_or_else(|| typed.clone(), |i| i.to_string())
        });
        let is_long = typed.iter().any(|(_, value)| value.trim().is_empty());
        let pairs = typed
            .into_iter()
            .filter(|(name, value)| name != "as_of" && !value.trim().is_empty());
        Ok(Self {
            view: view.parse()?,
            pairs: pairs.collect(),
            as_of: as_of.filter(|_| moment.past),
            is_long,
        })
    }

    /// The question for the register.
    pub(super) fn request(&self) -> Result<ViewRequest, Problem> {
        views::request(self.view.word(), &self.pairs)
    }

    /// The address without the fields that a form sent empty, if it sent any.
    pub(super) fn shortened(&self) -> Option<String> {
        self.is_long.then(|| self.page())
    }

    /// Whether anything is asked of the view but the moment.
    pub(super) fn says_more_than_the_view(&self) -> bool {
        !self.pairs.is_empty()
    }

    /// The page of the question.
    pub(super) fn page(&self) -> String {
        address(&format!("/figures/{}", self.view), &self.all())
    }

    /// The same question about one jurisdiction.
    pub(super) fn within(&self, jurisdiction: &str) -> String {
        let mut pairs = self.all();
        pairs.push(("jurisdiction".to_owned(), jurisdiction.to_owned()));
        address(&format!("/figures/{}", self.view), &pairs)
    }

    /// The same question at two moments, with the first of what differs or with all of one list of it.
    pub(super) fn between(&self, from: &str, to: &str, all: Option<&str>) -> String {
        let mut pairs = self.all();
        let moments = [("from", from), ("to", to), ("all", all.unwrap_or_default())];
        let moments = moments.into_iter().filter(|(_, value)| !value.is_empty());
        pairs.extend(moments.map(|(name, value)| (name.to_owned(), value.to_owned())));
        address(&format!("/figures/{}/between", self.view), &pairs)
    }

    /// The same question elsewhere.
    pub(super) fn at(&self, path: &str) -> String {
        address(path, &self.all())
    }

    /// The page as of an entry, for ever.
    pub(super) fn lasting(&self, entry: u64) -> String {
        let mut pairs = self.pairs.clone();
        pairs.push(("as_of".to_owned(), entry.to_string()));
        address(&format!("/figures/{}", self.view), &pairs)
    }

    /// The page of the question without one of its conditions.
    pub(super) fn without(&self, condition: &str) -> String {
        let mut pairs = self.all();
        pairs.retain(|(name, value)| name != "where" || value != condition);
        address(&format!("/figures/{}", self.view), &pairs)
    }

    /// The page of the view with nothing asked but the moment.
    pub(super) fn bare(&self, view: ViewName) -> String {
        let pairs: Vec<Pair> = self.moment().into_iter().collect();
        address(&format!("/figures/{view}"), &pairs)
    }

    /// The list of the decisions of a group.
    pub(super) fn cases(&self, columns: &[Term], key: &[Term]) -> String {
        let kept = self.pairs.iter();
        // The scale says of which decisions the severity is known.
        let of_decisions = ["where", "jurisdiction", "scale", "decided_until"];
        let kept = kept.filter(|(name, _)| of_decisions.contains(&name.as_str()));
        let mut pairs: Vec<Pair> = kept.cloned().collect();
        let words = columns.iter().zip(key);
        pairs.extend(words.map(|(column, word)| {
            let condition = format!("{}={}", column.code, word.code);
            ("where".to_owned(), condition)
        }));
        pairs.extend(self.moment());
        address("/figures/cases", &pairs)
    }

    /// Everything asked under a name.
    pub(super) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        let named = self.pairs.iter().filter(move |(n, _)| n == name);
        named.map(|(_, value)| value.as_str())
    }

    /// The moment as a pair of the address, where it is the past.
    pub(super) fn moment(&self) -> Option<Pair> {
        Some(("as_of".to_owned(), self.as_of.clone()?))
    }

    /// Everything asked, with the moment.
    pub(super) fn all(&self) -> Vec<Pair> {
        self.pairs.iter().cloned().chain(self.moment()).collect()
    }
}

fn address(path: &str, pairs: &[Pair]) -> String {
    match serde_urlencoded::to_string(pairs) {
        Ok(query) if !query.is_empty() => format!("{path}?{query}"),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(code: &str) -> Term {
        Term {
            code: code.to_owned(),
            title: String::new(),
        }
    }

    #[test]
    fn the_decisions_of_a_group_are_asked_for_by_the_conditions_of_the_figure_and_its_own() {
        let asked = Asked {
            view: ViewName::Gender,
            pairs: [("by", "category"), ("where", "year=2024")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec(),
            as_of: Some("41".to_owned()),
            is_long: false,
        };
        assert_eq!(
            asked.cases(&[term("category")], &[term("drugs")]),
            "/figures/cases?where=year%3D2024&where=category%3Ddrugs&as_of=41"
        );
        assert_eq!(
            asked.without("year=2024"),
            "/figures/gender?by=category&as_of=41"
        );
        assert_eq!(
            asked.between("2025-01-01", "", Some("figures")),
            "/figures/gender/between?by=category&where=year%3D2024&as_of=41&from=2025-01-01&all=figures"
        );
        assert_eq!(
            asked.bare(ViewName::Disposals),
            "/figures/disposals?as_of=41"
        );
    }
}
