//! The document of a case for another authority.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// A case as it is handed to another authority.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct CaseExport {
    /// The name of this form: `urn:assize:case-export`.
    pub(crate) schema: String,
    /// The version of this form. A later document of the same version may hold more, never less.
    pub(crate) version: u16,
    /// The register it is from; null of one that was never opened under a name.
    pub(crate) register: Option<RegisterItself>,
    /// As of when it holds.
    pub(crate) as_of: AsOfEntry,
    /// What was asked for.
    pub(crate) case: Subject,
    /// The authority it is for, by its code.
    pub(crate) recipient: Option<String>,
    /// Why it was made.
    pub(crate) purpose: String,
    /// The languages in which codes are told, by their tags.
    pub(crate) languages: Vec<String>,
    /// Whom it concerns.
    pub(crate) person: ExportedPerson,
    /// The rules under which something in it was recorded.
    pub(crate) rules: Vec<Rules>,
    /// The records of the case, in the order in which they began.
    pub(crate) records: Vec<Record>,
}

/// The register that a document is from.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct RegisterItself {
    /// Its id.
    pub(crate) id: String,
    /// The name under which its proofs are published.
    pub(crate) name: String,
}

/// As of when a document holds: as of an entry it is the same to the byte, whenever it is made.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct AsOfEntry {
    /// The last ledger entry that counts.
    pub(crate) entry: u64,
    /// When that entry was stored.
    pub(crate) instant: String,
}

/// What a document was asked for.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Subject {
    /// The kind of record: `sentence`; `person` for everything about somebody.
    pub(crate) kind: String,
    /// Its id.
    pub(crate) id: String,
}

/// Whom a document concerns.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct ExportedPerson {
    /// The pseudonym, which is random and stays the same.
    pub(crate) id: String,
    /// Sex as recorded.
    pub(crate) sex: Option<String>,
    /// Who the person is, as far as the role and the purpose reach: each part is `clear`, `erased` or `withheld`.
    pub(crate) identity: Option<Value>,
    /// What the person contests and is not settled.
    pub(crate) contested: Vec<String>,
}

/// Rules under which something was recorded.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Rules {
    /// Their version.
    pub(crate) version: String,
    /// Their name.
    pub(crate) title: String,
    /// From when they apply.
    pub(crate) in_force_from: String,
    /// The language of their own words.
    pub(crate) language: String,
    /// Where they come from: statutes, guidelines, publications.
    pub(crate) sources: Vec<String>,
}

/// A record of a case.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Record {
    /// The kind of record.
    pub(crate) kind: String,
    /// Its id.
    pub(crate) id: String,
    /// Its version as of the moment.
    pub(crate) version: u64,
    /// Whether the person contests it, and that is not settled.
    pub(crate) contested: bool,
    /// What happened to it, oldest first.
    pub(crate) events: Vec<ExportedEvent>,
}

/// An event of a record.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct ExportedEvent {
    /// Its id, which stays the same.
    pub(crate) id: String,
    /// Its entry in the ledger.
    pub(crate) entry: u64,
    /// The version of the record after it.
    pub(crate) version: u64,
    /// What happened, by its stable name.
    pub(crate) event: String,
    /// When the register was told.
    pub(crate) recorded: String,
    /// When it happened, as exactly as it is known.
    pub(crate) effective: Option<String>,
    /// The role of whoever acted.
    pub(crate) role: String,
    /// The court, office or facility that was acted for.
    pub(crate) office: Option<String>,
    /// The version of the rules in force.
    pub(crate) policy: Option<String>,
    /// The statutes and treaties, with their articles, on which it rests, and the offences it is about.
    pub(crate) legal_basis: Vec<ToldCode>,
    /// Every other code in it.
    pub(crate) codes: Vec<ToldCode>,
    /// What happened, as it is stored; each personal value is `clear`, `erased` or `withheld`.
    #[schemars(schema_with = "anything")]
    pub(crate) content: Value,
}

/// A code, in words.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct ToldCode {
    /// Its place in the content, as a JSON pointer (RFC 6901).
    pub(crate) at: String,
    /// The list of the rules that it is a code of.
    pub(crate) list: String,
    /// The code.
    pub(crate) code: String,
    /// Its words in each language.
    pub(crate) labels: Vec<Label>,
    /// Where the rule behind it comes from, where the rules cite it.
    pub(crate) source: Option<Source>,
}

/// The words for a code in a language.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Label {
    /// The language, by its tag.
    pub(crate) language: String,
    /// The words; null where there are none.
    pub(crate) text: Option<String>,
    /// Why there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) missing: Option<String>,
}

/// Where a rule comes from.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Source {
    /// The provision, or who decided it.
    pub(crate) text: String,
    /// Whether the rule was checked against it.
    pub(crate) verified: bool,
}

/// The content of an event is described by the schema of its name, in `domain/schemas`.
fn anything(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({
        "type": "object",
        "description": "What happened: an object with the event's name as its one key, by the schema of that event."
    })
}
