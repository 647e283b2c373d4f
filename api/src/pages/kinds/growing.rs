//! Forms that grow: what is asked first decides what else is asked.

use domain::cooperation::Cooperation;
use domain::stream::Stream;

use super::shape::Part;
use crate::pages::page::Typed;

/// Under which name a form carries for which answers it was made.
pub(super) const MADE_FOR: &str = "made_for";

/// What a form asks at the step that it has reached.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Step {
    /// Only these parts; every part where none is named.
    only: &'static [&'static str],
    /// None of these.
    without: &'static [&'static str],
    /// Parts that are asked openly although they may be left out.
    pub(super) open: &'static [&'static str],
    /// For which answers it is made, where answers decide what is asked.
    pub(super) made_for: Option<String>,
}

/// What decides what is asked of a matter with another State.
const OF_A_MATTER: [&str; 4] = ["person", "matter", "direction", "state"];

impl Step {
    /// The step that a form of a kind has reached.
    pub(super) fn of(stream: &str, word: &str, typed: &Typed) -> Self {
        if (stream, word) != (Cooperation::TYPE, "request") {
            return Self::default();
        }
        let both = typed.get("matter").zip(typed.get("direction"));
        let Some((matter, direction)) = both else {
            return Self {
                only: &OF_A_MATTER,
                ..Self::default()
            };
        };
        let (without, open): (&[&str], &[&str]) = match (matter, direction) {
            ("extradition", "outward") => (&[], &[]),
            ("extradition", _) => (&["judgment", "death_penalty", "offences"], &[]),
            ("transfer" | "recognition", "inward") => {
                (&["origin", "offences", "death_penalty"], &["judgment"])
            }
            _ => (&["judgment", "offences", "death_penalty"], &[]),
        };
        Self {
            only: &[],
            without,
            open,
            made_for: Some(format!("{matter} {direction}")),
        }
    }

    /// The parts that are asked.
    pub(super) fn parts(&self, all: &[Part]) -> Vec<Part> {
        let asked = all.iter().filter(|part| {
            let name = part.name.as_str();
            (self.only.is_empty() || self.only.contains(&name)) && !self.without.contains(&name)
        });
        asked.cloned().collect()
    }

    /// Whether there is more to ask than the form did that was sent, or its button asked for more room.
    pub(super) fn is_growing(&self, typed: &Typed) -> bool {
        let more = typed.get("act").is_some_and(|act| act.starts_with("add-"));
        more || !self.only.is_empty() || self.made_for.as_deref() != typed.get(MADE_FOR)
    }

    /// Whether it asks for what decides what else is asked.
    pub(super) fn is_first(&self) -> bool {
        !self.only.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::kinds::shape::{Shape, variants};

    fn asked(typed: &[(&str, &str)]) -> Vec<String> {
        let all = variants::<domain::cooperation::CooperationCommand>();
        let request = all.iter().find(|variant| variant.word == "request");
        let Some(Shape::Record(parts)) = request.and_then(|v| v.holds.as_ref()) else {
            panic!("it holds parts");
        };
        let step = Step::of("cooperation", "request", &Typed::of(typed));
        let parts = step.parts(parts);
        parts.into_iter().map(|part| part.name).collect()
    }

    #[test]
    fn a_matter_with_another_state_is_asked_first_and_then_what_it_needs() {
        let first = asked(&[("person", "x")]);
        assert_eq!(first, ["person", "matter", "direction", "state"]);
        let outward = asked(&[("matter", "transfer"), ("direction", "outward")]);
        for left_out in ["judgment", "offences", "death_penalty"] {
            assert!(!outward.iter().any(|name| name == left_out), "{left_out}");
        }
        assert!(outward.iter().any(|name| name == "origin"));
        let inward = asked(&[("matter", "transfer"), ("direction", "inward")]);
        assert!(inward.iter().any(|name| name == "judgment"));
        assert!(!inward.iter().any(|name| name == "origin"));
        let surrender = asked(&[("matter", "extradition"), ("direction", "outward")]);
        assert!(surrender.iter().any(|name| name == "death_penalty"));
    }

    #[test]
    fn a_form_grows_until_it_was_made_for_the_answers_that_it_holds() {
        let answers = [("matter", "transfer"), ("direction", "inward")];
        let growing = |more: &[(&str, &str)]| {
            let typed = Typed::of(&[&answers[..], more].concat());
            Step::of("cooperation", "request", &typed).is_growing(&typed)
        };
        assert!(growing(&[]));
        assert!(growing(&[(MADE_FOR, "extradition inward")]));
        assert!(!growing(&[(MADE_FOR, "transfer inward")]));
        assert!(growing(&[
            (MADE_FOR, "transfer inward"),
            ("act", "add-offences")
        ]));
        let typed = Typed::of(&[("done_year", "2026")]);
        assert!(!Step::of("cooperation", "grant", &typed).is_growing(&typed));
    }
}
