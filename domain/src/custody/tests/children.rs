use super::{admit, admitting, facts, held, on, text};
use crate::act::Objection;
use crate::childhood::ChildNoted;
use crate::custody::{Custody, CustodyCommand, CustodyRefusal, PlaceChild, SeparateChild};
use crate::testing::doors::{
    after, just_now, noticed_at_every_door, passes, refused, refused_at_every_door,
    refused_live_and_noticed,
};
use crate::testing::samples::{code, known};
use crate::values::{ChildNo, Known, Occurred};

fn place(child: Option<u16>) -> impl Fn(Occurred) -> CustodyCommand {
    move |placed| {
        CustodyCommand::PlaceChild(PlaceChild {
            placed,
            child: child.map(ChildNo),
            age: Known::Value(0),
            until: Some("2026-12-31".parse().unwrap()),
            best_interests: Some(text()),
        })
    }
}

fn separation(separated: Occurred) -> SeparateChild {
    SeparateChild {
        separated,
        child: ChildNo(1),
        best_interests: Some(text()),
        placement: Some(code("relatives")),
        reasons: None,
    }
}

fn separating(change: impl Fn(&mut SeparateChild)) -> impl Fn(Occurred) -> CustodyCommand {
    move |separated| {
        let mut wish = separation(separated);
        change(&mut wish);
        CustodyCommand::SeparateChild(wish)
    }
}

/// Somebody with two children, of whom none is with her.
fn mother_of_two() -> Custody {
    let noted = ChildNoted {
        age: Known::Value(4),
        placement: Known::Value(code("relatives")),
        ..ChildNoted::default()
    };
    let entering = admitting(move |wish| {
        wish.reception.children = Known::Value(2);
        wish.reception.each_child = vec![noted.clone(), noted.clone()];
    });
    after(&facts(), [entering(on("2026-01-10"))])
}

/// Somebody whose child, born here, lives with her since 20 January 2026.
pub(super) fn with_a_child() -> Custody {
    let history = [admit(on("2026-01-10")), place(None)(on("2026-01-20"))];
    after(&facts(), history)
}

/// CU-7
#[test]
fn a_child_that_is_named_was_noted_and_is_with_its_mother_or_not() {
    passes(&mother_of_two(), place(Some(2))(just_now()), &facts());
    passes(&held(), place(None)(just_now()), &facts());
    let refusal = CustodyRefusal::NoSuchChild { child: ChildNo(3) };
    refused_at_every_door(&mother_of_two(), place(Some(3)), &facts(), &refusal);
    let refusal = CustodyRefusal::ChildThere { child: ChildNo(1) };
    refused_at_every_door(&with_a_child(), place(Some(1)), &facts(), &refusal);
    let refusal = CustodyRefusal::ChildElsewhere { child: ChildNo(1) };
    refused_at_every_door(&mother_of_two(), separating(|_| {}), &facts(), &refusal);
    passes(&with_a_child(), separating(|_| {})(just_now()), &facts());
}

/// CU-6
#[test]
fn a_child_leaves_no_earlier_than_it_came() {
    let refusal = CustodyRefusal::EndsTooEarly {
        ended: "2026-01-19".parse().unwrap(),
        began: "2026-01-20".parse().unwrap(),
    };
    let early = separating(|_| {})(on("2026-01-19"));
    refused(&with_a_child(), early, &facts(), &refusal);
    passes(
        &with_a_child(),
        separating(|_| {})(on("2026-01-20")),
        &facts(),
    );
}

/// BR-52
#[test]
fn a_child_leaves_its_mother_in_its_own_best_interests_and_to_a_place() {
    type Leaves = fn(&mut SeparateChild);
    passes(&with_a_child(), separating(|_| {})(just_now()), &facts());
    let cases: [(Leaves, CustodyRefusal); 2] = [
        (
            |wish| wish.best_interests = None,
            CustodyRefusal::InterestsNotAssessed,
        ),
        (
            |wish| wish.placement = None,
            CustodyRefusal::PlacementMissing,
        ),
    ];
    for (change, refusal) in cases {
        let objection = Objection::reasons(refusal.clone());
        refused_live_and_noticed(&with_a_child(), separating(change), &facts(), objection);
        let reasoned = separating(move |wish| {
            change(wish);
            wish.reasons = Some(text());
        });
        let objection = Objection::notice(refusal);
        noticed_at_every_door(&with_a_child(), reasoned, &facts(), objection);
    }
}

/// CU-4
#[test]
fn a_child_goes_to_a_place_of_the_list() {
    let refusal = Objection::hard(CustodyRefusal::UnknownCode {
        list: "placements",
        code: "somewhere".to_owned(),
        known: known(|pack| &pack.custody.placements),
    });
    let lost = separating(|wish| wish.placement = Some(code("somewhere")));
    refused_live_and_noticed(&with_a_child(), lost, &facts(), refusal);
    passes(&with_a_child(), separating(|_| {})(just_now()), &facts());
}

#[test]
fn a_child_born_here_is_noted_and_keeps_its_number_when_it_leaves() {
    let history = [
        admit(on("2026-01-10")),
        place(None)(on("2026-01-20")),
        separating(|_| {})(on("2026-02-20")),
    ];
    let custody = after::<Custody>(&facts(), history);
    let stay = custody.begun().unwrap();
    let child = stay.child(ChildNo(1)).unwrap();
    assert_eq!(child.noted.age, Known::Value(0));
    assert_eq!(child.with_her, None);
    assert_eq!(child.noted.placement, Known::Value(code("relatives")));
}
