//! What the safeguards have against steps of a supervision.

use super::{Reasoned, clocks, objection};
use crate::act::{Door, Facts, Grade, Objection};
use crate::actor::Role;
use crate::jurisdiction::Pack;
use crate::supervision::{
    AssignOfficer, HoldReview, ReferToProgramme, RequestRecall, Started, SupervisionRefusal,
    TreatmentKind,
};
use crate::values::{Answer, CivilDate, Known, OfficeCode};

type Found = Vec<Objection<SupervisionRefusal>>;

/// TR-14.3: neither the request for a recall nor the decision on it is software's.
pub(crate) fn by_people(facts: &Facts) -> Result<(), SupervisionRefusal> {
    if facts.actor.role == Role::System {
        Err(SupervisionRefusal::NotForSoftware)
    } else {
        Ok(())
    }
}

/// TR-10.2: the office is one of those that the law makes competent; an empty list holds every office.
pub(crate) fn competent(office: &OfficeCode, grade: Grade, law: &Pack, found: &mut Found) {
    let offices = &law.offices;
    let known = offices.iter().any(|o| o.code.as_str() == office.as_str());
    if !offices.is_empty() && !known {
        let office = office.clone();
        let refusal = SupervisionRefusal::UnknownOffice { office };
        found.push(Objection { grade, refusal });
    }
}

/// TR-10.2: a court or board decides on a recall. Whoever records a decision of the past need not be the one who took it.
pub(crate) fn court(door: Door, facts: &Facts, found: &mut Found) {
    let role = facts.actor.role;
    if door.is_live() && !matches!(role, Role::Judge | Role::Clerk) {
        found.push(Objection::hard(SupervisionRefusal::NotCompetent { role }));
    }
}

/// TR-10.3: a review fixes the next one, which comes after it.
pub(crate) fn next_review(wish: &HoldReview, facts: &Facts, found: &mut Found) {
    let held = facts.date(wish.done);
    let Some(next) = wish.next_review else {
        let refusal = SupervisionRefusal::NextReviewMissing;
        found.extend(objection(refusal, Reasoned::No, &facts.law));
        return;
    };
    if held.earliest() >= Some(next) {
        let refusal = SupervisionRefusal::NextReviewNotLater { next, held };
        found.push(Objection::hard(refusal));
    }
}

/// TR-11.1: nothing is asked of the person after the supervision is over.
pub(crate) fn beyond_the_end(started: &Started, on: CivilDate, facts: &Facts, found: &mut Found) {
    let over = started.standing.over().map(|done| facts.date(done));
    let ends = started.expected_end.map(CivilDate::from);
    let passed = ends.into_iter().chain(over).find(|ends| ends.is_before(on));
    if let Some(ends) = passed {
        let refusal = SupervisionRefusal::AfterTheEnd { on, ends };
        found.push(Objection::hard(refusal));
    }
}

/// TR-14.4: a request for recall names what was tried before, or says why nothing was.
pub(crate) fn tried(wish: &RequestRecall, law: &Pack, found: &mut Found) {
    if wish.alternatives_tried.is_empty() {
        let reasoned = Reasoned::by(wish.note.as_ref());
        found.extend(objection(SupervisionRefusal::NothingTried, reasoned, law));
    }
}

/// TR-3.8: nobody is experimented on, and what speaks against a treatment is seen.
pub(crate) fn treatment(wish: &ReferToProgramme, found: &mut Found) {
    let programme = || wish.programme.clone();
    if wish.treatment == Known::Value(TreatmentKind::Experiment) {
        let programme = programme();
        found.push(Objection::hard(SupervisionRefusal::Experiment {
            programme,
        }));
    }
    if wish.contraindicated == Known::Value(Answer::Yes) {
        let programme = programme();
        found.push(Objection::notice(SupervisionRefusal::Contraindicated {
            programme,
        }));
    }
}

/// TR-19: a volunteer is screened and insured.
pub(crate) fn volunteer(wish: &AssignOfficer, law: &Pack, found: &mut Found) {
    let Some(volunteer) = &wish.volunteer else {
        return;
    };
    let said = [
        (volunteer.screened, "screened"),
        (volunteer.insured, "insured"),
    ];
    let missing = said
        .into_iter()
        .filter(|(said, _)| *said != Known::Value(Answer::Yes));
    let what: Vec<&'static str> = missing.map(|(_, what)| what).collect();
    if !what.is_empty() {
        let refusal = SupervisionRefusal::VolunteerUnready { what };
        found.extend(objection(refusal, Reasoned::No, law));
    }
}

/// TR-13.5: an officer has no more cases than can be looked after.
pub(crate) fn caseload(facts: &Facts, found: &mut Found) {
    let most = facts.law.supervision.most_cases;
    if let Some((most, cases)) = most.zip(facts.cases)
        && cases >= most
    {
        let refusal = SupervisionRefusal::TooManyCases { cases, most };
        found.extend(objection(refusal, Reasoned::No, &facts.law));
    }
}

/// TR-11.2: a measure that may have done its work is seen at its review. Of a past review it is of no use to anybody.
pub(crate) fn early_end(started: &Started, wish: &HoldReview, facts: &Facts, found: &mut Found) {
    let Some((part, ends)) = facts.law.supervision.early_end.zip(started.expected_end) else {
        return;
    };
    let (Some(first), Some(held)) = (started.starts.latest(), facts.date(wish.done).earliest())
    else {
        return;
    };
    let is_live = facts.door(wish.done).is_live();
    if is_live && held >= clocks::early(part, first, ends) {
        let refusal = SupervisionRefusal::MayEndEarly { part, ends };
        found.extend(objection(refusal, Reasoned::No, &facts.law));
    }
}
