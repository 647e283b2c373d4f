use super::{contested, contesting, facts, filed_and, finalised, finalising, on, settling, text};
use crate::act::Objection;
use crate::report::{
    ContestOutcome, ContestStatement, Contester, Reading, Report, ReportCommand, ReportRefusal,
};
use crate::testing::doors::{
    just_now, noticed, passes, refused_at_every_door, refused_live_and_noticed,
};
use crate::testing::samples::{code, known};
use crate::values::StatementNo;

/// How the first statement reads.
fn reading(report: &Report) -> Reading {
    let first = report.requested().unwrap().statement(StatementNo(1));
    first.unwrap().reading()
}

/// The first statement contested and answered.
fn answered(outcome: ContestOutcome) -> Report {
    let contest = contesting(1)(on("2026-01-20"));
    filed_and([contest, settling(outcome, |_| {})(on("2026-01-25"))])
}

fn corrected() -> ContestOutcome {
    ContestOutcome::Corrected { text: Some(text()) }
}

/// RP-6
#[test]
fn a_statement_that_is_contested_exists_and_was_not_withdrawn() {
    passes(&filed_and([]), contesting(2)(just_now()), &facts());
    let statement = StatementNo(3);
    let refusal = ReportRefusal::NoSuchStatement { statement };
    refused_at_every_door(&filed_and([]), contesting(3), &facts(), &refusal);
    let statement = StatementNo(1);
    let refusal = ReportRefusal::StatementWithdrawn { statement };
    let gone = answered(ContestOutcome::Withdrawn);
    refused_at_every_door(&gone, contesting(1), &facts(), &refusal);
}

/// RP-7
#[test]
fn a_statement_is_contested_once_until_that_is_settled() {
    let statement = StatementNo(1);
    let refusal = ReportRefusal::ContestedAlready { statement };
    refused_at_every_door(&contested(), contesting(1), &facts(), &refusal);
    let kept = settling(ContestOutcome::Kept, |_| {});
    let refusal = ReportRefusal::NotContested { statement };
    refused_at_every_door(&filed_and([]), &kept, &facts(), &refusal);
    passes(&contested(), kept(just_now()), &facts());
    let again = answered(ContestOutcome::Kept);
    passes(&again, contesting(1)(just_now()), &facts());
}

#[test]
fn a_statement_reads_contested_until_that_is_settled() {
    assert_eq!(reading(&filed_and([])), Reading::Stands);
    assert_eq!(reading(&contested()), Reading::Contested);
    assert_eq!(reading(&contested()).title(), "contested");
    assert_eq!(reading(&answered(ContestOutcome::Kept)), Reading::Stands);
    assert_eq!(reading(&answered(corrected())), Reading::Corrected);
    let gone = answered(ContestOutcome::Withdrawn);
    assert_eq!(reading(&gone), Reading::Withdrawn);
    let first = gone.requested().unwrap().statement(StatementNo(1)).unwrap();
    assert_eq!(first.text(), None);
    assert!(first.filed.text.is_some(), "what was filed stays on record");
}

/// RP-8
#[test]
fn a_contest_is_settled_in_writing_and_with_the_way_to_a_review_where_nothing_changes() {
    let statement = StatementNo(1);
    let silent = settling(ContestOutcome::Withdrawn, |wish| wish.reasons = None);
    let refusal = Objection::hard(ReportRefusal::ReasonsMissing { statement });
    refused_live_and_noticed(&contested(), silent, &facts(), refusal);
    let final_word = settling(ContestOutcome::Kept, |wish| wish.route = None);
    let refusal = Objection::hard(ReportRefusal::RouteMissing { statement });
    refused_live_and_noticed(&contested(), final_word, &facts(), refusal);
    let granted = settling(corrected(), |wish| wish.route = None);
    passes(&contested(), granted(just_now()), &facts());
}

/// RP-8
#[test]
fn a_correction_says_what_the_statement_says_from_then_on() {
    let statement = StatementNo(1);
    let wordless = settling(ContestOutcome::Corrected { text: None }, |_| {});
    let refusal = ReportRefusal::CorrectionMissing { statement };
    refused_at_every_door(&contested(), wordless, &facts(), &refusal);
}

/// RP-4
#[test]
fn a_route_of_review_is_one_of_the_pack() {
    let elsewhere = settling(ContestOutcome::Kept, |wish| {
        wish.route = Some(code("nowhere"));
    });
    let refusal = Objection::hard(ReportRefusal::UnknownCode {
        list: "routes",
        code: code("nowhere"),
        known: known(|law| &law.report.routes),
    });
    refused_live_and_noticed(&contested(), elsewhere, &facts(), refusal);
}

/// RP-9
#[test]
fn a_report_is_finalised_while_something_is_contested_only_where_it_is_said_why() {
    let statement = StatementNo(1);
    let refusal = || ReportRefusal::ContestOpen { statement };
    let silent = finalising(|_| {});
    let objection = Objection::reasons(refusal());
    refused_live_and_noticed(&contested(), silent, &facts(), objection);
    let urgent = finalising(|wish| wish.urgency = Some(text()));
    assert_eq!(noticed(&contested(), urgent(just_now()), &facts()).len(), 1);
    let settled = answered(ContestOutcome::Kept);
    passes(&settled, finalising(|_| {})(just_now()), &facts());
}

/// RP-3
#[test]
fn what_was_finalised_can_still_be_contested_and_corrected_beside_it() {
    passes(&finalised(), contesting(1)(just_now()), &facts());
    let correction = settling(corrected(), |_| {})(on("2026-02-10"));
    let history = [
        finalising(|_| {})(on("2026-02-01")),
        contesting(1)(on("2026-02-05")),
        correction,
    ];
    let report = filed_and(history);
    assert_eq!(reading(&report), Reading::Corrected);
    assert_eq!(report.title(), "finalised");
}

/// RP-3
#[test]
fn a_report_that_was_withdrawn_is_contested_no_more() {
    let gone = filed_and([super::withdrawing("plea-changed")(on("2026-02-01"))]);
    let refusal = ReportRefusal::NotPossible {
        state: "withdrawn",
        wish: "contesting a statement",
    };
    refused_at_every_door(&gone, contesting(1), &facts(), &refusal);
}

#[test]
fn a_contest_needs_no_words() {
    let silent = |done| {
        ReportCommand::ContestStatement(ContestStatement {
            statement: StatementNo(1),
            done,
            by: Contester::Counsel,
            what: None,
        })
    };
    passes(&filed_and([]), silent(just_now()), &facts());
}
