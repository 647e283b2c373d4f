//! Samples of the pictures of courts, places, steps and parts. The numbers are invented.

use crate::pages::chart::{
    Fall, Funnel, FunnelUnit, Multiples, Placed, SmallPanel, Stair, StairRow, Stairs, Strip,
    Strips, Unit, Waterfall,
};
use crate::pages::components::Figure;

pub(super) fn figures() -> Vec<Figure> {
    vec![
        Figure::of(
            "funnel",
            "1 of 5 courts lies outside the limits at 95 %, where 0.2 would by chance.",
            &funnel(),
        ),
        Figure::of(
            "strips",
            "Half of those sentenced for theft received at most 30 days.",
            &strips(),
        ),
        Figure::of(
            "multiples",
            "One of three places holds more than it has places for.",
            &multiples(),
        ),
        Figure::of(
            "stairs",
            "In 1 of 3 steps the graver level received less.",
            &stairs(),
        ),
        Figure::of(
            "waterfall",
            "Theft adds most to the difference of 8 fewer women of 100.",
            &waterfall(),
        ),
    ]
}

fn funnel() -> Funnel {
    let unit = |label: &str, n, difference: f64, limit: f64| FunnelUnit {
        label: label.into(),
        n,
        placed: Ok(Placed {
            observed: 24.0 + difference,
            expected: 24.0,
            limits: [(-limit, limit), (-1.5 * limit, 1.5 * limit)],
            is_outside: difference.abs() > limit,
            is_far_outside: difference.abs() > 1.5 * limit,
        }),
    };
    let few = FunnelUnit {
        label: "Dray".into(),
        n: 6,
        placed: Err("fewer than 10 decisions".into()),
    };
    Funnel {
        title: "Custody beyond what the cases of each court let expect".into(),
        of: "Court".into(),
        units: vec![
            unit("Ashby", 1_204, 1.1, 2.4),
            unit("Brack", 310, -3.0, 4.8),
            unit("Corrie", 88, 16.2, 9.1),
            unit("Elm", 31, 4.0, 15.2),
            unit("Fallow", 640, 0.4, 3.3),
            few,
        ],
    }
}

fn strips() -> Strips {
    let strip = |label: &str, five, distance, n, is_summary| Strip {
        label: label.into(),
        five: Ok(five),
        distance: Some(distance),
        n,
        ancillary: n / 12,
        is_summary,
    };
    let few = Strip {
        label: "Poaching".into(),
        five: Err("fewer than 10 decisions".into()),
        distance: None,
        n: 7,
        ancillary: 0,
        is_summary: false,
    };
    Strips {
        title: "Severity by offence".into(),
        of: "Offence".into(),
        unit: Unit::Days,
        rows: vec![
            strip("Theft", [0.0, 5.0, 30.0, 90.0, 240.0], 26.0, 2_204, false),
            strip(
                "Robbery",
                [180.0, 365.0, 730.0, 1_095.0, 2_190.0],
                365.0,
                143,
                false,
            ),
            few,
            strip("All", [0.0, 10.0, 60.0, 365.0, 1_095.0], 58.0, 2_354, true),
        ],
    }
}

fn multiples() -> Multiples {
    let panel = |label: &str, held: [u64; 6], room_for| SmallPanel {
        label: label.into(),
        held: held.into(),
        room_for: vec![room_for; 6],
    };
    let days = [
        "1 March", "8 March", "15 March", "22 March", "29 March", "5 April",
    ];
    Multiples {
        title: "Held at the end of each day, by place".into(),
        of: "Place of detention".into(),
        unit: Unit::Persons,
        periods: days.map(str::to_owned).into(),
        changes: vec![(2, "D"), (5, "E")],
        panels: vec![
            panel(
                "Northgate prison",
                [214, 220, 219, 190, 171, 170],
                Some(180),
            ),
            panel("Ashby remand centre", [88, 90, 91, 91, 104, 112], Some(100)),
            panel("Open farm", [20, 20, 18, 12, 9, 9], None),
        ],
    }
}

fn stairs() -> Stairs {
    let row = |label: &str, n, median, fit, ratio, is_violation| StairRow {
        label: label.into(),
        n,
        stair: Ok(Stair {
            median,
            fit,
            ratio,
            is_violation,
        }),
    };
    let few = StairRow {
        label: "Level 5".into(),
        n: 6,
        stair: Err("fewer than 10 decisions".into()),
    };
    Stairs {
        title: "Median severity by gravity".into(),
        of: "Gravity".into(),
        unit: Unit::Days,
        rows: vec![
            row("Level 1", 804, 10.0, 10.0, None, false),
            row("Level 2", 310, 90.0, 81.0, Some(9.0), false),
            row("Level 3", 122, 60.0, 81.0, Some(0.67), true),
            row("Level 4", 41, 730.0, 730.0, Some(12.17), false),
            few,
        ],
    }
}

fn waterfall() -> Waterfall {
    let fall = |label: &str, parts| Fall {
        label: label.into(),
        parts,
    };
    Waterfall {
        title: "What each offence adds to the difference".into(),
        of: "Offence".into(),
        made_of: ["in like cases".into(), "in the mix of cases".into()],
        unit: Unit::Points,
        n: 900,
        rows: vec![
            fall("Theft", [-3.1, -3.4]),
            fall("Robbery", [1.2, -4.0]),
            fall("Fraud", [0.4, 0.9]),
        ],
        sum: "All cases".into(),
    }
}
