//! What can be done on a supervision now, each step with the fact it depends on; what cannot, with the reason.

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
        .map(|act| {
            let offer = offer(act, started, law);
            Task {
                href: offer
                    .is_ok()
                    .then(|| format!("/supervisions/{id}/{}", act.word())),
                name: act.title().to_owned(),
                hint: None,
                state: Tag::new(offer.unwrap_or_else(|reason| reason), Tone::Plain),
            }
        });
    TaskList {
        tasks: tasks.collect(),
    }
}

/// What speaks about a step: the fact it depends on, or why it cannot be taken.
#[expect(clippy::too_many_lines, reason = "one arm for each step")]
fn offer(act: SupervisionAct, started: &Started, law: &Pack) -> Result<String, String> {
    let standing = || format!("the supervision is {}", started.standing.title());
    let in_force = started.standing == SupervisionStanding::InForce;
    let ended = matches!(started.standing, SupervisionStanding::Ended { .. });
    let programmes = |step: fn(&ProgrammeStep) -> bool| match started
        .programmes
        .values()
        .filter(|p| step(&p.step))
        .count()
    {
        0 => Err("no such programme".to_owned()),
        1 => Ok("1 programme".to_owned()),
        several => Ok(format!("{several} programmes")),
    };
    match act {
        SupervisionAct::Review
        | SupervisionAct::Level
        | SupervisionAct::Refer
        | SupervisionAct::StartProgramme
        | SupervisionAct::Plan
        | SupervisionAct::Recall
        | SupervisionAct::DecideRecall
            if !in_force =>
        {
            Err(standing())
        }
        SupervisionAct::Assign | SupervisionAct::Transfer | SupervisionAct::End if ended => {
            Err(standing())
        }
        SupervisionAct::Contact => Ok(started.last_contact().map_or_else(
            || "none took place yet".to_owned(),
            |(_, contact)| format!("last on {}", day_in_words(contact.on)),
        )),
        SupervisionAct::Review => Ok(started.next_review.map_or_else(
            || "none is set".to_owned(),
            |due| format!("due on {}", day_in_words(CivilDate::Day(due))),
        )),
        SupervisionAct::Assign => Ok(started
            .officer
            .as_ref()
            .map_or_else(|| "nobody yet".to_owned(), |o| o.subject.to_string())),
        SupervisionAct::Assess => Ok(started.latest_assessment().map_or_else(
            || "none yet".to_owned(),
            |(_, assessment)| format!("last on {}", day_in_words(assessment.on)),
        )),
        SupervisionAct::Plan => Ok(if started.plan.is_some() {
            "a plan is agreed".to_owned()
        } else {
            "none yet".to_owned()
        }),
        SupervisionAct::Level => Ok(level(started, law)),
        SupervisionAct::StartProgramme => programmes(|step| *step == ProgrammeStep::Referred),
        SupervisionAct::CompleteProgramme => {
            programmes(|step| matches!(step, ProgrammeStep::Started(_)))
        }
        SupervisionAct::EndProgramme => {
            programmes(|step| matches!(step, ProgrammeStep::Referred | ProgrammeStep::Started(_)))
        }
        SupervisionAct::Recall => match started.open_recall() {
            Some(_) => Err("a request waits".to_owned()),
            None => Ok("no request waits".to_owned()),
        },
        SupervisionAct::DecideRecall => match started.open_recall() {
            Some((no, _)) => Ok(format!("request {no} waits")),
            None => Err("no request waits".to_owned()),
        },
        SupervisionAct::Violation => Ok(match started.violations.len() {
            0 => "none recorded".to_owned(),
            several => format!("{several} recorded"),
        }),
        SupervisionAct::Refer | SupervisionAct::Transfer | SupervisionAct::End => {
            Ok(started.standing.title().to_owned())
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
