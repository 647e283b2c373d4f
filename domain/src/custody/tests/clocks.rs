use super::{
    admission, admit, facts, for_a_breach, held, held_irregularly, held_with, irregular, isolate,
    on, protection, release,
};
use crate::act::Weight;
use crate::actor::Role;
use crate::custody::{
    BreachArrest, Custody, CustodyCommand, FamilyContact, HoldingBasis, NewCommitment, PlaceChild,
    WithdrawProtection,
};
use crate::jurisdiction::Pack;
use crate::stream::{Clock, Stream};
use crate::testing::doors::after;
use crate::testing::samples::{code, midland};
use crate::values::{Known, Occurred};

type Due = (&'static str, &'static str, u16, String, Weight);

fn due(custody: &Custody) -> Vec<Due> {
    due_under(custody, &midland())
}

fn due_under(custody: &Custody, law: &Pack) -> Vec<Due> {
    let shown = |c: Clock| (c.safeguard, c.code, c.nth, c.due.to_string(), c.weight);
    custody.clocks(law).into_iter().map(shown).collect()
}

fn critical(safeguard: &'static str, code: &'static str, nth: u16, due: &str) -> Due {
    (safeguard, code, nth, due.to_owned(), Weight::Critical)
}

fn notice(safeguard: &'static str, code: &'static str, nth: u16, due: &str) -> Due {
    (safeguard, code, nth, due.to_owned(), Weight::Notice)
}

#[test]
fn the_last_day_of_the_order_is_a_critical_task_and_ends_nothing() {
    assert_eq!(due(&held()), []);
    let until = held_with(|wish| wish.commitment.until = Some("2026-04-30".parse().unwrap()));
    let last = critical("TR-11.1", "custody.last-day", 1, "2026-04-30");
    assert_eq!(due(&until), [last]);
    assert_eq!(until.clocks(&midland())[0].role, Role::Prison);
}

#[test]
fn a_hearing_follows_an_arrest_for_a_breach_within_the_days_of_the_policy() {
    let arrested = |hearing_by: Option<&'static str>| {
        held_with(move |wish| {
            let hearing_by = hearing_by.map(|day| day.parse().unwrap());
            wish.commitment.basis = HoldingBasis::Breach(BreachArrest {
                hearing_by,
                ..for_a_breach()
            });
        })
    };
    let hearing = |due: &str| notice("TR-14.5", "custody.hearing", 1, due);
    assert_eq!(due(&arrested(None)), [hearing("2026-01-13")]);
    assert_eq!(due(&arrested(Some("2026-01-11"))), [hearing("2026-01-11")]);
    let late = arrested(Some("2026-01-20"));
    assert_eq!(
        due(&late),
        [hearing("2026-01-13")],
        "no later than the policy"
    );
    let mut law = Pack::clone(&midland());
    law.custody.hearing_days = None;
    assert_eq!(due_under(&late, &law), [hearing("2026-01-20")]);
}

#[test]
fn an_irregular_holding_is_a_critical_task_until_the_order_is_recorded() {
    let missing = critical("HR-20/MR-7", "custody.irregular", 1, "2026-01-10");
    assert_eq!(due(&held_irregularly()), [missing]);
    let order = CustodyCommand::Regularise(NewCommitment {
        done: on("2026-01-11"),
        commitment: admission(on("2026-01-10")).commitment,
        group: Known::NotRecorded,
    });
    let found = CustodyCommand::RecordIrregularHolding(irregular(on("2026-01-10")));
    assert_eq!(due(&after(&facts(), [found, order])), []);
}

#[test]
fn a_request_withdrawn_is_a_critical_task_of_the_same_day() {
    let history = [
        CustodyCommand::Protect(protection(on("2026-01-10"))),
        CustodyCommand::WithdrawProtection(WithdrawProtection {
            withdrawn: on("2026-02-10"),
        }),
    ];
    let end = critical("BR-59", "custody.end-protection", 1, "2026-02-10");
    assert_eq!(due(&after(&facts(), history.clone())), [end]);
    let free = history.into_iter().chain([release(on("2026-02-10"))]);
    assert_eq!(due(&after(&facts(), free)), []);
}

#[test]
fn somebody_looks_on_the_twelfth_and_the_fifteenth_day_alone() {
    let history = [admit(on("2026-01-10")), isolate(on("2026-02-01"))];
    let watch = |nth, due: &str| critical("MR-44", "custody.isolation", nth, due);
    // The twelfth day is 12 February: the day after the clock was due.
    let both = [watch(1, "2026-02-11"), watch(2, "2026-02-14")];
    assert_eq!(due(&after(&facts(), history)), both);
    let CustodyCommand::Isolate(mut fewer) = isolate(on("2026-02-01")) else {
        panic!("another command");
    };
    fewer.hours_a_day = 21;
    let fewer = [admit(on("2026-01-10")), CustodyCommand::Isolate(fewer)];
    assert_eq!(due(&after(&facts(), fewer)), []);
}

#[test]
fn where_a_child_lives_is_decided_by_its_day() {
    let place = |until: Option<&str>| {
        CustodyCommand::PlaceChild(PlaceChild {
            placed: on("2026-01-20"),
            child: None,
            age: Known::Value(0),
            until: until.map(|day| day.parse().unwrap()),
            best_interests: None,
        })
    };
    let history = [
        admit(on("2026-01-10")),
        place(None),
        place(Some("2026-12-31")),
    ];
    let stay = notice("BR-52", "custody.child-stay", 2, "2026-12-31");
    assert_eq!(due(&after(&facts(), history)), [stay]);
}

/// HR-19
#[test]
fn a_child_who_is_held_is_visited_every_month_and_its_file_sealed_at_release() {
    let mut child = admission(on("2026-01-10"));
    child.reception.age = Known::Value(16);
    let history = vec![CustodyCommand::Admit(child)];
    let contact = |due: &str| notice("CU-10", "custody.contact", 1, due);
    assert_eq!(
        due(&after(&facts(), history.clone())),
        [contact("2026-02-10")]
    );
    let visit = |held: Occurred| {
        CustodyCommand::RecordContact(FamilyContact {
            held,
            kind: code("visit"),
        })
    };
    // A contact recorded late does not hide the later one.
    let visits = [visit(on("2026-02-01")), visit(on("2026-01-20"))];
    let visited = [history, visits.into()].concat();
    assert_eq!(
        due(&after(&facts(), visited.clone())),
        [contact("2026-03-04")]
    );
    let free = [visited, vec![release(on("2026-02-20"))]].concat();
    let seal = notice("HR-19", "custody.seal", 1, "2026-02-20");
    assert_eq!(due(&after(&facts(), free)), [seal]);
    let grown = [admit(on("2026-01-10")), release(on("2026-02-20"))];
    assert_eq!(due(&after(&facts(), grown)), []);
}
