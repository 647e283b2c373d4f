use super::{fact, facts, filed_and, filing, on, opinion, requested, text};
use crate::act::Objection;
use crate::report::{FileStatement, ReportCommand, ReportRefusal, StatementKind};
use crate::testing::doors::{
    after, just_now, passes, refused_at_every_door, refused_live_and_noticed,
};
use crate::testing::samples::{code, midland};
use crate::values::StatementNo;

/// TR-7.1, RP-5
#[test]
fn a_fact_an_opinion_and_a_recommendation_are_told_apart() {
    let kinds = [fact("school"), opinion(None), StatementKind::Recommendation];
    for kind in kinds {
        passes(&requested(), filing(kind)(just_now()), &facts());
    }
}

/// TR-7.1
#[test]
fn a_fact_without_its_source_is_refused() {
    let sourceless = filing(StatementKind::Fact {
        source: None,
        place: Some(text()),
    });
    let refusal = ReportRefusal::SourceMissing;
    refused_at_every_door(&requested(), sourceless, &facts(), &refusal);
}

/// TR-7.1
#[test]
fn an_opinion_without_its_author_is_refused() {
    let nobodys = filing(StatementKind::Opinion {
        author: None,
        source: Some(code("interview")),
    });
    let refusal = ReportRefusal::AuthorMissing;
    refused_at_every_door(&requested(), nobodys, &facts(), &refusal);
}

/// TR-7.1
#[test]
fn a_score_is_no_fact_and_may_only_back_an_opinion() {
    let score = code("risk-score");
    let refusal = ReportRefusal::ScoreIsNoFact { score };
    let as_fact = filing(fact("risk-score"));
    refused_at_every_door(&requested(), as_fact, &facts(), &refusal);
    let as_opinion = filing(opinion(Some("risk-score")));
    passes(&requested(), as_opinion(just_now()), &facts());
}

/// RP-4
#[test]
fn a_source_is_one_of_the_pack() {
    let refusal = || {
        Objection::hard(ReportRefusal::UnknownCode {
            list: "sources",
            code: code("hearsay"),
            known: crate::jurisdiction::codes_of(&midland().report.sources()),
        })
    };
    let rumour = filing(fact("hearsay"));
    refused_live_and_noticed(&requested(), rumour, &facts(), refusal());
    let rumour = filing(opinion(Some("hearsay")));
    refused_live_and_noticed(&requested(), rumour, &facts(), refusal());
}

/// RP-5
#[test]
fn a_statement_says_something() {
    let silent = |done| {
        ReportCommand::FileStatement(FileStatement {
            done,
            kind: fact("school"),
            text: None,
        })
    };
    let refusal = ReportRefusal::NothingSaid;
    refused_at_every_door(&requested(), silent, &facts(), &refusal);
}

#[test]
fn statements_are_numbered_as_they_are_filed() {
    let history = [
        super::request(on("2026-01-05")),
        filing(fact("school"))(on("2026-01-12")),
        filing(StatementKind::Recommendation)(on("2026-01-10")),
    ];
    let report = after::<crate::report::Report>(&facts(), history);
    let statements = &report.requested().unwrap().statements;
    let told = statements.iter().map(|s| (s.no, s.filed.kind.title()));
    let told: Vec<_> = told.collect();
    assert_eq!(
        told,
        [(StatementNo(1), "fact"), (StatementNo(2), "recommendation")]
    );
}

#[test]
fn a_statement_says_what_was_filed_until_it_is_corrected() {
    let report = filed_and([]);
    let inquiry = report.requested().unwrap();
    let first = inquiry.statements.first().unwrap();
    assert_eq!(first.text(), Some(&text()));
}
