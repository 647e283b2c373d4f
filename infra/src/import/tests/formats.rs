//! The same rows in every encoding, compression and format are the same decisions.

use std::fs::File;
use std::io::Write;
use std::sync::Arc;

use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DoubleType, FixedLenByteArray, FixedLenByteArrayType,
    Int32Type, Int64Type,
};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::*;

const TEXT: &str =
    "date,sex,fine,court\n2024-05-31,f,10.5,Köln\n2023,m,20,\"Zürich \"\n2022-01,,,\n";

fn with_court(more: &str) -> Mapping {
    mapping(&format!(
        "{more}[[counts]]\nname = \"first\"\noffence = {{ column = \"court\" }}\n"
    ))
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table of cases")]
fn every_encoding_and_compression_gives_the_same_decisions() {
    let folder = Folder::new();
    let plain = read_all(&folder.file("a.csv", TEXT), &with_court("")).0;
    assert_eq!(plain.len(), 3);
    assert_eq!(
        plain[1].counts[0].offence,
        Known::Value(Word::from("Zürich"))
    );
    let windows = encoding_rs::WINDOWS_1252.encode(TEXT).0.into_owned();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(TEXT.as_bytes()).unwrap();
    let mut xz = xz2::write::XzEncoder::new(Vec::new(), 6);
    xz.write_all(TEXT.as_bytes()).unwrap();
    let two_members = {
        let (first, second) = TEXT.split_at(42);
        let pack = |text: &str| {
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            gzip.write_all(text.as_bytes()).unwrap();
            gzip.finish().unwrap()
        };
        [pack(first), pack(second)].concat()
    };
    let utf8 = "";
    let cp1252 = "[file]\nencoding = \"windows-1252\"\n";
    for (name, content, more) in [
        ("bom.csv", [b"\xef\xbb\xbf", TEXT.as_bytes()].concat(), utf8),
        ("crlf.csv", TEXT.replace('\n', "\r\n").into_bytes(), utf8),
        ("open-end.csv", TEXT.trim_end().as_bytes().to_vec(), utf8),
        ("windows.csv", windows, cp1252),
        ("semicolon.csv", TEXT.replace(',', ";").into_bytes(), utf8),
        (
            "tab.tsv",
            TEXT.replace(',', "\t").into_bytes(),
            "[file]\ndelimiter = \"tab\"\n",
        ),
        ("sniffed.tsv", TEXT.replace(',', "\t").into_bytes(), utf8),
        (
            "title.csv",
            format!("A title, long\n\n{TEXT}").into_bytes(),
            "[file]\nskip_lines = 2\n",
        ),
        ("a.csv.gz", gzip.finish().unwrap(), utf8),
        ("two.csv.gz", two_members, utf8),
        ("a.csv.xz", xz.finish().unwrap(), utf8),
        (
            "a.csv.zst",
            zstd::encode_all(TEXT.as_bytes(), 3).unwrap(),
            utf8,
        ),
        (
            "no-ending",
            zstd::encode_all(TEXT.as_bytes(), 3).unwrap(),
            utf8,
        ),
    ] {
        let (mut decisions, rejections, error) =
            read_all(&folder.file(name, content), &with_court(more));
        assert_eq!(
            (rejections.len(), error.map(|e| e.to_string())),
            (0, None),
            "{name}"
        );
        let moved = if name == "title.csv" { 2 } else { 0 };
        for row in &mut decisions {
            row.line -= moved;
        }
        assert_eq!(decisions, plain, "{name}");
    }
}

#[test]
fn a_file_without_a_header_takes_its_names_from_the_mapping() {
    let folder = Folder::new();
    let (_, body) = TEXT.split_once('\n').unwrap();
    let named = with_court("[file]\nheader = [\"date\", \"sex\", \"fine\", \"court\"]\n");
    let (decisions, ..) = read_all(&folder.file("a.csv", body), &named);
    assert_eq!((decisions.len(), decisions[0].line), (3, 1));
}

#[test]
fn rows_keep_their_lines_through_quoted_breaks_and_blank_lines() {
    let folder = Folder::new();
    let text =
        "date,sex,fine,court\r\n\r\n2024,f,1,\"a\r\nb\"\r\n2024,m,2,c\r\n\r\n\r\n2024,f,3,d\r\n";
    let named = mapping(
        "[[counts]]\nname = \"first\"\noffence = { column = \"court\", rewrite = \"underscores\" }\n",
    );
    let (decisions, ..) = read_all(&folder.file("a.csv", text), &named);
    let lines: Vec<u64> = decisions.iter().map(|row| row.line).collect();
    assert_eq!(lines, [3, 5, 8]);
    assert_eq!(
        decisions[0].counts[0].offence,
        Known::Value(Word::from("a_b"))
    );
}

#[test]
fn progress_ends_at_the_size_of_the_file() {
    let folder = Folder::new();
    for name in ["a.csv", "a.csv.zst"] {
        let content = match name {
            "a.csv" => TEXT.as_bytes().to_vec(),
            _ => zstd::encode_all(TEXT.as_bytes(), 3).unwrap(),
        };
        let path = folder.file(name, content);
        let mut source = RowSource::open(&path, &with_court("")).unwrap();
        assert_eq!(source.by_ref().count(), 3);
        let Progress { rows, bytes, size } = source.progress();
        assert_eq!((rows, bytes), (3, size), "{name}");
    }
}

fn parquet_file(folder: &Folder) -> PathBuf {
    let path = folder.0.path().join("a.parquet");
    let schema = parse_message_type(
        "message rows {
            optional binary date (utf8); optional binary sex (utf8); optional double fine;
            optional int32 day (date); optional int64 stamp (timestamp(nanos,false));
            optional int32 age; optional boolean employed;
            optional fixed_len_byte_array(4) euros (decimal(9,2));
            optional group tags (list) { repeated group list { optional binary element (utf8); } }
        }",
    )
    .unwrap();
    let properties = WriterProperties::builder()
        .set_compression(parquet::basic::Compression::SNAPPY)
        .set_max_row_group_row_count(Some(2))
        .build();
    let file = File::create(&path).unwrap();
    let mut writer =
        SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties)).unwrap();
    let text = |texts: &[&str]| {
        texts
            .iter()
            .map(|t| ByteArray::from(*t))
            .collect::<Vec<_>>()
    };
    let mut group = writer.next_row_group().unwrap();
    macro_rules! column {
        ($kind:ty, $values:expr, $levels:expr, $repeated:expr) => {
            let mut column = group.next_column().unwrap().unwrap();
            column
                .typed::<$kind>()
                .write_batch($values, Some($levels), $repeated)
                .unwrap();
            column.close().unwrap();
        };
    }
    column!(ByteArrayType, &text(&["2024-05-31", "2023"]), &[1, 1], None);
    column!(ByteArrayType, &text(&["f"]), &[1, 0], None);
    column!(DoubleType, &[10.5, 450_000.0], &[1, 1], None);
    column!(Int32Type, &[19_874], &[1, 0], None);
    column!(Int64Type, &[1_717_113_600_000_000_000], &[1, 0], None);
    column!(Int32Type, &[27], &[1, 0], None);
    column!(BoolType, &[true, false], &[1, 1], None);
    let euros = FixedLenByteArray::from(ByteArray::from(vec![0, 0, 4, 210]));
    column!(FixedLenByteArrayType, &[euros], &[1, 0], None);
    column!(
        ByteArrayType,
        &text(&["a", "b"]),
        &[3, 3, 0],
        Some(&[0, 1, 0])
    );
    group.close().unwrap();
    writer.close().unwrap();
    path
}

fn parquet_mapping() -> Mapping {
    mapping(
        "[person]\nsex = { column = \"sex\", values = { f = \"female\" } }\nage = { column = \"age\" }\n\
         [yes_no]\nyes = [\"true\"]\nno = [\"false\"]\n[circumstances]\n\
         employed = { column = \"employed\", kind = \"yes_no\" }\n\
         [[counts]]\nname = \"first\"\ncommitted = { column = \"day\" }\n\
         [[counts]]\nname = \"second\"\ncommitted = { column = \"stamp\" }\n\
         [[components]]\nname = \"costs\"\nkind = \"compensation\"\n\
         amount = { column = \"euros\", unit = \"money\", currency = \"EUR\" }\n",
    )
}

#[test]
fn parquet_reads_as_the_csv_would() {
    let folder = Folder::new();
    let path = parquet_file(&folder);
    let (decisions, rejections, error) = read_all(&path, &parquet_mapping());
    assert_eq!(
        (rejections.as_slice(), error.map(|e| e.to_string())),
        (&[][..], None)
    );
    assert_eq!(decisions.len(), 2);
    let [first, second] = decisions.as_slice() else {
        panic!("two rows")
    };
    let day = FileDate::Day {
        year: 2024,
        month: 5,
        day: 31,
    };
    assert_eq!(
        (first.line, first.decided, second.decided),
        (1, day, FileDate::Year(2023))
    );
    assert_eq!(first.counts[0].committed, Known::Value(day));
    assert_eq!(first.counts[1].committed, Known::Value(day));
    assert_eq!(second.counts[1].committed, Known::NotRecorded);
    assert_eq!(
        (&first.person.age, &second.person.age),
        (&Known::Value(27), &Known::NotRecorded)
    );
    assert_eq!(second.person.sex, Known::NotRecorded);
    let euros = |minor| {
        Known::Value(QuantityRow::Money {
            minor,
            currency: Word::from("EUR"),
        })
    };
    assert_eq!(first.components[0].amount, euros(1_050));
    assert_eq!(second.components[0].amount, euros(45_000_000));
    assert_eq!(first.components[1].amount, euros(1_234));
    assert_eq!(second.circumstances[0].answer, Known::Value(AnswerRow::No));
}

#[test]
fn a_parquet_file_cut_short_is_refused() {
    let folder = Folder::new();
    let bytes = std::fs::read(parquet_file(&folder)).unwrap();
    let path = folder.file("cut.parquet", &bytes[..bytes.len() - 100]);
    let (decisions, _, error) = read_all(&path, &parquet_mapping());
    assert_eq!(decisions.len(), 0);
    assert!(matches!(error.unwrap().fault, FileFault::ParquetCutShort));
}

#[test]
fn a_fingerprint_tells_files_apart() {
    let folder = Folder::new();
    let one = fingerprint(&folder.file("a.csv", TEXT)).unwrap();
    assert_eq!(fingerprint(&folder.file("b.csv", TEXT)).unwrap(), one);
    assert_ne!(fingerprint(&folder.file("c.csv", "other")).unwrap(), one);
}
