//! The official tables that international bodies ask of a country, for statisticians and for oversight: each with its
//! definition, what its empty cells mean, and for oversight the records behind each number.

mod behind;
mod crosswalk;
mod file;

use axum::extract::{Path, State};
use domain::official::{Cell, Line, Nothing, Table as Defined, Value as Told};
use infra::access::{Action, allow};
use infra::registry::{CROSSWALK, OfficialQuery, OfficialTable, cell_name, official_definitions};
use serde::Deserialize;

use crate::pages::components::{
    Choice, Column, Details, Field, Filter, Link, SummaryList, Table, Value,
};
use crate::pages::laws;
use crate::pages::numbers::count;
use crate::pages::page::{Page, PageError, Visitor, day_in_words};
use crate::pages::query::Query;
use crate::state::AppState;
use crate::v1::official::query_of;

const PATH: &str = "/figures/official";

pub(super) fn routes() -> axum::Router<AppState> {
    use axum::routing::get;
    axum::Router::new()
        .route("/figures/official", get(list))
        .route("/figures/official/iccs-crosswalk", get(crosswalk::get))
        .route(
            "/figures/official/iccs-crosswalk/csv",
            get(crosswalk::download),
        )
        .route("/figures/official/{table}", get(show))
        .route("/figures/official/{table}/csv", get(file::csv))
        .route("/figures/official/{table}/sdmx/csv", get(file::sdmx))
        .route("/figures/official/{table}/behind", get(behind::get))
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
    /// What is asked of the register: of the jurisdiction named, else of that of the visitor's office, else of the first.
    async fn query(
        &self,
        app: &AppState,
        visitor: &Visitor,
        table: &str,
    ) -> Result<OfficialQuery, PageError> {
        let own = jurisdiction(app, visitor, self.jurisdiction.as_deref()).await?;
        let when = (self.year.clone(), self.day.clone());
        query_of(table, own, when).map_err(PageError)
    }
}

/// The jurisdiction named, else that of the visitor's office, else the first.
async fn jurisdiction(
    app: &AppState,
    visitor: &Visitor,
    named: Option<&str>,
) -> Result<Option<String>, PageError> {
    if let Some(named) = named.filter(|named| !named.is_empty()) {
        return Ok(Some(named.to_owned()));
    }
    let law = laws::chosen(app, visitor, None).await?;
    Ok(Some(law.jurisdiction.to_string()))
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
    let query = asked.query(&app, &visitor, &table).await?;
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
        .part(&filter(&visitor, &made, laws::choices(&app).await?))
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

fn filter(visitor: &Visitor, made: &OfficialTable, others: Vec<(String, String)>) -> Filter {
    let mut fields = vec![
        Field::reference("day", "Day of the stock", made.day.to_string())
            .hint("Such as 2026-01-31. The year of what happened follows from it."),
    ];
    if !others.is_empty() {
        let own = made.jurisdiction.as_str();
        let choices = others.into_iter().map(|(code, title)| {
            let is_own = code == own;
            Choice::new(code, title).chosen_if(is_own)
        });
        let choices = choices.collect();
        fields.push(Field::select("jurisdiction", "Jurisdiction", choices));
    }
    let address = format!("{PATH}/{}", made.table.code);
    let clear = visitor.to(&address);
    Filter {
        action: address,
        fields,
        rows: Vec::new(),
        submit: "Show".to_owned(),
        applied: Vec::new(),
        clear,
        carried: visitor.carried(),
    }
}
