//! Registering a person, by itself or with a first decision: the same fields, read in the same way.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::act::Refusal;
use domain::person::{Identity, Person, PersonCommand, Register, Sex};
use domain::personal::PersonalText;
use domain::values::{Day, Instant, Known};
use infra::access::{Action, allow};
use infra::registry::{CommandError, Options};

use crate::pages::components::{Choice, Field, Form};
use crate::pages::page::{Page, PageError, Typed, Visitor};
use crate::pages::record::{self, Errors};
use crate::pages::refusal::written;
use crate::pages::{done, laws};
use crate::state::AppState;

/// The form.
pub(in crate::pages) async fn get(visitor: Visitor) -> Result<Page, PageError> {
    allow(&visitor.call, Action::RecordPerson)?;
    Ok(page(&visitor, &Typed::empty(), &Errors::default()))
}

/// Registers the person under a new pseudonym.
pub(in crate::pages) async fn post(
    State(app): State<AppState>,
    visitor: Visitor,
    typed: Typed,
) -> Result<Response, PageError> {
    allow(&visitor.call, Action::RecordPerson)?;
    let mut errors = Errors::default();
    let law = laws::chosen(&app, &visitor, None).await?;
    let now = Instant::from_micros(app.registry.clock().now_us());
    let read = read(&typed, law.day(now), &mut errors);
    let Some(register) = read.filter(|_| errors.0.is_empty()) else {
        return Ok(page(&visitor, &typed, &errors).into_response());
    };
    let options = Options {
        jurisdiction: Some(law.jurisdiction.clone()),
        ..done::options(&typed)
    };
    // The form carries the pseudonym, so that sending it twice registers nobody twice.
    let fresh = typed.get("fresh").and_then(|text| text.parse().ok());
    let id = fresh
        .unwrap_or_else(|| app.registry.new_person_id())
        .to_string();
    let command = PersonCommand::Register(register);
    let sent = app
        .registry
        .command::<Person>(&visitor.call, &id, command, options)
        .await;
    match sent {
        Ok(receipt) => {
            let address = format!("/persons/{id}?recorded=1");
            Ok(done::then(&app, &receipt, &address).await.into_response())
        }
        Err(CommandError::Refused(refusal)) => {
            errors.say("", written(&refusal.to_string()));
            Ok(page(&visitor, &typed, &errors).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

fn page(visitor: &Visitor, typed: &Typed, errors: &Errors) -> Page {
    let frame = visitor
        .frame("Register a person")
        .lede("First look whether the person is registered already, under Find a person.");
    let fresh = typed.get("fresh").map_or_else(
        || visitor.app.registry.new_person_id().to_string(),
        str::to_owned,
    );
    let guard = visitor.guard(&frame);
    let form = Form::new("/persons/new", guard, "Register this person").carry("fresh", fresh);
    let more = [
        ("number", "Civil registration number"),
        ("contact", "Where to reach the person"),
    ];
    let more = more.map(|(name, label)| {
        Field::text(name, label, typed.get(name).unwrap_or_default()).optional()
    });
    let fields = fields(typed).into_iter().chain(more);
    let form = fields.fold(form, |form, field| {
        let error = errors.at(&field.name);
        form.field(field.error(error))
    });
    Page::new(frame).form(&record::unplaced(form, errors).cancel("/", "Cancel"))
}

/// The fields that say who somebody is.
pub(in crate::pages) fn fields(typed: &Typed) -> Vec<Field> {
    vec![
        Field::text("name", "Name", typed.get("name").unwrap_or_default()),
        record::date_field(typed, "born", "Date of birth").optional(),
        sex(typed),
    ]
}

/// The fields by which it is put right who somebody is: each is empty at first, and stays as it is where it stays empty.
pub(super) fn identity(typed: &Typed) -> Vec<Field> {
    let text = |name: &str, label: &str| {
        let value = typed.get(name).unwrap_or_default();
        Field::text(name, label, value).optional()
    };
    vec![
        text("name", "Name").hint("Write the whole name; what is left empty stays as it is."),
        record::date_field(typed, "born", "Date of birth").optional(),
        text("number", "Civil registration number"),
        text("contact", "Where to reach the person"),
    ]
}

/// Sex as recorded by the authority that supplied it.
pub(super) fn sex(typed: &Typed) -> Field {
    let choice = |value: &str, label: &str| {
        Choice::new(value, label).chosen_if(typed.get("sex") == Some(value))
    };
    let choices = vec![
        Choice::new("", "Not recorded").chosen_if(typed.get("sex").is_none()),
        choice("female", "Female"),
        choice("male", "Male"),
        choice("another", "Another entry of the civil register"),
        choice("?not-asked", "Not asked"),
        choice("?declined", "Declined to say"),
    ];
    Field::select("sex", "Sex as recorded", choices)
}

/// The sex as typed.
pub(super) fn read_sex(typed: &Typed) -> Known<Sex> {
    match typed.get("sex") {
        Some("female") => Known::Value(Sex::Female),
        Some("male") => Known::Value(Sex::Male),
        Some("another") => Known::Value(Sex::Another),
        Some("?not-asked") => Known::NotAsked,
        Some("?declined") => Known::Declined,
        _ => Known::NotRecorded,
    }
}

/// Reads a registration; without a name there is none. What cannot be true of anybody is said at its field.
pub(in crate::pages) fn read(typed: &Typed, today: Day, errors: &mut Errors) -> Option<Register> {
    let born = record::date(typed, "born", errors);
    let Some(name) = typed.get("name") else {
        errors.say(
            "name",
            "Give the name, or the reference of a person already registered",
        );
        return None;
    };
    let clear = |text: &str| PersonalText::Clear(text.to_owned());
    let identity = Identity {
        name: Some(clear(name)),
        born: born.map(|date| clear(&date.to_string())),
        number: typed.get("number").map(clear),
        contact: typed.get("contact").map(clear),
    };
    let register = Register {
        sex: read_sex(typed),
        identity: Some(identity),
    };
    let command = PersonCommand::Register(register.clone());
    if let Err(refusal) = command.check_clear(today) {
        let field = refusal.field();
        let field = field.strip_prefix("identity.").unwrap_or_default();
        errors.say(field, written(&refusal.to_string()));
    }
    Some(register)
}
