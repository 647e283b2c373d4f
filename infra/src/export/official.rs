//! The official tables as files: CSV for people, SDMX-CSV 2.0 for the bodies that ask for them.
//!
//! A cell without a figure has an empty value. Which of the three kinds of nothing it is stands beside it, with the reason: in
//! SDMX by the observation status (`CL_OBS_STATUS`: M cannot exist, L exists and was not collected, O not computable).

use domain::official::{Cell, Line, Nothing, Value};
use domain::values::Day;

use super::ExportError;
use super::csv::lines;
use crate::registry::{Crosswalk, OfficialTable};

/// The agency under whose name the structures stand.
const AGENCY: &str = "ASSIZE";
/// The word of a dimension over which a cell is a total.
const TOTAL: &str = "_T";

/// As what a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfficialFormat {
    /// A line for each cell, with titles.
    Csv,
    /// SDMX-CSV 2.0.
    SdmxCsv,
}

impl std::str::FromStr for OfficialFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "csv" => Ok(Self::Csv),
            "sdmx-csv" => Ok(Self::SdmxCsv),
            _ => Err(format!(
                "{text:?} is no format of official tables: csv or sdmx-csv"
            )),
        }
    }
}

/// A table as a file.
pub fn official(made: &OfficialTable, format: OfficialFormat) -> Result<Vec<u8>, ExportError> {
    let rows = match format {
        OfficialFormat::Csv => plain(made),
        OfficialFormat::SdmxCsv => sdmx(made),
    };
    lines(&rows)
}

/// The crosswalk as CSV: a line for each offence.
pub fn crosswalk(made: &Crosswalk) -> Result<Vec<u8>, ExportError> {
    let head = [
        "jurisdiction",
        "rules",
        "offence",
        "title",
        "from",
        "until",
        "iccs",
        "class",
        "class_title",
        "verified",
        "classification",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    rows.extend(made.offences.iter().map(|one| {
        let day = |day: Option<Day>| day.map_or_else(String::new, |day| day.to_string());
        vec![
            made.jurisdiction.clone(),
            made.rules.clone(),
            one.offence.clone(),
            one.title.clone(),
            day(one.from),
            day(one.until),
            one.iccs.clone().unwrap_or_default(),
            one.class.clone().unwrap_or_default(),
            one.class_title.clone().unwrap_or_default(),
            one.verified.to_string(),
            made.classification.clone(),
        ]
    }));
    lines(&rows)
}

fn line<'a>(made: &'a OfficialTable, cell: &Cell) -> Option<&'a Line> {
    made.table.lines.iter().find(|line| line.id == cell.line)
}

/// The day of a stock, or the year of a flow.
fn time(made: &OfficialTable, cell: &Cell) -> String {
    if line(made, cell).is_some_and(|line| line.flow) {
        made.year.to_string()
    } else {
        made.day.to_string()
    }
}

/// What a rate is made of, exactly.
fn parts(cell: &Cell) -> [String; 2] {
    match &cell.value {
        Value::Rate(rate) => [rate.part.to_string(), rate.whole.to_string()],
        Value::Count(_) | Value::Nothing(_) => [String::new(), String::new()],
    }
}

fn figure(cell: &Cell) -> String {
    match &cell.value {
        Value::Nothing(_) => String::new(),
        Value::Count(_) | Value::Rate(_) => cell.value.shown(),
    }
}

fn why(cell: &Cell) -> String {
    let nothing = cell.value.nothing();
    nothing.map_or_else(String::new, |nothing| nothing.why.clone())
}

fn plain(made: &OfficialTable) -> Vec<Vec<String>> {
    let fixed = ["table", "jurisdiction", "time", "line", "title"];
    let mut head: Vec<String> = fixed.map(str::to_owned).to_vec();
    head.extend(made.dimensions.iter().map(|one| one.code.clone()));
    head.extend(["value", "missing", "why", "numerator", "denominator", "per"].map(str::to_owned));
    let mut rows = vec![head];
    for cell in &made.cells {
        let title = line(made, cell).map_or("", |line| line.title.as_str());
        let mut row = vec![
            made.table.code.clone(),
            made.jurisdiction.clone(),
            time(made, cell),
            cell.line.clone(),
            title.to_owned(),
        ];
        row.extend(made.dimensions.iter().map(|dimension| {
            let word = cell.key.get(&dimension.code);
            word.map_or_else(|| "all".to_owned(), Clone::clone)
        }));
        let sign = cell.value.nothing().map(|nothing| nothing.value.sign());
        let per = match &cell.value {
            Value::Rate(rate) => rate.per.to_string(),
            Value::Count(_) | Value::Nothing(_) => String::new(),
        };
        row.extend([figure(cell), sign.unwrap_or_default().to_owned(), why(cell)]);
        row.extend(parts(cell));
        row.push(per);
        rows.push(row);
    }
    rows
}

fn sdmx(made: &OfficialTable) -> Vec<Vec<String>> {
    let mut head: Vec<String> = [
        "STRUCTURE",
        "STRUCTURE_ID",
        "ACTION",
        "REF_AREA",
        "INDICATOR",
    ]
    .map(str::to_owned)
    .to_vec();
    head.extend(made.dimensions.iter().map(|one| one.id.clone()));
    head.extend(
        [
            "TIME_PERIOD",
            "OBS_VALUE",
            "OBS_STATUS",
            "UNIT_MEASURE",
            "NUMERATOR",
            "DENOMINATOR",
            "COMMENT_OBS",
        ]
        .map(str::to_owned),
    );
    let structure = format!("{AGENCY}:{}({})", made.table.id, made.table.version);
    let mut rows = vec![head];
    for cell in &made.cells {
        let mut row = vec![
            "dataflow".to_owned(),
            structure.clone(),
            "I".to_owned(),
            made.jurisdiction.clone(),
            cell.line.clone(),
        ];
        row.extend(made.dimensions.iter().map(|dimension| {
            let word = cell.key.get(&dimension.code);
            let word = word.and_then(|word| dimension.word(word));
            word.map_or_else(|| TOTAL.to_owned(), |word| word.id.clone())
        }));
        let status = match cell.value.nothing().map(|nothing| nothing.value) {
            None => "A",
            Some(Nothing::NotApplicable) => "M",
            Some(Nothing::NoFigure) => "L",
            Some(Nothing::NotComputable) => "O",
        };
        let per = line(made, cell).filter(|line| line.over.is_some());
        let unit = match per.map(|line| line.per.unwrap_or(100)) {
            None => "NUMBER".to_owned(),
            Some(100) => "PT".to_owned(),
            Some(per) => format!("PER_{per}"),
        };
        row.extend([time(made, cell), figure(cell), status.to_owned(), unit]);
        row.extend(parts(cell));
        row.push(why(cell));
        rows.push(row);
    }
    rows
}
