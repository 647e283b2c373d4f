use super::{
    after, attended, code, correcting, crediting, day, just_now, lasting, long_ago, note, on,
    order_with, running, scheduled, two_failures, with,
};
use crate::childhood::Hand;
use crate::order::{
    CorrectAttendance, EndBySentence, EndCause, Make, Order, OrderCommand, Progress, Terms,
};
use crate::personal::{DataClass, Personal, PersonalText, Seal, Sealed, Sealer};
use crate::stream::Stream;
use crate::values::{AppointmentNo, PersonId, Quantity, RequirementNo};

#[test]
fn progress_says_what_is_owed_credited_and_left_and_how_many_days() {
    let order = after(with(running(), [crediting(450, long_ago())]));
    let progress = order.made().unwrap().progress(day("2026-03-05"));
    let first = Progress {
        requirement: RequirementNo(1),
        kind: code("unpaid-work"),
        owed: Some(Quantity::Minutes(6000)),
        credited: Some(Quantity::Minutes(450)),
        remaining: Some(Quantity::Minutes(5550)),
        starts: "2026-01-05".parse().unwrap(),
        ends: Some(day("2027-01-04")),
        days_left: Some(306),
        is_ended: false,
    };
    assert_eq!(progress.first(), Some(&first));
    assert_eq!(first.per_cent(), Some(7));
    let curfew = progress.last().unwrap();
    assert_eq!(
        (curfew.owed, curfew.credited, curfew.per_cent()),
        (None, None, None)
    );
    assert_eq!(curfew.days_left, Some(122));
    let last = order.made().unwrap().progress(day("2026-07-04"));
    assert_eq!(last.last().unwrap().days_left, Some(1));
    let over = order.made().unwrap().progress(day("2026-07-05"));
    assert_eq!(over.last().unwrap().days_left, Some(0));
}

#[test]
fn failures_are_counted_within_the_months_that_end_with_a_day() {
    let order = after(two_failures());
    let counted = |text| order.made().unwrap().failures(day(text), 12).len();
    assert_eq!(counted("2026-01-11"), 0);
    assert_eq!(counted("2026-01-12"), 1);
    assert_eq!(counted("2026-01-19"), 2);
    assert_eq!(counted("2027-01-11"), 2);
    assert_eq!(counted("2027-01-12"), 1);
    assert_eq!(counted("2027-01-19"), 0);
}

#[test]
fn an_excused_failure_counts_no_more() {
    let wish = correcting(1, "absent-medical", just_now());
    let order = after(with(
        two_failures(),
        [OrderCommand::CorrectAttendance(wish)],
    ));
    let made = order.made().unwrap();
    assert_eq!(made.failures(day("2026-03-05"), 12), [AppointmentNo(2)]);
    let attendance = made.appointments[&AppointmentNo(1)].attendance.as_ref();
    assert_eq!(attendance.unwrap().corrections, 1);
}

#[test]
fn the_next_appointment_is_the_first_that_is_not_recorded() {
    let history = [
        scheduled("2026-04-20"),
        scheduled("2026-04-13"),
        scheduled("2026-02-10"),
        scheduled("2026-02-17"),
        attended(4, "complied", None, on("2026-02-17")),
    ];
    let order = after(with(running(), history));
    let made = order.made().unwrap();
    let (next, _) = made.next_appointment(day("2026-03-05")).unwrap();
    assert_eq!(next, AppointmentNo(2));
    let forgotten: Vec<_> = made
        .unrecorded(day("2026-03-05"))
        .map(|(no, _)| no)
        .collect();
    assert_eq!(forgotten, [AppointmentNo(3)]);
    assert!(made.next_appointment(day("2026-04-21")).is_none());
}

#[test]
fn an_order_reads_as_expired_after_its_last_day() {
    let order = after(running());
    let made = order.made().unwrap();
    assert_eq!(made.title_on(day("2027-01-04")), "in force");
    assert_eq!(made.title_on(day("2027-01-05")), "expired");
    let end = OrderCommand::EndBySentence(EndBySentence {
        done: just_now(),
        cause: EndCause::Quashed,
    });
    let ended = after(with(running(), [end]));
    let title = ended.made().unwrap().title_on(day("2027-01-05"));
    assert_eq!(title, "ended with its sentence");
    assert_eq!(Order::Unmade.title(), "not recorded");
}

#[test]
fn an_order_known_to_the_year_has_no_days_to_count() {
    let make = Make {
        made: on("2019"),
        starts: "2019".parse().unwrap(),
        ..order_with([
            lasting("curfew", "P6M"),
            Terms {
                ..super::terms("unpaid-work")
            },
        ])
    };
    let order = after([OrderCommand::Make(make)]);
    let progress = order.made().unwrap().progress(day("2026-03-05"));
    assert!(
        progress
            .iter()
            .all(|p| p.ends.is_none() && p.days_left.is_none())
    );
    assert!(!order.made().unwrap().is_expired(day("2026-03-05")));
}

#[test]
fn a_length_beyond_the_calendar_leaves_the_last_day_open() {
    let make = order_with([lasting("curfew", "P9000Y")]);
    let order = after([OrderCommand::Make(Make {
        made: on("2026-01-05"),
        ..make
    })]);
    let curfew = &order.made().unwrap().requirements[&RequirementNo(1)];
    assert_eq!(curfew.ends, None);
}

struct Keys(Vec<DataClass>);

impl Sealer for Keys {
    type Error = &'static str;

    fn seal(&mut self, class: DataClass, clear: &str) -> Result<Sealed, &'static str> {
        self.0.push(class);
        Ok(Sealed {
            id: uuid::Uuid::nil(),
            person: PersonId(uuid::Uuid::nil()),
            class,
            key: uuid::Uuid::nil(),
            sealed: format!("{}", clear.len()),
        })
    }

    fn refuse_sealed(&mut self) -> &'static str {
        "sealed already"
    }
}

#[test]
fn free_text_is_sealed_under_the_class_of_supervision() {
    let clear: PersonalText = Personal::Clear("was in hospital".to_owned());
    let mut wish = OrderCommand::CorrectAttendance(CorrectAttendance {
        note: Some(clear),
        ..correcting(1, "absent-medical", just_now())
    });
    let mut keys = Keys(Vec::new());
    wish.seal(&mut keys).unwrap();
    assert_eq!(keys.0, [DataClass::Supervision]);
    let OrderCommand::CorrectAttendance(wish) = wish else {
        panic!("{wish:?}");
    };
    assert!(wish.note.unwrap().sealed().is_some());
    let mut sealed = OrderCommand::CorrectAttendance(CorrectAttendance {
        note: Some(note()),
        ..correcting(1, "absent-medical", just_now())
    });
    assert_eq!(sealed.seal(&mut keys), Err("sealed already"));
}

#[test]
fn an_order_is_in_the_hands_of_its_office_while_it_is_in_force() {
    assert_eq!(Order::default().in_hand(), Hand::Nobody);
    let office = Hand::At("ashby-probation".to_owned());
    assert_eq!(after(running()).in_hand(), office);
    let end = OrderCommand::EndBySentence(EndBySentence {
        done: just_now(),
        cause: EndCause::Quashed,
    });
    assert_eq!(after(with(running(), [end])).in_hand(), Hand::Nobody);
}

#[test]
fn a_scheduled_appointment_says_when_and_where() {
    let order = after(with(running(), [scheduled("2026-04-13")]));
    let appointment = &order.made().unwrap().appointments[&AppointmentNo(1)];
    assert_eq!(appointment.at, Some("09:30".parse().unwrap()));
    assert_eq!(appointment.place, Some(code("depot")));
}
