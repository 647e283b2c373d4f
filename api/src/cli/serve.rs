//! `assize serve` and `assize demo`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use infra::demo::Demo as Demonstration;
use infra::registry::Registry;

use super::Place;
use super::output::{Failed, data, talk};
use crate::limits::Pace;
use crate::server::{self, ServeError};

/// Serve pages and JSON on a loopback address.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The address; until sign-in exists, loopback only.
    #[arg(long, env = "ASSIZE_LISTEN", default_value = "127.0.0.1:8090", value_parser = address)]
    listen: SocketAddr,
    /// How many commands a second one subject is answered; five seconds' worth may come at once.
    #[arg(long, env = "ASSIZE_COMMANDS_A_SECOND", default_value = "20", value_parser = pace())]
    commands_a_second: u32,
    /// How many reads a second one subject is answered; five seconds' worth may come at once.
    #[arg(long, env = "ASSIZE_READS_A_SECOND", default_value = "50", value_parser = pace())]
    reads_a_second: u32,
}

fn address(text: &str) -> Result<SocketAddr, &'static str> {
    let wrong = "write ADDRESS:PORT, such as 127.0.0.1:8090";
    text.parse().map_err(|_| wrong)
}

/// Nobody who is answered at all is answered less than once a second.
fn pace() -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(1..)
}

impl Serve {
    pub(super) async fn run(self, place: &Place) -> Result<ExitCode, Failed> {
        let listener = listen(self.listen).await?;
        let registry = place.open_or_make().await?;
        let allowed = Pace {
            commands: self.commands_a_second,
            reads: self.reads_a_second,
        };
        answer(listener, registry, allowed).await
    }
}

/// See it work: a fictional jurisdiction in a temporary folder.
#[derive(Debug, Args)]
pub(super) struct Demo {
    /// The address.
    #[arg(long, default_value = "127.0.0.1:8090", value_parser = address)]
    listen: SocketAddr,
    /// Keep the register in this folder instead of a temporary one.
    #[arg(long)]
    data: Option<PathBuf>,
    /// How many sentences to invent; fewer are there sooner, and their figures say less.
    #[arg(long, default_value_t = Demonstration::default().sentences, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    sentences: u32,
}

impl Demo {
    pub(super) async fn run(self) -> Result<ExitCode, Failed> {
        let listener = listen(self.listen).await?;
        let (folder, _kept) = folder(self.data)?;
        let place = Place {
            db: format!("sqlite://{}", folder.join("demo.db").display()),
            key_file: None,
            log_key: None,
        };
        let invented = "no person, court or statute in them exists";
        talk(if place.opening().missing_file().is_some() {
            let sentences = crate::pages::numbers::count(u64::from(self.sentences));
            format!("Inventing {sentences} sentences, with orders and supervisions; {invented}.")
        } else {
            format!(
                "Opening the invented sentences in {}; {invented}.",
                folder.display()
            )
        });
        let demo = Demonstration {
            sentences: self.sentences,
            ..Demonstration::default()
        };
        let making = infra::demo::open(place.opening(), demo, |_| {});
        // Whoever stops it while it invents leaves no folder behind either.
        let made = tokio::select! {
            made = making => made,
            () = server::stopped() => return Ok(ExitCode::SUCCESS),
        };
        let (registry, _) = made.map_err(Failed::failure)?;
        answer(listener, registry, Pace::default()).await
    }
}

async fn listen(address: SocketAddr) -> Result<tokio::net::TcpListener, Failed> {
    server::listen(address).await.map_err(|error| match error {
        ServeError::NotLoopback(_) => Failed::usage(error),
        ServeError::Listen { .. } | ServeError::Broken(_) => Failed::failure(error),
    })
}

/// The folder of the demonstration; a temporary one goes when its guard does.
fn folder(kept: Option<PathBuf>) -> Result<(PathBuf, Option<tempfile::TempDir>), Failed> {
    if let Some(folder) = kept {
        std::fs::create_dir_all(&folder).map_err(Failed::failure)?;
        return Ok((folder, None));
    }
    let guard = tempfile::tempdir().map_err(Failed::failure)?;
    Ok((guard.path().to_owned(), Some(guard)))
}

async fn answer(
    listener: tokio::net::TcpListener,
    registry: Registry,
    pace: Pace,
) -> Result<ExitCode, Failed> {
    let address = listener.local_addr().map_err(Failed::failure)?;
    talk(
        "The register is not yet for live cases: there is no sign-in, so it answers on this machine only.",
    );
    data(format!("http://{address}/"));
    server::serve(listener, registry, pace)
        .await
        .map_err(Failed::failure)?;
    Ok(ExitCode::SUCCESS)
}
