//! Trying the criteria of an emergency: what they would come to among those who are held now. Nobody is screened and
//! nothing is decided; criteria can be tried before they are published.

use axum::extract::{Path, State};
use domain::emergency::{Asks, Criterion, Declaration, Effect, Emergency, Tried};
use domain::jurisdiction::Pack;
use domain::values::Code;
use infra::access::{Action, allow};
use infra::registry::{AsOf, CommandError, CriteriaTried, Found, ReadError, Rehearsed};

use super::{home, trail};
use crate::pages::components::{Choice, Column, Field, Filter, Table, Value, Warning};
use crate::pages::laws;
use crate::pages::numbers::count;
use crate::pages::page::{Page, PageError, Typed, Visitor};
use crate::pages::query::Open;
use crate::problem::Problem;
use crate::state::AppState;

/// How many criteria the page asks at first; it always has room for one more, up to the most.
const ROWS: usize = 5;
/// How many criteria can be put together on the page; a program tries any number.
const MOST: usize = 20;

const WHAT: &str = "The criteria are put to what the register holds now of everybody who is held, and counted. Nobody is \
                    screened, nobody is named, and nothing is recorded but that you asked. Criteria can be tried before \
                    they are published: choose none of the published versions and fill in your own. A value is a \
                    number, such as 120, or codes, such as yes.";

const PAST: &str = "Criteria are tried on those who are held now: see the emergency as it stands today to try them.";

/// What a row of the form asks.
struct Row {
    reads: String,
    asks: String,
    value: String,
    effect: String,
}

/// The page: the question, and its answer once it was asked.
pub(super) async fn get(
    State(app): State<AppState>,
    open: Open,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    let sent = open.only(&["version"], &["reads", "asks", "value", "effect"])?;
    allow(&visitor.call, Action::RehearseCriteria).map_err(ReadError::from)?;
    let registry = &app.registry;
    let found: Found<Emergency> = registry.show(&visitor.call, &id, AsOf::Now).await?;
    let law = laws::of_entries(&app, &found.entries).await?;
    let rows: Vec<Row> = (1..=MOST).map(|no| Row::asked(&sent, no)).collect();
    let filled = rows.iter().rposition(|row| !row.reads.is_empty());
    let room = filled.map_or(ROWS, |last| ROWS.max(last.saturating_add(2)));
    let rows: Vec<Row> = rows.into_iter().take(room).collect();
    let version = sent.get("version").unwrap_or_default().to_owned();
    let frame = visitor
        .frame("Try criteria")
        .kicker("Emergency")
        .lede("A rehearsal: nobody is screened, and nothing is recorded but that you asked.")
        .trail(trail(&visitor, &id));
    if visitor.moment.past {
        return Ok(Page::new(frame).text(PAST));
    }
    let filter = filter(&visitor, &id, found.state.declared(), &law, &version, &rows);
    let page = Page::new(frame).text(WHAT).part(&filter);
    let criteria = match asked(&version, &rows) {
        Ok(None) => return Ok(page),
        Ok(Some(criteria)) => criteria,
        Err(said) => return Ok(page.part(&Warning { text: said })),
    };
    match registry.rehearse(&visitor.call, &id, &criteria).await {
        Ok(tried) => Ok(answer(page, &tried, &law)),
        Err(CommandError::Refused(refusal)) => {
            let text = refusal.to_string();
            Ok(page.part(&Warning { text }))
        }
        Err(error) => Err(Problem::from(error).into()),
    }
}

impl Row {
    fn asked(sent: &Typed, no: usize) -> Self {
        let of = |name: &str| {
            let asked = sent.get(&format!("{name}_{no}"));
            asked.unwrap_or_default().to_owned()
        };
        Self {
            reads: of("reads"),
            asks: of("asks"),
            value: of("value"),
            effect: of("effect"),
        }
    }

    /// The criterion, under a name that says what it reads and which of the rows it is.
    fn criterion(&self, no: usize) -> Result<Criterion, String> {
        let reads = Code::parse(&self.reads)
            .map_err(|_| format!("Criterion {no}: choose what it reads."))?;
        let number = || {
            self.value
                .parse()
                .map_err(|_| format!("Criterion {no}: write a whole number, such as 120."))
        };
        let asks = match self.asks.as_str() {
            "at_least" => Asks::AtLeast(number()?),
            "at_most" => Asks::AtMost(number()?),
            _ => {
                let codes = self.value.split([',', ' ']).filter(|code| !code.is_empty());
                let codes: Result<Vec<Code>, _> = codes.map(Code::parse).collect();
                let codes = codes.ok().filter(|codes| !codes.is_empty());
                Asks::OneOf(codes.ok_or_else(|| {
                    format!("Criterion {no}: write the code it asks for, such as yes.")
                })?)
            }
        };
        let effect = match self.effect.as_str() {
            "excludes" => Effect::Excludes,
            "protects" => Effect::Protects,
            _ => Effect::Requires,
        };
        let code = Code::parse(&format!("{reads}-{no}"))
            .map_err(|_| format!("Criterion {no}: choose what it reads."))?;
        Ok(Criterion {
            code,
            reads,
            asks,
            effect,
        })
    }
}

/// What was asked; nothing before anything is.
fn asked(version: &str, rows: &[Row]) -> Result<Option<CriteriaTried>, String> {
    if !version.is_empty() {
        let version = Code::parse(version);
        let version = version.map_err(|_| "Choose a version of the criteria.".to_owned())?;
        return Ok(Some(CriteriaTried::Published(version)));
    }
    let filled = rows
        .iter()
        .zip(1..)
        .filter(|(row, _)| !row.reads.is_empty());
    let criteria: Result<Vec<Criterion>, String> =
        filled.map(|(row, no)| row.criterion(no)).collect();
    let criteria = criteria?;
    Ok((!criteria.is_empty()).then_some(CriteriaTried::Given(criteria)))
}

fn filter(
    visitor: &Visitor,
    id: &str,
    declared: Option<&Declaration>,
    law: &Pack,
    version: &str,
    rows: &[Row],
) -> Filter {
    let own = Choice::new("", "My own, filled in below").chosen_if(version.is_empty());
    let published = declared
        .into_iter()
        .flat_map(|declared| declared.criteria.iter().rev());
    let published = published.map(|published| {
        let name = published.version.to_string();
        let label = format!("Version {name}, {} criteria", published.criteria.len());
        let is_chosen = name == version;
        Choice::new(name, label).chosen_if(is_chosen)
    });
    let choices = [own].into_iter().chain(published).collect();
    let fields = vec![Field::select("version", "By which criteria", choices)];
    let criteria = rows.iter().zip(1..);
    let criteria = criteria.map(|(row, no)| row_fields(row, no, law).into());
    let address = format!("{}/rehearsal", home(id));
    Filter {
        clear: visitor.to(&address),
        action: address,
        fields,
        rows: criteria.collect(),
        submit: "Try them".to_owned(),
        applied: Vec::new(),
        carried: Vec::new(),
    }
}

fn row_fields(row: &Row, no: usize, law: &Pack) -> [Field; 4] {
    let nothing = Choice::new("", "Nothing").chosen_if(row.reads.is_empty());
    let attributes = law.emergency.attributes.iter().map(|attribute| {
        let code = attribute.code.as_str();
        Choice::new(code, attribute.title.clone()).chosen_if(row.reads == code)
    });
    let choices = |of: &str, all: &[(&str, &str)]| -> Vec<Choice> {
        let all = all.iter();
        all.map(|(value, label)| Choice::new(*value, *label).chosen_if(of == *value))
            .collect()
    };
    let asks = [
        ("one_of", "is one of"),
        ("at_least", "is at least"),
        ("at_most", "is at most"),
    ];
    let effects = [
        ("requires", "everybody has to meet it"),
        ("excludes", "whoever meets it stays"),
        ("protects", "whoever meets it can go"),
    ];
    let reads = [nothing].into_iter().chain(attributes).collect();
    [
        Field::select(
            format!("reads_{no}"),
            format!("Criterion {no}: reads"),
            reads,
        ),
        Field::select(
            format!("asks_{no}"),
            format!("Criterion {no}: asks"),
            choices(&row.asks, &asks),
        ),
        Field::reference(
            format!("value_{no}"),
            format!("Criterion {no}: value"),
            row.value.clone(),
        ),
        Field::select(
            format!("effect_{no}"),
            format!("Criterion {no}: then"),
            choices(&row.effect, &effects),
        ),
    ]
}

/// What the criteria would come to.
fn answer(page: Page, tried: &Rehearsed, law: &Pack) -> Page {
    let counts = &tried.counts;
    let number = |people: usize| count(u64::try_from(people).unwrap_or(u64::MAX));
    let said = format!(
        "Of {} people who are held now, {} could be released, {} could not, and of {} the register alone cannot say.",
        number(counts.people),
        number(counts.eligible),
        number(counts.excluded),
        number(counts.unclear),
    );
    let page = page.heading("What they would come to").text(said);
    let page = page.part(&table(&counts.criteria, law));
    let page = match tried.sealed {
        0 => page,
        sealed => page.text(format!(
            "{} more are held whose record is sealed to you: the criteria were not tried on them.",
            number(sealed)
        )),
    };
    match &tried.unpublishable {
        Some(refusal) => page.part(&Warning {
            text: format!("They could not be published now: {refusal}."),
        }),
        None => page,
    }
}

fn table(criteria: &[Tried], law: &Pack) -> Table {
    let columns = vec![
        Column::text("Criterion"),
        Column::text("Then"),
        Column::number("Meet it"),
        Column::number("Do not"),
        Column::number("Not known"),
        Column::number("Stay for it"),
        Column::number("Wait for an answer to it"),
    ];
    let table = Table::new(
        "By criterion; somebody for whom two count stands under both",
        columns,
    )
    .empty("There is no criterion.");
    criteria.iter().fold(table, |table, tried| {
        let of = |people: usize| Value::count(u64::try_from(people).unwrap_or(u64::MAX));
        table.row(vec![
            Value::text(in_words(&tried.criterion, law)),
            Value::text(match tried.criterion.effect {
                Effect::Requires => "everybody has to meet it",
                Effect::Excludes => "whoever meets it stays",
                Effect::Protects => "whoever meets it can go",
            }),
            of(tried.met),
            of(tried.not_met),
            of(tried.unknown),
            of(tried.excluded_by),
            of(tried.unclear_by),
        ])
    })
}

fn in_words(criterion: &Criterion, law: &Pack) -> String {
    let reads = law.titled("emergency.attributes", criterion.reads.as_str());
    match &criterion.asks {
        Asks::OneOf(codes) => {
            let codes: Vec<&str> = codes.iter().map(Code::as_str).collect();
            format!("{reads}: {}", codes.join(", "))
        }
        Asks::AtLeast(least) => format!("{reads}: {least} at least"),
        Asks::AtMost(most) => format!("{reads}: {most} at most"),
    }
}
