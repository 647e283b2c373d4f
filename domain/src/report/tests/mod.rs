//! The rules of the report, each with a case that passes and one that does not.

mod contest;
mod course;
mod statement;

use super::{
    ContestOutcome, ContestStatement, Contester, FileStatement, FinaliseReport, Report,
    ReportCommand, RequestReport, SettleStatement, StatementKind, WithdrawReport,
};
use crate::act::{Facts, Reference};
use crate::actor::Role;
use crate::personal::{DataClass, PersonalText};
use crate::testing::doors;
use crate::testing::samples::{self, code, on, person};
use crate::values::{Day, Known, Occurred, StatementNo, SubjectId};

fn facts() -> Facts {
    doors::facts_of(Role::Probation, [Reference::Person(person(1))])
}

fn text() -> PersonalText {
    samples::sealed(DataClass::Judgment)
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn whole(done: Occurred) -> RequestReport {
    RequestReport {
        age: Known::NotRecorded,
        minor: None,
        person: person(1),
        done,
        court: "ashby".parse().unwrap(),
        case: None,
        kind: code("social-inquiry"),
        due: day("2026-04-30"),
        questions: None,
    }
}

/// A request with something changed, at any moment.
fn requesting(change: impl Fn(&mut RequestReport)) -> impl Fn(Occurred) -> ReportCommand {
    move |done| {
        let mut wish = whole(done);
        change(&mut wish);
        ReportCommand::Request(wish)
    }
}

fn request(done: Occurred) -> ReportCommand {
    ReportCommand::Request(whole(done))
}

fn fact(source: &str) -> StatementKind {
    StatementKind::Fact {
        source: Some(code(source)),
        place: Some(text()),
    }
}

fn opinion(source: Option<&str>) -> StatementKind {
    StatementKind::Opinion {
        author: Some(SubjectId::parse("officer-4").unwrap()),
        source: source.map(code),
    }
}

/// A statement of a kind, at any moment.
fn filing(kind: StatementKind) -> impl Fn(Occurred) -> ReportCommand {
    move |done| {
        ReportCommand::FileStatement(FileStatement {
            done,
            kind: kind.clone(),
            text: Some(text()),
        })
    }
}

fn contesting(statement: u16) -> impl Fn(Occurred) -> ReportCommand {
    move |done| {
        ReportCommand::ContestStatement(ContestStatement {
            statement: StatementNo(statement),
            done,
            by: Contester::Person,
            what: Some(text()),
        })
    }
}

/// An answer to the contest of the first statement, with something changed, at any moment.
fn settling(
    outcome: ContestOutcome,
    change: impl Fn(&mut SettleStatement),
) -> impl Fn(Occurred) -> ReportCommand {
    move |done| {
        let mut wish = SettleStatement {
            statement: StatementNo(1),
            done,
            outcome: outcome.clone(),
            reasons: Some(text()),
            route: Some(code("court")),
        };
        change(&mut wish);
        ReportCommand::SettleContest(wish)
    }
}

/// The end of the work with something changed, at any moment.
fn finalising(change: impl Fn(&mut FinaliseReport)) -> impl Fn(Occurred) -> ReportCommand {
    move |done| {
        let mut wish = FinaliseReport {
            done,
            author: SubjectId::parse("officer-4").unwrap(),
            agency: "ashby-probation".parse().unwrap(),
            urgency: None,
        };
        change(&mut wish);
        ReportCommand::Finalise(wish)
    }
}

fn withdrawing(reason: &str) -> impl Fn(Occurred) -> ReportCommand {
    let reason = code(reason);
    move |done| {
        ReportCommand::Withdraw(WithdrawReport {
            done,
            reason: reason.clone(),
            note: None,
        })
    }
}

/// A report requested on 5 January 2026.
fn requested() -> Report {
    doors::after(&facts(), [request(on("2026-01-05"))])
}

/// A report with a fact and an opinion, and what happened after that.
fn filed_and(then: impl IntoIterator<Item = ReportCommand>) -> Report {
    let begun = [
        request(on("2026-01-05")),
        filing(fact("school"))(on("2026-01-12")),
        filing(opinion(None))(on("2026-01-12")),
    ];
    doors::after(&facts(), begun.into_iter().chain(then))
}

/// A report whose first statement is contested since 20 January 2026.
fn contested() -> Report {
    filed_and([contesting(1)(on("2026-01-20"))])
}

/// A report finalised on 1 February 2026.
fn finalised() -> Report {
    filed_and([finalising(|_| {})(on("2026-02-01"))])
}
