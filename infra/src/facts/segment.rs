//! The durable form: what one batch of events added to the table, as one block of bytes.
//!
//! A table is the sum of its blocks in order, so a service starts by reading them and replays nothing. A block holds
//! columns one after another in little-endian numbers, compressed as a whole; its first number is the format.

use uuid::Uuid;

use super::table::{FactTable, index_of};

const FORMAT: u32 = 1;

/// Why a block cannot be read: it is damaged, or of another format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a block of the fact table cannot be read: {0}; rebuild the projection `facts`")]
pub struct SegmentError(&'static str);

/// How far a table has been written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Written {
    rows: usize,
    penalties: usize,
    decisions: usize,
    persons: usize,
    words: std::collections::BTreeMap<String, usize>,
}

impl FactTable {
    /// Whether nothing was added since the last block was taken.
    pub fn is_written(&self) -> bool {
        self.closed.is_empty() && self.sexes.is_empty() && self.extent() == self.written
    }

    fn extent(&self) -> Written {
        Written {
            rows: self.from.len(),
            penalties: self.penalties.len(),
            decisions: self.decisions.len(),
            persons: self.persons.len(),
            words: self
                .dimensions
                .iter()
                .map(|(n, d)| (n.clone(), d.words.len()))
                .collect(),
        }
    }

    /// The whole table as one block, which may stand for all blocks so far.
    pub fn whole(&self) -> Result<Vec<u8>, SegmentError> {
        let mut whole = self.clone();
        whole.written = Written::default();
        whole.closed.clear();
        let sexes = (0_u32..).zip(&self.person_sex);
        whole.sexes = sexes.map(|(no, sex)| (no, u32::from(*sex))).collect();
        whole.take_segment()
    }

    /// What was added since the last block was taken.
    pub fn take_segment(&mut self) -> Result<Vec<u8>, SegmentError> {
        let done = std::mem::take(&mut self.written);
        let closed = std::mem::take(&mut self.closed);
        let sexes = std::mem::take(&mut self.sexes);
        let mut out = Writer::default();
        out.u32(FORMAT);
        out.u64(self.next_index);
        out.length(self.from.len() - done.rows.min(self.from.len()));
        for column in [
            &self.from,
            &self.to,
            &self.decision,
            &self.person,
            &self.date,
            &self.penalty,
        ] {
            column.iter().skip(done.rows).for_each(|v| out.u32(*v));
        }
        out.words(self.penalties.words_from(done.penalties.max(1)));
        out.uuids(self.decisions.iter().skip(done.decisions));
        out.uuids(self.persons.iter().skip(done.persons));
        out.pairs(&closed);
        out.pairs(&sexes);
        out.length(self.dimensions.len());
        for (name, dimension) in &self.dimensions {
            out.text(name);
            let written = done.words.get(name).copied().unwrap_or(1);
            out.words(dimension.words.words_from(written));
            dimension
                .codes
                .iter()
                .skip(done.rows)
                .for_each(|v| out.u16(*v));
            // A column that is younger than the rows is padded with silence where it is read.
            out.length(dimension.codes.len());
        }
        self.written = self.extent();
        zstd::bulk::compress(&out.0, 1).map_err(|_| SegmentError("compression failed"))
    }

    /// Adds a block to the table.
    pub fn add_segment(&mut self, bytes: &[u8]) -> Result<(), SegmentError> {
        let plain = zstd::stream::decode_all(bytes)
            .map_err(|_| SegmentError("not compressed as expected"))?;
        let mut input = Reader(&plain);
        if input.u32()? != FORMAT {
            return Err(SegmentError("another format"));
        }
        self.next_index = input.u64()?;
        let rows = input.length()?;
        for column in [
            &mut self.from,
            &mut self.to,
            &mut self.decision,
            &mut self.person,
            &mut self.date,
            &mut self.penalty,
        ] {
            for _ in 0..rows {
                column.push(input.u32()?);
            }
        }
        for word in input.words()? {
            self.penalties.code(&word);
        }
        for id in input.uuids()? {
            self.decision_code(domain::values::SentenceId(id));
        }
        for id in input.uuids()? {
            self.person_code(domain::values::PersonId(id));
        }
        for (row, to) in input.pairs()? {
            *self
                .to
                .get_mut(index_of(row))
                .ok_or(SegmentError("a row that is not there"))? = to;
        }
        for (person, sex) in input.pairs()? {
            let sex = u16::try_from(sex).map_err(|_| SegmentError("a code out of range"))?;
            let kept = self.person_sex.get_mut(index_of(person));
            *kept.ok_or(SegmentError("a person who is not there"))? = sex;
        }
        for _ in 0..input.length()? {
            let name = input.text()?;
            let words = input.words()?;
            let dimension = self.dimensions.entry(name).or_default();
            for word in words {
                dimension.words.code(&word);
            }
            dimension.codes.resize(self.from.len() - rows, 0);
            for _ in 0..rows {
                dimension.codes.push(input.u16()?);
            }
            if input.length()? != dimension.codes.len() {
                return Err(SegmentError("a column of another length"));
            }
        }
        self.restore_open();
        self.mark_written();
        Ok(())
    }

    fn mark_written(&mut self) {
        self.closed.clear();
        self.sexes.clear();
        self.written = self.extent();
    }
}

#[derive(Default)]
struct Writer(Vec<u8>);

impl Writer {
    fn u16(&mut self, value: u16) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    fn u32(&mut self, value: u32) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    fn u64(&mut self, value: u64) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    fn length(&mut self, value: usize) {
        self.u64(u64::try_from(value).unwrap_or(u64::MAX));
    }

    fn text(&mut self, text: &str) {
        self.length(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    fn words<'a>(&mut self, words: impl Iterator<Item = &'a str>) {
        let words: Vec<&str> = words.collect();
        self.length(words.len());
        for word in words {
            self.text(word);
        }
    }

    fn uuids<'a>(&mut self, ids: impl Iterator<Item = &'a Uuid>) {
        let ids: Vec<&Uuid> = ids.collect();
        self.length(ids.len());
        for id in ids {
            self.0.extend_from_slice(id.as_bytes());
        }
    }

    fn pairs(&mut self, pairs: &[(u32, u32)]) {
        self.length(pairs.len());
        for (a, b) in pairs {
            self.u32(*a);
            self.u32(*b);
        }
    }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], SegmentError> {
        let (head, tail) = self
            .0
            .split_first_chunk::<N>()
            .ok_or(SegmentError("it ends early"))?;
        self.0 = tail;
        Ok(*head)
    }

    fn u16(&mut self) -> Result<u16, SegmentError> {
        self.take().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Result<u32, SegmentError> {
        self.take().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, SegmentError> {
        self.take().map(u64::from_le_bytes)
    }

    fn length(&mut self) -> Result<usize, SegmentError> {
        usize::try_from(self.u64()?).map_err(|_| SegmentError("a length out of range"))
    }

    fn text(&mut self) -> Result<String, SegmentError> {
        let length = self.length()?;
        let (head, tail) = self
            .0
            .split_at_checked(length)
            .ok_or(SegmentError("it ends early"))?;
        self.0 = tail;
        String::from_utf8(head.to_vec()).map_err(|_| SegmentError("a word that is not text"))
    }

    fn words(&mut self) -> Result<Vec<String>, SegmentError> {
        (0..self.length()?).map(|_| self.text()).collect()
    }

    fn uuids(&mut self) -> Result<Vec<Uuid>, SegmentError> {
        (0..self.length()?)
            .map(|_| self.take().map(Uuid::from_bytes))
            .collect()
    }

    fn pairs(&mut self) -> Result<Vec<(u32, u32)>, SegmentError> {
        (0..self.length()?)
            .map(|_| Ok((self.u32()?, self.u32()?)))
            .collect()
    }
}
