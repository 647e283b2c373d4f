//! What may stand in the way of a release.

use crate::act::choose;
use crate::actor::Role;
use crate::refusals;
use crate::values::{CivilDate, Code, Day, Occurred, OfficeCode, SentenceId};

/// How to go on from a state in which an act is not possible.
fn way_out(state: &str) -> &'static str {
    match state {
        "not recorded" => "record first from which day release is possible",
        "refused" => "record that it is considered again",
        "granted" => "record that the person left, or end it",
        "ended" => "record another release under a new id",
        _ => "read how it stands, and decide what is possible",
    }
}

refusals! {
    /// A rule that stands in the way, with its values.
    ReleaseRefusal {
        "RL-1" "release.already-recorded" at "": AlreadyRecorded, "a release is recorded under this id already: take a new id";
        "RL-1" "release.sentence-not-in-force" at "sentence": SentenceNotInForce { sentence: SentenceId }, "sentence {sentence} of this person is not in force: name the one that is served";
        "RL-2" "release.in-the-future" at "done": InTheFuture { done: Occurred }, "{done} lies in the future: it is recorded when it has happened";
        "RL-2" "release.before-the-last-step" at "done": BeforeTheLastStep { done: CivilDate, last: CivilDate }, "{done} lies before the step it follows, {}: give a later date", last.when();
        "RL-3" "release.not-possible" at "": NotPossible { state: &'static str, wish: &'static str }, "the release is {state}: {wish} is not possible; {}", way_out(state);
        "RL-4" "release.unknown-code" at "code": UnknownCode { list: &'static str, code: Code, known: Vec<Code> } where code, "{code} is not in the list of {list} of this jurisdiction: {}", choose(known);
        "RL-4" "release.unknown-office" at "supervision": UnknownOffice { office: OfficeCode }, "{office} is no office of this jurisdiction: choose one of its list";
        "RL-5" "release.no-end" at "expires": NoEnd { kind: Code }, "{kind} is for a while, and nothing says until when: give the day on which the person is back";
        "RL-6" "release.by-law" at "": ByLaw { kind: Code }, "the law itself brings {kind}, and nobody decides on it: record the release by law";
        "RL-6" "release.not-by-law" at "kind": NotByLaw { kind: Code }, "somebody decides on {kind}: record what they decided";
        "RL-7" "release.ends-too-early" at "until": EndsTooEarly { until: Day, decided: CivilDate }, "{until} lies before it is decided {}: give a later day", decided.when();
        "RL-8" "release.too-early" at "done": TooEarly { done: CivilDate, eligible: Day }, "the law allows it from {eligible} on, and the person would leave {}: wait for that day", done.when();
        "RL-9" "release.reasons-missing" at "reasons": ReasonsMissing, "nothing says why release is refused: give the reasons";
        "RL-10" "release.somebody-else" at "person": SomebodyElse, "this release was recorded of another person or another sentence: record this one under its own id";
        "RL-11" "release.not-ready" at "ready": NotReady { missing: String }, "it is not sure that there is {missing}: see to it, and record it";
        "RL-12" "release.not-as-worked-out" at "eligible_on": NotAsWorkedOut { eligible: Day, worked_out: Day }, "{eligible} is recorded, and by the sentence the register works out {worked_out}: look at the dates of the sentence, and correct the day that is mistaken";
        "RL-12" "release.same-day" at "eligible_on": SameDay { eligible_on: Day }, "it is possible from {eligible_on} on already: name another day";
        "TR-3.1" "release.not-in-force" at "basis": NotInForce { basis: Code, on: CivilDate }, "{basis} is not in force {}: name the provision that is", on.when();
        "TR-3.3" "release.not-competent" at "": NotCompetent { role: Role }, "release is decided by a court or a board, and {role} is none: leave it to them";
        "TR-9.3" "release.review-untold" at "review_told": ReviewUntold, "the person was not told how to have the refusal reviewed: tell it, and record that it was told";
        "TR-9.4" "release.again-too-late" at "next_consideration": AgainTooLate { next: Day, latest: Day }, "it is considered again by {next}, after {latest}, the latest day that the policy allows: name an earlier day";
        "TR-11.1" "release.after-the-end" at "done": AfterTheEnd { done: CivilDate, ended: CivilDate }, "the release ended {}, and the person would be called back from it {}: nothing is asked of the person any more", ended.when(), done.when();
        "TR-12.2" "release.terms-missing" at "conditions": TermsMissing { condition: Code }, "nothing says what {condition} asks: say what, where, and how it is seen whether it is kept";
        "TR-12.2" "release.too-many" at "conditions": TooMany { conditions: usize, most: usize }, "{conditions} conditions are set at once, more than the {most} that the policy thinks can be kept: leave some out";
        "BR-63" "release.carer-not-weighed" at "caretaking": CarerNotWeighed, "the person is pregnant or somebody depends on the person: say how that was weighed";
        "DP-7" "release.not-for-software" at "": NotForSoftware, "release is decided on and carried out by people: no process of the register may do it";
    }
}
