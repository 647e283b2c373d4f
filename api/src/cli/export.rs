//! `assize export`: what is handed to others.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use domain::actor::Purpose;
use domain::values::{Code, Day};
use infra::access::{Asked, Call};
use infra::export::{About, ExportError, Format, OfficialFormat};
use infra::registry::{
    AsOf, CROSSWALK, OfficialError, OfficialExportError, OfficialQuery, ReadError, Registry,
};
use infra::views::{ViewError, ViewName, ViewRequest};
use uuid::Uuid;

use super::output::{Failed, data, json};
use super::{Place, figures};
use crate::export::{self, LANGUAGES, Wished};
use crate::identity::{SAMPLES, Sample};

/// Hand a case to another authority, or decisions and figures to statistics.
#[derive(Debug, Args)]
pub(super) struct Export {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A case: what hangs together with a record, or everything about a person.
    Case(Case),
    /// Every version of every decision, with the entries between which it stood, as Parquet or CSV.
    Facts(Facts),
    /// The decisions that stand, as one CSV file with its description beside it.
    Research(Research),
    /// Every view with its own columns, as JSON, with an index of the files.
    Indicators(Indicators),
    /// An official table as CSV or SDMX-CSV: sdg-16-3-2, un-cts-prisons, un-cts-persons, space-i, space-ii; or
    /// iccs-crosswalk.
    Official(Official),
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

#[derive(Debug, Args)]
struct Facts {
    /// The folder to write; it may not be there, or be empty.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// parquet, in a folder for each jurisdiction and year, or csv.
    #[arg(long, default_value = "parquet", value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    asking: Asking,
}

#[derive(Debug, Args)]
struct Research {
    /// The file to write; its description lies beside it as FILE-metadata.json.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// A condition, for example `sex=female,male` or `category!=not_recorded`; may be repeated.
    #[arg(long = "where")]
    conditions: Vec<String>,
    #[command(flatten)]
    asking: Asking,
}

#[derive(Debug, Args)]
struct Indicators {
    /// The folder to write; it may not be there, or be empty.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    asking: Asking,
}

#[derive(Debug, Args)]
struct Official {
    /// The table, by its code.
    table: String,
    /// The file to write.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// csv, or sdmx-csv (SDMX-CSV 2.0).
    #[arg(long, default_value = "csv", value_name = "FORMAT")]
    format: OfficialFormat,
    /// The jurisdiction, where the register has several.
    #[arg(long)]
    jurisdiction: Option<String>,
    /// The year of the table; the last whose day has come, without it.
    #[arg(long)]
    year: Option<i32>,
    /// The day of its stock, instead of the usual one of the year.
    #[arg(long)]
    day: Option<Day>,
    #[command(flatten)]
    asking: Asking,
}

/// As of when, and who asks.
#[derive(Debug, Args)]
struct Asking {
    /// As of an entry number, a day or an instant.
    #[arg(long, default_value = "now")]
    as_of: String,
    /// Who asks: one of the sample identities.
    #[arg(long, default_value = "statistician")]
    identity: String,
    /// Why; the identity's usual purpose without it.
    #[arg(long)]
    purpose: Option<Purpose>,
}

impl Export {
    pub(super) async fn run(self, place: &Place) -> Result<ExitCode, Failed> {
        match self.what {
            What::Case(case) => case.run(place).await,
            What::Facts(Facts {
                out,
                format,
                asking,
            }) => {
                let call = asking.call()?;
                let (registry, as_of) = asking.open(place).await?;
                let exported = registry.export_facts(&call, as_of, format, &out).await;
                told(&registry, exported).await
            }
            What::Research(research) => {
                let Research {
                    out,
                    conditions,
                    asking,
                } = research;
                let mut request = ViewRequest::of(ViewName::Disposals);
                for condition in &conditions {
                    request = request.with(condition).map_err(Failed::usage)?;
                }
                let call = asking.call()?;
                let (registry, as_of) = asking.open(place).await?;
                let exported = registry.export_research(&call, &request, as_of, &out).await;
                told(&registry, exported).await
            }
            What::Indicators(Indicators { out, asking }) => {
                let call = asking.call()?;
                let (registry, as_of) = asking.open(place).await?;
                let exported = registry.export_indicators(&call, as_of, &out).await;
                told(&registry, exported).await
            }
            What::Official(official) => official.run(place).await,
        }
    }
}

impl Official {
    async fn run(self, place: &Place) -> Result<ExitCode, Failed> {
        let call = self.asking.call()?;
        let (registry, as_of) = self.asking.open(place).await?;
        if self.table == CROSSWALK {
            return self.crosswalk(&call, &registry, as_of).await;
        }
        let query = OfficialQuery {
            table: self.table,
            jurisdiction: self.jurisdiction,
            year: self.year,
            day: self.day,
        };
        let made = registry
            .export_official(&call, &query, as_of, self.format, &self.out)
            .await;
        let released = registry.projections().release().await;
        let made = made.map_err(not_written)?;
        released.map_err(Failed::failure)?;
        data(format!(
            "{} cells of {} for {} in {}",
            made.cells.len(),
            made.table.code,
            made.jurisdiction,
            self.out.display()
        ));
        Ok(ExitCode::SUCCESS)
    }
}

impl Official {
    /// How domestic offences fit the International Classification of Crime.
    async fn crosswalk(
        &self,
        call: &Call,
        registry: &Registry,
        as_of: AsOf,
    ) -> Result<ExitCode, Failed> {
        if self.format != OfficialFormat::Csv || self.year.is_some() || self.day.is_some() {
            let said = "iccs-crosswalk is a list and no table of numbers: leave out --format, --year and --day";
            return Err(Failed::usage(said));
        }
        let jurisdiction = self.jurisdiction.as_deref();
        let made = registry
            .export_crosswalk(call, jurisdiction, as_of, &self.out)
            .await;
        let made = made.map_err(not_written)?;
        data(format!(
            "{} offences of {} in {}",
            made.offences.len(),
            made.jurisdiction,
            self.out.display()
        ));
        Ok(ExitCode::SUCCESS)
    }
}

impl Asking {
    fn call(&self) -> Result<Call, Failed> {
        Ok(sample(&self.identity)?.call(self.purpose))
    }

    async fn open(&self, place: &Place) -> Result<(Registry, AsOf), Failed> {
        let registry = place.open().await?;
        let as_of = figures::moment(&registry, "--as-of", &self.as_of).await?;
        Ok((registry, as_of))
    }
}

/// Why an official table is not written.
fn not_written(error: OfficialExportError) -> Failed {
    match error {
        OfficialExportError::Table(error @ (OfficialError::Denied(_) | OfficialError::Read(_))) => {
            Failed::failure(error)
        }
        OfficialExportError::Table(error) => Failed::usage(error),
        OfficialExportError::File(error) => Failed::failure(error),
    }
}

/// Says in one line what was exported, once the projections are let go.
async fn told(
    registry: &Registry,
    exported: Result<About, ExportError>,
) -> Result<ExitCode, Failed> {
    let released = registry.projections().release().await;
    let about = exported.map_err(|error| match error {
        ExportError::Figures(ViewError::Denied(denied)) => Failed::failure(denied),
        ExportError::Figures(error) => figures::failed(error),
        ExportError::NoName(_) | ExportError::Nothing => Failed::usage(error),
        ExportError::Occupied(_)
        | ExportError::Begun(_)
        | ExportError::Behind(_)
        | ExportError::File { .. }
        | ExportError::Format(_) => Failed::failure(error),
    })?;
    released.map_err(Failed::failure)?;
    let rows = about.rows.map(|rows| format!("{rows} rows in "));
    data(format!(
        "{}{} files as of entry {}",
        rows.unwrap_or_default(),
        about.files.len(),
        about.index
    ));
    Ok(ExitCode::SUCCESS)
}

fn sample(name: &str) -> Result<&'static Sample, Failed> {
    Sample::named(name).ok_or_else(|| {
        let names = SAMPLES.map(|sample| sample.name).join(", ");
        Failed::usage(format!("--identity: {name:?} is none: one of {names}"))
    })
}

impl Case {
    async fn run(self, place: &Place) -> Result<ExitCode, Failed> {
        let call = self.call()?;
        let languages = export::languages(&self.languages)
            .map_err(|said| Failed::usage(format!("--languages: {said}")))?;
        let registry = place.open().await?;
        let as_of = figures::moment(&registry, "--as-of", &self.as_of).await?;
        let wished = Wished {
            as_of,
            languages,
            recipient: self.recipient,
            disclose: self.disclose,
        };
        let id = self.id.to_string();
        let exported = export::case(&registry, &call, &id, &wished).await;
        let released = registry.projections().release().await;
        json(&exported.map_err(failed)?);
        released.map_err(Failed::failure)?;
        Ok(ExitCode::SUCCESS)
    }

    fn call(&self) -> Result<Call, Failed> {
        let sample = sample(&self.identity)?;
        Ok(sample.call(self.purpose).asking(self.gate.clone()))
    }
}

fn failed(error: ReadError) -> Failed {
    Failed::failure(error)
}
