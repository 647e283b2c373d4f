//! The parts pages are made of: typed contexts, one template each.
//!
//! A page is a context with a [`Frame`] and whatever parts it needs, and a template that puts
//! the parts in order:
//!
//! ```text
//! #[derive(Template)]
//! #[template(path = "sentences/show.html")]
//! struct ShowSentence { frame: Frame, facts: SummaryList, history: History }
//!
//! {% extends "layout.html" %}
//! {% block main %}
//!   {{ facts }}
//!   <h2>History</h2>
//!   {{ history }}
//! {% endblock %}
//! ```
//!
//! Every part renders itself with `{{ part }}` and escapes every text it was given. Templates
//! hold no arithmetic and no rules: contexts come with finished words. The layout shows the
//! title (`<h1>`), the lede and the primary action; a template begins below, with `<h2>`.
//!
//! A page with a form fills `{% block errors %}` with `form.summary()`, gives the frame
//! `.refused(true)` when it re-renders a refusal, and takes the form's guard from
//! [`AsOf::guard`], so that a past page offers the way back to the present in its place.
//!
//! `templates/gallery_page.html` is a complete page, `templates/gallery.html` every part.

mod field;
mod figure;
mod form;
mod frame;
mod lists;
mod notices;
mod sheet;
mod value;

pub use field::{Choice, Control, Field, Size, Typed, TypedDate, TypedLength};
pub use figure::{Amount, Figure, Picture, Progress};
pub use form::{ErrorSummary, FieldError, Filter, Form, Guard, Part};
pub use frame::{AsOf, Direction, Exit, Frame, Identity, Search, Standing};
pub use lists::{
    Column, EventKind, History, HistoryEvent, Pagination, SummaryList, SummaryRow, Table, Task,
    TaskList, WorkGroup, WorkItem, Worklist,
};
pub use notices::{Details, Inset, Panel, Warning};
pub use sheet::{Condition, Sheet};
pub use value::{Link, Moment, Proof, Tag, Tone, Value};

/// Marks parts whose template has escaped every text, so that pages do not escape them again.
macro_rules! escapes_itself {
    ($($part:ty),+ $(,)?) => { $(impl askama::filters::HtmlSafe for $part {})+ };
}

escapes_itself!(
    Field,
    Picture,
    Figure,
    Progress,
    ErrorSummary,
    Filter,
    Form,
    History,
    Pagination,
    SummaryList,
    Table,
    TaskList,
    Worklist,
    Details,
    Inset,
    Panel,
    Warning,
    Sheet,
    Proof,
    Tag,
    Value,
);
