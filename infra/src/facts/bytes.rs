//! Numbers, words and pairs as bytes, one after another.

use uuid::Uuid;

use super::segment::SegmentError;

/// Bytes that are written.
#[derive(Default)]
pub(super) struct Writer(pub(super) Vec<u8>);

impl Writer {
    pub(super) fn u32(&mut self, value: u32) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    pub(super) fn u64(&mut self, value: u64) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    pub(super) fn length(&mut self, value: usize) {
        self.u64(u64::try_from(value).unwrap_or(u64::MAX));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.length(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    pub(super) fn words<'a>(&mut self, words: impl Iterator<Item = &'a str>) {
        let words: Vec<&str> = words.collect();
        self.length(words.len());
        for word in words {
            self.text(word);
        }
    }

    pub(super) fn pairs(&mut self, pairs: &[(u32, u32)]) {
        self.length(pairs.len());
        for (a, b) in pairs {
            self.u32(*a);
            self.u32(*b);
        }
    }
}

/// Bytes that are read from the front.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], SegmentError> {
        let (head, tail) = self
            .0
            .split_first_chunk::<N>()
            .ok_or(SegmentError("it ends early"))?;
        self.0 = tail;
        Ok(*head)
    }

    pub(super) fn u16(&mut self) -> Result<u16, SegmentError> {
        self.take().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Result<u32, SegmentError> {
        self.take().map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Result<u64, SegmentError> {
        self.take().map(u64::from_le_bytes)
    }

    pub(super) fn length(&mut self) -> Result<usize, SegmentError> {
        usize::try_from(self.u64()?).map_err(|_| SegmentError("a length out of range"))
    }

    pub(super) fn bytes(&mut self, length: usize) -> Result<&'a [u8], SegmentError> {
        let (head, tail) = self
            .0
            .split_at_checked(length)
            .ok_or(SegmentError("it ends early"))?;
        self.0 = tail;
        Ok(head)
    }

    pub(super) fn text(&mut self) -> Result<String, SegmentError> {
        let length = self.length()?;
        let text = self.bytes(length)?;
        String::from_utf8(text.to_vec()).map_err(|_| SegmentError("a word that is not text"))
    }

    pub(super) fn words(&mut self) -> Result<Vec<String>, SegmentError> {
        (0..self.length()?).map(|_| self.text()).collect()
    }

    pub(super) fn uuids(&mut self) -> Result<Vec<Uuid>, SegmentError> {
        (0..self.length()?)
            .map(|_| self.take().map(Uuid::from_bytes))
            .collect()
    }

    pub(super) fn pairs(&mut self) -> Result<Vec<(u32, u32)>, SegmentError> {
        (0..self.length()?)
            .map(|_| Ok((self.u32()?, self.u32()?)))
            .collect()
    }
}
