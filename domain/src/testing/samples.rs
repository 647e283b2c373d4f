//! Facts, decisions and components of the fictional jurisdiction, complete enough to pass the live door.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use uuid::Uuid;

use crate::act::{Facts, Reference};
use crate::actor::{Actor, Role};
use crate::jurisdiction::{BUILT_IN, Coded, Pack};
use crate::personal::{DataClass, PersonalText, Sealed};
use crate::sentence::{Component, Count, CustodyTerm, Decision, RequirementTerms, Runs, Sanction};
use crate::values::{
    Code, ComponentNo, Consent, CountNo, CourtCode, Instant, Known, Length, Money, Occurred,
    Offence, OfficeCode, OrderId, PersonId, Quantity, SentenceId, SubjectId, Weighed,
};

/// The moment at which commands are entered unless a test says otherwise.
pub(crate) const NOW: &str = "2026-03-05T10:00:00Z";

static MIDLAND: LazyLock<Arc<Pack>> = LazyLock::new(|| {
    let (_, text) = BUILT_IN
        .into_iter()
        .find(|(name, _)| *name == "midland")
        .expect("the pack is built in");
    Arc::new(Pack::parse(text).expect("the pack can be read"))
});

/// The rules of the fictional jurisdiction.
pub(crate) fn midland() -> Arc<Pack> {
    Arc::clone(&MIDLAND)
}

/// The codes of one of Midland's lists.
pub(crate) fn known(list: impl Fn(&Pack) -> &Vec<Coded>) -> Vec<Code> {
    crate::jurisdiction::codes_of(list(&midland()))
}

/// The rules with something changed.
pub(crate) fn midland_with(change: impl FnOnce(&mut Pack)) -> Arc<Pack> {
    let mut pack = Pack::clone(&MIDLAND);
    change(&mut pack);
    Arc::new(pack)
}

pub(crate) fn actor(role: Role) -> Actor {
    Actor {
        subject: SubjectId::parse("judge-1").unwrap(),
        role,
        office: OfficeCode::parse("ashby").unwrap(),
    }
}

/// The facts of [`NOW`] under the fictional law.
pub(crate) fn facts() -> Facts {
    entered(NOW)
}

/// The facts of another moment.
pub(crate) fn entered(at: &str) -> Facts {
    Facts::at(instant(at), actor(Role::Judge), midland())
}

/// The facts under other rules.
pub(crate) fn under(law: Arc<Pack>) -> Facts {
    Facts { law, ..facts() }
}

/// The facts with something found in another stream.
pub(crate) fn finding(reference: Reference) -> Facts {
    Facts {
        found: BTreeSet::from([reference]),
        ..facts()
    }
}

/// The facts after a proposal.
pub(crate) fn proposed_at(at: &str) -> Facts {
    Facts {
        proposed: Some(instant(at)),
        ..facts()
    }
}

pub(crate) fn instant(text: &str) -> Instant {
    text.parse().unwrap()
}

/// An instant or a date, by its form.
pub(crate) fn on(text: &str) -> Occurred {
    text.parse().unwrap()
}

/// Pronounced ten minutes before [`NOW`]: through the live door.
pub(crate) fn just_now() -> Occurred {
    on("2026-03-05T09:50:00Z")
}

/// Pronounced long before [`NOW`]: through the door of existing facts.
pub(crate) fn long_ago() -> Occurred {
    on("2025-06-10")
}

pub(crate) fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

pub(crate) fn length(text: &str) -> Length {
    text.parse().unwrap()
}

pub(crate) fn person(no: u128) -> PersonId {
    PersonId(Uuid::from_u128(no))
}

pub(crate) fn sentence_id(no: u128) -> SentenceId {
    SentenceId(Uuid::from_u128(no))
}

pub(crate) fn order_id(no: u128) -> OrderId {
    OrderId(Uuid::from_u128(no))
}

/// A text as it is stored: sealed.
pub(crate) fn sealed(class: DataClass) -> PersonalText {
    PersonalText::stored(Sealed {
        id: Uuid::from_u128(7),
        person: person(1),
        class,
        key: Uuid::from_u128(8),
        sealed: "c2VhbGVk".to_owned(),
    })
}

pub(crate) fn euros(minor: u64) -> Money {
    Money {
        minor,
        currency: midland().currency.clone(),
    }
}

pub(crate) fn component(no: u16, sanction: Sanction) -> Component {
    Component {
        no: ComponentNo(no),
        sanction,
        runs: None,
        uplift: None,
    }
}

/// Immediate custody: a length, `life` or `indeterminate`.
pub(crate) fn custody(no: u16, term: &str) -> Component {
    let term: CustodyTerm = term.parse().unwrap();
    component(no, Sanction::Custody { term: Some(term) })
}

pub(crate) fn suspended_for(term: &str, period: &str) -> Sanction {
    Sanction::SuspendedCustody {
        term: Some(length(term)),
        operational_period: Some(length(period)),
        requirements: Vec::new(),
    }
}

/// A suspended term that hangs over the person for two years.
pub(crate) fn suspended(no: u16, term: &str) -> Component {
    component(no, suspended_for(term, "P2Y"))
}

pub(crate) fn fine(no: u16, minor: u64) -> Component {
    let amount = Some(euros(minor));
    component(no, Sanction::Fine { amount })
}

pub(crate) fn day_fines(units: u32, value: u64) -> Sanction {
    Sanction::DayFine {
        units: Some(units),
        unit_value: Some(euros(value)),
    }
}

pub(crate) fn ordering(
    period: &str,
    requirements: impl IntoIterator<Item = RequirementTerms>,
) -> Sanction {
    Sanction::CommunityOrder {
        period: Some(length(period)),
        requirements: requirements.into_iter().collect(),
    }
}

/// A community order of so long.
pub(crate) fn community_order(
    no: u16,
    period: &str,
    requirements: impl IntoIterator<Item = RequirementTerms>,
) -> Component {
    component(no, ordering(period, requirements))
}

/// A requirement that says nothing but its kind.
pub(crate) fn requirement(kind: &str) -> RequirementTerms {
    RequirementTerms {
        kind: code(kind),
        quantity: None,
        length: None,
        consent: Known::NotRecorded,
        terms: None,
    }
}

pub(crate) fn unpaid_work(hours: u32) -> RequirementTerms {
    RequirementTerms {
        quantity: Some(Quantity::Minutes(hours.saturating_mul(60))),
        ..requirement("unpaid-work")
    }
}

pub(crate) fn lasting(kind: &str, term: &str) -> RequirementTerms {
    RequirementTerms {
        length: Some(length(term)),
        ..requirement(kind)
    }
}

pub(crate) fn treatment(consent: Known<Consent>) -> RequirementTerms {
    RequirementTerms {
        consent,
        ..lasting("treatment", "P6M")
    }
}

/// The component runs at the same time as the others.
pub(crate) fn concurrent(component: Component) -> Component {
    Component {
        runs: Some(Runs::Concurrent),
        ..component
    }
}

/// The component runs after another.
pub(crate) fn after(before: u16, component: Component) -> Component {
    Component {
        runs: Some(Runs::ConsecutiveTo(ComponentNo(before))),
        ..component
    }
}

/// A count of an offence, committed on 10 January 2025.
pub(crate) fn count(
    no: u16,
    offence: &str,
    components: impl IntoIterator<Item = Component>,
) -> Count {
    Count {
        no: CountNo(no),
        offence: Offence {
            code: Known::Value(offence.parse().unwrap()),
            catalogue: None,
            iccs: None,
            category: Known::NotRecorded,
            committed: Known::Value("2025-01-10".parse().unwrap()),
        },
        gravity: None,
        range: None,
        departure: None,
        components: components.into_iter().collect(),
    }
}

/// A decision of several counts with everything that the policy asks for.
pub(crate) fn decision_on(counts: impl IntoIterator<Item = Count>) -> Decision {
    Decision {
        court: CourtCode::parse("ashby").unwrap(),
        case: None,
        hearing: None,
        counts: counts.into_iter().collect(),
        principal: None,
        circumstances: BTreeMap::from([(code("prior-record"), Known::Value(code("none")))]),
        minor: None,
        aggravating: vec![code("planned")],
        mitigating: vec![code("remorse")],
        alternatives_considered: vec![code("community-order")],
        remand_days: Known::Value(0),
        weighed: Weighed::default(),
        reasons: Some(sealed(DataClass::Judgment)),
    }
}

/// A decision on one count of fraud, for which the statute allows seven years.
pub(crate) fn decision(components: impl IntoIterator<Item = Component>) -> Decision {
    decision_on([count(1, "M104", components)])
}

/// The decision with its only count changed.
pub(crate) fn with_count(mut decision: Decision, change: impl FnOnce(&mut Count)) -> Decision {
    change(decision.counts.first_mut().unwrap());
    decision
}
