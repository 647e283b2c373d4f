//! The safeguards of complaints.

use super::{Reasoned, objection};
use crate::act::{Facts, Objection};
use crate::actor::Role;
use crate::complaint::{AnswerComplaint, ComplaintRefusal, Declares, Matter};
use crate::jurisdiction::{codes_of, knows};
use crate::values::{Code, Known, Occurred, SubjectId, Told};

type Found = Vec<Objection<ComplaintRefusal>>;

/// TR-3.6: nothing is asked of a complaint. What is odd about it is noticed, and never refuses it; only a day that has not
/// come is no day of a submission (CO-2), and is written anew.
pub(crate) fn submission(
    kind: &Code,
    done: Occurred,
    facts: &Facts,
    found: &mut Found,
) -> Result<(), ComplaintRefusal> {
    if facts.is_future(done) {
        return Err(ComplaintRefusal::InTheFuture { done });
    }
    let kinds = &facts.law.complaint.kinds;
    if !knows(kinds, kind.as_str()) {
        found.push(Objection::notice(ComplaintRefusal::UnknownCode {
            list: "kinds",
            code: kind.clone(),
            known: codes_of(kinds),
        }));
    }
    Ok(())
}

/// TR-3.7: whoever is complained about neither answers nor enters the answer; there is no second door.
pub(crate) fn impartial(
    matter: &Matter,
    responder: &SubjectId,
    facts: &Facts,
) -> Result<(), ComplaintRefusal> {
    let Some(subject) = &matter.subject_of else {
        return Ok(());
    };
    if responder == subject || facts.actor.subject == *subject {
        let responder = subject.clone();
        return Err(ComplaintRefusal::AnswersOneself { responder });
    }
    Ok(())
}

/// TR-3.7: a place, an office or a court that is complained about does not answer itself. What it answered before is recorded
/// with a finding.
pub(crate) fn not_of_itself(matter: &Matter, facts: &Facts, found: &mut Found) {
    let own = facts.actor.office.as_str();
    if matter.about.body() == Some(own) {
        let office = own.to_owned();
        found.push(Objection::hard(ComplaintRefusal::AnswersForItself {
            office,
        }));
    }
}

/// CO-9: once it was taken to a higher level, only that level answers.
pub(crate) fn of_its_level(matter: &Matter, facts: &Facts, found: &mut Found) {
    let Some((_, office)) = &matter.level else {
        return;
    };
    let role = facts.actor.role;
    let body = facts.law.complaint.body(office);
    if body.is_some_and(|body| !body.is_answered_by(role)) {
        let office = office.clone();
        found.push(Objection::hard(ComplaintRefusal::NotItsLevel {
            office,
            role,
        }));
    }
}

/// TR-3.7: of an official who is only described nobody can be told apart by name; whoever answers declares not to be the one.
/// There is no second door.
pub(crate) fn declared(matter: &Matter, said: Option<Declares>) -> Result<(), ComplaintRefusal> {
    match (&matter.described, said) {
        (Some(_), None) => Err(ComplaintRefusal::Undeclared),
        (Some(_), Some(Declares::NotTheOneDescribed)) | (None, _) => Ok(()),
    }
}

/// CO-8: an answer is recorded by whoever gives it. One that was given on paper before is recorded with a finding.
pub(crate) fn under_the_own_name(responder: &SubjectId, facts: &Facts, found: &mut Found) {
    let own = &facts.actor.subject;
    if responder != own {
        let (responder, own) = (responder.clone(), own.clone());
        found.push(Objection::hard(ComplaintRefusal::AnswersForAnother {
            responder,
            own,
        }));
    }
}

/// TR-3.7: whoever is complained about takes no other step in it either: what takes it higher, opens it again or ends it is
/// as much as an answer; there is no second door.
pub(crate) fn of_somebody_else(matter: &Matter, facts: &Facts) -> Result<(), ComplaintRefusal> {
    match &matter.subject_of {
        Some(subject) if facts.actor.subject == *subject => Err(ComplaintRefusal::AboutOneself {
            subject: subject.clone(),
        }),
        Some(_) | None => Ok(()),
    }
}

/// TR-3.5: an answer says where to go next.
pub(crate) fn route(wish: &AnswerComplaint, facts: &Facts, found: &mut Found) {
    if wish.route_told != Known::Value(Told::Yes) {
        let refusal = ComplaintRefusal::RouteUntold;
        found.extend(objection(refusal, Reasoned::No, &facts.law));
    }
}

/// DP-7: people answer; there is no second door.
pub(crate) fn by_people(facts: &Facts) -> Result<(), ComplaintRefusal> {
    if facts.actor.role == Role::System {
        Err(ComplaintRefusal::NotForSoftware)
    } else {
        Ok(())
    }
}
