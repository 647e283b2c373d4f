//! A server on a free loopback port: the program itself, or this process with a clock that the test moves.

use std::io::{BufRead, BufReader};
use std::ops::Deref;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use api::limits::Pace;
use api::server;
use infra::registry::Registry;
use tokio::task::AbortHandle;

use crate::{Client, Failure, Place};

/// A server over a place; stopped with the guard. Whoever holds it can ask.
pub struct Served {
    host: Host,
    client: Client,
}

enum Host {
    Program(Mutex<Child>),
    Task(AbortHandle),
}

impl Deref for Served {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// The program, which `./tests/run` builds before the tests.
pub fn program() -> Result<PathBuf, Failure> {
    let own = std::env::current_exe()?;
    let folder = own.parent().and_then(|deps| deps.parent());
    let program = folder.ok_or("a test has no folder")?.join("assize");
    if program.exists() {
        Ok(program)
    } else {
        Err("the program is not built: run ./tests/run, or cargo build first".into())
    }
}

/// Runs one command of the program over a place; gives its exit code, what it printed and what it complained of.
pub fn run(place: &Place, arguments: &[&str]) -> Result<(i32, String, String), Failure> {
    let ran = Command::new(program()?)
        .args(["--db", place.url(), "--key-file"])
        .arg(place.key_file())
        .args(arguments)
        .output()?;
    let code = ran.status.code().ok_or("it was stopped")?;
    Ok((
        code,
        String::from_utf8(ran.stdout)?,
        String::from_utf8(ran.stderr)?,
    ))
}

impl Served {
    /// Starts `assize serve` over a place and waits until it has said where it answers.
    pub fn start(place: &Place) -> Result<Self, Failure> {
        let mut command = Command::new(program()?);
        command
            .args(["--db", place.url(), "--key-file"])
            .arg(place.key_file())
            .args(["serve", "--listen", "127.0.0.1:0"])
            // The tests ask faster than anybody may.
            .args([
                "--commands-a-second",
                "100000",
                "--reads-a-second",
                "100000",
            ]);
        if place.log_key().exists() {
            command.env("ASSIZE_LOG_KEY", place.log_key());
        }
        Self::run(command)
    }

    /// Starts the program with a command that serves, and waits until it has said where it answers.
    pub fn run(mut command: Command) -> Result<Self, Failure> {
        let mut process = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let said = process.stdout.take().ok_or("no standard output")?;
        let process = Mutex::new(process);
        for line in BufReader::new(said).lines() {
            let line = line?;
            if let Some((_, rest)) = line.split_once("http://") {
                let address = rest.split('/').next().unwrap_or_default();
                return Ok(Self {
                    host: Host::Program(process),
                    client: Client::of(address.to_owned()),
                });
            }
        }
        Err("the program ended without saying where it answers".into())
    }

    /// Serves a register from this process, whose clock the test moves.
    pub async fn within(registry: Registry) -> Result<Self, Failure> {
        Self::at_pace(registry, 100_000, 100_000).await
    }

    /// The same at a pace: so many commands and reads a second for one subject.
    pub async fn at_pace(registry: Registry, commands: u32, reads: u32) -> Result<Self, Failure> {
        let listener = server::listen(([127, 0, 0, 1], 0).into()).await?;
        let address = listener.local_addr()?.to_string();
        let pace = Pace { commands, reads };
        let serving = tokio::spawn(server::serve(listener, registry, pace));
        Ok(Self {
            host: Host::Task(serving.abort_handle()),
            client: Client::of(address),
        })
    }

    /// Where its pages begin: `http://127.0.0.1:…`.
    pub fn host(&self) -> String {
        format!("http://{}", self.client.address())
    }

    /// Ends it as a power cut would.
    pub fn kill(self) -> Result<(), Failure> {
        self.kill_now()
    }

    /// Ends it as a power cut would, whoever is still asking.
    pub fn kill_now(&self) -> Result<(), Failure> {
        match &self.host {
            Host::Task(task) => task.abort(),
            Host::Program(process) => {
                let mut process = process.lock().unwrap_or_else(PoisonError::into_inner);
                process.kill()?;
                process.wait()?;
            }
        }
        Ok(())
    }

    /// Asks the program to end, as a service is stopped; gives its exit code.
    pub fn terminate(self) -> Result<Option<i32>, Failure> {
        let Host::Program(process) = &self.host else {
            return Err("only a program can be asked to end".into());
        };
        let mut process = process.lock().unwrap_or_else(PoisonError::into_inner);
        let id = process.id().to_string();
        Command::new("kill").args(["-TERM", &id]).status()?;
        Ok(process.wait()?.code())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended before; then there is nothing to stop.
        drop(self.kill_now());
    }
}
