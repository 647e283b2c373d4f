//! What the pages of orders, supervisions and sessions share: how a step is asked for and sent, how what happened is
//! told, and who people are.

mod amount;
mod asked;
mod confirmed;
mod contested;
mod facts;
mod held;
mod looked;
mod moment;
mod people;
pub(super) mod step;
mod told;

pub(super) use amount::{amount_fields, amount_name, hours, quantity, whole};
pub(super) use asked::{
    Wrong, amounts_of, chosen, coded, day, done_field, every, known, marked, note_field, numbered,
    options, text, ticked, typed_date, when_done, with_fields, words, yes_or_no,
};
pub(super) use confirmed::{Led, confirmation};
pub(super) use contested::{Contested, contested};
pub(super) use facts::{explained, in_words, of_order, of_supervision, requested};
pub(super) use held::with_held;
pub(super) use looked::{any_of, narrowed, through};
pub(super) use moment::{moment, moment_field, now_field};
pub(super) use people::People;
pub(super) use step::{
    Act, Asking, CHECK, checked_in_words, found_in_words, refused, send, send_with,
};
pub(super) use told::history;

/// The rules of the fictional jurisdiction.
#[cfg(test)]
pub(super) fn midland() -> domain::jurisdiction::Pack {
    let (_, text) = domain::jurisdiction::BUILT_IN[1];
    domain::jurisdiction::Pack::parse(text).unwrap()
}
