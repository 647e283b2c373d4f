//! What may stand in the way of an act in an emergency.

use crate::act::choose;
use crate::refusals;
use crate::values::{CivilDate, Code, Day, Occurred, OfficeCode, PersonId};

/// How to go on from a state in which an act is not possible.
fn way_out(state: &str) -> &'static str {
    match state {
        "not declared" => "declare it first",
        "ended" => "declare another emergency under a new id",
        _ => "read how it stands, and decide what is possible",
    }
}

refusals! {
    /// A rule that stands in the way, with its values.
    EmergencyRefusal {
        "EG-1" "emergency.already-declared" at "": AlreadyDeclared, "an emergency is declared under this id already: take a new id";
        "EG-2" "emergency.in-the-future" at "done": InTheFuture { done: Occurred }, "{done} lies in the future: it is recorded when it has happened";
        "EG-2" "emergency.before-the-declaration" at "done": BeforeTheDeclaration { done: CivilDate, declared: CivilDate }, "{done} lies before the emergency was declared {}: give a later date", declared.when();
        "EG-3" "emergency.not-possible" at "": NotPossible { state: &'static str, wish: &'static str }, "the emergency is {state}: {wish} is not possible; {}", way_out(state);
        "EG-3" "emergency.release-not-possible" at "person": ReleaseNotPossible { person: PersonId, state: &'static str, wish: &'static str }, "the release of {person} is {state}: {wish} is not possible; read how it stands first";
        "EG-4" "emergency.unknown-code" at "code": UnknownCode { list: &'static str, code: Code, known: Vec<Code> } where code, "{code} is not in the list of {list} of this jurisdiction: {}", choose(known);
        "EG-4" "emergency.unknown-authority" at "justice_authority": UnknownAuthority { office: OfficeCode }, "{office} is no authority for emergencies in this jurisdiction: choose one of its list";
        "EG-5" "emergency.ends-too-early" at "ends": EndsTooEarly { ends: Day, begins: CivilDate }, "it ends on {ends}, before it begins {}: give a later day", begins.when();
        "EG-5" "emergency.not-longer" at "ends": NotLonger { ends: Day, stands: Day }, "the emergency lasts until {stands} already: an extension ends later than {ends}";
        "EG-5" "emergency.lapsed" at "ends": Lapsed { stands: Day }, "the emergency was over on {stands}: declare another one";
        "EG-5" "emergency.beyond-the-emergency" at "until": BeyondTheEmergency { until: Day, ends: Day }, "the right would be cut until {until}, and the emergency ends on {ends}: restore it by then";
        "EG-6" "emergency.version-taken" at "version": VersionTaken { version: Code }, "version {version} is published already: take a new number";
        "EG-6" "emergency.criterion-twice" at "criteria": CriterionTwice { criterion: Code }, "{criterion} stands twice in this version: name each criterion once";
        "EG-6" "emergency.includes-nobody" at "criteria": IncludesNobody, "no criterion says who can be released: add one that requires or protects";
        "EG-7" "emergency.screened-twice" at "results": ScreenedTwice { person: PersonId }, "{person} stands twice in this list: name each person once";
        "EG-7" "emergency.list-size" at "results": ListSize { people: usize, most: usize }, "the list holds {people} people: give from 1 to {most}, and the others in another list";
        "EG-8" "emergency.words-of-nobody" at "reasons": WordsOfNobody, "the cut names nobody under whose key words could be sealed: leave the words out, and name what makes it necessary";
        "EG-9" "emergency.right-cut-already" at "right": RightCutAlready { right: Code }, "{right} is cut already: restore it first";
        "EG-9" "emergency.right-not-cut" at "right": RightNotCut { right: Code }, "{right} is not cut: name one that is";
        "EG-9" "emergency.not-open" at "item": NotOpen, "it is not open: name a measure that is";
        "EG-10" "emergency.number-asked" at "criteria": NumberAsked { criterion: Code, reads: Code, known: Vec<Code> }, "{criterion} asks for a number, and {reads} is a code: ask with one_of, and {}", choose(known);
        "EG-10" "emergency.code-asked" at "criteria": CodeAsked { criterion: Code, reads: Code }, "{criterion} asks for a code, and {reads} is a number: ask with at_least or at_most";
        "EG-10" "emergency.never-so" at "criteria": NeverSo { criterion: Code, reads: Code, asked: Code, known: Vec<Code> }, "{criterion} asks whether {reads} is {asked}, which it never is: {}", choose(known);
        "EG-10" "emergency.asks-for-nothing" at "criteria": AsksForNothing { criterion: Code, reads: Code }, "{criterion} names no code that {reads} has to be: name one at least";
        "TR-2.2" "emergency.adverse-use" at "criteria": AdverseUse { criterion: Code, reads: Code }, "{criterion} works against people for {reads}: age, pregnancy, disability and health may be read, and only to protect whoever needs it; read something else";
        "TR-9.3" "emergency.review-untold" at "verdict": ReviewUntold, "the person was not told how to have the refusal reviewed: tell it, and record that it was told";
        "EM-1" "emergency.not-in-force" at "basis": NotInForce { basis: Code, on: CivilDate }, "{basis} is not in force {}: name the provision that is", on.when();
        "EM-1" "emergency.no-end" at "ends": NoEnd, "nothing says when the emergency ends: give its last day";
        "EM-1" "emergency.no-health-authority" at "health_authority": NoHealthAuthority, "no health authority is named: name the one that advises";
        "EM-2" "emergency.no-such-version" at "version": NoSuchVersion { version: Code }, "version {version} of the criteria is not published: publish it, or name one that is";
        "EM-3" "emergency.not-for-software" at "": NotForSoftware, "a person decides on each release: no process of the register may do it";
        "EM-3" "emergency.not-eligible" at "person": NotEligible { person: PersonId, version: Code, said: &'static str }, "{person} is {said} under version {version}: screen the person, or refuse the release";
        "EM-3" "emergency.identity-unchecked" at "identity": IdentityUnchecked { checks: usize }, "who the person is was checked by {checks} people who say what they compared: let two people check it, each for themselves";
        "EM-4" "emergency.no-expiry" at "verdict": NoExpiry, "the release is for a while, and nothing says until when: give the day on which the person is back";
        "EM-4" "emergency.not-ready" at "verdict": NotReady { missing: String }, "it is not sure that there is {missing}: see to it, and record it";
        "EM-5" "emergency.necessity-missing" at "necessity": NecessityMissing, "nothing says what makes it necessary to cut the right: say it";
        "EM-5" "emergency.no-counsel" at "counsel": NoCounsel, "the person whose right is cut has no counsel and did not waive it: see to counsel";
        "EM-6" "emergency.open-items" at "": OpenItems { open: usize }, "{open} measures are still open: record what became of each first";
        "DP-7" "emergency.by-software" at "": BySoftware, "an emergency is declared, and a right cut, by people: no process of the register may do it";
    }
}
