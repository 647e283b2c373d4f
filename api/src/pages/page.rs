//! A page as a stack of parts, and what every handler of a page needs: who asks, as of when, what went wrong.

use std::fmt;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::actor::Role;
use domain::values::Instant;
use infra::access::{Action, Call, Gate, allow};
use infra::registry::{AsOf, Moment};

use super::components::{self, ErrorSummary, Exit, Form, Frame, Guard, Identity, Link, Part};
use super::{query, search, written};
use crate::identity::{Caller, Sample};
use crate::problem::Problem;
use crate::state::AppState;
use crate::v1::moment::as_of;

/// One part of a page, in the order it is read.
pub(crate) enum Block {
    /// A heading of the second level.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A part that has rendered itself.
    Part(Rendered),
}

/// A part that has rendered itself, and escaped every text it was given.
pub(crate) struct Rendered(String);

impl fmt::Display for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Rendered {}

/// A page.
#[derive(Template)]
#[template(path = "page.html")]
pub(crate) struct Page {
    frame: Frame,
    errors: Option<ErrorSummary>,
    blocks: Vec<Block>,
    #[template(ignore)]
    status: StatusCode,
}

/// A part that is unfolded by whoever wants it; open on paper.
#[derive(Template)]
#[template(path = "components/folded.html")]
struct Folded {
    summary: String,
    inside: Rendered,
}

/// A part as a page holds it; of one that does not render nothing is shown.
fn rendered<T: Template>(part: &T) -> Option<Rendered> {
    part.render()
        .inspect_err(|error| tracing::error!(%error, "a part of a page does not render"))
        .ok()
        .map(Rendered)
}

impl Page {
    /// An empty page in its frame.
    pub(crate) fn new(frame: Frame) -> Self {
        Self {
            frame,
            errors: None,
            blocks: Vec::new(),
            status: StatusCode::OK,
        }
    }

    /// A heading of the second level.
    pub(crate) fn heading(mut self, text: impl Into<String>) -> Self {
        self.blocks.push(Block::Heading(text.into()));
        self
    }

    /// A paragraph.
    pub(crate) fn text(mut self, text: impl Into<String>) -> Self {
        self.blocks.push(Block::Text(text.into()));
        self
    }

    /// A part of `components`.
    pub(crate) fn part<T: Template>(mut self, part: &T) -> Self {
        self.blocks.extend(rendered(part).map(Block::Part));
        self
    }

    /// A part of `components` that says only what it is about until it is unfolded.
    pub(crate) fn folded<T: Template>(self, summary: impl Into<String>, part: &T) -> Self {
        match rendered(part) {
            Some(inside) => self.part(&Folded {
                summary: summary.into(),
                inside,
            }),
            None => self,
        }
    }

    /// A form; a refused one brings its error summary to the top and the status 422.
    pub(crate) fn form(self, form: &Form) -> Self {
        self.errors(form.summary()).part(form)
    }

    /// Parts of a form that cannot be sent: they are read without it.
    pub(crate) fn parts(self, parts: Vec<Part>) -> Self {
        parts.into_iter().fold(self, |page, part| match part {
            Part::Heading(text) => page.heading(text),
            Part::Text(text) => page.text(text),
            Part::Field(field) => page.part(&field),
            Part::Table(table) => page.part(&table),
            Part::Summary(list) => page.part(&list),
            Part::Inset(inset) => page.part(&inset),
            Part::Warning(warning) => page.part(&warning),
        })
    }

    /// What was refused, at the top, with the status 422.
    pub(crate) fn errors(mut self, summary: ErrorSummary) -> Self {
        if !summary.errors.is_empty() {
            self.frame = self.frame.refused(true);
            self.status = StatusCode::UNPROCESSABLE_ENTITY;
            self.errors = Some(summary);
        }
        self
    }

    /// The page with another status.
    pub(crate) fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        match self.render() {
            Ok(text) => (self.status, Html(text)).into_response(),
            Err(error) => {
                tracing::error!(%error, "a page does not render");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

/// Whoever looks at a page: identity, moment, address.
pub(crate) struct Visitor {
    pub(crate) app: AppState,
    pub(crate) sample: &'static Sample,
    pub(crate) call: Call,
    pub(crate) as_of: AsOf,
    pub(crate) moment: Moment,
    path: String,
    kept: Vec<(String, String)>,
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Response> {
        let Caller { sample, mut call } = match Caller::from_request_parts(parts, app).await {
            Ok(caller) => caller,
            Err(problem) if problem.status() == StatusCode::UNAUTHORIZED => {
                return Err(Redirect::to("/identity").into_response());
            }
            Err(problem) => return Err(PageError(problem).into_response()),
        };
        query::nothing_else(parts).map_err(IntoResponse::into_response)?;
        // One view of a page asks several things: in the log of consultations it is one look.
        call.look = Some(app.registry.new_stream_id());
        if parts.method == Method::POST && !same_origin(&parts.headers) {
            let problem = Problem::usage(
                "other-origin",
                "",
                "forms are sent from the register's own pages",
            );
            return Err(PageError(problem).into_response());
        }
        let kept = pairs(&parts.uri);
        let typed = kept
            .iter()
            .find(|(name, _)| name == "as_of")
            .map(|(_, value)| written::moment(value));
        let as_of = as_of(app, typed.as_deref())
            .await
            .map_err(|problem| PageError(problem).into_response())?;
        let moment = app
            .registry
            .moment(as_of)
            .await
            .map_err(|e| PageError::from(e).into_response())?;
        let kept = kept
            .into_iter()
            .filter(|(name, _)| name != "as_of")
            .collect();
        let path = parts.uri.path().to_owned();
        Ok(Self {
            app: app.clone(),
            sample,
            call,
            as_of,
            moment,
            path,
            kept,
        })
    }
}

fn pairs(uri: &Uri) -> Vec<(String, String)> {
    serde_urlencoded::from_str(uri.query().unwrap_or_default()).unwrap_or_default()
}

/// Whether a form comes from the register's own pages.
fn same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin"), text("host")) {
        (Some(site), _, _) => site == "same-origin" || site == "none",
        (None, Some(origin), Some(host)) => origin.split("//").nth(1) == Some(host),
        (None, None, _) => true,
        (None, Some(_), None) => false,
    }
}

impl Visitor {
    /// The frame of a page for this visitor, with its role's navigation.
    pub(crate) fn frame(&self, title: impl Into<String>) -> Frame {
        let instant = components::Moment::new(
            self.moment.instant.to_string(),
            in_words(self.moment.instant),
        );
        let entry = self.moment.index.unwrap_or_default();
        let as_of = if self.moment.past {
            components::AsOf::past(instant, entry, self.path.clone(), self.now())
        } else {
            components::AsOf::now(instant, entry, self.path.clone())
        };
        let identity = Identity {
            name: self.sample.title.to_owned(),
            acting: match &self.call.gate {
                Gate::Asked(asked) => format!(
                    "Purpose: {}. The gate to children's cases is open: {}",
                    self.call.purpose, asked.reason
                ),
                Gate::Closed | Gate::Consequence => format!("Purpose: {}", self.call.purpose),
            },
            exit: Exit::Switch {
                href: "/identity".to_owned(),
            },
        };
        let frame = Frame::new(title, "The register", as_of.keeping(self.kept.clone()))
            .identity(identity)
            .navigation(self.navigation());
        if allow(&self.call, Action::ReadRegister).is_ok() {
            frame.search(search::PATH, search::LABEL, "")
        } else {
            frame
        }
    }

    /// This page as it stands now.
    pub(crate) fn now(&self) -> String {
        let query = serde_urlencoded::to_string(&self.kept).unwrap_or_default();
        if query.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{query}", self.path)
        }
    }

    /// A guard for a form of this page: open in the present only.
    pub(crate) fn guard(&self, frame: &Frame) -> Guard {
        let key = self.app.registry.new_stream_id().to_string();
        frame.as_of.guard(Guard::open("same-origin").with_key(key))
    }

    /// A link that stays in the visitor's moment.
    pub(crate) fn to(&self, path: &str) -> String {
        if !self.moment.past {
            return path.to_owned();
        }
        let joint = if path.contains('?') { '&' } else { '?' };
        format!(
            "{path}{joint}as_of={}",
            self.moment.index.unwrap_or_default()
        )
    }

    /// What a search carries along, so that it stays in the visitor's moment.
    pub(crate) fn carried(&self) -> Vec<(String, String)> {
        match self.moment.index {
            Some(index) if self.moment.past => vec![("as_of".to_owned(), index.to_string())],
            Some(_) | None => Vec::new(),
        }
    }

    fn navigation(&self) -> Vec<Link> {
        let pages = menu(self.sample.role);
        let link = |(path, title): &(&str, &str)| {
            let link = Link::new(self.to(path), *title);
            if *path == self.path {
                link.current()
            } else {
                link
            }
        };
        let gate = matches!(self.call.gate, Gate::Asked(_)).then_some(&("/gate", "Close the gate"));
        pages.iter().chain(gate).map(link).collect()
    }
}

fn menu(role: Role) -> Menu {
    match role {
        Role::Judge | Role::Clerk => OF_COURTS,
        Role::Prosecutor => OF_PROSECUTORS,
        Role::Prison => OF_PRISONS,
        Role::ReleaseAuthority => OF_RELEASE_AUTHORITIES,
        Role::Probation => OF_PROBATION,
        Role::Oversight => OF_OVERSIGHT,
        Role::Administrator => OF_ADMINISTRATORS,
        Role::Statistician => OF_STATISTICIANS,
        Role::System => &[],
    }
}

/// Pages that a role is led to from everywhere, each with its words.
type Menu = &'static [(&'static str, &'static str)];

const OF_COURTS: Menu = &[
    ("/", "My list"),
    ("/sentences", "Register"),
    ("/persons", "Persons"),
    ("/sentences/new", "Record a decision"),
    ("/pretrial-cases", "Before judgment"),
    ("/orders", "Orders"),
    ("/cases", "Cases"),
    ("/figures", "Figures"),
];
const OF_PROSECUTORS: Menu = &[
    ("/", "My list"),
    ("/diversions", "Kept out of court"),
    ("/pretrial-cases", "Before judgment"),
    ("/persons", "Persons"),
    ("/sentences", "Register"),
    ("/cases", "Cases"),
    ("/figures", "Figures"),
];
const OF_PRISONS: Menu = &[
    ("/", "My list"),
    ("/stays-in-custody", "Stays"),
    ("/facilities", "Places"),
    ("/places", "How full"),
    ("/persons", "Persons"),
    ("/cases", "Cases"),
    ("/figures", "Figures"),
];
const OF_RELEASE_AUTHORITIES: Menu = &[
    ("/", "My list"),
    ("/releases", "Releases"),
    ("/never-considered", "Never considered"),
    ("/emergencies", "Emergencies"),
    ("/persons", "Persons"),
    ("/sentences", "Register"),
    ("/cases", "Cases"),
    ("/figures", "Figures"),
];
const OF_PROBATION: Menu = &[
    ("/", "Worklist"),
    ("/sessions", "Session sheet"),
    ("/orders", "Orders"),
    ("/supervisions", "Caseload"),
    ("/persons", "Persons"),
    ("/cases", "Cases"),
    ("/figures", "Figures"),
];
const OF_OVERSIGHT: Menu = &[
    ("/", "Overview"),
    ("/sentences", "Register"),
    ("/cases", "Cases"),
    ("/places", "How full"),
    ("/never-considered", "Never considered"),
    ("/findings", "Findings"),
    ("/consultations", "Who looked"),
    ("/imports", "Imports"),
    ("/figures", "Figures"),
];
const OF_ADMINISTRATORS: Menu = &[
    ("/", "Overview"),
    ("/imports", "Imports"),
    ("/registers", "The register itself"),
    ("/figures", "Figures"),
    ("/complaints/new/submit-without-person", "Complain"),
];
const OF_STATISTICIANS: Menu = &[
    ("/", "Overview"),
    ("/places", "How full"),
    ("/imports", "Imports"),
    ("/figures", "Figures"),
    ("/complaints/new/submit-without-person", "Complain"),
];

/// An instant in words, in UTC: "3 March 2026, 14:02".
pub(crate) fn in_words(instant: Instant) -> String {
    let text = instant.to_string();
    let day = text
        .get(..10)
        .and_then(|day| day.parse().ok())
        .map(day_in_words)
        .unwrap_or_default();
    format!("{day}, {} UTC", text.get(11..16).unwrap_or_default())
}

/// A date in words, as exactly as it is known: "3 March 2026", "March 2026", "2026".
pub(crate) fn day_in_words(date: domain::values::CivilDate) -> String {
    use domain::values::CivilDate;
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = |number: u32| {
        usize::try_from(number)
            .ok()
            .and_then(|n| MONTHS.get(n.checked_sub(1)?))
            .copied()
            .unwrap_or("")
    };
    match date {
        CivilDate::Year(year) => year.to_string(),
        CivilDate::Month {
            year,
            month: number,
        } => format!("{} {year}", month(u32::from(number))),
        CivilDate::Day(day) => format!("{} {} {}", day.day(), month(day.month()), day.year()),
    }
}

/// Why a page cannot be shown, as a page.
pub(crate) struct PageError(pub(crate) Problem);

impl<E: Into<Problem>> From<E> for PageError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        self.shown_to(None)
    }
}

/// What a page that cannot be shown says, for whoever knows by whom it was asked for.
#[derive(Clone)]
pub(crate) struct NotShown(pub(crate) Problem);

impl PageError {
    /// The page, with the menu of the role that asked for it.
    pub(crate) fn shown_to(self, role: Option<Role>) -> Response {
        let Problem {
            title,
            detail,
            code,
            ..
        } = &self.0;
        let now = components::Moment::new("", "now");
        let own = role.map_or(&[][..], menu);
        let own = own.iter().map(|(path, title)| Link::new(*path, *title));
        let ways: Vec<Link> = own.chain(ways_on(code, role)).collect();
        let frame = Frame::new(title, "The register", components::AsOf::now(now, 0, "/"))
            .lede(detail)
            .navigation(ways);
        let frame = if code == "register.unknown" {
            frame.search(search::PATH, search::LABEL, "")
        } else {
            frame
        };
        let page = Page::new(frame).text(format!("The code of this problem is {code}."));
        let mut response = page.status(self.0.status()).into_response();
        response.extensions_mut().insert(NotShown(self.0));
        response
    }
}

/// Where to go from a page that cannot be shown, beside what the menu of a role leads to. Whoever is shown nothing may have
/// asked for a child's case.
fn ways_on(code: &str, role: Option<Role>) -> Vec<Link> {
    let mut ways = match role {
        Some(_) => Vec::new(),
        None => vec![Link::new("/", "Back to the first page")],
    };
    if code == "register.unknown" || code == "access.denied" {
        ways.push(Link::new("/gate", "The gate to children's cases"));
    }
    ways
}

/// The fields of a form, as they were typed: several of one name keep their order.
#[derive(Clone)]
pub(crate) struct Typed(Vec<(String, String)>);

impl Typed {
    /// What was typed into a field, without space around it; nothing when it was left empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let value = self
            .0
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.trim());
        value.filter(|value| !value.is_empty())
    }

    /// The form again as bytes, by which the same request is recognised.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        serde_urlencoded::to_string(&self.0)
            .unwrap_or_default()
            .into_bytes()
    }

    /// A form as if it had been typed.
    #[cfg(test)]
    pub(crate) fn of(fields: &[(&str, &str)]) -> Self {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Self(fields.iter().map(own).collect())
    }

    /// An empty form.
    pub(crate) fn empty() -> Self {
        Self(Vec::new())
    }

    /// The form with another value under a name.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.0.retain(|(n, _)| n != name);
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Another value under a name that may have several.
    pub(crate) fn add(&mut self, name: &str, value: &str) {
        self.0.push((name.to_owned(), value.to_owned()));
    }

    /// Every field that is not empty, in order.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = self
            .0
            .iter()
            .map(|(name, value)| (name.as_str(), value.trim()));
        fields.filter(|(_, value)| !value.is_empty())
    }

    /// Everything chosen under a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.0
            .iter()
            .filter(move |(n, v)| n == name && !v.trim().is_empty())
            .map(|(_, v)| v.trim())
    }

    /// A date typed as three fields; its precision is what was filled in.
    pub(crate) fn date(&self, name: &str) -> Option<String> {
        let part = |which: &str| self.get(&format!("{name}_{which}"));
        let Some(year) = part("year") else {
            // A day or a month alone is no date, and is not "left empty" either.
            let alone = part("month").or_else(|| part("day"))?;
            return Some(format!("?-{alone}"));
        };
        let two = |digits: &str| {
            if digits.len() == 1 {
                format!("0{digits}")
            } else {
                digits.to_owned()
            }
        };
        match (part("month"), part("day")) {
            (None, None) => Some(year.to_owned()),
            (None, Some(day)) => Some(format!("{year}-?-{}", two(day))),
            (Some(month), None) => Some(format!("{year}-{}", two(month))),
            (Some(month), Some(day)) => Some(format!("{year}-{}-{}", two(month), two(day))),
        }
    }
}

impl<T: IntoIterator<Item = (String, String)>> From<T> for Typed {
    fn from(fields: T) -> Self {
        Self(fields.into_iter().collect())
    }
}

impl<S: Send + Sync> axum::extract::FromRequest<S> for Typed {
    type Rejection = Response;

    async fn from_request(request: axum::extract::Request, state: &S) -> Result<Self, Response> {
        let body = String::from_request(request, state).await.map_err(|_| {
            PageError(Problem::too_large(crate::server::BODY_LIMIT)).into_response()
        })?;
        serde_urlencoded::from_str(&body)
            .map(Self)
            .map_err(|e| PageError(Problem::usage("form", "", &e.to_string())).into_response())
    }
}
