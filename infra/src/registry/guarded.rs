//! Whose record is guarded, and from whom: sealed or expunged, or one of a child; and what is kept from whom it is about. It
//! is judged as it stands today, whatever moment is asked about. To whom it is closed, it does not exist.

use std::collections::{BTreeMap, BTreeSet};

use domain::childhood::{Childhood, Hand};
use domain::emergency::Emergency;
use domain::jurisdiction::Pack;
use domain::person::Person;
use domain::stream::Stream;
use domain::values::{JurisdictionCode, PersonId, SubjectId};

use super::Registry;
use super::held::Held;
use super::kept::{Kept, No, Wish};
use super::looked::Look;
use super::read::{Found, ReadError};
use super::{CommandError, read::unknown};
use crate::access::{Action, Beyond, Call, Denied, Gate, allow};
use crate::error::StoreError;
use crate::packs::{PacksError, unruled};
use crate::projections::{Now, OPEN, READ_MODELS, Standing, about_people, entire, generation};
use crate::record::Recorded;
use crate::store::StreamName;
use crate::store::database::quoted;

/// A stream that is about many people, each by single entries of it.
const EMERGENCY: &str = <Emergency as Stream>::TYPE;

/// How a case stands to whoever asks for it.
struct Case {
    /// Whose it is.
    childhood: Childhood,
    /// Who works on it.
    hand: Hand,
    /// The office that began it.
    office: Option<String>,
    /// Under whose rules it stands.
    jurisdiction: String,
    /// Whom it concerns.
    person: Option<PersonId>,
    /// From which official it is kept.
    kept_from: Option<SubjectId>,
}

/// What the gate opens to a call.
#[derive(Debug, Default)]
struct Opened {
    /// Under these rules.
    jurisdictions: Vec<String>,
    /// Of these people; of everybody without them.
    persons: Option<BTreeSet<PersonId>>,
}

impl Opened {
    fn covers(&self, jurisdiction: &str, person: Option<PersonId>) -> bool {
        let ruled = self.jurisdictions.iter().any(|open| open == jurisdiction);
        let meant = match (&self.persons, person) {
            (None, _) => true,
            (Some(persons), Some(person)) => persons.contains(&person),
            (Some(_), None) => false,
        };
        ruled && meant
    }

    /// The condition that a row `g` of children's cases is open; false where nothing is.
    fn sql(&self) -> String {
        if self.jurisdictions.is_empty() {
            return "1 = 0".to_owned();
        }
        let ruled = quoted(&self.jurisdictions);
        match &self.persons {
            None => format!("g.jurisdiction IN ({ruled})"),
            Some(persons) if persons.is_empty() => "1 = 0".to_owned(),
            Some(persons) => {
                let persons = quoted(persons);
                format!(
                    "(g.jurisdiction IN ({ruled}) AND COALESCE(g.person_id, '') IN ({persons}))"
                )
            }
        }
    }
}

/// Conditions of a list that leave out what is closed to a call.
pub(super) struct Guard {
    /// The people whose record is closed, as a question; none to those who may lift a seal.
    persons: Option<String>,
    /// The people whose record was expunged.
    expunged: String,
    /// The children's cases that are closed, and those that are kept from the official who asks.
    cases: String,
    /// The streams that are about the people whose record is closed.
    about: Option<String>,
    /// The generation of people's records that it asks.
    records: i64,
    /// Which streams are about whom, as it asks for it.
    pub(super) timeline: String,
}

impl Guard {
    /// For rows with a person and a case.
    pub(super) fn rows(&self, person: &str, case: &str) -> String {
        format!("{}{}", self.persons(person), self.cases(case))
    }

    /// For rows of work: nothing is to be done any more for somebody whose record was expunged, whoever asks.
    pub(super) fn work(&self, person: &str, case: &str) -> String {
        format!("{}{}", self.expunged(person), self.rows(person, case))
    }

    /// For rows with a case, of which some are about nobody: no seal guards those, and what guards a case does.
    pub(super) fn rows_or_nobody(&self, person: &str, case: &str) -> String {
        or_nobody(person, &self.persons(person)) + &self.cases(case)
    }

    /// The same for rows of work.
    pub(super) fn work_or_nobody(&self, person: &str, case: &str) -> String {
        or_nobody(person, &self.expunged(person)) + &self.rows_or_nobody(person, case)
    }

    /// For rows with a case and no person.
    pub(super) fn streams(&self, case: &str) -> String {
        let about = self.about.as_ref();
        let about = about.map(|closed| format!(" AND {case} NOT IN ({closed})"));
        format!("{}{}", about.unwrap_or_default(), self.cases(case))
    }

    fn persons(&self, person: &str) -> String {
        let persons = self.persons.as_ref();
        let persons = persons.map(|closed| format!(" AND {person} NOT IN ({closed})"));
        persons.unwrap_or_default()
    }

    fn expunged(&self, person: &str) -> String {
        format!(" AND {person} NOT IN ({})", self.expunged)
    }

    fn cases(&self, case: &str) -> String {
        format!(" AND {case} NOT IN ({})", self.cases)
    }

    /// The question which of some cases are closed.
    pub(super) fn closed_among(&self, ids: &str) -> String {
        format!(
            "SELECT case_id FROM ({}) among WHERE case_id IN ({ids})",
            self.cases
        )
    }
}

/// A condition on somebody that rows about nobody meet.
fn or_nobody(person: &str, condition: &str) -> String {
    format!(" AND ({person} IS NULL OR (1 = 1{condition}))")
}

/// The children's cases and what hangs on them, but for those that are open. The cross joins keep SQLite to the order in
/// which they are written: children's cases are few.
fn closed_cases(generation: i64, open: &str) -> String {
    format!(
        "WITH RECURSIVE of_children(case_id) AS (SELECT case_id FROM childs_cases WHERE generation = {generation} \
         AND to_index = {OPEN} AND of_child = 1 UNION SELECT c.case_id FROM of_children o CROSS JOIN childs_cases c \
         WHERE c.hangs_on = o.case_id AND c.generation = {generation} AND c.to_index = {OPEN}) \
         SELECT g.case_id FROM of_children o CROSS JOIN childs_cases g \
         WHERE g.case_id = o.case_id AND g.generation = {generation} AND g.to_index = {OPEN} AND NOT ({open})"
    )
}

/// The cases that are kept from an official whom they are about.
fn kept_cases(generation: i64, from: &SubjectId) -> String {
    format!(
        "SELECT case_id FROM childs_cases WHERE generation = {generation} AND to_index = {OPEN} \
         AND kept_from IN ({})",
        quoted([from])
    )
}

/// Expunged people; sealed ones too; and those whose records were merged into one of them.
fn closed_persons(generation: i64, which: &str) -> String {
    // As the index of those few says it, so that it is used.
    let now = format!(
        "generation = {generation} AND to_index = {OPEN} AND (sealed = 1 OR state <> 'registered')"
    );
    let closed = format!("SELECT person_id FROM persons WHERE {now} AND {which}");
    format!(
        "{closed} UNION SELECT person_id FROM persons WHERE {now} AND state = 'merged' AND surviving IN ({closed})"
    )
}

/// The read models that say whose record is closed.
const CLOSING: [&str; 4] = [
    "childs_cases",
    "persons",
    "person_timeline",
    "sentence_register",
];

/// Nothing is listed while it is not known which cases are children's and whose records are sealed: not yet, or not any
/// more, since one of the read models that say so stopped at damage.
fn known(standings: &[Standing]) -> Result<(), StoreError> {
    let closing = |s: &&Standing| s.live && CLOSING.contains(&s.name.as_str());
    let mut stopped = standings.iter().filter(closing);
    if let Some(stopped) = stopped.find(|standing| standing.poison.is_some()) {
        return Err(StoreError::Unguarded {
            model: stopped.name.replace('_', " "),
            entry: stopped.checkpoint,
        });
    }
    let of_a_list = |s: &&Standing| READ_MODELS.iter().any(|model| model.name == s.name);
    let running = || {
        let live = standings.iter().filter(|s| s.live && s.poison.is_none());
        live.filter(of_a_list)
    };
    let mut closing = running().filter(closing);
    let behind = closing.any(|closing| running().any(|s| s.checkpoint > closing.checkpoint));
    if behind {
        let reading = std::io::Error::other("it is still being read: ask again in a moment");
        return Err(StoreError::unavailable(
            "finding out whose records are closed",
            reading,
        ));
    }
    Ok(())
}

impl Registry {
    /// What a list leaves out for a call.
    pub(super) async fn guard(&self, call: &Call) -> Result<Guard, ReadError> {
        let opened = self.opened(call).await?;
        let standings = self.projections().standings().await?;
        known(&standings)?;
        let persons = generation(&standings, "persons")?;
        let cases = generation(&standings, "childs_cases")?;
        let timeline = about_people(&standings)?;
        let office = &call.actor.office;
        let open = format!(
            "COALESCE(g.had_by, '') = '{office}' OR COALESCE(g.heard_by, '') = '{office}' \
             OR COALESCE(g.begun_by, '') = '{office}' OR {}",
            opened.sql()
        );
        let sealed = "(sealed = 1 OR state = 'expunged')";
        let closed = allow(call, Action::GuardPerson).is_err();
        let closed = closed.then(|| closed_persons(persons, sealed));
        Ok(Guard {
            records: persons,
            about: closed.as_ref().map(|closed| {
                format!("SELECT stream_id FROM {timeline} WHERE person_id IN ({closed})")
            }),
            timeline,
            persons: closed,
            expunged: closed_persons(persons, "state = 'expunged'"),
            cases: format!(
                "SELECT case_id FROM ({}) closed UNION {}",
                closed_cases(cases, &open),
                kept_cases(cases, &call.actor.subject)
            ),
        })
    }

    /// What the gate opens to a call: nothing unless it asks, and a "no" where no rules let it through.
    async fn opened(&self, call: &Call) -> Result<Opened, ReadError> {
        let Gate::Asked(asked) = &call.gate else {
            return Ok(Opened::default());
        };
        let mut opened = Opened::default();
        for jurisdiction in self.packs().jurisdictions().await? {
            let code = JurisdictionCode::parse(&jurisdiction).ok();
            match self.packs().in_force(code.as_ref()).await {
                Ok(law) if asked.is_let(call, &law.child_gate) => {
                    opened.jurisdictions.push(jurisdiction);
                }
                Err(PacksError::Store(error)) => return Err(error.into()),
                Ok(_) | Err(_) => {}
            }
        }
        if opened.jurisdictions.is_empty() {
            let (role, purpose) = (call.actor.role, call.purpose);
            return Err(Denied::Gate { role, purpose }.into());
        }
        if let Beyond::Case { kind, id } = &asked.to {
            let stream = StreamName::new(kind, id);
            let now = entire(self.store(), &stream).await?;
            let person = now.and_then(|now| now.state.person_shown(id));
            opened.persons = Some(match person {
                Some(person) => {
                    self.merged_into(self.look().surviving(person).await?)
                        .await?
                }
                None => BTreeSet::new(),
            });
        }
        Ok(opened)
    }

    /// Opens the gate to a case for a call that asks for it, and writes down that it did.
    pub async fn pass_gate(&self, call: &Call) -> Result<(), ReadError> {
        allow(call, Action::PassGate)?;
        self.opened(call).await?;
        let shown = match &call.gate {
            Gate::Asked(asked) => match &asked.to {
                Beyond::Case { kind, id } => vec![format!("{kind}/{id}")],
                Beyond::All => Vec::new(),
            },
            Gate::Closed | Gate::Consequence => Vec::new(),
        };
        let log = &self.inner.consultations;
        Ok(log.write(call, Action::PassGate, shown).await?)
    }

    /// The kind of record that a reference names.
    pub async fn kind_of(&self, id: &str) -> Result<Option<String>, StoreError> {
        let timeline = about_people(&self.projections().standings().await?)?;
        let sql = format!("SELECT stream_type FROM {timeline} WHERE stream_id = $1");
        let row = self
            .store()
            .database()
            .query_one(&sql, &[id.into()])
            .await?;
        let kind = row.map(|row| row.text(0).map(str::to_owned)).transpose()?;
        let Some(kind) = kind else {
            let person: Person = self.look().state(id).await?;
            return Ok(
                (person != Person::Unregistered).then(|| <Person as Stream>::TYPE.to_owned())
            );
        };
        Ok(Some(kind))
    }

    /// Lets a call to what it found, or says that there is no such thing.
    pub(super) async fn let_to<S: Kept>(
        &self,
        call: &Call,
        id: &str,
        found: &Found<S>,
    ) -> Result<(), ReadError> {
        let no = || unknown::<S>(id, found.moment);
        let person = found.state.person_shown(id);
        if self.look().is_sealed_to(call, person).await? {
            return Err(no());
        }
        if <S as Stream>::TYPE == <Person as Stream>::TYPE {
            return match person {
                Some(person) if self.is_only_a_childs(call, person).await? => Err(no()),
                Some(_) | None => Ok(()),
            };
        }
        let closed = if found.moment.past {
            let stream = StreamName::new(<S as Stream>::TYPE, id);
            self.is_closed(call, &stream).await?
        } else {
            let told = found.entries.last().map(|entry| &entry.told);
            let policy = told.and_then(|told| told.policy.as_deref());
            let law = self.law_told(policy).await?;
            let first = found.entries.first();
            let case = Case {
                childhood: found.state.childhood(&law),
                hand: found.state.in_hand(),
                office: first.and_then(|first| first.told.office.clone()),
                jurisdiction: first.map_or("", Recorded::jurisdiction).to_owned(),
                person,
                kept_from: found.state.kept_from(&law).cloned(),
            };
            self.is_case_closed(call, case).await?
        };
        if closed { Err(no()) } else { Ok(()) }
    }

    /// Whether somebody may act on a stream that exists: to whom it is closed, it does not.
    pub(super) async fn may_touch<S: Kept>(
        &self,
        call: &Call,
        stream: &StreamName,
        held: &Held<S>,
        command: &Wish<S>,
        look: &Look<'_>,
    ) -> Result<(), CommandError<No<S>>> {
        if is_of_the_register(call) {
            return Ok(());
        }
        let no = || CommandError::Unknown {
            stream: <S as Stream>::TYPE,
            id: stream.id.clone(),
        };
        if held.version == 0 {
            let person = held.state.person(&stream.id, command);
            return match person {
                Some(person) if look.is_sealed_to(call, Some(person)).await? => {
                    Err(CommandError::UnknownPerson(person))
                }
                Some(_) | None => Ok(()),
            };
        }
        let person = held.state.person_shown(&stream.id);
        if look.is_sealed_to(call, person).await? {
            return Err(no());
        }
        let closed = match person {
            Some(person) if <S as Stream>::TYPE == <Person as Stream>::TYPE => {
                self.is_only_a_childs(call, person).await
            }
            _ => {
                let law = self.packs().in_force(held.jurisdiction.as_ref()).await;
                let law = law.unwrap_or_else(|_| unruled());
                if held.state.kept_from(&law) == Some(&call.actor.subject) {
                    return Err(no());
                }
                match look.is_of_child(held.state.childhood(&law)).await {
                    Ok(true) => self.is_closed(call, stream).await,
                    Ok(false) => Ok(false),
                    Err(error) => Err(error.into()),
                }
            }
        };
        match closed {
            Ok(false) => Ok(()),
            Ok(true) | Err(ReadError::Unknown { .. }) => Err(no()),
            Err(ReadError::Denied(denied)) => Err(denied.into()),
            Err(ReadError::Rules(error)) => Err(error.into()),
            Err(ReadError::Store(error)) => Err(error.into()),
        }
    }

    /// Whether a record is one of a child that the call may not see.
    pub(super) async fn is_closed(
        &self,
        call: &Call,
        stream: &StreamName,
    ) -> Result<bool, ReadError> {
        let Some(now) = entire(self.store(), stream).await? else {
            return Ok(false);
        };
        let Now {
            state,
            first,
            policy,
        } = now;
        let law = self.law_told(policy.as_deref()).await?;
        let case = Case {
            childhood: state.childhood(&law),
            hand: state.in_hand(),
            jurisdiction: first.jurisdiction().to_owned(),
            office: first.told.office,
            person: state.person_shown(&stream.id),
            kept_from: state.kept_from(&law).cloned(),
        };
        self.is_case_closed(call, case).await
    }

    async fn is_case_closed(&self, call: &Call, case: Case) -> Result<bool, ReadError> {
        if is_of_the_register(call) {
            return Ok(false);
        }
        if case.kept_from.as_ref() == Some(&call.actor.subject) {
            return Ok(true);
        }
        if !self.look().is_of_child(case.childhood).await? {
            return Ok(false);
        }
        let own = call.actor.office.as_str();
        let begun = case.office.as_deref() == Some(own);
        let works = match &case.hand {
            Hand::Nobody => false,
            Hand::Beginner => begun,
            Hand::At(place) => begun || place == own,
            Hand::AtWithCourt { place, court } => begun || place == own || court == own,
        };
        Ok(!works
            && !self
                .opened(call)
                .await?
                .covers(&case.jurisdiction, case.person))
    }

    /// The rules of a version; the conventions' ages where it cannot be had.
    pub(super) async fn law_told(
        &self,
        policy: Option<&str>,
    ) -> Result<std::sync::Arc<Pack>, StoreError> {
        match self.packs().told(policy).await {
            Ok(law) => Ok(law.unwrap_or_else(unruled)),
            Err(PacksError::Store(error)) => Err(error),
            Err(_) => Ok(unruled()),
        }
    }

    /// Whether somebody is in the register by nothing but children's cases that are closed to the call.
    pub(super) async fn is_only_a_childs(
        &self,
        call: &Call,
        person: PersonId,
    ) -> Result<bool, ReadError> {
        if is_of_the_register(call) {
            return Ok(false);
        }
        let guard = self.guard(call).await?;
        let closed = self.only_childrens(&guard, &[person]).await?;
        Ok(!closed.is_empty())
    }

    /// Those of some people whose record is closed by a guard, or who are in the register by nothing but children's
    /// cases that are.
    pub(super) async fn closed_people(
        &self,
        guard: &Guard,
        people: &[PersonId],
    ) -> Result<BTreeSet<String>, StoreError> {
        let mut found = self.only_childrens(guard, people).await?;
        if let Some(closed) = &guard.persons
            && !people.is_empty()
        {
            let ids = quoted(people);
            let sql = format!("SELECT person_id FROM ({closed}) closed WHERE person_id IN ({ids})");
            for row in self.store().database().query(&sql, &[]).await? {
                found.insert(row.text(0)?.to_owned());
            }
        }
        Ok(found)
    }

    /// Those of some people who are in the register by nothing but children's cases that a guard closes. An emergency is
    /// about many: that somebody was screened in one opens no record.
    async fn only_childrens(
        &self,
        guard: &Guard,
        people: &[PersonId],
    ) -> Result<BTreeSet<String>, StoreError> {
        if people.is_empty() {
            return Ok(BTreeSet::new());
        }
        // Their own records, and those that were merged into them.
        let own = |person: &PersonId| (person.to_string(), BTreeSet::from([person.to_string()]));
        let mut owners: BTreeMap<String, BTreeSet<String>> = people.iter().map(own).collect();
        let merged = format!(
            "SELECT person_id, surviving FROM persons WHERE generation = {} AND to_index = {OPEN} \
             AND surviving IS NOT NULL AND surviving IN ({})",
            guard.records,
            quoted(people)
        );
        for row in self.store().database().query(&merged, &[]).await? {
            let owners = owners.entry(row.text(0)?.to_owned()).or_default();
            owners.insert(row.text(1)?.to_owned());
        }
        let about = format!(
            "SELECT person_id, SUM(CASE WHEN stream_id IN ({}) THEN 0 ELSE 1 END) FROM {} \
             WHERE person_id IN ({}) AND stream_type <> '{EMERGENCY}' GROUP BY person_id",
            guard.cases,
            guard.timeline,
            quoted(owners.keys())
        );
        // Of each, whether any record is open.
        let mut open: BTreeMap<&str, bool> = BTreeMap::new();
        for row in self.store().database().query(&about, &[]).await? {
            for owner in owners.get(row.text(0)?).into_iter().flatten() {
                *open.entry(owner).or_default() |= row.int(1)? > 0;
            }
        }
        let closed = open.into_iter().filter(|(_, open)| !open);
        Ok(closed.map(|(person, _)| person.to_owned()).collect())
    }
}

/// Whether the register itself acts: its own processes, or what a decision states.
pub(super) fn is_of_the_register(call: &Call) -> bool {
    call.gate == Gate::Consequence || call.actor.role == domain::actor::Role::System
}
