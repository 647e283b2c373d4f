//! `assize export`: what is handed to others.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use domain::actor::Purpose;
use domain::values::Code;
use infra::access::{Asked, Call};
use infra::registry::ReadError;
use uuid::Uuid;

use super::Place;
use super::output::{Failed, json};
use crate::export::{self, LANGUAGES, Wished};
use crate::identity::{SAMPLES, Sample};
use crate::v1::moment::moment_of;

/// Hand a case to another authority, as one JSON document.
#[derive(Debug, Args)]
pub(super) struct Export {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A case: what hangs together with a record, or everything about a person.
    Case(Case),
}

#[derive(Debug, Args)]
struct Case {
    /// The id of a record, such as a sentence, or of a person.
    id: Uuid,
    /// As of an entry number, a day or an instant.
    #[arg(long, default_value = "now")]
    as_of: String,
    /// The languages in which codes are told.
    #[arg(long, default_value = LANGUAGES)]
    languages: String,
    /// The authority it goes to, by a code; it is written down.
    #[arg(long, value_name = "CODE")]
    recipient: Option<Code>,
    /// Open personal values, as far as role and purpose reach.
    #[arg(long)]
    disclose: bool,
    /// Who asks: one of the sample identities.
    #[arg(long, default_value = "clerk")]
    identity: String,
    /// Why; the identity's usual purpose without it.
    #[arg(long)]
    purpose: Option<Purpose>,
    /// Ask at the gate to children's cases, such as `appeal sentence/ID`.
    #[arg(long)]
    gate: Option<Asked>,
}

impl Export {
    pub(super) async fn run(self, place: &Place) -> Result<ExitCode, Failed> {
        let What::Case(case) = self.what;
        let call = case.call()?;
        let languages = export::languages(&case.languages)
            .map_err(|said| Failed::usage(format!("--languages: {said}")))?;
        let registry = place.open().await?;
        let as_of = moment_of(&registry, &case.as_of).await.map_err(|problem| {
            let said = problem.detail.replace("leave as_of out", "leave it out");
            Failed::usage(format!("--as-of: {said}"))
        })?;
        let wished = Wished {
            as_of,
            languages,
            recipient: case.recipient,
            disclose: case.disclose,
        };
        let id = case.id.to_string();
        let exported = export::case(&registry, &call, &id, &wished).await;
        let released = registry.projections().release().await;
        json(&exported.map_err(failed)?);
        released.map_err(Failed::failure)?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Case {
    fn call(&self) -> Result<Call, Failed> {
        let Some(sample) = Sample::named(&self.identity) else {
            let names = SAMPLES.map(|sample| sample.name).join(", ");
            let said = format!("--identity: {:?} is none: one of {names}", self.identity);
            return Err(Failed::usage(said));
        };
        Ok(sample.call(self.purpose).asking(self.gate.clone()))
    }
}

fn failed(error: ReadError) -> Failed {
    Failed::failure(error)
}
