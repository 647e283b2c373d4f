//! Limits that a test cannot reach with a whole file.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use csv::ByteRecord;

use super::open_limited;
use crate::import::error::FileFault;
use crate::import::mapping::FileRule;

#[test]
fn more_data_than_the_limit_stops_the_reading_however_well_it_is_compressed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv.zst");
    let text = "a,b\n".repeat(100_000);
    std::fs::write(&path, zstd::encode_all(text.as_bytes(), 3).unwrap()).unwrap();
    let read = Arc::new(AtomicU64::new(0));
    let mut rows = open_limited(&path, &FileRule::default(), &[], &read, 300_000).unwrap();
    let mut cells = ByteRecord::new();
    let mut count = 0;
    let fault = loop {
        match rows.next(&mut cells) {
            Ok(Some(_)) => count += 1,
            Ok(None) => panic!("the limit was passed over"),
            Err(fault) => break fault,
        }
    };
    assert!(
        matches!(fault, FileFault::TooLarge { limit: 300_000 }),
        "{fault}"
    );
    assert!((1..75_000).contains(&count), "{count}");
    assert_eq!(
        FileFault::TooLarge {
            limit: super::text::MOST_DATA
        }
        .to_string(),
        "holds more than 2147483648 bytes of data: split it, and give each part its own source name"
    );
}
