//! Findings: what somebody has to look at, under which id each stands, and the list of them.

use domain::act::{Entry, Weight};
use domain::finding::Finding;
use domain::stream::{Clock, Stream};
use domain::values::{Code, CodeError, EventId, FindingId, Instant, JurisdictionCode, SubjectId};
use schemars::JsonSchema;
use serde::Serialize;

use super::Registry;
use super::kept::{Kept, Wish};
use super::moment::AsOf;
use super::read::{Page, ReadError};
use crate::access::{Action, Call, allow};
use crate::error::{Damage, StoreError};
use crate::processes::derived;
use crate::projections::{generation, now_of};
use crate::record::Recorded;
use crate::store::StreamName;
use crate::store::database::{Row, Value};

/// What is looked for among findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FindingsQuery {
    /// As of when.
    pub as_of: AsOf,
    /// Only this rule, by its code.
    pub code: Option<String>,
    /// Only in this state: `open`, `assigned`, `closed` or `reopened`.
    pub state: Option<String>,
    /// Only of this weight.
    pub weight: Option<Weight>,
    /// Only this one: the ledger index of the event it stands in, and which of its findings it is.
    pub at: Option<(i64, i64)>,
    /// Rows before this place of an earlier page.
    pub before: Option<i64>,
    /// How many rows, at most 1,000.
    pub limit: u32,
}

/// A finding, with what it is about and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ListedFinding {
    /// The ledger index of the event it stands in, or of its being raised.
    pub entry: i64,
    /// Which of the findings of the event it is, counted from 0; of a clock, which of several.
    pub nth: i64,
    /// The kind of stream.
    pub stream: String,
    /// The stream.
    pub id: String,
    /// The event.
    pub event: String,
    /// The rule, or what a clock waited for.
    pub code: String,
    /// The safeguard.
    pub safeguard: Option<String>,
    /// How much it weighs.
    pub weight: Weight,
    /// The values, in words.
    pub said: String,
    /// The court, office or place of detention that has the record.
    pub place: Option<String>,
    /// Since when it stands.
    pub since: String,
    /// How it stands: `open`, `assigned`, `closed` or `reopened`.
    pub state: String,
    /// Its own id, once it was raised or taken up.
    pub finding: Option<String>,
    /// Whose task it is.
    pub role: Option<String>,
    /// Who looks at it.
    pub owner: Option<String>,
    /// The office for which they look at it.
    pub office: Option<String>,
    /// What came of it.
    pub disposition: Option<String>,
}

const FINDING: &str = "place, ledger_index, nth, stream_type, stream_id, event_type, code, safeguard, weight, said, \
    since, state, finding_id, role, owner, office, disposition";

impl Registry {
    /// The id of what a clock asks: of the record, what it waits for and until when.
    pub(crate) fn finding_of_clock(&self, kind: &str, record: &str, clock: &Clock) -> FindingId {
        let Clock { code, nth, due, .. } = clock;
        self.finding_of(&format!("{kind}/{record}/{code}/{nth}/{due}"))
    }

    /// The id of what an entry carries.
    fn finding_of_entry(&self, event: EventId, nth: u16) -> FindingId {
        self.finding_of(&format!("{event}/{nth}"))
    }

    fn finding_of(&self, cause: &str) -> FindingId {
        FindingId(derived(&self.inner.process_key, Finding::TYPE, cause))
    }

    /// The id under which a command begins something: of a finding that of its cause, else a new one.
    pub async fn beginning<S: Kept>(&self, command: &Wish<S>) -> Result<String, StoreError> {
        if let Some((index, nth)) = S::default().asks_of_entry(command)
            && let Some(entry) = self.recorded(index).await?
        {
            let event = EventId(entry.told.event_id);
            return Ok(self.finding_of_entry(event, nth).to_string());
        }
        Ok(self.new_stream_id().to_string())
    }

    /// The entry that a command is about, with whose rules hold for it, if the stream is the finding that it carries.
    pub(super) async fn entry(
        &self,
        call: &Call,
        stream: &StreamName,
        (index, nth): (u64, u16),
    ) -> Result<Option<(Entry, Option<JurisdictionCode>)>, ReadError> {
        let Some(recorded) = self.recorded(index).await? else {
            return Ok(None);
        };
        let event = EventId(recorded.told.event_id);
        if self.finding_of_entry(event, nth).to_string() != stream.id {
            return Ok(None);
        }
        let around = StreamName::new(&recorded.stream_type, &recorded.stream_id);
        let state = now_of(self.store(), &around).await?;
        let person = state.and_then(|state| state.person_shown(&recorded.stream_id));
        if self.look().is_sealed_to(call, person).await? || self.is_closed(call, &around).await? {
            return Ok(None);
        }
        let unreadable = |error: CodeError| StoreError::from(Damage::new(error.to_string()));
        let code = |text: &str| Code::parse(text).map_err(unreadable);
        let entry = Entry {
            index,
            event,
            recorded: Instant::from_micros(recorded.recorded_us),
            happened: code(recorded.event.name())?,
            kind: code(&recorded.stream_type)?,
            record: code(&recorded.stream_id)?,
            by: SubjectId::parse(&recorded.told.actor).ok(),
            person,
            findings: recorded.event.findings().to_vec(),
        };
        let rules = JurisdictionCode::parse(recorded.jurisdiction()).ok();
        Ok(Some((entry, rules)))
    }

    async fn recorded(&self, index: u64) -> Result<Option<Recorded>, StoreError> {
        if index >= self.store().head().await? {
            return Ok(None);
        }
        let rows = self.store().page(index, 1).await?;
        rows.first().map(Recorded::read_row).transpose()
    }

    /// A page of findings: what is still open first, of it what weighs most and then the oldest; then what is closed, the
    /// latest first. Those of one entry that stand alike stay together, so that a page may go on before it.
    pub async fn findings(
        &self,
        call: &Call,
        query: &FindingsQuery,
    ) -> Result<Page<ListedFinding>, ReadError> {
        allow(call, Action::ReadFindings)?;
        let moment = self.moment(query.as_of).await?;
        let generation = self.projections().live_generation("findings").await?;
        let limit = query.limit.clamp(1, 1_000);
        let mut which = "generation = $1 AND from_index <= $2 AND to_index > $3".to_owned();
        which.push_str(&self.guard(call).await?.streams("stream_id"));
        let last = moment.last();
        let mut params: Vec<Value> = vec![generation.into(), last.into(), last.into()];
        let weight = query.weight.map(|weight| match weight {
            Weight::Notice => "notice".to_owned(),
            Weight::Critical => "critical".to_owned(),
        });
        for (column, wanted) in [
            ("code", query.code.clone()),
            ("state", query.state.clone()),
            ("weight", weight),
        ] {
            if let Some(wanted) = wanted {
                params.push(wanted.into());
                which.push_str(&format!(" AND {column} = ${}", params.len()));
            }
        }
        if let Some((entry, nth)) = query.at {
            for (column, wanted) in [("ledger_index", entry), ("nth", nth)] {
                params.push(wanted.into());
                which.push_str(&format!(" AND {column} = ${}", params.len()));
            }
        }
        if let Some(before) = query.before {
            params.push(before.into());
            which.push_str(&format!(" AND place < ${}", params.len()));
        }
        let place = self.place_of_record().await?;
        let sql = format!(
            "SELECT {FINDING}, {place} FROM findings WHERE {which} AND place >= (SELECT COALESCE(MIN(place), 0) FROM \
             (SELECT place FROM findings WHERE {which} ORDER BY place DESC LIMIT {limit}) AS page) \
             ORDER BY place DESC, nth"
        );
        let rows = self.store().database().query(&sql, &params).await?;
        let full = rows.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
        let next = match rows.last() {
            Some(row) if full => Some(row.int(0)?),
            _ => None,
        };
        let rows: Vec<ListedFinding> = rows.iter().map(listed).collect::<Result<_, _>>()?;
        let shown = rows.iter().map(|row| format!("{}/{}", row.stream, row.id));
        self.inner
            .consultations
            .write(call, Action::ReadFindings, shown.collect())
            .await?;
        Ok(Page { rows, next, moment })
    }

    /// The court, office or place of detention that has the record of a finding as of a moment, as a column.
    async fn place_of_record(&self) -> Result<String, StoreError> {
        let standings = self.projections().standings().await?;
        let kept = [
            ("sentence_register", "court", "sentence_id"),
            ("order_ledger", "office", "order_id"),
            ("caseload", "office", "supervision_id"),
            ("cases", "place", "case_id"),
        ];
        let kept = kept.into_iter().map(|(model, place, id)| {
            let generation = generation(&standings, model)?;
            Ok(format!(
                "(SELECT r.{place} FROM {model} r WHERE r.generation = {generation} AND r.{id} = findings.stream_id \
                 AND r.from_index <= $2 AND r.to_index > $3)"
            ))
        });
        let kept: Vec<String> = kept.collect::<Result<_, StoreError>>()?;
        Ok(format!("COALESCE({})", kept.join(", ")))
    }

    /// The rules of which something was noticed, each with its code.
    pub async fn noticed_rules(&self, call: &Call) -> Result<Vec<(String, String)>, ReadError> {
        allow(call, Action::ReadFindings)?;
        let generation = self.projections().live_generation("findings").await?;
        let sql = "SELECT DISTINCT COALESCE(safeguard, ''), code FROM findings \
                   WHERE generation = $1 ORDER BY 1, 2";
        let rows = self
            .store()
            .database()
            .query(sql, &[generation.into()])
            .await?;
        let rows = rows
            .iter()
            .map(|row| Ok::<_, StoreError>((row.text(0)?.to_owned(), row.text(1)?.to_owned())));
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn listed(row: &Row) -> Result<ListedFinding, StoreError> {
    let own = |column: usize| row.text(column).map(str::to_owned);
    let maybe = |column: usize| Ok::<_, StoreError>(row.maybe_text(column)?.map(str::to_owned));
    Ok(ListedFinding {
        entry: row.int(1)?,
        nth: row.int(2)?,
        stream: own(3)?,
        id: own(4)?,
        event: own(5)?,
        code: own(6)?,
        safeguard: maybe(7)?,
        weight: if row.text(8)? == "critical" {
            Weight::Critical
        } else {
            Weight::Notice
        },
        said: own(9)?,
        since: own(10)?,
        state: own(11)?,
        finding: maybe(12)?,
        role: maybe(13)?,
        owner: maybe(14)?,
        office: maybe(15)?,
        disposition: maybe(16)?,
        place: maybe(17)?,
    })
}
