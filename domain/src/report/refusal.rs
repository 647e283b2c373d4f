//! What may stand in the way of an act on a report.

use crate::act::choose;
use crate::refusals;
use crate::values::{CivilDate, Code, CourtCode, Day, Occurred, OfficeCode, StatementNo};

/// How to go on from a state in which an act is not possible.
fn way_out(state: &str) -> &'static str {
    match state {
        "not recorded" => "request the report first",
        "finalised" => "contest the statement, or request another report",
        "requested" | "in hand" => "finalise the report, or withdraw it",
        _ => "request another report under a new id",
    }
}

refusals! {
    /// A rule that stands in the way, with its values.
    ReportRefusal {
        "RP-1" "report.already-requested" at "": AlreadyRequested, "a report is requested under this id already: take a new id";
        "RP-2" "report.in-the-future" at "done": InTheFuture { done: Occurred }, "{done} lies in the future: it is recorded when it has happened";
        "RP-2" "report.before-the-request" at "done": BeforeTheRequest { done: CivilDate, requested: CivilDate }, "{done} lies before the report was requested {}: give a later date", requested.when();
        "RP-2" "report.due-too-early" at "due": DueTooEarly { due: Day, requested: CivilDate }, "it is due on {due}, before it was requested {}: give a later day", requested.when();
        "RP-3" "report.not-possible" at "": NotPossible { state: &'static str, wish: &'static str }, "the report is {state}: {wish} is not possible; {}", way_out(state);
        "RP-4" "report.unknown-code" at "code": UnknownCode { list: &'static str, code: Code, known: Vec<Code> } where code, "{code} is not in the list of {list} of this jurisdiction: {}", choose(known);
        "RP-4" "report.unknown-court" at "court": UnknownCourt { court: CourtCode }, "{court} is no court of this jurisdiction: choose one of its list";
        "RP-4" "report.unknown-office" at "agency": UnknownOffice { agency: OfficeCode }, "{agency} is no office of this jurisdiction: choose one of its list";
        "RP-5" "report.nothing-said" at "text": NothingSaid, "the statement says nothing: write down what it says";
        "RP-5" "report.empty" at "": Empty, "no statement of the report stands: file one, or withdraw the report";
        "RP-6" "report.no-such-statement" at "statement": NoSuchStatement { statement: StatementNo }, "there is no statement {statement} in this report: name one that was filed";
        "RP-6" "report.statement-withdrawn" at "statement": StatementWithdrawn { statement: StatementNo }, "statement {statement} was withdrawn: nothing of it is left to contest, name another";
        "RP-7" "report.contested-already" at "statement": ContestedAlready { statement: StatementNo }, "statement {statement} is contested already: settle that first";
        "RP-7" "report.not-contested" at "statement": NotContested { statement: StatementNo }, "statement {statement} is not contested: record first who contests it";
        "RP-8" "report.correction-missing" at "outcome": CorrectionMissing { statement: StatementNo }, "nothing says how statement {statement} is corrected: write down what it says from now on";
        "RP-8" "report.reasons-missing" at "reasons": ReasonsMissing { statement: StatementNo }, "the contest of statement {statement} is answered without reasons: give them in writing";
        "RP-8" "report.route-missing" at "route": RouteMissing { statement: StatementNo }, "statement {statement} stays as it is, and nothing says where that can be reviewed: name the route";
        "RP-9" "report.contest-open" at "urgency": ContestOpen { statement: StatementNo }, "statement {statement} is contested: settle that first, or say why the report cannot wait";
        "TR-7.1" "report.source-missing" at "kind": SourceMissing, "a fact names no source: name it, or file it as an opinion";
        "TR-7.1" "report.author-missing" at "kind": AuthorMissing, "an opinion names no author: say whose opinion it is";
        "TR-7.1" "report.score-is-no-fact" at "kind": ScoreIsNoFact { score: Code }, "{score} is a score, and a score is no fact: file it as the opinion of whoever relies on it";
        "CRC-AGE" "report.age-contradicted" at "age": AgeContradicted, "the age that is told is not what the date of birth says that the register keeps: whoever may be a child is treated as one until it is settled which is wrong";
    }
}
