//! Requests over real HTTP, each on a connection of its own, and what comes back.

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::TcpStream;

use crate::Failure;

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
    /// The answer, if what was asked was done.
    pub fn done(self) -> Result<Self, Failure> {
        if (200..300).contains(&self.status) {
            Ok(self)
        } else {
            Err(format!("{}: {}", self.status, self.body).into())
        }
    }

    /// The body as JSON.
    pub fn json(&self) -> Result<Value, Failure> {
        serde_json::from_str(&self.body)
            .map_err(|error| format!("{error} in {}: {}", self.status, self.body).into())
    }

    /// A value of the body, which must be there.
    pub fn at(&self, pointer: &str) -> Result<Value, Failure> {
        let body = self.json()?;
        let found = body.pointer(pointer).cloned();
        found.ok_or_else(|| format!("no {pointer} in {}: {}", self.status, self.body).into())
    }

    /// A text of the body, which must be there.
    pub fn text(&self, pointer: &str) -> Result<String, Failure> {
        let found = self.at(pointer)?;
        let text = found.as_str().map(str::to_owned);
        text.ok_or_else(|| format!("{pointer} is no text: {found}").into())
    }

    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// Whoever asks a server.
#[derive(Debug, Clone)]
pub struct Client {
    address: String,
}

impl Client {
    /// A client of the server at an address.
    pub(crate) fn of(address: String) -> Self {
        Self { address }
    }

    /// Where the server answers.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Asks for something as a sample identity.
    pub async fn get(&self, by: &str, path: &str) -> Result<Answer, Failure> {
        self.ask(&format!("GET {path}"), by, "", "").await
    }

    /// Sends JSON as a sample identity.
    pub async fn post(&self, by: &str, path: &str, body: &Value) -> Result<Answer, Failure> {
        self.post_with(by, path, "", body).await
    }

    /// Sends JSON as a sample identity, with further headers.
    pub async fn post_with(
        &self,
        by: &str,
        path: &str,
        headers: &str,
        body: &Value,
    ) -> Result<Answer, Failure> {
        let headers = format!("Content-Type: application/json\r\n{headers}");
        self.ask(&format!("POST {path}"), by, &headers, &body.to_string())
            .await
    }

    /// One request as a sample identity, with its length.
    pub async fn ask(
        &self,
        line: &str,
        by: &str,
        headers: &str,
        body: &str,
    ) -> Result<Answer, Failure> {
        let length = body.len();
        let headers = format!("Assize-Identity: {by}\r\nContent-Length: {length}\r\n{headers}");
        self.send(line, &headers, body.as_bytes()).await
    }

    /// Exactly these headers and bytes, then the end of what is sent.
    pub async fn send(&self, line: &str, headers: &str, body: &[u8]) -> Result<Answer, Failure> {
        let mut stream = TcpStream::connect(&self.address).await?;
        let head = format!(
            "{line} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{headers}\r\n",
            self.address
        );
        stream.write_all(head.as_bytes()).await?;
        // A server that refuses early no longer reads.
        let sent = stream.write_all(body).await;
        let mut bytes = Vec::new();
        match stream.read_to_end(&mut bytes).await {
            Err(error) if bytes.is_empty() => return Err(error.into()),
            _ => {}
        }
        if bytes.is_empty() {
            sent?;
        }
        answer(&bytes)
    }

    /// Follows the feed of events.
    pub async fn follow(&self, by: &str, path: &str, headers: &str) -> Result<Following, Failure> {
        let mut stream = TcpStream::connect(&self.address).await?;
        // Of HTTP/1.0, so that the events come as they are and not in chunks.
        let request = format!(
            "GET {path} HTTP/1.0\r\nHost: {}\r\nAssize-Identity: {by}\r\n{headers}\r\n",
            self.address
        );
        stream.write_all(request.as_bytes()).await?;
        let mut lines = BufReader::new(stream).lines();
        let status = lines.next_line().await?.unwrap_or_default();
        if !status.contains(" 200 ") {
            return Err(format!("the feed answers {status}").into());
        }
        while lines
            .next_line()
            .await?
            .is_some_and(|line| !line.is_empty())
        {}
        Ok(Following { lines })
    }
}

/// A reader of the feed.
pub struct Following {
    lines: Lines<BufReader<TcpStream>>,
}

/// An event of the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Its id.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// The `CloudEvent`.
    pub data: Value,
}

impl Following {
    /// The next event; none when the feed ends.
    pub async fn next(&mut self) -> Result<Option<Told>, Failure> {
        let mut told = Told {
            id: 0,
            name: String::new(),
            data: Value::Null,
        };
        // A feed that is stuck fails the test and does not hang it.
        let patience = std::time::Duration::from_mins(1);
        while let Some(line) = tokio::time::timeout(patience, self.lines.next_line()).await?? {
            match line.split_once(':') {
                Some(("id", id)) => told.id = id.trim().parse()?,
                Some(("event", name)) => name.trim().clone_into(&mut told.name),
                Some(("data", data)) => told.data = serde_json::from_str(data)?,
                Some(_) => {}
                None if told.data.is_null() => {}
                None => return Ok(Some(told)),
            }
        }
        Ok(None)
    }
}

fn answer(bytes: &[u8]) -> Result<Answer, Failure> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let (head, body) = end
        .and_then(|end| bytes.split_at_checked(end))
        .ok_or_else(|| format!("no answer in {:?}", String::from_utf8_lossy(bytes)))?;
    let body = body.get(4..).unwrap_or_default();
    let head = String::from_utf8_lossy(head).into_owned();
    let status = head.split(' ').nth(1).ok_or("no status")?.parse()?;
    let chunked = head
        .to_ascii_lowercase()
        .contains("transfer-encoding: chunked");
    let body = if chunked {
        joined(body)?
    } else {
        body.to_vec()
    };
    Ok(Answer {
        status,
        head,
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}

/// The chunks of a body, joined.
fn joined(mut rest: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n");
        let (size, after) = end
            .and_then(|end| rest.split_at_checked(end))
            .ok_or("a chunk without its size")?;
        let size = usize::from_str_radix(std::str::from_utf8(size)?.trim(), 16)?;
        let after = after.get(2..).unwrap_or_default();
        if size == 0 {
            return Ok(body);
        }
        let (chunk, next) = after
            .split_at_checked(size)
            .ok_or("a chunk that is cut off")?;
        body.extend_from_slice(chunk);
        rest = next.strip_prefix(b"\r\n").unwrap_or(next);
    }
}
