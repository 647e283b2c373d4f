//! What pictures share that show one thing a row: the label of a row, and an axis that grows tenfold from mark to mark.

use super::Room;
use super::drawing::{Anchor, Drawing, wrap};
use super::unit::Unit;

/// The label of a row whose marks lie between two heights; on a narrow page it stands above them.
pub(super) fn label(
    sheet: &mut Drawing,
    room: Room,
    text: &str,
    (top, bottom): (f64, f64),
    class: &'static str,
) {
    if room == Room::Narrow {
        let line = wrap(text, room.width() + 16.0).swap_remove(0);
        sheet.text((0.0, top - 6.0), Anchor::Start, class, line);
        return;
    }
    let lines = wrap(text, room.gutter() - 14.0);
    let first = f64::midpoint(top, bottom) + if lines.len() > 1 { -4.0 } else { 5.0 };
    for (line, y) in lines.iter().zip([first, first + 18.0]) {
        sheet.text((room.gutter() - 14.0, y), Anchor::End, class, line);
    }
}

/// The room above a row for its label.
pub(super) fn above(room: Room) -> f64 {
    match room {
        Room::Wide => 0.0,
        Room::Narrow => 22.0,
    }
}

/// A scale from zero on which every tenfold takes the same room: a fine and ten years are both to be seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tenfold {
    top: f64,
    range: (f64, f64),
}

impl Tenfold {
    pub(super) fn to(top: f64, range: (f64, f64)) -> Self {
        let mut end = 1.0;
        while end < top && end < 1e9 {
            end *= 10.0;
        }
        Self { top: end, range }
    }

    pub(super) fn at(&self, value: f64) -> f64 {
        let share = value.clamp(0.0, self.top).ln_1p() / self.top.ln_1p();
        self.range.0 + share * (self.range.1 - self.range.0)
    }

    /// Zero, one, ten and so on, upright through the stretches, with the words of the unit below.
    pub(super) fn axis(
        &self,
        sheet: &mut Drawing,
        unit: &Unit,
        stretches: &[(f64, f64)],
        bottom: f64,
    ) {
        let mut tick = 0.0;
        while tick <= self.top {
            let x = self.at(tick);
            let class = if tick == 0.0 { "zero" } else { "grid" };
            sheet.upright(x, stretches, class);
            sheet.centred((x, bottom + 20.0), "t soft", &unit.tick(tick));
            tick = if tick == 0.0 { 1.0 } else { tick * 10.0 };
        }
        let middle = f64::midpoint(self.range.0, self.range.1);
        sheet.centred((middle, bottom + 42.0), "t soft", &unit.words());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tenfold_takes_about_the_same_room_and_zero_has_its_place() {
        let scale = Tenfold::to(700.0, (0.0, 300.0));
        assert!(scale.at(0.0).abs() < 1e-9 && (scale.at(1_000.0) - 300.0).abs() < 1e-9);
        let steps = [(10.0, 100.0), (100.0, 1_000.0)].map(|(a, b)| scale.at(b) - scale.at(a));
        assert!((steps[0] - steps[1]).abs() < 4.0, "{steps:?}");
        assert!(
            (scale.at(5_000.0) - 300.0).abs() < 1e-9,
            "it stops at its edge"
        );
    }
}
