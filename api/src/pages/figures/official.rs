//! The official tables that international bodies ask of a country, for statisticians and for oversight: each with its
//! definition, what its empty cells mean, and for oversight the records behind each number.

use axum::extract::{Path, State};
use axum::http::header as http;
use axum::response::{IntoResponse, Response};
use domain::official::{Cell, Line, Nothing, Table as Defined, Value as Told};
use infra::access::{Action, allow};
use infra::export::{ExportError, OfficialFormat, official};
use infra::registry::{CROSSWALK, OfficialTable, cell_name, official_definitions};
use serde::Deserialize;

use crate::pages::components::{
    Column, Details, Field, Filter, Link, Pagination, SummaryList, Table, Tone, Value,
};
use crate::pages::numbers::count;
use crate::pages::page::{Page, PageError, Visitor, day_in_words};
use crate::pages::query::Query;
use crate::problem::Problem;
use crate::state::AppState;
use crate::v1::kinds;
use crate::v1::official::{cell_of, query_of};

const PATH: &str = "/figures/official";
/// How many records behind a number are listed on a page.
const ROWS: u32 = 50;

pub(super) fn routes() -> axum::Router<AppState> {
    use axum::routing::get;
    axum::Router::new()
        .route("/figures/official", get(list))
        .route("/figures/official/iccs-crosswalk", get(crosswalk))
        .route("/figures/official/iccs-crosswalk/csv", get(crosswalk_csv))
        .route("/figures/official/{table}", get(show))
        .route("/figures/official/{table}/csv", get(csv))
        .route("/figures/official/{table}/sdmx/csv", get(sdmx))
        .route("/figures/official/{table}/behind", get(behind))
}

/// Of when a table is, and of where.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Asked {
    jurisdiction: Option<String>,
    year: Option<String>,
    day: Option<String>,
    cell: Option<String>,
    after: Option<u32>,
}

impl Asked {
    fn query(&self, table: &str) -> Result<infra::registry::OfficialQuery, PageError> {
        let when = (self.year.clone(), self.day.clone());
        query_of(table, self.jurisdiction.clone(), when).map_err(PageError)
    }
}

/// The tables.
async fn list(visitor: Visitor) -> Result<Page, PageError> {
    allow(&visitor.call, Action::ExportFigures)?;
    let definitions = official_definitions()?;
    let columns = vec![Column::text("Table"), Column::text("Who asks for it")];
    let tables = definitions.tables.iter();
    let table = tables.fold(
        Table::new("The tables", columns).quiet_caption(),
        |shown, table| {
            let address = visitor.to(&format!("{PATH}/{}", table.code));
            shown.row(vec![
                Value::link(address, table.title.clone()),
                Value::text(table.source.clone()),
            ])
        },
    );
    let crosswalk = Value::link(
        visitor.to(&format!("{PATH}/{CROSSWALK}")),
        "How domestic offences fit the International Classification of Crime",
    );
    let table = table.row(vec![
        crosswalk,
        Value::text("UNODC, International Classification of Crime for Statistical Purposes"),
    ]);
    let frame = visitor
        .frame("Official tables")
        .kicker("Figures")
        .lede("What international bodies ask of a country, ready to send. They tell true numbers, and are for statistics and oversight alone.")
        .trail(vec![Link::new(visitor.to("/figures"), "Figures")]);
    Ok(Page::new(frame)
        .part(&table)
        .part(&SummaryList::default().row(
        "Not made here",
        "Indicators 16.3.1 and 16.3.3 need surveys of the population: no register can tell them.",
    )))
}

/// One table.
async fn show(
    State(app): State<AppState>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
    Path(table): Path<String>,
) -> Result<Page, PageError> {
    let query = asked.query(&table)?;
    let registry = &app.registry;
    let made = registry
        .official(&visitor.call, &query, visitor.as_of)
        .await?;
    let address = Address {
        visitor: &visitor,
        made: &made,
    };
    let frame = visitor
        .frame(&made.table.title)
        .kicker("Official table")
        .lede(lede(&made))
        .trail(trail(&visitor));
    let page = Page::new(frame)
        .part(&totals(&address))
        .part(&filter(&visitor, &made))
        .heading("By sex, age and the rest");
    let broken = made.table.lines.iter().filter(|line| !line.by.is_empty());
    let page = broken.fold(page, |page, line| {
        page.folded(&line.title, &breakdown(&address, line))
    });
    Ok(page
        .heading("What is counted")
        .part(&definition(made.table, &made))
        .part(&nothings())
        .part(&SummaryList::default().row(
            "The same numbers",
            Value::Many(vec![
                Value::link(address.to("/csv", &[]), "Download as CSV"),
                Value::link(address.to("/sdmx/csv", &[]), "Download as SDMX-CSV"),
                Value::link(address.json(), "Show as JSON"),
            ]),
        )))
}

/// Where things of a table are.
struct Address<'a> {
    visitor: &'a Visitor,
    made: &'a OfficialTable,
}

impl Address<'_> {
    fn asked(&self, more: &[(&str, &str)]) -> String {
        let day = self.made.day.to_string();
        let mut asked = vec![
            ("jurisdiction", self.made.jurisdiction.as_str()),
            ("day", day.as_str()),
        ];
        asked.extend_from_slice(more);
        serde_urlencoded::to_string(asked).unwrap_or_default()
    }

    fn to(&self, place: &str, more: &[(&str, &str)]) -> String {
        let asked = self.asked(more);
        let path = format!("{PATH}/{}{place}?{asked}", self.made.table.code);
        self.visitor.to(&path)
    }

    fn json(&self) -> String {
        let path = format!("/v1/official/{}?{}", self.made.table.code, self.asked(&[]));
        self.visitor.to(&path)
    }

    /// A cell: a number leads to the records behind it for whoever may read the register; nothing says why.
    fn cell(&self, cell: &Cell) -> Value {
        let shown = match &cell.value {
            Told::Nothing(nothing) if nothing.value == Nothing::NotComputable => {
                return Value::Undefined(nothing.why.clone());
            }
            Told::Nothing(nothing) => {
                return Value::text(format!("{}: {}", nothing.value.sign(), nothing.why));
            }
            Told::Count(n) => match u64::try_from(*n) {
                Ok(0) => return Value::Number("0".to_owned()),
                Ok(n) => count(n),
                Err(_) => n.to_string(),
            },
            Told::Rate(rate) => rate.shown(),
        };
        if allow(&self.visitor.call, Action::ReadRegister).is_err() {
            return Value::Number(shown);
        }
        let name = cell_name(&cell.line, &cell.key);
        Value::link(self.to("/behind", &[("cell", &name)]), shown)
    }
}

fn lede(made: &OfficialTable) -> String {
    let day = day_in_words(made.day.into());
    let flows = made.table.lines.iter().any(|line| line.flow);
    let stocks = made
        .table
        .lines
        .iter()
        .any(|line| !line.flow && line.of.is_some());
    let place = &made.jurisdiction_title;
    match (stocks, flows) {
        (true, true) => format!(
            "{place}: at the end of {day}, and what happened in the year {}.",
            made.year
        ),
        (true, false) => format!("{place}, at the end of {day}."),
        (false, _) => format!("{place}, in the year {}.", made.year),
    }
}

fn trail(visitor: &Visitor) -> Vec<Link> {
    vec![
        Link::new(visitor.to("/figures"), "Figures"),
        Link::new(visitor.to(PATH), "Official tables"),
    ]
}

/// The total of each line.
fn totals(address: &Address<'_>) -> Table {
    let columns = vec![Column::text("What"), Column::number("Number")];
    let made = address.made;
    let table = Table::new("In all", columns).quiet_caption();
    made.table.lines.iter().fold(table, |table, line| {
        let mut cells = made.cells.iter();
        let total = cells.find(|cell| cell.line == line.id && cell.key.is_empty());
        table.row(vec![
            Value::text(line.title.clone()),
            total.map_or(Value::None, |cell| address.cell(cell)),
        ])
    })
}

/// A line by what it is broken down by.
fn breakdown(address: &Address<'_>, line: &Line) -> Table {
    let columns = vec![Column::text("Of whom"), Column::number("Number")];
    let made = address.made;
    let cells = made.cells.iter();
    let cells = cells.filter(|cell| cell.line == line.id && !cell.key.is_empty());
    let table = Table::new(&line.title, columns).quiet_caption();
    cells.fold(table, |table, cell| {
        let words = made.dimensions.iter().filter_map(|dimension| {
            let word = dimension.word(cell.key.get(&dimension.code)?)?;
            Some(format!("{}: {}", dimension.title, word.title))
        });
        let words = words.collect::<Vec<_>>().join("; ");
        table.row(vec![Value::text(words), address.cell(cell)])
    })
}

fn definition(table: &Defined, made: &OfficialTable) -> SummaryList {
    let verified = if table.verified {
        "Its terms were compared with the official text."
    } else {
        "Its terms were not yet compared with the official text: compare them before the table is sent."
    };
    let list = SummaryList::default()
        .row("Unit", table.unit.as_str())
        .row("When", table.time.as_str())
        .row("Principal offence", table.principal.as_str())
        .row("Age", table.age.as_str());
    let list = table
        .notes
        .iter()
        .fold(list, |list, note| list.row("Note", note.as_str()));
    list.row("Source", table.source.as_str())
        .row("Checked", verified)
        .row(
            "Made under",
            Value::text(format!(
                "the rules {} and the definitions {}",
                made.rules, made.definitions
            )),
        )
}

fn nothings() -> Details {
    Details {
        summary: "What cells without a number mean".to_owned(),
        paragraphs: vec![
            "NAP: what is asked for does not exist here.".to_owned(),
            "…: it exists, and the register has no figure of it; the reason stands beside it."
                .to_owned(),
            "Not computed: there is nobody of whom it could be a part.".to_owned(),
            "0: a true zero. It was counted, and there was none.".to_owned(),
        ],
    }
}

fn filter(visitor: &Visitor, made: &OfficialTable) -> Filter {
    let address = format!("{PATH}/{}", made.table.code);
    let clear = visitor.to(&address);
    Filter {
        action: address,
        fields: vec![
            Field::reference("day", "Day of the stock", made.day.to_string())
                .hint("Such as 2026-01-31. The year of what happened follows from it."),
        ],
        rows: Vec::new(),
        submit: "Show".to_owned(),
        applied: Vec::new(),
        clear,
        carried: [
            visitor.carried(),
            vec![("jurisdiction".to_owned(), made.jurisdiction.clone())],
        ]
        .concat(),
    }
}

/// The table as CSV.
async fn csv(
    State(app): State<AppState>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
    Path(table): Path<String>,
) -> Result<Response, PageError> {
    download(&app, &asked, &visitor, &table, OfficialFormat::Csv).await
}

/// The table as SDMX-CSV.
async fn sdmx(
    State(app): State<AppState>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
    Path(table): Path<String>,
) -> Result<Response, PageError> {
    download(&app, &asked, &visitor, &table, OfficialFormat::SdmxCsv).await
}

async fn download(
    app: &AppState,
    asked: &Asked,
    visitor: &Visitor,
    table: &str,
    format: OfficialFormat,
) -> Result<Response, PageError> {
    let query = asked.query(table)?;
    let made = app
        .registry
        .official(&visitor.call, &query, visitor.as_of)
        .await?;
    let bytes = official(&made, format).map_err(unwritten)?;
    let kind = match format {
        OfficialFormat::Csv => "text/csv; charset=utf-8",
        OfficialFormat::SdmxCsv => "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8",
    };
    let (code, day) = (&made.table.code, made.day);
    let name = format!(
        "attachment; filename=\"{code}-{}-{day}.csv\"",
        made.jurisdiction
    );
    let headers = [
        (http::CONTENT_TYPE, kind.to_owned()),
        (http::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes).into_response())
}

/// Where the crosswalk is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Where {
    jurisdiction: Option<String>,
}

/// How domestic offences fit the International Classification of Crime.
async fn crosswalk(
    State(app): State<AppState>,
    Query(asked): Query<Where>,
    visitor: Visitor,
) -> Result<Page, PageError> {
    let registry = &app.registry;
    let jurisdiction = asked
        .jurisdiction
        .as_deref()
        .filter(|code| !code.is_empty());
    let made = registry
        .crosswalk(&visitor.call, jurisdiction, visitor.as_of)
        .await?;
    let columns = vec![
        Column::text("Offence"),
        Column::text("Name"),
        Column::text("Class"),
        Column::text("Name of the class"),
        Column::text("Checked"),
    ];
    let table = made.offences.iter().fold(
        Table::new("Offences and their classes", columns)
            .quiet_caption()
            .empty("The rules list no offence."),
        |table, one| {
            let said = |text: &Option<String>| match text {
                Some(text) => Value::text(text.clone()),
                None => Value::NotRecorded,
            };
            let checked = match (&one.iccs, one.verified) {
                (None, _) => Value::None,
                (Some(_), true) => Value::text("with the official text"),
                (Some(_), false) => Value::tag("Not yet", Tone::Attention),
            };
            table.row(vec![
                Value::text(one.offence.clone()),
                Value::text(one.title.clone()),
                said(&one.iccs),
                said(&one.class_title),
                checked,
            ])
        },
    );
    let frame = visitor
        .frame("Offences by international class")
        .kicker("Official table")
        .lede(format!(
            "{}: each offence of the rules {} with its class of {}. What is compared is the act, not its legal name.",
            made.jurisdiction_title, made.rules, made.classification
        ))
        .trail(trail(&visitor));
    let asked = serde_urlencoded::to_string([("jurisdiction", &made.jurisdiction)]);
    let asked = asked.unwrap_or_default();
    let csv = visitor.to(&format!("{PATH}/{CROSSWALK}/csv?{asked}"));
    let json = visitor.to(&format!("/v1/official/{CROSSWALK}?{asked}"));
    Ok(Page::new(frame).part(&table).part(
        &SummaryList::default()
            .row("Source", made.source.as_str())
            .row(
                "The same list",
                Value::Many(vec![
                    Value::link(csv, "Download as CSV"),
                    Value::link(json, "Show as JSON"),
                ]),
            ),
    ))
}

/// The crosswalk as CSV.
async fn crosswalk_csv(
    State(app): State<AppState>,
    Query(asked): Query<Where>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    let jurisdiction = asked
        .jurisdiction
        .as_deref()
        .filter(|code| !code.is_empty());
    let made = app
        .registry
        .crosswalk(&visitor.call, jurisdiction, visitor.as_of)
        .await?;
    let bytes = infra::export::crosswalk(&made).map_err(unwritten)?;
    let name = format!(
        "attachment; filename=\"{CROSSWALK}-{}.csv\"",
        made.jurisdiction
    );
    let headers = [
        (http::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (http::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes).into_response())
}

fn unwritten(error: ExportError) -> PageError {
    let said = format!("the table cannot be written: {error}");
    PageError(Problem::usage("official-file", "table", &said))
}

/// The records behind a number.
async fn behind(
    State(app): State<AppState>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
    Path(table): Path<String>,
) -> Result<Page, PageError> {
    let query = asked.query(&table)?;
    let cell = cell_of(asked.cell.as_deref()).map_err(PageError)?;
    let skipped = asked.after.unwrap_or_default();
    let page = (skipped, ROWS);
    let found = app
        .registry
        .official_behind(&visitor.call, &query, &cell, visitor.as_of, page)
        .await?;
    let address = Address {
        visitor: &visitor,
        made: &found.table,
    };
    let name = cell_name(&cell.line, &cell.key);
    let at = |after: u32| {
        let after = after.to_string();
        address.to("/behind", &[("cell", &name), ("after", &after)])
    };
    let columns = vec![Column::text("Record")];
    let records = found.records.iter();
    let listed = records.fold(
        Table::new("The records", columns)
            .quiet_caption()
            .empty("No record on this page is open to you."),
        |table, record| table.row(vec![record_link(&visitor, record)]),
    );
    let frame = visitor
        .frame("What is behind a number")
        .kicker("Official table")
        .lede(format!(
            "{}: {}.",
            found.line.title,
            found.cell.value.shown()
        ))
        .trail(
            [
                trail(&visitor),
                vec![Link::new(
                    address.to("", &[]),
                    found.table.table.title.clone(),
                )],
            ]
            .concat(),
        );
    let shown = u32::try_from(found.records.len()).unwrap_or_default();
    let mut page = Page::new(frame).part(&listed);
    if found.closed > 0 {
        page = page.text(format!(
            "{} more on this page {} counted and closed to you.",
            found.closed,
            if found.closed == 1 { "is" } else { "are" }
        ));
    }
    Ok(page.part(&Pagination {
        shown: format!("{shown} records"),
        previous: (skipped > 0)
            .then(|| Link::new(at(skipped.saturating_sub(ROWS)), "Previous page")),
        next: found.next.map(|next| Link::new(at(next), "Next page")),
    }))
}

fn record_link(visitor: &Visitor, record: &str) -> Value {
    let Some((kind, id)) = record.split_once('/') else {
        return Value::text(record);
    };
    let words = match kind {
        "custody" => "Stay",
        "sentence" => "Sentence",
        "pretrial" => "Case before judgment",
        "order" => "Order",
        "supervision" => "Supervision",
        "facility" => "Place of detention",
        "report" => "Report",
        other => other,
    };
    let address = visitor.to(&format!("/{}/{id}", kinds::path(kind)));
    Value::link(address, format!("{words} {id}"))
}
