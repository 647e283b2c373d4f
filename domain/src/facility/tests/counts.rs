use num_rational::Ratio;

use super::{capacity, count, day, declare, declared, facts, on, open, opened, population};
use crate::act::{Facts, Objection};
use crate::facility::{
    DeclareCapacity, Facility, FacilityCommand, FacilityRefusal, GroupHeld, Occupancy, Place,
    RecordStaff,
};
use crate::safeguards::{SafeguardRules, Stands};
use crate::testing::doors::{
    after, just_now, noticed_at_every_door, passes, refused, refused_at_every_door,
};
use crate::testing::samples::{code, midland_with};
use crate::values::Occurred;

fn place(facility: &Facility) -> &Place {
    facility.opened().unwrap()
}

/// FA-5
#[test]
fn a_capacity_has_places_and_a_part_may_be_out_of_use() {
    let refusal = FacilityRefusal::NoPlaces;
    let none = |declared| FacilityCommand::DeclareCapacity(capacity(declared, 0));
    refused_at_every_door(&opened(), none, &facts(), &refusal);
    let unit = FacilityCommand::DeclareCapacity(DeclareCapacity {
        unit: Some(code("health")),
        ..capacity(just_now(), 0)
    });
    passes(&opened(), unit, &facts());
}

/// FA-5
#[test]
fn no_part_is_larger_than_its_whole() {
    let staff = |filled, health_posts, health_filled| {
        FacilityCommand::RecordStaff(RecordStaff {
            counted: just_now(),
            posts: 40,
            filled,
            health_posts,
            health_filled,
        })
    };
    passes(&opened(), staff(38, 4, 3), &facts());
    let exceeds = |part: &str, count, whole| FacilityRefusal::PartExceedsWhole {
        part: part.to_owned(),
        count,
        whole,
    };
    for (wish, refusal) in [
        (staff(41, 4, 3), exceeds("filled posts", 41, 40)),
        (staff(38, 41, 3), exceeds("posts for health care", 41, 40)),
        (
            staff(38, 4, 5),
            exceeds("filled posts for health care", 5, 4),
        ),
        (
            staff(2, 4, 3),
            exceeds("filled posts for health care", 3, 2),
        ),
    ] {
        refused(&opened(), wish, &facts(), &refusal);
    }
    let men = |held| {
        let mut wish = population(just_now(), 80);
        wish.groups[1].held = held;
        FacilityCommand::RecordPopulation(wish)
    };
    let refusal = exceeds("people of the group men", 81, 80);
    refused(&declared(), men(81), &facts(), &refusal);
    passes(&declared(), men(80), &facts());
}

/// FA-5
#[test]
fn nobody_is_counted_twice_in_one_group() {
    let twice = |counted| {
        let mut wish = population(counted, 80);
        wish.groups[1].group = code("convicted");
        FacilityCommand::RecordPopulation(wish)
    };
    let refusal = FacilityRefusal::CountedTwice {
        group: code("convicted"),
    };
    refused_at_every_door(&declared(), twice, &facts(), &refusal);
}

/// FA-7
#[test]
fn more_people_than_places_are_noticed_and_never_refused() {
    passes(&declared(), count(100)(just_now()), &facts());
    let refusal = Objection::notice(FacilityRefusal::Overcrowded {
        held: 101,
        places: 100,
        definition: code("operational"),
    });
    noticed_at_every_door(&declared(), count(101), &facts(), refusal);
}

/// FA-8
#[test]
fn people_for_whom_a_place_is_not_meant_are_noticed() {
    let with_children = |held| {
        move |counted: Occurred| {
            let mut wish = population(counted, 80);
            wish.groups.push(GroupHeld {
                group: code("children"),
                held,
            });
            FacilityCommand::RecordPopulation(wish)
        }
    };
    passes(&declared(), with_children(0)(just_now()), &facts());
    let refusal = Objection::notice(FacilityRefusal::HoldsOthers {
        group: code("children"),
        held: 2,
    });
    noticed_at_every_door(&declared(), with_children(2), &facts(), refusal);
}

/// MR-10
#[test]
fn people_counted_where_no_capacity_is_declared_are_noticed_as_the_policy_says() {
    passes(&declared(), count(80)(just_now()), &facts());
    let refusal = Objection::notice(FacilityRefusal::CapacityMissing);
    noticed_at_every_door(&opened(), count(80), &facts(), refusal);
    let set = |stands| {
        let law = midland_with(|pack| {
            pack.safeguards = SafeguardRules::of([("MR-10".to_owned(), stands)].into());
        });
        Facts { law, ..facts() }
    };
    passes(&opened(), count(80)(just_now()), &set(Stands::Off));
    let refusal = FacilityRefusal::CapacityMissing;
    refused(
        &opened(),
        count(80)(just_now()),
        &set(Stands::Refused),
        &refusal,
    );
}

#[test]
fn a_part_of_a_place_is_meant_for_whom_was_declared_last_or_for_whom_the_place_is() {
    let part = |unit: &str, from: &str, holds: &[&str]| {
        FacilityCommand::DeclareCapacity(DeclareCapacity {
            unit: Some(code(unit)),
            holds: holds.iter().map(|group| code(group)).collect(),
            from: day(from),
            ..capacity(on("2026-02-01"), 7)
        })
    };
    let history = [
        open(),
        part("young", "2026-02-01", &["children"]),
        part("young", "2026-03-01", &["men"]),
        // A count alone says nothing anew of whom it is for.
        part("young", "2026-03-02", &[]),
        part("women", "2026-02-01", &[]),
    ];
    let place_of = after::<Facility>(&facts(), history);
    let meant = |unit: Option<&str>, on: &str| {
        let unit = unit.map(code);
        let meant = place(&place_of).meant_for(unit.as_ref(), day(on));
        meant.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let whole = ["convicted", "men"];
    assert_eq!(meant(None, "2026-03-05"), whole);
    assert_eq!(meant(Some("young"), "2026-01-31"), whole);
    assert_eq!(meant(Some("young"), "2026-02-28"), ["children"]);
    assert_eq!(meant(Some("young"), "2026-03-05"), ["men"]);
    assert_eq!(meant(Some("women"), "2026-03-05"), whole);
    assert_eq!(meant(Some("main"), "2026-03-05"), whole);
}

/// FA-5
#[test]
fn whom_a_capacity_is_for_is_said_of_a_part_of_the_place() {
    let of = |unit: Option<&'static str>| {
        move |declared| {
            FacilityCommand::DeclareCapacity(DeclareCapacity {
                unit: unit.map(code),
                holds: vec![code("children")],
                ..capacity(declared, 7)
            })
        }
    };
    passes(&declared(), of(Some("young"))(just_now()), &facts());
    let refusal = FacilityRefusal::HoldsWithoutUnit;
    refused_at_every_door(&declared(), of(None), &facts(), &refusal);
}

#[test]
fn occupancy_is_an_exact_share_of_the_capacity_of_that_day() {
    let more = FacilityCommand::DeclareCapacity(DeclareCapacity {
        from: day("2026-03-01"),
        ..capacity(on("2026-02-01"), 120)
    });
    let part = FacilityCommand::DeclareCapacity(DeclareCapacity {
        unit: Some(code("women")),
        ..capacity(on("2026-02-01"), 7)
    });
    let grown = after::<Facility>(&facts(), [open(), declare(90), more, part]);
    let full = |on| place(&grown).occupancy(&code("operational"), 100, day(on));
    let before = full("2026-02-28").unwrap();
    assert_eq!(before.share(), Ratio::new(10, 9));
    assert!(before.is_overcrowded());
    let since = full("2026-03-01").unwrap();
    assert_eq!(since.share(), Ratio::new(5, 6));
    assert!(!since.is_overcrowded());
    assert_eq!(full("2026-01-04"), None, "before the capacity holds");
    let built = place(&grown).occupancy(&code("design"), 100, day("2026-03-01"));
    assert_eq!(
        built, None,
        "not computable by a definition without a count"
    );
    assert_eq!(Occupancy::of(5, 0), None);
    // France, 1 September 2022: 118.0 percent.
    let france = Occupancy::of(71_669, 60_715).unwrap().share();
    assert_eq!((france * 1000).round(), Ratio::from(1180));
}

#[test]
fn the_last_count_is_that_of_the_latest_day_whatever_the_order_of_entry() {
    let counts = [
        open(),
        declare(100),
        count(80)(on("2026-02-20")),
        count(70)(on("2026-02-01")),
    ];
    let counted = after::<Facility>(&facts(), counts);
    let held = |on| {
        let last = place(&counted).population(day(on), |done| facts().date(done));
        last.map(|population| population.held)
    };
    assert_eq!(held("2026-03-01"), Some(80));
    assert_eq!(held("2026-02-10"), Some(70));
    assert_eq!(held("2026-01-31"), None);
}
