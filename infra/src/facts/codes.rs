//! A column of codes, each in as few bytes as the largest of them needs.

use std::ops::Range;

use super::segment::SegmentError;

/// The codes of the rows, in one, two or four bytes each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Codes {
    Ones(Vec<u8>),
    Twos(Vec<u16>),
    Fours(Vec<u32>),
}

impl Default for Codes {
    fn default() -> Self {
        Self::Ones(Vec::new())
    }
}

/// The codes of some rows, in the width of their column.
pub(super) enum Stretch<'a> {
    Ones(&'a [u8]),
    Twos(&'a [u16]),
    Fours(&'a [u32]),
}

impl Codes {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Ones(codes) => codes.len(),
            Self::Twos(codes) => codes.len(),
            Self::Fours(codes) => codes.len(),
        }
    }

    /// The code of a row, where the column has the row.
    pub(super) fn get(&self, row: usize) -> Option<u32> {
        match self {
            Self::Ones(codes) => codes.get(row).copied().map(u32::from),
            Self::Twos(codes) => codes.get(row).copied().map(u32::from),
            Self::Fours(codes) => codes.get(row).copied(),
        }
    }

    /// The code of a row; silence in a column that is younger than the row.
    pub(super) fn at(&self, row: usize) -> u32 {
        self.get(row).unwrap_or_default()
    }

    pub(super) fn push(&mut self, code: u32) {
        match self {
            Self::Ones(codes) => {
                if let Ok(code) = u8::try_from(code) {
                    return codes.push(code);
                }
            }
            Self::Twos(codes) => {
                if let Ok(code) = u16::try_from(code) {
                    return codes.push(code);
                }
            }
            Self::Fours(codes) => return codes.push(code),
        }
        self.widen();
        self.push(code);
    }

    /// Room for so many rows in all.
    pub(super) fn make_room(&mut self, rows: usize) {
        let more = rows.saturating_sub(self.len());
        match self {
            Self::Ones(codes) => codes.reserve_exact(more),
            Self::Twos(codes) => codes.reserve_exact(more),
            Self::Fours(codes) => codes.reserve_exact(more),
        }
    }

    fn room(&self) -> usize {
        match self {
            Self::Ones(codes) => codes.capacity(),
            Self::Twos(codes) => codes.capacity(),
            Self::Fours(codes) => codes.capacity(),
        }
    }

    /// Silence up to a number of rows.
    pub(super) fn pad(&mut self, rows: usize) {
        match self {
            Self::Ones(codes) => codes.resize(rows, 0),
            Self::Twos(codes) => codes.resize(rows, 0),
            Self::Fours(codes) => codes.resize(rows, 0),
        }
    }

    /// How many bytes a code takes.
    pub(super) fn width(&self) -> u32 {
        match self {
            Self::Ones(_) => 1,
            Self::Twos(_) => 2,
            Self::Fours(_) => 4,
        }
    }

    /// The codes of some rows, as bytes.
    pub(super) fn bytes(&self, rows: Range<usize>) -> Vec<u8> {
        match self.of(rows) {
            Stretch::Ones(codes) => codes.to_vec(),
            Stretch::Twos(codes) => codes.iter().flat_map(|code| code.to_le_bytes()).collect(),
            Stretch::Fours(codes) => codes.iter().flat_map(|code| code.to_le_bytes()).collect(),
        }
    }

    /// Adds codes of a width, as bytes.
    pub(super) fn extend(&mut self, width: u32, bytes: &[u8]) -> Result<(), SegmentError> {
        while self.width() < width {
            self.widen();
        }
        let twos = || bytes.as_chunks().0.iter().copied().map(u16::from_le_bytes);
        let fours = || bytes.as_chunks().0.iter().copied().map(u32::from_le_bytes);
        match (self, width) {
            (Self::Ones(codes), 1) => codes.extend_from_slice(bytes),
            (Self::Twos(codes), 1) => codes.extend(bytes.iter().copied().map(u16::from)),
            (Self::Twos(codes), 2) => codes.extend(twos()),
            (Self::Fours(codes), 1) => codes.extend(bytes.iter().copied().map(u32::from)),
            (Self::Fours(codes), 2) => codes.extend(twos().map(u32::from)),
            (Self::Fours(codes), 4) => codes.extend(fours()),
            _ => return Err(SegmentError("a column of another width")),
        }
        Ok(())
    }

    fn widen(&mut self) {
        let room = self.room();
        *self = match self {
            Self::Ones(codes) => Self::Twos(codes.iter().copied().map(u16::from).collect()),
            Self::Twos(codes) => Self::Fours(codes.iter().copied().map(u32::from).collect()),
            Self::Fours(_) => return,
        };
        self.make_room(room);
    }

    /// The codes of some rows.
    pub(super) fn of(&self, rows: Range<usize>) -> Stretch<'_> {
        match self {
            Self::Ones(codes) => Stretch::Ones(codes.get(rows).unwrap_or_default()),
            Self::Twos(codes) => Stretch::Twos(codes.get(rows).unwrap_or_default()),
            Self::Fours(codes) => Stretch::Fours(codes.get(rows).unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_widens_and_says_the_same() {
        let mut codes = Codes::default();
        let all = [0, 255, 3, 256, 65_535, 7, 65_536, 1];
        for (at, code) in all.into_iter().enumerate() {
            codes.push(code);
            let kept: Vec<u32> = (0..=at).map(|row| codes.at(row)).collect();
            assert_eq!(kept, all[..=at]);
        }
        codes.pad(10);
        assert_eq!((codes.len(), codes.at(9), codes.get(10)), (10, 0, None));
    }
}
