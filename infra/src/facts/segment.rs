//! The durable form: what one batch of events added to the table, as one block of bytes.
//!
//! A table is the sum of its blocks in order, so a service starts by reading them and replays nothing. A block is its
//! format, the length of its head, the head and the columns. The head and each column are compressed apart and have a
//! checksum of their own; a column is its numbers one after another in little-endian order, as narrow as in memory, so
//! that it is read as a whole, several at a time.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

use super::bytes::{Reader, Writer};
use super::codes::Codes;
use super::dictionary::Ids;
use super::table::{FactTable, OPEN, index_of};

const FIRST: u32 = 1;
const FORMAT: u32 = 2;

/// Why a block cannot be read: it is damaged, or of another format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a block of the fact table cannot be read: {0}; rebuild the projection `facts`")]
pub struct SegmentError(pub(super) &'static str);

/// What a table gained, as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Nothing of the events below this index is missing.
    pub next_index: u64,
    /// How many versions of decisions it holds.
    pub versions: usize,
    /// The bytes.
    pub bytes: Vec<u8>,
}

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

    /// The whole table as blocks of about so many rows, which may stand for all blocks so far: each is what the block would
    /// have been if it had been taken at its index, below which nothing is missing.
    pub fn blocks(&self, rows: usize) -> Result<Vec<Block>, SegmentError> {
        let mut blocks = Vec::new();
        let mut done = Written::default();
        let mut closings = self.closings.iter().copied().peekable();
        while blocks.is_empty() || done != self.extent() {
            let mut until = self.extent();
            let mut next_index = self.next_index;
            // An entry that opens several rows is not torn apart.
            let end = done.rows.saturating_add(rows.max(1));
            let end = self.from.get(end).map_or(self.len(), |from| {
                let first = self.from.partition_point(|before| before < from);
                let behind = || self.from.partition_point(|before| before <= from);
                if first > done.rows { first } else { behind() }
            });
            if let Some(from) = self.from.get(end) {
                next_index = u64::from(*from);
                let named = |column: &[u32], before: usize| {
                    let own = column.get(done.rows..end).unwrap_or_default();
                    let most = own.iter().max().map_or(0, |most| index_of(*most) + 1);
                    most.max(before)
                };
                until.rows = end;
                until.decisions = named(&self.decision, done.decisions);
                until.persons = named(&self.person, done.persons);
            }
            let mut closed = Vec::new();
            let to = |row: u32| self.to.get(index_of(row)).copied().unwrap_or(OPEN);
            while let Some(row) = closings.next_if(|row| u64::from(to(*row)) < next_index) {
                if index_of(row) < done.rows {
                    closed.push((row, to(row)));
                }
            }
            let persons = (0_u32..).zip(&self.person_sex);
            let persons = persons.take(until.persons).skip(done.persons);
            let sexes: Vec<_> = persons.map(|(no, sex)| (no, u32::from(*sex))).collect();
            blocks.push(self.block(&done, &until, next_index, &closed, &sexes)?);
            done = until;
        }
        Ok(blocks)
    }

    /// What was added since the last block was taken.
    pub fn take_segment(&mut self) -> Result<Block, SegmentError> {
        let done = std::mem::take(&mut self.written);
        let closed = std::mem::take(&mut self.closed);
        let sexes = std::mem::take(&mut self.sexes);
        self.written = self.extent();
        self.block(&done, &self.written, self.next_index, &closed, &sexes)
    }

    /// What lies between two extents, as it stood before an index.
    fn block(
        &self,
        done: &Written,
        until: &Written,
        next_index: u64,
        closed: &[(u32, u32)],
        sexes: &[(u32, u32)],
    ) -> Result<Block, SegmentError> {
        let rows = done.rows.min(until.rows)..until.rows;
        let mut head = Writer::default();
        head.u64(next_index);
        head.length(rows.len());
        let words = self.penalties.words_from(done.penalties.max(1));
        head.words(words.take(until.penalties.saturating_sub(done.penalties.max(1))));
        head.pairs(closed);
        head.pairs(sexes);
        head.length(self.dimensions.len());
        let mut columns = self.flat(done, until, next_index);
        head.u32(self.penalty.width());
        for (name, dimension) in &self.dimensions {
            head.text(name);
            let written = done.words.get(name).copied().unwrap_or(1);
            let known = until.words.get(name).copied().unwrap_or(1);
            let words = dimension.words.words_from(written);
            head.words(words.take(known.saturating_sub(written)));
            head.u32(dimension.codes.width());
            columns.push(dimension.codes.bytes(rows.clone()));
        }
        let mut body = Vec::new();
        for column in columns {
            let part = compressed(&column)?;
            head.length(column.len());
            head.length(part.len());
            body.extend_from_slice(&part);
        }
        let head = compressed(&head.0)?;
        let mut out = Writer::default();
        out.u32(FORMAT);
        out.length(head.len());
        out.0.extend_from_slice(&head);
        out.0.extend_from_slice(&body);
        Ok(Block {
            next_index,
            versions: rows.len(),
            bytes: out.0,
        })
    }

    /// The columns that every block has, between two extents.
    fn flat(&self, done: &Written, until: &Written, next_index: u64) -> Vec<Vec<u8>> {
        let rows = done.rows.min(until.rows)..until.rows;
        let ends = self.to.get(rows.clone()).unwrap_or_default().iter();
        let ends = ends.map(|to| {
            if u64::from(*to) < next_index {
                *to
            } else {
                OPEN
            }
        });
        vec![
            steps(&self.from, rows.clone()),
            numbers(ends),
            steps(&self.decision, rows.clone()),
            numbers(
                self.person
                    .get(rows.clone())
                    .unwrap_or_default()
                    .iter()
                    .copied(),
            ),
            numbers(
                self.date
                    .get(rows.clone())
                    .unwrap_or_default()
                    .iter()
                    .copied(),
            ),
            self.penalty.bytes(rows.clone()),
            bytes_of(self.decisions.among(done.decisions..until.decisions)),
            bytes_of(self.persons.among(done.persons..until.persons)),
        ]
    }

    /// Adds a block to the table.
    pub fn add_segment(&mut self, bytes: &[u8]) -> Result<(), SegmentError> {
        let mut input = Reader(bytes);
        if input.u32()? == FORMAT {
            self.add_columns(&mut input)?;
        } else {
            // The first format is compressed as a whole.
            let plain =
                zstd::stream::decode_all(bytes).map_err(|_| SegmentError("another format"))?;
            let mut input = Reader(&plain);
            if input.u32()? != FIRST {
                return Err(SegmentError("another format"));
            }
            self.add_first_format(&mut input)?;
        }
        self.mark_written();
        Ok(())
    }

    fn add_columns(&mut self, input: &mut Reader<'_>) -> Result<(), SegmentError> {
        let length = input.length()?;
        let head = zstd::stream::decode_all(input.bytes(length)?).map_err(|_| DAMAGED)?;
        let head = Head::read(&mut Reader(&head))?;
        for (name, words, _) in &head.dimensions {
            let column = self.dimensions.entry(name.clone()).or_default();
            for word in words {
                column.words.code(word);
            }
        }
        fill_all(self.filling(&head, input)?)?;
        self.ids_were_added();
        for column in self.dimensions.values_mut() {
            column.codes.pad(self.from.len());
        }
        self.check_lengths()?;
        self.add_changes(head)
    }

    /// Every part of a block and the column that it goes on with.
    fn filling<'a, 'b: 'a>(
        &'a mut self,
        head: &Head,
        input: &mut Reader<'b>,
    ) -> Result<Vec<Filling<'a>>, SegmentError> {
        let (before, room) = (self.from.len(), self.from.capacity());
        let mut parts = Vec::new();
        for (plain, length) in &head.lengths {
            parts.push((*plain, input.bytes(*length)?));
        }
        let mut parts = parts.into_iter();
        let mut filling = |to: Column<'a>| {
            let (plain, part) = parts.next().ok_or(DAMAGED)?;
            Ok(Filling { to, plain, part })
        };
        let mut all = vec![
            filling(Column::Steps(&mut self.from))?,
            filling(Column::Numbers(&mut self.to))?,
            filling(Column::Steps(&mut self.decision))?,
            filling(Column::Numbers(&mut self.person))?,
            filling(Column::Numbers(&mut self.date))?,
            filling(Column::Codes(&mut self.penalty, head.penalty_width))?,
            filling(Column::Ids(&mut self.decisions))?,
            filling(Column::Ids(&mut self.persons))?,
        ];
        let mut columns = self.dimensions.iter_mut();
        for (name, _, width) in &head.dimensions {
            // Both go by name.
            let found = columns.find(|(column, _)| *column == name);
            let (_, column) = found.ok_or(SegmentError("columns out of order"))?;
            // A column that is younger than the rows is silent in those before.
            column.codes.make_room(room);
            column.codes.pad(before);
            all.push(filling(Column::Codes(&mut column.codes, *width))?);
        }
        Ok(all)
    }

    /// What the head of a block says, behind its columns.
    fn add_changes(&mut self, head: Head) -> Result<(), SegmentError> {
        self.next_index = head.next_index;
        for word in &head.penalties {
            self.penalties.code(word);
        }
        for (row, to) in &head.closed {
            let row = self.to.get_mut(index_of(*row));
            *row.ok_or(SegmentError("a row that is not there"))? = *to;
        }
        for (person, sex) in head.sexes {
            let sex = u16::try_from(sex).map_err(|_| SegmentError("a code out of range"))?;
            let kept = self.person_sex.get_mut(index_of(person));
            *kept.ok_or(SegmentError("a person who is not there"))? = sex;
        }
        self.restore(head.rows, &head.closed);
        Ok(())
    }

    fn check_lengths(&self) -> Result<(), SegmentError> {
        let rows = self.from.len();
        let flat = [
            self.to.len(),
            self.decision.len(),
            self.person.len(),
            self.date.len(),
        ];
        let coded = self.dimensions.values().map(|dimension| &dimension.codes);
        let coded = coded.chain([&self.penalty]).map(Codes::len);
        if flat.into_iter().chain(coded).any(|length| length != rows) {
            return Err(SegmentError("a column of another length"));
        }
        Ok(())
    }

    /// What a block says of its own rows and of those it closed: which have closed, in the order in which they did.
    pub(super) fn restore(&mut self, own: usize, named: &[(u32, u32)]) {
        let first = self.from.len().saturating_sub(own);
        let rows = (0_u32..).zip(&self.to).skip(first);
        let own = rows
            .filter(|(_, to)| **to != OPEN)
            .map(|(row, to)| (*to, row));
        let named = named.iter().map(|(row, to)| (*to, *row));
        let mut closed: Vec<(u32, u32)> = own.chain(named).collect();
        closed.sort_unstable();
        closed.dedup();
        self.closings.extend(closed.into_iter().map(|(_, row)| row));
    }

    fn mark_written(&mut self) {
        self.closed.clear();
        self.sexes.clear();
        self.written = self.extent();
    }
}

/// What stands before the columns of a block.
struct Head {
    next_index: u64,
    rows: usize,
    penalties: Vec<String>,
    closed: Vec<(u32, u32)>,
    sexes: Vec<(u32, u32)>,
    penalty_width: u32,
    /// Names, new words and widths.
    dimensions: Vec<(String, Vec<String>, u32)>,
    /// The length of each column as plain bytes and as it is kept.
    lengths: Vec<(usize, usize)>,
}

impl Head {
    fn read(input: &mut Reader<'_>) -> Result<Self, SegmentError> {
        let next_index = input.u64()?;
        let rows = input.length()?;
        let penalties = input.words()?;
        let (closed, sexes) = (input.pairs()?, input.pairs()?);
        let (named, penalty_width) = (input.length()?, input.u32()?);
        let mut dimensions = Vec::new();
        for _ in 0..named {
            dimensions.push((input.text()?, input.words()?, input.u32()?));
        }
        let mut lengths = Vec::new();
        for _ in 0..FLAT + named {
            lengths.push((input.length()?, input.length()?));
        }
        Ok(Self {
            next_index,
            rows,
            penalties,
            closed,
            sexes,
            penalty_width,
            dimensions,
            lengths,
        })
    }
}

const DAMAGED: SegmentError = SegmentError("its bytes are not those that were written");
/// Columns that every block has, before those of the dimensions.
const FLAT: usize = 8;

/// Compressed, with a checksum.
fn compressed(plain: &[u8]) -> Result<Vec<u8>, SegmentError> {
    let failed = |_| SegmentError("compression failed");
    let mut compressor = zstd::bulk::Compressor::new(1).map_err(failed)?;
    compressor.include_checksum(true).map_err(failed)?;
    compressor.compress(plain).map_err(failed)
}

/// Where a part of a block belongs.
enum Column<'a> {
    Steps(&'a mut Vec<u32>),
    Numbers(&'a mut Vec<u32>),
    Codes(&'a mut Codes, u32),
    Ids(&'a mut Ids),
}

/// A part of a block and the column that it goes on with.
struct Filling<'a> {
    to: Column<'a>,
    /// Its length as plain bytes.
    plain: usize,
    part: &'a [u8],
}

impl Filling<'_> {
    /// Goes through a small buffer: what is plain is never held as a whole beside the column.
    fn fill(mut self) -> Result<(), SegmentError> {
        let mut plain = zstd::stream::read::Decoder::with_buffer(self.part).map_err(|_| DAMAGED)?;
        let mut buffer = vec![0; PIECE];
        let mut filled = 0;
        loop {
            let piece = read_piece(&mut plain, &mut buffer)?;
            if piece.is_empty() {
                break;
            }
            filled += piece.len();
            if filled > self.plain {
                return Err(DAMAGED);
            }
            match &mut self.to {
                Column::Steps(column) => from_steps(column, piece),
                Column::Numbers(column) => column.extend(words_of(piece)),
                Column::Codes(column, width) => column.extend(*width, piece)?,
                Column::Ids(ids) => ids.append(ids_of(piece)),
            }
        }
        if filled == self.plain {
            Ok(())
        } else {
            Err(DAMAGED)
        }
    }
}

/// Plain bytes at a time; numbers of every width go into it without a rest.
const PIECE: usize = 1 << 16;

/// The next plain bytes: as many as the buffer holds, fewer at the end.
fn read_piece<'a>(
    from: &mut impl std::io::Read,
    buffer: &'a mut [u8],
) -> Result<&'a [u8], SegmentError> {
    let mut length = 0;
    while let Some(room) = buffer.get_mut(length..).filter(|room| !room.is_empty()) {
        match from.read(room).map_err(|_| DAMAGED)? {
            0 => break,
            read => length += read,
        }
    }
    buffer.get(..length).ok_or(DAMAGED)
}

/// Fills columns, by every core: memory that is touched for the first time takes longer than what is written into it.
fn fill_all(mut filling: Vec<Filling<'_>>) -> Result<(), SegmentError> {
    let long: usize = filling.iter().map(|filling| filling.plain).sum();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    if cores == 1 || long < LONG {
        return filling.into_iter().try_for_each(Filling::fill);
    }
    // The longest first.
    filling.sort_by_key(|filling| filling.plain);
    let waiting = Mutex::new(filling);
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let some = || {
        while let Some(filling) = next() {
            filling.fill()?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..cores).map(|_| scope.spawn(some)).collect();
        let mut filled = some();
        for other in others {
            match other.join() {
                Ok(done) => filled = filled.and(done),
                Err(fault) => std::panic::resume_unwind(fault),
            }
        }
        filled
    })
}

/// Shorter blocks are read by one core.
const LONG: usize = 1 << 20;

/// Numbers one after another.
fn numbers(column: impl Iterator<Item = u32>) -> Vec<u8> {
    column.flat_map(u32::to_le_bytes).collect()
}

/// The same as steps from one to the next, which are small in columns that mostly grow by one.
fn steps(column: &[u32], rows: Range<usize>) -> Vec<u8> {
    let before = rows.start.checked_sub(1).and_then(|at| column.get(at));
    let mut before = before.copied().unwrap_or_default();
    let rows = column.get(rows).unwrap_or_default().iter();
    numbers(rows.map(|one| {
        let step = one.wrapping_sub(before);
        before = *one;
        step
    }))
}

fn from_steps(column: &mut Vec<u32>, bytes: &[u8]) {
    let mut last = column.last().copied().unwrap_or_default();
    column.extend(words_of(bytes).map(|step| {
        last = last.wrapping_add(step);
        last
    }));
}

fn words_of(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks().0.iter().copied().map(u32::from_le_bytes)
}

fn bytes_of(ids: &[Uuid]) -> Vec<u8> {
    ids.iter().flat_map(|id| id.into_bytes()).collect()
}

fn ids_of(bytes: &[u8]) -> impl Iterator<Item = Uuid> {
    bytes.as_chunks().0.iter().copied().map(Uuid::from_bytes)
}
