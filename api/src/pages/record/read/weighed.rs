//! What the court weighed besides the offence, as it was typed.

use domain::personal::PersonalText;
use domain::values::{CarerWeighed, ChildWeighed, Code, Known, Weighed};
use serde::de::DeserializeOwned;
use serde_json::json;

use super::Reading;

impl Reading<'_> {
    pub(super) fn weighed(&mut self) -> Weighed {
        Weighed {
            purposes: self.codes("purposes"),
            victim: self.answered("victim"),
            review_told: self.answered("review_told"),
            inquiry: self.answered("inquiry"),
            carer: self.carer(),
            child: self.child(),
        }
    }

    fn answered<T: DeserializeOwned>(&mut self, name: &str) -> Known<T> {
        let Some(text) = self.typed.get(name) else {
            return Known::NotRecorded;
        };
        let read = serde_json::from_value(json!(text));
        let read = read.map_err(|_| self.errors.say(name, "Choose one of the answers"));
        read.ok().into()
    }

    fn carer(&mut self) -> Option<CarerWeighed> {
        let (necessity, best_interests) = self.reasoned(
            ("carer_necessity", "Choose what makes it necessary"),
            (
                "carer_interests",
                "Say what the child's best interests are, and who cares for it",
            ),
        )?;
        Some(CarerWeighed {
            necessity,
            best_interests,
        })
    }

    fn child(&mut self) -> Option<ChildWeighed> {
        let (ground, last_resort) = self.reasoned(
            ("child_ground", "Choose the ground on which a child is held"),
            (
                "child_last_resort",
                "Say why nothing else will do, and why it is as brief as can be",
            ),
        )?;
        Some(ChildWeighed {
            ground,
            last_resort,
        })
    }

    /// A ground and its reasons in words: both or neither. Words that stand are sealed and stay where none are typed.
    fn reasoned(
        &mut self,
        (code, which): (&str, &str),
        (words, why): (&str, &str),
    ) -> Option<(Code, PersonalText)> {
        let said = self.typed.get(words).map(str::to_owned);
        let ground = self.code(code);
        let is_new = self.base.is_none();
        match (ground, said) {
            (Some(ground), Some(said)) => Some((ground, PersonalText::Clear(said))),
            (None, Some(_)) => {
                self.errors.say(code, which);
                None
            }
            (Some(_), None) if is_new => {
                self.errors.say(words, why);
                None
            }
            (Some(_) | None, None) => None,
        }
    }
}
