//! Anything that can be said: values, decisions, events and commands of every variant.

pub(crate) mod person;
pub(crate) mod policy;
pub(crate) mod sentence;

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use uuid::Uuid;

use super::samples::{self, code};
use crate::act::{Door, Facts, Finding, Reference, Weight};
use crate::actor::Role;
use crate::personal::{DataClass, PersonalText, Sealed};
use crate::values::{
    CivilDate, Code, ComponentNo, Day, Decimal, Instant, Known, Length, Money, Occurred, PersonId,
    Quantity, SentenceId, Term, TermUnit,
};

/// Codes, some of the pack and some unknown to it.
pub(crate) fn codes() -> impl Strategy<Value = Code> + Clone {
    select(vec![
        "planned",
        "remorse",
        "totality",
        "typing",
        "community-order",
        "prior-record",
        "none",
        "some",
        "unpaid-work",
        "curfew",
        "treatment",
        "court-order",
        "nowhere-listed",
    ])
    .prop_map(code)
}

pub(crate) fn known<T: std::fmt::Debug + Clone + 'static>(
    value: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Known<T>> {
    prop_oneof![
        Just(Known::NotRecorded),
        Just(Known::NotAsked),
        Just(Known::Declined),
        value.prop_map(Known::Value),
    ]
}

pub(crate) fn days() -> impl Strategy<Value = Day> {
    (0_u32..6000).prop_map(|days| Day::of(2015, 1, 1).unwrap().plus_days(days))
}

pub(crate) fn dates() -> impl Strategy<Value = CivilDate> {
    prop_oneof![
        (2000_i16..2030).prop_map(CivilDate::Year),
        (2000_i16..2030, 1_u8..=12).prop_map(|(year, month)| CivilDate::Month { year, month }),
        days().prop_map(CivilDate::Day),
    ]
}

/// Instants around [`samples::NOW`], two days to each side.
pub(crate) fn instants() -> impl Strategy<Value = Instant> {
    let now = samples::instant(samples::NOW).micros();
    (-172_800_000_000_i64..172_800_000_000)
        .prop_map(move |away| Instant::from_micros(now.saturating_add(away)))
}

pub(crate) fn occurred() -> impl Strategy<Value = Occurred> {
    prop_oneof![
        instants().prop_map(Occurred::At),
        dates().prop_map(Occurred::On)
    ]
}

pub(crate) fn lengths() -> impl Strategy<Value = Length> {
    let calendar = (0_u16..30, 0_u16..24, 0_u32..400).prop_map(|(years, months, days)| {
        Length::Calendar(Term {
            years,
            months,
            days,
        })
    });
    let units = select(vec![
        TermUnit::Years,
        TermUnit::Months,
        TermUnit::Weeks,
        TermUnit::Days,
    ]);
    let decimal = (0_u32..400, 0_u32..100, units).prop_map(|(whole, part, unit)| {
        Length::of(Decimal::parse(&format!("{whole}.{part:02}")).unwrap(), unit)
    });
    prop_oneof![3 => calendar, 1 => decimal]
}

pub(crate) fn money() -> impl Strategy<Value = Money> {
    (0_u64..1_000_000, select(vec!["EUR", "MNT"])).prop_map(|(minor, currency)| Money {
        minor,
        currency: currency.parse().unwrap(),
    })
}

pub(crate) fn quantities() -> impl Strategy<Value = Quantity> {
    prop_oneof![
        (0_u32..20_000).prop_map(Quantity::Minutes),
        (0_u32..90).prop_map(Quantity::Days),
        (0_u32..90).prop_map(Quantity::Sessions),
    ]
}

pub(crate) fn uuids() -> impl Strategy<Value = Uuid> {
    (1_u128..5).prop_map(Uuid::from_u128)
}

pub(crate) fn people() -> impl Strategy<Value = PersonId> {
    uuids().prop_map(PersonId)
}

pub(crate) fn component_numbers() -> impl Strategy<Value = ComponentNo> {
    prop_oneof![8 => 1_u16..4, 1 => 0_u16..9].prop_map(ComponentNo)
}

/// Texts as they are stored: sealed.
pub(crate) fn texts() -> impl Strategy<Value = PersonalText> {
    let classes = select(DataClass::ALL.to_vec());
    (uuids(), people(), uuids(), classes, "[A-Za-z0-9+/]{8,40}").prop_map(
        |(id, person, key, class, sealed)| {
            PersonalText::stored(Sealed {
                id,
                person,
                class,
                key,
                sealed,
            })
        },
    )
}

pub(crate) fn doors() -> impl Strategy<Value = Door> {
    select(vec![Door::Live, Door::Existing])
}

pub(crate) fn findings() -> impl Strategy<Value = Vec<Finding>> {
    let weights = select(vec![Weight::Notice, Weight::Critical]);
    let finding = (codes(), option::of(Just("PR-1".to_owned())), weights).prop_map(
        |(code, safeguard, weight)| Finding {
            code: code.to_string(),
            safeguard,
            weight,
            said: "component 1: P9Y is above".to_owned(),
        },
    );
    vec(finding, 0..3)
}

/// Facts around [`samples::NOW`], with any of a few things found and a proposal or none.
pub(crate) fn facts() -> impl Strategy<Value = Facts> {
    let references = prop_oneof![
        people().prop_map(Reference::Person),
        uuids().prop_map(|id| Reference::Sentence(SentenceId(id))),
    ];
    let found = proptest::collection::btree_set(references, 0..4);
    (instants(), found, option::of(instants()), 0_u64..6).prop_map(
        |(entered, found, proposed, version)| Facts {
            version,
            proposed,
            found,
            ..Facts::at(entered, samples::actor(Role::Judge), samples::midland())
        },
    )
}

pub(crate) fn answers() -> impl Strategy<Value = std::collections::BTreeMap<Code, Known<Code>>> {
    btree_map(codes(), known(codes()), 0..3)
}
