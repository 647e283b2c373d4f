//! Anything that can be said of a supervision: commands and events of every variant.

mod events;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

pub(in crate::supervision::tests) use events::events;

use super::{assessment, note, office, start, subject};
use crate::personal::PersonalText;
use crate::supervision::{
    AgreePlan, AssignOfficer, ChangeLevel, Completeness, ContactKind, ContactOutcome,
    CorrectContact, DecideRecall, EndProgramme, EndSupervision, HoldReview, MoveEnd, MoveProgramme,
    RecallOutcome, RecordAssessment, RecordContact, RecordViolation, ReferToProgramme,
    RequestRecall, StartSupervision, SupervisionCommand, TransferSupervision,
};
use crate::values::{
    AssessmentNo, CivilDate, Code, ContactNo, Day, Enforceable, Instant, Known, Occurred,
    OfficeCode, ProgrammeNo, RecallNo,
};

fn days() -> impl Strategy<Value = Day> {
    let near = (0_u32..500).prop_map(|n| Day::of(2025, 12, 1).unwrap().plus_days(n));
    let edges = [Day::of(1, 1, 1).unwrap(), Day::of(9999, 12, 31).unwrap()];
    prop_oneof![9 => near, 1 => select(edges.to_vec())]
}

fn dates() -> impl Strategy<Value = CivilDate> {
    prop_oneof![
        6 => days().prop_map(CivilDate::Day),
        1 => (2024_i16..2028).prop_map(CivilDate::Year),
        1 => (2024_i16..2028, 1_u8..=12).prop_map(|(year, month)| CivilDate::Month { year, month }),
    ]
}

fn occurred() -> impl Strategy<Value = Occurred> {
    let now: Instant = "2026-03-05T10:00:00Z".parse().unwrap();
    let at = move |away: i64| Occurred::At(Instant::from_micros(now.micros().saturating_add(away)));
    prop_oneof![
        (-6_000_000_000_i64..1_000_000).prop_map(at),
        dates().prop_map(Occurred::On),
    ]
}

fn codes() -> impl Strategy<Value = Code> {
    let some = [
        "midland-needs",
        "housing",
        "medium",
        "low",
        "assessment",
        "parenting",
        "not-suitable",
        "entered-wrongly",
        "technical",
        "out-of-contact",
        "warning-letter",
        "completed",
        "unlisted",
    ];
    select(some.map(super::code).to_vec())
}

fn notes() -> impl Strategy<Value = Option<PersonalText>> {
    select(vec![None, Some(note())])
}

fn number() -> impl Strategy<Value = u16> {
    prop_oneof![8 => 1_u16..4, 1 => Just(0_u16), 1 => Just(u16::MAX)]
}

fn offices() -> impl Strategy<Value = OfficeCode> {
    select(
        ["ashby-probation", "elmet-probation", "nowhere"]
            .map(office)
            .to_vec(),
    )
}

fn enforceable() -> impl Strategy<Value = Known<Enforceable>> {
    select(vec![
        Known::NotRecorded,
        Known::Declined,
        Known::Value(Enforceable::Yes),
        Known::Value(Enforceable::No),
    ])
}

fn kinds() -> impl Strategy<Value = ContactKind> {
    select(vec![
        ContactKind::InPerson,
        ContactKind::Video,
        ContactKind::HomeVisit,
    ])
}

fn outcomes() -> impl Strategy<Value = ContactOutcome> {
    use ContactOutcome::{Attempted, Completed, Missed};
    select(vec![Attempted, Completed, Missed])
}

pub(super) fn starts() -> impl Strategy<Value = StartSupervision> {
    (offices(), occurred(), dates(), option::of(days())).prop_map(
        |(office, done, starts, expected_end)| StartSupervision {
            office,
            done,
            starts,
            expected_end,
            ..start()
        },
    )
}

fn assignments() -> impl Strategy<Value = AssignOfficer> {
    (
        select(vec!["officer-1", "officer-2"]),
        offices(),
        occurred(),
    )
        .prop_map(|(officer, office, done)| AssignOfficer {
            officer: subject(officer),
            office,
            volunteer: None,
            done,
        })
}

fn assessments() -> impl Strategy<Value = RecordAssessment> {
    let whole = select(vec![Completeness::Complete, Completeness::LockedIncomplete]);
    let needs = vec(codes(), 0..3);
    (
        codes(),
        dates(),
        whole,
        needs,
        option::of(codes()),
        occurred(),
    )
        .prop_map(
            |(instrument, on, completeness, needs, level, done)| RecordAssessment {
                instrument,
                on,
                completeness,
                needs,
                level,
                done,
                ..assessment("2026-02-02")
            },
        )
}

fn plans() -> impl Strategy<Value = AgreePlan> {
    (occurred(), option::of(number()), notes()).prop_map(|(done, no, goals)| AgreePlan {
        done,
        assessment: no.map(AssessmentNo),
        goals,
    })
}

fn referrals() -> impl Strategy<Value = ReferToProgramme> {
    (codes(), occurred()).prop_map(|(programme, done)| ReferToProgramme {
        programme,
        treatment: Known::NotRecorded,
        contraindicated: Known::NotRecorded,
        done,
    })
}

fn moves() -> impl Strategy<Value = MoveProgramme> {
    (number(), occurred()).prop_map(|(no, done)| MoveProgramme {
        measured: Vec::new(),
        programme: ProgrammeNo(no),
        done,
    })
}

fn programme_ends() -> impl Strategy<Value = EndProgramme> {
    (moves(), codes(), notes()).prop_map(|(step, reason, note)| EndProgramme {
        programme: step.programme,
        done: step.done,
        reason,
        measured: Vec::new(),
        note,
    })
}

fn contacts() -> impl Strategy<Value = RecordContact> {
    (
        dates(),
        kinds(),
        outcomes(),
        enforceable(),
        occurred(),
        notes(),
    )
        .prop_map(
            |(on, kind, outcome, enforceable, done, note)| RecordContact {
                on,
                kind,
                outcome,
                enforceable,
                done,
                note,
            },
        )
}

fn corrections() -> impl Strategy<Value = CorrectContact> {
    (number(), contacts(), codes()).prop_map(|(no, contact, reason)| CorrectContact {
        contact: ContactNo(no),
        kind: contact.kind,
        outcome: contact.outcome,
        enforceable: contact.enforceable,
        reason,
        done: contact.done,
        note: contact.note,
    })
}

fn levels() -> impl Strategy<Value = ChangeLevel> {
    (codes(), codes(), occurred()).prop_map(|(level, reason, done)| ChangeLevel {
        level,
        reason,
        done,
    })
}

fn reviews() -> impl Strategy<Value = HoldReview> {
    (occurred(), option::of(days()), notes()).prop_map(|(done, next_review, note)| HoldReview {
        done,
        next_review,
        note,
    })
}

fn violations() -> impl Strategy<Value = RecordViolation> {
    (dates(), codes(), occurred(), notes()).prop_map(|(on, kind, done, note)| RecordViolation {
        on,
        kind,
        done,
        note,
    })
}

fn requests() -> impl Strategy<Value = RequestRecall> {
    (occurred(), vec(codes(), 0..2), vec(codes(), 0..2), notes()).prop_map(
        |(done, grounds, alternatives_tried, note)| RequestRecall {
            done,
            grounds,
            alternatives_tried,
            note,
        },
    )
}

fn decisions() -> impl Strategy<Value = DecideRecall> {
    let outcomes = select(vec![RecallOutcome::Granted, RecallOutcome::Refused]);
    (number(), occurred(), outcomes, notes()).prop_map(|(no, pronounced, outcome, reasons)| {
        DecideRecall {
            recall: RecallNo(no),
            pronounced,
            outcome,
            reasons,
        }
    })
}

fn transfers() -> impl Strategy<Value = TransferSupervision> {
    (offices(), occurred()).prop_map(|(to, done)| TransferSupervision { to, done })
}

fn movements() -> impl Strategy<Value = MoveEnd> {
    (days(), occurred()).prop_map(|(expected_end, done)| MoveEnd { expected_end, done })
}

fn ends() -> impl Strategy<Value = EndSupervision> {
    (occurred(), codes(), notes()).prop_map(|(done, reason, note)| EndSupervision {
        done,
        reason,
        note,
    })
}

/// Commands of every variant; those that end the supervision seldom.
pub(super) fn commands() -> impl Strategy<Value = SupervisionCommand> {
    use SupervisionCommand as Wish;
    let programmes = prop_oneof![
        referrals().prop_map(Wish::ReferToProgramme),
        moves().prop_map(Wish::StartProgramme),
        moves().prop_map(Wish::CompleteProgramme),
        programme_ends().prop_map(Wish::EndProgramme),
    ];
    prop_oneof![
        1 => starts().prop_map(Wish::Start),
        4 => assignments().prop_map(Wish::AssignOfficer),
        4 => assessments().prop_map(Wish::RecordAssessment),
        4 => plans().prop_map(Wish::AgreePlan),
        12 => programmes,
        6 => contacts().prop_map(Wish::RecordContact),
        6 => corrections().prop_map(Wish::CorrectContact),
        4 => levels().prop_map(Wish::ChangeLevel),
        4 => reviews().prop_map(Wish::HoldReview),
        4 => violations().prop_map(Wish::RecordViolation),
        4 => requests().prop_map(Wish::RequestRecall),
        2 => decisions().prop_map(Wish::DecideRecall),
        2 => transfers().prop_map(Wish::Transfer),
        2 => movements().prop_map(Wish::MoveEnd),
        1 => ends().prop_map(Wish::End),
    ]
}
