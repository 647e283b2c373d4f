//! A record that a form names by its reference, whole or as pages and letters show its end: what the search in the header
//! finds by it.

use infra::registry::{AsOf, ReadError, Referred};

use super::complained::RECORD;
use super::every_stream;
use crate::pages::casework::Wrong;
use crate::pages::page::{PageError, Typed, Visitor};

/// What is typed, with the whole reference in place of its end; and each field whose text names no record, or several.
pub(super) async fn whole(
    visitor: &Visitor,
    typed: &Typed,
    fields: &[String],
) -> Result<(Typed, Vec<Wrong>), PageError> {
    let (mut sent, mut wrong) = (typed.clone(), Vec::new());
    let [about, record] = RECORD;
    let fields = fields.iter().map(String::as_str);
    for name in fields.chain([record]) {
        let Some(text) = typed.get(name).filter(|text| !is_whole(text)) else {
            continue;
        };
        let asked = if name == record {
            typed.get(about)
        } else {
            name.rsplit('.').next()
        };
        let mut found = match visitor
            .app
            .registry
            .referred(&visitor.call, text, AsOf::Now)
            .await
        {
            Ok(found) => found,
            // Whoever may not look for records names them by the whole reference.
            Err(ReadError::Denied(_)) => continue,
            Err(other) => return Err(other.into()),
        };
        if let Some(kind) =
            asked.filter(|kind| every_stream().iter().any(|(known, _)| known == kind))
        {
            found.retain(|row| row.kind == kind);
        }
        match one(&found) {
            Ok(id) => sent = sent.with(name, id),
            Err(said) => wrong.push((name.to_owned(), said.to_owned())),
        }
    }
    Ok((sent, wrong))
}

/// The one record that was found.
fn one(found: &[Referred]) -> Result<&str, &'static str> {
    match found {
        [only] => Ok(&only.id),
        [] => Err(
            "No such record has this reference: type at least its last four signs, or the whole of it",
        ),
        _ => Err("Several records end so: type more of the reference, or the whole of it"),
    }
}

/// Whether a text is a whole reference.
fn is_whole(text: &str) -> bool {
    text.trim().len() == "00000000-0000-0000-0000-000000000000".len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str) -> Referred {
        Referred {
            kind: "sentence".to_owned(),
            id: id.to_owned(),
            person: None,
            state: None,
            case: None,
        }
    }

    #[test]
    fn a_reference_names_one_record() {
        assert_eq!(one(&[row("a")]), Ok("a"));
        assert!(one(&[]).is_err());
        assert!(one(&[row("a"), row("b")]).is_err());
    }

    #[test]
    fn a_whole_reference_is_not_looked_for() {
        assert!(is_whole("01890a5d-ac96-774b-bcce-b302099a8057"));
        assert!(!is_whole("b302 099a"));
    }
}
