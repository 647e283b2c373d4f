//! The same act as something that already happened: the decision stands, so what it states is recorded.

use domain::jurisdiction::Pack;
use domain::order::OrderCommand;
use domain::supervision::SupervisionCommand;
use domain::values::{CivilDate, Occurred};

/// An order that could not be made live.
pub(crate) fn as_existing_order(command: &OrderCommand) -> Option<OrderCommand> {
    let OrderCommand::Make(make) = command else {
        return None;
    };
    let mut make = make.clone();
    make.made = Occurred::On(make.starts);
    Some(OrderCommand::Make(make))
}

/// A supervision that could not be started or ended live.
pub(crate) fn as_existing_supervision(
    command: &SupervisionCommand,
    law: &Pack,
) -> Option<SupervisionCommand> {
    match command {
        SupervisionCommand::Start(start) => {
            let mut start = start.clone();
            start.done = Occurred::On(start.starts);
            Some(SupervisionCommand::Start(start))
        }
        SupervisionCommand::End(end) => {
            let Occurred::At(instant) = end.done else {
                return None;
            };
            let mut end = end.clone();
            end.done = Occurred::On(CivilDate::Day(law.day(instant)));
            Some(SupervisionCommand::End(end))
        }
        SupervisionCommand::MoveEnd(movement) => {
            let Occurred::At(instant) = movement.done else {
                return None;
            };
            let mut movement = *movement;
            movement.done = Occurred::On(CivilDate::Day(law.day(instant)));
            Some(SupervisionCommand::MoveEnd(movement))
        }
        _ => None,
    }
}
