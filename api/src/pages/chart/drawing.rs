//! What a drawing is made of. Looks are classes of the stylesheet, because the content policy
//! refuses inline style.

use std::fmt;

use askama::FastWritable;
use askama::filters::HtmlSafe;

use super::unit::Who;
use crate::pages::numbers::real;

/// A coordinate, written with at most one decimal place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Px(pub f64);

impl fmt::Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A stray infinity must not break the document; it lands at the origin.
        let finite = if self.0.is_finite() { self.0 } else { 0.0 };
        let tenths = (finite * 10.0).round() / 10.0 + 0.0;
        write!(f, "{tenths}")
    }
}

impl FastWritable for Px {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(write!(dest, "{self}")?)
    }
}

// Digits, a point and a minus are all it ever writes.
impl HtmlSafe for Px {}

/// Which end of a text stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    pub fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// One mark on the paper. `class` names one or more classes of the stylesheet.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    Rect {
        x: Px,
        y: Px,
        width: Px,
        height: Px,
        class: &'static str,
    },
    Line {
        x1: Px,
        y1: Px,
        x2: Px,
        y2: Px,
        class: &'static str,
    },
    Circle {
        x: Px,
        y: Px,
        radius: Px,
        class: &'static str,
    },
    Path {
        d: String,
        class: &'static str,
    },
    Text {
        x: Px,
        y: Px,
        anchor: Anchor,
        class: &'static str,
        text: String,
    },
}

/// Marks on a sheet of a given size; drawn by `components/figure.html`.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    pub width: Px,
    pub height: Px,
    pub marks: Vec<Mark>,
}

impl Drawing {
    pub(crate) fn new(width: f64) -> Self {
        Self {
            width: Px(width),
            height: Px(0.0),
            marks: Vec::new(),
        }
    }

    pub(crate) fn ending_at(mut self, height: f64) -> Self {
        self.height = Px(height);
        self
    }

    pub(crate) fn rect(&mut self, at: (f64, f64), size: (f64, f64), class: &'static str) {
        let (width, height) = (Px(size.0.max(0.0)), Px(size.1.max(0.0)));
        self.marks.push(Mark::Rect {
            x: Px(at.0),
            y: Px(at.1),
            width,
            height,
            class,
        });
    }

    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), class: &'static str) {
        let (x1, y1, x2, y2) = (Px(from.0), Px(from.1), Px(to.0), Px(to.1));
        self.marks.push(Mark::Line {
            x1,
            y1,
            x2,
            y2,
            class,
        });
    }

    /// An upright line that runs through some stretches only.
    pub(crate) fn upright(&mut self, x: f64, stretches: &[(f64, f64)], class: &'static str) {
        let stretch =
            |(top, bottom): &(f64, f64)| format!("M{} {}V{}", Px(x), Px(*top), Px(*bottom));
        self.path(stretches.iter().map(stretch).collect(), class);
    }

    pub(crate) fn circle(&mut self, at: (f64, f64), radius: f64, class: &'static str) {
        self.marks.push(Mark::Circle {
            x: Px(at.0),
            y: Px(at.1),
            radius: Px(radius),
            class,
        });
    }

    pub(crate) fn path(&mut self, d: String, class: &'static str) {
        self.marks.push(Mark::Path { d, class });
    }

    pub(crate) fn text(
        &mut self,
        at: (f64, f64),
        anchor: Anchor,
        class: &'static str,
        text: impl Into<String>,
    ) {
        self.marks.push(Mark::Text {
            x: Px(at.0),
            y: Px(at.1),
            anchor,
            class,
            text: text.into(),
        });
    }

    /// A text centred on a place, but never over the edge of the paper.
    pub(crate) fn centred(&mut self, (x, y): (f64, f64), class: &'static str, text: &str) {
        let half = text_width(text) / 2.0;
        let (place, anchor) = match () {
            () if x - half < 0.0 => (0.0, Anchor::Start),
            () if x + half > self.width.0 => (self.width.0, Anchor::End),
            () => (x, Anchor::Middle),
        };
        self.text((place, y), anchor, class, text);
    }

    /// Strokes across a box whose value may not be shown. Drawn as lines, because a fill
    /// pattern would need an id of its own in every picture.
    pub(crate) fn hatch(&mut self, at: (f64, f64), size: (f64, f64)) {
        let ((left, top), (width, height)) = (at, size);
        let mut d = String::new();
        let mut reach = 6.0;
        while reach < width + height && width > 0.0 && height > 0.0 {
            let from = (
                left + (reach - height).max(0.0),
                top + f64::min(reach, height),
            );
            let to = (
                left + f64::min(reach, width),
                top + (reach - width).max(0.0),
            );
            let ends = [from.0, from.1, to.0, to.1].map(Px);
            let [x1, y1, x2, y2] = ends.map(|place| place.to_string());
            d.extend(["M", &x1, " ", &y1, "L", &x2, " ", &y2]);
            reach += 6.0;
        }
        self.rect(at, size, "hidden-box");
        self.path(d, "hatch");
    }

    /// The sign of a group: circle for women, square for men, diamond for all.
    pub(crate) fn sign(&mut self, who: Who, at: (f64, f64)) {
        let (x, y) = at;
        match who {
            Who::Women => self.circle(at, 6.0, "women"),
            Who::Men => self.rect((x - 5.5, y - 5.5), (11.0, 11.0), "men"),
            Who::All => self.path(
                format!(
                    "M{} {}L{} {}L{} {}L{} {}Z",
                    Px(x),
                    Px(y - 7.5),
                    Px(x + 7.5),
                    Px(y),
                    Px(x),
                    Px(y + 7.5),
                    Px(x - 7.5),
                    Px(y)
                ),
                "all",
            ),
        }
    }

    /// What hatching means.
    pub(crate) fn hidden_key(&mut self, (x, y): (f64, f64)) {
        self.hatch((x, y - 8.0), (22.0, 16.0));
        self.text(
            (x + 32.0, y + 5.0),
            Anchor::Start,
            "t soft",
            "too few to be shown",
        );
    }

    /// The signs in use and their words, in one line from `at`; gives where the line ends.
    pub(crate) fn key(&mut self, groups: &[Who], at: (f64, f64)) -> f64 {
        let (mut x, y) = at;
        for who in groups {
            self.line((x, y), (x + 28.0, y), who.line());
            self.sign(*who, (x + 14.0, y));
            self.text((x + 36.0, y + 5.0), Anchor::Start, "t", who.word());
            x += 36.0 + text_width(who.word()) + 22.0;
        }
        x
    }
}

/// About how wide a text comes out at the size of chart labels. Fonts differ; this errs wide.
pub(crate) fn text_width(text: &str) -> f64 {
    real(text.chars().count()) * 8.0
}

/// Breaks a label into at most two lines of about `width`; what is still too long is cut with
/// an ellipsis, and stands whole in the table.
pub(crate) fn wrap(label: &str, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in label.split_whitespace() {
        let longer = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if text_width(&longer) <= width || line.is_empty() {
            line = longer;
        } else {
            lines.push(std::mem::replace(&mut line, word.to_owned()));
        }
    }
    lines.push(line);
    let is_cut = lines.len() > 2;
    lines.truncate(2);
    if let Some(last) = lines.last_mut()
        && (is_cut || text_width(last) > width + 8.0)
    {
        while text_width(last) > (width - 8.0).max(16.0) {
            last.pop();
        }
        last.push('\u{2026}');
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coordinate_has_at_most_one_decimal_and_is_always_a_number() {
        let shown = [1.25, 3.0, -0.01, f64::NAN, f64::INFINITY].map(|v| Px(v).to_string());
        assert_eq!(shown, ["1.3", "3", "0", "0", "0"].map(str::to_owned));
    }

    #[test]
    fn hatching_stays_inside_its_box() {
        let mut sheet = Drawing::new(100.0);
        sheet.hatch((10.0, 20.0), (30.0, 12.0));
        let Some(Mark::Path { d, .. }) = sheet.marks.last() else {
            panic!("no strokes")
        };
        let numbers: Vec<f64> = d
            .split(['M', 'L', ' '])
            .filter(|s| !s.is_empty())
            .map(|s| s.parse().unwrap())
            .collect();
        assert!(numbers.len() >= 8);
        assert!(
            numbers
                .chunks(2)
                .all(|p| (10.0..=40.0).contains(&p[0]) && (20.0..=32.0).contains(&p[1])),
            "{d}"
        );
    }

    #[test]
    fn a_long_label_takes_two_lines_and_then_an_ellipsis() {
        assert_eq!(wrap("Theft", 100.0), ["Theft"]);
        assert_eq!(wrap("Theft by finding", 90.0), ["Theft by", "finding"]);
        let cut = wrap(
            "Unlawful preparation and acquisition of narcotic substances",
            120.0,
        );
        assert_eq!(cut.len(), 2);
        assert!(cut[1].ends_with('\u{2026}'), "{cut:?}");
    }
}
