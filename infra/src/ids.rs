//! Identifiers. Leaf hashes are public, so an event id must not be guessable; a person's id is
//! derived from nothing, so that it leads back to nobody.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};
use uuid::{Builder, Uuid};

/// A source of identifiers; clones draw from the same sequence.
#[derive(Clone)]
pub struct IdSource {
    rng: Arc<Mutex<StdRng>>,
}

impl fmt::Debug for IdSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The generator's state would tell every id to come.
        f.write_str("IdSource")
    }
}

impl IdSource {
    /// Ids nobody can foresee, seeded by the operating system.
    pub fn random() -> Self {
        Self::from_rng(StdRng::from_entropy())
    }

    /// The same ids in every run: for tests and for the demonstration's sample data.
    pub fn seeded(seed: u64) -> Self {
        Self::from_rng(StdRng::seed_from_u64(seed))
    }

    fn from_rng(rng: StdRng) -> Self {
        Self {
            rng: Arc::new(Mutex::new(rng)),
        }
    }

    /// A version 7 id: 48 bits of `now_us` in milliseconds, then 74 random bits.
    pub fn event_id(&self, now_us: i64) -> Uuid {
        let millis = u64::try_from(now_us.div_euclid(1_000)).unwrap_or(0);
        Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid()
    }

    /// A version 7 id for a stream that begins in the registry.
    pub fn stream_id(&self, now_us: i64) -> Uuid {
        self.event_id(now_us)
    }

    /// A version 4 id: 122 random bits, not even a time.
    pub fn person_id(&self) -> Uuid {
        Builder::from_random_bytes(self.bytes()).into_uuid()
    }

    /// Random bytes for keys, nonces and salts.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.rng
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fill_bytes(&mut bytes);
        bytes
    }
}

impl Default for IdSource {
    fn default() -> Self {
        Self::random()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_id_tells_its_millisecond_and_74_bits_of_chance() {
        let ids = IdSource::seeded(1);
        let (one, two) = (ids.event_id(1_000_000), ids.event_id(1_000_000));
        assert_eq!(one.get_version_num(), 7);
        assert_eq!(one.get_timestamp().unwrap().to_unix(), (1, 0));
        let differing = (one.as_u128() ^ two.as_u128()).count_ones();
        assert!(differing > 15, "{one} and {two} differ in {differing} bits");
    }

    #[test]
    fn a_person_id_tells_no_time() {
        let id = IdSource::seeded(1).person_id();
        assert_eq!(id.get_version_num(), 4);
        assert!(id.get_timestamp().is_none());
    }

    #[test]
    fn a_seed_gives_the_same_ids_and_entropy_does_not() {
        let first = |ids: IdSource| ids.person_id();
        assert_eq!(first(IdSource::seeded(7)), first(IdSource::seeded(7)));
        assert_ne!(first(IdSource::random()), first(IdSource::random()));
    }
}
