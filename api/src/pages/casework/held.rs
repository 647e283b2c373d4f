//! Who is held on a decision that just fell: said where it was recorded, since somebody has to see to it.

use domain::jurisdiction::Pack;
use infra::record::Recorded;

use super::people::People;
use crate::pages::components::{Link, Panel};
use crate::pages::page::{PageError, Visitor};

/// Adds to a confirmation who is in custody on what an entry let fall, with a link to each stay.
pub(in crate::pages) async fn with_held(
    visitor: &Visitor,
    law: &Pack,
    mut panel: Panel,
    entry: &Recorded,
) -> Result<Panel, PageError> {
    let registry = &visitor.app.registry;
    let held = registry.held_on_what_fell(&visitor.call, entry).await?;
    for stay in held {
        let person = stay.person.to_string();
        let name = People::of(visitor, [person.as_str()]).await?.name(&person);
        let place = stay.facility.map_or_else(
            || "a place that is not recorded".to_owned(),
            |place| {
                let mut known = law.facilities.iter();
                let known = known.find(|known| known.code.as_str() == place.as_str());
                known.map_or_else(|| place.to_string(), |known| known.title.clone())
            },
        );
        panel.next.push(format!(
            "{name} is in custody on this decision at {place}: the register releases nobody. Another order has to be recorded, or the release."
        ));
        let address = visitor.to(&format!("/stays-in-custody/{}", stay.stay));
        panel.links.insert(
            0,
            Link::new(address, format!("The stay of {name} at {place}")),
        );
    }
    Ok(panel)
}
