//! Moments of the ledger: as of an index, as of an instant, now.

use std::str::FromStr;
use std::sync::Arc;

use domain::jurisdiction::Pack;
use domain::values::{CivilDate, DateError, Day, Instant, JurisdictionCode};
use serde::Serialize;

use super::Registry;
use crate::error::{Damage, StoreError};
use crate::packs::{PacksError, unruled};

/// As of when something is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AsOf {
    /// Now.
    #[default]
    Now,
    /// After the event of this ledger index, at the instant when that was stored; now, where none is stored there yet.
    Index(u64),
    /// After everything stored by this instant.
    Instant(Instant),
    /// At the end of this day, by the clocks of the jurisdiction.
    Day(Day),
}

impl FromStr for AsOf {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() || text == "now" {
            return Ok(Self::Now);
        }
        if let Ok(index) = text.parse() {
            return Ok(Self::Index(index));
        }
        let asked = if text.contains('T') {
            text.parse().map(Self::Instant)
        } else {
            text.parse().map(Self::Day)
        };
        asked.map_err(|_| {
            if let Err(DateError::NoSuchDay { .. }) = text.parse::<CivilDate>() {
                return format!("{text:?} is a day that no calendar has: write the day meant");
            }
            format!("{text:?} is neither an entry number, a day such as 2026-03-05, nor an instant such as 2026-03-05T10:00:00Z")
        })
    }
}

/// A moment of the ledger, resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// The last ledger index that counts; none before the first event.
    pub index: Option<u64>,
    /// The instant that was asked for, that of the entry that was, or now.
    pub instant: Instant,
    /// Whether it is the past.
    pub past: bool,
}

impl Moment {
    /// The index as lists compare it: -1 before the first event.
    pub(crate) fn last(self) -> i64 {
        self.index.map_or(-1, crate::projections::signed)
    }
}

impl Registry {
    /// The civil day of a moment; in the zone of the first jurisdiction, where there are several.
    pub async fn today(&self, as_of: AsOf) -> Result<Day, StoreError> {
        let moment = self.moment(as_of).await?;
        Ok(self.clocks().await?.day(moment.instant))
    }

    /// The rules by whose clocks the register's days begin and end: those of the first jurisdiction, where there are
    /// several; UTC, before any rules are adopted.
    pub(super) async fn clocks(&self) -> Result<Arc<Pack>, StoreError> {
        let adopted = self.packs().jurisdictions().await?;
        let first = adopted
            .first()
            .and_then(|code| JurisdictionCode::parse(code).ok());
        let Some(first) = first else {
            return Ok(unruled());
        };
        match self.packs().in_force(Some(&first)).await {
            Ok(law) => Ok(law),
            Err(PacksError::Store(error)) => Err(error),
            Err(other) => Err(Damage::new(other.to_string()).into()),
        }
    }

    /// Resolves a moment against the ledger.
    pub async fn moment(&self, as_of: AsOf) -> Result<Moment, StoreError> {
        let now = Instant::from_micros(self.clock().now_us());
        let head = self.store().head().await?;
        let newest = head.checked_sub(1);
        match as_of {
            AsOf::Now => Ok(Moment {
                index: newest,
                instant: now,
                past: false,
            }),
            AsOf::Index(index) => {
                // The last entry is as much of the past as any other: what is answered as of an entry stays the answer,
                // whatever comes after it and whenever it is asked.
                let there = newest.filter(|newest| index <= *newest).map(|_| index);
                let instant = match there {
                    Some(index) => self.stored_at(index).await?,
                    None => now,
                };
                Ok(Moment {
                    index: there.or(newest),
                    instant,
                    past: there.is_some(),
                })
            }
            AsOf::Instant(instant) => self.stored_by(instant, now).await,
            AsOf::Day(day) => {
                let end = self.clocks().await?.end_of(day);
                self.stored_by(end, now).await
            }
        }
    }

    async fn stored_by(&self, instant: Instant, now: Instant) -> Result<Moment, StoreError> {
        let index = self.store().index_as_of(instant.micros()).await?;
        Ok(Moment {
            index,
            instant: instant.min(now),
            past: instant < now,
        })
    }

    pub(super) async fn stored_at(&self, index: u64) -> Result<Instant, StoreError> {
        let rows = self.store().page(index, 1).await?;
        Ok(Instant::from_micros(
            rows.first().map_or(0, |row| row.stored_us),
        ))
    }
}
