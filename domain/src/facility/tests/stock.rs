use super::{after, capacity, code, day, declare, facts, on, open};
use crate::facility::{
    DeclareCapacity, Facility, FacilityCommand, Remaining, Stock, TimeHeld, run_down, stock,
};

/// A time in a place: its first day, the day of leaving and the last day of the order, each `-` where there is none.
fn time(from: &str, left: &str, until: &str) -> TimeHeld {
    let known = |text: &str| (text != "-").then(|| day(text));
    TimeHeld {
        from: day(from),
        left: known(left),
        until: known(until),
    }
}

fn held(days: &[Stock]) -> Vec<(String, u32, u32, u32)> {
    let told = |stock: &Stock| (stock.day.to_string(), stock.held, stock.came, stock.left);
    days.iter().map(told).collect()
}

#[test]
fn a_stock_is_counted_at_the_end_of_a_day_who_came_counts_and_who_left_does_not() {
    let times = [
        time("2026-01-01", "-", "-"),
        time("2026-02-02", "2026-02-04", "-"),
        time("2026-02-03", "-", "-"),
        time("2025-12-01", "2026-02-03", "-"),
        // In no stock: received and gone on one day.
        time("2026-02-03", "2026-02-03", "-"),
    ];
    let days = stock(&times, day("2026-02-02"), day("2026-02-05"));
    let told = |day: &str, held, came, left| (day.to_owned(), held, came, left);
    assert_eq!(
        held(&days),
        [
            told("2026-02-02", 3, 1, 0),
            told("2026-02-03", 3, 1, 1),
            told("2026-02-04", 2, 0, 1),
            told("2026-02-05", 2, 0, 0),
        ]
    );
    for stock in days {
        let there = times.iter().filter(|time| time.holds_on(stock.day));
        assert_eq!(there.count(), usize::try_from(stock.held).unwrap());
    }
}

#[test]
fn a_stock_runs_down_by_the_last_days_that_are_known_and_by_nothing_else() {
    let times = [
        time("2026-01-01", "-", "2026-03-10"),
        time("2026-01-01", "-", "2026-03-10"),
        time("2026-01-01", "-", "2026-03-05"),
        time("2026-01-01", "-", "-"),
        time("2026-01-01", "-", "2026-03-04"),
        time("2026-01-01", "2026-03-01", "2026-03-20"),
        time("2026-03-06", "-", "2026-03-20"),
    ];
    let found = run_down(&times, day("2026-03-05"));
    assert_eq!(found.held, 5);
    assert_eq!((found.without_last_day, found.past_last_day), (1, 1));
    let left = |on: &str, ended, held| Remaining {
        day: day(on),
        ended,
        held,
    };
    assert_eq!(
        found.steps,
        [left("2026-03-06", 1, 4), left("2026-03-11", 2, 2)]
    );
}

#[test]
fn days_over_are_counted_by_the_definition_and_the_number_of_places_of_each_day() {
    let raised = FacilityCommand::DeclareCapacity(DeclareCapacity {
        from: day("2026-01-08"),
        ..capacity(on("2026-01-08"), 3)
    });
    let place: Facility = after(&facts(), [open(), declare(2), raised]);
    let place = place.opened().unwrap();
    let times = [time("2026-01-01", "-", "-"); 3];
    let days = stock(&times, day("2026-01-03"), day("2026-01-09"));
    // Nothing was declared for the first two days; then there are too few places for three days.
    assert_eq!(place.days_over(&code("operational"), &days), (3, 5));
    assert_eq!(place.days_over(&code("design"), &days), (0, 0));
    let declared = place.declared_from(&code("operational"), day("2026-01-07"));
    assert_eq!(declared, Some(day("2026-01-05")));
}
