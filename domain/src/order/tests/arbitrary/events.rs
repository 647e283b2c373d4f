use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::{
    allegations, codes, corrections, dates, doors, ends, findings, makes, notes, number, occurred,
    periods, proofs, quantities, recordings, requirement_no, schedules, some_terms, steps,
    transfers, warnings, withdrawals,
};
use crate::act::Door;
use crate::jurisdiction::OutcomeKind;
use crate::order::{
    AddRequirement, Complete, EndBySentence, EndCause, NotProvenGround, OrderEvent, VaryRequirement,
};
use crate::values::{AppointmentNo, BreachNo, OfficeCode, RequirementNo, WarningNo};

fn kinds() -> impl Strategy<Value = Option<OutcomeKind>> {
    option::of(select(vec![
        OutcomeKind::Attended,
        OutcomeKind::Failed,
        OutcomeKind::UnacceptableAbsence,
        OutcomeKind::AcceptableAbsence,
        OutcomeKind::Awaiting,
    ]))
}

/// Events of a requirement and its appointments, in any order and with any number.
fn delivery() -> impl Strategy<Value = OrderEvent> {
    prop_oneof![
        (number(), schedules(), doors(), findings()).prop_map(|(no, schedule, door, findings)| {
            OrderEvent::AppointmentScheduled {
                appointment: AppointmentNo(no),
                schedule,
                door,
                findings,
            }
        }),
        (
            number(),
            recordings(),
            dates(),
            kinds(),
            requirement_no(),
            doors()
        )
            .prop_map(|(no, recorded, on, kind, requirement, door)| {
                OrderEvent::AttendanceRecorded {
                    appointment: AppointmentNo(no),
                    requirement,
                    on,
                    outcome: recorded.outcome,
                    kind,
                    enforceable: recorded.enforceable,
                    done: recorded.done,
                    door,
                    note: recorded.note,
                    findings: Vec::new(),
                }
            }),
        (corrections(), kinds(), notes(), doors()).prop_map(|(corrected, kind, note, door)| {
            OrderEvent::AttendanceCorrected {
                appointment: corrected.appointment,
                outcome: corrected.outcome,
                kind,
                enforceable: corrected.enforceable,
                reason: corrected.reason,
                done: corrected.done,
                door,
                note,
                findings: Vec::new(),
            }
        }),
    ]
}

/// Events of credit, in any order and of any amount.
fn credits() -> impl Strategy<Value = OrderEvent> {
    prop_oneof![
        (
            requirement_no(),
            quantities(),
            option::of(number()),
            occurred(),
            findings()
        )
            .prop_map(|(requirement, quantity, at, done, findings)| {
                OrderEvent::HoursCredited {
                    requirement,
                    quantity,
                    appointment: at.map(AppointmentNo),
                    reason: None,
                    done,
                    door: Door::Live,
                    note: None,
                    findings,
                }
            }),
        (
            requirement_no(),
            quantities(),
            option::of(number()),
            codes(),
            occurred()
        )
            .prop_map(|(requirement, quantity, at, reason, done)| {
                OrderEvent::HoursReversed {
                    requirement,
                    quantity,
                    appointment: at.map(AppointmentNo),
                    reason,
                    done,
                    door: Door::Existing,
                    note: None,
                    findings: Vec::new(),
                }
            }),
    ]
}

/// Events of enforcement, in any order and with any number.
fn enforcement() -> impl Strategy<Value = OrderEvent> {
    prop_oneof![
        (number(), warnings(), doors(), findings()).prop_map(|(no, issue, door, findings)| {
            OrderEvent::WarningIssued {
                warning: WarningNo(no),
                issue,
                door,
                findings,
            }
        }),
        (withdrawals(), option::of(number()), doors()).prop_map(|(withdrawal, at, door)| {
            OrderEvent::WarningWithdrawn {
                withdrawal,
                answers: at.map(AppointmentNo),
                door,
                findings: Vec::new(),
            }
        }),
        (number(), allegations(), doors(), findings()).prop_map(
            |(no, allegation, door, findings)| OrderEvent::BreachAlleged {
                breach: BreachNo(no),
                allegation,
                door,
                findings,
            }
        ),
        (proofs(), doors(), findings()).prop_map(|(decision, door, findings)| {
            OrderEvent::BreachProven {
                decision,
                door,
                findings,
            }
        }),
        (
            number(),
            number(),
            codes(),
            occurred(),
            any::<bool>(),
            findings()
        )
            .prop_map(|(no, at, reason, done, court, findings)| {
                OrderEvent::BreachNotProven {
                    breach: BreachNo(no),
                    done,
                    ground: if court {
                        NotProvenGround::Court
                    } else {
                        NotProvenGround::FailureCorrected {
                            appointment: AppointmentNo(at),
                            reason,
                        }
                    },
                    door: Door::Live,
                    note: None,
                    findings,
                }
            }),
    ]
}

/// Events of the order as a whole.
fn life() -> impl Strategy<Value = OrderEvent> {
    prop_oneof![
        (makes(), doors(), findings()).prop_map(|(order, door, findings)| OrderEvent::Made {
            order,
            door,
            findings,
        }),
        (number(), some_terms(), occurred(), doors()).prop_map(|(no, terms, pronounced, door)| {
            OrderEvent::RequirementAdded {
                requirement: RequirementNo(no),
                addition: AddRequirement { terms, pronounced },
                door,
                findings: Vec::new(),
            }
        }),
        (requirement_no(), some_terms(), occurred(), doors()).prop_map(
            |(requirement, terms, pronounced, door)| OrderEvent::RequirementVaried {
                variation: VaryRequirement {
                    requirement,
                    terms,
                    pronounced,
                },
                door,
                findings: Vec::new(),
            }
        ),
        (periods(), doors(), findings()).prop_map(|(variation, door, findings)| {
            OrderEvent::PeriodVaried {
                variation,
                door,
                findings,
            }
        }),
        (ends(), doors(), findings()).prop_map(|(end, door, findings)| {
            OrderEvent::RequirementEnded {
                end,
                door,
                findings,
            }
        }),
    ]
}

/// Events by which an order moves or ends.
fn endings() -> impl Strategy<Value = OrderEvent> {
    prop_oneof![
        (steps(), doors(), findings()).prop_map(|(step, door, findings)| OrderEvent::Revoked {
            step,
            door,
            findings
        }),
        (steps(), doors(), findings()).prop_map(|(step, door, findings)| {
            OrderEvent::DischargedEarly {
                step,
                door,
                findings,
            }
        }),
        (transfers(), doors(), findings()).prop_map(|(transfer, door, findings)| {
            OrderEvent::Transferred {
                transfer,
                from: OfficeCode::parse("ashby-probation").unwrap(),
                door,
                findings,
            }
        }),
        (occurred(), option::of(codes()), doors()).prop_map(|(done, reason, door)| {
            OrderEvent::Completed {
                completion: Complete { done, reason },
                door,
                findings: Vec::new(),
            }
        }),
        occurred().prop_map(|done| OrderEvent::Ended(EndBySentence {
            done,
            cause: EndCause::Quashed,
        })),
    ]
}

pub(in crate::order::tests) fn events() -> impl Strategy<Value = OrderEvent> {
    prop_oneof![1 => life(), 1 => endings(), 2 => delivery(), 2 => credits(), 2 => enforcement()]
}
