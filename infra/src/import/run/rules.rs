//! The rules under which a file's decisions are read.

use std::sync::Arc;

use domain::jurisdiction::{BUILT_IN, Pack};
use domain::policy::{Adopt, Policy, PolicyCommand};
use domain::values::{Code, PolicyVersion};

use super::ImportFailure;
use crate::access::Call;
use crate::import::Mapping;
use crate::packs::PacksError;
use crate::registry::{Options, Registry};

/// The rules that a mapping names.
pub(in crate::import) struct Rules {
    law: Arc<Pack>,
    /// The name and text of a pack that comes with the register and is still to be adopted.
    to_adopt: Option<(&'static str, &'static str)>,
}

impl Rules {
    pub(super) fn law(&self) -> &Pack {
        &self.law
    }
}

impl Registry {
    /// The rules that the mapping names: adopted, or a pack that comes with the register.
    pub(in crate::import) async fn import_rules(
        &self,
        named: &str,
    ) -> Result<Rules, ImportFailure> {
        let no_rules = || ImportFailure::NoRules(named.to_owned());
        let version = PolicyVersion::parse(named).map_err(|_| no_rules())?;
        let (law, to_adopt) = match self.packs().version(&version).await {
            Ok(law) => (law, None),
            Err(PacksError::NotAdopted(_)) => {
                let (name, text, pack) = built_in(&version).ok_or_else(no_rules)?;
                (Arc::new(pack), Some((name, text)))
            }
            Err(error) => return Err(error.into()),
        };
        Ok(Rules { law, to_adopt })
    }

    /// The rules, adopted unless it is a rehearsal.
    pub(in crate::import) async fn adopted(
        &self,
        call: &Call,
        rules: Rules,
        rehearsal: bool,
    ) -> Result<Arc<Pack>, ImportFailure> {
        let Rules { law, to_adopt } = rules;
        match to_adopt.filter(|_| !rehearsal) {
            None => Ok(law),
            Some((name, text)) => {
                self.adopt_built_in(call, name, text, &law).await?;
                Ok(self.packs().version(&law.version).await?)
            }
        }
    }

    /// Adopts a pack that comes with the register.
    pub(crate) async fn adopt_built_in(
        &self,
        call: &Call,
        name: &str,
        text: &str,
        pack: &Pack,
    ) -> Result<(), ImportFailure> {
        let hash = self.packs().keep(text.as_bytes()).await?;
        let adopt = PolicyCommand::Adopt(Adopt {
            version: pack.version.clone(),
            hash,
            in_force_from: pack.in_force_from,
            unruled: pack.retention.unruled(),
        });
        let adopted = self.command::<Policy>(call, name, adopt, Options::default());
        let adopted = adopted.await;
        adopted
            .map(drop)
            .map_err(|error| ImportFailure::NotAdopted {
                policy: pack.version.to_string(),
                why: error.to_string(),
            })
    }
}

fn built_in(version: &PolicyVersion) -> Option<(&'static str, &'static str, Pack)> {
    BUILT_IN.iter().find_map(|(name, text)| {
        let pack = Pack::parse(text).ok()?;
        (pack.version == *version).then_some((*name, *text, pack))
    })
}

fn known_circumstances(law: &Pack) -> String {
    let known = law.sentencing.circumstances.iter();
    let known: Vec<&str> = known.map(|rule| rule.code.as_str()).collect();
    known.join(", ")
}

/// A circumstance that the mapping names and the rules do not know is a fault of the mapping.
pub(super) fn unknown_circumstances(mapping: &Mapping, law: &Pack) -> Result<(), ImportFailure> {
    let mut names = mapping.circumstances.keys();
    let unknown = names.find(|name| {
        let code = Code::parse(name).ok();
        code.is_none_or(|code| law.sentencing.circumstance(&code).is_none())
    });
    match unknown {
        Some(name) => Err(ImportFailure::UnknownCircumstance {
            name: name.clone(),
            policy: law.version.to_string(),
            known: known_circumstances(law),
        }),
        None => Ok(()),
    }
}
