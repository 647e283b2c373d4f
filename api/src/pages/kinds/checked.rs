//! What the rules say of a form before it is recorded, all of it at once, each at its field.

use domain::act::{Refusal, Weight};
use infra::registry::{Checked, CommandError, No, Options, Wish};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::Kind;
use crate::pages::casework::{Wrong, found_in_words, refused};
use crate::pages::page::{PageError, Typed, Visitor};

/// What the rules say of a command.
pub(super) struct Looked<R>(Checked<R>);

/// Holds a command against the rules; nothing is recorded.
pub(super) async fn look<K: Kind>(
    visitor: &Visitor,
    id: &str,
    command: Wish<K>,
    options: &Options,
) -> Result<Looked<No<K>>, PageError>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let registry = &visitor.app.registry;
    let checked = registry
        .check::<K>(&visitor.call, id, command, options)
        .await;
    match checked {
        Ok(checked) => Ok(Looked(checked)),
        Err(CommandError::Refused(refusal)) => Ok(Looked(Checked {
            refused: Some(refusal),
            findings: Vec::new(),
        })),
        Err(other) => Err(other.into()),
    }
}

impl<R: Refusal> Looked<R> {
    /// What it would be refused for, each at its field, and what would only be noted with it.
    pub(super) fn told(&self, typed: &Typed) -> (Vec<Wrong>, Vec<String>) {
        let Checked { refused: no, .. } = &self.0;
        let first = no.as_ref().map(|refusal| {
            let (field, said) = refused(refusal);
            (named(refusal, typed).unwrap_or(field), said)
        });
        let mut wrong: Vec<Wrong> = first.into_iter().collect();
        let mut noted = Vec::new();
        for finding in self.0.besides() {
            let said = found_in_words(finding);
            if no.is_some() && finding.weight == Weight::Critical {
                let field = R::field_of(&finding.code).unwrap_or_default();
                wrong.push((field.to_owned(), said));
            } else {
                noted.push(said);
            }
        }
        (wrong, noted)
    }
}

/// The field that holds the value which a refusal names.
fn named<R: Refusal>(refusal: &R, typed: &Typed) -> Option<String> {
    let value = refusal.named()?;
    let mut fields = typed.fields();
    let (name, _) = fields.find(|(_, typed)| *typed == value)?;
    Some(name.to_owned())
}
