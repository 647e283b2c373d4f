//! Opening a file: what it is, by its first bytes, and how it is decompressed.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::import::error::FileFault;
use crate::import::mapping::Format;

/// Memory that an xz file may ask for; what `xz -9` writes needs 65 MiB.
const XZ_MEMORY: u64 = 256 * 1024 * 1024;

/// An opened file.
pub(super) enum Opened {
    /// Text, decompressed.
    Text(Decompressed),
    /// Parquet, which needs the file itself.
    Parquet(File),
}

/// A decompressed stream, and what compressed it.
pub(super) struct Decompressed {
    pub(super) reader: Box<dyn Read + Send>,
    pub(super) compression: Option<&'static str>,
}

/// Counts what is read of the file itself, for progress.
struct Counted {
    file: File,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.read
            .fetch_add(u64::try_from(read).unwrap_or(u64::MAX), Ordering::Relaxed);
        Ok(read)
    }
}

/// Opens a file. `read` counts its bytes as they are consumed.
pub(super) fn open(
    path: &Path,
    format: Option<Format>,
    read: &Arc<AtomicU64>,
) -> Result<Opened, FileFault> {
    let mut file = File::open(path).map_err(FileFault::Open)?;
    if file.metadata().map_err(FileFault::Open)?.is_dir() {
        let way_out = "name the file in it";
        return Err(FileFault::Foreign {
            found: "a folder",
            way_out,
        });
    }
    let mut first = Vec::with_capacity(8);
    (&mut file)
        .take(8)
        .read_to_end(&mut first)
        .map_err(FileFault::Read)?;
    file.rewind().map_err(FileFault::Read)?;
    if first.is_empty() {
        return Err(FileFault::Empty);
    }
    let kind = Kind::of(&first)?;
    let named = path
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    kind.agrees(named, format)?;
    let counted = Counted {
        file,
        read: Arc::clone(read),
    };
    let (reader, compression): (Box<dyn Read + Send>, _) = match kind {
        Kind::Parquet => return Ok(Opened::Parquet(counted.file)),
        Kind::Text => (Box::new(counted), None),
        Kind::Gzip => (
            Box::new(flate2::read::MultiGzDecoder::new(counted)),
            Some("gzip"),
        ),
        Kind::Xz => {
            let concatenated = xz2::stream::CONCATENATED;
            let stream = xz2::stream::Stream::new_stream_decoder(XZ_MEMORY, concatenated);
            let stream = stream.map_err(|error| FileFault::Read(error.into()))?;
            (
                Box::new(xz2::read::XzDecoder::new_stream(counted, stream)),
                Some("xz"),
            )
        }
        Kind::Zstd => {
            let decoder = zstd::Decoder::new(counted).map_err(FileFault::Read)?;
            (Box::new(decoder), Some("zstd"))
        }
    };
    Ok(Opened::Text(Decompressed {
        reader,
        compression,
    }))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Gzip,
    Xz,
    Zstd,
    Parquet,
}

impl Kind {
    fn of(first: &[u8]) -> Result<Self, FileFault> {
        let foreign = |found, way_out| Err(FileFault::Foreign { found, way_out });
        match first {
            [0x1f, 0x8b, ..] => Ok(Self::Gzip),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Ok(Self::Xz),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Ok(Self::Zstd),
            [b'P', b'A', b'R', b'1', ..] => Ok(Self::Parquet),
            [b'P', b'K', 3 | 5, ..] => foreign(
                "a zip archive or a spreadsheet",
                "save the sheet as CSV in UTF-8",
            ),
            [0xd0, 0xcf, 0x11, 0xe0, ..] => {
                foreign("an old spreadsheet", "save the sheet as CSV in UTF-8")
            }
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
                foreign("UTF-16 text", "save it as CSV in UTF-8")
            }
            [b'B', b'Z', b'h', ..] => {
                foreign("bzip2 data", "decompress it, or use gzip, xz or zstd")
            }
            [b'%', b'P', b'D', b'F', ..] => foreign("a PDF document", "ask for the data as CSV"),
            [b'<', b'!' | b'h' | b'H' | b'?', ..] => {
                foreign("a web page or XML", "download the data file itself")
            }
            _ => Ok(Self::Text),
        }
    }

    /// Refuses a content that contradicts the file's name or the mapping.
    fn agrees(self, named: &str, format: Option<Format>) -> Result<(), FileFault> {
        let promised = match named.to_ascii_lowercase().as_str() {
            "gz" => Some((Self::Gzip, ".gz")),
            "xz" => Some((Self::Xz, ".xz")),
            "zst" => Some((Self::Zstd, ".zst")),
            "parquet" => Some((Self::Parquet, ".parquet")),
            _ => None,
        };
        if let Some((kind, named)) = promised
            && kind != self
        {
            return Err(FileFault::Misnamed { named });
        }
        match (self, format) {
            (Self::Parquet, Some(Format::Csv)) => Err(FileFault::OtherFormat {
                found: "Parquet",
                declared: "csv",
            }),
            (Self::Text | Self::Gzip | Self::Xz | Self::Zstd, Some(Format::Parquet)) => {
                Err(FileFault::OtherFormat {
                    found: "not Parquet",
                    declared: "parquet",
                })
            }
            _ => Ok(()),
        }
    }
}
