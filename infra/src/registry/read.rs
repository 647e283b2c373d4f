//! Reads: allowed, written down, then answered. A read as of an earlier moment changes what was known, never who
//! may see it.

use std::collections::BTreeSet;

use cqrs_es::Aggregate;
use domain::actor::Role;
use domain::person::Person;
use domain::personal::{Disclosed, Sealed};
use domain::stream::{FromJson, Stream};
use domain::values::{Day, Instant, PersonId, SentenceId};
use schemars::JsonSchema;
use serde::Serialize;

use super::Registry;
use super::kept::Kept;
use super::moment::{AsOf, Moment};
use crate::access::{Action, Call, Consultation, Denied, Wanted, allow};
use crate::error::StoreError;
use crate::packs::PacksError;
use crate::projections::about_people;
use crate::record::Recorded;
use crate::store::database::{Row, Value, quoted};
use crate::store::{EventRow, StreamName};

/// Why something cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is nothing under this id at that moment.
    #[error("there is no {what} {id}{}: check the id", if *past { " as of that moment" } else { "" })]
    Unknown {
        /// The kind of thing.
        what: &'static str,
        /// The id asked for.
        id: String,
        /// Whether the past was asked about.
        past: bool,
    },
    /// The rules under which something is worked out cannot be had.
    #[error(transparent)]
    Rules(#[from] PacksError),
    /// The database failed, or the log of consultations cannot be written: then nothing is shown.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// That there is nothing under an id, as whoever asks may know.
pub(super) fn unknown<S: Stream>(id: &str, moment: Moment) -> ReadError {
    ReadError::Unknown {
        what: <S as Stream>::TYPE,
        id: id.to_owned(),
        past: moment.past,
    }
}

/// One thing as of a moment: its state and what happened to it.
#[derive(Debug, Clone)]
pub struct Found<S> {
    /// Its state.
    pub state: S,
    /// Its version at the moment.
    pub version: u64,
    /// What happened to it, oldest first.
    pub entries: Vec<Recorded>,
    /// The moment.
    pub moment: Moment,
}

/// A page of a list.
#[derive(Debug, Clone, Serialize)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Where the next page begins; absent on the last.
    pub next: Option<i64>,
    /// The moment.
    pub moment: Moment,
}

/// What is looked for in the sentence register.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterQuery {
    /// As of when.
    pub as_of: AsOf,
    /// A text that a reference, an offence or an id begins with.
    pub text: Option<String>,
    /// Only this court.
    pub court: Option<String>,
    /// Only this state.
    pub state: Option<String>,
    /// Only this disposal.
    pub disposal: Option<String>,
    /// Only this person.
    pub person: Option<PersonId>,
    /// Only what was decided on this day.
    pub decided: Option<Day>,
    /// Only decisions with findings.
    pub with_findings: bool,
    /// Only decisions on which an appeal waits.
    pub appealed: bool,
    /// Only decisions of which a clock noticed this, by its code, and nobody has closed it.
    pub noticed: Option<String>,
    /// Only these.
    pub among: Option<Vec<SentenceId>>,
    /// Rows before this place of an earlier page.
    pub before: Option<i64>,
    /// How many rows, at most 1,000.
    pub limit: u32,
}

/// A row of the sentence register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ListedSentence {
    /// The sentence.
    pub id: String,
    /// The ledger index of its first event.
    pub entry: i64,
    /// The person.
    pub person: String,
    /// The jurisdiction.
    pub jurisdiction: String,
    /// The court.
    pub court: String,
    /// When it was decided.
    pub decided: Option<String>,
    /// How it stands.
    pub state: String,
    /// The disposal.
    pub disposal: String,
    /// The principal offence.
    pub offence: Option<String>,
    /// Its category.
    pub category: Option<String>,
    /// What was imposed, in words.
    pub summary: String,
    /// The court's reference.
    pub case: Option<String>,
    /// How many findings it has.
    pub findings: i64,
    /// When the appeal that waits was lodged.
    pub appealed: Option<String>,
}

/// Which consultations are looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LooksQuery {
    /// Up to a moment.
    pub as_of: AsOf,
    /// Only from this day on, by the clocks of the jurisdiction.
    pub from: Option<Day>,
    /// Only up to the end of this day, by the clocks of the jurisdiction.
    pub until: Option<Day>,
    /// Only in this role.
    pub role: Option<Role>,
    /// Only of this person: the person's own record and every record about the person.
    pub person: Option<PersonId>,
    /// Before an instant of an earlier page, in microseconds.
    pub before: Option<i64>,
    /// How many rows, at most 1,000.
    pub limit: u32,
}

/// A page of the feed.
#[derive(Debug, Clone)]
pub struct Fed {
    /// The entries that are open to whoever asks.
    pub rows: Vec<EventRow>,
    /// The entry after the page; nothing where the ledger has not come to it.
    pub next: Option<u64>,
}

/// An entry of a person's timeline.
#[derive(Debug, Clone)]
pub struct TimelineEntry {
    /// What happened, in which stream; of an entry about many people, what is about the person.
    pub recorded: Recorded,
}

/// That a clock noticed something of a sentence, by its code, and nobody has closed it by the moment of the first values.
fn condition_noticed(findings: i64, code: &str, params: &mut Vec<Value>) -> String {
    params.extend([findings.into(), code.into()]);
    let last = params.len();
    format!(
        " AND EXISTS (SELECT 1 FROM findings WHERE findings.generation = ${} \
         AND findings.stream_id = sentence_id AND findings.code = ${last} AND findings.state <> 'closed' \
         AND findings.from_index <= $2 AND findings.to_index > $3)",
        last.saturating_sub(1)
    )
}

/// The condition that a decision is one of these; none is among none, and an empty list is no SQL.
fn condition_among(among: &[SentenceId], params: &mut Vec<Value>) -> String {
    let known = params.len();
    params.extend(among.iter().map(|id| Value::from(id.to_string())));
    let places: Vec<String> = (known..params.len())
        .map(|n| format!("${}", n + 1))
        .collect();
    let places = if places.is_empty() {
        "NULL".to_owned()
    } else {
        places.join(", ")
    };
    format!(" AND sentence_id IN ({places})")
}

/// The sentences about a person. A draft that was taken back tells no more whom it was about, so the first row is asked.
const ABOUT_PERSON: &str = "sentence_id IN (SELECT sentence_id FROM sentence_register WHERE generation = \
                            (SELECT generation FROM projections WHERE name = 'sentence_register' AND live = 1) \
                            AND from_index = first_index AND person_id = ?)";

pub(super) const REGISTER_COLUMNS: &str = "sentence_id, first_index, person_id, jurisdiction, court, decided, \
    state, disposal, offence, category, summary, case_reference, findings, appealed";

impl Registry {
    /// One thing as of a moment, for somebody allowed to read cases.
    pub async fn show<S>(&self, call: &Call, id: &str, as_of: AsOf) -> Result<Found<S>, ReadError>
    where
        S: Kept,
    {
        let action = match <S as Stream>::TYPE {
            "policy" => Action::ReadRules,
            "finding" => Action::ReadFindings,
            "registry" => Action::ReadKeeping,
            _ => Action::ReadCase,
        };
        allow(call, action)?;
        let moment = self.moment(as_of).await?;
        let found = self.found::<S>(id, moment).await?;
        self.let_to(call, id, &found).await?;
        let shown = vec![format!("{}/{id}", <S as Stream>::TYPE)];
        self.inner.consultations.write(call, action, shown).await?;
        Ok(found)
    }

    pub(super) async fn found<S>(&self, id: &str, moment: Moment) -> Result<Found<S>, ReadError>
    where
        S: Kept,
    {
        let no = || unknown::<S>(id, moment);
        let index = moment.index.ok_or_else(no)?;
        let stream = StreamName::new(<S as Stream>::TYPE, id);
        let rows = self.store().stream_events(&stream, index).await?;
        let mut state = S::default();
        let mut entries = Vec::with_capacity(rows.len());
        for row in &rows {
            let recorded = Recorded::read_row(row)?;
            let event = <S as Stream>::Event::from_json(&row.payload).map_err(|e| {
                StoreError::from(crate::error::Damage::new(e.to_string()).at(row.index))
            })?;
            Aggregate::apply(&mut state, event);
            entries.push(recorded);
        }
        let version = entries.last().map(|e| e.sequence).ok_or_else(no)?;
        Ok(Found {
            state,
            version,
            entries,
            moment,
        })
    }

    /// A page of the sentence register.
    pub async fn sentences(
        &self,
        call: &Call,
        query: &RegisterQuery,
    ) -> Result<Page<ListedSentence>, ReadError> {
        allow(call, Action::ReadRegister)?;
        let moment = self.moment(query.as_of).await?;
        let limit = i64::from(query.limit.clamp(1, 1_000));
        let rows = self.register_rows(call, query, moment, limit).await?;
        let mut listed: Vec<ListedSentence> =
            rows.iter().map(listed_sentence).collect::<Result<_, _>>()?;
        let more = listed.len() > usize::try_from(limit).unwrap_or(usize::MAX);
        listed.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let next = more.then(|| listed.last().map(|row| row.entry)).flatten();
        let shown = listed
            .iter()
            .map(|row| format!("sentence/{}", row.id))
            .collect();
        self.inner
            .consultations
            .write(call, Action::ReadRegister, shown)
            .await?;
        Ok(Page {
            rows: listed,
            next,
            moment,
        })
    }

    #[expect(clippy::too_many_lines, reason = "one condition for each thing asked")]
    async fn register_rows(
        &self,
        call: &Call,
        query: &RegisterQuery,
        moment: Moment,
        limit: i64,
    ) -> Result<Vec<Row>, ReadError> {
        let name = "sentence_register";
        let generation = self.projections().live_generation(name).await?;
        let mut sql = format!(
            "SELECT {REGISTER_COLUMNS} FROM sentence_register \
             WHERE generation = $1 AND from_index <= $2 AND to_index > $3"
        );
        sql.push_str(&self.guard(call).await?.rows("person_id", "sentence_id"));
        let last = moment.last();
        let mut params = vec![generation.into(), last.into(), Value::Int(last)];
        if let Some(among) = &query.among {
            sql.push_str(&condition_among(among, &mut params));
        }
        if let Some(code) = &query.noticed {
            let findings = self.projections().live_generation("findings").await?;
            sql.push_str(&condition_noticed(findings, code, &mut params));
        }
        let mut filter = |condition: &str, value: Value| {
            params.push(value);
            sql.push_str(" AND ");
            sql.push_str(&condition.replace('?', &format!("${}", params.len())));
        };
        for (column, wanted) in [
            ("court = ?", query.court.clone()),
            ("state = ?", query.state.clone()),
            ("disposal = ?", query.disposal.clone()),
            ("decided = ?", query.decided.map(|day| day.to_string())),
            (ABOUT_PERSON, query.person.map(|p| p.to_string())),
        ] {
            if let Some(wanted) = wanted {
                filter(column, wanted.into());
            }
        }
        if let Some(text) = query
            .text
            .as_deref()
            .map(str::trim)
            .filter(|t| !t.is_empty())
        {
            let like = format!("{}%", text.replace(['%', '_'], ""));
            filter("(case_reference LIKE ?", like.clone().into());
            filter("1 = 1 OR offence LIKE ?", like.clone().into());
            filter("1 = 1 OR sentence_id LIKE ?", like.into());
            // Pages show the end of an id, and sheets the number of an entry.
            let end = format!("%{}", text.to_lowercase().replace(['%', '_'], ""));
            filter("1 = 1 OR sentence_id LIKE ?", end.into());
            let entry = text.replace([',', ' '], "").parse().unwrap_or(-1_i64);
            filter("1 = 1 OR from_index = ?)", entry.into());
        }
        if query.with_findings {
            filter("findings > ?", Value::Int(0));
        }
        if query.appealed {
            filter("appealed >= ?", "".into());
        }
        if let Some(before) = query.before {
            filter("first_index < ?", before.into());
        }
        sql.push_str(&format!(
            " ORDER BY first_index DESC LIMIT {}",
            limit.saturating_add(1)
        ));
        Ok(self.store().database().query(&sql, &params).await?)
    }

    /// Opens sealed values: who a person is, or words about the person.
    pub async fn disclose(
        &self,
        call: &Call,
        action: Action,
        values: &[Sealed],
    ) -> Result<Vec<Disclosed<String>>, ReadError> {
        if values.is_empty() {
            return Ok(Vec::new());
        }
        if allow(call, action).is_err() {
            return Ok(values.iter().map(|_| Disclosed::Withheld).collect());
        }
        let shown = values
            .iter()
            .map(|v| format!("person/{}/{}", v.person, v.class.word()))
            .collect();
        self.inner.consultations.write(call, action, shown).await?;
        Ok(self.inner.vault.open(values).await?)
    }

    /// A page of who consulted what up to a moment, newest first; it goes on before an instant in microseconds.
    pub async fn consultations(
        &self,
        call: &Call,
        as_of: AsOf,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Page<Consultation>, ReadError> {
        let query = LooksQuery {
            as_of,
            before,
            limit,
            ..LooksQuery::default()
        };
        self.looks(call, &query).await
    }

    /// A page of who consulted what, by day, role and person, newest first. What belongs to one view of a page is told as
    /// one.
    pub async fn looks(
        &self,
        call: &Call,
        query: &LooksQuery,
    ) -> Result<Page<Consultation>, ReadError> {
        allow(call, Action::ReadConsultations)?;
        let moment = self.moment(query.as_of).await?;
        let ids = match query.person {
            Some(person) => Some(self.ids_about(person).await?),
            None => None,
        };
        let shown = query.person.map(|person| format!("person/{person}"));
        let log = &self.inner.consultations;
        log.write(call, Action::ReadConsultations, shown.into_iter().collect())
            .await?;
        let last = moment.instant.micros();
        let until = query
            .before
            .map_or(last, |before| last.min(before.saturating_sub(1)));
        let clocks = self.clocks().await?;
        let end = query
            .until
            .map_or(i64::MAX, |day| clocks.end_of(day).micros());
        let wanted = Wanted {
            since_us: query
                .from
                .map_or(i64::MIN, |day| clocks.start_of(day).micros()),
            until_us: until.min(end),
            role: query.role.map(|role| role.word().to_owned()),
            ids,
        };
        let limit = i64::from(query.limit.clamp(1, 1_000));
        let (rows, next) = log.page(&wanted, query.before, limit).await?;
        Ok(Page { rows, next, moment })
    }

    /// The ids of a person and of every record about that person.
    async fn ids_about(&self, person: PersonId) -> Result<Vec<String>, ReadError> {
        let standings = self.projections().standings().await?;
        let about = about_people(&standings)?;
        let sql = format!("SELECT DISTINCT stream_id FROM {about} WHERE person_id = $1");
        let own = person.to_string();
        let params: [Value; 1] = [own.as_str().into()];
        let rows = self.store().database().query(&sql, &params).await?;
        let mut ids = vec![own];
        for row in &rows {
            ids.push(row.text(0)?.to_owned());
        }
        Ok(ids)
    }

    /// Follows the chains of consultations; how many entries fit. An entry that is missing or altered is damage.
    pub async fn check_consultations(&self, call: &Call) -> Result<u64, ReadError> {
        allow(call, Action::Operate)?;
        Ok(self.consultations_in_chains().await?)
    }

    /// The same for whoever examines the installation itself.
    pub(crate) async fn consultations_in_chains(&self) -> Result<u64, StoreError> {
        self.inner.consultations.check().await
    }

    /// A page of the feed of events in ledger order, for those who replay. What is closed to the call is left out.
    pub async fn feed(&self, call: &Call, from: u64, limit: u32) -> Result<Fed, ReadError> {
        allow(call, Action::ReadFeed)?;
        let limit = u64::from(limit.clamp(1, 1_000));
        let mut rows = self.store().page(from, limit).await?;
        let next = rows.last().map(|last| last.index.saturating_add(1));
        let closed = self.closed_among(call, &rows).await?;
        rows.retain(|row| !closed.contains(&row.stream.id));
        if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
            let shown = vec![format!("events/{}-{}", first.index, last.index)];
            self.inner
                .consultations
                .write(call, Action::ReadFeed, shown)
                .await?;
        }
        Ok(Fed { rows, next })
    }

    /// The streams of a page of the ledger that are closed to a call. It is judged as of today, so whatever the ledger holds
    /// is filed before.
    async fn closed_among(
        &self,
        call: &Call,
        rows: &[EventRow],
    ) -> Result<BTreeSet<String>, ReadError> {
        self.projections().catch_up().await?;
        let guard = self.guard(call).await?;
        let ids: BTreeSet<&str> = rows.iter().map(|row| row.stream.id.as_str()).collect();
        let ids = ids
            .into_iter()
            .filter(|id| uuid::Uuid::parse_str(id).is_ok());
        let ids = quoted(ids);
        if ids.is_empty() {
            return Ok(BTreeSet::new());
        }
        let cases = guard.rows("person_id", "stream_id");
        let cases = format!(
            "SELECT stream_id FROM {} WHERE stream_id IN ({ids}) AND NOT (1 = 1{cases})",
            guard.timeline
        );
        let mut closed = BTreeSet::new();
        for row in self.store().database().query(&cases, &[]).await? {
            closed.insert(row.text(0)?.to_owned());
        }
        // What is about nobody is in no timeline.
        let cases = guard.closed_among(&ids);
        for row in self.store().database().query(&cases, &[]).await? {
            closed.insert(row.text(0)?.to_owned());
        }
        let people = rows
            .iter()
            .filter(|row| row.stream.kind == <Person as Stream>::TYPE);
        let people: BTreeSet<PersonId> = people
            .filter_map(|row| row.stream.id.parse().ok())
            .collect();
        let people: Vec<PersonId> = people.into_iter().collect();
        closed.extend(self.closed_people(&guard, &people).await?);
        Ok(closed)
    }

    /// When the last event was stored, and how many there are.
    pub async fn head(&self) -> Result<(u64, Option<Instant>), StoreError> {
        let head = self.store().head().await?;
        let Some(last) = head.checked_sub(1) else {
            return Ok((0, None));
        };
        let rows = self.store().page(last, 1).await?;
        Ok((
            head,
            rows.first().map(|row| Instant::from_micros(row.stored_us)),
        ))
    }
}

pub(super) fn listed_sentence(row: &Row) -> Result<ListedSentence, StoreError> {
    let own = |column: usize| row.text(column).map(str::to_owned);
    let maybe = |column: usize| Ok::<_, StoreError>(row.maybe_text(column)?.map(str::to_owned));
    Ok(ListedSentence {
        id: own(0)?,
        entry: row.int(1)?,
        person: own(2)?,
        jurisdiction: own(3)?,
        court: own(4)?,
        decided: maybe(5)?,
        state: own(6)?,
        disposal: own(7)?,
        offence: maybe(8)?,
        category: maybe(9)?,
        summary: own(10)?,
        case: maybe(11)?,
        findings: row.int(12)?,
        appealed: maybe(13)?,
    })
}
