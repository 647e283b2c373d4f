//! Files that cannot be read to their end: each says where, why, and what to do.

use std::io::Write;

use super::*;

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn xz(text: &[u8]) -> Vec<u8> {
    let mut encoder = xz2::write::XzEncoder::new(Vec::new(), 1);
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn cut(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.truncate(bytes.len() / 2);
    bytes
}

fn rows(count: usize) -> Vec<u8> {
    let row = |at| format!("2024-05-31,f,{at}.50\n");
    format!("date,sex,fine\n{}", (0..count).map(row).collect::<String>()).into_bytes()
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table of cases")]
fn a_bad_file_names_place_rule_and_way_out() {
    let ok = "date,sex,fine\n2024,f,10\n";
    let quoted = "date,sex,fine\n2024,f,10\n2024,m,\"20";
    let long = format!("{ok}2024,m,{}\n", "9".repeat(70_000));
    let open = format!("{ok}2024,m,\"{}\n", "9,9,9\n".repeat(30_000));
    let windows = b"date,sex,fine\n2024,f,10\n2024,\xe9,20\n".to_vec();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        (
            "empty.csv",
            vec![],
            "empty.csv: is empty: not even a header line stands in it",
        ),
        (
            "blank.csv",
            b"\n\n\n".to_vec(),
            "blank.csv: is empty: not even a header line stands in it",
        ),
        (
            "long.csv",
            long.into_bytes(),
            "long.csv: line 3 is longer than 65536 bytes: a quotation mark is not closed, the line breaks \
             are missing, or the file is no table (stopped after 1 row)",
        ),
        (
            "open.csv",
            open.into_bytes(),
            "open.csv: line 3 is longer than 65536 bytes: a quotation mark is not closed, the line breaks \
             are missing, or the file is no table (stopped after 1 row)",
        ),
        (
            "quote.csv",
            quoted.into(),
            "quote.csv: line 3: a quotation mark opens and never closes; the file was cut short, or a mark \
             is missing there (stopped after 1 row)",
        ),
        (
            "cut.csv",
            format!("{ok}2024,m").into_bytes(),
            "cut.csv: line 3, the last, has 2 of 3 columns: the file was cut short; export or copy it \
             again (stopped after 1 row)",
        ),
        (
            "nul.csv",
            format!("{ok}2024,m,\0\n").into_bytes(),
            "nul.csv: line 3, byte 32: a NUL byte stands in the text; the file is damaged or UTF-16: export \
             it again as CSV in UTF-8",
        ),
        (
            "latin.csv",
            windows,
            "latin.csv: line 3, byte 30: 0xE9 is not UTF-8; set file.encoding = \"windows-1252\" if the \
             file is written so, or save it as UTF-8",
        ),
        (
            "names.csv",
            b"date,sex,fine,sex\n".to_vec(),
            "names.csv: columns 2 and 4 are both called \"sex\": rename one, or name all columns in \
             file.header and skip the header with file.skip_lines",
        ),
        (
            "missing.csv",
            b"date,gender,fines\n2024,f,10\n".to_vec(),
            "missing.csv: lacks columns that the mapping names:\n  \"sex\", for person.sex\n  \
             \"fine\", for components.fine.amount; \"fines\" is similar\n  its columns are: date, gender, \
             fines",
        ),
        (
            "one.csv",
            b"date^sex^fine\n2024^f^10\n".to_vec(),
            "one.csv: lacks columns that the mapping names:\n  \"date\", for decision.decided\n  \
             \"sex\", for person.sex\n  \"fine\", for components.fine.amount\n  its columns are: \
             date^sex^fine; is file.delimiter right?",
        ),
        (
            "short.csv.gz",
            cut(gzip(&rows(2))),
            "short.csv.gz: the gzip data end too soon: the file was cut short; copy or download it again",
        ),
        (
            "short.csv.xz",
            cut(xz(&rows(2))),
            "short.csv.xz: the xz data end too soon: the file was cut short; copy or download it again",
        ),
        (
            "short.csv.zst",
            cut(zstd::encode_all(rows(2).as_slice(), 1).unwrap()),
            "short.csv.zst: the zstd data end too soon: the file was cut short; copy or download it again",
        ),
        (
            "plain.csv.gz",
            ok.into(),
            "plain.csv.gz: is named .gz but holds no such data: rename it, or copy it again",
        ),
        (
            "book.xlsx",
            b"PK\x03\x04and so on".to_vec(),
            "book.xlsx: is a zip archive or a spreadsheet, not CSV or Parquet: save the sheet as CSV in \
             UTF-8",
        ),
        (
            "wide.csv",
            b"\xff\xfed\0a\0t\0e\0".to_vec(),
            "wide.csv: is UTF-16 text, not CSV or Parquet: save it as CSV in UTF-8",
        ),
        (
            "page.csv",
            b"<!DOCTYPE html>".to_vec(),
            "page.csv: is a web page or XML, not CSV or Parquet: download the data file itself",
        ),
    ];
    let folder = Folder::new();
    for (name, content, expected) in cases {
        let (.., error) = read_all(&folder.file(name, content), &mapping(""));
        assert_eq!(
            error.map(|error| error.to_string()).as_deref(),
            Some(expected),
            "{name}"
        );
    }
}

#[test]
fn what_was_read_before_the_damage_stands() {
    let folder = Folder::new();
    for (name, content) in [
        ("a.csv.gz", cut(gzip(&rows(300_000)))),
        ("a.csv.xz", cut(xz(&rows(300_000)))),
        (
            "a.csv.zst",
            cut(zstd::encode_all(rows(300_000).as_slice(), 1).unwrap()),
        ),
    ] {
        let (decisions, _, error) = read_all(&folder.file(name, content), &mapping(""));
        let error = error.unwrap();
        assert!(decisions.len() > 1_000, "{name}: {} rows", decisions.len());
        assert_eq!(
            u64::try_from(decisions.len()).unwrap(),
            error.rows,
            "{name}"
        );
        assert!(
            matches!(error.fault, FileFault::CutShort(_)),
            "{name}: {error}"
        );
    }
}

#[test]
fn damaged_compression_is_told_from_a_short_file() {
    let folder = Folder::new();
    let mut bytes = gzip(&rows(10_000));
    let middle = bytes.len() / 2;
    bytes[middle..middle + 64].fill(0xff);
    let (.., error) = read_all(&folder.file("a.csv.gz", bytes), &mapping(""));
    assert!(matches!(
        error.unwrap().fault,
        FileFault::Damaged { format: "gzip", .. }
    ));
}

#[test]
fn a_file_that_is_not_there_says_so() {
    let folder = Folder::new();
    let (.., error) = read_all(&folder.0.path().join("none.csv"), &mapping(""));
    let text = error.unwrap().to_string();
    assert!(
        text == "none.csv: there is no such file: check its name and folder",
        "{text}"
    );
    let (.., error) = read_all(folder.0.path(), &mapping(""));
    assert!(error.unwrap().to_string().contains("is a folder"));
}

#[test]
fn utf8_declared_as_windows_1252_is_noticed() {
    let mapping = mapping("[file]\nencoding = \"windows-1252\"\n");
    let folder = Folder::new();
    for (content, expected) in [
        (
            "date,sex,fine\n2024,é,10\n".as_bytes().to_vec(),
            "a.csv: line 2, byte 20: the text is UTF-8, and the mapping declares windows-1252; set \
             file.encoding = \"utf-8\"",
        ),
        (
            b"\xef\xbb\xbfdate,sex,fine\n2024,f,10\n".to_vec(),
            "a.csv: line 1, byte 1: the text is UTF-8, and the mapping declares windows-1252; set \
             file.encoding = \"utf-8\"",
        ),
        (
            b"date,sex,fine\n2024,\x81,10\n".to_vec(),
            "a.csv: line 2, byte 20: 0x81 is not windows-1252; set file.encoding = \"utf-8\" if the file \
             is written so, or save it as UTF-8",
        ),
    ] {
        let (.., error) = read_all(&folder.file("a.csv", content), &mapping);
        assert_eq!(error.unwrap().to_string(), expected);
    }
}

#[test]
fn the_place_of_a_wrong_byte_is_exact_far_into_a_file() {
    let folder = Folder::new();
    let mut content = rows(20_000);
    let byte = content.len() + 6;
    content.extend_from_slice(b"2024,\xe9\xe9,1\n");
    let (.., error) = read_all(&folder.file("a.csv", content), &mapping(""));
    let text = error.unwrap().to_string();
    assert!(
        text.starts_with(&format!("a.csv: line 20002, byte {byte}: 0xE9")),
        "{text}"
    );
}

#[test]
fn a_mapping_for_another_format_says_so() {
    let folder = Folder::new();
    let path = folder.file("a.csv", "date,sex,fine\n");
    let (.., error) = read_all(&path, &mapping("[file]\nformat = \"parquet\"\n"));
    assert_eq!(
        error.unwrap().to_string(),
        "a.csv: is not Parquet, and the mapping says file.format = \"parquet\": correct one of them"
    );
    let path = folder.file("b", "PAR1 and nothing else");
    let (.., error) = read_all(&path, &mapping("[file]\nformat = \"csv\"\n"));
    assert_eq!(
        error.unwrap().to_string(),
        "b: is Parquet, and the mapping says file.format = \"csv\": correct one of them"
    );
    let (.., error) = read_all(&path, &mapping(""));
    assert_eq!(
        error.unwrap().to_string(),
        "b: is not whole, or no Parquet: its end is missing; copy or download it again, or export CSV"
    );
}
