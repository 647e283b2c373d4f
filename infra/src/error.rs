//! What can go wrong in keeping the register, as opposed to what its rules refuse.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// A cause that several waiting callers may share.
pub type Source = Arc<dyn Error + Send + Sync>;

/// A failure of storage. A "no" of the law is never one of these.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// Nothing was stored, and asking again later may succeed.
    #[error("the database is unavailable while {doing}")]
    Unavailable {
        /// What was being done, in the present participle.
        doing: &'static str,
        /// What the database or the network said.
        #[source]
        source: Source,
    },
    /// What says whose record is closed stopped at damage, so that no list may be shown.
    #[error(
        "whose record is closed is not known: {model} stopped before entry {entry}, which cannot be read; no list is \
         shown until that is put right and `assize project --rebuild` has read it: ask whoever runs the register"
    )]
    Unguarded {
        /// The read model that stopped.
        model: String,
        /// The entry at which it stopped.
        entry: u64,
    },
    /// Nobody answers at the address of the database.
    #[error("no database server answers at {at} ({why}): start it, or name another with --db")]
    NoServer {
        /// The host and the port.
        at: String,
        /// What the network said.
        why: String,
    },
    /// The folder of a new database is not there.
    #[error(
        "{path} cannot be made: its folder is not there; make the folder, or name another file with --db"
    )]
    NoFolder {
        /// The file.
        path: String,
    },
    /// The connection went before the answer came, and stayed away too long to find out.
    #[error(
        "the database was lost while {doing}, and whether it is stored is not known; \
         send it again with the same idempotency key"
    )]
    Unsettled {
        /// What was being done, in the present participle.
        doing: &'static str,
        /// What the database or the network said last.
        #[source]
        source: Source,
    },
    /// The database answered and refused; the same request would be refused again.
    #[error("the database refused {doing}")]
    Rejected {
        /// What was being done, in the present participle.
        doing: &'static str,
        /// What the database said.
        #[source]
        source: Source,
    },
    /// Something cannot be stored as it stands.
    #[error(transparent)]
    Unacceptable(#[from] Unacceptable),
    /// A statement with an expected number of rows met another: its transaction was undone.
    #[error("expected {expected} rows and met {actual}, so nothing of this transaction is kept")]
    Moved {
        /// The rows the caller relied on.
        expected: u64,
        /// The rows there were.
        actual: u64,
    },
    /// What is stored contradicts itself. Never defaulted away.
    #[error("the register is damaged: {0}")]
    Corrupt(Damage),
    /// The schema is not the one that this program knows.
    #[error(transparent)]
    Schema(#[from] SchemaMismatch),
}

impl StoreError {
    pub(crate) fn unavailable(
        doing: &'static str,
        source: impl Error + Send + Sync + 'static,
    ) -> Self {
        Self::Unavailable {
            doing,
            source: Arc::new(source),
        }
    }

    /// The same failure where nobody knows whether the change stands.
    pub(crate) fn unsettled(self) -> Self {
        match self {
            Self::Unavailable { doing, source } => Self::Unsettled { doing, source },
            other => other,
        }
    }

    pub(crate) fn rejected(
        doing: &'static str,
        source: impl Error + Send + Sync + 'static,
    ) -> Self {
        Self::Rejected {
            doing,
            source: Arc::new(source),
        }
    }
}

impl From<Damage> for StoreError {
    fn from(damage: Damage) -> Self {
        Self::Corrupt(damage)
    }
}

/// Where the register contradicts itself, as exactly as is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Damage {
    /// The kind and id of the stream.
    pub stream: Option<(String, String)>,
    /// The event's place in its stream, from 1.
    pub sequence: Option<u64>,
    /// The event's place in the ledger, from 0.
    pub index: Option<u64>,
    /// What is wrong there.
    pub what: String,
}

impl Damage {
    /// Damage that is known only by what it is.
    pub fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            ..Self::default()
        }
    }

    /// The same damage, placed in a stream.
    #[must_use]
    pub fn in_stream(mut self, kind: &str, id: &str, sequence: u64) -> Self {
        self.stream = Some((kind.to_owned(), id.to_owned()));
        self.sequence = Some(sequence);
        self
    }

    /// The same damage, placed in the ledger.
    #[must_use]
    pub fn at(mut self, index: u64) -> Self {
        self.index = Some(index);
        self
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        if let Some((kind, id)) = &self.stream {
            write!(f, ", stream {kind} {id}")?;
        }
        if let Some(sequence) = self.sequence {
            write!(f, ", version {sequence}")?;
        }
        if let Some(index) = self.index {
            write!(f, ", ledger index {index}")?;
        }
        Ok(())
    }
}

/// Why a value cannot become part of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unacceptable {
    /// Two machines may print the same fraction differently.
    #[error("{path} is a fraction; write quantities as integers or as decimal strings")]
    Fraction {
        /// Where in the value, as a JSON pointer.
        path: String,
    },
    /// Beyond this, readers of JSON disagree about the value.
    #[error("{path} is beyond ±(2^53−1); write it as a string")]
    LargeInteger {
        /// Where in the value, as a JSON pointer.
        path: String,
    },
    /// PostgreSQL cannot hold it in a text column.
    #[error("{field} contains the character U+0000; leave it out")]
    Nul {
        /// The field of the envelope.
        field: &'static str,
    },
    /// A field that must say something says nothing.
    #[error("{field} is empty; name it")]
    Empty {
        /// The field of the envelope.
        field: &'static str,
    },
    /// Serialization itself failed.
    #[error("the value has no JSON form: {reason}")]
    NotJson {
        /// What the serializer said.
        reason: String,
    },
    /// A request without events has nothing to store.
    #[error("there is no event to store")]
    NoEvents,
    /// A batch names a stream's versions out of order or with a hole.
    #[error("version {sequence} of stream {kind} {id} is out of order in this batch")]
    OutOfOrder {
        /// The stream's kind.
        kind: String,
        /// The stream's id.
        id: String,
        /// The version that does not follow.
        sequence: u64,
    },
    /// A metadata key that the envelope does not have.
    #[error("metadata has no field {field}; the envelope's fields are closed")]
    UnknownField {
        /// The key as given.
        field: String,
    },
    /// A required metadata key is missing or is not text.
    #[error("metadata lacks the field {field}; give it with the command")]
    MissingField {
        /// The key.
        field: &'static str,
    },
    /// The database address is not one that is known.
    #[error("{}: write sqlite://FILE or postgres://HOST/NAME", no_database(kind))]
    Address {
        /// What stands before the `://`, if anything; the rest may hold a password.
        kind: String,
    },
    /// The database address cannot be read; it may hold a password and is not repeated.
    #[error("{what}: write postgres://HOST:PORT/NAME")]
    AddressPart {
        /// Which part is wrong.
        what: &'static str,
    },
}

fn no_database(kind: &str) -> String {
    match kind {
        "" => "this is no address of a database".to_owned(),
        "sqlite" => "sqlite:// names no file".to_owned(),
        other => format!("{other} is no database that a register is kept in"),
    }
}

/// A database made for another version of the program.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SchemaMismatch {
    /// A newer program has been here.
    #[error(
        "the database has the migration {number}, which this program does not know; run the newer program"
    )]
    Newer {
        /// The unknown migration.
        number: String,
    },
    /// Somebody else's tables, or nothing that this database can read.
    #[error(
        "is no register: it holds other tables ({found}) and is left as it is; name another with --db"
    )]
    Foreign {
        /// The tables that are there.
        found: String,
    },
    /// Nothing that this database can read.
    #[error(
        "is no SQLite database, or its first page is damaged; it is left as it is: name another with --db"
    )]
    Unreadable,
    /// The schema lacks something.
    #[error("{count} migrations are pending, from {first}; run assize migrate")]
    Pending {
        /// How many are missing.
        count: usize,
        /// The earliest.
        first: String,
    },
}

/// An error with its causes, each said once.
pub fn chain(error: &(dyn Error + 'static)) -> String {
    let mut said = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let text = cause.to_string();
        if !said.contains(&text) {
            said = format!("{said}: {text}");
        }
        next = cause.source();
    }
    said
}
