//! Who could be released for a while and was never considered.
//!
//! Everybody whose term is being served, by a stay in custody or by a mark on the decision, has the dates of the
//! sentence worked out and kept ([`super::possible`]). Whoever is past the day of a kind of release, and has no release of
//! that kind that anybody has considered, is listed: first those held past the day on which the law itself lets them go,
//! then those past it of whom no stay says that they are held at all, then the longest first. Where a date cannot be worked out the reasons are counted beside the list.

use domain::values::Day;
use schemars::JsonSchema;
use serde::Serialize;

use super::Registry;
use super::guarded::Guard;
use super::moment::{AsOf, Moment};
use super::possible::{Possible, READ};
use super::read::ReadError;
use crate::access::{Action, Call, allow};
use crate::error::StoreError;
use crate::store::database::Value;

/// Somebody past the day on which a kind of release was possible, whom nobody has considered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Unconsidered {
    /// The person.
    pub person: String,
    /// The sentence that is served.
    pub sentence: String,
    /// The stay in custody, where the register holds one.
    pub stay: Option<String>,
    /// The place of detention, where the register holds the stay.
    pub facility: Option<String>,
    /// The jurisdiction.
    pub jurisdiction: String,
    /// The kind of release.
    pub kind: String,
    /// In words.
    pub title: String,
    /// Whether the law itself brings it: then nobody has to consider it. Whoever has a stay is held past the day; whether
    /// anybody without one is held is not known.
    pub by_law: bool,
    /// The day from which it is possible: a calculation to be certified.
    pub eligible: Day,
    /// How many days ago that was.
    pub days: u32,
    /// The release in which nobody has considered anything yet, where one is recorded.
    pub release: Option<String>,
}

/// Why dates could not be worked out, and for how many decisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NotWorkedOut {
    /// The kind of release in words; none where no date at all can be worked out.
    pub kind: Option<String>,
    /// A stable word for the reason.
    pub code: String,
    /// The reason in words.
    pub why: String,
    /// Of how many decisions.
    pub decisions: u64,
}

/// A page of those who were never considered.
#[derive(Debug, Clone)]
pub struct UnconsideredPage {
    /// The rows of the page.
    pub rows: Vec<Unconsidered>,
    /// How many there are in all.
    pub of: usize,
    /// How many of them are held past the day on which the law itself lets them go.
    pub held_past: usize,
    /// How many of them are past it, and no stay says whether they are held at all.
    pub held_unknown: usize,
    /// How many decisions are being served.
    pub served: usize,
    /// Where no date could be worked out.
    pub not_worked_out: Vec<NotWorkedOut>,
    /// The moment.
    pub moment: Moment,
}

/// Which rows hold at a moment and may be seen: a condition and its values.
struct At {
    sql: String,
    params: Vec<Value>,
}

impl Registry {
    /// A page of those who are past the day of a kind of release and were never considered: first those held past the day
    /// on which the law itself lets them go, then those past it of whom it is not known whether they are held, then the
    /// longest first; so many rows before it are left out.
    pub async fn never_considered(
        &self,
        call: &Call,
        as_of: AsOf,
        skip: usize,
        limit: usize,
    ) -> Result<UnconsideredPage, ReadError> {
        allow(call, Action::ReadRegister)?;
        let moment = self.moment(as_of).await?;
        self.fill_possible().await?;
        let guard = self.guard(call).await?;
        let at = at(&guard, moment);
        let past = self.past(&at, moment).await?;
        let of = self.count_of(&past).await?;
        let by_law = |stay: &str| At {
            sql: format!("{} AND by_law = 1 AND custody_id {stay}", past.sql),
            params: past.params.clone(),
        };
        let held_past = self.count_of(&by_law("IS NOT NULL")).await?;
        let held_unknown = self.count_of(&by_law("IS NULL")).await?;
        let rows = self.listed(&past, moment, (skip, limit)).await?;
        let served = At {
            sql: format!("{} AND nth = 0", at.sql),
            params: at.params.clone(),
        };
        let shown = rows.iter().map(|row| format!("sentence/{}", row.sentence));
        let log = &self.inner.consultations;
        log.write(call, Action::ReadRegister, shown.collect())
            .await?;
        Ok(UnconsideredPage {
            rows,
            of,
            held_past,
            held_unknown,
            served: self.count_of(&served).await?,
            not_worked_out: self.not_worked_out(&at).await?,
            moment,
        })
    }

    /// Those past the day, by the day that it is in each jurisdiction.
    async fn past(&self, at: &At, moment: Moment) -> Result<At, ReadError> {
        let mut params = at.params.clone();
        let mut each = Vec::new();
        for jurisdiction in self.packs().jurisdictions().await? {
            let law = match self.law_at(&jurisdiction, moment).await {
                Ok(law) => law,
                Err(ReadError::Store(error)) => return Err(error.into()),
                // Where no rules were adopted yet, nothing was served under them.
                Err(_) => continue,
            };
            let today = law.day(moment.instant).to_string();
            params.extend([jurisdiction.into(), today.into()]);
            let last = params.len();
            let before = last.saturating_sub(1);
            each.push(format!(
                "(jurisdiction = ${before} AND eligible <= ${last})"
            ));
        }
        let past = if each.is_empty() {
            "1 = 0".to_owned()
        } else {
            each.join(" OR ")
        };
        Ok(At {
            sql: format!(
                "{} AND considered = 0 AND eligible IS NOT NULL AND ({past})",
                at.sql
            ),
            params,
        })
    }

    async fn count_of(&self, at: &At) -> Result<usize, StoreError> {
        let sql = format!("SELECT COUNT(*) {}", at.sql);
        let row = self.store().database().query_one(&sql, &at.params).await?;
        let count = row.map_or(Ok(0), |row| row.count(0))?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    async fn listed(
        &self,
        past: &At,
        moment: Moment,
        (skip, limit): (usize, usize),
    ) -> Result<Vec<Unconsidered>, ReadError> {
        let sql = format!(
            "SELECT {READ} {} ORDER BY by_law DESC, \
             CASE WHEN by_law = 1 AND custody_id IS NULL THEN 1 ELSE 0 END, eligible, sentence_id, kind, nth LIMIT {limit} OFFSET {skip}",
            past.sql
        );
        let mut listed = Vec::new();
        for row in self.store().database().query(&sql, &past.params).await? {
            let row = Possible::read(&row)?;
            let law = self.law_at(&row.jurisdiction, moment).await?;
            listed.extend(unconsidered(row, law.day(moment.instant)));
        }
        Ok(listed)
    }

    /// Why dates of decisions could not be worked out, the most frequent first.
    async fn not_worked_out(&self, at: &At) -> Result<Vec<NotWorkedOut>, StoreError> {
        let sql = format!(
            "SELECT title, why, why_title, COUNT(*) {} AND why IS NOT NULL GROUP BY title, why, why_title",
            at.sql
        );
        let rows = self.store().database().query(&sql, &at.params).await?;
        let reason = |row: &crate::store::database::Row| {
            Ok::<_, StoreError>(NotWorkedOut {
                kind: row.maybe_text(0)?.map(str::to_owned),
                code: row.text(1)?.to_owned(),
                why: row.text(2)?.to_owned(),
                decisions: row.count(3)?,
            })
        };
        let mut told: Vec<NotWorkedOut> = rows.iter().map(reason).collect::<Result<_, _>>()?;
        told.sort_by(|a, b| {
            let key = |reason: &NotWorkedOut| (reason.kind.clone(), reason.code.clone());
            b.decisions.cmp(&a.decisions).then(key(a).cmp(&key(b)))
        });
        Ok(told)
    }
}

fn at(guard: &Guard, moment: Moment) -> At {
    let guard = guard.rows("person_id", "sentence_id");
    let last: Value = moment.last().into();
    At {
        sql: format!("FROM possible WHERE from_index <= $1 AND to_index > $2{guard}"),
        params: vec![last.clone(), last],
    }
}

fn unconsidered(row: Possible, today: Day) -> Option<Unconsidered> {
    let eligible = row.eligible?;
    Some(Unconsidered {
        person: row.person,
        sentence: row.sentence,
        stay: row.stay,
        facility: row.facility,
        jurisdiction: row.jurisdiction,
        kind: row.kind?,
        title: row.title?,
        by_law: row.by_law,
        eligible,
        days: u32::try_from(eligible.days_until(today)).unwrap_or_default(),
        release: row.release,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::actor::{Actor, Purpose, Role};
    use domain::release::{Release, Standing};
    use domain::values::{OfficeCode, SubjectId};

    use super::*;
    use crate::clock::Clock;
    use crate::demo::{Demo, open};
    use crate::registry::Opening;

    /// Noon of 24 November 2026.
    const NOON: i64 = 1_795_521_600_000_000;

    fn judge() -> Call {
        let actor = Actor {
            subject: SubjectId::parse("somebody").unwrap(),
            role: Role::Judge,
            office: OfficeCode::parse("ashby").unwrap(),
        };
        Call::new(actor, Purpose::Hearing)
    }

    /// The first column of every row.
    async fn ids(registry: &Registry, sql: &str, params: &[Value]) -> Vec<String> {
        let rows = registry
            .store()
            .database()
            .query(sql, params)
            .await
            .unwrap();
        let ids = rows.iter().map(|row| row.text(0).unwrap().to_owned());
        ids.collect()
    }

    /// A row by its place in the list: 0 of whoever is held past the day of the law, 1 of whom that is not known, else 2; the day, the sentence, the kind, and the release
    /// in which nobody has considered anything.
    type Row = (u8, Day, String, String, Option<String>);

    /// Whether somebody considered it, which release, and the day on record.
    type OnRecord = (bool, String, Option<Day>);

    fn place(by_law: bool, held: bool) -> u8 {
        match (by_law, held) {
            (true, true) => 0,
            (true, false) => 1,
            (false, _) => 2,
        }
    }

    /// Every decision that is served as of an entry, worked out one by one from the records themselves.
    #[expect(
        clippy::too_many_lines,
        reason = "every record once, and its dates beside it"
    )]
    async fn folded(registry: &Registry, index: u64) -> (Vec<Row>, usize) {
        let call = judge();
        let as_of = AsOf::Index(index);
        let moment = registry.moment(as_of).await.unwrap();
        let guard = registry.guard(&call).await.unwrap();
        let guard = guard.rows("person_id", "sentence_id");
        let holds = |table: &str, condition: &str| {
            format!(
                "SELECT sentence_id FROM {table} WHERE from_index <= $1 AND to_index > $2 AND {condition}{guard}"
            )
        };
        let sql = format!(
            "{} UNION {} ORDER BY 1",
            holds("stays", "goes_on = 1 AND sentence_id IS NOT NULL"),
            holds("serving", "serves = 1")
        );
        let last: Value = moment.last().into();
        let served = ids(registry, &sql, &[last.clone(), last.clone()]).await;
        let recorded = "SELECT case_id FROM cases WHERE kind = 'release' AND from_index <= $1 AND to_index > $2";
        let mut releases: BTreeMap<(String, String), Vec<OnRecord>> = BTreeMap::new();
        for id in ids(registry, recorded, &[last.clone(), last]).await {
            let found = registry.found::<Release>(&id, moment).await.unwrap();
            let course = found.state.recorded().unwrap();
            let key = (course.sentence.to_string(), course.kind.to_string());
            let is_considered = course.standing != Standing::Eligible;
            releases
                .entry(key)
                .or_default()
                .push((is_considered, id, course.eligible_on));
        }
        let held = holds("stays", "goes_on = 1 AND sentence_id IS NOT NULL");
        let last: Value = moment.last().into();
        let held = ids(registry, &held, &[last.clone(), last]).await;
        let mut rows = Vec::new();
        for sentence in &served {
            let dates = registry
                .sentence_dates(&call, sentence, as_of)
                .await
                .unwrap();
            let Some(calculation) = dates.calculation else {
                continue;
            };
            let law = registry.law_at("midland", moment).await.unwrap();
            let today = law.day(moment.instant);
            for possible in &calculation.releases {
                let kind = possible.kind.to_string();
                let recorded = releases.get(&(sentence.clone(), kind.clone()));
                let recorded: Vec<_> = recorded.into_iter().flatten().collect();
                let on_record = recorded.last().and_then(|(.., day)| *day);
                let earliest = possible.eligible.into_iter().chain(on_record).min();
                if let Some(day) = earliest.filter(|day| *day <= today)
                    && recorded.iter().all(|(considered, ..)| !considered)
                {
                    let waiting = recorded.last().map(|(_, id, _)| id.clone());
                    let place = place(possible.by_law, held.contains(sentence));
                    rows.push((place, day, sentence.clone(), kind, waiting));
                }
            }
        }
        rows.sort();
        (rows, served.len())
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn the_list_is_what_every_record_folded_comes_to_today_and_as_of_the_past() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("demo.db");
        let mut opening = Opening::at(format!("sqlite://{}", path.display()));
        opening.clock = Clock::fixed(NOON);
        let demo = Demo {
            sentences: 400,
            seed: 7,
        };
        let (registry, _) = open(opening, demo, |_| {}).await.unwrap();
        let (head, _) = registry.head().await.unwrap();
        let last = head.saturating_sub(1);
        let mut most = 0;
        for index in [last, last / 2, last * 4 / 5, last - 50, last / 10] {
            let listed = registry
                .never_considered(&judge(), AsOf::Index(index), 0, 100_000)
                .await
                .unwrap();
            let (expected, served) = folded(&registry, index).await;
            let found: Vec<_> = listed
                .rows
                .iter()
                .map(|row| {
                    let (sentence, kind) = (row.sentence.clone(), row.kind.clone());
                    (
                        place(row.by_law, row.stay.is_some()),
                        row.eligible,
                        sentence,
                        kind,
                        row.release.clone(),
                    )
                })
                .collect();
            assert_eq!(found, expected, "as of entry {index}");
            assert_eq!((listed.of, listed.served), (expected.len(), served));
            let at = |wanted: u8| expected.iter().filter(|(at, ..)| *at == wanted).count();
            assert_eq!((listed.held_past, listed.held_unknown), (at(0), at(1)));
            most = most.max(expected.len());
        }
        assert!(most > 5, "the demonstration has somebody to list: {most}");
        // Filled anew from nothing it is the same.
        let rows = "SELECT possible_id || from_index || to_index || COALESCE(eligible, '') || considered \
                    FROM possible ORDER BY 1";
        let before = ids(&registry, rows, &[]).await;
        registry.clear_possible().await.unwrap();
        registry.fill_possible().await.unwrap();
        assert_eq!(ids(&registry, rows, &[]).await, before);
    }
}
