use super::{OfficeRefusal, outside};
use crate::act::{Facts, Finding, Objection};
use crate::actor::{Actor, Role};
use crate::custody::Custody;
use crate::facility::Facility;
use crate::order::Order;
use crate::pretrial::Pretrial;
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
    // A court is in charge of every order, and the register carries out what was decided.
    for role in [Role::Judge, Role::System, Role::Administrator] {
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
