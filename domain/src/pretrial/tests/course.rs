use super::{
    alternative, day, detain, detained, facts, just_now, on, open, opened, opened_with, opening,
    opening_with, text, under_measures,
};
use crate::act::{Objection, Reference, Weight};
use crate::actor::Role;
use crate::childhood::Childhood;
use crate::jurisdiction::{CircumstanceRule, Pack};
use crate::pretrial::{
    AppealOutcome, CaseEnd, DecideAppeal, EndCase, Liberty, OpenCase, Pretrial, PretrialAppeal,
    PretrialCommand, PretrialRefusal, RecordBreach, RecordLegalAid, ReleaseUnconditionally, Review,
};
use crate::stream::Stream;
use crate::testing::doors::{
    after, after_just_now, born, noticed, noticed_at_every_door, passes, refused,
    refused_at_every_door, refused_live_and_noticed, told_with,
};
use crate::testing::samples::{code, midland, midland_with, person, sentence_id};
use crate::values::{CivilDate, DaysHeld, Known, LegalAid, Occurred};

fn release(decided: Occurred) -> PretrialCommand {
    PretrialCommand::ReleaseUnconditionally(ReleaseUnconditionally {
        decided,
        reasons: None,
    })
}

fn end(done: Occurred) -> PretrialCommand {
    PretrialCommand::End(EndCase {
        done,
        how: CaseEnd::Sentenced(sentence_id(7)),
    })
}

/// PT-1
#[test]
fn a_case_is_opened_once_for_an_offence() {
    passes(&Pretrial::default(), open(), &facts());
    let again = |_| open();
    refused_at_every_door(&opened(), again, &facts(), &PretrialRefusal::AlreadyOpened);
    let offenceless = |done| {
        let mut wish = opening();
        wish.done = done;
        wish.offences.clear();
        PretrialCommand::Open(wish)
    };
    let refusal = Objection::hard(PretrialRefusal::NoOffence);
    refused_live_and_noticed(&Pretrial::default(), offenceless, &facts(), refusal);
}

/// PT-4
#[test]
fn what_is_known_of_a_person_is_answered_as_the_jurisdiction_asks() {
    let told = |question: &'static str, answer: &'static str| {
        move |done| {
            let mut wish = opening();
            wish.done = done;
            wish.circumstances = [(code(question), Known::Value(code(answer)))].into();
            PretrialCommand::Open(wish)
        }
    };
    let nobody = Pretrial::default();
    passes(&nobody, told("pregnant", "no")(just_now()), &facts());
    let law = facts().law;
    let asked = &law.sentencing.circumstances;
    let of = |asked: &CircumstanceRule| asked.values.iter().map(|v| v.code.clone()).collect();
    let answers = asked.iter().find(|asked| asked.code == code("pregnant"));
    let questions = asked.iter().map(|asked| asked.code.clone()).collect();
    for (question, answer, wrong, known) in [
        ("pregnant", "maybe", "maybe", answers.map(of).unwrap()),
        ("left-handed", "yes", "left-handed", questions),
    ] {
        let refusal = Objection::hard(PretrialRefusal::UnknownCode {
            list: "circumstances",
            code: code(wrong),
            known,
        });
        refused_live_and_noticed(&nobody, told(question, answer), &facts(), refusal);
    }
}

/// PT-4
#[test]
fn a_case_is_opened_before_a_court_of_the_jurisdiction() {
    let elsewhere = |done| {
        let mut wish = opening();
        wish.done = done;
        wish.court = "atlantis".parse().unwrap();
        PretrialCommand::Open(wish)
    };
    let refusal = Objection::hard(PretrialRefusal::UnknownCourt {
        court: "atlantis".parse().unwrap(),
    });
    refused_live_and_noticed(&Pretrial::default(), elsewhere, &facts(), refusal);
}

/// PT-2
#[test]
fn nothing_is_of_the_future_and_what_is_told_of_before_the_opening_is_seen() {
    let tomorrow = on("2026-03-06");
    let refusal = PretrialRefusal::InTheFuture { done: tomorrow };
    refused(&opened(), release(tomorrow), &facts(), &refusal);
    let refusal = PretrialRefusal::BeforeTheOpening {
        done: "2026-01-04".parse().unwrap(),
        opened: "2026-01-05".parse().unwrap(),
    };
    told_with(&opened(), release(on("2026-01-04")), &facts(), refusal);
    let fresh = opened_with(|wish| wish.done = after_just_now());
    let refusal = PretrialRefusal::BeforeTheOpening {
        done: "2026-03-05".parse().unwrap(),
        opened: "2026-03-05".parse().unwrap(),
    };
    refused(&fresh, release(just_now()), &facts(), &refusal);
    passes(&opened(), release(on("2026-01-05")), &facts());
}

/// PT-3
#[test]
fn a_fact_that_decides_nothing_is_told_of_a_case_that_ended() {
    let ended = after::<Pretrial>(&facts(), [open(), end(on("2026-02-01"))]);
    let breach = |done| {
        PretrialCommand::RecordBreach(RecordBreach {
            done,
            alternative: code("curfew"),
            facts: Some(text()),
        })
    };
    let aid = |done| {
        let counsel = LegalAid::Granted;
        PretrialCommand::RecordLegalAid(RecordLegalAid { done, counsel })
    };
    let facts_told: [(&'static str, &dyn Fn(Occurred) -> PretrialCommand); 2] = [
        ("recording a breach", &breach),
        ("recording legal aid", &aid),
    ];
    for (wish, tell) in facts_told {
        let state = "ended";
        let refusal = || PretrialRefusal::NotPossible { state, wish };
        refused(&ended, tell(just_now()), &facts(), &refusal());
        passes(&ended, tell(on("2026-01-31")), &facts());
        told_with(&ended, tell(on("2026-02-02")), &facts(), refusal());
    }
}

/// PT-3
#[test]
fn an_act_is_possible_only_in_the_state_that_allows_it() {
    let refusal = |state, wish| PretrialRefusal::NotPossible { state, wish };
    let never = Pretrial::default();
    let unopened = refusal("not recorded", "releasing");
    refused_at_every_door(&never, release, &facts(), &unopened);
    let ended = after::<Pretrial>(&facts(), [open(), end(on("2026-02-01"))]);
    let over = refusal("ended", "releasing");
    refused_at_every_door(&ended, release, &facts(), &over);
    let twice = refusal("detained", "ordering detention again");
    refused_at_every_door(&detained(), detain, &facts(), &twice);
    passes(&under_measures(), detain(just_now()), &facts());
}

/// PT-7
#[test]
fn one_appeal_waits_at_a_time_and_an_appeal_allowed_sets_free() {
    let lodge = |lodged| PretrialCommand::LodgeAppeal(PretrialAppeal { lodged });
    let decide = |decided| {
        PretrialCommand::DecideAppeal(DecideAppeal {
            decided,
            outcome: AppealOutcome::Allowed,
            reasons: Some(text()),
        })
    };
    passes(&detained(), lodge(just_now()), &facts());
    let held = [open(), detain(on("2026-02-10")), lodge(on("2026-02-11"))];
    let waiting = after::<Pretrial>(&facts(), held.clone());
    refused_at_every_door(&waiting, lodge, &facts(), &PretrialRefusal::AppealOpen);
    passes(&waiting, decide(just_now()), &facts());
    let freed = after::<Pretrial>(&facts(), held.into_iter().chain([decide(just_now())]));
    let case = freed.opened().unwrap();
    assert_eq!(case.liberty, Liberty::Free);
    assert_eq!(case.appeal, None);
}

/// PT-8
#[test]
fn a_case_ends_with_a_sentence_of_the_person_that_is_in_force() {
    passes(&detained(), end(just_now()), &facts());
    let sentence = sentence_id(8);
    let unknown = |done| {
        let how = CaseEnd::Sentenced(sentence);
        PretrialCommand::End(EndCase { done, how })
    };
    let refusal = PretrialRefusal::SentenceNotInForce { sentence };
    let objection = Objection::hard(refusal);
    refused_live_and_noticed(&detained(), unknown, &facts(), objection);
}

#[test]
fn a_breach_of_an_alternative_is_a_fact_and_changes_nothing() {
    let breach = PretrialCommand::RecordBreach(RecordBreach {
        done: on("2026-02-20"),
        alternative: code("curfew"),
        facts: Some(text()),
    });
    let wish = PretrialCommand::ImposeAlternative(alternative(on("2026-02-10")));
    let breached = after::<Pretrial>(&facts(), [open(), wish, breach]);
    let case = breached.opened().unwrap();
    assert_eq!(case.breaches.len(), 1);
    assert_eq!(case.title(), "at liberty under measures");
}

#[test]
fn days_in_detention_count_once_each_with_the_first_and_the_last() {
    let day_of = |done| match done {
        Occurred::On(date) => date,
        Occurred::At(instant) => CivilDate::Day(midland().day(instant)),
    };
    let today = day("2026-03-05");
    let held = |commands: Vec<PretrialCommand>| {
        let case = after::<Pretrial>(&facts(), [vec![open()], commands].concat());
        case.opened().unwrap().days_held(day_of, today)
    };
    assert_eq!(held(Vec::new()), 0);
    // 10 February to 5 March, both included.
    assert_eq!(held(vec![detain(on("2026-02-10"))]), 24);
    let freed = vec![detain(on("2026-02-10")), release(on("2026-02-12"))];
    assert_eq!(held(freed.clone()), 3);
    let same_day = [
        freed.clone(),
        vec![detain(on("2026-02-12")), release(on("2026-02-13"))],
    ];
    assert_eq!(held(same_day.concat()), 4);
    assert_eq!(
        held([freed, vec![detain(on("2026-03-05")), end(just_now())]].concat()),
        4
    );
    assert_eq!(
        held(vec![detain(on("2026-02"))]),
        0,
        "known to the month alone"
    );
}

#[test]
fn days_from_the_arrest_count_where_the_law_says_so() {
    let counting = midland_with(|law| law.pretrial.counts_arrest = true);
    let days = |law: &Pack, arrested: &str, commands: Vec<PretrialCommand>| {
        let open = PretrialCommand::Open(OpenCase {
            arrested: Known::Value(on(arrested)),
            ..opening()
        });
        let case = after::<Pretrial>(&facts(), [vec![open], commands].concat());
        let times = case.opened().unwrap().times_held(law, day("2026-03-05"));
        times.map(DaysHeld::counted)
    };
    let detained = vec![detain(on("2026-02-10"))];
    // From the order on; from three days before it on.
    assert_eq!(days(&midland(), "2026-02-07", detained.clone()), Some(24));
    assert_eq!(days(&counting, "2026-02-07", detained.clone()), Some(27));
    let freed = vec![release(on("2026-02-10"))];
    assert_eq!(days(&midland(), "2026-02-07", freed.clone()), Some(0));
    assert_eq!(days(&counting, "2026-02-07", freed), Some(4));
    assert_eq!(
        days(&counting, "2026-02", detained),
        None,
        "known to the month alone"
    );
}

#[test]
fn what_stands_is_reviewed_by_a_day_and_detention_ends_on_one() {
    let law = midland();
    let due = |case: &Pretrial| -> Vec<(&str, String, Role, Weight)> {
        let clocks = case.clocks(&law).into_iter();
        clocks
            .map(|c| (c.code, c.due.to_string(), c.role, c.weight))
            .collect()
    };
    let clock = |code, due: &str| (code, due.to_owned(), Role::Judge, Weight::Critical);
    let both = [
        clock("pretrial.review", "2026-03-15"),
        clock("pretrial.last-day", "2026-03-31"),
    ];
    assert_eq!(due(&detained()), both);
    assert_eq!(due(&opened()), []);
    let review = PretrialCommand::Review(Review {
        held: on("2026-03-01"),
        next_review: day("2026-03-29"),
        reasons: Some(text()),
    });
    let reviewed = after::<Pretrial>(&facts(), [open(), detain(on("2026-02-10")), review]);
    assert_eq!(due(&reviewed)[0], clock("pretrial.review", "2026-03-29"));
    let over = after::<Pretrial>(
        &facts(),
        [open(), detain(on("2026-02-10")), end(just_now())],
    );
    assert_eq!(due(&over), []);
}

#[test]
fn legal_aid_that_is_recorded_counts_for_a_later_detention() {
    let aid = PretrialCommand::RecordLegalAid(RecordLegalAid {
        done: on("2026-01-06"),
        counsel: LegalAid::Granted,
    });
    let aided = after::<Pretrial>(&facts(), [open(), aid]);
    let wish = super::detaining(|order| order.counsel = Known::NotRecorded);
    passes(&aided, wish(just_now()), &facts());
    assert_eq!(noticed(&opened(), wish(just_now()), &facts()).len(), 1);
}

#[test]
fn an_opening_refers_to_the_person_and_an_end_to_the_sentence() {
    let case = Pretrial::default();
    assert_eq!(case.refers(&open()), [Reference::Person(person(1))]);
    let sentence = Reference::Sentence(sentence_id(7));
    assert_eq!(case.refers(&end(just_now())), [sentence]);
    assert_eq!(case.refers(&release(just_now())), []);
}

/// CRC-AGE
#[test]
fn a_case_of_whom_the_date_of_birth_makes_a_child_is_a_childs() {
    let of_sixteen = born("2009-06-01", facts());
    let untold = opening_with(|case| case.age_at_offence = Known::NotRecorded);
    let events = Pretrial::default()
        .decide(untold(just_now()), &of_sixteen)
        .unwrap();
    let child = events.iter().fold(Pretrial::default(), Stream::evolve);
    assert_eq!(child.childhood(&facts().law), Childhood::Child);
    let refusal = Objection::notice(PretrialRefusal::AgeContradicted);
    let grown = opening_with(|case| case.age_at_offence = Known::Value(30));
    noticed_at_every_door(&Pretrial::default(), grown, &of_sixteen, refusal);
    passes(
        &Pretrial::default(),
        opening_with(|case| case.age_at_offence = Known::Value(30))(just_now()),
        &born("1990-06-01", facts()),
    );
}
