use std::collections::BTreeSet;

use super::*;
use crate::pages::chart::{
    Bar, Bars, Category, Chart, CivilDay, Dots, Funnel, HeatMap, Histogram, Multiples, Part, Room,
    ShareBar, ShareRow, Stairs, StepLine, Strips, Timeline, Unit, Waterfall,
};

fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.split(start.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

fn pages() -> Vec<String> {
    vec![
        gallery(false).unwrap(),
        gallery(true).unwrap(),
        sample_page(false).unwrap(),
        sample_page(true).unwrap(),
    ]
}

#[test]
fn every_id_is_unique_and_every_reference_to_one_is_kept() {
    for page in pages() {
        let ids = attributes(&page, "id");
        let known: BTreeSet<_> = ids.iter().copied().collect();
        assert_eq!(ids.len(), known.len(), "an id is given twice");
        for name in ["for", "aria-labelledby", "aria-describedby"] {
            for id in attributes(&page, name)
                .iter()
                .flat_map(|ids| ids.split(' '))
            {
                assert!(
                    known.contains(id),
                    "{name} names {id}, which is not on the page"
                );
            }
        }
        for href in attributes(&page, "href")
            .iter()
            .filter_map(|href| href.strip_prefix('#'))
        {
            assert!(
                known.contains(href),
                "a link leads to {href}, which is not on the page"
            );
        }
    }
}

#[test]
fn every_picture_has_a_title_and_a_description_and_every_figure_its_table() {
    let page = gallery(false).unwrap();
    let figures: Vec<&str> = page
        .split("<figure")
        .skip(1)
        .map(|rest| rest.split("</figure>").next().unwrap())
        .collect();
    assert_eq!(figures.len(), charts::figures().len());
    for figure in figures {
        assert_eq!(
            figure.matches("role=\"img\"").count(),
            2,
            "one picture for wide and one for narrow pages"
        );
        assert_eq!(figure.matches("<title id=").count(), 2);
        assert_eq!(figure.matches("<desc id=").count(), 2);
        assert_eq!(figure.matches("<table").count(), 1);
        assert!(
            figure.contains("<figcaption"),
            "a figure begins with its finding"
        );
        assert!(
            !figure.contains("NaN") && !figure.contains("inf\""),
            "a mark has no place"
        );
    }
}

#[test]
fn no_page_has_style_or_script_of_its_own() {
    for page in pages() {
        for banned in [
            " style=",
            "<style",
            "<script",
            "javascript:",
            " onclick",
            "data:",
        ] {
            assert!(!page.contains(banned), "{banned}");
        }
    }
}

#[test]
fn a_past_page_says_so_and_offers_no_way_to_change_anything() {
    let past = sample_page(true).unwrap();
    assert!(
        past.contains("Past view") && past.contains("<title>14 January 2026, 09:00: "),
        "{past}"
    );
    assert!(past.contains("Return to now to change something"));
    assert!(!past.contains("method=\"post\""));
    let present = sample_page(false).unwrap();
    assert!(present.contains("method=\"post\"") && !present.contains("Past view"));
}

#[test]
fn every_class_of_a_page_is_known_to_the_stylesheet() {
    let is_known = |name: &str| {
        let selector = format!(".{name}");
        let rules = crate::pages::STYLESHEET.split(&selector).skip(1);
        let mut ends =
            rules.map(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'));
        ends.any(|goes_on| !goes_on)
    };
    for page in pages() {
        for class in attributes(&page, "class")
            .iter()
            .flat_map(|names| names.split(' '))
        {
            assert!(is_known(class), "{class} has no rule");
        }
    }
}

#[test]
fn the_stylesheet_is_small_and_knows_no_left_or_right() {
    let sheet = crate::pages::STYLESHEET;
    assert!(sheet.len() <= 25_000, "{} bytes", sheet.len());
    for side in [
        "-left",
        "-right",
        "left:",
        "right:",
        ": left",
        ": right",
        "!important",
        "url(",
        "@import",
    ] {
        assert!(!sheet.contains(side), "{side}");
    }
}

fn empty_pictures() -> Vec<Box<dyn Chart>> {
    let title = || "Nothing".to_owned();
    let unit = || Unit::Percent;
    vec![
        Box::new(Multiples {
            title: title(),
            of: title(),
            unit: Unit::Persons,
            periods: vec![],
            changes: vec![],
            panels: vec![],
        }),
        Box::new(Stairs {
            title: title(),
            of: title(),
            unit: unit(),
            rows: vec![],
        }),
        Box::new(Waterfall {
            title: title(),
            of: title(),
            made_of: [title(), title()],
            unit: unit(),
            n: 0,
            rows: vec![],
            sum: title(),
        }),
        Box::new(Funnel {
            title: title(),
            of: title(),
            units: vec![],
        }),
        Box::new(Strips {
            title: title(),
            of: title(),
            unit: unit(),
            rows: vec![],
        }),
    ]
}

fn empty_charts() -> Vec<Box<dyn Chart>> {
    let title = || "Nothing".to_owned();
    let unit = || Unit::Percent;
    vec![
        Box::new(Bars {
            title: title(),
            of: title(),
            unit: unit(),
            bars: vec![],
        }),
        Box::new(Dots {
            title: title(),
            of: title(),
            unit: unit(),
            dot: "share",
            span: "95% interval",
            rows: vec![],
            reference: None,
        }),
        Box::new(HeatMap {
            title: title(),
            of: title(),
            across: title(),
            bands: vec![],
            rows: vec![],
        }),
        Box::new(Histogram {
            title: title(),
            unit: unit(),
            counted: unit(),
            bins: vec![],
            range: None,
            note: None,
        }),
        Box::new(ShareBar {
            title: title(),
            of: title(),
            categories: vec![],
            rows: vec![],
        }),
        Box::new(StepLine {
            title: title(),
            unit: unit(),
            periods: vec![],
            series: vec![],
            levels: Vec::new(),
            changes: vec![],
        }),
        Box::new(Timeline {
            title: title(),
            lanes: vec![],
            until: CivilDay::new(2026, 3, 3),
        }),
    ]
}

#[test]
fn a_chart_of_nothing_is_still_a_chart() {
    for chart in empty_charts().into_iter().chain(empty_pictures()) {
        for room in [Room::Wide, Room::Narrow] {
            let height = chart.draw(room).height.0;
            assert!(height.is_finite() && height > 0.0, "{}", chart.describe());
        }
        assert!(chart.table().rows.is_empty());
    }
}

#[test]
fn a_withheld_count_is_hatched_and_its_number_is_nowhere() {
    let row = ShareRow::new("Row", vec![Part::Count(40), Part::FewerThan(10)]);
    let categories = vec![
        Category::new("Custody", "Cust."),
        Category::new("Fine", "Fine"),
    ];
    let chart = ShareBar {
        title: "Shares".into(),
        of: "Row".into(),
        categories,
        rows: vec![row],
    };
    let html = Figure::of("x", "Shares.", &chart).render().unwrap();
    assert!(
        html.contains("class=\"hatch\"") && html.contains("too few to be shown"),
        "{html}"
    );
    assert!(
        html.contains("fewer than 10") && html.contains("n = 40 shown"),
        "{html}"
    );
}

#[test]
fn the_gap_plot_says_both_values_with_their_interval_and_number() {
    let figures = charts::figures();
    let html = figures.first().unwrap().render().unwrap();
    for part in [
        "Theft: women 12.1%, 95% interval 10.8% to 13.5%, n = 2,204, men 18.4%",
        "Standardised",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    for sign in [
        "class=\"women\"",
        "class=\"men\"",
        "class=\"men-line\"",
        "class=\"gap\"",
    ] {
        assert!(html.contains(sign), "{sign}");
    }
}

#[test]
fn what_a_chart_or_a_page_is_given_is_text_and_never_markup() {
    let evil = "<script>\"&'";
    let bars = vec![Bar::new(evil, 3_u64).note(evil)];
    let chart = Bars {
        title: evil.into(),
        of: evil.into(),
        unit: Unit::Decisions,
        bars,
    };
    let figure = Figure::of("x", evil, &chart).note(evil).render().unwrap();
    let frame = frame(evil, true).kicker(evil).lede(evil).refused(true);
    let page = page::sample_with(frame).unwrap();
    for html in [figure, page] {
        assert!(
            !html.contains("<script") && !html.contains("=\"<") && html.contains("&#60;script"),
            "{html}"
        );
    }
}
