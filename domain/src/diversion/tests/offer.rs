use super::{day, discharging, facts, facts_of, offer, offered, offering, on, text};
use crate::act::Objection;
use crate::actor::Role;
use crate::childhood::Childhood;
use crate::diversion::{Decider, Diversion, DiversionRefusal};
use crate::stream::Stream;
use crate::testing::doors::{
    after, born, just_now, noticed_at_every_door, passes, refused, refused_at_every_door,
    refused_live_and_noticed,
};
use crate::testing::samples::{code, known};
use crate::values::{Known, Occurred, OffenceCode};

fn nothing() -> Diversion {
    Diversion::default()
}

/// DV-1, DV-4, DV-5, TR-3.1, TR-3.3, TR-5.1, CRC-40, DP-7
#[test]
fn an_offer_and_a_discharge_with_everything_said_pass() {
    passes(&nothing(), offer(just_now()), &facts());
    passes(&nothing(), discharging(|_| {})(just_now()), &facts());
}

/// DV-1
#[test]
fn an_offer_or_a_discharge_is_recorded_once_for_an_offence() {
    let refusal = DiversionRefusal::AlreadyRecorded;
    refused_at_every_door(&offered(), offer, &facts(), &refusal);
    let discharge = discharging(|_| {});
    refused_at_every_door(&offered(), &discharge, &facts(), &refusal);
    let discharged = after::<Diversion>(&facts(), [discharge(on("2026-01-05"))]);
    refused_at_every_door(&discharged, offer, &facts(), &refusal);
    let refusal = || Objection::hard(DiversionRefusal::NoOffence);
    let offenceless = offering(|wish| wish.offences.clear());
    refused_live_and_noticed(&nothing(), offenceless, &facts(), refusal());
    let offenceless = discharging(|wish| wish.offences.clear());
    refused_live_and_noticed(&nothing(), offenceless, &facts(), refusal());
}

/// DV-2
#[test]
fn nothing_is_offered_in_the_future() {
    let done = on("2026-03-06");
    let refusal = DiversionRefusal::InTheFuture { done };
    refused(&nothing(), offer(done), &facts(), &refusal);
    refused(&nothing(), discharging(|_| {})(done), &facts(), &refusal);
}

/// DV-4
#[test]
fn measures_discharges_criteria_and_obligations_are_those_of_the_pack() {
    let refusal = |list, name: &str, known| {
        Objection::hard(DiversionRefusal::UnknownCode {
            list,
            code: code(name),
            known,
        })
    };
    let kind = offering(|wish| wish.kind = code("exile"));
    let kinds = known(|law| &law.diversion.kinds);
    let no = refusal("measures", "exile", kinds);
    refused_live_and_noticed(&nothing(), kind, &facts(), no);
    let criterion = offering(|wish| wish.criteria = vec![code("wealth")]);
    let criteria = known(|law| &law.diversion.criteria);
    let no = refusal("criteria", "wealth", criteria);
    refused_live_and_noticed(&nothing(), criterion, &facts(), no);
    let asked = offering(|wish| wish.obligations[0].kind = code("fasting"));
    let obligations = known(|law| &law.diversion.obligations);
    let no = refusal("obligations", "fasting", obligations);
    refused_live_and_noticed(&nothing(), asked, &facts(), no);
    let discharge = discharging(|wish| wish.kind = code("conditional"));
    let discharges = known(|law| &law.diversion.discharges);
    let no = refusal("discharges", "conditional", discharges);
    refused_live_and_noticed(&nothing(), discharge, &facts(), no);
}

/// DV-5
#[test]
fn an_offer_asks_something_in_words_and_not_for_too_long() {
    let empty = offering(|wish| wish.obligations.clear());
    let refusal = Objection::hard(DiversionRefusal::NothingAsked);
    refused_live_and_noticed(&nothing(), empty, &facts(), refusal);
    let vague = offering(|wish| wish.obligations[1].terms = None);
    let kind = code("no-offence");
    let refusal = Objection::hard(DiversionRefusal::TermsMissing { kind });
    refused_live_and_noticed(&nothing(), vague, &facts(), refusal);
}

/// DV-5
#[test]
fn an_obligation_ends_after_it_is_decided_and_within_what_the_law_allows() {
    let until = |text: &'static str| {
        offering(move |wish| wish.obligations[0].until = Some(day(text)))(just_now())
    };
    let refusal = DiversionRefusal::EndsTooEarly {
        until: day("2026-03-04"),
        decided: "2026-03-05".parse().unwrap(),
    };
    refused(&nothing(), until("2026-03-04"), &facts(), &refusal);
    passes(&nothing(), until("2026-03-05"), &facts());
    passes(&nothing(), until("2027-03-05"), &facts());
    let refusal = DiversionRefusal::TooLong {
        until: day("2027-03-06"),
        latest: day("2027-03-05"),
    };
    refused(&nothing(), until("2027-03-06"), &facts(), &refusal);
}

/// TR-3.1
#[test]
fn a_provision_that_is_named_is_in_force_on_the_day() {
    let lapsed = |decided: Occurred| {
        let on = match decided {
            Occurred::On(date) => date,
            Occurred::At(_) => "2026-03-05".parse().unwrap(),
        };
        let basis = code("cpa-31");
        DiversionRefusal::NotInForce { basis, on }
    };
    let old = offering(|wish| wish.basis = Some(code("cpa-31")));
    refused(&nothing(), old(just_now()), &facts(), &lapsed(just_now()));
    let old = discharging(|wish| wish.basis = Some(code("cpa-31")));
    refused(&nothing(), old(just_now()), &facts(), &lapsed(just_now()));
    let found = crate::testing::doors::noticed(&nothing(), old(on("2026-02-19")), &facts());
    assert_eq!(found.len(), 1);
    passes(&nothing(), old(on("2018-05-02")), &facts());
    let unnamed = offering(|wish| wish.basis = None);
    passes(&nothing(), unnamed(just_now()), &facts());
}

/// TR-3.3
#[test]
fn whoever_is_named_as_deciding_decides_live() {
    let refusal = |role| DiversionRefusal::NotCompetent { role };
    let by_court = offering(|wish| wish.by = Decider::Court);
    for role in [Role::Judge, Role::Clerk] {
        passes(&nothing(), by_court(just_now()), &facts_of(role));
        let no = refusal(role);
        refused(&nothing(), offer(just_now()), &facts_of(role), &no);
    }
    let no = refusal(Role::Prosecutor);
    refused(&nothing(), by_court(just_now()), &facts(), &no);
    let clerk = facts_of(Role::Administrator);
    let no = refusal(Role::Administrator);
    refused(&nothing(), discharging(|_| {})(just_now()), &clerk, &no);
    // Whoever records a decision of the past need not have taken it.
    passes(&nothing(), offer(on("2026-01-05")), &clerk);
}

/// TR-3.3
#[test]
fn the_prosecution_asks_something_on_its_own_only_in_minor_cases() {
    let robbery = || OffenceCode::parse("M204").unwrap();
    let offence = robbery();
    let alone = offering(move |wish| wish.offences = vec![robbery()]);
    let refusal = Objection::hard(DiversionRefusal::NotMinor { offence });
    refused_live_and_noticed(&nothing(), alone, &facts(), refusal);
    let by_court = offering(move |wish| {
        wish.by = Decider::Court;
        wish.offences = vec![robbery()];
    });
    passes(&nothing(), by_court(just_now()), &facts_of(Role::Judge));
    let discharge = discharging(move |wish| wish.offences = vec![robbery()]);
    passes(&nothing(), discharge(just_now()), &facts());
}

/// TR-5.1
#[test]
fn the_published_criteria_are_named_or_it_is_said_why_not() {
    let refusal = || Objection::reasons(DiversionRefusal::CriteriaMissing);
    let silent = offering(|wish| wish.criteria.clear());
    refused_live_and_noticed(&nothing(), silent, &facts(), refusal());
    let silent = discharging(|wish| wish.criteria.clear());
    refused_live_and_noticed(&nothing(), silent, &facts(), refusal());
    let reasoned = discharging(|wish| {
        wish.criteria.clear();
        wish.reasons = Some(text());
    });
    let found = crate::testing::doors::noticed(&nothing(), reasoned(just_now()), &facts());
    assert_eq!(found.len(), 1, "reasons suffice, and it is noticed");
}

/// CRC-40
#[test]
fn nobody_under_the_age_of_criminal_responsibility_is_asked_anything() {
    let child = offering(|wish| wish.age_at_offence = Known::Value(13));
    let refusal = Objection::hard(DiversionRefusal::UnderAge { minimum: 14 });
    refused_live_and_noticed(&nothing(), child, &facts(), refusal);
    let older = offering(|wish| wish.age_at_offence = Known::Value(14));
    passes(&nothing(), older(just_now()), &facts());
    let discharge = discharging(|wish| wish.age_at_offence = Known::Value(13));
    passes(&nothing(), discharge(just_now()), &facts());
}

/// DP-7
#[test]
fn no_software_offers_discharges_or_returns() {
    let software = facts_of(Role::System);
    let refusal = DiversionRefusal::NotForSoftware;
    refused_at_every_door(&nothing(), offer, &software, &refusal);
    refused_at_every_door(&nothing(), discharging(|_| {}), &software, &refusal);
    let give_back = super::returning("failed");
    refused_at_every_door(&super::running(), give_back, &software, &refusal);
}

/// CRC-AGE
#[test]
fn an_offer_to_whom_the_date_of_birth_makes_a_child_is_made_to_a_child() {
    let of_sixteen = born("2009-06-01", facts());
    let untold = offering(|wish| wish.age_at_offence = Known::NotRecorded);
    let events = nothing().decide(untold(just_now()), &of_sixteen).unwrap();
    let child = events.iter().fold(nothing(), Stream::evolve);
    assert_eq!(child.childhood(&facts().law), Childhood::Child);
    let refusal = Objection::notice(DiversionRefusal::AgeContradicted);
    let grown = offering(|wish| wish.age_at_offence = Known::Value(30));
    noticed_at_every_door(&nothing(), grown, &of_sixteen, refusal);
    passes(
        &nothing(),
        offering(|wish| wish.age_at_offence = Known::Value(30))(just_now()),
        &born("1990-06-01", facts()),
    );
}
