use super::{
    contested, day, fact, facts, filed_and, filing, finalised, finalising, on, request, requested,
    requesting, withdrawing,
};
use crate::act::{Objection, Reference, Weight};
use crate::actor::Role;
use crate::childhood::Childhood;
use crate::personal::{Personal, Seal};
use crate::report::{
    ContestOutcome, FileStatement, Report, ReportCommand, ReportRefusal, StatementKind,
};
use crate::stream::Stream;
use crate::testing::doors::{
    after, after_just_now, born, just_now, noticed_at_every_door, passes, refused,
    refused_at_every_door, refused_live_and_noticed, told_with,
};
use crate::testing::samples::{code, known, midland, person};
use crate::testing::stored::Sealing;
use crate::values::Known;

/// RP-1, RP-2, RP-4
#[test]
fn a_report_is_requested_once() {
    let never = Report::default();
    passes(&never, request(just_now()), &facts());
    let refusal = ReportRefusal::AlreadyRequested;
    refused_at_every_door(&requested(), request, &facts(), &refusal);
}

/// RP-2
#[test]
fn nothing_is_of_the_future_and_what_is_told_of_before_the_request_is_seen() {
    let file = filing(fact("school"));
    let done = on("2026-03-06");
    let refusal = ReportRefusal::InTheFuture { done };
    refused(&requested(), file(done), &facts(), &refusal);
    let refusal = ReportRefusal::BeforeTheRequest {
        done: "2026-01-04".parse().unwrap(),
        requested: "2026-01-05".parse().unwrap(),
    };
    told_with(&requested(), file(on("2026-01-04")), &facts(), refusal);
    let fresh = after::<Report>(&facts(), [request(after_just_now())]);
    let refusal = ReportRefusal::BeforeTheRequest {
        done: "2026-03-05".parse().unwrap(),
        requested: "2026-03-05".parse().unwrap(),
    };
    refused(&fresh, file(just_now()), &facts(), &refusal);
    passes(&requested(), file(on("2026-01-05")), &facts());
}

/// RP-2
#[test]
fn a_report_is_due_no_earlier_than_it_is_requested() {
    let due = |text: &'static str| requesting(move |wish| wish.due = day(text));
    let refusal = ReportRefusal::DueTooEarly {
        due: day("2026-03-04"),
        requested: "2026-03-05".parse().unwrap(),
    };
    let never = Report::default();
    refused(&never, due("2026-03-04")(just_now()), &facts(), &refusal);
    passes(&never, due("2026-03-05")(just_now()), &facts());
}

/// RP-3
#[test]
fn a_report_that_was_finalised_or_withdrawn_is_not_changed() {
    let refusal = |state, wish| ReportRefusal::NotPossible { state, wish };
    let file = || filing(fact("school"));
    let no = refusal("not recorded", "filing a statement");
    refused_at_every_door(&Report::default(), file(), &facts(), &no);
    let no = refusal("finalised", "filing a statement");
    refused_at_every_door(&finalised(), file(), &facts(), &no);
    let no = refusal("finalised", "withdrawing");
    refused_at_every_door(&finalised(), withdrawing("plea-changed"), &facts(), &no);
    let gone = filed_and([withdrawing("plea-changed")(on("2026-02-01"))]);
    let no = refusal("withdrawn", "finalising");
    refused_at_every_door(&gone, finalising(|_| {}), &facts(), &no);
    passes(&filed_and([]), finalising(|_| {})(just_now()), &facts());
    passes(
        &requested(),
        withdrawing("plea-changed")(just_now()),
        &facts(),
    );
}

/// RP-4
#[test]
fn courts_kinds_offices_and_reasons_are_those_of_the_pack() {
    let never = Report::default();
    let elsewhere = requesting(|wish| wish.court = "atlantis".parse().unwrap());
    let court = "atlantis".parse().unwrap();
    let refusal = Objection::hard(ReportRefusal::UnknownCourt { court });
    refused_live_and_noticed(&never, elsewhere, &facts(), refusal);
    let odd = requesting(|wish| wish.kind = code("horoscope"));
    let refusal = Objection::hard(ReportRefusal::UnknownCode {
        list: "kinds",
        code: code("horoscope"),
        known: known(|law| &law.report.kinds),
    });
    refused_live_and_noticed(&never, odd, &facts(), refusal);
    let anybody = finalising(|wish| wish.agency = "anybody".parse().unwrap());
    let agency = "anybody".parse().unwrap();
    let refusal = Objection::hard(ReportRefusal::UnknownOffice { agency });
    refused_live_and_noticed(&filed_and([]), anybody, &facts(), refusal);
    let refusal = Objection::hard(ReportRefusal::UnknownCode {
        list: "reasons",
        code: code("boredom"),
        known: known(|law| &law.report.withdrawal_reasons),
    });
    refused_live_and_noticed(&requested(), withdrawing("boredom"), &facts(), refusal);
}

/// RP-5
#[test]
fn a_report_that_says_nothing_is_not_finalised() {
    let finalise = || finalising(|_| {});
    let refusal = ReportRefusal::Empty;
    refused_at_every_door(&requested(), finalise(), &facts(), &refusal);
    let history = [
        request(on("2026-01-05")),
        filing(fact("school"))(on("2026-01-12")),
        super::contesting(1)(on("2026-01-20")),
        super::settling(ContestOutcome::Withdrawn, |_| {})(on("2026-01-25")),
    ];
    let emptied = after::<Report>(&facts(), history);
    refused_at_every_door(&emptied, finalise(), &facts(), &refusal);
}

#[test]
fn a_report_is_due_until_it_is_finalised_or_withdrawn() {
    let law = midland();
    for report in [requested(), contested()] {
        let clocks = report.clocks(&law);
        let [clock] = clocks.as_slice() else {
            panic!("one clock runs")
        };
        assert_eq!((clock.code, clock.due), ("report.due", day("2026-04-30")));
        assert_eq!(
            (clock.role, clock.weight),
            (Role::Probation, Weight::Notice)
        );
    }
    assert_eq!(finalised().clocks(&law), []);
    let gone = filed_and([withdrawing("plea-changed")(on("2026-02-01"))]);
    assert_eq!(gone.clocks(&law), []);
}

#[test]
fn a_request_refers_to_the_person() {
    let never = Report::default();
    let person = person(1);
    assert_eq!(
        never.refers(&request(just_now())),
        [Reference::Person(person)]
    );
    assert_eq!(requested().person(), Some(person));
    assert_eq!(requested().title(), "requested");
    assert_eq!(filed_and([]).title(), "in hand");
}

#[test]
fn what_a_statement_says_and_where_it_comes_from_are_sealed() {
    let clear = |text: &str| Some(Personal::Clear(text.to_owned()));
    let mut wish = ReportCommand::FileStatement(FileStatement {
        done: just_now(),
        kind: StatementKind::Fact {
            source: Some(code("school")),
            place: clear("Register of the school, page 4"),
        },
        text: clear("Left school at fifteen"),
    });
    wish.seal(&mut Sealing).unwrap();
    let ReportCommand::FileStatement(filed) = wish else {
        panic!("a statement stays a statement")
    };
    assert!(filed.text.unwrap().sealed().is_some());
    let StatementKind::Fact { place, .. } = filed.kind else {
        panic!("a fact stays a fact")
    };
    assert!(place.unwrap().sealed().is_some());
}

/// CRC-AGE
#[test]
fn a_report_on_whom_the_date_of_birth_makes_a_child_is_a_childs() {
    let of_sixteen = born("2009-06-01", facts());
    let untold = requesting(|wish| wish.age = Known::NotRecorded);
    let events = Report::default()
        .decide(untold(just_now()), &of_sixteen)
        .unwrap();
    let child = events.iter().fold(Report::default(), Stream::evolve);
    assert_eq!(child.childhood(&facts().law), Childhood::Child);
    let refusal = Objection::notice(ReportRefusal::AgeContradicted);
    let grown = requesting(|wish| wish.age = Known::Value(30));
    noticed_at_every_door(&Report::default(), grown, &of_sixteen, refusal);
    passes(
        &Report::default(),
        requesting(|wish| wish.age = Known::Value(30))(just_now()),
        &born("1995-06-01", facts()),
    );
}
