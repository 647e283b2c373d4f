//! Forms: one guard, parts in order, one primary button; in the past no form at all.

use askama::Template;

use super::field::Field;
use super::lists::{SummaryList, Table};
use super::notices::{Inset, Warning};
use super::value::{Link, Value};

/// What lets a form be sent, or why it cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guard {
    Open {
        /// Sent as `csrf_token`.
        csrf_token: String,
        /// Sent as `version`: the stream version the page was made from.
        version: Option<u64>,
        /// Sent as `idempotency_key`.
        idempotency_key: Option<String>,
    },
    /// A past page changes nothing; `now` leads to the present.
    Past { now: String },
}

impl Guard {
    pub fn open(csrf_token: impl Into<String>) -> Self {
        Self::Open {
            csrf_token: csrf_token.into(),
            version: None,
            idempotency_key: None,
        }
    }

    #[must_use]
    pub fn for_version(self, at: u64) -> Self {
        match self {
            Self::Open {
                csrf_token,
                idempotency_key,
                ..
            } => Self::Open {
                csrf_token,
                version: Some(at),
                idempotency_key,
            },
            Self::Past { now } => Self::Past { now },
        }
    }

    #[must_use]
    pub fn with_key(self, key: impl Into<String>) -> Self {
        match self {
            Self::Open {
                csrf_token,
                version,
                ..
            } => Self::Open {
                csrf_token,
                version,
                idempotency_key: Some(key.into()),
            },
            Self::Past { now } => Self::Past { now },
        }
    }
}

/// One part of a form, in the order it is read.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    Heading(String),
    Text(String),
    Field(Field),
    Table(Table),
    Summary(SummaryList),
    Inset(Inset),
    Warning(Warning),
}

/// A form that changes something.
#[derive(Clone, Debug, PartialEq, Template)]
#[template(path = "components/form.html")]
pub struct Form {
    pub action: String,
    pub guard: Guard,
    pub parts: Vec<Part>,
    pub submit: String,
    /// Other ways to send it, each sent as `act`: the value and the button's words.
    pub others: Vec<(String, String)>,
    /// Values carried along unseen.
    pub carried: Vec<(String, String)>,
    pub cancel: Option<Link>,
    /// Errors of no single field.
    pub errors: Vec<String>,
}

impl Form {
    pub fn new(action: impl Into<String>, guard: Guard, submit: impl Into<String>) -> Self {
        Self {
            action: action.into(),
            guard,
            parts: Vec::new(),
            submit: submit.into(),
            others: Vec::new(),
            carried: Vec::new(),
            cancel: None,
            errors: Vec::new(),
        }
    }

    #[must_use]
    pub fn part(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }

    #[must_use]
    pub fn field(self, field: Field) -> Self {
        self.part(Part::Field(field))
    }

    #[must_use]
    pub fn heading(self, text: impl Into<String>) -> Self {
        self.part(Part::Heading(text.into()))
    }

    /// Another way to send the form; Enter always takes the first button.
    #[must_use]
    pub fn also(mut self, act: impl Into<String>, text: impl Into<String>) -> Self {
        self.others.push((act.into(), text.into()));
        self
    }

    #[must_use]
    pub fn carry(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.carried.push((name.into(), value.into()));
        self
    }

    #[must_use]
    pub fn cancel(mut self, href: impl Into<String>, text: impl Into<String>) -> Self {
        self.cancel = Some(Link::new(href, text));
        self
    }

    /// An error of the form as a whole, such as a rule that more than one field breaks.
    #[must_use]
    pub fn refused(mut self, error: impl Into<String>) -> Self {
        self.errors.push(error.into());
        self
    }

    /// The summary for the top of the page: first what concerns the whole, then each field in
    /// the order of the form.
    pub fn summary(&self) -> ErrorSummary {
        let whole = self.errors.iter().map(|message| FieldError {
            message: message.clone(),
            id: None,
        });
        let fields = self.parts.iter().flat_map(Part::fields);
        let each = fields.filter_map(|field| {
            Some(FieldError {
                message: field.error.clone()?,
                id: Some(field.id()),
            })
        });
        ErrorSummary {
            errors: whole.chain(each).collect(),
        }
    }
}

impl Part {
    fn fields(&self) -> Vec<&Field> {
        match self {
            Self::Field(field) => vec![field],
            Self::Table(table) => table
                .rows
                .iter()
                .flat_map(|row| row.iter().flat_map(fields))
                .collect(),
            Self::Summary(list) => list
                .rows
                .iter()
                .flat_map(|row| fields(&row.value))
                .collect(),
            Self::Heading(_) | Self::Text(_) | Self::Inset(_) | Self::Warning(_) => Vec::new(),
        }
    }
}

fn fields(value: &Value) -> Vec<&Field> {
    match value {
        Value::Field(field) => vec![field],
        Value::Many(values) => values.iter().flat_map(fields).collect(),
        _ => Vec::new(),
    }
}

/// One line of the error summary; `id` is where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub message: String,
    pub id: Option<String>,
}

/// All errors of a page, above everything else; empty, it shows nothing. It takes the focus.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "components/error_summary.html")]
pub struct ErrorSummary {
    pub errors: Vec<FieldError>,
}

/// A search within a list; sent by GET, so that its address can be kept and shared.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "components/filter.html")]
pub struct Filter {
    pub action: String,
    pub fields: Vec<Field>,
    /// Fields that belong together, row by row below the others.
    pub rows: Vec<Vec<Field>>,
    pub submit: String,
    /// What is applied now, each with the address without it.
    pub applied: Vec<Link>,
    /// The address without any filter.
    pub clear: String,
    /// Values carried along unseen, such as `as_of`.
    pub carried: Vec<(String, String)>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::components::{Column, Moment};

    fn hours(error: Option<&str>) -> Field {
        Field::number("hours", "Hours", "hours", "9").error(error.map(str::to_owned))
    }

    #[test]
    fn the_summary_leads_to_each_field_even_inside_a_table() {
        let row = vec![
            Value::name("R. Ash"),
            Value::field(hours(Some("Enter 7 hours or fewer")).quiet()),
        ];
        let sheet = Table::new(
            "Session",
            vec![Column::text("Person"), Column::number("Hours")],
        )
        .row(row);
        let form = Form::new("/x", Guard::open("t"), "Record")
            .part(Part::Table(sheet))
            .refused("The session is closed");
        let html = form.summary().render().unwrap();
        assert!(html.contains("href=\"#f-hours\""), "{html}");
        assert!(
            html.find("session is closed").unwrap() < html.find("7 hours").unwrap(),
            "{html}"
        );
        assert!(form.render().unwrap().contains("id=\"f-hours\""));
    }

    #[test]
    fn a_page_without_errors_has_no_summary() {
        assert_eq!(
            Form::new("/x", Guard::open("t"), "Record")
                .field(hours(None))
                .summary()
                .render()
                .unwrap()
                .trim(),
            ""
        );
    }

    #[test]
    fn an_open_form_carries_token_version_and_key() {
        let guard = Guard::open("tok").for_version(7).with_key("k-1");
        let html = Form::new("/x", guard, "Record")
            .field(hours(None))
            .render()
            .unwrap();
        for pair in [
            "name=\"csrf_token\" value=\"tok\"",
            "name=\"version\" value=\"7\"",
            "name=\"idempotency_key\" value=\"k-1\"",
        ] {
            assert!(html.contains(pair), "{pair} in {html}");
        }
    }

    #[test]
    fn a_past_page_has_a_way_to_now_in_place_of_the_form() {
        let past = crate::pages::components::AsOf::past(
            Moment::new("2026-01-01", "1 January 2026"),
            5,
            "/x",
            "/x?now",
        );
        let html = Form::new("/x", past.guard(Guard::open("t")), "Record")
            .field(hours(None))
            .render()
            .unwrap();
        assert!(
            html.contains("Return to now to change something") && html.contains("/x?now"),
            "{html}"
        );
        assert!(
            !html.contains("<form") && !html.contains("<input"),
            "{html}"
        );
    }
}
