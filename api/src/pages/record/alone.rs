//! One sanction by itself, as a commutation asks what a component becomes.

use domain::jurisdiction::Pack;
use domain::sentence::Sanction;

use super::ask::Asking;
use super::known::KnownBefore;
use super::read::{self, Errors};
use super::shape::{Place, Placed, Shape};
use crate::pages::components::Form;
use crate::pages::page::Typed;

/// Whether another kind is chosen than its quantities were asked for.
pub(in crate::pages) fn moved(typed: &Typed) -> bool {
    typed.get("disposal").is_some() && typed.get("asked") != typed.get("disposal")
}

/// The fields of the sanction; its quantities once its kind is chosen.
pub(in crate::pages) fn fields(form: Form, typed: &Typed, law: &Pack, errors: &Errors) -> Form {
    let shape = Shape::of(&Typed::empty());
    let asking = Asking {
        typed,
        errors,
        law,
        kinds: shape.kinds(typed, law),
        shape,
        draft: None,
        placed: Placed::default(),
        objections: &[],
        known: &KnownBefore::default(),
        court: "",
        focus: None,
    };
    let chosen = typed.get("disposal").unwrap_or_default();
    let form = form.carry("asked", chosen).heading("What it becomes");
    asking.imposed(form, Place::FIRST)
}

/// The sanction as typed.
pub(in crate::pages) fn read(typed: &Typed, law: &Pack, errors: &mut Errors) -> Option<Sanction> {
    let sanction = read::alone(typed, law, errors);
    if sanction.is_none() && errors.0.is_empty() {
        errors.say("disposal", "Choose what it becomes");
    }
    sanction
}
