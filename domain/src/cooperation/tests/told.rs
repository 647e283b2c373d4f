use super::{asked_and, ending, facts, homeward, midland, notifying, on};
use crate::childhood::{Childhood, Hand};
use crate::cooperation::{Cooperation, CooperationRefusal};
use crate::stream::{Goes, Stream};
use crate::testing::doors::{after, just_now, passes, refused_at_every_door};
use crate::testing::samples::{code, person, sentence_id};
use crate::values::Known;

fn told() -> Cooperation {
    after(&facts(), [notifying(|_| {})(on("2026-01-05"))])
}

/// IC-1, IC-4, TR-3.1
#[test]
fn a_judgment_of_which_another_state_told_stands_with_the_person_and_asks_for_nothing() {
    passes(
        &Cooperation::default(),
        notifying(|_| {})(just_now()),
        &facts(),
    );
    let listed = told().listed().unwrap();
    assert_eq!(listed.person, Some(person(1)));
    assert_eq!(listed.kind, Some(code("notification")));
    assert_eq!((listed.state, listed.goes), ("told", Goes::Over));
    assert_eq!(told().clocks(&midland()), []);
}

/// IC-3
#[test]
fn a_notice_ends_where_the_other_state_takes_it_back_and_nothing_else_follows_it() {
    passes(&told(), ending("deleted-there")(just_now()), &facts());
    let events = told().decide(ending("deleted-there")(just_now()), &facts());
    let taken_back = events.unwrap().iter().fold(told(), Stream::evolve);
    assert_eq!(taken_back.title(), "ended");
    let refusal = CooperationRefusal::NotPossible {
        state: "ended",
        wish: "ending it",
    };
    refused_at_every_door(&taken_back, ending("deleted-there"), &facts(), &refusal);
    let refusal = CooperationRefusal::NotPossible {
        state: "told",
        wish: "carrying it out",
    };
    refused_at_every_door(&told(), super::effect, &facts(), &refusal);
}

#[test]
fn a_childs_matter_is_one_by_the_age_or_as_what_it_hangs_on() {
    let law = midland();
    let young = notifying(|wish| wish.age = Known::Value(17));
    let young = after::<Cooperation>(&facts(), [young(on("2026-01-05"))]);
    assert_eq!(young.childhood(&law), Childhood::Child);
    assert_eq!(told().childhood(&law), Childhood::Untold);
    let heard = asked_and(|wish| wish.court = Some("fenwick".parse().unwrap()), []);
    let both = Hand::AtWithCourt {
        place: "central-authority".to_owned(),
        court: "fenwick".to_owned(),
    };
    assert_eq!(heard.in_hand(), both);
    let over = asked_and(
        |wish| wish.court = Some("fenwick".parse().unwrap()),
        [ending("died")(on("2026-01-20"))],
    );
    assert_eq!(over.in_hand(), Hand::Nobody);
    let home = asked_and(homeward, []);
    let of_sentence = Childhood::of("sentence", sentence_id(7));
    assert_eq!(home.childhood(&law), of_sentence);
    assert_eq!(Cooperation::default().childhood(&law), Childhood::Untold);
}
