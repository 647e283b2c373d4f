//! `assize keys`, `assize log` and `assize verify`: proof that nobody altered the ledger.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use clap::{Args, Subcommand};
use infra::ledger::{
    Divergence, KeyFileError, ProofError, SignedCheckpoint, Verified, VerifyError, make_key,
};
use infra::registry::Registry;

use super::Place;
use super::output::{Failed, data, json, talk};
use crate::pages::numbers::count;

/// Exit code of a history that was altered.
const ALTERED: u8 = 4;

/// Make the key that signs the log, or show the public keys.
#[derive(Debug, Args)]
pub(super) struct Keys {
    #[command(subcommand)]
    what: KeysTask,
}

#[derive(Debug, Subcommand)]
enum KeysTask {
    /// Make the key, once; prints the public key.
    New {
        /// The name of the log, as others will know it: an address of yours, such as register.example/ledger.
        #[arg(long)]
        name: String,
    },
    /// Print the public keys that signed checkpoints, one a line.
    Show,
}

impl Keys {
    pub(super) async fn run(self, place: &Place) -> Result<ExitCode, Failed> {
        match self.what {
            KeysTask::New { name } => {
                let path = place.opening().log_key_path();
                let key = make_key(&path, &name).map_err(|error| match error {
                    KeyFileError::Key(_) => Failed::usage(error),
                    other => Failed::failure(other),
                })?;
                talk(format!(
                    "{} holds the key that signs the log: keep a copy apart from the database and its backups, and give \
                     nobody but the service access to it. The public key, which whoever checks needs:",
                    path.display()
                ));
                data(key.verifier());
            }
            KeysTask::Show => {
                let registry = place.open().await?;
                let keys = registry.log().verifiers().await.map_err(Failed::failure)?;
                keys.iter().for_each(data);
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Sign a checkpoint over the ledger, show the last one, or prove an entry.
#[derive(Debug, Args)]
pub(super) struct Log {
    #[command(subcommand)]
    what: LogTask,
}

#[derive(Debug, Subcommand)]
enum LogTask {
    /// Sign a checkpoint over everything in the ledger, unless the last one is over it, and print it.
    Checkpoint,
    /// Print the last checkpoint.
    Show,
    /// Prove under the last checkpoint that an entry is at its place, or that an earlier ledger is its beginning.
    #[command(group = clap::ArgGroup::new("proved").required(true))]
    Prove {
        /// The entry's place in the ledger, from 0.
        #[arg(long, group = "proved", value_name = "INDEX")]
        entry: Option<u64>,
        /// The number of entries of the earlier ledger.
        #[arg(long, group = "proved", value_name = "SIZE")]
        from_size: Option<u64>,
    },
}

impl Log {
    pub(super) async fn run(self, place: &Place) -> Result<ExitCode, Failed> {
        let registry = place.open().await?;
        let log = registry.log();
        let none = || Failed::failure(ProofError::NoCheckpoint);
        match self.what {
            LogTask::Checkpoint => {
                if log.key().is_none() {
                    return Err(Failed::failure(
                        "there is no key to sign with: make one with `assize keys new`, or name its file with --log-key",
                    ));
                }
                let signed = log.extend().await.map_err(Failed::failure)?;
                match signed {
                    Some(signed) => data(signed.note.trim_end()),
                    None => {
                        return Err(Failed::failure(
                            "the ledger has no entry yet: nothing is signed",
                        ));
                    }
                }
            }
            LogTask::Show => {
                let last = log
                    .latest()
                    .await
                    .map_err(Failed::failure)?
                    .ok_or_else(none)?;
                data(last.note.trim_end());
            }
            LogTask::Prove { entry, from_size } => {
                let last = log
                    .latest()
                    .await
                    .map_err(Failed::failure)?
                    .ok_or_else(none)?;
                let proof = match (entry, from_size) {
                    (Some(index), _) => log.prove_inclusion(&last, index).await,
                    (None, older) => {
                        log.prove_consistency(&last, older.unwrap_or_default())
                            .await
                    }
                };
                let proof = proof.map_err(|error| match error {
                    ProofError::NotUnder { .. } | ProofError::NotBefore { .. } => {
                        Failed::usage(error)
                    }
                    other => Failed::failure(other),
                })?;
                json(&proof);
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Compute the ledger's proofs again and name the first divergence.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// A checkpoint kept elsewhere: only what follows it is looked at.
    #[arg(long, value_name = "FILE")]
    since: Option<PathBuf>,
    /// A public key to believe, in place of those named by this machine; may be given several times.
    #[arg(long, value_name = "KEY")]
    key: Vec<String>,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

impl Verify {
    /// Exit 4 when something was altered.
    pub(super) async fn run(self, place: &Place) -> Result<ExitCode, Failed> {
        let registry = place.open().await?;
        let keys = self.keys(&registry).await?;
        let since = self.since(&keys)?;
        let seen = Arc::new(AtomicU64::new(0));
        let shown = self.progress(&registry, &seen).await?;
        let began = Instant::now();
        let verified = registry
            .verify(&keys, since.as_ref(), Arc::clone(&seen))
            .await;
        if let Some(shown) = shown {
            shown.abort();
        }
        match verified {
            Ok(verified) => {
                let looked = seen.load(Ordering::Relaxed);
                let speed = pace(looked, began.elapsed());
                talk(format!("{} entries, {speed}", count(looked)));
                if self.json {
                    json(&verified);
                } else {
                    tell_whole(&verified);
                }
                Ok(ExitCode::SUCCESS)
            }
            Err(VerifyError::Diverges(found)) => {
                if self.json {
                    json(&found);
                } else {
                    tell_altered(&found);
                }
                Ok(ExitCode::from(ALTERED))
            }
            Err(VerifyError::Store(error)) => Err(Failed::failure(error)),
        }
    }

    /// The keys that are believed: those given, else this machine's own, else those that the database names.
    async fn keys(&self, registry: &Registry) -> Result<Vec<String>, Failed> {
        if !self.key.is_empty() {
            return Ok(self.key.clone());
        }
        if let Some(own) = registry.log().key() {
            return Ok(vec![own.verifier().to_owned()]);
        }
        let named = registry.log().verifiers().await.map_err(Failed::failure)?;
        if !named.is_empty() {
            talk(
                "The public keys are those that the database itself names. Give those that you know by --key: whoever can \
                 alter the database could have put others there.",
            );
        }
        Ok(named)
    }

    fn since(&self, keys: &[String]) -> Result<Option<SignedCheckpoint>, Failed> {
        let Some(file) = &self.since else {
            return Ok(None);
        };
        let named = file.display();
        let note = std::fs::read_to_string(file)
            .map_err(|error| Failed::usage(format!("--since {named} cannot be read: {error}")))?;
        let read = SignedCheckpoint::read(&note, keys);
        read.map(Some)
            .map_err(|error| Failed::usage(format!("--since {named}: {error}")))
    }

    /// Says on a terminal how far it is.
    async fn progress(
        &self,
        registry: &Registry,
        seen: &Arc<AtomicU64>,
    ) -> Result<Option<tokio::task::JoinHandle<()>>, Failed> {
        if !std::io::stderr().is_terminal() {
            return Ok(None);
        }
        let (head, _) = registry.head().await.map_err(Failed::failure)?;
        let (seen, began) = (Arc::clone(seen), Instant::now());
        Ok(Some(tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_secs(1)).await;
                let looked = seen.load(Ordering::Relaxed);
                let speed = pace(looked, began.elapsed());
                talk(format!(
                    "{} of {} entries, {speed}",
                    count(looked),
                    count(head)
                ));
            }
        })))
    }
}

fn tell_whole(verified: &Verified) {
    let all = |number: usize| count(u64::try_from(number).unwrap_or(u64::MAX));
    data(format!(
        "Integrity verified. Entries: {}. Streams: {}. Checkpoints: {}. Root: {}",
        count(verified.entries),
        all(verified.streams),
        all(verified.checkpoints),
        verified.root
    ));
    if verified.from > 0 {
        data(format!("Looked at from entry {} on.", verified.from));
    }
    if verified.signed < verified.entries {
        data(format!(
            "Nothing is signed over the entries from {} on: whoever has the database could change them.",
            verified.signed
        ));
    }
    data("Completeness not verified: whether every decision was recorded, no log can say.");
}

fn tell_altered(found: &Divergence) {
    data(format!("ALTERED: {}", found.what));
    let place = found.index.map(|from| match found.until {
        Some(until) => format!("entries {from} to {}", until.saturating_sub(1)),
        None => format!("entry {from}"),
    });
    let version = found.version.map(|version| version.to_string());
    for (what, said) in [
        ("ledger", &place),
        ("stream", &found.stream),
        ("version", &version),
        ("event", &found.event),
        ("expected", &found.expected),
        ("found", &found.found),
    ] {
        if let Some(said) = said {
            data(format!("{what:<9} {said}"));
        }
    }
    data("Change nothing, keep the database as it is, and compare it with a backup.");
}

fn pace(looked: u64, took: Duration) -> String {
    let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX).max(1);
    let second = looked.saturating_mul(1000) / millis;
    format!("{} a second", count(second))
}
