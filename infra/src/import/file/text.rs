//! From decompressed bytes to checked UTF-8: encoding, size, zero bytes, length of lines.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, UTF_8, WINDOWS_1252};

use super::open::Decompressed;
use crate::import::error::FileFault;
use crate::import::mapping::Encoding;

/// The most data of one import, decompressed.
pub(super) const MOST_DATA: u64 = 2 * 1024 * 1024 * 1024;

/// The longest line of an import.
pub(super) const LONGEST_LINE: u64 = 64 * 1024;

/// How much is read at a time. A reader of lines may be this far ahead of the line it gives out.
pub(super) const BLOCK: usize = 64 * 1024;

/// What closes the text given out. No text holds a zero byte, so a last row that ends with this stands in
/// quotation marks that were never closed.
pub(super) const END_MARK: &[u8] = b"\n\0\n";

/// Checked text. Damage is an error that carries a [`FileFault`]; nothing is replaced or left out but the
/// carriage return of a line break.
pub(super) struct Text {
    source: Decompressed,
    encoding: Encoding,
    decoder: Decoder,
    raw: Vec<u8>,
    decoded: Vec<u8>,
    given: usize,
    bytes: u64,
    lines: u64,
    most_data: u64,
    /// A carriage return at the end of a block, not yet given out.
    held_return: bool,
    ended: bool,
    /// The last byte so far is no line break.
    unbroken: bool,
    /// The length of text that may be given out before the reader confirms a line.
    allowed: u64,
    out: u64,
}

impl Text {
    pub(super) fn new(source: Decompressed, encoding: Encoding, most_data: u64) -> Self {
        let decoder = match encoding {
            Encoding::Utf8 => UTF_8.new_decoder_with_bom_removal(),
            Encoding::Windows1252 => WINDOWS_1252.new_decoder_without_bom_handling(),
        };
        Self {
            source,
            encoding,
            decoder,
            raw: vec![0; BLOCK],
            decoded: Vec::with_capacity(3 * BLOCK),
            given: 0,
            bytes: 0,
            lines: 1,
            most_data,
            held_return: false,
            ended: false,
            unbroken: false,
            allowed: u64::MAX,
            out: 0,
        }
    }

    /// The beginning of the text, up to a block, without consuming it.
    pub(super) fn beginning(&mut self) -> io::Result<&[u8]> {
        while !self.ended && self.decoded.len() < BLOCK {
            self.fill()?;
        }
        Ok(self.decoded.get(self.given..).unwrap_or_default())
    }

    /// Drops a line from the beginning.
    pub(super) fn skip_line(&mut self) -> io::Result<()> {
        let line = self.beginning()?.iter().position(|byte| *byte == b'\n');
        let Some(line) = line else {
            return Err(fault(FileFault::LongLine {
                line: 1,
                limit: LONGEST_LINE,
            }));
        };
        self.given = self.given.saturating_add(line).saturating_add(1);
        Ok(())
    }

    /// Whether the text ends here, in the middle of a line.
    pub(super) fn is_cut_at(&self, place: u64) -> bool {
        let rest = self.decoded.len().saturating_sub(self.given);
        let all = self
            .out
            .saturating_add(u64::try_from(rest).unwrap_or(u64::MAX));
        // What follows the line break of the end mark was added as well.
        self.ended && self.unbroken && place.saturating_add(2) == all
    }

    /// The reader of lines has come to this place of the text.
    pub(super) fn reached(&mut self, place: u64) {
        let ahead = u64::try_from(BLOCK).unwrap_or(u64::MAX);
        self.allowed = place.saturating_add(LONGEST_LINE).saturating_add(ahead);
    }

    fn fill(&mut self) -> io::Result<()> {
        let mut raw = std::mem::take(&mut self.raw);
        let read = self.source.reader.read(&mut raw);
        let result = match read {
            Ok(0) => self.end(),
            Ok(n) => self.take(raw.get(..n).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(()),
            Err(error) => Err(fault(self.read_fault(error))),
        };
        self.raw = raw;
        result
    }

    fn read_fault(&self, error: io::Error) -> FileFault {
        match (self.source.compression, error.kind()) {
            (Some(format), io::ErrorKind::UnexpectedEof) => FileFault::CutShort(format),
            // The decoders tell a short file in different ways; xz only in words.
            (Some(format), _) if error.to_string().contains("premature eof") => {
                FileFault::CutShort(format)
            }
            (Some(format), _) if error.raw_os_error().is_none() => FileFault::Damaged {
                format,
                source: error,
            },
            _ => FileFault::Read(error),
        }
    }

    fn take(&mut self, raw: &[u8]) -> io::Result<()> {
        let start = self.bytes;
        self.bytes = start.saturating_add(length(raw));
        if self.bytes > self.most_data {
            return Err(fault(FileFault::TooLarge {
                limit: self.most_data,
            }));
        }
        if let Some(at) = raw.iter().position(|byte| *byte == 0) {
            let (line, byte) = self.place(raw, at, start);
            return Err(fault(FileFault::Nul {
                compression: self.source.compression,
                line,
                byte,
            }));
        }
        if self.encoding == Encoding::Windows1252 {
            self.check_windows(raw, start)?;
        }
        self.decode(raw, start, false)?;
        self.unbroken = raw.last().is_some_and(|byte| *byte != b'\n');
        self.lines = self.lines.saturating_add(newlines(raw));
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        let at = self.bytes;
        self.decode(&[], at, true)?;
        if self.held_return {
            self.decoded.push(b'\r');
        }
        self.decoded.extend_from_slice(END_MARK);
        self.ended = true;
        Ok(())
    }

    fn decode(&mut self, raw: &[u8], start: u64, last: bool) -> io::Result<()> {
        self.decoded.drain(..self.given);
        self.given = 0;
        let from = self.decoded.len();
        if self.held_return && !last {
            self.decoded.push(b'\r');
            self.held_return = false;
        }
        let room = self
            .decoder
            .max_utf8_buffer_length_without_replacement(raw.len());
        let begin = self.decoded.len();
        self.decoded
            .resize(begin.saturating_add(room.unwrap_or_default()), 0);
        let target = self.decoded.get_mut(begin..).unwrap_or_default();
        let (result, read, written) = self
            .decoder
            .decode_to_utf8_without_replacement(raw, target, last);
        self.decoded.truncate(begin.saturating_add(written));
        if let DecoderResult::Malformed(bad, after) = result {
            return Err(fault(self.encoding_fault(
                raw,
                start,
                read,
                usize::from(bad),
                usize::from(after),
            )));
        }
        self.drop_returns(from);
        Ok(())
    }

    /// Makes `\r\n` a plain line break, as the row's content: a row is the same in both.
    fn drop_returns(&mut self, from: usize) {
        let fresh = self.decoded.get(from..).unwrap_or_default();
        if !fresh.contains(&b'\r') {
            return;
        }
        let mut kept = Vec::with_capacity(fresh.len());
        let mut bytes = fresh.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            match (byte, bytes.peek()) {
                (b'\r', Some(b'\n')) => {}
                (b'\r', None) => self.held_return = true,
                _ => kept.push(byte),
            }
        }
        self.decoded.truncate(from);
        self.decoded.extend_from_slice(&kept);
    }

    fn encoding_fault(
        &self,
        raw: &[u8],
        start: u64,
        read: usize,
        bad: usize,
        after: usize,
    ) -> FileFault {
        let last = read.saturating_sub(after);
        let first = last.saturating_sub(bad);
        let (line, _) = self.place(raw, first, start);
        // A character may have begun in the block before.
        let ahead = u64::try_from(bad).unwrap_or_default();
        let end = start.saturating_add(u64::try_from(last).unwrap_or_default());
        let byte = end.saturating_sub(ahead).saturating_add(1);
        let found = raw.get(first..last).filter(|bytes| !bytes.is_empty());
        FileFault::Encoding {
            line,
            byte,
            found: found.map_or_else(|| "a cut character".to_owned(), hexadecimal),
            declared: "UTF-8",
            other: "windows-1252",
        }
    }

    /// The five bytes that the code page leaves free are decoded by nobody alike; and UTF-8 is not Windows-1252.
    fn check_windows(&self, raw: &[u8], start: u64) -> io::Result<()> {
        let free = |byte: &u8| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d);
        if start == 0 && raw.starts_with(&[0xef, 0xbb, 0xbf]) {
            return Err(fault(FileFault::IsUtf8 { line: 1, byte: 1 }));
        }
        if let Some(at) = raw.iter().position(|byte| !byte.is_ascii())
            && is_utf8(raw)
        {
            let (line, byte) = self.place(raw, at, start);
            return Err(fault(FileFault::IsUtf8 { line, byte }));
        }
        if let Some(at) = raw.iter().position(free) {
            let (line, byte) = self.place(raw, at, start);
            let found = hexadecimal(raw.get(at..=at).unwrap_or_default());
            let declared = "windows-1252";
            return Err(fault(FileFault::Encoding {
                line,
                byte,
                found,
                declared,
                other: "utf-8",
            }));
        }
        Ok(())
    }

    /// Line and byte, from 1, of a place in the block that begins at `start`.
    fn place(&self, raw: &[u8], at: usize, start: u64) -> (u64, u64) {
        let before = raw.get(..at).unwrap_or_default();
        let line = self.lines.saturating_add(newlines(before));
        (line, start.saturating_add(length(before)).saturating_add(1))
    }
}

impl Read for Text {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.decoded.len() && !self.ended {
            self.fill()?;
        }
        if self.out > self.allowed {
            // The reader of lines knows the line; it fills it in.
            return Err(fault(FileFault::LongLine {
                line: 0,
                limit: LONGEST_LINE,
            }));
        }
        let ready = self.decoded.get(self.given..).unwrap_or_default();
        let take = ready.len().min(out.len());
        if let (Some(target), Some(source)) = (out.get_mut(..take), ready.get(..take)) {
            target.copy_from_slice(source);
        }
        self.given = self.given.saturating_add(take);
        self.out = self
            .out
            .saturating_add(u64::try_from(take).unwrap_or(u64::MAX));
        Ok(take)
    }
}

/// Whether a block is UTF-8 with at least one character beyond ASCII, but for one that its end cuts.
fn is_utf8(raw: &[u8]) -> bool {
    let whole = match std::str::from_utf8(raw) {
        Ok(_) => raw.len(),
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        Err(_) => 0,
    };
    !raw.get(..whole).unwrap_or_default().is_ascii()
}

#[expect(
    clippy::naive_bytecount,
    reason = "vectorised well enough; no crate for one line"
)]
pub(in crate::import) fn newlines(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(u64::MAX)
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

fn hexadecimal(bytes: &[u8]) -> String {
    let bytes: Vec<String> = bytes.iter().map(|byte| format!("0x{byte:02X}")).collect();
    bytes.join(" ")
}

pub(super) fn fault(fault: FileFault) -> io::Error {
    io::Error::other(Carried(fault))
}

/// A fault on its way through a reader that knows only I/O errors.
#[derive(Debug)]
pub(super) struct Carried(pub(super) FileFault);

impl std::fmt::Display for Carried {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Carried {}
