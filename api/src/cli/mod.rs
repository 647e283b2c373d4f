//! The command line: what operators type. Data goes to stdout, talk to stderr.

mod doctor;
mod figures;
mod import;
mod output;
mod policy;
mod project;
mod schema;
mod serve;
pub mod view;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use infra::registry::{Opening, Registry};

pub use output::Failed;

use crate::identity::Sample;

/// A registry of every decision about a person's liberty.
#[derive(Debug, Parser)]
#[command(name = "assize", version, about, disable_help_subcommand = true)]
struct Assize {
    /// The database: `sqlite://FILE` or `postgres://…`
    #[arg(
        long,
        env = "ASSIZE_DB",
        default_value = "sqlite://assize.db",
        global = true
    )]
    db: String,
    /// The file with the key-encryption key; by default beside the SQLite file, else `assize.key`.
    #[arg(long, env = "ASSIZE_KEY_FILE", global = true)]
    key_file: Option<PathBuf>,
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Serve pages and JSON on a loopback address.
    Serve(serve::Serve),
    /// See it work: a fictional jurisdiction in a temporary folder.
    Demo(serve::Demo),
    /// Bring existing decisions in from a file.
    Import(import::Import),
    /// Figures: disposals, proportionality or gender.
    View(figures::Figures),
    /// Adopt a jurisdiction's rules, or show those adopted.
    Policy(policy::Policy),
    /// Write or check the generated schemas and reference pages.
    Schema(schema::Schema),
    /// Show how far lists and figures are filed, or rebuild them.
    Project(project::Project),
    /// Bring the database's tables up to date.
    Migrate {
        /// Only say what would be done; exit 1 when something would.
        #[arg(long)]
        check: bool,
    },
    /// Look for what is wrong with this installation.
    Doctor {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print a completion script for a shell.
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
        Ok(code) => code,
        Err(error) => output::failed(&error),
    }
}

async fn run(assize: Assize) -> Result<ExitCode, Failed> {
    let place = Place {
        db: assize.db,
        key_file: assize.key_file,
    };
    match assize.task {
        Task::Serve(serve) => serve.run(&place).await,
        Task::Demo(demo) => demo.run().await,
        Task::Import(import) => import.run(&place).await,
        Task::View(view) => view.run(&place).await,
        Task::Policy(policy) => policy.run(&place).await,
        Task::Schema(schema) => schema.run(),
        Task::Project(project) => project.run(&place).await,
        Task::Migrate { check } => doctor::migrate(&place, check).await,
        Task::Doctor { json } => doctor::run(&place, json).await,
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
}

impl Place {
    pub(crate) fn opening(&self) -> Opening {
        let mut opening = Opening::at(self.db.clone());
        opening.key_file.clone_from(&self.key_file);
        opening
    }

    /// Opens the register.
    pub(crate) async fn open(&self) -> Result<Registry, Failed> {
        Registry::open(self.opening())
            .await
            .map_err(Failed::failure)
    }
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
