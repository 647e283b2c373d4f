//! The adoption of a pack: its bytes are kept first, so that no adoption ever lacks them.

use domain::jurisdiction::Pack;
use domain::policy::{Adopt, Policy, PolicyCommand, PolicyRefusal};

use super::Registry;
use super::command::{CommandError, Options, Receipt};
use crate::access::{Action, Call, allow};
use crate::packs::PacksError;

impl Registry {
    /// Adopts the pack that a text is, in the jurisdiction and under the version that it names.
    pub async fn adopt(
        &self,
        call: &Call,
        text: &str,
        options: Options,
    ) -> Result<Receipt, CommandError<PolicyRefusal>> {
        allow(call, Action::AdoptPolicy)?;
        let pack = Pack::parse(text).map_err(PacksError::Pack)?;
        let adopt = PolicyCommand::Adopt(Adopt {
            version: pack.version.clone(),
            hash: self.packs().keep(text.as_bytes()).await?,
            in_force_from: pack.in_force_from,
            unruled: pack.retention.unruled(),
        });
        let jurisdiction = pack.jurisdiction.to_string();
        self.command::<Policy>(call, &jurisdiction, adopt, options)
            .await
    }
}
