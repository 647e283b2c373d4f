//! The command line: what operators type. Data goes to stdout, talk to stderr.

mod doctor;
mod examples;
mod export;
mod figures;
mod import;
mod ledger;
mod output;
mod policy;
mod project;
mod publish;
mod schema;
mod serve;
pub mod view;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use infra::error::{SchemaMismatch, StoreError, Unacceptable};
use infra::registry::{OpenError, Opening, Registry};

pub use output::Failed;

use crate::identity::Sample;

/// A registry of every decision about a person's liberty.
#[derive(Debug, Parser)]
#[command(
    name = "assize",
    version,
    about,
    disable_help_subcommand = true,
    max_term_width = 80,
    after_help = examples::ASSIZE
)]
struct Assize {
    /// The database: `sqlite://FILE` or `postgres://HOST/NAME`.
    #[arg(
        long,
        value_name = "URL",
        env = "ASSIZE_DB",
        hide_env_values = true,
        default_value = "sqlite://assize.db",
        global = true
    )]
    db: String,
    /// The file with the key-encryption key; by default beside the SQLite file, else `assize.key`.
    #[arg(
        long,
        value_name = "KEYFILE",
        env = "ASSIZE_KEY_FILE",
        hide_env_values = true,
        global = true
    )]
    key_file: Option<PathBuf>,
    /// The file with the key that signs the log; by default beside the SQLite file, else `assize.log-key`.
    #[arg(
        long,
        value_name = "KEYFILE",
        env = "ASSIZE_LOG_KEY",
        hide_env_values = true,
        global = true
    )]
    log_key: Option<PathBuf>,
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Serve pages and JSON on a loopback address.
    #[command(after_help = examples::SERVE)]
    Serve(serve::Serve),
    /// See it work: a fictional jurisdiction in a temporary folder.
    #[command(after_help = examples::DEMO)]
    Demo(serve::Demo),
    /// Bring existing decisions in from a file.
    #[command(after_help = examples::IMPORT)]
    Import(import::Import),
    /// Figures: disposals, proportionality, gender, alternatives, reconviction, parity or departures.
    #[command(after_help = examples::VIEW)]
    View(figures::Figures),
    /// Publish figures as of now, or show, check and withdraw what was published.
    #[command(after_help = examples::PUBLISH)]
    Publish(publish::Publish),
    /// Hand a case to another authority, or decisions and figures to statistics.
    #[command(after_help = examples::EXPORT)]
    Export(export::Export),
    /// Adopt a jurisdiction's rules, show those adopted, or compare them.
    #[command(after_help = examples::POLICY)]
    Policy(policy::Policy),
    /// Write or check what is generated, or list the safeguards.
    #[command(after_help = examples::SCHEMA)]
    Schema(schema::Schema),
    /// Show how far lists and figures are filed, or rebuild them.
    #[command(after_help = examples::PROJECT)]
    Project(project::Project),
    /// Bring the database's tables up to date.
    #[command(after_help = examples::MIGRATE)]
    Migrate(doctor::Migrate),
    /// Look for what is wrong with this installation; changes nothing.
    #[command(after_help = examples::DOCTOR)]
    Doctor(doctor::Doctor),
    /// Make the key that signs the log, or show the public keys.
    #[command(after_help = examples::KEYS)]
    Keys(ledger::Keys),
    /// Sign a checkpoint over the ledger, show the last one, or prove an entry.
    #[command(after_help = examples::LOG)]
    Log(ledger::Log),
    /// Compute the ledger's proofs again and name the first divergence.
    #[command(after_help = examples::VERIFY)]
    Verify(ledger::Verify),
    /// Print a completion script for a shell.
    #[command(after_help = examples::COMPLETIONS)]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// The command tree, for what is written about it.
pub(crate) fn command() -> clap::Command {
    Assize::command()
}

/// The program.
pub fn main() -> ExitCode {
    let assize = match Assize::try_parse() {
        Ok(assize) => assize,
        Err(error) => {
            let wrong = error.use_stderr();
            return match error.print() {
                Ok(()) if !wrong => ExitCode::SUCCESS,
                _ => ExitCode::from(2),
            };
        }
    };
    output::logs();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return output::failed(&Failed::failure(error)),
    };
    match runtime.block_on(run(assize)) {
        Ok(code) => output::ended(code),
        Err(error) => output::failed(&error),
    }
}

async fn run(assize: Assize) -> Result<ExitCode, Failed> {
    let place = Place {
        db: assize.db,
        key_file: assize.key_file,
        log_key: assize.log_key,
    };
    match assize.task {
        Task::Serve(serve) => serve.run(&place).await,
        Task::Demo(demo) => demo.run().await,
        Task::Import(import) => Box::pin(import.run(&place)).await,
        Task::View(view) => view.run(&place).await,
        Task::Publish(publish) => Box::pin(publish.run(&place)).await,
        Task::Export(export) => Box::pin(export.run(&place)).await,
        Task::Policy(policy) => Box::pin(policy.run(&place)).await,
        Task::Schema(schema) => schema.run(),
        Task::Project(project) => project.run(&place).await,
        Task::Migrate(migrate) => migrate.run(&place).await,
        Task::Doctor(doctor) => doctor.run(&place).await,
        Task::Keys(keys) => keys.run(&place).await,
        Task::Log(log) => Box::pin(log.run(&place)).await,
        Task::Verify(verify) => Box::pin(verify.run(&place)).await,
        Task::Completions { shell } => {
            output::completions(shell, command());
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Where the register lies.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) db: String,
    pub(crate) key_file: Option<PathBuf>,
    pub(crate) log_key: Option<PathBuf>,
}

impl Place {
    pub(crate) fn opening(&self) -> Opening {
        let mut opening = Opening::at(self.db.clone());
        opening.key_file.clone_from(&self.key_file);
        opening.log_key.clone_from(&self.log_key);
        opening
    }

    /// Opens a register that is there.
    pub(crate) async fn open(&self) -> Result<Registry, Failed> {
        self.must_exist()?;
        self.open_or_make().await
    }

    /// Opens the register, and makes an SQLite file that is not there.
    pub(crate) async fn open_or_make(&self) -> Result<Registry, Failed> {
        open(self.opening()).await
    }

    /// Opens the register for a rehearsal: where there is no file, one in memory that is forgotten afterwards.
    pub(crate) async fn open_or_empty(&self) -> Result<Registry, Failed> {
        match self.opening().missing_file() {
            Some(_) => open(Opening::at("sqlite://:memory:")).await,
            None => open(self.opening()).await,
        }
    }

    /// Looking for a register never makes one.
    pub(crate) fn must_exist(&self) -> Result<(), Failed> {
        match self.opening().missing_file() {
            None => Ok(()),
            Some(file) => Err(Failed::failure(format!(
                "there is no register at {file}: name another with --db, or make one with `assize migrate`"
            ))),
        }
    }
}

async fn open(opening: Opening) -> Result<Registry, Failed> {
    let file = opening.file().map(str::to_owned);
    Registry::open(opening).await.map_err(|error| match error {
        OpenError::Store(StoreError::Unacceptable(
            address @ (Unacceptable::Address { .. } | Unacceptable::AddressPart { .. }),
        )) => Failed::usage(format!("--db: {address}")),
        OpenError::Store(StoreError::Schema(
            foreign @ (SchemaMismatch::Foreign { .. } | SchemaMismatch::Unreadable),
        )) => {
            let what = file.as_deref().unwrap_or("the database");
            Failed::failure(format!("{what} {foreign}"))
        }
        other => Failed::failure(other),
    })
}

/// On whose behalf the command line acts: the operator of the machine.
pub(crate) fn operator() -> infra::access::Call {
    sample("administrator")
}

/// The call of a sample identity.
pub(crate) fn sample(name: &str) -> infra::access::Call {
    match Sample::named(name) {
        Some(sample) => sample.call(None),
        None => unreachable!("{name} is a sample identity"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_command() -> Vec<clap::Command> {
        fn collect(command: &clap::Command, found: &mut Vec<clap::Command>) {
            found.push(command.clone());
            let subcommands = command.get_subcommands();
            subcommands.for_each(|subcommand| collect(subcommand, found));
        }
        let mut assize = Assize::command();
        assize.build();
        let mut found = Vec::new();
        collect(&assize, &mut found);
        found
    }

    #[test]
    fn the_help_of_every_task_has_an_example_that_the_program_understands() {
        let assize = Assize::command();
        for command in assize.get_subcommands().chain([&assize]) {
            let name = command.get_name();
            let help = command.get_after_help().map(ToString::to_string);
            let help = help.unwrap_or_else(|| panic!("{name} has no example"));
            let (_, example) = help.split_once("Example:\n").unwrap();
            let example = example.split("\n\n").next().unwrap_or_default();
            let read = Assize::try_parse_from(example.split_whitespace());
            assert!(read.is_ok(), "{example}: {}", read.unwrap_err());
            assert!(
                name == "assize" || example.contains(&format!(" {name}")),
                "{example}"
            );
        }
    }

    #[test]
    fn help_fits_eighty_columns() {
        for mut command in every_command() {
            let help = command.render_long_help().to_string();
            let wide: Vec<&str> = help.lines().filter(|l| l.chars().count() > 80).collect();
            assert!(wide.is_empty(), "{}: {wide:#?}", command.get_name());
        }
    }
}
