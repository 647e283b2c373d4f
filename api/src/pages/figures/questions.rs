//! The questions that figures answer, in the words of those who ask them.

use infra::views::ViewName;

use crate::pages::components::Link;
use crate::pages::page::Visitor;

/// A question, and where it is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    Of(ViewName),
    Occupancy,
    Emergency,
}

/// The questions that are asked most, then the others.
pub(super) const QUESTIONS: [Question; 9] = [
    Question::Of(ViewName::Proportionality),
    Question::Of(ViewName::Parity),
    Question::Of(ViewName::Gender),
    Question::Of(ViewName::Departures),
    Question::Occupancy,
    Question::Emergency,
    Question::Of(ViewName::Disposals),
    Question::Of(ViewName::Alternatives),
    Question::Of(ViewName::Reconviction),
];

/// How many of them are asked most.
const MOST_ASKED: usize = 6;

impl Question {
    /// Where it is answered.
    pub(super) fn path(self) -> String {
        match self {
            Self::Of(view) => format!("/figures/{view}"),
            Self::Occupancy => "/figures/occupancy".to_owned(),
            Self::Emergency => "/figures/emergency".to_owned(),
        }
    }

    /// The question in plain words, and what its page shows.
    pub(super) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Occupancy => (
                "How full are the prisons?",
                "Every place of detention on a day, over time and against its places, and how many are too many.",
            ),
            Self::Emergency => (
                "What did the emergency change?",
                "How many were held before, during and after it, who left, and which rights were cut.",
            ),
            Self::Of(view) => of_view(view),
        }
    }

    /// The links to those that are asked as often, this one being where the reader is.
    pub(super) fn siblings(self, visitor: &Visitor) -> Vec<Link> {
        let (first, others) = QUESTIONS.split_at(MOST_ASKED);
        let own = if first.contains(&self) { first } else { others };
        let link = |question: &Self| {
            let link = Link::new(visitor.to(&question.path()), question.words().0);
            if *question == self {
                link.current()
            } else {
                link
            }
        };
        own.iter().map(link).collect()
    }
}

fn of_view(view: ViewName) -> (&'static str, &'static str) {
    match view {
        ViewName::Disposals => (
            "What do courts impose?",
            "Fines, community orders, custody and the rest, for any group of decisions.",
        ),
        ViewName::Proportionality => (
            "Do graver offences get heavier penalties?",
            "Severity by gravity, how often the graver of two cases got less, and whether each step up gets more.",
        ),
        ViewName::Gender => (
            "Do women and men get the same for the same?",
            "Who receives custody, how long, and everything imposed: with and without allowing for the kind of case.",
        ),
        ViewName::Parity => (
            "Are like cases treated alike?",
            "Each court beside what its cases let expect, and how far the penalties for one offence lie apart.",
        ),
        ViewName::Departures => (
            "Where are departures, and are they reasoned?",
            "Below, within and above the guideline range, how far outside, and whether courts gave reasons.",
        ),
        ViewName::Alternatives => (
            "How often is custody avoided?",
            "Measures without custody before judgment, at sentence and after it, for each group of people.",
        ),
        ViewName::Reconviction => (
            "Who is sentenced again?",
            "People with another decision within two years or another time: described, and no effect of the sentence.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_answers_one_question() {
        for view in ViewName::ALL {
            let asked = QUESTIONS
                .iter()
                .filter(|question| **question == Question::Of(view));
            assert_eq!(asked.count(), 1, "{view}");
        }
    }
}
