//! Whatever a file holds, reading it ends, and every row is accounted for.

use proptest::prelude::*;

use super::*;

/// Bytes that are likely to upset a reader of tables.
fn text() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"2024,f,1\n".to_vec()),
        Just(b",".to_vec()),
        Just(b"\"".to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b"\r".to_vec()),
        Just("ö".as_bytes().to_vec()),
        Just(b"1e9".to_vec()),
        prop::collection::vec(any::<u8>(), 0..4),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_read_to_its_end_or_refused(body in text(), windows in any::<bool>()) {
        let folder = Folder::new();
        let path = folder.file("a.csv", [b"date,sex,fine\n".as_slice(), &body].concat());
        let mapping = mapping(if windows { "[file]\nencoding = \"windows-1252\"\n" } else { "" });
        let mut source = RowSource::open(&path, &mapping).unwrap_or_else(|_| {
            // A first block that is not text is refused when the header is read.
            RowSource::open(&folder.file("b.csv", "date,sex,fine\n"), &mapping).unwrap()
        });
        let (mut outcomes, mut failed) = (0, false);
        for outcome in source.by_ref() {
            match outcome {
                Ok(_) => outcomes += 1,
                Err(_) => failed = true,
            }
        }
        let report = source.report();
        prop_assert_eq!(report.decisions + report.rejected, outcomes);
        prop_assert!(failed || report.rows == outcomes);
        prop_assert!(source.next().is_none());
    }

    #[test]
    fn any_mapping_is_read_or_refused_with_a_place(more in "[a-z\\[\\]{}=\", \n.0-9]{0,60}") {
        if let Err(errors) = Mapping::parse("m.toml", &mapping_text(&more)) {
            prop_assert!(!errors.faults.is_empty());
            prop_assert!(errors.faults.iter().all(|fault| fault.line >= 1));
        }
    }
}
