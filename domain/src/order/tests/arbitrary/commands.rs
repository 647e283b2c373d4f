use proptest::option;
use proptest::prelude::*;

use super::{
    allegations, codes, corrections, ends, makes, number, occurred, periods, proofs, quantities,
    recordings, requirement_no, schedules, some_terms, steps, transfers, warnings, withdrawals,
};
use crate::order::tests::code;
use crate::order::{
    AddRequirement, BreachDecision, Complete, CreditHours, EndBySentence, EndCause, OrderCommand,
    ReverseHours, VaryRequirement,
};
use crate::values::{AppointmentNo, BreachNo};

fn rare() -> impl Strategy<Value = OrderCommand> {
    prop_oneof![
        makes().prop_map(OrderCommand::Make),
        steps().prop_map(OrderCommand::Revoke),
        steps().prop_map(OrderCommand::DischargeEarly),
        transfers().prop_map(OrderCommand::Transfer),
        (occurred(), option::of(codes()))
            .prop_map(|(done, reason)| OrderCommand::Complete(Complete { done, reason })),
        occurred().prop_map(|done| OrderCommand::EndBySentence(EndBySentence {
            done,
            cause: EndCause::Varied,
        })),
        ends().prop_map(OrderCommand::EndRequirement),
        periods().prop_map(OrderCommand::VaryPeriod),
    ]
}

pub(in crate::order::tests) fn commands() -> impl Strategy<Value = OrderCommand> {
    let credits = (requirement_no(), quantities(), codes(), occurred());
    let reversals = (
        requirement_no(),
        quantities(),
        option::of(number()),
        occurred(),
    );
    prop_oneof![
        1 => rare(),
        2 => (some_terms(), occurred()).prop_map(|(terms, pronounced)| {
            OrderCommand::AddRequirement(AddRequirement { terms, pronounced })
        }),
        1 => (requirement_no(), some_terms(), occurred()).prop_map(
            |(requirement, terms, pronounced)| OrderCommand::VaryRequirement(VaryRequirement {
                requirement,
                terms,
                pronounced,
            })
        ),
        4 => schedules().prop_map(OrderCommand::ScheduleAppointment),
        6 => recordings().prop_map(OrderCommand::RecordAttendance),
        4 => corrections().prop_map(OrderCommand::CorrectAttendance),
        4 => credits.prop_map(|(requirement, quantity, reason, done)| {
            OrderCommand::CreditHours(CreditHours { requirement, quantity, reason, done, note: None })
        }),
        2 => reversals.prop_map(|(requirement, quantity, at, done)| {
            OrderCommand::ReverseHours(ReverseHours {
                requirement,
                quantity,
                appointment: at.map(AppointmentNo),
                reason: code("correction"),
                done,
                note: None,
            })
        }),
        2 => warnings().prop_map(OrderCommand::IssueWarning),
        1 => withdrawals().prop_map(OrderCommand::WithdrawWarning),
        2 => allegations().prop_map(OrderCommand::AllegeBreach),
        1 => proofs().prop_map(OrderCommand::ProveBreach),
        1 => (number(), occurred()).prop_map(|(no, pronounced)| {
            OrderCommand::FindBreachNotProven(BreachDecision {
                breach: BreachNo(no),
                pronounced,
                note: None,
            })
        }),
    ]
}
