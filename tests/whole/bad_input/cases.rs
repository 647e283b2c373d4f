//! Commands and files that are wrong.

use std::io::Write;

use tests::Failure;

pub(super) struct Case {
    pub(super) title: &'static str,
    pub(super) args: Vec<&'static str>,
    pub(super) files: Vec<(&'static str, Vec<u8>)>,
}

pub(super) const MAPPING: &str = "\
source = \"courts\"
jurisdiction = \"midland\"
policy = \"midland/1\"

[decision]
decided = { column = \"date\" }
court = { column = \"court\" }

[person]
sex = { column = \"sex\", values = { f = \"female\", m = \"male\" } }

[[counts]]
name = \"count\"
offence = { column = \"offence\" }

[[components]]
name = \"fine\"
kind = \"fine\"
amount = { column = \"fine\", unit = \"money\", currency = \"EUR\" }
";

pub(super) const ROWS: &str = "\
date,court,sex,offence,fine
2024-03-01,ashby,f,M101,100
2024-03-02,ashby,m,M101,200
2024-03-03,brook,,M102,300
";

pub(super) const BAD_ROWS: &str = "\
date,court,sex,offence,fine
2024-04-01,ashby,f,M101,-5
2024-04-31,ashby,f,M101,100
05/04/2024,ashby,f,M101,100
2024-04-02,ashby,x,M101,ten
2024-04-03,ashby,f,M101
2024-04-04,ashby,f,M101,100,more
2024-04-05,ashby,f,\"Theft, from a shop\",100
2024-04-06,ashby,f,M101,1.005
2024-04-07,ashby,f,M101,100
2024,nowhere,m,Z999,100
";

/// The line of two gigabytes: its digits, compressed as they are made.
const LONG_LINE: u64 = 2_000_000_000;

fn mapped(title: &'static str, file: &'static str, content: impl Into<Vec<u8>>) -> Case {
    Case {
        title,
        args: vec!["import", file, "--mapping", "courts.toml"],
        files: vec![(file, content.into())],
    }
}

fn mapping(title: &'static str, old: &str, new: &str) -> Case {
    assert!(MAPPING.contains(old), "{title}");
    Case {
        title,
        args: vec!["import", "good.csv", "--mapping", "wrong.toml"],
        files: vec![("wrong.toml", MAPPING.replace(old, new).into_bytes())],
    }
}

fn typed(title: &'static str, args: &[&'static str]) -> Case {
    Case {
        title,
        args: args.to_vec(),
        files: Vec::new(),
    }
}

pub(super) fn cases() -> Result<Vec<Case>, Failure> {
    let mut all = mappings();
    all.extend(files());
    all.extend(compressed()?);
    all.extend(destinations());
    all.extend(commands());
    Ok(all)
}

fn mappings() -> Vec<Case> {
    vec![
        mapping(
            "a field that a mapping does not have",
            "sex = {",
            "gender = {",
        ),
        mapping("a wrong unit", "unit = \"money\"", "unit = \"days\""),
        mapping(
            "a unit left out",
            ", unit = \"money\", currency = \"EUR\"",
            "",
        ),
        mapping("text that is no TOML", "[person]", "[person"),
        mapping(
            "a mapping for another file",
            "column = \"fine\"",
            "column = \"fines\"",
        ),
        mapping("rules that nobody adopted", "midland/1", "elsewhere/7"),
        mapping(
            "a circumstance that the rules do not know",
            "[[counts]]",
            "[circumstances]\nshoe-size = { column = \"sex\", kind = \"number\" }\n\n[[counts]]",
        ),
        mapping(
            "a date of no format",
            "column = \"date\"",
            "column = \"date\", format = \"ymd\"",
        ),
        typed(
            "no mapping under this name",
            &["import", "good.csv", "--mapping", "nowhere"],
        ),
        typed("no mapping at all", &["import", "good.csv"]),
    ]
}

fn files() -> Vec<Case> {
    let windows = b"date,court,sex,offence,fine\n2024-05-01,ashby,f,M101,100\n2024-05-02,K\xf6ln,f,M101,100\n";
    let utf16: Vec<u8> = ROWS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let long = format!("{ROWS}2024-05-01,ashby,f,M101,{}\n", "9".repeat(70_000));
    let open = ROWS.replace("2024-03-02,ashby", "2024-03-02,\"ashby");
    vec![
        typed(
            "a file that is not there",
            &["import", "absent.csv", "--mapping", "courts.toml"],
        ),
        typed("a folder", &["import", ".", "--mapping", "courts.toml"]),
        mapped("an empty file", "empty.csv", ""),
        mapped("blank lines alone", "blank.csv", "\n\n\n"),
        mapped(
            "a column named twice",
            "twice.csv",
            ROWS.replace("court", "fine"),
        ),
        mapped(
            "a last line cut short",
            "cut.csv",
            ROWS.trim_end_matches(",M102,300\n"),
        ),
        mapped("a quotation mark that never closes", "quote.csv", open),
        mapped("a zero byte", "nul.csv", ROWS.replace("brook", "br\0ok")),
        mapped("another encoding", "windows.csv", windows.to_vec()),
        mapped(
            "UTF-16",
            "utf16.csv",
            [b"\xff\xfe".to_vec(), utf16].concat(),
        ),
        mapped("a line of 70,000 characters", "long.csv", long),
        mapped(
            "a spreadsheet",
            "book.xlsx",
            *b"PK\x03\x04 and what follows",
        ),
        mapped(
            "a web page",
            "page.csv",
            "<!DOCTYPE html><title>Not found</title>",
        ),
        mapped("another delimiter", "caret.csv", ROWS.replace(',', "^")),
    ]
}

fn compressed() -> Result<Vec<Case>, Failure> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(ROWS.as_bytes())?;
    let mut xz = xz2::write::XzEncoder::new(Vec::new(), 1);
    xz.write_all(ROWS.as_bytes())?;
    let half = |mut bytes: Vec<u8>| {
        bytes.truncate(bytes.len() / 2);
        bytes
    };
    let (gzip, xz) = (gzip.finish()?, xz.finish()?);
    let mut damaged = gzip.clone();
    let middle = damaged.len() / 2;
    damaged
        .iter_mut()
        .skip(middle)
        .take(8)
        .for_each(|byte| *byte = 0xff);
    Ok(vec![
        mapped("gzip cut short", "short.csv.gz", half(gzip)),
        mapped("gzip damaged", "damaged.csv.gz", damaged),
        mapped("xz cut short", "short.csv.xz", half(xz)),
        mapped(
            "zstd cut short",
            "short.csv.zst",
            half(zstd::encode_all(ROWS.as_bytes(), 1)?),
        ),
        mapped("a name that says otherwise", "plain.csv.gz", ROWS),
        mapped(
            "Parquet cut short",
            "short.parquet",
            *b"PAR1 and the first pages",
        ),
        mapped("a line of two gigabytes", "line.csv.zst", long_line()?),
    ])
}

fn long_line() -> Result<Vec<u8>, Failure> {
    let mut line = zstd::Encoder::new(Vec::new(), 1)?;
    line.write_all(ROWS.as_bytes())?;
    let digits = vec![b'9'; 1 << 20];
    for _ in 0..LONG_LINE >> 20 {
        line.write_all(&digits)?;
    }
    Ok(line.finish()?)
}

fn destinations() -> Vec<Case> {
    let to = |title, rejects| {
        let mut case = mapped(title, "rows.csv", BAD_ROWS);
        case.args.extend(["--rejects", rejects]);
        case
    };
    vec![
        to("no room for rejected rows", "/dev/full"),
        to("rejected rows over the file itself", "rows.csv"),
        to("rejected rows over another file", "courts.toml"),
        to(
            "rejected rows into a folder that is not there",
            "absent/rejects.csv",
        ),
    ]
}

fn commands() -> Vec<Case> {
    let mut pack = typed(
        "a pack that cannot be read",
        &["policy", "check", "pack.toml"],
    );
    pack.files = vec![("pack.toml", b"jurisdiction = \"eastmark\"\n".to_vec())];
    vec![
        typed("an unknown task", &["improt", "good.csv"]),
        typed("an unknown option", &["view", "gender", "--colour", "red"]),
        typed("an unknown view", &["view", "fairness"]),
        typed(
            "a condition without a value",
            &["view", "gender", "--where", "category"],
        ),
        typed(
            "a condition on an unknown column",
            &["view", "gender", "--where", "hat=red"],
        ),
        typed(
            "a group by an unknown column",
            &["view", "disposals", "--by", "hat"],
        ),
        typed(
            "a moment that is none",
            &["view", "gender", "--as-of", "yesterday"],
        ),
        typed(
            "a moment that has not come",
            &["view", "gender", "--as-of", "99999999"],
        ),
        typed(
            "an unknown quantile",
            &["view", "proportionality", "--quantile", "9"],
        ),
        typed(
            "an unknown scale",
            &["view", "proportionality", "--scale", "felt/1"],
        ),
        typed(
            "an address that others reach",
            &["serve", "--listen", "0.0.0.0:8219"],
        ),
        typed("an address that is none", &["serve", "--listen", "here"]),
        typed("an unknown pack", &["policy", "adopt", "atlantis"]),
        typed("a pack adopted twice", &["policy", "adopt", "midland"]),
        pack,
        typed("an unknown shell", &["completions", "cobol"]),
        typed(
            "no event at a time",
            &[
                "import",
                "good.csv",
                "--mapping",
                "courts.toml",
                "--batch",
                "0",
            ],
        ),
    ]
}
