//! What can be done on a supervision now, each step with the fact it depends on.

use domain::jurisdiction::{Pack, title};
use domain::supervision::{ProgrammeStep, Started, SupervisionStanding};
use domain::values::CivilDate;
use infra::access::allow;

use super::act::SupervisionAct;
use crate::pages::casework::Act;
use crate::pages::components::{Tag, Task, TaskList, Tone};
use crate::pages::page::{Visitor, day_in_words};

/// The steps that the visitor may take; none in the past.
pub(super) fn tasks(visitor: &Visitor, id: &str, started: &Started, law: &Pack) -> TaskList {
    if visitor.moment.past {
        return TaskList::default();
    }
    let tasks = SupervisionAct::all()
        .filter(|act| allow(&visitor.call, act.action()).is_ok())
        .filter_map(|act| {
            let offer = offer(act, started, law)?;
            Some(Task {
                href: Some(format!("/supervisions/{id}/{}", act.word())),
                name: act.title().to_owned(),
                hint: None,
                state: Some(Tag::new(offer, Tone::Plain)),
            })
        });
    TaskList {
        tasks: tasks.collect(),
    }
}

/// The fact that a step depends on; nothing where it cannot be taken.
#[expect(clippy::too_many_lines, reason = "one arm for each step")]
fn offer(act: SupervisionAct, started: &Started, law: &Pack) -> Option<String> {
    let in_force = started.standing == SupervisionStanding::InForce;
    let ended = matches!(started.standing, SupervisionStanding::Ended { .. });
    let programmes = |step: fn(&ProgrammeStep) -> bool| match started
        .programmes
        .values()
        .filter(|p| step(&p.step))
        .count()
    {
        0 => None,
        1 => Some("1 programme".to_owned()),
        several => Some(format!("{several} programmes")),
    };
    match act {
        SupervisionAct::Review
        | SupervisionAct::Level
        | SupervisionAct::Refer
        | SupervisionAct::StartProgramme
        | SupervisionAct::Plan
            if !in_force =>
        {
            None
        }
        // A recall of what has ended is no step, but a fact where it happened.
        SupervisionAct::Recall | SupervisionAct::DecideRecall if !in_force && !ended => None,
        SupervisionAct::Recall if ended => {
            let waits = started.open_recall().is_some();
            (!waits).then(|| "ended: only one that was requested already".to_owned())
        }
        SupervisionAct::Assign | SupervisionAct::Transfer | SupervisionAct::End if ended => None,
        SupervisionAct::Contact => Some(started.last_contact().map_or_else(
            || "none took place yet".to_owned(),
            |(_, contact)| format!("last on {}", day_in_words(contact.on)),
        )),
        SupervisionAct::Review => Some(started.next_review.map_or_else(
            || "none is set".to_owned(),
            |due| format!("due on {}", day_in_words(CivilDate::Day(due))),
        )),
        SupervisionAct::Assign => Some(
            started
                .officer
                .as_ref()
                .map_or_else(|| "nobody yet".to_owned(), |o| o.subject.to_string()),
        ),
        SupervisionAct::Assess => Some(started.latest_assessment().map_or_else(
            || "none yet".to_owned(),
            |(_, assessment)| format!("last on {}", day_in_words(assessment.on)),
        )),
        SupervisionAct::Plan => Some(if started.plan.is_some() {
            "a plan is agreed".to_owned()
        } else {
            "none yet".to_owned()
        }),
        SupervisionAct::Level => Some(level(started, law)),
        SupervisionAct::StartProgramme => programmes(|step| *step == ProgrammeStep::Referred),
        SupervisionAct::CompleteProgramme => {
            programmes(|step| matches!(step, ProgrammeStep::Started(_)))
        }
        SupervisionAct::EndProgramme => {
            programmes(|step| matches!(step, ProgrammeStep::Referred | ProgrammeStep::Started(_)))
        }
        SupervisionAct::Recall => {
            let waits = started.open_recall().is_some();
            (!waits).then(|| "no request waits".to_owned())
        }
        SupervisionAct::DecideRecall => {
            let (no, _) = started.open_recall()?;
            Some(format!("request {no} waits"))
        }
        SupervisionAct::Violation => Some(match started.violations.len() {
            0 => "none recorded".to_owned(),
            several => format!("{several} recorded"),
        }),
        SupervisionAct::Refer | SupervisionAct::Transfer | SupervisionAct::End => {
            Some(started.standing.title().to_owned())
        }
    }
}

/// The words for the level.
pub(super) fn level(started: &Started, law: &Pack) -> String {
    let level = started.level.as_ref();
    level.map_or_else(
        || "not set".to_owned(),
        |level| title(&law.supervision.levels, level.as_str()).to_owned(),
    )
}
