//! A court, and those who watch over it.

mod acts;
mod fallen;
mod gate;
mod handed;
mod known;
mod lists;
mod persons;
mod recording;

use crate::Failure;
use crate::desk::Desk;

/// Fills the form of an act on a record, and sends it as the judge.
async fn acted(desk: &Desk, path: &str, fields: &[(&str, &str)]) -> Result<String, Failure> {
    let form = desk.get("judge", path).await?.form();
    let form = fields
        .iter()
        .fold(form, |form, (name, value)| form.with(name, value));
    Ok(desk.sent("judge", path, &form).await?.text())
}
