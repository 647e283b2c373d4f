//! What may stand in the way of a finding and of what is done about it.

use crate::act::choose;
use crate::refusals;
use crate::values::{CivilDate, Code, Day, Occurred, OfficeCode, SubjectId};

/// How to go on from a state in which a step is not possible.
fn way_out(state: &str) -> &'static str {
    match state {
        "not raised" => "take it up first",
        "closed" => "open it again first",
        _ => "give it to somebody, or close it",
    }
}

refusals! {
    /// A rule that stands in the way, with its values.
    FindingRefusal {
        "FD-1" "finding.stands-already" at "": StandsAlready, "this finding stands already: go on with it";
        "FD-2" "finding.not-by-people" at "": NotByPeople, "only the register itself raises what its clocks ask: take up what an entry carries";
        "FD-3" "finding.not-yet-due" at "due": NotYetDue { due: Day, today: Day }, "{due} is not over on {today}: raise it on a later day";
        "FD-3" "finding.about-a-finding" at "kind": AboutAFinding, "no finding is raised about a finding: the one that stands goes on until it is closed";
        "FD-4" "finding.not-carried" at "nth": NotCarried { entry: u64, nth: u16 }, "entry {entry} carries no finding {nth} under this id: choose one from the list of findings";
        "FD-5" "finding.in-the-future" at "done": InTheFuture { done: Occurred }, "{done} lies in the future: give the day on which it happened";
        "FD-5" "finding.before-it-stood" at "done": BeforeItStood { done: CivilDate, since: CivilDate }, "{done} lies before the finding stood {}: give a later date", since.when();
        "FD-6" "finding.not-possible" at "": NotPossible { state: &'static str, wish: &'static str }, "the finding is {state}: {wish} is not possible; {}", way_out(state);
        "FD-7" "finding.unknown-code" at "code": UnknownCode { list: &'static str, code: Code, known: Vec<Code> } where code, "{code} is not in the list of {list} of this jurisdiction: {}", choose(known);
        "FD-7" "finding.unknown-office" at "office": UnknownOffice { office: OfficeCode }, "{office} is no court and no office of this jurisdiction: choose one of its list";
        "FD-8" "finding.ones-own-act" at "": OnesOwnAct { who: SubjectId }, "the finding is critical and about an act of {who}: leave it to somebody else";
        "FD-9" "finding.words-missing" at "reasons": WordsMissing, "the finding is critical: give the reasons in words or, where it concerns nobody, the number of the paper that holds them";
        "FD-10" "finding.words-of-nobody" at "reasons": WordsOfNobody, "the finding concerns nobody under whose key words could be sealed: leave the words out, and keep them on paper";
        "DP-7" "finding.not-for-software" at "": NotForSoftware, "people look at what was noticed: no process of the register may do it";
    }
}
