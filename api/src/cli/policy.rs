//! `assize policy`: a jurisdiction's rules.

use std::path::Path;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use domain::jurisdiction::{BUILT_IN, Difference, Pack, differences};
use domain::policy::Policy as PolicyStream;
use domain::stream::Stream;
use domain::values::PolicyVersion;
use infra::registry::{AsOf, CommandError, Found, Options, ReadError, Registry};

use super::output::{Failed, data, json};
use super::{Place, operator};

/// Adopt a jurisdiction's rules, show those adopted, or compare them.
#[derive(Debug, Args)]
pub(super) struct Policy {
    #[command(subcommand)]
    task: PolicyTask,
}

#[derive(Debug, Subcommand)]
enum PolicyTask {
    /// Adopt a pack: a file, or the name of one that comes with the register (mongolia, midland, england-wales).
    Adopt {
        /// The file or the name.
        pack: String,
    },
    /// Show the versions adopted.
    Show {
        /// The jurisdiction; all without it.
        jurisdiction: Option<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Read a pack and say what is wrong with it, without adopting it.
    Check {
        /// The file.
        #[arg(value_name = "FILE")]
        pack: String,
    },
    /// Say what differs between two packs: files, names of those that come with the register, or adopted versions.
    Diff {
        /// The one.
        #[arg(value_name = "A")]
        from: String,
        /// The other.
        #[arg(value_name = "B")]
        to: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

impl Policy {
    pub(super) async fn run(self, place: &Place) -> Result<ExitCode, Failed> {
        match self.task {
            PolicyTask::Adopt { pack } => {
                let text = text_of(&pack)?;
                let read = parsed(&pack, &text)?;
                let version = adopt(&place.open_or_make().await?, &read, &text).await?;
                data(version);
            }
            PolicyTask::Show { jurisdiction, json } => show(place, jurisdiction, json).await?,
            PolicyTask::Check { pack } => {
                let text = text_of(&pack)?;
                let pack = parsed(&pack, &text)?;
                data(format!("{} can be adopted", pack.version));
            }
            PolicyTask::Diff { from, to, json } => {
                let (from, to) = (compared(place, &from).await?, compared(place, &to).await?);
                tell(&differences(&from, &to).map_err(Failed::usage)?, json);
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn text_of(pack: &str) -> Result<String, Failed> {
    if let Some((_, text)) = BUILT_IN.iter().find(|(name, _)| *name == pack) {
        return Ok((*text).to_owned());
    }
    std::fs::read_to_string(pack).map_err(|error| {
        let names: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
        let why = match error.kind() {
            std::io::ErrorKind::NotFound => String::new(),
            _ => format!(": {error}"),
        };
        Failed::usage(format!(
            "{pack} is neither a pack that comes with the register ({}) nor a file that can be read{why}",
            names.join(", ")
        ))
    })
}

/// The text of a pack that is compared: a version that was adopted, a name or a file.
async fn compared(place: &Place, pack: &str) -> Result<String, Failed> {
    let is_numbered = pack
        .rsplit_once('/')
        .is_some_and(|(_, number)| number.parse::<u32>().is_ok());
    let version = PolicyVersion::parse(pack).ok();
    let text = match version.filter(|_| is_numbered && !Path::new(pack).exists()) {
        Some(version) => {
            let found = place.open().await?.packs().text(&version).await;
            found.map_err(Failed::failure)?
        }
        None => text_of(pack)?,
    };
    parsed(pack, &text)?;
    Ok(text)
}

/// What differs, section by section.
fn tell(found: &[Difference], as_json: bool) {
    if as_json {
        json(&found);
        return;
    }
    if found.is_empty() {
        data("nothing differs");
    }
    let mut section = "";
    for difference in found {
        if difference.section != section {
            section = &difference.section;
            data(section);
        }
        data(format!("  {difference}"));
    }
}

fn parsed(name: &str, text: &str) -> Result<Pack, Failed> {
    let fault = |error| Failed::usage(format!("the pack {name} has 1 fault\n  {error}"));
    Pack::parse(text).map_err(fault)
}

async fn adopt(registry: &Registry, pack: &Pack, text: &str) -> Result<String, Failed> {
    match registry.adopt(&operator(), text, Options::default()).await {
        Ok(_) => Ok(pack.version.to_string()),
        Err(CommandError::Refused(refusal)) => Err(Failed::refused(refusal)),
        Err(other) => Err(Failed::failure(other)),
    }
}

async fn show(place: &Place, jurisdiction: Option<String>, as_json: bool) -> Result<(), Failed> {
    let registry = place.open().await?;
    let known = registry
        .packs()
        .jurisdictions()
        .await
        .map_err(Failed::failure)?;
    let wanted = jurisdiction.map_or(known, |one| vec![one]);
    let mut shown = Vec::new();
    for id in &wanted {
        let found: Result<Found<PolicyStream>, ReadError> =
            registry.show(&operator(), id, AsOf::Now).await;
        shown.push((id, found.map_err(Failed::failure)?.state));
    }
    if as_json {
        json(
            &shown
                .iter()
                .map(|(id, policy)| (id.as_str(), policy))
                .collect::<Vec<_>>(),
        );
        return Ok(());
    }
    debug_assert_eq!(PolicyStream::TYPE, "policy");
    for (_, policy) in shown {
        for adopted in policy.adopted.values() {
            let ended = policy.superseded.get(&adopted.version);
            let stands =
                ended.map_or_else(|| "in force".to_owned(), |by| format!("superseded by {by}"));
            data(format!(
                "{}  from {}  {stands}  {}",
                adopted.version, adopted.in_force_from, adopted.hash
            ));
        }
    }
    Ok(())
}
