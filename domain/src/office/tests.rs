use super::{OfficeRefusal, outside};
use crate::act::{Facts, Finding, Objection};
use crate::actor::{Actor, Role};
use crate::complaint::Complaint;
use crate::cooperation::Cooperation;
use crate::custody::Custody;
use crate::emergency::Emergency;
use crate::facility::Facility;
use crate::order::Order;
use crate::pretrial::Pretrial;
use crate::release::Release;
use crate::report::Report;
use crate::restorative::Restorative;
use crate::sentence::{Impose, Sentence, SentenceCommand, SentenceEvent};
use crate::stream::{FromJson, Stream, StreamEvent, notice};
use crate::supervision::Supervision;
use crate::testing::doors;
use crate::testing::samples::{actor, decision, fine, person};
use crate::values::{Known, Occurred, OfficeCode};

const PERSON: &str = "00000000-0000-0000-0000-000000000001";
const CASE: &str = "00000000-0000-0000-0000-00000000000b";

fn facts_at(role: Role, office: &str) -> Facts {
    let office = OfficeCode::parse(office).unwrap();
    Facts {
        actor: Actor {
            office,
            ..actor(role)
        },
        ..doors::facts_of(role, [])
    }
}

fn noticed(office: &str, has: &str) -> Finding {
    let refusal = OfficeRefusal::NotItsOwn {
        office: office.to_owned(),
        has: has.to_owned(),
    };
    Objection::notice(refusal).finding()
}

/// A stream after events of the ledger.
fn after<S: Stream>(events: &[&str]) -> S {
    events.iter().fold(S::default(), |state, event| {
        let event = event.replace("PERSON", PERSON).replace("CASE", CASE);
        state.evolve(&S::Event::from_json(&event).unwrap_or_else(|e| panic!("{event}: {e}")))
    })
}

fn wish<S: Stream>(command: &str) -> S::Command {
    let command = command.replace("PERSON", PERSON).replace("CASE", CASE);
    S::Command::from_json(&command).unwrap_or_else(|e| panic!("{command}: {e}"))
}

/// Passes without being noticed.
#[track_caller]
fn passes<S: Stream>(state: &S, command: &str, role: Role, office: &str) {
    let found = outside(state, &wish::<S>(command), &facts_at(role, office));
    assert_eq!(found, None, "{command}: {role} of {office}");
}

/// Whoever has it passes, and another of the same role is noticed.
#[track_caller]
fn is_of<S: Stream>(state: &S, command: &str, role: Role, own: &str, other: &str) {
    passes(state, command, role, own);
    let found = outside(state, &wish::<S>(command), &facts_at(role, other));
    assert_eq!(found, Some(noticed(other, own)), "{command}");
}

const ORDER: &str = r#"{"made": {"order": {"person": "PERSON", "sentence": "CASE", "component": 1, "made": "2026-01-07", "court": "ashby", "office": "ashby-probation", "starts": "2026-01-07"}, "door": "existing"}}"#;

const CREDIT: &str = r#"{"credit_hours": {"requirement": 1, "quantity": {"minutes": 60}, "reason": "attended", "done": "2026-02-01"}}"#;

/// OF-1
#[test]
fn an_office_credits_hours_on_its_own_order_and_on_anothers_with_a_finding() {
    let order: Order = after(&[ORDER]);
    is_of(
        &order,
        CREDIT,
        Role::Probation,
        "ashby-probation",
        "brook-probation",
    );
    // The register carries out what was decided.
    for role in [Role::System, Role::Administrator] {
        passes(&order, CREDIT, role, "brook");
    }
    let refused = OfficeRefusal::NotItsOwn {
        office: "brook-probation".to_owned(),
        has: "ashby-probation".to_owned(),
    };
    assert!(
        refused.to_string().contains("transfer the case"),
        "{refused}"
    );
}

/// OF-1
#[test]
fn a_court_revokes_its_own_order_and_another_only_answers_a_breach_or_hands_the_order_over() {
    let order: Order = after(&[ORDER]);
    let revoke = r#"{"revoke": {"pronounced": "2026-02-01", "reason": "other"}}"#;
    for role in [Role::Judge, Role::Clerk] {
        is_of(&order, revoke, role, "ashby", "brook");
        is_of(&order, CREDIT, role, "ashby", "brook");
        for elsewhere in [
            r#"{"find_breach_not_proven": {"breach": 1, "pronounced": "2026-02-01"}}"#,
            r#"{"transfer": {"to": "brook-probation", "done": "2026-02-01"}}"#,
        ] {
            passes(&order, elsewhere, role, "brook");
        }
    }
}

/// OF-1
#[test]
fn a_transfer_is_recorded_by_either_office_and_from_then_on_the_new_one_has_it() {
    let order: Order = after(&[ORDER]);
    let transfer = r#"{"transfer": {"to": "brook-probation", "done": "2026-02-01"}}"#;
    for office in ["ashby-probation", "brook-probation"] {
        passes(&order, transfer, Role::Probation, office);
    }
    let facts = facts_at(Role::Probation, "fenwick-probation");
    let found = outside(&order, &wish::<Order>(transfer), &facts);
    let expected = noticed("fenwick-probation", "ashby-probation");
    assert_eq!(found, Some(expected));
    let moved = r#"{"transferred": {"transfer": {"to": "brook-probation", "done": "2026-02-01"}, "from": "ashby-probation", "door": "existing"}}"#;
    let order: Order = after(&[ORDER, moved]);
    is_of(
        &order,
        CREDIT,
        Role::Probation,
        "brook-probation",
        "ashby-probation",
    );
}

fn impose(pronounced: Occurred) -> SentenceCommand {
    SentenceCommand::Impose(Impose {
        person: person(1),
        pronounced,
        decision: decision([fine(1, 10_000)]),
        comparison: Known::NotRecorded,
    })
}

/// OF-1
#[test]
fn a_judge_imposes_in_the_court_they_sit_in_and_elsewhere_with_a_finding() {
    let none = Sentence::default();
    let of = |office, pronounced| {
        let facts = facts_at(Role::Judge, office);
        outside(&none, &impose(pronounced), &facts)
    };
    assert_eq!(of("ashby", doors::just_now()), None);
    let expected = noticed("brook", "ashby");
    assert_eq!(of("brook", doors::just_now()), Some(expected));
    // What a court decided in the past may be entered by another one.
    assert_eq!(of("brook", doors::long_ago()), None);
}

/// OF-1
#[test]
fn a_court_imposes_its_own_draft_and_corrects_its_own_slips_and_another_decides_on_the_appeal() {
    let proposed = SentenceEvent::Proposed {
        person: person(1),
        decision: decision([fine(1, 10_000)]).into(),
        findings: Vec::new(),
    };
    let draft = Sentence::default().evolve(&proposed);
    let impose = r#"{"impose_proposed": {"pronounced": "2026-03-05"}}"#;
    is_of(&draft, impose, Role::Judge, "ashby", "brook");
    let dismiss = r#"{"dismiss_appeal": {"pronounced": "2026-03-05"}}"#;
    passes(&draft, dismiss, Role::Judge, "high-court");
    for own in [
        r#"{"pardon": {"pronounced": "2026-03-05"}}"#,
        r#"{"complete": {"on": "2026-03-05"}}"#,
    ] {
        is_of(&draft, own, Role::Judge, "ashby", "brook");
    }
    let quash = r#"{"quash": {"pronounced": "2026-03-05"}}"#;
    passes(&draft, quash, Role::Judge, "high-court");
}

/// OF-1
#[test]
fn a_supervision_a_case_a_stay_and_a_place_are_of_whoever_has_them() {
    let start = r#"{"start": {"person": "PERSON", "cause": {"sentence": "CASE"}, "office": "ashby-probation", "done": "2026-01-07", "starts": "2026-01-07"}}"#;
    let none = Supervision::default();
    is_of(
        &none,
        start,
        Role::Probation,
        "ashby-probation",
        "brook-probation",
    );
    let open = r#"{"open": {"person": "PERSON", "done": "2026-01-07", "court": "ashby", "offences": ["M102"]}}"#;
    is_of(&Pretrial::default(), open, Role::Clerk, "ashby", "brook");
    let admit = r#"{"admit": {"person": "PERSON", "admitted": "2026-02-03", "facility": "dunmore-women", "commitment": {"basis": {"other": {"provision": "mpa-5"}}, "authority": "ashby"}, "reception": {}}}"#;
    is_of(
        &Custody::default(),
        admit,
        Role::Prison,
        "dunmore-women",
        "ashby-remand",
    );
    let place = r#"{"open": {"facility": "ashby-remand", "kind": "remand", "opened": "2020-01-01", "holds": []}}"#;
    is_of(
        &Facility::default(),
        place,
        Role::Prison,
        "ashby-remand",
        "dunmore-women",
    );
}

/// OF-1
#[test]
fn what_is_noticed_of_who_acted_is_kept_with_the_first_event_that_keeps_any() {
    let finding = || noticed("brook", "ashby");
    let event = |text: &str| {
        crate::order::OrderEvent::from_json(&text.replace("PERSON", PERSON).replace("CASE", CASE))
            .unwrap()
    };
    let mut events = [event(ORDER), event(ORDER)];
    notice(std::iter::once(finding()), &mut events);
    let kept: Vec<usize> = events.iter().map(|event| event.findings().len()).collect();
    assert_eq!(kept, [1, 0]);
    assert_eq!(events[0].findings(), [finding()]);
}

/// OF-1
#[test]
fn a_report_is_of_the_court_that_asked_for_it() {
    let requested = r#"{"requested": {"told": {"person": "PERSON", "done": "2026-01-07", "court": "ashby", "kind": "pre-sentence", "due": "2026-03-01"}, "door": "existing"}}"#;
    let report: Report = after(&[requested]);
    let withdraw = r#"{"withdraw": {"done": "2026-02-01", "reason": "other"}}"#;
    is_of(&report, withdraw, Role::Clerk, "ashby", "brook");
    let request = r#"{"request": {"person": "PERSON", "done": "2026-01-07", "court": "ashby", "kind": "pre-sentence", "due": "2026-03-01"}}"#;
    is_of(&Report::default(), request, Role::Judge, "ashby", "brook");
    // No office is named that writes it.
    let finalise = r#"{"finalise": {"done": "2026-02-01", "author": "officer-1", "agency": "ashby-probation"}}"#;
    passes(&report, finalise, Role::Probation, "calder-probation");
}

/// OF-1
#[test]
fn a_restorative_process_is_of_whoever_referred_it_among_its_kind() {
    let referred = |office: &str| {
        let told = r#"{"referred": {"told": {"person": "PERSON", "done": "2026-01-07", "office": "OFFICE", "kind": "mediation"}, "door": "existing"}}"#;
        after::<Restorative>(&[&told.replace("OFFICE", office)])
    };
    let start = r#"{"start": {"done": "2026-02-01"}}"#;
    let (own, other) = ("ashby-probation", "calder-probation");
    is_of(&referred(own), start, Role::Probation, own, other);
    passes(&referred(own), start, Role::Judge, "ashby");
    is_of(&referred("ashby"), start, Role::Judge, "ashby", "brook");
    passes(&referred("ashby"), start, Role::Probation, other);
    passes(&referred(own), start, Role::System, other);
}

/// OF-1
#[test]
fn a_release_is_of_the_office_that_supervises_it() {
    let eligible = r#"{"eligibility_reached": {"told": {"person": "PERSON", "sentence": "CASE", "done": "2026-01-07", "kind": "parole", "eligible_on": "2026-01-07"}, "door": "existing"}}"#;
    let granted = r#"{"granted": {"told": {"decided": "2026-01-10", "basis": "ra-4", "supervision": "ashby-probation"}, "door": "existing"}}"#;
    let back = r#"{"record_return": {"done": "2026-02-01", "how": "brought_back"}}"#;
    let (own, other) = ("ashby-probation", "calder-probation");
    let release: Release = after(&[eligible, granted]);
    is_of(&release, back, Role::Probation, own, other);
    passes(&release, back, Role::Prison, "ashby-remand");
    passes(&after::<Release>(&[eligible]), back, Role::Probation, other);
}

/// OF-1
#[test]
fn a_complaint_is_of_whoever_is_to_answer_it() {
    let submitted = r#"{"submitted_without_person": {"told": {"done": "2026-01-07", "by": "anybody", "kind": "conditions", "about": "other"}, "door": "existing"}}"#;
    let assigned = r#"{"assigned": {"told": {"done": "2026-01-08", "responder": "head-1", "office": "ashby-remand"}, "door": "existing"}}"#;
    let answer =
        r#"{"answer": {"done": "2026-02-01", "responder": "head-1", "outcome": "upheld"}}"#;
    let complaint: Complaint = after(&[submitted, assigned]);
    let (own, other) = ("ashby-remand", "dunmore-women");
    is_of(&complaint, answer, Role::Prison, own, other);
    passes(
        &after::<Complaint>(&[submitted]),
        answer,
        Role::Prison,
        other,
    );
    // It is handed on by the one or taken over by the other.
    let assign =
        r#"{"assign": {"done": "2026-02-01", "responder": "head-2", "office": "dunmore-women"}}"#;
    passes(&complaint, assign, Role::Prison, other);
    is_of(&complaint, assign, Role::Clerk, own, "brook");
    // Whoever complains goes further anywhere.
    let escalate = r#"{"escalate": {"done": "2026-02-01", "level": "inspectorate", "to": "inspectorate", "reason": "late"}}"#;
    passes(&complaint, escalate, Role::Prison, other);
}

/// OF-1
#[test]
fn a_matter_with_another_state_is_of_its_authority_and_of_the_court_that_decides() {
    let asked = |court: &str| {
        let told = r#"{"requested": {"told": {"person": "PERSON", "done": "2026-01-07", "matter": "extradition", "direction": "outward", "state": "FR", "basis": "ica-5", "office": "central-authority", "offences": [] COURT}, "door": "existing"}}"#;
        after::<Cooperation>(&[&told.replace("COURT", court)])
    };
    let of_court = asked(r#", "court": "ashby""#);
    let grant = r#"{"grant": {"decided": "2026-02-01", "by": "court"}}"#;
    for (role, own) in [(Role::Judge, "ashby"), (Role::Clerk, "central-authority")] {
        passes(&of_court, grant, role, own);
        let facts = facts_at(role, "brook");
        let found = outside(&of_court, &wish::<Cooperation>(grant), &facts);
        assert_eq!(found, Some(noticed("brook", "central-authority")), "{role}");
    }
    // No court is named: any may decide. Consent is recorded where the person is.
    passes(&asked(""), grant, Role::Judge, "brook");
    let consent = r#"{"withdraw_consent": {"done": "2026-02-01"}}"#;
    passes(&of_court, consent, Role::Clerk, "brook");
    let reopen = r#"{"reopen": {"decided": "2026-02-01", "by": "court"}}"#;
    passes(&of_court, reopen, Role::Judge, "high-court");
}

/// OF-1
#[test]
fn an_emergency_is_governed_by_the_authorities_that_answer_for_it() {
    let declared = r#"{"declared": {"told": {"done": "2026-02-01", "basis": "mea-4", "justice_authority": "justice-ministry", "health_authority": {"value": "health-ministry"}, "from": "2026-02-01"}, "door": "existing"}}"#;
    let emergency: Emergency = after(&[declared]);
    let end = r#"{"end": {"done": "2026-03-01"}}"#;
    let (own, other) = ("justice-ministry", "ashby");
    is_of(&emergency, end, Role::Clerk, own, other);
    passes(&emergency, end, Role::Clerk, "health-ministry");
    passes(&emergency, end, Role::System, other);
    // What is decided of one person is of many offices.
    let back =
        r#"{"record_return": {"person": "PERSON", "done": "2026-03-01", "how": "brought_back"}}"#;
    passes(&emergency, back, Role::Prison, "ashby-remand");
}
