//! Finding a record by its reference: the number that the register gave it, whole or as pages show its end, or the
//! court's own.

use domain::finding::Finding;
use domain::person::Person;
use domain::registry::Register;
use domain::stream::Stream;
use domain::values::PersonId;

use super::Registry;
use super::guarded::Guard;
use super::moment::{AsOf, Moment};
use super::read::ReadError;
use crate::access::{Action, Call, allow};
use crate::error::StoreError;
use crate::store::database::Value;

/// The most records of a kind that a reference finds.
const MOST: usize = 25;
/// So many signs of a number have to be given: fewer would find too much.
const LEAST: usize = 4;

/// A record that a reference found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referred {
    /// The kind of record: `sentence`.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Whom it is about.
    pub person: Option<String>,
    /// How it stands, where a list says so.
    pub state: Option<String>,
    /// The court's own reference.
    pub case: Option<String>,
}

/// Where records of a kind are looked for.
struct Shelf {
    table: &'static str,
    id: &'static str,
    /// The kind, as a column or a word.
    kind: &'static str,
    case: &'static str,
}

const SHELVES: [Shelf; 4] = [
    Shelf {
        table: "sentence_register",
        id: "sentence_id",
        kind: "'sentence'",
        case: "case_reference",
    },
    Shelf {
        table: "order_ledger",
        id: "order_id",
        kind: "'order'",
        case: "NULL",
    },
    Shelf {
        table: "caseload",
        id: "supervision_id",
        kind: "'supervision'",
        case: "NULL",
    },
    Shelf {
        table: "cases",
        id: "case_id",
        kind: "kind",
        case: "NULL",
    },
];

impl Registry {
    /// The records whose number ends in a text, or whose court calls them so, as of a moment: those that are open to the
    /// caller. Whatever is found is written down before it is returned.
    pub async fn referred(
        &self,
        call: &Call,
        text: &str,
        as_of: AsOf,
    ) -> Result<Vec<Referred>, ReadError> {
        allow(call, Action::ReadRegister)?;
        let moment = self.moment(as_of).await?;
        let text = text.trim().replace(['%', '_'], "");
        let mut found = Vec::new();
        if !text.is_empty() {
            let guard = self.guard(call).await?;
            for shelf in &SHELVES {
                found.extend(self.on_shelf(&guard, shelf, &text, moment).await?);
            }
            found.extend(self.persons_referred(call, &guard, &text, moment).await?);
        }
        found.retain(|row| {
            let action = match row.kind.as_str() {
                <Finding as Stream>::TYPE => Action::ReadFindings,
                <Register as Stream>::TYPE => Action::ReadKeeping,
                _ => Action::ReadRegister,
            };
            allow(call, action).is_ok()
        });
        let shown = found.iter().map(|row| format!("{}/{}", row.kind, row.id));
        let log = &self.inner.consultations;
        log.write(call, Action::ReadRegister, shown.collect())
            .await?;
        Ok(found)
    }

    /// The record to which an entry of the ledger belongs, as [`Registry::referred`] finds records.
    pub async fn entered(
        &self,
        call: &Call,
        index: u64,
        as_of: AsOf,
    ) -> Result<Vec<Referred>, ReadError> {
        allow(call, Action::ReadRegister)?;
        let moment = self.moment(as_of).await?;
        let Some(index) = moment.index.filter(|last| index <= *last).map(|_| index) else {
            return Ok(Vec::new());
        };
        let page = self.store().page(index, 1).await?;
        let row = page.first().filter(|row| row.index == index);
        match row {
            Some(row) => self.referred(call, &row.stream.id, as_of).await,
            None => Ok(Vec::new()),
        }
    }

    /// The people whose number ends in a text, as [`Registry::referred`] finds them.
    pub async fn people_referred(
        &self,
        call: &Call,
        text: &str,
        as_of: AsOf,
    ) -> Result<Vec<PersonId>, ReadError> {
        let found = self.referred(call, text, as_of).await?.into_iter();
        let people = found.filter(|row| row.kind == <Person as Stream>::TYPE);
        Ok(people.filter_map(|row| row.id.parse().ok()).collect())
    }

    async fn on_shelf(
        &self,
        guard: &Guard,
        Shelf {
            table,
            id,
            kind,
            case,
        }: &Shelf,
        text: &str,
        moment: Moment,
    ) -> Result<Vec<Referred>, StoreError> {
        let generation = self.projections().live_generation(table).await?;
        let last = moment.last();
        let mut params: Vec<Value> = vec![generation.into(), last.into(), last.into()];
        let mut either = Vec::new();
        if let Some(end) = end(text) {
            params.push(end.into());
            either.push(format!("{id} LIKE ${}", params.len()));
        }
        if *case != "NULL" {
            params.push(format!("{text}%").into());
            either.push(format!("{case} LIKE ${}", params.len()));
        }
        if either.is_empty() {
            return Ok(Vec::new());
        }
        let rows = guard.rows_or_nobody("person_id", id);
        let sql = format!(
            "SELECT {kind}, {id}, person_id, state, {case} FROM {table} WHERE generation = $1 AND from_index <= $2 \
             AND to_index > $3 AND ({}){rows} ORDER BY first_index DESC LIMIT {MOST}",
            either.join(" OR ")
        );
        let rows = self.store().database().query(&sql, &params).await?;
        rows.iter()
            .map(|row| {
                let maybe =
                    |column: usize| Ok::<_, StoreError>(row.maybe_text(column)?.map(str::to_owned));
                Ok(Referred {
                    kind: row.text(0)?.to_owned(),
                    id: row.text(1)?.to_owned(),
                    person: maybe(2)?.filter(|person| !person.is_empty()),
                    state: maybe(3)?,
                    case: maybe(4)?,
                })
            })
            .collect()
    }

    /// The people whose number ends so; a record that is closed to the caller is not there.
    async fn persons_referred(
        &self,
        call: &Call,
        guard: &Guard,
        text: &str,
        moment: Moment,
    ) -> Result<Vec<Referred>, ReadError> {
        let Some(end) = end(text).filter(|_| allow(call, Action::ReadCase).is_ok()) else {
            return Ok(Vec::new());
        };
        let sql = format!(
            "SELECT aggregate_id FROM events WHERE aggregate_type = 'person' AND sequence = 1 AND aggregate_id LIKE $1 \
             AND ledger_index <= $2 ORDER BY ledger_index DESC LIMIT {MOST}"
        );
        let params: [Value; 2] = [end.into(), moment.last().into()];
        let rows = self.store().database().query(&sql, &params).await?;
        let ids = rows.iter().map(|row| Ok(row.text(0)?.parse().ok()));
        let ids: Result<Vec<Option<PersonId>>, StoreError> = ids.collect();
        let ids: Vec<PersonId> = ids?.into_iter().flatten().collect();
        let closed = self.closed_people(guard, &ids).await?;
        let open = ids.iter().map(ToString::to_string);
        let open = open.filter(|id| !closed.contains(id));
        let referred = open.map(|id| Referred {
            kind: <Person as Stream>::TYPE.to_owned(),
            person: Some(id.clone()),
            id,
            state: None,
            case: None,
        });
        Ok(referred.collect())
    }
}

/// The end of a number as a question has it; nothing where a text is no number or too little of one. What was read out on
/// the telephone may hold blanks.
fn end(text: &str) -> Option<String> {
    let signs: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let signs = signs.to_lowercase();
    let is_number = signs.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    (is_number && signs.len() >= LEAST).then(|| format!("%{signs}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_in_groups_and_capitals_and_too_little_of_one_is_none() {
        assert_eq!(end("94 13 2F 7B").as_deref(), Some("%94132f7b"));
        assert_eq!(end("-94132f7b1c33").as_deref(), Some("%-94132f7b1c33"));
        assert_eq!(end("9413").as_deref(), Some("%9413"));
        for other in ["941", "2026/114", "Ana Ash", ""] {
            assert_eq!(end(other), None, "{other}");
        }
    }
}
