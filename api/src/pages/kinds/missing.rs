//! What has to be filled in and is not: all of it at once.

use super::ask::{Asking, MOST, asked_as, joined};
use super::shape::{Part, Shape};
use crate::pages::casework::Wrong;

impl Asking<'_> {
    /// Every field that has to be filled in and is not, in the order of the form.
    pub(super) fn missing(&self, parts: &[Part], before: &str) -> Vec<Wrong> {
        let mut missing = Vec::new();
        for part in parts {
            let name = asked_as(before, &part.name);
            self.missing_in(
                &part.shape,
                &name,
                &part.label,
                part.is_required,
                &mut missing,
            );
        }
        missing
    }

    fn missing_in(
        &self,
        shape: &Shape,
        name: &str,
        label: &str,
        is_required: bool,
        missing: &mut Vec<Wrong>,
    ) {
        // What is done now needs no day, and what an empty list lacks its own rules say.
        let is_empty = self.value(shape, name, false).is_none();
        match shape {
            Shape::Record(parts) if is_required && is_empty => {
                missing.extend(self.missing(parts, name));
                return;
            }
            Shape::When | Shape::List(_) | Shape::Record(_) => {}
            _ if is_required && is_empty => {
                missing.push((name.to_owned(), format!("{label}: fill this in")));
                return;
            }
            _ => {}
        }
        match shape {
            Shape::Record(parts) if self.is_typed(name) => {
                missing.extend(self.missing(parts, name));
            }
            Shape::List(inner) => {
                if let Shape::Record(parts) = inner.as_ref() {
                    for no in 0..MOST {
                        let below = joined(name, &no.to_string());
                        if self.is_typed(&below) {
                            missing.extend(self.missing(parts, &below));
                        }
                    }
                }
            }
            Shape::Choice(variants) => {
                let word = self.typed.get(name);
                let chosen = variants.iter().find(|v| Some(v.word.as_str()) == word);
                if let Some((variant, shape)) = chosen.and_then(|v| Some((v, v.holds.as_ref()?))) {
                    let below = joined(name, &variant.word);
                    self.missing_in(shape, &below, &variant.title, true, missing);
                }
            }
            _ => {}
        }
    }
}
