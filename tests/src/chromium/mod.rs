//! A headless Chromium, spoken to in its own protocol over a pipe: no driver beside it, no port, no further crate.
#![expect(
    clippy::indexing_slicing,
    reason = "what a JSON value lacks reads as null, and the step that needs it fails"
)]

mod keyboard;
mod page;

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

pub use page::{Page, Paper};

use crate::Failure;
use crate::place::not_here;

/// How long an answer may take before the browser counts as lost.
const PATIENCE: Duration = Duration::from_mins(1);

/// Chromium reads commands from descriptor 3 and writes answers to 4; a child is given 0, 1 and 2.
const ON_THE_PIPE: &str = r#"exec 3<&0 4>&1 </dev/null >/dev/null; exec "$@""#;

/// It sees the register's own pages only, so it may run where it cannot put itself in a sandbox.
const ARGUMENTS: [&str; 13] = [
    "--headless",
    "--remote-debugging-pipe",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
];

/// A browser with a profile of its own; it ends with its guard.
pub struct Chromium {
    process: Child,
    commands: Option<ChildStdin>,
    messages: Receiver<Value>,
    events: Vec<Value>,
    sent: u64,
    _profile: TempDir,
}

impl Chromium {
    /// Starts it, or says loudly that it is not here.
    pub fn start() -> Result<Option<Self>, Failure> {
        let program = ["chromium-headless-shell", "chromium", "chromium-browser"]
            .into_iter()
            .find(|name| Command::new(name).arg("--version").output().is_ok());
        let Some(program) = program else {
            return not_here("IN A BROWSER", "chromium is not installed");
        };
        let profile = tempfile::tempdir()?;
        let mut process = Command::new("sh")
            .args(["-c", ON_THE_PIPE, "sh", program])
            .args(ARGUMENTS)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let commands = process.stdin.take();
        let answers = process.stdout.take().ok_or("the browser has no pipe")?;
        let (send, messages) = channel();
        std::thread::spawn(move || {
            for message in BufReader::new(answers).split(0).map_while(Result::ok) {
                let Ok(message) = serde_json::from_slice(&message) else {
                    return;
                };
                if send.send(message).is_err() {
                    return;
                }
            }
        });
        Ok(Some(Self {
            process,
            commands,
            messages,
            events: Vec::new(),
            sent: 0,
            _profile: profile,
        }))
    }

    /// A page with cookies of its own.
    pub fn open(&mut self) -> Result<Page<'_>, Failure> {
        let apart = self.call(None, "Target.createBrowserContext", &json!({}))?;
        let target = json!({"url": "about:blank", "browserContextId": apart["browserContextId"]});
        let target = self.call(None, "Target.createTarget", &target)?;
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let attached = self.call(None, "Target.attachToTarget", &attach)?;
        let session = attached["sessionId"].as_str().ok_or("no session")?;
        Page::begin(self, session.to_owned())
    }

    /// One command and its answer; what happens meanwhile is kept.
    fn call(
        &mut self,
        session: Option<&str>,
        method: &str,
        params: &Value,
    ) -> Result<Value, Failure> {
        self.sent = self.sent.wrapping_add(1);
        let mut command = json!({"id": self.sent, "method": method, "params": params});
        if let Some(session) = session {
            command["sessionId"] = session.into();
        }
        let mut bytes = serde_json::to_vec(&command)?;
        bytes.push(0);
        let pipe = self.commands.as_mut().ok_or("the browser has ended")?;
        pipe.write_all(&bytes)?;
        pipe.flush()?;
        loop {
            let message = self.receive(method)?;
            if message["id"] != self.sent {
                self.events.push(message);
            } else if message["error"].is_null() {
                return Ok(message["result"].clone());
            } else {
                return Err(format!("{method}: {}", message["error"]["message"]).into());
            }
        }
    }

    /// Waits for something to happen; what else happens is kept.
    fn event(&mut self, name: &str) -> Result<(), Failure> {
        loop {
            let met = self.events.iter().position(|event| event["method"] == name);
            if let Some(met) = met {
                self.events.remove(met);
                return Ok(());
            }
            let next = self.receive(name)?;
            self.events.push(next);
        }
    }

    fn receive(&self, what: &str) -> Result<Value, Failure> {
        let received = self.messages.recv_timeout(PATIENCE);
        received.map_err(|error| format!("the browser did not answer to {what}: {error}").into())
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // Its end of the pipe closed, the browser leaves; whatever is in its way, it is gone before its profile goes.
        self.commands = None;
        while self.messages.recv_timeout(PATIENCE).is_ok() {}
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
