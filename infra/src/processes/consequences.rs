//! What a decision states about other streams.

use domain::act::Door;
use domain::custody::{BasisFallen, FallenDecision};
use domain::jurisdiction::Pack;
use domain::order::{
    EndBySentence, EndCause, Made, Make, Order, OrderCommand, OrderEvent, Standing, Terms,
    TransferOrder,
};
use domain::pretrial::{AppealOutcome, CaseEnd, Pretrial, PretrialEvent};
use domain::record::AnyEvent;
use domain::sentence::{
    Component, Decision, KnownRemand, RequirementTerms, Sanction, SentenceCommand, SentenceEvent,
};
use domain::supervision::{
    EndSupervision, MoveEnd, StartSupervision, SupervisionCause, SupervisionCommand,
    TransferSupervision,
};
use domain::values::{
    Code, ComponentNo, Occurred, OfficeCode, OrderId, PersonId, PretrialId, SentenceId,
};
use uuid::Uuid;

/// A command that a decision states as its consequence.
#[derive(Debug, Clone)]
pub(crate) enum Consequence {
    /// For the order of a component of a sentence.
    Order(SentenceId, ComponentNo, OrderCommand),
    /// For the supervision of an order.
    Supervision(OrderId, SupervisionCommand),
    /// For a sentence.
    Sentence(SentenceId, SentenceCommand),
}

/// The sentence around an event.
pub(crate) struct Around<'a> {
    /// Whom it concerns.
    pub(crate) person: PersonId,
    /// The decision as it reads after the event.
    pub(crate) decision: &'a Decision,
    /// Components that had an order by any decision of the stream.
    pub(crate) earlier: Vec<ComponentNo>,
}

/// What an event of a sentence states about orders.
pub(crate) fn of_sentence(
    id: SentenceId,
    event: &SentenceEvent,
    around: &Around<'_>,
    law: &Pack,
) -> Vec<Consequence> {
    let (pronounced, door, cause) = match event {
        SentenceEvent::Imposed {
            pronounced, door, ..
        } => {
            return made(id, around, *pronounced, *door, law);
        }
        SentenceEvent::Quashed(step) => {
            return ended(id, around, step.pronounced, EndCause::Quashed);
        }
        SentenceEvent::Pardoned(step) => {
            return ended(id, around, step.pronounced, EndCause::Pardoned);
        }
        SentenceEvent::Corrected {
            pronounced, door, ..
        } => (pronounced, door, EndCause::Corrected),
        SentenceEvent::VariedOnAppeal {
            pronounced, door, ..
        } => (pronounced, door, EndCause::Varied),
        SentenceEvent::Resentenced {
            pronounced, door, ..
        } => (pronounced, door, EndCause::Resentenced),
        SentenceEvent::Commuted {
            pronounced, door, ..
        } => (pronounced, door, EndCause::Commuted),
        SentenceEvent::Proposed { .. }
        | SentenceEvent::ProposalWithdrawn(_)
        | SentenceEvent::AppealLodged(_)
        | SentenceEvent::AppealDismissed(_)
        | SentenceEvent::RemandCredited { .. }
        | SentenceEvent::RemandKnown { .. }
        | SentenceEvent::CustodyStarted(_)
        | SentenceEvent::CustodyEnded(_)
        | SentenceEvent::SuspendedTermActivated { .. }
        | SentenceEvent::Completed { .. } => return Vec::new(),
    };
    let kept: Vec<ComponentNo> = with_orders(around.decision).map(|c| c.no).collect();
    let gone = around.earlier.iter().filter(|no| !kept.contains(no));
    gone.map(|no| end(id, *no, *pronounced, cause))
        .chain(made(id, around, *pronounced, *door, law))
        .collect()
}

/// Components whose sanction is carried out as an order.
pub(crate) fn with_orders(decision: &Decision) -> impl Iterator<Item = &Component> {
    decision
        .components()
        .map(|(_, component)| component)
        .filter(|component| {
            matches!(component.sanction, Sanction::CommunityOrder { .. })
                || !component.sanction.requirements().is_empty()
        })
}

fn made(
    id: SentenceId,
    around: &Around<'_>,
    pronounced: Occurred,
    door: Door,
    law: &Pack,
) -> Vec<Consequence> {
    let date = law.date(pronounced);
    // What already happened is made as something that already happened.
    let at = if door == Door::Live {
        pronounced
    } else {
        Occurred::On(date)
    };
    let make = |component: &Component| Make {
        person: around.person,
        sentence: id,
        component: component.no,
        made: at,
        court: around.decision.court.clone(),
        office: office(around.decision, law),
        period: period(&component.sanction),
        starts: date,
        ends: None,
        requirements: component
            .sanction
            .requirements()
            .iter()
            .map(terms)
            .collect(),
    };
    with_orders(around.decision)
        .map(|c| Consequence::Order(id, c.no, OrderCommand::Make(make(c))))
        .collect()
}

fn end(id: SentenceId, no: ComponentNo, done: Occurred, cause: EndCause) -> Consequence {
    Consequence::Order(
        id,
        no,
        OrderCommand::EndBySentence(EndBySentence { done, cause }),
    )
}

fn ended(id: SentenceId, around: &Around<'_>, done: Occurred, cause: EndCause) -> Vec<Consequence> {
    let now = with_orders(around.decision).map(|c| c.no);
    let mut components: Vec<ComponentNo> = around.earlier.iter().copied().chain(now).collect();
    components.sort_unstable();
    components.dedup();
    components
        .into_iter()
        .map(|no| end(id, no, done, cause))
        .collect()
}

fn period(sanction: &Sanction) -> Option<domain::values::Length> {
    match sanction {
        Sanction::CommunityOrder { period, .. } => *period,
        Sanction::SuspendedCustody {
            operational_period, ..
        } => *operational_period,
        Sanction::Death {}
        | Sanction::Custody { .. }
        | Sanction::Fine { .. }
        | Sanction::DayFine { .. }
        | Sanction::Compensation { .. }
        | Sanction::Discharge { .. }
        | Sanction::Admonition {}
        | Sanction::Deferred { .. }
        | Sanction::Ancillary { .. }
        | Sanction::Other { .. } => None,
    }
}

fn terms(required: &RequirementTerms) -> Terms {
    Terms {
        kind: required.kind.clone(),
        quantity: required.quantity,
        length: required.length,
        starts: None,
        ends: None,
        consent: required.consent,
    }
}

/// The office that takes an order: the one the pack names for the court, else its first, else the court itself.
fn office(decision: &Decision, law: &Pack) -> OfficeCode {
    let court = decision.court.as_str();
    let named = law
        .offices
        .iter()
        .find(|office| office.code.as_str().starts_with(court));
    let code = named
        .or(law.offices.first())
        .map_or(court, |office| office.code.as_str());
    match OfficeCode::parse(code) {
        Ok(office) => office,
        Err(error) => unreachable!("a court's code is an office's code: {error}"),
    }
}

/// What an event of an order states about its supervision.
pub(crate) fn of_order(
    id: OrderId,
    event: &OrderEvent,
    state: &Order,
    law: &Pack,
) -> Vec<Consequence> {
    let Some(order) = state.made() else {
        return Vec::new();
    };
    let supervised = order.requirements.values().any(|requirement| {
        law.orders
            .requirement(&requirement.terms.kind)
            .is_some_and(|rule| rule.supervision)
    });
    if !supervised {
        return Vec::new();
    }
    let wish = match then(event) {
        Some(Then::Starts) if order.standing == Standing::InForce => start(id, order),
        Some(Then::Starts) | None => return Vec::new(),
        Some(Then::Moves(transfer)) => SupervisionCommand::Transfer(TransferSupervision {
            to: transfer.to.clone(),
            done: transfer.done,
        }),
        Some(Then::Lasts(done)) => match order.ends {
            Some(expected_end) => SupervisionCommand::MoveEnd(MoveEnd { expected_end, done }),
            None => return Vec::new(),
        },
        Some(Then::Ends(done, reason)) => SupervisionCommand::End(end_for(done, reason)),
    };
    vec![Consequence::Supervision(id, wish)]
}

/// What an event of an order means for its supervision.
enum Then<'a> {
    Starts,
    Moves(&'a TransferOrder),
    /// Until another day.
    Lasts(Occurred),
    Ends(Occurred, &'static str),
}

fn then(event: &OrderEvent) -> Option<Then<'_>> {
    Some(match event {
        OrderEvent::Made { .. } | OrderEvent::RequirementAdded { .. } => Then::Starts,
        OrderEvent::Transferred { transfer, .. } => Then::Moves(transfer),
        OrderEvent::PeriodVaried { variation, .. } => Then::Lasts(variation.pronounced),
        OrderEvent::Ended(ended) => Then::Ends(ended.done, reason_of(ended.cause)),
        OrderEvent::Revoked { step, .. } => Then::Ends(step.pronounced, "revoked"),
        OrderEvent::DischargedEarly { step, .. } => Then::Ends(step.pronounced, "discharged-early"),
        OrderEvent::Completed { completion, .. } => Then::Ends(completion.done, "completed"),
        OrderEvent::RequirementVaried { .. }
        | OrderEvent::RequirementEnded { .. }
        | OrderEvent::AppointmentScheduled { .. }
        | OrderEvent::AttendanceRecorded { .. }
        | OrderEvent::AttendanceCorrected { .. }
        | OrderEvent::HoursCredited { .. }
        | OrderEvent::HoursReversed { .. }
        | OrderEvent::WarningIssued { .. }
        | OrderEvent::WarningWithdrawn { .. }
        | OrderEvent::BreachAlleged { .. }
        | OrderEvent::BreachProven { .. }
        | OrderEvent::BreachNotProven { .. } => return None,
    })
}

fn start(id: OrderId, order: &Made) -> SupervisionCommand {
    SupervisionCommand::Start(StartSupervision {
        person: order.person,
        cause: SupervisionCause::Order(id),
        office: order.office.clone(),
        done: order.made,
        starts: order.starts,
        expected_end: order.ends,
    })
}

fn end_for(done: Occurred, reason: &'static str) -> EndSupervision {
    match Code::parse(reason) {
        Ok(reason) => EndSupervision {
            done,
            reason,
            note: None,
        },
        Err(error) => unreachable!("{reason}: {error}"),
    }
}

/// How a supervision ends that hangs on a sentence itself, when that is quashed or pardoned.
pub(crate) fn end_of_what_hangs(event: &SentenceEvent) -> Option<EndSupervision> {
    let (step, cause) = match event {
        SentenceEvent::Quashed(step) => (step, EndCause::Quashed),
        SentenceEvent::Pardoned(step) => (step, EndCause::Pardoned),
        SentenceEvent::Imposed { .. }
        | SentenceEvent::Corrected { .. }
        | SentenceEvent::VariedOnAppeal { .. }
        | SentenceEvent::Resentenced { .. }
        | SentenceEvent::Commuted { .. }
        | SentenceEvent::Proposed { .. }
        | SentenceEvent::ProposalWithdrawn(_)
        | SentenceEvent::AppealLodged(_)
        | SentenceEvent::AppealDismissed(_)
        | SentenceEvent::RemandCredited { .. }
        | SentenceEvent::RemandKnown { .. }
        | SentenceEvent::CustodyStarted(_)
        | SentenceEvent::CustodyEnded(_)
        | SentenceEvent::SuspendedTermActivated { .. }
        | SentenceEvent::Completed { .. } => return None,
    };
    Some(end_for(step.pronounced, reason_of(cause)))
}

/// How a decision falls on which somebody may be held: a sentence that is quashed, pardoned or completed, a detention that
/// the court ends, a case that ends. Whoever died is held no longer. A sentence takes the place of the case: the committal
/// on it has to be recorded, and one that holds no custody holds nobody. A sentence that reads otherwise than before falls only where it holds no custody any more.
pub(crate) fn falls(event: &AnyEvent, id: Uuid) -> Option<BasisFallen> {
    let (fell, decision) = match event {
        AnyEvent::Sentence(SentenceEvent::Quashed(step)) => {
            (step.pronounced, FallenDecision::Quashed(SentenceId(id)))
        }
        AnyEvent::Sentence(SentenceEvent::Pardoned(step)) => {
            (step.pronounced, FallenDecision::Pardoned(SentenceId(id)))
        }
        AnyEvent::Sentence(SentenceEvent::Completed { on, .. }) => {
            (*on, FallenDecision::Completed(SentenceId(id)))
        }
        AnyEvent::Sentence(
            SentenceEvent::Corrected { pronounced, .. }
            | SentenceEvent::VariedOnAppeal { pronounced, .. }
            | SentenceEvent::Commuted { pronounced, .. }
            | SentenceEvent::Resentenced { pronounced, .. },
        ) => (*pronounced, FallenDecision::NoCustodyLeft(SentenceId(id))),
        AnyEvent::Pretrial(event) => of_case(event, PretrialId(id))?,
        _ => return None,
    };
    Some(BasisFallen { fell, decision })
}

fn of_case(event: &PretrialEvent, case: PretrialId) -> Option<(Occurred, FallenDecision)> {
    let detention = |done: Occurred| Some((done, FallenDecision::DetentionEnded(case)));
    match event {
        PretrialEvent::ReleasedUnconditionally(entered) => detention(entered.told.decided),
        PretrialEvent::AlternativeImposed(entered) => detention(entered.told.decided),
        PretrialEvent::AppealDecided(entered) => match entered.told.outcome {
            AppealOutcome::Allowed => detention(entered.told.decided),
            AppealOutcome::Dismissed | AppealOutcome::Withdrawn => None,
        },
        PretrialEvent::Ended(entered) => match entered.told.how {
            CaseEnd::Acquitted | CaseEnd::Discontinued | CaseEnd::Diverted => {
                Some((entered.told.done, FallenDecision::CaseEnded(case)))
            }
            CaseEnd::Sentenced(_) => Some((entered.told.done, FallenDecision::Sentenced(case))),
            CaseEnd::Died => None,
        },
        PretrialEvent::Opened(_)
        | PretrialEvent::DetentionOrdered(_)
        | PretrialEvent::Reviewed(_)
        | PretrialEvent::AlternativeVaried(_)
        | PretrialEvent::AlternativeBreached(_)
        | PretrialEvent::Extended(_)
        | PretrialEvent::LegalAidRecorded(_)
        | PretrialEvent::AppealToldRecorded(_)
        | PretrialEvent::AppealLodged(_) => None,
    }
}

/// What the end of a case before judgment states: the days in detention are credited to the sentence, and compared with
/// those that the court has credited itself. Days that are not known exactly are not compared.
pub(crate) fn of_pretrial(
    id: PretrialId,
    event: &PretrialEvent,
    case: &Pretrial,
    law: &Pack,
) -> Option<Consequence> {
    let (PretrialEvent::Ended(entered), Some(case)) = (event, case.opened()) else {
        return None;
    };
    let CaseEnd::Sentenced(sentence) = entered.told.how else {
        return None;
    };
    let ended = entered.told.done;
    let last = law.date(ended).latest()?;
    let command = if let Some(held) = case.times_held(law, last) {
        SentenceCommand::CompareRemand(KnownRemand {
            case: id,
            ended,
            held,
        })
    } else {
        let days = case.days_held(|done| law.date(done), last);
        let pronounced = ended;
        SentenceCommand::CreditRemand { days, pronounced }
    };
    Some(Consequence::Sentence(sentence, command))
}

/// Why a supervision ends that hung on an order which ended with its sentence.
fn reason_of(cause: EndCause) -> &'static str {
    match cause {
        EndCause::Quashed => "quashed",
        EndCause::Pardoned => "discharged-early",
        EndCause::Varied | EndCause::Commuted | EndCause::Resentenced | EndCause::Corrected => {
            "new-sentence"
        }
    }
}

/// Which events can have consequences at all.
pub(crate) fn may_state(event: &AnyEvent) -> bool {
    match event {
        AnyEvent::Sentence(event) => match event {
            SentenceEvent::Corrected { .. }
            | SentenceEvent::VariedOnAppeal { .. }
            | SentenceEvent::Resentenced { .. }
            | SentenceEvent::Commuted { .. }
            | SentenceEvent::Quashed(_)
            | SentenceEvent::Pardoned(_)
            | SentenceEvent::Completed { .. } => true,
            SentenceEvent::Imposed { decision, .. } => with_orders(decision).next().is_some(),
            SentenceEvent::Proposed { .. }
            | SentenceEvent::ProposalWithdrawn(_)
            | SentenceEvent::AppealLodged(_)
            | SentenceEvent::AppealDismissed(_)
            | SentenceEvent::RemandCredited { .. }
            | SentenceEvent::RemandKnown { .. }
            | SentenceEvent::CustodyStarted(_)
            | SentenceEvent::CustodyEnded(_)
            | SentenceEvent::SuspendedTermActivated { .. } => false,
        },
        AnyEvent::Order(event) => then(event).is_some(),
        AnyEvent::Pretrial(_) => {
            matches!(event, AnyEvent::Pretrial(PretrialEvent::Ended(_)))
                || falls(event, Uuid::nil()).is_some()
        }
        _ => false,
    }
}
