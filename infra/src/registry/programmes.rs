//! Programmes of an office: who was referred, who waits and since when, how many take part, and what was measured.

use domain::supervision::Measured;
use domain::values::{Code, JurisdictionCode, Occurred, OfficeCode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Registry;
use super::moment::{AsOf, Moment};
use super::read::ReadError;
use crate::access::{Action, Call, allow};
use crate::error::{Damage, StoreError};
use crate::projections::OPEN;
use crate::store::database::{Row, Value};

/// The most supervisions that are looked through.
const MOST: usize = 5_000;

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProgrammesQuery {
    /// As of when.
    pub as_of: AsOf,
    /// Only this office.
    pub office: Option<String>,
}

/// A referral to a programme, as far as it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ListedReferral {
    /// The supervision.
    pub supervision: String,
    /// The person.
    pub person: String,
    /// The office.
    pub office: String,
    /// The jurisdiction.
    pub jurisdiction: String,
    /// Whether the supervision goes on.
    pub supervised: bool,
    /// The programme, by the code of the rules.
    pub programme: String,
    /// When the person was referred to it.
    pub referred: String,
    /// How far it has come: `referred`, `started`, `completed` or `ended`.
    pub step: String,
    /// What was measured before it.
    pub before: Vec<Measured>,
    /// What was measured when it was completed, or ended before.
    pub after: Vec<Measured>,
}

impl ListedReferral {
    /// Whether the person waits for a place.
    pub fn waits(&self) -> bool {
        self.supervised && self.step == "referred"
    }

    /// Whether the person takes part.
    pub fn takes_part(&self) -> bool {
        self.supervised && self.step == "started"
    }
}

/// As the caseload keeps it.
#[derive(Deserialize)]
struct Kept {
    programme: String,
    referred: Occurred,
    step: String,
    before: Vec<Measured>,
    after: Vec<Measured>,
}

impl Registry {
    /// How many take part in a programme of an office, as far as they are filed. Nobody is told who they are.
    pub(super) async fn taking_part(
        &self,
        (programme, office, jurisdiction): (&Code, &OfficeCode, &JurisdictionCode),
    ) -> Result<u32, StoreError> {
        let generation = self.projections().live_generation("caseload").await?;
        let sql = "SELECT supervision_id, person_id, office, jurisdiction, state, programmes FROM caseload \
                   WHERE generation = $1 AND to_index = $2 AND office = $3 AND jurisdiction = $4 AND programmes <> '[]'";
        let params = [
            generation.into(),
            OPEN.into(),
            office.to_string().into(),
            jurisdiction.to_string().into(),
        ];
        let mut taking_part = 0_u32;
        for row in self.store().database().query(sql, &params).await? {
            let listed = referrals(&row)?;
            let here = listed
                .iter()
                .filter(|row| row.takes_part() && row.programme == programme.as_str());
            let here = u32::try_from(here.count()).unwrap_or(u32::MAX);
            taking_part = taking_part.saturating_add(here);
        }
        Ok(taking_part)
    }

    /// Everybody who was referred to a programme, who waits longest coming first, and the moment.
    pub async fn referrals(
        &self,
        call: &Call,
        query: &ProgrammesQuery,
    ) -> Result<(Vec<ListedReferral>, Moment), ReadError> {
        allow(call, Action::ReadRegister)?;
        let moment = self.moment(query.as_of).await?;
        let generation = self.projections().live_generation("caseload").await?;
        let guard = self.guard(call).await?.work("person_id", "supervision_id");
        let last = moment.last();
        let mut params: Vec<Value> = vec![generation.into(), last.into(), last.into()];
        let mut sql = format!(
            "SELECT supervision_id, person_id, office, jurisdiction, state, programmes FROM caseload \
             WHERE generation = $1 AND from_index <= $2 AND to_index > $3 AND programmes <> '[]'{guard}"
        );
        if let Some(office) = &query.office {
            params.push(office.as_str().into());
            sql.push_str(" AND office = $4");
        }
        sql.push_str(&format!(" ORDER BY first_index LIMIT {MOST}"));
        let mut listed = Vec::new();
        for row in self.store().database().query(&sql, &params).await? {
            listed.extend(referrals(&row)?);
        }
        listed.sort_by(|a, b| a.referred.cmp(&b.referred));
        let shown = listed
            .iter()
            .map(|row| format!("supervision/{}", row.supervision));
        let log = &self.inner.consultations;
        log.write(call, Action::ReadRegister, shown.collect())
            .await?;
        Ok((listed, moment))
    }
}

fn referrals(row: &Row) -> Result<Vec<ListedReferral>, StoreError> {
    let kept: Vec<Kept> = serde_json::from_str(row.text(5)?).map_err(|error| {
        Damage::new(format!(
            "the programmes of a supervision cannot be read: {error}"
        ))
    })?;
    let own = |column: usize| row.text(column).map(str::to_owned);
    kept.into_iter()
        .map(|kept| {
            Ok(ListedReferral {
                supervision: own(0)?,
                person: own(1)?,
                office: own(2)?,
                jurisdiction: own(3)?,
                supervised: row.text(4)? == "in force",
                programme: kept.programme,
                referred: kept.referred.to_string(),
                step: kept.step,
                before: kept.before,
                after: kept.after,
            })
        })
        .collect()
}
