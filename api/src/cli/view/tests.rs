use std::sync::Arc;

use domain::jurisdiction::{BUILT_IN, Pack};
use domain::values::Instant;
use infra::facts::FactTable;
use infra::views::{Severities, Stamp, View, ViewName, ViewRequest, compute};

use super::{render_csv, render_text};

fn empty(view: ViewName) -> View {
    let packs = [Arc::new(Pack::parse(BUILT_IN[1].1).unwrap())];
    let stamp = Stamp {
        index: None,
        instant: Instant::from_micros(0),
        past: false,
        behind: 0,
    };
    let request = ViewRequest::of(view);
    compute(
        &FactTable::new(),
        &request,
        &packs,
        stamp,
        &Severities::default(),
    )
    .unwrap()
}

#[test]
fn an_empty_register_says_so_and_shows_no_zeros() {
    for view in ViewName::ALL {
        let text = render_text(&empty(view));
        assert!(text.contains("before the first entry"), "{text}");
        assert!(
            text.contains("No decision is in the register yet"),
            "{text}"
        );
        assert!(!text.contains("of 100"), "{text}");
        assert!(!text.contains("NaN"), "{text}");
    }
}

#[test]
fn every_line_of_a_spreadsheet_has_the_columns_of_its_head() {
    for view in ViewName::ALL {
        let csv = render_csv(&empty(view));
        assert!(csv.starts_with("panel,group,sex,disposal,measure,value,"));
        for line in csv.lines().filter(|line| !line.contains('"')) {
            assert_eq!(line.matches(',').count(), 9, "{line}");
        }
        assert!(
            csv.contains("no_decisions") || csv.contains("empty_group"),
            "{csv}"
        );
    }
}
