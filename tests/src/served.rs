//! The program itself, started on a free loopback port.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::{Failure, Place};

/// The program `assize serve` over a place; stopped with the guard.
pub struct Served {
    process: Mutex<Child>,
    address: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers as they came.
    pub head: String,
    /// The body.
    pub body: String,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Result<Value, Failure> {
        serde_json::from_str(&self.body)
            .map_err(|error| format!("{error} in {}: {}", self.status, self.body).into())
    }

    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// The program, which `./tests/run` builds before the tests.
fn program() -> Result<std::path::PathBuf, Failure> {
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
    /// Starts it and waits until it has said where it answers.
    pub fn start(place: &Place) -> Result<Self, Failure> {
        let mut process = Command::new(program()?)
            .args(["--db", place.url(), "--key-file"])
            .arg(place.key_file())
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let said = process.stdout.take().ok_or("no standard output")?;
        let mut served = Self {
            process: Mutex::new(process),
            address: String::new(),
        };
        for line in BufReader::new(said).lines() {
            let line = line?;
            if let Some((_, rest)) = line.split_once("http://") {
                let address = rest.split('/').next().unwrap_or_default();
                address.clone_into(&mut served.address);
                return Ok(served);
            }
        }
        Err("the program ended without saying where it answers".into())
    }

    /// Where its pages begin: `http://127.0.0.1:…`.
    pub fn host(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Ends it as a power cut would.
    pub fn kill(self) -> Result<(), Failure> {
        self.kill_now()
    }

    /// Ends it as a power cut would, whoever is still asking.
    pub fn kill_now(&self) -> Result<(), Failure> {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        process.kill()?;
        process.wait()?;
        Ok(())
    }

    /// Asks for something as a sample identity.
    pub async fn get(&self, by: &str, path: &str) -> Result<Answer, Failure> {
        self.ask(&format!("GET {path}"), by, "", "").await
    }

    /// Sends JSON as a sample identity.
    pub async fn post(&self, by: &str, path: &str, body: &Value) -> Result<Answer, Failure> {
        let headers = "Content-Type: application/json\r\n";
        self.ask(&format!("POST {path}"), by, headers, &body.to_string())
            .await
    }

    /// One request of its own connection.
    pub async fn ask(
        &self,
        line: &str,
        by: &str,
        headers: &str,
        body: &str,
    ) -> Result<Answer, Failure> {
        let mut stream = TcpStream::connect(&self.address).await?;
        let request = format!(
            "{line} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAssize-Identity: {by}\r\n\
             Content-Length: {}\r\n{headers}\r\n{body}",
            self.address,
            body.len()
        );
        stream.write_all(request.as_bytes()).await?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await?;
        answer(&String::from_utf8_lossy(&bytes))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended before; then there is nothing to stop.
        drop(self.kill_now());
    }
}

fn answer(text: &str) -> Result<Answer, Failure> {
    let (head, body) = text
        .split_once("\r\n\r\n")
        .ok_or_else(|| format!("no answer in {text:?}"))?;
    let status = head.split(' ').nth(1).ok_or("no status")?.parse()?;
    let chunked = head
        .to_ascii_lowercase()
        .contains("transfer-encoding: chunked");
    Ok(Answer {
        status,
        head: head.to_owned(),
        body: if chunked {
            joined(body)
        } else {
            body.to_owned()
        },
    })
}

/// The chunks of a body, joined.
fn joined(mut rest: &str) -> String {
    let mut body = String::new();
    while let Some((size, after)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
        let Some((chunk, next)) = after.split_at_checked(size).filter(|_| size > 0) else {
            break;
        };
        body.push_str(chunk);
        rest = next.trim_start_matches("\r\n");
    }
    body
}
