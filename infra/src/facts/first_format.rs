//! Blocks of the first format, as registers made them that were begun before the second: one part, read number by number.

use super::bytes::Reader;
use super::segment::SegmentError;
use super::table::{FactTable, index_of};

impl FactTable {
    /// Adds what stands behind the format of a block.
    pub(super) fn add_first_format(&mut self, input: &mut Reader<'_>) -> Result<(), SegmentError> {
        self.next_index = input.u64()?;
        let rows = input.length()?;
        for column in [
            &mut self.from,
            &mut self.to,
            &mut self.decision,
            &mut self.person,
            &mut self.date,
        ] {
            for _ in 0..rows {
                column.push(input.u32()?);
            }
        }
        for _ in 0..rows {
            self.penalty.push(input.u32()?);
        }
        for word in input.words()? {
            self.penalties.code(&word);
        }
        self.decisions.append(input.uuids()?.into_iter());
        self.persons.append(input.uuids()?.into_iter());
        self.ids_were_added();
        let closed = input.pairs()?;
        for (row, to) in &closed {
            *self
                .to
                .get_mut(index_of(*row))
                .ok_or(SegmentError("a row that is not there"))? = *to;
        }
        self.restore(rows, &closed);
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
            dimension.codes.pad(self.from.len() - rows);
            for _ in 0..rows {
                dimension.codes.push(u32::from(input.u16()?));
            }
            if input.length()? != dimension.codes.len() {
                return Err(SegmentError("a column of another length"));
            }
        }
        Ok(())
    }
}
