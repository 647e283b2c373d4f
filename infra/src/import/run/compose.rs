//! The thread that reads, decides and hashes.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::jurisdiction::Pack;
use domain::person::PersonCommand;
use domain::sentence::SentenceCommand;
use domain::values::{PersonId, SentenceId};
use hmac::Mac;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{ImportFailure, ImportRequest};
use crate::access::Call;
use crate::bulk::{Block, Case, Composer, Refused};
use crate::import::record::Recorder;
use crate::import::row::{Identity, ImportedRow, RowKey};
use crate::import::source::{Outcome, Progress, RowSource};
use crate::import::{DryRun, Example, Rejection};
use crate::registry::{Registry, hmac_under};

/// What is stored together.
pub(in crate::import) struct Part {
    pub(in crate::import) blocks: Vec<Block>,
    pub(in crate::import) rejections: Vec<Rejection>,
    /// Rows of which everything was recorded before.
    pub(in crate::import) existing: u64,
    /// Rows that the mapping does not mean.
    pub(in crate::import) passed_over: u64,
    /// The last row that is dealt with once this is stored.
    pub(in crate::import) last_row: u64,
    pub(in crate::import) progress: Progress,
    /// What the rules have met in the rows up to here.
    pub(in crate::import) report: DryRun,
    /// Whether the file ends here.
    pub(in crate::import) last: bool,
}

impl Part {
    /// Rows rejected.
    pub(in crate::import) fn rejected(&self) -> u64 {
        let rows = |r: &Rejection| r.last_row.saturating_sub(r.row).saturating_add(1);
        self.rejections.iter().map(rows).sum()
    }
}

/// What the reading thread says.
pub(super) enum Message {
    Part(Box<Part>),
    Failed(ImportFailure),
}

/// The reading thread.
pub(super) struct Composing {
    registry: Registry,
    call: Call,
    composer: Composer,
    source: RowSource,
    name: String,
    import_key: [u8; 32],
    identity_key: [u8; 32],
    persons: BTreeMap<[u8; 32], PersonId>,
    own: DryRun,
    refused: u64,
    part: Part,
    events: usize,
    /// Events of this part: the first parts are smaller, so that the database need not wait for a whole one.
    enough: usize,
    at_once: usize,
}

/// Events of the first part at most.
const FIRST: usize = 500;

impl Composing {
    pub(super) async fn new(
        registry: &Registry,
        call: &Call,
        law: Arc<Pack>,
        request: &ImportRequest,
        after: u64,
    ) -> Result<Self, ImportFailure> {
        let mut source = super::open(&request.path, &request.mapping)?;
        source.continue_after(after);
        let (import_key, identity_key) = secrets(registry, request.dry_run).await?;
        let persons = if request.mapping.person.identity.is_some() {
            known_persons(registry).await?
        } else {
            BTreeMap::new()
        };
        Ok(Self {
            import_key,
            identity_key,
            registry: registry.clone(),
            call: call.clone(),
            composer: Composer::new(registry, law),
            part: empty_part(&source, after),
            source,
            name: request.mapping.source.clone(),
            persons,
            own: DryRun::default(),
            refused: 0,
            events: 0,
            enough: FIRST.min(request.events_at_once.max(1)),
            at_once: request.events_at_once.max(1),
        })
    }

    /// Reads to the end of the file, or until nobody listens.
    pub(super) fn run(mut self, send: &mpsc::Sender<Message>) {
        loop {
            match self.source.next() {
                Some(Ok(outcome)) => {
                    if let Err(failure) = self.take(outcome) {
                        drop(send.blocking_send(Message::Failed(failure)));
                        return;
                    }
                    let full = self.part.rejections.len() >= self.at_once;
                    if (self.events >= self.enough || full) && !self.give(send, false) {
                        return;
                    }
                }
                Some(Err(error)) => {
                    // What was read before stands.
                    if self.give(send, false) {
                        drop(send.blocking_send(Message::Failed(ImportFailure::File(error))));
                    }
                    return;
                }
                None => break,
            }
        }
        self.give(send, true);
    }

    fn give(&mut self, send: &mpsc::Sender<Message>, last: bool) -> bool {
        let next = empty_part(&self.source, self.part.last_row);
        let mut part = std::mem::replace(&mut self.part, next);
        part.last = last;
        part.progress = self.source.progress();
        part.report = self.report();
        self.events = 0;
        self.enough = self.enough.saturating_mul(2).min(self.at_once);
        self.part.blocks.reserve(part.blocks.len());
        send.blocking_send(Message::Part(Box::new(part))).is_ok()
    }

    fn report(&self) -> DryRun {
        let mut report = self.source.report();
        report.decisions = report.decisions.saturating_sub(self.refused);
        report.rejected = report.rejected.saturating_add(self.own.rejected);
        report.rules.extend(self.own.rules.iter().cloned());
        report
    }

    fn take(&mut self, outcome: Outcome) -> Result<(), ImportFailure> {
        match outcome {
            Outcome::Rejected(rejection) => {
                self.part.last_row = rejection.last_row;
                self.part.rejections.push(rejection);
            }
            Outcome::Decision(row) => {
                self.part.last_row = row.last_row;
                self.decide(&row)?;
            }
        }
        Ok(())
    }

    fn decide(&mut self, row: &ImportedRow) -> Result<(), ImportFailure> {
        let token = row
            .person
            .identity
            .as_ref()
            .map(|identity| self.token(identity));
        let known = token.and_then(|token| self.persons.get(&token).copied());
        let person = known.unwrap_or_else(|| self.registry.new_person_id());
        let mut recorder = Recorder::new(self.composer.law());
        let wishes = recorder.wishes(row, person);
        let sentence = self.sentence_id(&row.key);
        let mut case = Case::new(&self.composer, person, known.is_some(), sentence);
        case.born(wishes.born);
        let mut decided = Ok(());
        if known.is_none() {
            decided = case.person(&self.call, PersonCommand::Register(wishes.register));
        }
        let impose = SentenceCommand::Impose(wishes.impose);
        let decided = decided.and_then(|()| case.sentence(&self.call, impose));
        match decided {
            Ok(()) => {
                let mut block = case.finish();
                if let (Some(token), None) = (token, known) {
                    self.persons.insert(token, person);
                    let token = token.as_slice().into();
                    block.tokens.push(vec![token, person.to_string().into()]);
                }
                for reservation in wishes.reservations {
                    let noted = || example(row.line, reservation.said, Some(sentence));
                    self.own.note(reservation.rule, noted);
                }
                self.add(row, sentence, block);
            }
            Err(Refused::Rule {
                code,
                field,
                named,
                said,
                ..
            }) => self.refuse(row, code, (&field, named.as_deref()), said),
            Err(Refused::Store(error)) => return Err(error.into()),
        }
        Ok(())
    }

    fn add(&mut self, row: &ImportedRow, sentence: SentenceId, block: Block) {
        for finding in &block.findings {
            let found = || example(row.line, finding.said.clone(), Some(sentence));
            self.own.note(&finding.code, found);
        }
        self.events = self.events.saturating_add(block.events.len());
        self.part.blocks.push(block);
    }

    /// A decision that contradicts itself is no decision: its row is rejected alone.
    fn refuse(
        &mut self,
        row: &ImportedRow,
        code: &str,
        (field, named): (&str, Option<&str>),
        said: String,
    ) {
        let rows = row.last_row.saturating_sub(row.row).saturating_add(1);
        self.refused = self.refused.saturating_add(1);
        self.own
            .reject(code, rows, || example(row.line, said.clone(), None));
        let of = row.row..=row.last_row;
        let rejection = Rejection::by_rule((of, row.line), code, field, named, said);
        self.part.rejections.push(rejection);
    }

    /// The same row of the same source is the same sentence, in this register only.
    fn sentence_id(&self, key: &RowKey) -> SentenceId {
        SentenceId(derived_id(&self.import_key, &self.name, "sentence", key))
    }

    fn token(&self, identity: &Identity) -> [u8; 32] {
        identity_token(&self.identity_key, identity)
    }
}

/// What a row of a source is known by, under the register's own key: equal for the same kind of thing and key only.
pub(in crate::import) fn row_token(
    key: &[u8; 32],
    source: &str,
    kind: &str,
    of: &RowKey,
) -> [u8; 32] {
    let mut hmac = hmac_under(key);
    hmac.update(source.as_bytes());
    hmac.update(b"\0");
    hmac.update(kind.as_bytes());
    hmac.update(b"\0");
    hmac.update(&of.to_bytes());
    hmac.finalize().into_bytes().into()
}

/// The id that a row of a source gives to what it became.
pub(in crate::import) fn derived_id(key: &[u8; 32], source: &str, kind: &str, of: &RowKey) -> Uuid {
    let token = row_token(key, source, kind, of);
    Uuid::new_v8(token.first_chunk().copied().unwrap_or_default())
}

/// What somebody is known again by.
pub(in crate::import) fn identity_token(key: &[u8; 32], identity: &Identity) -> [u8; 32] {
    let mut hmac = hmac_under(key);
    hmac.update(identity.scheme().as_bytes());
    hmac.update(b"\0");
    hmac.update(identity.reveal().as_bytes());
    hmac.finalize().into_bytes().into()
}

fn empty_part(source: &RowSource, last_row: u64) -> Part {
    Part {
        blocks: Vec::new(),
        rejections: Vec::new(),
        existing: 0,
        passed_over: 0,
        last_row,
        progress: source.progress(),
        report: DryRun::default(),
        last: false,
    }
}

fn example(line: u64, reason: String, sentence: Option<SentenceId>) -> Example {
    Example {
        line,
        value: String::new(),
        reason,
        sentence,
    }
}

/// The keys from which ids and tokens derive. A rehearsal throws both away, and makes no key for them.
async fn secrets(
    registry: &Registry,
    rehearsal: bool,
) -> Result<([u8; 32], [u8; 32]), ImportFailure> {
    if rehearsal {
        return Ok(([0; 32], [0; 32]));
    }
    let vault = registry.vault();
    Ok((
        vault.secret("import").await?,
        vault.secret("import-identity").await?,
    ))
}

async fn known_persons(registry: &Registry) -> Result<BTreeMap<[u8; 32], PersonId>, ImportFailure> {
    let sql = "SELECT token, person FROM import_persons";
    let rows = registry.store().database().query(sql, &[]).await?;
    let mut persons = BTreeMap::new();
    for row in rows {
        let token = row.blob(0)?.first_chunk::<32>().copied();
        if let (Some(token), Ok(person)) = (token, row.text(1)?.parse()) {
            persons.insert(token, person);
        }
    }
    Ok(persons)
}
