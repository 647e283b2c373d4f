//! Severity in the bands that people think in: weeks, months and years of custody.

use domain::jurisdiction::SeverityScale;
use domain::statistics::exact::Exact;
use schemars::JsonSchema;
use serde::Serialize;

/// A band of severity: above the band before it, up to its own end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Band {
    /// In words.
    pub title: String,
    /// Its end, in the unit of the scale; null where the band has none.
    pub up_to: Option<u32>,
}

// Ends lie a little above a month of 30 or of 487/16 days, a year of 365 or of 1461/4, so that a term falls into
// the band that bears its name.
const DAYS: [(u32, &str); 7] = [
    (0, "none"),
    (7, "to 1 week"),
    (31, "to 1 month"),
    (92, "to 3 months"),
    (183, "to 6 months"),
    (366, "to 1 year"),
    (1_096, "to 3 years"),
];
const MONTHS: [(u32, &str); 6] = [
    (0, "none"),
    (1, "to 1 month"),
    (3, "to 3 months"),
    (6, "to 6 months"),
    (12, "to 1 year"),
    (36, "to 3 years"),
];

/// The bands of a scale, the last for life and death; none where its unit is no time.
pub(super) fn bands(scale: &SeverityScale) -> Vec<Band> {
    let ends: &[(u32, &str)] = match scale.scale.unit.as_str() {
        "custody-day" => &DAYS,
        "custody-month" => &MONTHS,
        _ => return Vec::new(),
    };
    let band = |title: &str, up_to| Band {
        title: title.to_owned(),
        up_to,
    };
    let mut bands: Vec<Band> = ends
        .iter()
        .map(|(end, title)| band(title, Some(*end)))
        .collect();
    bands.extend([band("over 3 years", None), band("life or death", None)]);
    bands
}

impl Band {
    /// Whether a severity that no earlier band holds lies in this one.
    pub(super) fn reaches(&self, severity: &Exact) -> bool {
        let end = |up_to: u32| Exact::from(i128::from(up_to));
        self.up_to.is_none_or(|up_to| *severity <= end(up_to))
    }
}
