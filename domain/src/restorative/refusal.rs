//! What may stand in the way of an act in a restorative process.

use super::command::Side;
use crate::act::choose;
use crate::refusals;
use crate::values::{CivilDate, Code, Day, Occurred, OfficeCode, PointNo, SentenceId};

/// How to go on from a state in which an act is not possible.
fn way_out(state: &str) -> &'static str {
    match state {
        "not recorded" => "record the referral first",
        "referred" => "start the process, or end it",
        "under way" => "record what was agreed, or end it without agreement",
        "agreed" => "record what is fulfilled, or end it unfulfilled",
        _ => "refer the case anew under another id",
    }
}

refusals! {
    /// A rule that stands in the way, with its values.
    RestorativeRefusal {
        "RS-1" "restorative.already-referred" at "": AlreadyReferred, "a case is referred under this id already: take a new id";
        "RS-1" "restorative.sentence-not-in-force" at "origin": SentenceNotInForce { sentence: SentenceId }, "{sentence} is no sentence of this person that is in force: name one that is, or leave it out";
        "RS-2" "restorative.in-the-future" at "done": InTheFuture { done: Occurred }, "{done} lies in the future: it is recorded when it has happened";
        "RS-2" "restorative.too-early" at "done": TooEarly { done: CivilDate, follows: &'static str, on: CivilDate }, "{done} lies before the {follows} {}: give a later date", on.when();
        "RS-3" "restorative.not-possible" at "": NotPossible { state: &'static str, wish: &'static str }, "the process is {state}: {wish} is not possible; {}", way_out(state);
        "RS-4" "restorative.unknown-code" at "code": UnknownCode { list: &'static str, code: Code, known: Vec<Code> } where code, "{code} is not in the list of {list} of this jurisdiction: {}", choose(known);
        "RS-4" "restorative.unknown-office" at "office": UnknownOffice { office: OfficeCode }, "{office} is neither an office nor a court of this jurisdiction: choose one of the lists";
        "RS-5" "restorative.nothing-agreed" at "points": NothingAgreed, "the agreement has no point: name at least one, or end the process without agreement";
        "RS-5" "restorative.terms-missing" at "points": TermsMissing { point: PointNo }, "nothing says what was agreed in point {point}: say it";
        "RS-5" "restorative.ends-too-early" at "points": EndsTooEarly { until: Day, reached: CivilDate }, "a point ends on {until}, before the agreement was reached {}: give a later day", reached.when();
        "RS-6" "restorative.no-such-point" at "points": NoSuchPoint { point: PointNo }, "the agreement has no point {point}: name one that it has";
        "RS-6" "restorative.fulfilled-already" at "points": FulfilledAlready { point: PointNo }, "point {point} is fulfilled already: leave it out";
        "RS-7" "restorative.same-person" at "victim": SamePerson, "the victim is the person who is referred: name somebody else, or leave the victim out";
        "RJ-1" "restorative.consent-missing" at "": ConsentMissing { side: Side }, "the {side} has not consented, informed, before the start: record the consent, with what was explained";
        "RJ-1" "restorative.guardian-missing" at "": GuardianMissing { side: Side }, "the {side} may be a child: record the parent's or guardian's consent too";
        "RJ-1" "restorative.facilitator-missing" at "facilitator": FacilitatorMissing, "nobody leads the process: name a facilitator";
        "RJ-1" "restorative.facilitator-is-a-side" at "facilitator": FacilitatorIsASide, "whoever leads the process is a side of it: name somebody who is fair to both";
        "RJ-2" "restorative.blaming-reason" at "reason": BlamingReason { reason: Code }, "{reason} blames somebody who took part: give a reason that blames nobody";
        "CRC-AGE" "restorative.age-contradicted" at "age": AgeContradicted, "the age that is told is not what the date of birth says that the register keeps: whoever may be a child is treated as one until it is settled which is wrong";
    }
}
