//! Whether whoever a decision is about is registered twice, said while it is drafted: before anything is recorded.

use infra::access::{Action, allow};

use super::Whom;
use crate::pages::components::{Part, SummaryList, Value, Warning};
use crate::pages::page::{PageError, Typed, Visitor};
use crate::pages::person::{SAME_NAME, possible_duplicate};

/// Who else is registered with the same name and date of birth, for those who may read them.
pub(super) async fn parts(
    visitor: &Visitor,
    whom: &Whom,
    typed: &Typed,
) -> Result<Vec<Part>, PageError> {
    if allow(&visitor.call, Action::ReadIdentity).is_err() {
        return Ok(Vec::new());
    }
    let registry = &visitor.app.registry;
    let (others, way_out) = if whom.register.is_none() {
        let others = registry.possible_duplicates(&visitor.call, whom.id).await?;
        (others, "if it is, merge the two records.")
    } else {
        let Some((name, born)) = typed.get("name").zip(typed.date("born")) else {
            return Ok(Vec::new());
        };
        let others = registry
            .find_people(&visitor.call, &format!("{name} {born}"))
            .await?;
        let way_out = "if it is, give that reference in place of the name.";
        (others, way_out)
    };
    if others.is_empty() {
        return Ok(Vec::new());
    }
    let text = format!("{SAME_NAME}; {way_out}");
    let links = others.into_iter().map(|other| {
        let link = possible_duplicate(visitor, other);
        Value::link(link.href, link.text)
    });
    let list = SummaryList::default().row("Possible duplicate", Value::Many(links.collect()));
    Ok(vec![Part::Warning(Warning { text }), Part::Summary(list)])
}
