use super::{
    accepted, after, attended, code, found, just_now, long_ago, note, on, only_noticed, passes,
    refused, refused_at_every_door, refused_live_and_noticed, running, said, scheduled, software,
    two_failures, with,
};
use crate::act::Objection;
use crate::order::{
    Account, AllegeBreach, BreachDecision, EndBySentence, EndCause, Explanation, ExplanationForm,
    IssueWarning, Order, OrderCommand, OrderRefusal, ProveBreach, WarningKind, WithdrawWarning,
};
use crate::stream::Stream;
use crate::testing::samples::known;
use crate::values::{AppointmentNo, BreachNo, Known, Occurred, RequirementNo, Told, WarningNo};

fn warning(appointments: &[u16]) -> impl Fn(Occurred) -> OrderCommand + use<> {
    let appointments: Vec<_> = appointments.iter().map(|no| AppointmentNo(*no)).collect();
    move |done| {
        OrderCommand::IssueWarning(IssueWarning {
            appointments: appointments.clone(),
            kind: WarningKind::First,
            done,
            note: None,
        })
    }
}

fn withdrawal(warning: u16, reason: &str) -> impl Fn(Occurred) -> OrderCommand + use<> {
    let reason = code(reason);
    move |done| {
        OrderCommand::WithdrawWarning(WithdrawWarning {
            warning: WarningNo(warning),
            reason: reason.clone(),
            done,
            note: None,
        })
    }
}

fn explained(on: &str, form: ExplanationForm) -> Known<Explanation> {
    let on = on.parse().unwrap();
    Known::Value(Explanation { on, form })
}

/// An allegation on the two failures, after an explanation at the start.
fn alleging() -> AllegeBreach {
    AllegeBreach {
        requirements: vec![RequirementNo(1)],
        appointments: vec![AppointmentNo(1), AppointmentNo(2)],
        alleged: on("2026-02-02"),
        explained: explained("2026-01-05", ExplanationForm::OralAndWritten),
        statement: None,
    }
}

fn at(wish: &AllegeBreach) -> impl Fn(Occurred) -> OrderCommand + use<> {
    let wish = wish.clone();
    move |alleged| {
        OrderCommand::AllegeBreach(AllegeBreach {
            alleged,
            ..wish.clone()
        })
    }
}

fn alleged() -> Order {
    let allegation = OrderCommand::AllegeBreach(alleging());
    after(with(two_failures(), [allegation]))
}

fn proving() -> ProveBreach {
    ProveBreach {
        breach: BreachNo(1),
        pronounced: just_now(),
        officer_account: Known::Value(Account::Given),
        person_account: Known::Value(Account::Given),
        explained: Known::NotRecorded,
        responses: vec![code("warning")],
        alternatives_considered: Vec::new(),
        appeal_told: Known::Value(Told::Yes),
        note: None,
    }
}

fn pronounced(wish: &ProveBreach) -> impl Fn(Occurred) -> OrderCommand + use<> {
    let wish = wish.clone();
    move |pronounced| {
        OrderCommand::ProveBreach(ProveBreach {
            pronounced,
            ..wish.clone()
        })
    }
}

#[track_caller]
fn stands_against(wish: &ProveBreach, objection: Objection<OrderRefusal>) {
    refused_live_and_noticed(&alleged(), pronounced(wish), objection);
}

fn not_proving(breach: u16) -> impl Fn(Occurred) -> OrderCommand {
    move |pronounced| {
        OrderCommand::FindBreachNotProven(BreachDecision {
            breach: BreachNo(breach),
            pronounced,
            note: None,
        })
    }
}

/// O-13
#[test]
fn a_warning_names_failures_that_may_be_enforced() {
    let more = [
        scheduled("2026-01-26"),
        attended(3, "absent-medical", None, on("2026-01-26")),
    ];
    let order = after(with(two_failures(), more));
    passes(&order, warning(&[1, 2])(just_now()));
    let nothing = Objection::hard(OrderRefusal::WarnsOfNothing);
    refused_live_and_noticed(&order, warning(&[]), nothing);
    let appointment = AppointmentNo(3);
    let excused = Objection::hard(OrderRefusal::NoFailure { appointment });
    refused_live_and_noticed(&order, warning(&[1, 3]), excused);
    let appointment = AppointmentNo(4);
    let unknown = OrderRefusal::NoSuchAppointment { appointment };
    refused_at_every_door(&order, warning(&[4]), &unknown);
}

/// O-3, O-16
#[test]
fn a_warning_is_withdrawn_once_and_for_a_reason_of_the_pack() {
    let history = with(two_failures(), [warning(&[1])(on("2026-01-20"))]);
    let order = after(history.clone());
    let refusal = OrderRefusal::UnknownCode {
        list: "reason",
        code: code("mercy"),
        known: known(|law| &law.orders.correction_reasons),
    };
    let unknown = withdrawal(1, "mercy");
    refused_live_and_noticed(&order, unknown, Objection::hard(refusal));
    let order = after(with(history, [withdrawal(1, "reviewed")(just_now())]));
    let warning = WarningNo(1);
    let gone = OrderRefusal::NoSuchWarning { warning };
    refused_at_every_door(&order, withdrawal(1, "reviewed"), &gone);
}

/// O-14
#[test]
fn a_breach_rests_on_as_many_failures_as_the_policy_asks() {
    passes(&after(two_failures()), at(&alleging())(just_now()));
    let one = with(
        running(),
        [
            scheduled("2026-01-12"),
            attended(1, "absent-unacceptable", None, on("2026-01-12")),
        ],
    );
    let order = after(one);
    let wish = AllegeBreach {
        appointments: vec![AppointmentNo(1)],
        ..alleging()
    };
    let refusal = OrderRefusal::TooFewFailures {
        failures: 1,
        asked: 2,
        months: 12,
    };
    refused_live_and_noticed(&order, at(&wish), Objection::reasons(refusal.clone()));
    let stated = AllegeBreach {
        statement: Some(note()),
        ..wish
    };
    only_noticed(&order, at(&stated), refusal);
}

/// O-14
#[test]
fn an_allegation_says_what_is_breached() {
    let order = after(two_failures());
    let nothing = AllegeBreach {
        requirements: Vec::new(),
        appointments: Vec::new(),
        ..alleging()
    };
    refused_at_every_door(&order, at(&nothing), &OrderRefusal::AllegesNothing);
    let elsewhere = AllegeBreach {
        requirements: vec![RequirementNo(7)],
        ..alleging()
    };
    let requirement = RequirementNo(7);
    let unknown = OrderRefusal::NoSuchRequirement { requirement };
    refused_at_every_door(&order, at(&elsewhere), &unknown);
}

/// O-14
#[test]
fn the_same_facts_are_alleged_once_at_a_time() {
    let breach = BreachNo(1);
    let open = OrderRefusal::AllegedAlready { breach };
    refused_at_every_door(&alleged(), at(&alleging()), &open);
    let by_requirement = AllegeBreach {
        appointments: Vec::new(),
        statement: Some(note()),
        ..alleging()
    };
    passes(&alleged(), at(&by_requirement)(just_now()));
    let history = with(
        two_failures(),
        [OrderCommand::AllegeBreach(by_requirement.clone())],
    );
    refused_at_every_door(&after(history), at(&by_requirement), &open);
    let decided = with(
        two_failures(),
        [
            OrderCommand::AllegeBreach(alleging()),
            not_proving(1)(on("2026-02-16")),
        ],
    );
    passes(&after(decided), at(&alleging())(just_now()));
}

/// TR-12.3
#[test]
fn no_breach_is_decided_without_an_explanation_before_the_facts() {
    passes(&alleged(), pronounced(&proving())(just_now()));
    let said = |explained| ProveBreach {
        explained,
        ..proving()
    };
    for explained in [
        explained("2026-01-13", ExplanationForm::OralAndWritten),
        explained("2026-01-05", ExplanationForm::Oral),
        explained("2026-01-05", ExplanationForm::Written),
    ] {
        stands_against(
            &said(explained),
            Objection::hard(OrderRefusal::NotExplained),
        );
    }
    let silent = AllegeBreach {
        explained: Known::NotRecorded,
        ..alleging()
    };
    let order = after(with(two_failures(), [OrderCommand::AllegeBreach(silent)]));
    let refusal = Objection::hard(OrderRefusal::NotExplained);
    refused_live_and_noticed(&order, pronounced(&proving()), refusal);
    let later_said = said(explained("2026-01-12", ExplanationForm::OralAndWritten));
    passes(&order, pronounced(&later_said)(just_now()));
}

/// TR-14.2
#[test]
fn no_breach_is_decided_before_both_accounts_are_there() {
    let account_missing = |whose| Objection::hard(OrderRefusal::AccountMissing { whose });
    let unheard = ProveBreach {
        person_account: Known::NotAsked,
        ..proving()
    };
    stands_against(&unheard, account_missing("the person"));
    let one_sided = ProveBreach {
        officer_account: Known::Value(Account::OpportunityDeclined),
        ..proving()
    };
    stands_against(&one_sided, account_missing("the officer"));
    for account in [Account::OpportunityDeclined, Account::Absconded] {
        let wish = ProveBreach {
            person_account: Known::Value(account),
            ..proving()
        };
        passes(&alleged(), pronounced(&wish)(just_now()));
    }
}

/// O-16
#[test]
fn a_proven_breach_has_a_response_of_the_pack() {
    let responding = |responses| ProveBreach {
        responses,
        ..proving()
    };
    let none = Objection::reasons(OrderRefusal::NoResponse);
    stands_against(&responding(Vec::new()), none);
    let refusal = OrderRefusal::UnknownCode {
        list: "responses",
        code: code("stocks"),
        known: known(|law| &law.orders.breach_responses),
    };
    stands_against(&responding(vec![code("stocks")]), Objection::hard(refusal));
    let refusal = OrderRefusal::UnknownCode {
        list: "alternatives_considered",
        code: code("exile"),
        known: known(|law| &law.orders.breach_responses),
    };
    let wish = ProveBreach {
        alternatives_considered: vec![code("exile"), code("treatment"), code("more-onerous")],
        ..proving()
    };
    stands_against(&wish, Objection::hard(refusal));
}

/// TR-14.4
#[test]
fn custody_for_a_breach_names_the_alternatives_considered() {
    let custody = ProveBreach {
        responses: vec![code("custody")],
        ..proving()
    };
    let refusal = Objection::reasons(OrderRefusal::AlternativesNotConsidered);
    stands_against(&custody, refusal);
    let considered = ProveBreach {
        alternatives_considered: vec![code("more-onerous")],
        ..custody
    };
    passes(&alleged(), pronounced(&considered)(just_now()));
}

/// TR-14.3
#[test]
fn no_process_alleges_or_decides_a_breach() {
    for (wish, wished) in [
        (pronounced(&proving())(just_now()), "deciding a breach"),
        (not_proving(1)(on("2026-02-16")), "deciding a breach"),
        (at(&alleging())(just_now()), "alleging a breach"),
    ] {
        let refused = alleged().decide(wish, &software());
        assert_eq!(refused, Err(OrderRefusal::NotForSoftware { wish: wished }));
    }
    passes(&alleged(), not_proving(1)(on("2026-02-16")));
}

/// O-2
#[test]
fn a_breach_decided_before_it_was_alleged_or_the_order_made_is_recorded_with_a_finding() {
    let early = |done| OrderRefusal::BeforeTheAllegation {
        done,
        alleged: on("2026-02-02"),
    };
    let done = on("2026-02-01");
    for wish in [pronounced(&proving())(done), not_proving(1)(done)] {
        let events = accepted(&alleged(), wish);
        assert_eq!(found(&events), said(Objection::hard(early(done))));
        let decided = events.iter().fold(alleged(), Order::evolve);
        assert_eq!(decided.made().unwrap().open_breaches().count(), 0);
    }
    // A hearing before the order was made was before the allegation, too.
    let done = on("2026-01-04");
    for wish in [pronounced(&proving())(done), not_proving(1)(done)] {
        let events = accepted(&alleged(), wish);
        let codes: Vec<_> = found(&events).into_iter().map(|f| f.code).collect();
        let both = ["order.before-the-making", "order.before-the-allegation"];
        assert_eq!(codes, both);
    }
    passes(&alleged(), not_proving(1)(on("2026-02-02")));
    // Alleged five minutes ago, and decided before that: an act through the register.
    let allegation = AllegeBreach {
        alleged: on("2026-03-05T09:55:00Z"),
        ..alleging()
    };
    let fresh = after(with(
        two_failures(),
        [OrderCommand::AllegeBreach(allegation)],
    ));
    let refusal = OrderRefusal::BeforeTheAllegation {
        done: just_now(),
        alleged: on("2026-03-05T09:55:00Z"),
    };
    refused(&fresh, pronounced(&proving())(just_now()), &refusal);
    refused(&fresh, not_proving(1)(just_now()), &refusal);
}

/// O-3
#[test]
fn a_breach_is_decided_once() {
    let breach = BreachNo(1);
    let refusal = OrderRefusal::NoSuchBreach { breach };
    let order = alleged();
    let events = accepted(&order, not_proving(1)(just_now()));
    let order = events.iter().fold(order, Order::evolve);
    assert_eq!(
        order.made().unwrap().breaches[&breach].step.title(),
        "not proven"
    );
    refused_at_every_door(&order, pronounced(&proving()), &refusal);
    refused_at_every_door(&order, not_proving(1), &refusal);
}

/// O-17, TR-11.1
#[test]
fn no_breach_is_decided_once_the_order_ended_with_its_sentence_and_one_that_was_is_recorded() {
    let end = OrderCommand::EndBySentence(EndBySentence {
        done: on("2026-02-10"),
        cause: EndCause::Quashed,
    });
    let allegation = OrderCommand::AllegeBreach(alleging());
    let order = after(with(two_failures(), [allegation, end]));
    let refusal = OrderRefusal::NotPossible {
        state: "ended with its sentence",
        wish: "deciding a breach",
    };
    refused(&order, pronounced(&proving())(just_now()), &refusal);
    refused(&order, not_proving(1)(just_now()), &refusal);
    let late = OrderRefusal::AfterTheEnd {
        on: "2026-02-20".parse().unwrap(),
        ends: "2026-02-10".parse().unwrap(),
    };
    let (proven, not_proven) = (pronounced(&proving()), not_proving(1));
    let both: [&dyn Fn(Occurred) -> OrderCommand; 2] = [&proven, &not_proven];
    for wish in both {
        let events = accepted(&order, wish(long_ago()));
        assert_eq!(found(&events), said(Objection::hard(late.clone())));
        // One of before the end is only told late.
        passes(&order, wish(on("2026-02-09")));
    }
}

/// TR-14.6
#[test]
fn whoever_is_found_in_breach_is_told_how_to_appeal() {
    let saying = |appeal_told| {
        pronounced(&ProveBreach {
            appeal_told,
            ..proving()
        })
    };
    let order = alleged();
    passes(&order, saying(Known::Value(Told::Yes))(just_now()));
    only_noticed(
        &order,
        saying(Known::Value(Told::No)),
        OrderRefusal::AppealUntold,
    );
    // Nobody said it of the past, which does not say that it was not done.
    let silent = saying(Known::NotRecorded);
    assert_eq!(
        found(&accepted(&order, silent(just_now()))),
        said(Objection::notice(OrderRefusal::AppealUntold))
    );
    passes(&order, silent(on("2026-02-16")));
}

/// TR-12.3
#[test]
fn whoever_alleges_learns_that_the_explanation_proves_no_breach() {
    let order = after(two_failures());
    passes(&order, at(&alleging())(just_now()));
    for explained in [
        explained("2026-01-13", ExplanationForm::OralAndWritten),
        explained("2026-01-05", ExplanationForm::Oral),
    ] {
        let wish = AllegeBreach {
            explained,
            ..alleging()
        };
        only_noticed(&order, at(&wish), OrderRefusal::ExplainedTooLittle);
    }
}

/// O-2
#[test]
fn an_explanation_that_is_to_come_is_none() {
    let wish = AllegeBreach {
        explained: explained("2026-03-06", ExplanationForm::OralAndWritten),
        ..alleging()
    };
    let refusal = OrderRefusal::ExplainedToCome {
        on: "2026-03-06".parse().unwrap(),
    };
    refused_at_every_door(&after(two_failures()), at(&wish), &refusal);
}

/// O-12
#[test]
fn an_allegation_that_is_left_with_too_few_failures_is_seen() {
    use super::correcting;
    let order = alleged();
    let mut wish = correcting(2, "absent-medical", just_now());
    let becomes = crate::order::Becomes::by(&wish, &crate::testing::samples::midland());
    wish.consequences = order.consequences(AppointmentNo(2), &becomes);
    let refusal = OrderRefusal::RestsOnTooFew {
        breach: BreachNo(1),
        appointment: AppointmentNo(2),
        failures: 1,
        asked: 2,
        months: 12,
    };
    let events = accepted(&order, OrderCommand::CorrectAttendance(wish));
    assert_eq!(found(&events), said(Objection::notice(refusal)));
}
