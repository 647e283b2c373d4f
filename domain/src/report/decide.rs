//! Whether an act on a report may be, and what then happens: a ladder of guards, one way out.

use super::command::{
    ContestOutcome, ContestStatement, FileStatement, FinaliseReport, ReportCommand, RequestReport,
    SettleStatement, WithdrawReport,
};
use super::event::ReportEvent;
use super::refusal::ReportRefusal;
use super::state::{Inquiry, Reading, Report, Statement};
use crate::act::{Facts, Objection};
use crate::jurisdiction::{Coded, codes_of, knows};
use crate::safeguards::report as safeguards;
use crate::stream::entered;
use crate::values::{CivilDate, Code, Occurred, StatementNo};

type Decided = Result<Vec<ReportEvent>, ReportRefusal>;
type Objections = Vec<Objection<ReportRefusal>>;

pub(super) fn decide(report: &Report, command: ReportCommand, facts: &Facts) -> Decided {
    use ReportCommand as Wish;
    match command {
        Wish::Request(wish) => request(report, wish, facts),
        Wish::FileStatement(wish) => file(report, wish, facts),
        Wish::ContestStatement(wish) => contest(report, wish, facts),
        Wish::SettleContest(wish) => settle(report, wish, facts),
        Wish::Finalise(wish) => finalise(report, wish, facts),
        Wish::Withdraw(wish) => withdraw(report, wish, facts),
    }
}

fn request(report: &Report, mut wish: RequestReport, facts: &Facts) -> Decided {
    if report.requested().is_some() {
        return Err(ReportRefusal::AlreadyRequested);
    }
    past(wish.done, facts)?;
    let requested = facts.date(wish.done);
    let mut found = Objections::new();
    if CivilDate::Day(wish.due).is_before(requested) {
        let due = wish.due;
        found.push(Objection::hard(ReportRefusal::DueTooEarly {
            due,
            requested,
        }));
    }
    if !knows(&facts.law.courts, wish.court.as_str()) {
        let court = wish.court.clone();
        found.push(Objection::hard(ReportRefusal::UnknownCourt { court }));
    }
    listed("kinds", &facts.law.report.kinds, &wish.kind, &mut found);
    safeguards::age(&wish, facts, &mut found);
    wish.minor = facts.minor(wish.minor, wish.done);
    let door = facts.door(wish.done);
    Ok(vec![ReportEvent::Requested(entered(wish, door, found)?)])
}

fn file(report: &Report, wish: FileStatement, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let inquiry = in_hand(report, "filing a statement")?;
    after_the_request(inquiry, wish.done, facts, &mut found)?;
    safeguards::statement(&wish.kind, &facts.law)?;
    if wish.text.is_none() {
        return Err(ReportRefusal::NothingSaid);
    }
    if let Some(source) = wish.kind.source() {
        let sources = facts.law.report.sources();
        listed("sources", &sources, source, &mut found);
    }
    let door = facts.door(wish.done);
    let event = ReportEvent::StatementFiled(entered(wish, door, found)?);
    Ok(vec![event])
}

/// Whatever the report says can be contested, before it is finalised and ever after.
fn contest(report: &Report, wish: ContestStatement, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let inquiry = kept(report, "contesting a statement")?;
    after_the_request(inquiry, wish.done, facts, &mut found)?;
    let statement = named(inquiry, wish.statement)?;
    let no = statement.no;
    match statement.reading() {
        Reading::Contested => Err(ReportRefusal::ContestedAlready { statement: no }),
        Reading::Withdrawn => Err(ReportRefusal::StatementWithdrawn { statement: no }),
        Reading::Stands | Reading::Corrected => {
            let door = facts.door(wish.done);
            let entered = entered(wish, door, found)?;
            Ok(vec![ReportEvent::StatementContested(entered)])
        }
    }
}

fn settle(report: &Report, wish: SettleStatement, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let inquiry = kept(report, "settling a contest")?;
    after_the_request(inquiry, wish.done, facts, &mut found)?;
    let statement = named(inquiry, wish.statement)?.no;
    if named(inquiry, statement)?.reading() != Reading::Contested {
        return Err(ReportRefusal::NotContested { statement });
    }
    match &wish.outcome {
        ContestOutcome::Corrected { text: None } => {
            return Err(ReportRefusal::CorrectionMissing { statement });
        }
        ContestOutcome::Kept if wish.route.is_none() => {
            found.push(Objection::hard(ReportRefusal::RouteMissing { statement }));
        }
        ContestOutcome::Kept | ContestOutcome::Corrected { .. } | ContestOutcome::Withdrawn => {}
    }
    if wish.reasons.is_none() {
        found.push(Objection::hard(ReportRefusal::ReasonsMissing { statement }));
    }
    if let Some(route) = &wish.route {
        listed("routes", &facts.law.report.routes, route, &mut found);
    }
    let door = facts.door(wish.done);
    let event = ReportEvent::ContestSettled(entered(wish, door, found)?);
    Ok(vec![event])
}

fn finalise(report: &Report, wish: FinaliseReport, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let inquiry = in_hand(report, "finalising")?;
    after_the_request(inquiry, wish.done, facts, &mut found)?;
    if !inquiry.says_something() {
        return Err(ReportRefusal::Empty);
    }
    if !knows(&facts.law.offices, wish.agency.as_str()) {
        let agency = wish.agency.clone();
        found.push(Objection::hard(ReportRefusal::UnknownOffice { agency }));
    }
    if let Some(statement) = inquiry.open_contest() {
        let refusal = ReportRefusal::ContestOpen {
            statement: statement.no,
        };
        // Whoever reads the report sees what is contested; saying why it could not wait lets it pass.
        found.push(match wish.urgency {
            Some(_) => Objection::notice(refusal),
            None => Objection::reasons(refusal),
        });
    }
    let door = facts.door(wish.done);
    Ok(vec![ReportEvent::Finalised(entered(wish, door, found)?)])
}

fn withdraw(report: &Report, wish: WithdrawReport, facts: &Facts) -> Decided {
    let mut found = Objections::new();
    let inquiry = in_hand(report, "withdrawing")?;
    after_the_request(inquiry, wish.done, facts, &mut found)?;
    let reasons = &facts.law.report.withdrawal_reasons;
    listed("reasons", reasons, &wish.reason, &mut found);
    let door = facts.door(wish.done);
    Ok(vec![ReportEvent::Withdrawn(entered(wish, door, found)?)])
}

/// A report that is still worked on.
fn in_hand<'a>(report: &'a Report, wish: &'static str) -> Result<&'a Inquiry, ReportRefusal> {
    let inquiry = report.requested().filter(|inquiry| inquiry.is_in_hand());
    inquiry.ok_or_else(|| not_possible(report, wish))
}

/// A report that somebody may read and rely on: any but one that was withdrawn.
fn kept<'a>(report: &'a Report, wish: &'static str) -> Result<&'a Inquiry, ReportRefusal> {
    let inquiry = report.requested().filter(|i| i.withdrawn.is_none());
    inquiry.ok_or_else(|| not_possible(report, wish))
}

fn not_possible(report: &Report, wish: &'static str) -> ReportRefusal {
    let state = report.title();
    ReportRefusal::NotPossible { state, wish }
}

fn named(inquiry: &Inquiry, statement: StatementNo) -> Result<&Statement, ReportRefusal> {
    let found = inquiry.statement(statement);
    found.ok_or(ReportRefusal::NoSuchStatement { statement })
}

fn past(done: Occurred, facts: &Facts) -> Result<(), ReportRefusal> {
    if facts.is_future(done) {
        Err(ReportRefusal::InTheFuture { done })
    } else {
        Ok(())
    }
}

/// Neither in the future nor before the report was requested.
fn after_the_request(
    inquiry: &Inquiry,
    done: Occurred,
    facts: &Facts,
    found: &mut Objections,
) -> Result<(), ReportRefusal> {
    past(done, facts)?;
    let requested = inquiry.request.done;
    if facts.is_before(done, requested) {
        found.push(Objection::hard(ReportRefusal::BeforeTheRequest {
            done: facts.date(done),
            requested: facts.date(requested),
        }));
    }
    Ok(())
}

/// A code outside its list.
fn listed(list: &'static str, codes: &[Coded], code: &Code, found: &mut Objections) {
    if !knows(codes, code.as_str()) {
        let refusal = ReportRefusal::UnknownCode {
            list,
            code: code.clone(),
            known: codes_of(codes),
        };
        found.push(Objection::hard(refusal));
    }
}
