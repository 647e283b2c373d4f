use super::{
    after, answer, facts, facts_of, on, resolve, submission, submit, submitted, submitting,
    unnamed, withdraw,
};
use crate::act::{Objection, Reference};
use crate::actor::Role;
use crate::complaint::{About, Complaint, ComplaintCommand, ComplaintRefusal, Standing, Submitter};
use crate::jurisdiction::{BUILT_IN, Pack};
use crate::stream::Stream;
use crate::testing::doors::{
    self, just_now, noticed_at_every_door, passes, refused, refused_at_every_door,
};
use crate::testing::samples::{code, known, midland, midland_with, person};

/// TR-3.6
#[test]
fn a_complaint_passes_whoever_submits_it_and_whoever_enters_it() {
    for role in Role::ALL {
        passes(&Complaint::default(), submit(), &facts_of(*role));
    }
    for by in [
        Submitter::Person,
        Submitter::Representative,
        Submitter::Family,
        Submitter::Lawyer,
        Submitter::Staff,
        Submitter::Anybody,
        Submitter::Anonymous,
    ] {
        let wish = submitting(move |wish| wish.by = by);
        passes(&Complaint::default(), wish(just_now()), &facts());
    }
    let bare = submitting(|wish| {
        wish.about = About::Other;
        wish.subject_of = None;
        wish.text = None;
    });
    passes(&Complaint::default(), bare(just_now()), &facts());
}

/// TR-3.6, CO-2, CO-4
#[test]
fn what_is_odd_about_a_complaint_is_noticed_and_only_a_day_to_come_refuses_it() {
    let strange = submitting(|wish| wish.kind = code("the-weather"));
    let refusal = Objection::notice(ComplaintRefusal::UnknownCode {
        list: "kinds",
        code: code("the-weather"),
        known: known(|law| &law.complaint.kinds),
    });
    noticed_at_every_door(&Complaint::default(), strange, &facts(), refusal);
    let tomorrow = on("2026-03-06");
    let early = submitting(|_| {})(tomorrow);
    let refusal = ComplaintRefusal::InTheFuture { done: tomorrow };
    refused(&Complaint::default(), early, &facts(), &refusal);
}

/// TR-3.6, CO-1
#[test]
fn a_complaint_stands_once_under_its_id_and_that_alone_refuses_one() {
    passes(&Complaint::default(), submit(), &facts());
    let again = submitting(|_| {});
    let taken = ComplaintRefusal::AlreadySubmitted;
    refused_at_every_door(&submitted(), again, &facts(), &taken);
    let over = after([resolve(just_now())]);
    refused(&over, submit(), &facts(), &taken);
    let nobody = ComplaintCommand::SubmitWithoutPerson(unnamed());
    refused(&submitted(), nobody, &facts(), &taken);
}

/// TR-3.6, CO-6
#[test]
fn a_complaint_that_names_nobody_passes_and_its_words_stay_on_paper() {
    let wish = ComplaintCommand::SubmitWithoutPerson(unnamed());
    passes(&Complaint::default(), wish.clone(), &facts());
    let complaint = doors::after::<Complaint>(&facts(), [wish]);
    assert_eq!(complaint.person(), None);
    let worded = super::answering(|_| {});
    let refusal = ComplaintRefusal::WordsOfNobody;
    refused_at_every_door(&complaint, worded, &facts(), &refusal);
    let resolved = super::resolving(|wish| wish.reasons = Some(super::text()));
    refused_at_every_door(&complaint, resolved, &facts(), &refusal);
    let bare = super::answering(|wish| wish.reasons = None);
    passes(&complaint, bare(just_now()), &facts());
}

/// CO-5
#[test]
fn only_whoever_complained_withdraws_a_complaint_or_the_person_it_concerns() {
    let by = Submitter::Staff;
    let refusal = ComplaintRefusal::NotTheSubmitter { by };
    refused_at_every_door(&submitted(), withdraw(by), &facts(), &refusal);
    passes(
        &submitted(),
        withdraw(Submitter::Person)(just_now()),
        &facts(),
    );
    let of_family = super::submitted_with(|wish| wish.by = Submitter::Family);
    for by in [Submitter::Family, Submitter::Person] {
        passes(&of_family, withdraw(by)(just_now()), &facts());
    }
    let nameless = super::submitted_with(|wish| wish.by = Submitter::Anonymous);
    let by = Submitter::Anonymous;
    let refusal = ComplaintRefusal::SubmitterUnknown;
    refused_at_every_door(&nameless, withdraw(by), &facts(), &refusal);
    let refusal = ComplaintRefusal::NotTheSubmitter { by };
    refused(&of_family, withdraw(by)(just_now()), &facts(), &refusal);
}

/// CO-5
#[test]
fn a_withdrawal_says_how_it_was_declared_and_is_not_recorded_by_whoever_responds() {
    let by = Submitter::Person;
    let undeclared = super::withdraw_declared(by, None);
    let refusal = ComplaintRefusal::NotDeclared;
    refused_at_every_door(&submitted(), undeclared, &facts(), &refusal);
    let tomorrow = super::withdraw_declared(by, Some(super::declared("2026-12-24")));
    let done = on("2026-12-24");
    let refusal = ComplaintRefusal::InTheFuture { done };
    refused_at_every_door(&submitted(), tomorrow, &facts(), &refusal);
    let answered = after([answer(on("2026-02-12"))]);
    let mut theirs = facts();
    let responder = answered.submitted().unwrap().answers[0].responder.clone();
    theirs.actor.subject = responder.clone();
    let refusal = ComplaintRefusal::RespondsToIt { responder };
    refused_at_every_door(&answered, withdraw(by), &theirs, &refusal);
    let others = super::as_somebody("clerk-2", facts());
    passes(&answered, withdraw(by)(just_now()), &others);
}

#[test]
fn a_complaint_is_kept_from_whoever_it_is_about_unless_the_rules_let_them_read() {
    let law = midland();
    let subject = super::somebody("officer-3");
    assert_eq!(submitted().kept_from(&law), Some(&subject));
    let reading = midland_with(|law| law.complaint.subject_reads = true);
    assert_eq!(submitted().kept_from(&reading), None);
    let of_nobody = super::submitted_with(|wish| wish.subject_of = None);
    assert_eq!(of_nobody.kept_from(&law), None);
}

#[test]
fn a_complaint_of_torture_stays_open_when_it_is_withdrawn() {
    let withdrawn = after([withdraw(Submitter::Person)(just_now())]);
    let standing = |complaint: &Complaint| complaint.submitted().unwrap().standing;
    assert_eq!(standing(&withdrawn), Standing::Withdrawn);
    let tortured = super::submitted_with(|wish| wish.kind = code("torture"));
    let wish = withdraw(Submitter::Person);
    let events = tortured.decide(wish(just_now()), &facts()).unwrap();
    let open = events.iter().fold(tortured, Stream::evolve);
    assert_eq!(standing(&open), Standing::Open);
    assert_eq!(open.title(), "withdrawn and looked into all the same");
    passes(&open, answer(just_now()), &facts());
    let refusal = ComplaintRefusal::NotPossible {
        state: "withdrawn and looked into all the same",
        wish: "withdrawing again",
    };
    refused(&open, wish(just_now()), &facts(), &refusal);
}

#[test]
fn a_complaint_refers_to_the_person_it_concerns_and_to_nobody_else() {
    let complaint = Complaint::default();
    assert_eq!(complaint.refers(&submit()), [Reference::Person(person(1))]);
    let nobody = ComplaintCommand::SubmitWithoutPerson(unnamed());
    assert_eq!(complaint.refers(&nobody), []);
    assert_eq!(submitted().person(), Some(submission().person));
}

#[test]
fn a_pack_calls_urgent_only_a_kind_that_it_lists() {
    let midland = BUILT_IN.iter().find(|(name, _)| *name == "midland");
    let (_, text) = midland.unwrap();
    let dangling = text.replacen("inquired = [\"torture\"", "inquired = [\"cruelty\"", 1);
    let error = Pack::parse(&dangling).unwrap_err().to_string();
    assert!(error.contains("complaint.inquired"), "{error}");
}
