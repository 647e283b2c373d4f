//! Anything that can be said of an order: values, commands and events of every variant, edges of their ranges included.

mod commands;
mod events;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

pub(in crate::order::tests) use commands::commands;
pub(in crate::order::tests) use events::events;

use super::{note, order_with};
use crate::act::{Door, Finding, Weight};
use crate::order::{
    Account, AllegeBreach, CorrectAttendance, CourtStep, EndRequirement, Explanation,
    ExplanationForm, IssueWarning, Make, Meeting, ProveBreach, RecordAttendance,
    ScheduleAppointment, Terms, TransferOrder, VaryPeriod, WarningKind, WithdrawWarning,
};
use crate::personal::PersonalText;
use crate::values::{
    AppointmentNo, BreachNo, CivilDate, Code, Consent, Day, Decimal, Enforceable, Instant, Known,
    Length, Occurred, OfficeCode, Quantity, RequirementNo, Term, TermUnit, WarningNo,
};

pub(super) fn days() -> impl Strategy<Value = Day> {
    let near = (0_u32..500).prop_map(|n| Day::of(2025, 12, 1).unwrap().plus_days(n));
    let edge = select(vec![
        Day::of(1, 1, 1).unwrap(),
        Day::of(9999, 12, 31).unwrap(),
    ]);
    prop_oneof![9 => near, 1 => edge]
}

pub(super) fn dates() -> impl Strategy<Value = CivilDate> {
    prop_oneof![
        6 => days().prop_map(CivilDate::Day),
        1 => (2024_i16..2028).prop_map(CivilDate::Year),
        1 => (2024_i16..2028, 1_u8..=12).prop_map(|(year, month)| CivilDate::Month { year, month }),
    ]
}

pub(super) fn occurred() -> impl Strategy<Value = Occurred> {
    let now: Instant = "2026-03-05T10:00:00Z".parse().unwrap();
    let at = move |away: i64| Occurred::At(Instant::from_micros(now.micros().saturating_add(away)));
    prop_oneof![
        (-6_000_000_000_i64..1_000_000).prop_map(at),
        dates().prop_map(Occurred::On),
    ]
}

pub(super) fn codes() -> impl Strategy<Value = Code> {
    let some = [
        "unpaid-work",
        "curfew",
        "treatment",
        "programme",
        "complied",
        "failed",
        "absent-unacceptable",
        "absent-medical",
        "work-done",
        "correction",
        "evidence-accepted",
        "breach",
        "done",
        "custody",
        "warning",
        "unlisted",
    ];
    select(some.map(super::code).to_vec())
}

pub(super) fn quantities() -> impl Strategy<Value = Quantity> {
    prop_oneof![
        6 => (0_u32..700).prop_map(Quantity::Minutes),
        1 => (0_u32..100).prop_map(Quantity::Days),
        1 => (0_u32..100).prop_map(Quantity::Sessions),
        1 => Just(Quantity::Minutes(u32::MAX)),
    ]
}

pub(super) fn lengths() -> impl Strategy<Value = Length> {
    let term = |(years, months, days)| {
        Length::Calendar(Term {
            years,
            months,
            days,
        })
    };
    prop_oneof![
        6 => (0_u16..2, 0_u16..14, 0_u32..40).prop_map(term),
        1 => Just(term((u16::MAX, u16::MAX, u32::MAX))),
        1 => Just(Length::of(Decimal::parse("7.4").unwrap(), TermUnit::Months)),
    ]
}

pub(super) fn known<T: std::fmt::Debug + Clone + 'static>(
    value: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Known<T>> {
    prop_oneof![
        1 => Just(Known::NotRecorded),
        1 => Just(Known::NotAsked),
        1 => Just(Known::Declined),
        4 => value.prop_map(Known::Value),
    ]
}

pub(super) fn notes() -> impl Strategy<Value = Option<PersonalText>> {
    select(vec![None, Some(note())])
}

pub(super) fn number() -> impl Strategy<Value = u16> {
    prop_oneof![8 => 1_u16..5, 1 => Just(0_u16), 1 => Just(u16::MAX)]
}

pub(super) fn requirement_no() -> impl Strategy<Value = RequirementNo> {
    prop_oneof![6 => Just(1_u16), 2 => number()].prop_map(RequirementNo)
}

pub(super) fn appointments() -> impl Strategy<Value = Vec<AppointmentNo>> {
    vec(number().prop_map(AppointmentNo), 0..3)
}

pub(super) fn enforceable() -> impl Strategy<Value = Known<Enforceable>> {
    known(select(vec![
        Enforceable::Yes,
        Enforceable::Yes,
        Enforceable::No,
    ]))
}

pub(super) fn doors() -> impl Strategy<Value = Door> {
    select(vec![Door::Live, Door::Existing])
}

pub(super) fn findings() -> impl Strategy<Value = Vec<Finding>> {
    let one = Finding {
        code: "order.more-than-owed".to_owned(),
        safeguard: Some("O-10".to_owned()),
        weight: Weight::Critical,
        said: "1 h is more than the 0 h that are left".to_owned(),
    };
    select(vec![Vec::new(), vec![one]])
}

pub(super) fn some_terms() -> impl Strategy<Value = Terms> {
    let consent = known(select(vec![Consent::Given, Consent::Refused]));
    let ends = option::weighted(0.2, days());
    let parts = (
        codes(),
        option::of(quantities()),
        option::of(lengths()),
        option::weighted(0.2, dates()),
        ends,
        consent,
    );
    parts.prop_map(|(kind, quantity, length, starts, ends, consent)| Terms {
        kind,
        quantity,
        length,
        starts,
        ends,
        consent,
    })
}

pub(super) fn makes() -> impl Strategy<Value = Make> {
    let parts = (
        occurred(),
        option::of(lengths()),
        dates(),
        option::weighted(0.2, days()),
        vec(some_terms(), 0..4),
    );
    parts.prop_map(|(made, period, starts, ends, requirements)| Make {
        made,
        period,
        starts,
        ends,
        requirements,
        ..order_with([])
    })
}

pub(super) fn schedules() -> impl Strategy<Value = ScheduleAppointment> {
    (requirement_no(), days(), enforceable(), occurred()).prop_map(
        |(requirement, on, enforceable, done)| ScheduleAppointment {
            requirement,
            on,
            at: Some("09:30".parse().unwrap()),
            place: None,
            enforceable,
            done,
        },
    )
}

pub(super) fn meetings() -> impl Strategy<Value = Meeting> {
    prop_oneof![
        number().prop_map(|no| Meeting::Scheduled(AppointmentNo(no))),
        (requirement_no(), dates())
            .prop_map(|(requirement, on)| Meeting::Unscheduled { requirement, on }),
    ]
}

pub(super) fn recordings() -> impl Strategy<Value = RecordAttendance> {
    let credit = option::of(quantities());
    (
        meetings(),
        codes(),
        credit,
        enforceable(),
        occurred(),
        notes(),
    )
        .prop_map(
            |(meeting, outcome, credit, enforceable, done, note)| RecordAttendance {
                meeting,
                outcome,
                credit,
                enforceable,
                done,
                note,
            },
        )
}

pub(super) fn corrections() -> impl Strategy<Value = CorrectAttendance> {
    let credit = option::of(quantities());
    (
        number(),
        codes(),
        credit,
        enforceable(),
        codes(),
        occurred(),
    )
        .prop_map(
            |(no, outcome, credit, enforceable, reason, done)| CorrectAttendance {
                appointment: AppointmentNo(no),
                outcome,
                credit,
                enforceable,
                reason,
                done,
                note: None,
                consequences: crate::order::Consequences::default(),
            },
        )
}

pub(super) fn explanations() -> impl Strategy<Value = Known<Explanation>> {
    let forms = select(vec![ExplanationForm::OralAndWritten, ExplanationForm::Oral]);
    known((dates(), forms).prop_map(|(on, form)| Explanation { on, form }))
}

pub(super) fn allegations() -> impl Strategy<Value = AllegeBreach> {
    let requirements = vec(requirement_no(), 0..2);
    (
        requirements,
        appointments(),
        occurred(),
        explanations(),
        notes(),
    )
        .prop_map(
            |(requirements, appointments, alleged, explained, statement)| AllegeBreach {
                requirements,
                appointments,
                alleged,
                explained,
                statement,
            },
        )
}

pub(super) fn proofs() -> impl Strategy<Value = ProveBreach> {
    let account = || known(select(vec![Account::Given, Account::Absconded]));
    let codes = || vec(codes(), 0..2);
    (
        number(),
        occurred(),
        account(),
        account(),
        explanations(),
        codes(),
        codes(),
    )
        .prop_map(
            |(no, pronounced, officer, person, explained, responses, alternatives)| ProveBreach {
                breach: BreachNo(no),
                pronounced,
                officer_account: officer,
                person_account: person,
                explained,
                responses,
                alternatives_considered: alternatives,
                appeal_told: Known::NotRecorded,
                note: None,
            },
        )
}

pub(super) fn steps() -> impl Strategy<Value = CourtStep> {
    (occurred(), codes(), notes()).prop_map(|(pronounced, reason, note)| CourtStep {
        pronounced,
        reason,
        appeal_told: Known::NotRecorded,
        note,
    })
}

pub(super) fn ends() -> impl Strategy<Value = EndRequirement> {
    (requirement_no(), occurred(), codes()).prop_map(|(requirement, pronounced, reason)| {
        EndRequirement {
            requirement,
            pronounced,
            reason,
            note: None,
        }
    })
}

pub(super) fn periods() -> impl Strategy<Value = VaryPeriod> {
    (lengths(), occurred()).prop_map(|(period, pronounced)| VaryPeriod { period, pronounced })
}

pub(super) fn warnings() -> impl Strategy<Value = IssueWarning> {
    let kinds = select(vec![
        WarningKind::First,
        WarningKind::Second,
        WarningKind::Final,
    ]);
    (appointments(), kinds, occurred()).prop_map(|(appointments, kind, done)| IssueWarning {
        appointments,
        kind,
        done,
        note: None,
    })
}

pub(super) fn withdrawals() -> impl Strategy<Value = WithdrawWarning> {
    (number(), codes(), occurred()).prop_map(|(no, reason, done)| WithdrawWarning {
        warning: WarningNo(no),
        reason,
        done,
        note: None,
    })
}

pub(super) fn transfers() -> impl Strategy<Value = TransferOrder> {
    let to = select(vec!["elmet-probation", "ashby-probation", "nowhere"]);
    (to, occurred()).prop_map(|(to, done)| TransferOrder {
        to: OfficeCode::parse(to).unwrap(),
        done,
    })
}
