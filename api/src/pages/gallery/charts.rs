//! Samples of pictures. The numbers are invented.

use crate::pages::chart::{
    Bar, Bars, Bin, Category, CivilDay, Datum, DotRow, Dots, HeatCell, HeatMap, HeatRow, Histogram,
    Lane, Level, Note, Part, Point, Reference, Series, ShareBar, ShareRow, Span, StepLine, Stretch,
    Timeline, Unit, Who,
};
use crate::pages::components::Figure;

pub(super) fn figures() -> Vec<Figure> {
    let mut figures = vec![
        Figure::of(
            "gap",
            "For the same kind of offence, 6 fewer women than men in 100 received custody.",
            &gap(),
        )
        .note(
            "These figures describe recorded decisions. They do not show why a difference exists.",
        )
        .note("Comparable cases: 8,112 women of 8,140 (99.7%).")
        .download("/figures/gender.csv", "Download this table (CSV)"),
        Figure::of(
            "ladder",
            "The difference is half as large once like is compared with like.",
            &ladder(),
        ),
        Figure::of(
            "heat",
            "In 100 comparisons of cases of different gravity, the graver got less in 25, the same in 36, more in 39.",
            &heat(),
        ),
        Figure::of(
            "shares",
            "Six in ten slight offences end in a fine; eight in ten of the gravest in custody.",
            &shares(),
        ),
        Figure::of(
            "lengths",
            "Half of comparable decisions lie between 4 and 11 months; this one is at 8.",
            &lengths(),
        ),
        Figure::of("bars", "Theft makes up a third of all decisions.", &bars()),
        Figure::of(
            "steps",
            "The custody rate has fallen since the law of 2023, for men more than for women.",
            &steps(),
        ),
        Figure::of(
            "measures",
            "Under a community order since January 2026, after 4 months in custody in 2024.",
            &measures(),
        ),
    ];
    figures.extend(super::pictures::figures());
    figures
}

fn gap() -> Dots {
    let both = |women: (f64, f64, f64, u64), men: (f64, f64, f64, u64)| {
        let point = |(value, low, high, n)| Point::at(value, Some((low, high)), n);
        vec![(Who::Women, point(women)), (Who::Men, point(men))]
    };
    let hidden = vec![
        (Who::Women, Point::FewerThan(10)),
        (Who::Men, Point::at(71.0, Some((62.1, 78.6)), 118)),
    ];
    let missing = vec![
        (
            Who::Women,
            Point::Undefined("no woman was sentenced for it".into()),
        ),
        (Who::Men, Point::at(22.0, None, 204)),
    ];
    Dots {
        title: "Custody by offence, women and men".into(),
        of: "Offence".into(),
        unit: Unit::Percent,
        dot: "share",
        span: "95% interval",
        rows: vec![
            DotRow::stratum(
                "Theft",
                both((12.1, 10.8, 13.5, 2_204), (18.4, 17.7, 19.1, 11_409)),
            ),
            DotRow::stratum(
                "Robbery",
                both((58.0, 49.8, 65.8, 143), (69.3, 67.2, 71.3, 1_922)),
            ),
            DotRow::stratum(
                "Unlawful preparation and acquisition of narcotic substances",
                both((31.2, 26.0, 36.9, 278), (38.8, 37.0, 40.6, 2_816)),
            ),
            DotRow::stratum("Assault of a person in custody", hidden),
            DotRow::stratum("Poaching", missing),
            DotRow::summary(
                "Crude",
                both((15.0, 14.2, 15.8, 8_140), (27.4, 27.0, 27.8, 51_003)),
            ),
            DotRow::summary(
                "Standardised",
                both((19.1, 17.9, 20.4, 8_112), (25.6, 25.2, 26.0, 50_870)),
            ),
        ],
        reference: None,
    }
}

fn ladder() -> Dots {
    let row = |label: &str, value: f64, low: f64, high: f64, n| {
        DotRow::stratum(
            label,
            vec![(Who::All, Point::at(value, Some((low, high)), n))],
        )
    };
    Dots {
        title: "Difference in custody, women less men, step by step".into(),
        of: "Adjusted for".into(),
        unit: Unit::Points,
        dot: "difference",
        span: "95% interval",
        rows: vec![
            row("Nothing (crude)", -12.4, -13.3, -11.5, 59_143),
            row("Offence", -7.9, -8.8, -7.0, 58_982),
            row("Offence and gravity", -6.5, -7.4, -5.6, 58_610),
            row("Offence, gravity and history", -5.8, -6.9, -4.7, 55_204),
        ],
        reference: Some(Reference {
            at: 0.0,
            label: "no difference".into(),
        }),
    }
}

fn heat() -> HeatMap {
    // Here a number below zero stands for a cell that is too small to be shown.
    let cell = |n: i64| u64::try_from(n).map_or(HeatCell::FewerThan(10), HeatCell::Count);
    let row = |label: &str, cells: [i64; 7], median| HeatRow {
        label: label.into(),
        cells: cells.map(cell).to_vec(),
        median: Some(median),
    };
    HeatMap {
        title: "Gravity and severity".into(),
        of: "Gravity".into(),
        across: "Severity in months".into(),
        bands: ["none", "under 1", "1–3", "3–6", "6–12", "12–36", "over 36"]
            .map(str::to_owned)
            .to_vec(),
        rows: vec![
            row("5, gravest", [12, 30, 61, 188, 402, 1_104, 905], 5),
            row("4, grave", [80, 144, 702, 1_302, 1_604, 890, -1], 3),
            row("3, middling", [402, 2_905, 2_204, 1_107, 310, 44, 0], 1),
            row("2, slight", [2_104, 6_022, 904, 205, -1, 0, 0], 1),
            row("1, slightest", [9_044, 3_102, 88, -1, 0, 0, 0], 0),
        ],
    }
}

fn shares() -> ShareBar {
    let row = |label: &str, parts: [u64; 5]| ShareRow::new(label, parts.map(Part::Count).to_vec());
    let mut rows = vec![
        row("5, gravest", [2_180, 290, 104, 96, 32]),
        row("4, grave", [1_902, 1_204, 1_010, 502, 104]),
        row("3, middling", [702, 1_204, 2_010, 2_604, 452]),
        row("1 and 2, slight", [204, 402, 3_010, 12_604, 5_249]),
    ];
    rows.push(ShareRow::new(
        "Gravity not recorded",
        vec![
            Part::Count(40),
            Part::FewerThan(10),
            Part::Count(61),
            Part::Count(80),
            Part::FewerThan(10),
        ],
    ));
    rows.push(row("Gravity not asked", [1, 0, 2, 3, 0]).cases(Some("/figures/cases".into())));
    let categories = [
        ("Custody", "Custody"),
        ("Suspended custody", "Susp."),
        ("Community order", "Comm."),
        ("Fine", "Fine"),
        ("Discharge", "Disch."),
    ];
    ShareBar {
        title: "Disposals by gravity".into(),
        of: "Gravity".into(),
        categories: categories
            .map(|(label, short)| Category::new(label, short))
            .to_vec(),
        rows,
    }
}

fn lengths() -> Histogram {
    let counts: [u64; 12] = [4, 18, 42, 88, 104, 96, 71, 60, 38, 21, 12, 6];
    let mut bins: Vec<Bin> = (0_u32..)
        .zip(counts)
        .map(|(n, count)| Bin::new(f64::from(n) * 2.0, f64::from(n) * 2.0 + 2.0, count))
        .collect();
    bins.push(Bin::new(24.0, 26.0, Datum::FewerThan(5)));
    Histogram {
        title: "Custody for theft, gravity 3".into(),
        unit: Unit::Months,
        counted: Unit::Decisions,
        bins,
        range: Some(Span {
            from: 3.0,
            to: 12.0,
            label: "Guideline range".into(),
        }),
        note: Some(Note {
            at: 8.0,
            label: "Proposed: 8 months".into(),
        }),
    }
}

fn bars() -> Bars {
    Bars {
        title: "Decisions by offence".into(),
        of: "Offence".into(),
        unit: Unit::Decisions,
        bars: vec![
            Bar::new("Theft", 22_310_u64).marked(),
            Bar::new("Driving while unfit", 14_022_u64),
            Bar::new("Assault", 9_871_u64),
            Bar::new(
                "Unlawful preparation and acquisition of narcotic substances",
                3_094_u64,
            ),
            Bar::new("Piracy", Datum::FewerThan(10)),
            Bar::new(
                "Poaching",
                Datum::Undefined("the catalogue of 2020 has no such offence".into()),
            ),
        ],
    }
}

fn steps() -> StepLine {
    let series = |who, values: [f64; 7]| Series {
        who,
        values: values.map(Datum::Value).to_vec(),
    };
    let mut women = series(Who::Women, [16.2, 15.9, 16.8, 15.1, 14.0, 13.6, 13.1]);
    if let Some(first) = women.values.first_mut() {
        *first = Datum::FewerThan(10);
    }
    StepLine {
        title: "Custody rate by year".into(),
        unit: Unit::Percent,
        periods: (2020..=2026).map(|year: u32| year.to_string()).collect(),
        series: vec![
            women,
            series(Who::Men, [31.0, 30.2, 30.9, 27.7, 26.4, 25.2, 24.9]),
        ],
        levels: vec![Level {
            letter: "A".into(),
            title: "All decisions of 2019".into(),
            values: vec![Some(29.0); 7],
        }],
        changes: vec![(3, "Sentencing Act 2023 in force".into())],
    }
}

fn measures() -> Timeline {
    let day = CivilDay::new;
    let stretch = |label: &str, from, to| Stretch {
        label: label.into(),
        from,
        to,
    };
    Timeline {
        title: "Measures in force".into(),
        lanes: vec![
            Lane {
                label: "Remand".into(),
                stretches: vec![stretch("31 days", day(2024, 3, 2), Some(day(2024, 4, 2)))],
            },
            Lane {
                label: "Custody".into(),
                stretches: vec![stretch(
                    "Northmoor prison",
                    day(2024, 4, 2),
                    Some(day(2024, 8, 1)),
                )],
            },
            Lane {
                label: "Supervision".into(),
                stretches: vec![stretch("licence", day(2024, 8, 1), Some(day(2025, 6, 30)))],
            },
            Lane {
                label: "Community order".into(),
                stretches: vec![stretch("80 hours", day(2026, 1, 12), None)],
            },
        ],
        until: day(2026, 3, 3),
    }
}
