//! What may stand in the way of a step after a complaint, and what is noticed of the complaint itself.

use super::command::Submitter;
use crate::act::choose;
use crate::actor::Role;
use crate::jurisdiction::Complained;
use crate::refusals;
use crate::values::{CivilDate, Code, Occurred, OfficeCode, SubjectId};

/// How to go on from a state in which a step is not possible.
fn way_out(state: &str) -> &'static str {
    match state {
        "not submitted" => "submit it first",
        "resolved" | "withdrawn" => "open it again first",
        "answered" => "take it to a higher level, open it again or settle it",
        _ => "read how it stands, and decide what is possible",
    }
}

refusals! {
    /// A rule that stands in the way, with its values.
    ComplaintRefusal {
        "CO-1" "complaint.already-submitted" at "": AlreadySubmitted, "a complaint stands under this id already: take a new id";
        "CO-2" "complaint.in-the-future" at "done": InTheFuture { done: Occurred }, "{done} lies in the future: give the day on which it happened";
        "CO-2" "complaint.before-the-submission" at "done": BeforeTheSubmission { done: CivilDate, submitted: CivilDate }, "{done} lies before the complaint was submitted {}: give a later date", submitted.when();
        "CO-3" "complaint.not-possible" at "": NotPossible { state: &'static str, wish: &'static str }, "the complaint is {state}: {wish} is not possible; {}", way_out(state);
        "CO-4" "complaint.unknown-code" at "code": UnknownCode { list: &'static str, code: Code, known: Vec<Code> } where code, "{code} is not in the list of {list} of this jurisdiction: {}", choose(known);
        "CO-4" "complaint.unknown-office" at "office": UnknownOffice { office: OfficeCode }, "{office} answers no complaints in this jurisdiction: choose one of its list";
        "CO-5" "complaint.not-the-submitter" at "by": NotTheSubmitter { by: Submitter }, "{} did not submit it: only whoever complained, or the person it concerns, withdraws it", by.title();
        "CO-5" "complaint.submitter-unknown" at "by": SubmitterUnknown, "whoever submitted it gave no name, and nobody can be shown to be that one: the person it concerns can withdraw it, or it is answered";
        "CO-5" "complaint.responds-to-it" at "": RespondsToIt { responder: SubjectId }, "{responder} answers the complaint and cannot record that it is withdrawn: leave it to somebody else";
        "CO-5" "complaint.not-declared" at "declared": NotDeclared, "nothing says how whoever complained declared it: say whether in writing or by voice, and on which day";
        "CO-6" "complaint.words-of-nobody" at "reasons": WordsOfNobody, "the complaint names nobody under whose key words could be sealed: leave the words out, and keep them on paper";
        "CO-7" "complaint.same-level" at "level": SameLevel { level: Code }, "it is at the level {level} already: name a higher one";
        "CO-8" "complaint.answers-for-another" at "responder": AnswersForAnother { responder: SubjectId, own: SubjectId } where responder, "{own} records it, and {responder} is named as whoever answers: whoever answers records it under the own name";
        "CO-9" "complaint.not-its-level" at "": NotItsLevel { office: OfficeCode, role: Role }, "it was taken to {office}, and {} does not answer there: leave it to that level", role.title();
        "CO-10" "complaint.does-not-fit" at "office": DoesNotFit { office: OfficeCode, about: Complained } where office, "{office} answers no complaints about {}: choose one that does", about.title();
        "TR-3.5" "complaint.route-untold" at "route_told": RouteUntold, "whoever complained was not told where to go next: tell it, and record that it was told";
        "TR-3.7" "complaint.answers-oneself" at "responder": AnswersOneself { responder: SubjectId }, "the complaint is about {responder}, who cannot take part in answering it: leave it to somebody else";
        "TR-3.7" "complaint.answers-for-itself" at "": AnswersForItself { office: String }, "the complaint is about {office}, which does not answer it itself: leave it to somebody else, or take it to a higher level";
        "TR-3.7" "complaint.undeclared" at "declares": Undeclared, "the complaint describes the official whom it is about: declare that whoever answers is not that person, or leave it to somebody else";
        "TR-3.7" "complaint.about-oneself" at "": AboutOneself { subject: SubjectId }, "the complaint is about {subject}, who takes no step in it: leave it to somebody else";
        "DP-7" "complaint.not-for-software" at "": NotForSoftware, "complaints are answered by people: no process of the register may do it";
    }
}
