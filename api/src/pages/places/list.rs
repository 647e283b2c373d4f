//! All places of detention, the fullest first.

use axum::extract::State;
use axum::response::Response;
use infra::access::{Action, allow};
use infra::registry::{PlaceFigures, PlacesFigures, Together};

use super::{days_over, file, full, places_of, words};
use crate::pages::components::{Column, SummaryList, Table, Tag, Tone, Value};
use crate::pages::numbers::count;
use crate::pages::page::{Page, PageError, Visitor, day_in_words};
use crate::state::AppState;
use crate::v1::occupancy::COUNTED;

/// The page.
pub(super) async fn get(State(app): State<AppState>, visitor: Visitor) -> Result<Page, PageError> {
    let found = app.registry.places(&visitor.call, visitor.as_of).await?;
    let frame = visitor
        .frame("How full places are")
        .lede(lede(&found.together));
    let numbers = vec![
        Value::link(visitor.to("/places/csv"), "Download as CSV"),
        Value::link(visitor.to("/v1/places"), "Show as JSON"),
    ];
    let read = SummaryList::default()
        .row("By stays", Value::text(COUNTED))
        .row(
            "By its own count",
            Value::text("The last count that the place itself has recorded."),
        )
        .row("The same numbers", Value::Many(numbers));
    Ok(Page::new(frame)
        .part(&places(&visitor, &found))
        .heading("All places together")
        .text("An average hides what single places hold too many: both are shown.")
        .part(&together(&found.together))
        .heading("How to read this")
        .part(&read))
}

/// The numbers of the page as a file.
pub(super) async fn download(
    State(app): State<AppState>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    let found = app.registry.places(&visitor.call, visitor.as_of).await?;
    Ok(file("places", found.moment, super::csv::places(&found)))
}

/// The most that are too many, by whichever meaning and count says most.
fn lede(together: &[Together]) -> String {
    let Some(most) = together.iter().max_by_key(|all| all.over) else {
        return "Of no place both the number of places and of those held is known.".to_owned();
    };
    let of = match most.of {
        1 => "the one place that can be counted".to_owned(),
        of => format!("{} places that can be counted", count(u64::from(of))),
    };
    let by = counted(most.by);
    if most.over == 0 {
        return format!("None of {of} holds more people than it has places for.");
    }
    format!(
        "{} of {of} {} more people than there are places for, {} too many together, {by}. What is counted as a place: {}.",
        count(u64::from(most.overcrowded)),
        if most.overcrowded == 1 {
            "holds"
        } else {
            "hold"
        },
        count(u64::from(most.over)),
        most.title
    )
}

fn counted(by: &str) -> &'static str {
    match by {
        "stays" => "by the stays in this register",
        _ => "by their own counts",
    }
}

fn places(visitor: &Visitor, found: &PlacesFigures) -> Table {
    let days = format!("Days over by the stays, of the last {}", found.days);
    let columns = vec![
        Column::text("Place"),
        Column::text("What counts as a place"),
        Column::text("Places"),
        Column::text("Held, by stays"),
        Column::text("Held, by its own count"),
        Column::text(days),
    ];
    let table = Table::new("Places of detention, the fullest first", columns)
        .empty("No place of detention is recorded.");
    found.places.iter().fold(table, |table, place| {
        let name = name(visitor, place);
        if place.capacities.is_empty() {
            return table.row(undeclared(place, name));
        }
        place.capacities.iter().fold(table, |table, capacity| {
            let own = match &place.own_count {
                Some(own) => Value::Many(vec![
                    full(capacity.by_own_count.as_ref()),
                    Value::text(format!("({})", day_in_words(own.on))),
                ]),
                None => Value::NotRecorded,
            };
            table.row(vec![
                name.clone(),
                Value::text(&capacity.title),
                places_of(capacity),
                full(capacity.by_stays.as_ref()),
                own,
                days_over(capacity),
            ])
        })
    })
}

/// A place of which nobody declared how many places it has: how full it is cannot be said.
fn undeclared(place: &PlaceFigures, name: Value) -> Vec<Value> {
    let own = place.own_count.as_ref().map_or(Value::NotRecorded, |own| {
        let held = count(u64::from(own.held));
        Value::text(format!("{held} ({})", day_in_words(own.on)))
    });
    let unknown = || Value::Undefined("no places are declared".to_owned());
    vec![
        name,
        unknown(),
        unknown(),
        Value::count(u64::from(place.held)),
        own,
        unknown(),
    ]
}

fn name(visitor: &Visitor, place: &PlaceFigures) -> Value {
    match &place.id {
        Some(id) if allow(&visitor.call, Action::ReadCase).is_ok() => Value::link(
            visitor.to(&format!("/facilities/{id}")),
            place.title.clone(),
        ),
        Some(id) => {
            let address = format!("/facilities/{id}/occupancy");
            Value::link(visitor.to(&address), place.title.clone())
        }
        None => Value::text(format!(
            "{}, which was not opened in the register, on {}",
            place.title,
            words(place.day)
        )),
    }
}

pub(in crate::pages) fn together(all: &[Together]) -> Table {
    let columns = vec![
        Column::text("What counts as a place"),
        Column::text("How it was counted"),
        Column::number("Places of detention"),
        Column::number("Places"),
        Column::number("Held"),
        Column::text("Too many, added up place by place"),
    ];
    let table = Table::new("All places together", columns)
        .quiet_caption()
        .empty("Of no place both numbers are known.");
    all.iter().fold(table, |table, all| {
        let over = format!(
            "{} in {} of {}",
            count(u64::from(all.over)),
            count(u64::from(all.overcrowded)),
            count(u64::from(all.of))
        );
        let over = if all.over > 0 {
            Value::Tag(Tag::new(over, Tone::Grave))
        } else {
            Value::text("none")
        };
        table.row(vec![
            Value::text(&all.title),
            Value::text(counted(all.by)),
            Value::count(u64::from(all.of)),
            Value::count(u64::from(all.places)),
            Value::count(u64::from(all.held)),
            over,
        ])
    })
}
