use super::{
    assign, close, closing, facts, facts_of, facts_of_somebody, giving_to, office, raised,
    raised_with, reopen, somebody, taken_up, then,
};
use crate::act::{Objection, Weight};
use crate::actor::Role;
use crate::finding::{Finding, FindingRefusal, Standing};
use crate::stream::{Goes, Stream};
use crate::testing::doors::{
    just_now, passes, refused, refused_at_every_door, refused_live_and_noticed,
};
use crate::testing::samples::{code, known, midland, midland_with, on, person};
use crate::values::Occurred;

fn due(finding: &Finding) -> Vec<(String, u16, Weight, Role)> {
    let clocks = finding.clocks(&midland()).into_iter();
    clocks
        .map(|c| (c.due.to_string(), c.nth, c.weight, c.role))
        .collect()
}

/// DP-7
#[test]
fn software_gives_a_finding_to_nobody_closes_none_and_opens_none_again() {
    let refusal = FindingRefusal::NotForSoftware;
    let system = facts_of(Role::System);
    refused_at_every_door(&raised(), assign, &system, &refusal);
    refused_at_every_door(&raised(), close, &system, &refusal);
    let closed = then(raised(), [close(on("2026-02-12"))]);
    refused_at_every_door(&closed, reopen, &system, &refusal);
    passes(&raised(), close(just_now()), &facts());
    passes(&closed, reopen(just_now()), &facts());
}

/// FD-5
#[test]
fn no_step_is_recorded_of_the_future_nor_of_before_the_finding_stood() {
    let tomorrow = on("2026-03-06");
    let future = FindingRefusal::InTheFuture { done: tomorrow };
    let early = FindingRefusal::BeforeItStood {
        done: "2026-02-09".parse().unwrap(),
        since: "2026-02-10".parse().unwrap(),
    };
    for wish in [assign, close] {
        refused(&raised(), wish(tomorrow), &facts(), &future);
        refused(&raised(), wish(on("2026-02-09")), &facts(), &early);
        passes(&raised(), wish(on("2026-02-10")), &facts());
    }
    let closed = then(raised(), [close(on("2026-02-12"))]);
    refused(&closed, reopen(tomorrow), &facts(), &future);
    refused(&closed, reopen(on("2026-02-09")), &facts(), &early);
}

/// FD-6
#[test]
fn a_step_is_possible_only_in_the_state_that_allows_it() {
    let refusal = |state, wish| FindingRefusal::NotPossible { state, wish };
    let never = Finding::default();
    let unraised = refusal("not raised", "closing");
    refused_at_every_door(&never, close, &facts(), &unraised);
    let given = then(raised(), [assign(on("2026-02-11"))]);
    let open = refusal("assigned", "opening it again");
    refused_at_every_door(&given, reopen, &facts(), &open);
    let closed = then(raised(), [close(on("2026-02-12"))]);
    let twice = refusal("closed", "closing");
    refused_at_every_door(&closed, close, &facts(), &twice);
    let late = refusal("closed", "giving it to somebody");
    refused_at_every_door(&closed, assign, &facts(), &late);
    passes(&given, assign(just_now()), &facts());
    let reopened = then(closed, [reopen(on("2026-02-13"))]);
    passes(&reopened, assign(just_now()), &facts());
    passes(&reopened, close(just_now()), &facts());
}

/// FD-7
#[test]
fn dispositions_reasons_and_offices_are_those_of_the_pack() {
    let odd = closing(|wish| wish.disposition = code("forgotten"));
    let refusal = Objection::hard(FindingRefusal::UnknownCode {
        list: "dispositions",
        code: code("forgotten"),
        known: known(|law| &law.finding.dispositions),
    });
    refused_live_and_noticed(&raised(), odd, &facts(), refusal);
    let closed = then(raised(), [close(on("2026-02-12"))]);
    let whim = |done| {
        super::FindingCommand::Reopen(super::ReopenFinding {
            done,
            reason: code("a-whim"),
        })
    };
    let refusal = Objection::hard(FindingRefusal::UnknownCode {
        list: "reasons",
        code: code("a-whim"),
        known: known(|law| &law.finding.reasons),
    });
    refused_live_and_noticed(&closed, whim, &facts(), refusal);
    let elsewhere = giving_to("judge-2", "atlantis");
    let refusal = Objection::hard(FindingRefusal::UnknownOffice {
        office: office("atlantis"),
    });
    refused_live_and_noticed(&raised(), elsewhere, &facts(), refusal);
    passes(&raised(), assign(just_now()), &facts());
    passes(&raised(), close(just_now()), &facts());
}

/// FD-7
#[test]
fn where_the_pack_lists_no_offices_every_one_passes() {
    let law = midland_with(|law| {
        law.courts.clear();
        law.offices.clear();
    });
    let unlisted = crate::act::Facts { law, ..facts() };
    let elsewhere = giving_to("judge-2", "atlantis");
    passes(&raised(), elsewhere(just_now()), &unlisted);
    let refusal = FindingRefusal::UnknownOffice {
        office: office("atlantis"),
    };
    refused(&raised(), elsewhere(just_now()), &facts(), &refusal);
    let probation = giving_to("officer-1", "ashby-probation");
    passes(&raised(), probation(just_now()), &facts());
}

/// FD-8
#[test]
fn whoever_acted_is_neither_given_a_critical_finding_about_it_nor_closes_it() {
    let who = somebody("judge-3");
    let refusal = FindingRefusal::OnesOwnAct { who };
    let theirs = facts_of_somebody("judge-3");
    let critical = taken_up(0);
    refused_at_every_door(&critical, close, &theirs, &refusal);
    let to_oneself = giving_to("judge-3", "ashby");
    refused_at_every_door(&critical, &to_oneself, &facts(), &refusal);
    passes(&critical, close(just_now()), &facts());
    passes(&critical, assign(just_now()), &facts());
    // What is only noticed, whoever acted may settle themselves.
    let notice = taken_up(1);
    passes(&notice, close(just_now()), &theirs);
    passes(&notice, to_oneself(just_now()), &facts());
}

/// FD-9
#[test]
fn a_critical_finding_is_closed_with_reasons_in_words() {
    let wordless = closing(|wish| wish.reasons = None);
    let refusal = || Objection::reasons(FindingRefusal::WordsMissing);
    refused_live_and_noticed(&raised(), &wordless, &facts(), refusal());
    let paper = closing(|wish| {
        wish.reasons = None;
        wish.paper = Some("2026/17".parse().unwrap());
    });
    refused_live_and_noticed(&raised(), &paper, &facts(), refusal());
    passes(&raised(), close(just_now()), &facts());
    passes(&taken_up(1), wordless(just_now()), &facts());
    // Where it concerns nobody, the words stand on paper.
    let of_nobody = raised_with(|wish| wish.person = None);
    refused_live_and_noticed(&of_nobody, &wordless, &facts(), refusal());
    passes(&of_nobody, paper(just_now()), &facts());
}

/// FD-10
#[test]
fn a_finding_that_concerns_nobody_is_closed_without_words() {
    let of_nobody = raised_with(|wish| wish.person = None);
    let refusal = FindingRefusal::WordsOfNobody;
    refused_at_every_door(&of_nobody, close, &facts(), &refusal);
    passes(&raised(), close(just_now()), &facts());
}

/// FD-9
#[test]
fn a_finding_is_due_within_the_days_of_the_policy_and_oversight_sees_a_critical_one() {
    let critical = (
        "2026-02-24".to_owned(),
        1,
        Weight::Critical,
        Role::Oversight,
    );
    assert_eq!(due(&raised()), [critical]);
    let given = then(raised(), [assign(on("2026-02-11"))]);
    assert_eq!(due(&given), due(&raised()));
    let notice = ("2026-04-11".to_owned(), 1, Weight::Notice, Role::Clerk);
    assert_eq!(due(&taken_up(1)), [notice]);
    let closed = then(raised(), [close(on("2026-02-12"))]);
    assert_eq!(due(&closed), []);
    let moment: Occurred = on("2026-02-20T23:30:00Z");
    let again = then(closed, [reopen(moment)]);
    let anew = (
        "2026-03-06".to_owned(),
        2,
        Weight::Critical,
        Role::Oversight,
    );
    assert_eq!(due(&again), [anew]);
    assert_eq!(Finding::default().clocks(&midland()), []);
}

#[test]
fn a_finding_is_listed_with_whom_it_concerns_who_looks_at_it_and_how_it_stands() {
    assert_eq!(Finding::default().listed(), None);
    let listed = raised().listed().unwrap();
    assert_eq!((listed.person, listed.place), (Some(person(1)), None));
    assert_eq!(listed.kind, Some(code("pretrial.review")));
    assert_eq!((listed.state, listed.goes), ("open", Goes::On));
    assert_eq!(listed.since, on("2026-02-10"));
    let given = then(raised(), [assign(on("2026-02-11"))]);
    let listed = given.listed().unwrap();
    assert_eq!(listed.place.as_deref(), Some("ashby"));
    assert_eq!((listed.state, listed.goes), ("assigned", Goes::On));
    let closed = then(given, [close(on("2026-02-12"))]);
    let listed = closed.listed().unwrap();
    assert_eq!((listed.state, listed.goes), ("closed", Goes::Over));
    let matter = closed.stands().unwrap();
    assert_eq!(matter.closing().unwrap().disposition, code("done-late"));
    let reopened = then(closed, [reopen(on("2026-02-13"))]);
    let listed = reopened.listed().unwrap();
    assert_eq!((listed.state, listed.goes), ("reopened", Goes::On));
    let matter = reopened.stands().unwrap();
    assert_eq!((&matter.owner, matter.closing()), (&None, None));
    assert_eq!(matter.standing, Standing::Reopened);
    assert_eq!(matter.closings.len(), 1);
}
