//! Anything that can be said of a sentence.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::{
    answers, codes, component_numbers, dates, doors, findings, known, lengths, money, occurred,
    people, quantities, texts, uuids,
};
use crate::sentence::{
    ActivateSuspended, AppealEntered, Appellant, Commute, Component, CorrectSlip, Count,
    CustodyEnd, CustodyStart, CustodyTerm, Decision, Departure, DepartureDirection, EarlierTerm,
    Impose, KnownRemand, LodgeAppeal, MarkCustody, Propose, RequirementTerms, Resentence, Runs,
    Sanction, SentenceCommand, SentenceEvent, Shown, StepTaken, Vary, WithReason,
};
use crate::values::{
    Consent, CountNo, CourtCode, Day, DaysHeld, Gravity, GuidelineRange, Known, Offence, OrderId,
    PretrialId, SentenceId, Weighed,
};

fn requirements() -> impl Strategy<Value = Vec<RequirementTerms>> {
    let consent = known(select(vec![Consent::Given, Consent::Refused]));
    let requirement = (
        codes(),
        option::of(quantities()),
        option::of(lengths()),
        consent,
        option::of(texts()),
    )
        .prop_map(
            |(kind, quantity, length, consent, terms)| RequirementTerms {
                kind,
                quantity,
                length,
                consent,
                terms,
            },
        );
    vec(requirement, 0..3)
}

fn custody_terms() -> impl Strategy<Value = CustodyTerm> {
    prop_oneof![
        5 => lengths().prop_map(CustodyTerm::Determinate),
        1 => Just(CustodyTerm::Life),
        1 => Just(CustodyTerm::Indeterminate),
    ]
}

fn sanctions() -> impl Strategy<Value = Sanction> {
    let length = || option::of(lengths());
    prop_oneof![
        1 => Just(Sanction::Death {}),
        4 => option::of(custody_terms()).prop_map(|term| Sanction::Custody { term }),
        3 => (length(), length(), requirements()).prop_map(|(term, operational_period, requirements)| {
            Sanction::SuspendedCustody { term, operational_period, requirements }
        }),
        3 => (length(), requirements())
            .prop_map(|(period, requirements)| Sanction::CommunityOrder { period, requirements }),
        3 => option::of(money()).prop_map(|amount| Sanction::Fine { amount }),
        1 => (option::of(0_u32..200), option::of(money()))
            .prop_map(|(units, unit_value)| Sanction::DayFine { units, unit_value }),
        1 => option::of(money()).prop_map(|amount| Sanction::Compensation { amount }),
        1 => length().prop_map(|conditional_for| Sanction::Discharge { conditional_for }),
        1 => Just(Sanction::Admonition {}),
        1 => option::of(dates()).prop_map(|until| Sanction::Deferred { until }),
        1 => (codes(), length()).prop_map(|(kind, length)| Sanction::Ancillary { kind, length }),
        1 => (codes(), length()).prop_map(|(kind, length)| Sanction::Other { kind, length }),
    ]
}

fn runs() -> impl Strategy<Value = Runs> {
    let earlier = (uuids(), component_numbers()).prop_map(|(sentence, component)| EarlierTerm {
        sentence: SentenceId(sentence),
        component,
    });
    prop_oneof![
        3 => Just(Runs::Concurrent),
        1 => component_numbers().prop_map(Runs::ConsecutiveTo),
        1 => earlier.prop_map(Runs::ConsecutiveToEarlier),
    ]
}

fn components() -> impl Strategy<Value = Component> {
    (
        component_numbers(),
        sanctions(),
        option::of(runs()),
        option::of(codes()),
    )
        .prop_map(|(no, sanction, runs, uplift)| Component {
            no,
            sanction,
            runs,
            uplift,
        })
}

fn offences() -> impl Strategy<Value = Offence> {
    let code = select(vec!["M101", "M104", "M403", "M701", "X999"]);
    let catalogue = select(vec!["midland-code-2019", "older"]);
    (
        known(code.prop_map(|c| c.parse().unwrap())),
        option::of(catalogue.prop_map(|c| c.parse().unwrap())),
        option::of(Just("0701".to_owned().try_into().unwrap())),
        known(codes()),
        known(dates()),
    )
        .prop_map(|(code, catalogue, iccs, category, committed)| Offence {
            code,
            catalogue,
            iccs,
            category,
            committed,
        })
}

fn ranges() -> impl Strategy<Value = GuidelineRange> {
    (lengths(), lengths(), option::of(lengths())).prop_map(|(lowest, highest, starting_point)| {
        GuidelineRange {
            guideline: "guideline/1".parse().unwrap(),
            lowest,
            highest,
            starting_point,
        }
    })
}

fn departures() -> impl Strategy<Value = Departure> {
    let direction = select(vec![DepartureDirection::Above, DepartureDirection::Below]);
    (direction, vec(codes(), 0..2))
        .prop_map(|(direction, reasons)| Departure { direction, reasons })
}

fn counts() -> impl Strategy<Value = Count> {
    let gravity = select(vec!["1", "9"]).prop_map(|level| Gravity {
        policy: "midland-schedule-1/1".parse().unwrap(),
        level: level.parse().unwrap(),
    });
    (
        prop_oneof![8 => 1_u16..4, 1 => Just(0)].prop_map(CountNo),
        offences(),
        option::of(gravity),
        option::of(ranges()),
        option::of(departures()),
        vec(components(), 0..3),
    )
        .prop_map(
            |(no, offence, gravity, range, departure, components)| Count {
                no,
                offence,
                gravity,
                range,
                departure,
                components,
            },
        )
}

/// Any decision, most of them with something against them.
pub(crate) fn decisions() -> impl Strategy<Value = Decision> {
    let words = || option::of(select(vec!["ref-1", "ref-2"]));
    let options = || vec(codes(), 0..3);
    (
        (words(), words(), vec(counts(), 0..3)),
        (option::of(component_numbers()), answers()),
        (options(), options(), options()),
        (known(0_u32..900), option::of(texts())),
    )
        .prop_map(
            |(
                (case, hearing, counts),
                (principal, circumstances),
                (aggravating, mitigating, alternatives_considered),
                (remand_days, reasons),
            )| Decision {
                court: CourtCode::parse("ashby").unwrap(),
                case: case.map(|c| c.parse().unwrap()),
                hearing: hearing.map(|h| h.parse().unwrap()),
                counts,
                principal,
                circumstances,
                minor: None,
                aggravating,
                mitigating,
                alternatives_considered,
                remand_days,
                weighed: Weighed::default(),
                reasons,
            },
        )
        .prop_map(numbered)
}

/// Numbers counts and components from 1 where that is possible: decisions with numbers used twice have one outcome
/// only. One in eight keeps its numbers.
fn numbered(mut decision: Decision) -> Decision {
    if decision
        .remand_days
        .value()
        .is_some_and(|days| days % 8 == 0)
    {
        return decision;
    }
    let mut component = 0_u16;
    for (no, count) in (1_u16..).zip(&mut decision.counts) {
        count.no = CountNo(no);
        for imposed in &mut count.components {
            component = component.saturating_add(1);
            imposed.no.0 = component;
        }
    }
    decision
}

fn taken() -> impl Strategy<Value = StepTaken> {
    (steps(), findings()).prop_map(|(step, findings)| StepTaken::of(step, findings))
}

fn steps() -> impl Strategy<Value = WithReason> {
    (occurred(), option::of(codes()), option::of(texts())).prop_map(|(pronounced, reason, note)| {
        WithReason {
            pronounced,
            reason,
            note,
        }
    })
}

fn appeals() -> impl Strategy<Value = LodgeAppeal> {
    let by = select(vec![
        Appellant::Person,
        Appellant::Prosecution,
        Appellant::Other,
    ]);
    (occurred(), by).prop_map(|(lodged, by)| LodgeAppeal { lodged, by })
}

fn marks() -> impl Strategy<Value = MarkCustody> {
    (component_numbers(), occurred()).prop_map(|(component, on)| MarkCustody { component, on })
}

fn activations() -> impl Strategy<Value = ActivateSuspended> {
    (
        component_numbers(),
        option::of(lengths()),
        occurred(),
        option::of(texts()),
    )
        .prop_map(|(component, part, pronounced, note)| ActivateSuspended {
            component,
            part,
            pronounced,
            note,
        })
}

fn shown() -> impl Strategy<Value = Shown> {
    (
        btree_map(codes(), codes(), 0..2),
        0_u16..4,
        0_u64..100_000,
        0_u64..5000,
    )
        .prop_map(|(cohort, step, index, decisions)| Shown {
            cohort,
            step,
            index,
            decisions,
            policies: vec!["midland/1".parse().unwrap()],
        })
}

/// Every event, in any order and of any content.
pub(crate) fn events() -> impl Strategy<Value = SentenceEvent> {
    prop_oneof![early_events(), decided_again(), later_events(),]
}

fn early_events() -> impl Strategy<Value = SentenceEvent> {
    prop_oneof![
        (people(), decisions(), findings()).prop_map(|(person, decision, findings)| {
            SentenceEvent::Proposed {
                person,
                decision: decision.into(),
                findings,
            }
        }),
        taken().prop_map(SentenceEvent::ProposalWithdrawn),
        (
            people(),
            occurred(),
            doors(),
            decisions(),
            known(shown()),
            findings()
        )
            .prop_map(
                |(person, pronounced, door, decision, comparison, findings)| {
                    SentenceEvent::Imposed {
                        person,
                        pronounced,
                        door,
                        decision: decision.into(),
                        comparison,
                        findings,
                    }
                }
            ),
    ]
}

fn decided_again() -> impl Strategy<Value = SentenceEvent> {
    prop_oneof![
        (
            1_u64..9,
            occurred(),
            doors(),
            codes(),
            decisions(),
            findings()
        )
            .prop_map(|(corrects, pronounced, door, reason, decision, findings)| {
                SentenceEvent::Corrected {
                    corrects,
                    pronounced,
                    door,
                    reason,
                    decision: decision.into(),
                    findings,
                }
            }),
        (occurred(), doors(), decisions(), findings()).prop_map(
            |(pronounced, door, decision, findings)| SentenceEvent::VariedOnAppeal {
                pronounced,
                door,
                decision: decision.into(),
                findings,
            }
        ),
        (
            occurred(),
            doors(),
            decisions(),
            option::of(uuids().prop_map(OrderId)),
            findings()
        )
            .prop_map(|(pronounced, door, decision, order, findings)| {
                SentenceEvent::Resentenced {
                    pronounced,
                    door,
                    decision: decision.into(),
                    order,
                    findings,
                }
            }),
        commutations(),
    ]
}

fn commutations() -> impl Strategy<Value = SentenceEvent> {
    (
        (component_numbers(), sanctions(), sanctions()),
        occurred(),
        doors(),
        option::of(texts()),
        findings(),
    )
        .prop_map(
            |((component, from, to), pronounced, door, note, findings)| SentenceEvent::Commuted {
                component,
                from,
                to,
                pronounced,
                door,
                note,
                findings,
            },
        )
}

fn later_events() -> impl Strategy<Value = SentenceEvent> {
    prop_oneof![
        (appeals(), findings()).prop_map(|(appeal, findings)| {
            SentenceEvent::AppealLodged(AppealEntered {
                lodged: appeal.lodged,
                by: appeal.by,
                findings,
            })
        }),
        taken().prop_map(SentenceEvent::AppealDismissed),
        taken().prop_map(SentenceEvent::Quashed),
        taken().prop_map(SentenceEvent::Pardoned),
        (0_u32..900, occurred(), findings()).prop_map(|(days, pronounced, findings)| {
            SentenceEvent::RemandCredited {
                days,
                pronounced,
                findings,
            }
        }),
        (known_remand(), findings())
            .prop_map(|(known, findings)| SentenceEvent::RemandKnown { known, findings }),
        (component_numbers(), occurred(), findings()).prop_map(|(component, on, findings)| {
            SentenceEvent::CustodyStarted(CustodyStart {
                component,
                on,
                findings,
            })
        }),
        (marks(), findings()).prop_map(|(mark, findings)| {
            SentenceEvent::CustodyEnded(CustodyEnd {
                component: mark.component,
                on: mark.on,
                findings,
            })
        }),
        (activations(), doors(), findings()).prop_map(|(activation, door, findings)| {
            SentenceEvent::SuspendedTermActivated {
                activation,
                door,
                findings,
            }
        }),
        (occurred(), findings())
            .prop_map(|(on, findings)| SentenceEvent::Completed { on, findings }),
    ]
}

/// Every command, with any content.
pub(crate) fn commands() -> impl Strategy<Value = SentenceCommand> {
    prop_oneof![
        3 => (people(), occurred(), decisions(), known(shown())).prop_map(
            |(person, pronounced, decision, comparison)| {
                SentenceCommand::Impose(Impose { person, pronounced, decision, comparison })
            }
        ),
        2 => deciding_again(),
        5 => later_commands(),
    ]
}

fn deciding_again() -> impl Strategy<Value = SentenceCommand> {
    prop_oneof![
        (people(), decisions())
            .prop_map(|(person, decision)| SentenceCommand::Propose(Propose { person, decision })),
        (0_u64..4, occurred(), codes(), decisions()).prop_map(
            |(corrects, pronounced, reason, decision)| {
                SentenceCommand::CorrectSlip(CorrectSlip {
                    corrects,
                    pronounced,
                    reason,
                    decision,
                })
            }
        ),
        (occurred(), decisions()).prop_map(|(pronounced, decision)| {
            SentenceCommand::VaryOnAppeal(Vary {
                pronounced,
                decision,
            })
        }),
        (
            occurred(),
            decisions(),
            option::of(uuids().prop_map(OrderId))
        )
            .prop_map(|(pronounced, decision, order)| {
                SentenceCommand::Resentence(Resentence {
                    pronounced,
                    decision,
                    order,
                })
            }),
    ]
}

fn known_remand() -> impl Strategy<Value = KnownRemand> {
    (occurred(), 0_u32..200).prop_map(|(ended, days)| {
        let held = Day::of(2026, 1, 1).map(|from| DaysHeld {
            from,
            to: from.plus_days(days),
        });
        KnownRemand {
            case: PretrialId(uuid::Uuid::nil()),
            ended,
            held: held.into_iter().collect(),
        }
    })
}

fn later_commands() -> impl Strategy<Value = SentenceCommand> {
    prop_oneof![
        steps().prop_map(SentenceCommand::WithdrawProposal),
        occurred().prop_map(|pronounced| SentenceCommand::ImposeProposed {
            pronounced,
            comparison: Known::NotRecorded,
        }),
        appeals().prop_map(SentenceCommand::LodgeAppeal),
        steps().prop_map(SentenceCommand::DismissAppeal),
        steps().prop_map(SentenceCommand::Quash),
        steps().prop_map(SentenceCommand::Pardon),
        (0_u32..900, occurred())
            .prop_map(|(days, pronounced)| SentenceCommand::CreditRemand { days, pronounced }),
        known_remand().prop_map(SentenceCommand::CompareRemand),
        marks().prop_map(SentenceCommand::StartCustody),
        marks().prop_map(SentenceCommand::EndCustody),
        activations().prop_map(SentenceCommand::ActivateSuspended),
        occurred().prop_map(|on| SentenceCommand::Complete { on }),
        (
            component_numbers(),
            sanctions(),
            occurred(),
            option::of(texts())
        )
            .prop_map(|(component, to, pronounced, note)| {
                SentenceCommand::Commute(Commute {
                    component,
                    to,
                    pronounced,
                    note,
                })
            }),
    ]
}
