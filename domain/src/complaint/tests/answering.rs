use super::{
    after, answer, answering, as_somebody, assign, escalate, facts, facts_of, office, on, reopen,
    resolve, resolving, somebody, submit, submitted, submitted_with, text, unnamed, withdraw,
};
use crate::act::{Facts, Objection, Weight};
use crate::actor::Role;
use crate::complaint::{
    About, AssignComplaint, Complaint, ComplaintCommand, ComplaintRefusal, Declares,
    EscalateComplaint, OnPaper, Standing, Submitter,
};
use crate::jurisdiction::Complained;
use crate::stream::{Goes, Listed, Stream};
use crate::testing::doors::{
    self, after_just_now, just_now, noticed_at_every_door, passes, refused, refused_at_every_door,
    refused_live_and_noticed, told_with,
};
use crate::testing::samples::{code, known, midland, person};
use crate::values::{Known, Occurred, Told};

/// TR-3.7
#[test]
fn whoever_is_complained_about_takes_no_part_in_answering() {
    passes(&submitted(), answer(just_now()), &facts());
    let responder = somebody("officer-3");
    let refusal = ComplaintRefusal::AnswersOneself {
        responder: responder.clone(),
    };
    let oneself = answering(|wish| wish.responder = somebody("officer-3"));
    refused_at_every_door(&submitted(), oneself, &facts(), &refusal);
    let assigned = |done| {
        ComplaintCommand::Assign(AssignComplaint {
            done,
            responder: responder.clone(),
            office: office("governor"),
            acknowledged: Known::NotRecorded,
        })
    };
    refused_at_every_door(&submitted(), assigned, &facts(), &refusal);
    let settled = resolving(|wish| wish.by = somebody("officer-3"));
    refused_at_every_door(&submitted(), settled, &facts(), &refusal);
    // Nor under somebody else's name.
    refused_at_every_door(&submitted(), answer, &as_whoever_it_is_about(), &refusal);
}

/// The facts as whoever the complaint is about has them.
fn as_whoever_it_is_about() -> Facts {
    as_somebody("officer-3", facts())
}

/// TR-3.7
#[test]
fn whoever_is_complained_about_takes_no_other_step_either() {
    let theirs = as_whoever_it_is_about();
    let subject = somebody("officer-3");
    let refusal = ComplaintRefusal::AboutOneself { subject };
    refused_at_every_door(&submitted(), escalate("inspectorate"), &theirs, &refusal);
    let nameless = submitted_with(|wish| wish.by = Submitter::Anonymous);
    for by in [Submitter::Anonymous, Submitter::Person] {
        refused_at_every_door(&nameless, withdraw(by), &theirs, &refusal);
    }
    let answered = after([answer(on("2026-02-12"))]);
    refused_at_every_door(&answered, reopen, &theirs, &refusal);
    // What is about nobody in particular is open to everybody.
    let of_nobody = submitted_with(|wish| wish.subject_of = None);
    passes(&of_nobody, withdraw(Submitter::Person)(just_now()), &theirs);
    passes(&submitted(), escalate("inspectorate")(just_now()), &facts());
}

/// TR-3.7
#[test]
fn whoever_answers_a_complaint_about_somebody_described_declares_not_to_be_that_person() {
    let described = submitted_with(|wish| {
        wish.subject_of = None;
        wish.described = Some(text());
    });
    let refusal = ComplaintRefusal::Undeclared;
    refused_at_every_door(&described, answer, &facts(), &refusal);
    refused_at_every_door(&described, resolve, &facts(), &refusal);
    let declares = Some(Declares::NotTheOneDescribed);
    let answered = answering(|wish| wish.declares = declares);
    passes(&described, answered(just_now()), &facts());
    let settled = resolving(|wish| wish.declares = declares);
    passes(&described, settled(just_now()), &facts());
    let mut on_paper = unnamed();
    on_paper.described = Some(OnPaper::Described);
    let on_paper: Complaint =
        doors::after(&facts(), [ComplaintCommand::SubmitWithoutPerson(on_paper)]);
    refused_at_every_door(&on_paper, resolve, &facts(), &refusal);
}

/// CO-8
#[test]
fn whoever_answers_records_it_under_the_own_name() {
    let clerk = as_somebody("clerk-2", facts());
    let objection = || {
        Objection::hard(ComplaintRefusal::AnswersForAnother {
            responder: somebody("head-1"),
            own: somebody("clerk-2"),
        })
    };
    refused_live_and_noticed(&submitted(), answer, &clerk, objection());
    refused_live_and_noticed(&submitted(), resolve, &clerk, objection());
    passes(&submitted(), answer(just_now()), &facts());
    passes(&submitted(), resolve(just_now()), &facts());
    // Somebody else may say who is to answer.
    passes(&submitted(), assign(just_now()), &clerk);
}

/// TR-3.5
#[test]
fn whoever_complained_is_told_where_to_go_next() {
    passes(&submitted(), answer(just_now()), &facts());
    let untold = answering(|wish| wish.route_told = Known::Value(Told::No));
    let refusal = Objection::notice(ComplaintRefusal::RouteUntold);
    noticed_at_every_door(&submitted(), untold, &facts(), refusal);
}

/// DP-7
#[test]
fn software_answers_no_complaint() {
    let software = facts_of(Role::System);
    let refusal = ComplaintRefusal::NotForSoftware;
    refused_at_every_door(&submitted(), answer, &software, &refusal);
    refused_at_every_door(&submitted(), resolve, &software, &refusal);
    passes(&submitted(), answer(just_now()), &facts());
}

/// CO-2
#[test]
fn no_step_is_of_the_future_and_one_told_of_before_the_submission_is_seen() {
    let tomorrow = on("2026-03-06");
    let refusal = ComplaintRefusal::InTheFuture { done: tomorrow };
    refused(&submitted(), answer(tomorrow), &facts(), &refusal);
    let refusal = ComplaintRefusal::BeforeTheSubmission {
        done: "2026-02-09".parse().unwrap(),
        submitted: "2026-02-10".parse().unwrap(),
    };
    told_with(&submitted(), answer(on("2026-02-09")), &facts(), refusal);
    let fresh = submitted_with(|wish| wish.done = after_just_now());
    let refusal = ComplaintRefusal::BeforeTheSubmission {
        done: "2026-03-05".parse().unwrap(),
        submitted: "2026-03-05".parse().unwrap(),
    };
    refused(&fresh, answer(just_now()), &facts(), &refusal);
    // A level of before the submission lets nobody wait before it.
    let early = after([escalate("inspectorate")(on("2026-01-01"))]);
    let due = |complaint: &Complaint| complaint.clocks(&midland())[0].due;
    assert_eq!(due(&early), due(&submitted()));
    passes(&submitted(), answer(on("2026-02-10")), &facts());
}

/// CO-3
#[test]
fn a_step_is_possible_only_in_the_state_that_allows_it() {
    let refusal = |state, wish| ComplaintRefusal::NotPossible { state, wish };
    let never = Complaint::default();
    let unsubmitted = refusal("not submitted", "answering");
    refused_at_every_door(&never, answer, &facts(), &unsubmitted);
    let answered = after([assign(on("2026-02-11")), answer(on("2026-02-12"))]);
    let twice = refusal("answered", "answering");
    refused_at_every_door(&answered, answer, &facts(), &twice);
    let open = refusal("open", "opening it again");
    refused_at_every_door(&submitted(), reopen, &facts(), &open);
    let settled = after([resolve(on("2026-02-12"))]);
    let over = refusal("resolved", "naming who answers");
    refused_at_every_door(&settled, assign, &facts(), &over);
    for wish in [escalate("inspectorate"), escalate("ombudsman")] {
        passes(&answered, wish(just_now()), &facts());
    }
    passes(&answered, resolve(just_now()), &facts());
    passes(&settled, reopen(just_now()), &facts());
    let withdrawn = after([withdraw(Submitter::Person)(on("2026-02-12"))]);
    passes(&withdrawn, reopen(just_now()), &facts());
}

/// CO-4
#[test]
fn outcomes_redress_and_offices_are_those_of_the_pack() {
    passes(&submitted(), assign(just_now()), &facts());
    let odd = answering(|wish| wish.outcome = code("who-knows"));
    let refusal = Objection::hard(ComplaintRefusal::UnknownCode {
        list: "outcomes",
        code: code("who-knows"),
        known: known(|law| &law.complaint.outcomes),
    });
    refused_live_and_noticed(&submitted(), odd, &facts(), refusal);
    let gift = resolving(|wish| wish.redress = Some(code("a-gift")));
    let refusal = Objection::hard(ComplaintRefusal::UnknownCode {
        list: "redress",
        code: code("a-gift"),
        known: known(|law| &law.complaint.redress),
    });
    refused_live_and_noticed(&submitted(), gift, &facts(), refusal);
    let elsewhere = |done| {
        ComplaintCommand::Assign(AssignComplaint {
            done,
            responder: somebody("head-1"),
            office: office("atlantis"),
            acknowledged: Known::NotRecorded,
        })
    };
    let refusal = Objection::hard(ComplaintRefusal::UnknownOffice {
        office: office("atlantis"),
    });
    refused_live_and_noticed(&submitted(), elsewhere, &facts(), refusal);
}

/// TR-3.7
#[test]
fn a_place_or_a_court_answers_no_complaint_about_itself() {
    // The samples act for this office.
    let own = facts().actor.office;
    let of_court = About::Court(own.as_str().parse().unwrap());
    let of_place = About::Facility(code(own.as_str()));
    for about in [of_court, of_place, About::Office(own.clone())] {
        let complaint = submitted_with(|wish| wish.about = about.clone());
        let refusal = Objection::hard(ComplaintRefusal::AnswersForItself {
            office: own.to_string(),
        });
        refused_live_and_noticed(&complaint, answer, &facts(), refusal.clone());
        refused_live_and_noticed(&complaint, resolve, &facts(), refusal);
        let clocks = complaint.clocks(&midland());
        assert_eq!(clocks[0].role, Role::Oversight);
    }
    let elsewhere = submitted_with(|wish| wish.about = About::Facility(code("north")));
    passes(&elsewhere, answer(just_now()), &facts());
}

/// TR-3.7
#[test]
fn the_answer_waits_with_a_clerk_unless_somebody_would_answer_about_oneself() {
    let role = |complaint: &Complaint| complaint.clocks(&midland())[0].role;
    let plain = submitted_with(|wish| wish.subject_of = None);
    assert_eq!(role(&plain), Role::Clerk);
    assert_eq!(role(&submitted()), Role::Oversight);
    let higher = after([escalate("inspectorate")(on("2026-02-15"))]);
    assert_eq!(role(&higher), Role::Oversight);
}

/// CO-9
#[test]
fn once_it_was_taken_higher_only_that_level_answers() {
    let higher = after([escalate("inspectorate")(on("2026-02-15"))]);
    let refusal = Objection::hard(ComplaintRefusal::NotItsLevel {
        office: office("inspectorate"),
        role: Role::Clerk,
    });
    refused_live_and_noticed(&higher, answer, &facts(), refusal.clone());
    refused_live_and_noticed(&higher, resolve, &facts(), refusal);
    passes(&higher, answer(just_now()), &facts_of(Role::Oversight));
}

/// CO-10
#[test]
fn a_complaint_goes_only_to_a_body_that_answers_about_such_a_thing() {
    let of_court = submitted_with(|wish| wish.about = About::Court("brook".parse().unwrap()));
    let taken = |to: &'static str| {
        move |done| {
            ComplaintCommand::Escalate(EscalateComplaint {
                done,
                level: code("head"),
                to: office(to),
                reason: code("no-answer"),
            })
        }
    };
    let refusal = |to| {
        Objection::hard(ComplaintRefusal::DoesNotFit {
            office: office(to),
            about: Complained::Court,
        })
    };
    refused_live_and_noticed(&of_court, taken("governor"), &facts(), refusal("governor"));
    refused_live_and_noticed(&of_court, assign, &facts(), refusal("probation-head"));
    passes(&of_court, taken("court-president")(just_now()), &facts());
    passes(&of_court, taken("ombudsman")(just_now()), &facts());
}

/// CO-7
#[test]
fn an_escalation_goes_to_another_level_and_an_answer_is_awaited_anew() {
    let steps = [
        assign(on("2026-02-11")),
        answer(on("2026-02-12")),
        escalate("inspectorate")(on("2026-02-15")),
    ];
    let higher = after(steps);
    let matter = higher.submitted().unwrap();
    assert_eq!(matter.standing, Standing::Open);
    assert_eq!(matter.assigned, None);
    assert_eq!(matter.answers.len(), 1);
    let level = code("inspectorate");
    let refusal = ComplaintRefusal::SameLevel { level };
    refused_at_every_door(&higher, escalate("inspectorate"), &facts(), &refusal);
    passes(&higher, escalate("ombudsman")(just_now()), &facts());
}

/// MR-57
#[test]
fn an_answer_is_due_sooner_where_it_is_urgent_and_then_it_goes_higher() {
    let law = midland();
    let due = |complaint: &Complaint| -> Vec<(&str, u16, String, Weight)> {
        let clocks = complaint.clocks(&law).into_iter();
        clocks
            .map(|c| (c.code, c.nth, c.due.to_string(), c.weight))
            .collect()
    };
    let both = |nth, answer: &str, weight, escalation: &str| {
        [
            ("complaint.answer", nth, answer.to_owned(), weight),
            (
                "complaint.escalation",
                nth,
                escalation.to_owned(),
                Weight::Critical,
            ),
        ]
    };
    let ordinary = both(1, "2026-02-24", Weight::Notice, "2026-03-03");
    assert_eq!(due(&submitted()), ordinary);
    let tortured = submitted_with(|wish| wish.kind = code("torture"));
    let urgent = both(1, "2026-02-12", Weight::Critical, "2026-02-19");
    assert_eq!(due(&tortured), urgent);
    let answered = after([answer(on("2026-02-12"))]);
    assert_eq!(due(&answered), []);
    let moment: Occurred = on("2026-02-20T23:30:00Z");
    let again = after([answer(on("2026-02-12")), reopen(moment)]);
    let anew = both(2, "2026-03-06", Weight::Notice, "2026-03-13");
    assert_eq!(due(&again), anew);
}

#[test]
fn a_complaint_is_listed_at_the_office_that_has_it_and_is_over_once_it_is_settled() {
    assert_eq!(Complaint::default().listed(), None);
    let after = |commands: Vec<ComplaintCommand>| -> Listed {
        let complaint: Complaint = doors::after(&facts(), commands);
        complaint.listed().unwrap()
    };
    let listed = after(vec![submit()]);
    assert_eq!(listed.person, Some(person(1)));
    assert_eq!(listed.kind, Some(code("staff")));
    assert_eq!(listed.place, None);
    assert_eq!(listed.goes, Goes::On);
    let assigned = || vec![submit(), assign(on("2026-02-11"))];
    let and = |wish: ComplaintCommand| assigned().into_iter().chain([wish]).collect();
    let listed = after(assigned());
    assert_eq!(listed.place.as_deref(), Some("probation-head"));
    let higher = and(escalate("inspectorate")(on("2026-02-20")));
    assert_eq!(after(higher).place.as_deref(), Some("inspectorate"));
    let settled = and(resolve(on("2026-02-20")));
    assert_eq!(after(settled).goes, Goes::Over);
}
