use super::{appealed, impose, imposed, live, propose, proposed, step};
use crate::act::{Door, Facts, Objection};
use crate::personal::DataClass;
use crate::sentence::{
    ActivateSuspended, Decision, Sentence, SentenceCommand, SentenceEvent, SentenceRefusal, Shown,
    Vary,
};
use crate::stream::Stream;
use crate::testing::given;
use crate::testing::samples::{
    code, custody, decision, entered, facts, fine, instant, just_now, length, midland, on, person,
    proposed_at, suspended,
};
use crate::values::{ComponentNo, Known, Occurred};

fn a_fine() -> Decision {
    decision([fine(1, 50_000)])
}

/// The door through which a fine goes after a history.
fn door(history: Vec<SentenceEvent>, pronounced: &str, facts: Facts) -> Door {
    let state = crate::testing::state::<Sentence>(history);
    let events = state.decide(impose(a_fine(), on(pronounced)), &facts);
    match events.unwrap().as_slice() {
        [SentenceEvent::Imposed { door, .. }] => *door,
        other => panic!("one imposition is expected: {other:?}"),
    }
}

#[test]
fn an_act_entered_within_the_minutes_of_the_pack_is_live() {
    assert_eq!(door(vec![], "2026-03-05T10:00:00Z", facts()), Door::Live);
    assert_eq!(door(vec![], "2026-03-05T09:00:00Z", facts()), Door::Live);
}

#[test]
fn an_act_entered_a_second_later_than_the_pack_allows_is_existing() {
    assert_eq!(
        door(vec![], "2026-03-05T08:59:59Z", facts()),
        Door::Existing
    );
}

#[test]
fn an_act_known_only_by_an_earlier_date_is_existing() {
    for date in ["2026-03-04", "2026-03", "2026", "2025-07-01"] {
        assert_eq!(door(vec![], date, facts()), Door::Existing, "{date}");
    }
}

#[test]
fn an_act_dated_today_without_its_hour_is_live() {
    assert_eq!(door(vec![], "2026-03-05", facts()), Door::Live);
}

#[test]
fn an_act_proposed_before_it_was_pronounced_is_live_however_late_it_is_entered() {
    let history = vec![proposed(a_fine())];
    let facts = proposed_at("2026-02-01T09:00:00Z");
    assert_eq!(door(history, "2026-02-01T09:30:00Z", facts), Door::Live);
}

#[test]
fn a_proposal_after_the_pronouncement_makes_nothing_live() {
    let history = vec![proposed(a_fine())];
    let facts = proposed_at("2026-02-01T09:31:00Z");
    assert_eq!(door(history, "2026-02-01T09:30:00Z", facts), Door::Existing);
}

#[test]
fn leaving_out_the_hour_does_not_escape_the_door_of_a_proposal() {
    for (date, expected) in [
        ("2026-02-03", Door::Live),
        ("2026-02-02", Door::Live),
        ("2026-02", Door::Live),
        ("2026-02-01", Door::Existing),
        ("2026-01", Door::Existing),
    ] {
        let facts = proposed_at("2026-02-02T09:00:00Z");
        assert_eq!(
            door(vec![proposed(a_fine())], date, facts),
            expected,
            "{date}"
        );
    }
}

#[test]
fn a_proposal_for_another_hearing_makes_nothing_live() {
    let at = |hearing: &str| Decision {
        hearing: Some(hearing.parse().unwrap()),
        ..a_fine()
    };
    for (hearing, expected) in [("hearing-1", Door::Live), ("hearing-2", Door::Existing)] {
        let wish = impose(at(hearing), on("2026-02-03T09:00:00Z"));
        let event = SentenceEvent::Imposed {
            person: person(1),
            pronounced: on("2026-02-03T09:00:00Z"),
            door: expected,
            decision: at(hearing).into(),
            comparison: Known::NotRecorded,
            findings: vec![],
        };
        given::<Sentence>([proposed(at("hearing-1"))])
            .when(wish)
            .at(proposed_at("2026-02-02T09:00:00Z"))
            .then_events([event]);
    }
}

#[test]
fn a_proposal_that_was_withdrawn_makes_nothing_live() {
    let withdrawn =
        SentenceEvent::ProposalWithdrawn(super::taken(step(on("2026-02-02T09:30:00Z"))));
    let history = vec![proposed(a_fine()), withdrawn];
    let facts = proposed_at("2026-02-02T09:00:00Z");
    assert_eq!(door(history, "2026-02-03T09:00:00Z", facts), Door::Existing);
}

#[test]
fn the_proposal_of_a_decision_makes_no_later_step_live() {
    let above = decision([custody(1, "P8Y")]);
    let vary = SentenceCommand::VaryOnAppeal(Vary {
        pronounced: on("2026-02-20T09:00:00Z"),
        decision: above.clone(),
    });
    let history = [
        proposed(a_fine()),
        imposed(decision([custody(1, "P1Y")])),
        appealed(),
    ];
    let state = given::<Sentence>(history)
        .when(vary)
        .at(proposed_at("2026-02-01T09:00:00Z"))
        .then_state();
    assert_eq!(state.decision(), Some(&above));
}

#[test]
fn a_later_step_entered_at_once_is_live() {
    let activate = SentenceCommand::ActivateSuspended(ActivateSuspended {
        component: ComponentNo(1),
        part: Some(length("P3M")),
        pronounced: just_now(),
        note: Some(crate::testing::samples::sealed(DataClass::Judgment)),
    });
    let SentenceCommand::ActivateSuspended(activation) = activate.clone() else {
        panic!("an activation");
    };
    given::<Sentence>([imposed(decision([suspended(1, "P6M")]))])
        .when(activate)
        .at(facts())
        .then_events([SentenceEvent::SuspendedTermActivated {
            activation,
            door: Door::Live,
            findings: vec![],
        }]);
}

#[test]
fn a_later_step_dated_today_without_its_hour_is_live() {
    let vary = |pronounced: &str| {
        SentenceCommand::VaryOnAppeal(Vary {
            pronounced: on(pronounced),
            decision: decision([custody(1, "P8Y")]),
        })
    };
    let history = || [imposed(decision([custody(1, "P1Y")])), appealed()];
    given::<Sentence>(history())
        .when(vary("2026-03-05"))
        .at(facts())
        .then_refused(above_maximum());
    for earlier in ["2026-03-04", "2026-03"] {
        given::<Sentence>(history())
            .when(vary(earlier))
            .at(facts())
            .then_noticed(vec![Objection::hard(above_maximum())]);
    }
}

#[test]
fn what_is_reported_of_today_without_its_hour_has_happened_all_the_same() {
    let reported = Facts {
        reported: true,
        ..facts()
    };
    assert_eq!(door(vec![], "2026-03-05", reported.clone()), Door::Existing);
    let at = "2026-03-05T10:00:00Z";
    assert_eq!(door(vec![], at, reported), Door::Live);
}

#[test]
fn the_proposal_imposed_unchanged_is_what_was_proposed() {
    let pronounced = on("2026-03-05T09:00:00Z");
    let comparison = Known::Value(Shown {
        cohort: [(code("offence"), code("M101"))].into(),
        step: 2,
        index: 40,
        decisions: 12,
        policies: vec![midland().version.clone()],
    });
    given::<Sentence>([proposed(a_fine())])
        .when(SentenceCommand::ImposeProposed {
            pronounced,
            comparison: comparison.clone(),
        })
        .at(proposed_at("2026-03-04T09:00:00Z"))
        .then_events([SentenceEvent::Imposed {
            person: person(1),
            pronounced,
            door: Door::Live,
            decision: a_fine().into(),
            comparison,
            findings: vec![],
        }]);
}

/// S-5
#[test]
fn refuses_what_is_pronounced_in_the_future_at_either_door() {
    for future in ["2026-03-05T10:00:01Z", "2026-03-06", "2026-04", "2027"] {
        let pronounced = on(future);
        given::<Sentence>([])
            .when(impose(a_fine(), pronounced))
            .at(facts())
            .then_refused(SentenceRefusal::InTheFuture { pronounced });
    }
}

/// S-5
#[test]
fn refuses_what_is_pronounced_before_anybody_alive_was_sentenced() {
    for slip in ["1024-05-03", "1899-12-31", "1899"] {
        let pronounced = on(slip);
        given::<Sentence>([])
            .when(impose(a_fine(), pronounced))
            .at(facts())
            .then_refused(SentenceRefusal::OfAnotherAge { pronounced });
    }
}

/// S-5
#[test]
fn accepts_a_date_that_may_already_have_come() {
    for date in ["2026", "2026-03", "2026-03-05"] {
        given::<Sentence>([])
            .when(impose(a_fine(), on(date)))
            .at(facts())
            .then_accepted();
    }
}

#[test]
fn the_day_of_an_act_is_that_of_the_jurisdiction() {
    // Under summer time the civil day begins at eleven in the evening of UTC.
    let facts = entered("2026-07-01T23:30:00Z");
    assert_eq!(facts.today.to_string(), "2026-07-02");
    let at = Occurred::At(instant("2026-07-01T23:30:00Z"));
    assert_eq!(facts.date(at).to_string(), "2026-07-02");
}

#[test]
fn a_draft_is_refused_for_nothing_of_substance_and_shows_what_would_stand_in_its_way() {
    let above = decision([custody(1, "P8Y")]);
    given::<Sentence>([])
        .when(propose(above.clone()))
        .at(facts())
        .then_noticed(vec![Objection::hard(above_maximum())]);
    live(above).then_refused(above_maximum());
}

/// Why eight years are too long.
fn above_maximum() -> SentenceRefusal {
    SentenceRefusal::AboveMaximum {
        component: ComponentNo(1),
        term: "custody of 8 years".to_owned(),
        maximum: length("P7Y"),
    }
}
