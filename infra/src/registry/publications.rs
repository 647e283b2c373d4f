//! Releases of figures: made, kept, read and shown to be unchanged.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::jurisdiction::{Every, Pack};
use domain::registry::{
    OpenRegister, Opened, RecordReleasePublished, RecordReleaseWithdrawn, Register,
    RegistryCommand, RegistryRefusal,
};
use domain::values::{Code, Day, Digest, Instant, JurisdictionCode, Occurred, PublicationNo};
use schemars::JsonSchema;
use serde::Serialize;

use super::Registry;
use super::command::{CommandError, Options};
use super::moment::{AsOf, Moment};
use super::read::ReadError;
use crate::access::{Action, Call, Denied, allow};
use crate::error::{Damage, StoreError};
use crate::packs::{PacksError, pack_hash};
use crate::publication::{At, Before, METHOD, Published, make};
use crate::views::{ViewError, ViewName, ViewRequest};

/// Why figures are not published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// Not by whoever asked.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The register itself has no record yet.
    #[error(
        "the register has no record of its own that a release could stand in: open it first, with `assize publish open NAME` \
         or on the page *The register itself*"
    )]
    NotOpened,
    /// It is too early for the next release.
    #[error(
        "release {number} was published in the same {period}: figures are published once in a {period}, so that no single \
         decision shows between two releases; withdraw it if it is wrong, or wait"
    )]
    TooEarly {
        /// The last release.
        number: PublicationNo,
        /// The period of the calendar.
        period: &'static str,
    },
    /// There is nothing to publish.
    #[error("no decision is recorded that figures could count")]
    Nothing,
    /// The register does not take it.
    #[error(transparent)]
    Refused(#[from] CommandError<RegistryRefusal>),
    /// Figures cannot be had.
    #[error(transparent)]
    Figures(#[from] ViewError),
    /// The rules cannot be had.
    #[error(transparent)]
    Rules(#[from] PacksError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An earlier release cannot be read.
    #[error(transparent)]
    Earlier(#[from] ReadError),
}

/// A release as it is listed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ListedPublication {
    /// Its number.
    pub number: PublicationNo,
    /// When it was published.
    pub published: Occurred,
    /// The last entry of the ledger that counts.
    pub index: u64,
    /// How the figures were made and protected.
    pub method: Code,
    /// The digest of what was published; absent where the register did not make it.
    pub digest: Option<Digest>,
    /// How it was withdrawn, if it was: then its figures are shown no more.
    pub withdrawn: Option<WithdrawnRelease>,
}

/// How a release was withdrawn.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WithdrawnRelease {
    /// When.
    pub done: Occurred,
    /// Why.
    pub reason: Code,
}

impl Registry {
    /// Publishes figures as of now.
    pub async fn publish(&self, call: &Call) -> Result<Published, PublishError> {
        allow(call, Action::PublishFigures)?;
        self.projections().catch_up().await?;
        let stamp = self.stamp(AsOf::Now).await?;
        let counted = !self.projections().facts().is_empty();
        let index = stamp
            .index
            .filter(|_| counted)
            .ok_or(PublishError::Nothing)?;
        let packs = self
            .rules_of(&ViewRequest::of(ViewName::Disposals), Some(index))
            .await?;
        let (id, opened) = self.own_record().await?.ok_or(PublishError::NotOpened)?;
        let first = packs.first().ok_or(PublishError::Nothing)?;
        let today = first.day(stamp.instant);
        let last = last_standing(&opened);
        let every = once_in(&packs);
        if let Some(last) = last.filter(|last| is_within(day_of(last, first), today, every)) {
            return Err(PublishError::TooEarly {
                number: last.number,
                period: match every {
                    Every::Quarter => "quarter",
                    Every::Year => "year",
                },
            });
        }
        let at = At {
            number: opened.next_publication(),
            index,
            instant: stamp.instant,
        };
        let published = self.made(at, &opened, last, &packs).await?;
        let document = bytes_of(&published)?;
        let digest = self.keep_publication(&document).await?;
        let told = RegistryCommand::RecordReleasePublished(RecordReleasePublished {
            done: Occurred::At(at.instant),
            number: at.number,
            index,
            method: coded(METHOD)?,
            digest: Some(digest),
        });
        let options = Options {
            jurisdiction: JurisdictionCode::parse(first.jurisdiction.as_str()).ok(),
            ..Options::default()
        };
        self.command::<Register>(call, &id, told, options).await?;
        Ok(published)
    }
}

impl Registry {
    /// Opens the record of the register itself, in which its releases stand.
    pub async fn open_own_record(&self, call: &Call, name: Code) -> Result<(), PublishError> {
        allow(call, Action::KeepRegister)?;
        let mut jurisdictions = Vec::new();
        for code in self.packs().jurisdictions().await? {
            let parsed = JurisdictionCode::parse(&code);
            jurisdictions.push(parsed.map_err(|_| PacksError::NotAdopted(code))?);
        }
        let (id, jurisdiction) = match self.own_record().await? {
            Some((id, _)) => (id, None),
            None => (
                self.new_stream_id().to_string(),
                jurisdictions.first().cloned(),
            ),
        };
        let open = RegistryCommand::Open(OpenRegister {
            done: Occurred::At(Instant::from_micros(self.clock().now_us())),
            name,
            jurisdictions,
        });
        let options = Options {
            jurisdiction,
            ..Options::default()
        };
        self.command::<Register>(call, &id, open, options).await?;
        Ok(())
    }

    /// The releases there are at a moment, the newest first.
    pub async fn publications(
        &self,
        call: &Call,
        as_of: AsOf,
    ) -> Result<(Vec<ListedPublication>, Moment), ReadError> {
        allow(call, Action::ReadFigures)?;
        let moment = self.moment(as_of).await?;
        let listed = match self.own_record_at(moment).await? {
            Some((_, opened)) => opened.publications.values().rev().map(listed).collect(),
            None => Vec::new(),
        };
        self.told_of(call, "publications".to_owned()).await?;
        Ok((listed, moment))
    }

    /// A release with its figures, which are those that were published, to the byte; of a release that was withdrawn it is
    /// only said that it was.
    pub async fn publication(
        &self,
        call: &Call,
        number: PublicationNo,
        as_of: AsOf,
    ) -> Result<(ListedPublication, Option<Published>), ReadError> {
        allow(call, Action::ReadFigures)?;
        let moment = self.moment(as_of).await?;
        let opened = self.own_record_at(moment).await?;
        let known = opened
            .as_ref()
            .and_then(|(_, own)| own.publications.get(&number));
        let release = known.map(listed).ok_or_else(|| ReadError::Unknown {
            what: "release of figures",
            id: number.to_string(),
            past: moment.past,
        })?;
        let figures = match (&release.digest, &release.withdrawn) {
            (Some(digest), None) => Some(self.kept_publication(digest).await?),
            (None, _) | (_, Some(_)) => None,
        };
        self.told_of(call, format!("publication/{number}")).await?;
        Ok((release, figures))
    }

    /// Makes the figures of a release again from the ledger, and answers whether they are those that were published, to the
    /// byte.
    pub async fn makes_again(
        &self,
        call: &Call,
        number: PublicationNo,
    ) -> Result<bool, PublishError> {
        allow(call, Action::PublishFigures)?;
        self.projections().catch_up().await?;
        let (_, opened) = self.own_record().await?.ok_or(PublishError::NotOpened)?;
        let publication = opened.publications.get(&number);
        let digest = publication.and_then(|publication| publication.published.digest.as_ref());
        let (Some(publication), Some(digest)) = (publication, digest) else {
            return Err(ReadError::Unknown {
                what: "release of figures",
                id: number.to_string(),
                past: false,
            }
            .into());
        };
        let kept = self.kept_publication(digest).await?;
        let at = At {
            number,
            index: publication.published.index,
            instant: kept.instant,
        };
        let request = ViewRequest::of(ViewName::Disposals);
        let packs = self.rules_of(&request, Some(at.index)).await?;
        let mut earlier = opened.clone();
        earlier.publications.retain(|no, _| *no < number);
        // One that was withdrawn after this one was made still came before it.
        for before in earlier.publications.values_mut() {
            let after = |told: &RecordReleaseWithdrawn| {
                moment_of(told.done) > moment_of(publication.published.done)
            };
            if before.withdrawn.as_ref().is_some_and(after) {
                before.withdrawn = None;
            }
        }
        let again = self
            .made(at, &earlier, last_standing(&earlier), &packs)
            .await?;
        Ok(pack_hash(&bytes_of(&again)?) == digest.as_str())
    }

    /// Withdraws a release: its figures are shown no more, that it was there stays.
    pub async fn withdraw_publication(
        &self,
        call: &Call,
        number: PublicationNo,
        reason: Code,
    ) -> Result<(), PublishError> {
        allow(call, Action::PublishFigures)?;
        let (id, _) = self.own_record().await?.ok_or(PublishError::NotOpened)?;
        let withdraw = RegistryCommand::RecordReleaseWithdrawn(RecordReleaseWithdrawn {
            done: Occurred::At(Instant::from_micros(self.clock().now_us())),
            number,
            reason,
        });
        self.command::<Register>(call, &id, withdraw, Options::default())
            .await?;
        Ok(())
    }

    async fn told_of(&self, call: &Call, shown: String) -> Result<(), StoreError> {
        let log = &self.inner.consultations;
        log.write(call, Action::ReadFigures, vec![shown]).await
    }

    /// The record of the register itself, with its id.
    async fn own_record(&self) -> Result<Option<(String, Opened)>, ReadError> {
        let now = self.moment(AsOf::Now).await?;
        self.own_record_at(now).await
    }

    async fn own_record_at(&self, moment: Moment) -> Result<Option<(String, Opened)>, ReadError> {
        let sql =
            "SELECT DISTINCT aggregate_id FROM events WHERE aggregate_type = 'registry' ORDER BY 1";
        for row in self.store().database().query(sql, &[]).await? {
            let id = row.text(0)?.to_owned();
            let found = match self.found::<Register>(&id, moment).await {
                Err(ReadError::Unknown { .. }) => continue,
                found => found?,
            };
            if let Some(opened) = found.state.opened() {
                return Ok(Some((id, opened.clone())));
            }
        }
        Ok(None)
    }

    /// The figures as of a release, with what the one before it showed taken into account.
    async fn made(
        &self,
        at: At,
        opened: &Opened,
        last: Option<&RecordReleasePublished>,
        packs: &[Arc<Pack>],
    ) -> Result<Published, PublishError> {
        let before = match last.and_then(|last| last.digest.as_ref()) {
            Some(digest) => Some(self.kept_publication(digest).await?),
            None => None,
        };
        let all = opened.publications.iter();
        let indexes: BTreeMap<_, _> = all.map(|(no, one)| (*no, one.published.index)).collect();
        let before = before.as_ref().map(|published| Before {
            published,
            indexes: &indexes,
        });
        let secret = self.vault().secret("publications").await?;
        let facts = self.projections().facts();
        Ok(make(&facts, packs, at, before, &secret))
    }

    async fn keep_publication(&self, document: &[u8]) -> Result<Digest, StoreError> {
        let digest = pack_hash(document);
        let sql = "INSERT INTO publications (digest, document) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING";
        let values = vec![digest.as_str().into(), document.into()];
        self.store().database().execute(sql, values).await?;
        digest
            .parse()
            .map_err(|_| Damage::new("a digest that is none").into())
    }

    /// What was published under a digest; other bytes than those are damage.
    async fn kept_publication(&self, digest: &Digest) -> Result<Published, StoreError> {
        let sql = "SELECT document FROM publications WHERE digest = $1";
        let row = self
            .store()
            .database()
            .query_one(sql, &[digest.as_str().into()])
            .await?;
        let damage = |what: &str| {
            Damage::new(format!(
                "the release of figures with the digest {digest} {what}"
            ))
        };
        let row = row.ok_or_else(|| damage("is not there"))?;
        let document = row.blob(0)?;
        if pack_hash(document) != digest.as_str() {
            return Err(damage("was altered").into());
        }
        Ok(serde_json::from_slice(document).map_err(|_| damage("cannot be read"))?)
    }
}

/// The bytes of a release, as they are kept and handed out.
pub fn bytes_of(published: &Published) -> Result<Vec<u8>, StoreError> {
    Ok(serde_json::to_vec(published).map_err(|error| Damage::new(error.to_string()))?)
}

fn coded(text: &str) -> Result<Code, StoreError> {
    Ok(Code::parse(text).map_err(|error| Damage::new(error.to_string()))?)
}

fn listed(publication: &domain::registry::Publication) -> ListedPublication {
    let told = &publication.published;
    ListedPublication {
        number: told.number,
        published: told.done,
        index: told.index,
        method: told.method.clone(),
        digest: told.digest.clone(),
        withdrawn: publication
            .withdrawn
            .as_ref()
            .map(|withdrawn| WithdrawnRelease {
                done: withdrawn.done,
                reason: withdrawn.reason.clone(),
            }),
    }
}

/// The last release that was not withdrawn.
fn last_standing(opened: &Opened) -> Option<&RecordReleasePublished> {
    let mut releases = opened.publications.values().rev();
    let standing = releases.find(|release| release.withdrawn.is_none());
    standing.map(|release| &release.published)
}

fn once_in(packs: &[Arc<Pack>]) -> Every {
    let yearly = packs
        .iter()
        .any(|pack| pack.publication.every == Every::Year);
    if yearly { Every::Year } else { Every::Quarter }
}

fn moment_of(done: Occurred) -> Option<Instant> {
    match done {
        Occurred::At(instant) => Some(instant),
        Occurred::On(_) => None,
    }
}

fn day_of(release: &RecordReleasePublished, pack: &Pack) -> Option<Day> {
    match release.done {
        Occurred::At(instant) => Some(pack.day(instant)),
        Occurred::On(date) => date.latest(),
    }
}

/// Whether a release is of the same period of the calendar as today.
fn is_within(last: Option<Day>, today: Day, every: Every) -> bool {
    let period = |day: Day| match every {
        Every::Year => (day.year(), 0),
        Every::Quarter => (day.year(), (day.month() - 1) / 3),
    };
    last.is_some_and(|last| period(last) == period(today))
}
