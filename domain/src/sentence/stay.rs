//! How long somebody is held under a decision: terms that run one after the other are one stay.

use super::decision::{Component, CustodyTerm, Runs, Sanction, SanctionKind};
use crate::values::{ComponentNo, Length};

/// How much custody a component holds, immediate or suspended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Custody {
    /// None at all.
    No,
    /// A length.
    For(Length),
    /// Life, an indeterminate term, or death: longer than any length.
    Endless,
    /// Some, and the record does not say how much.
    Unrecorded,
}

pub(super) fn custody(sanction: &Sanction) -> Custody {
    match sanction {
        Sanction::Death {}
        | Sanction::Custody {
            term: Some(CustodyTerm::Life | CustodyTerm::Indeterminate),
        } => Custody::Endless,
        Sanction::Custody {
            term: Some(CustodyTerm::Determinate(length)),
        }
        | Sanction::SuspendedCustody {
            term: Some(length), ..
        } => Custody::For(*length),
        Sanction::Custody { term: None } | Sanction::SuspendedCustody { term: None, .. } => {
            Custody::Unrecorded
        }
        Sanction::CommunityOrder { .. }
        | Sanction::Fine { .. }
        | Sanction::DayFine { .. }
        | Sanction::Compensation { .. }
        | Sanction::Discharge { .. }
        | Sanction::Admonition {}
        | Sanction::Deferred { .. }
        | Sanction::Ancillary { .. }
        | Sanction::Other { .. } => Custody::No,
    }
}

pub(crate) fn is_term_of_custody(component: &Component) -> bool {
    matches!(
        component.sanction.kind(),
        SanctionKind::Custody | SanctionKind::SuspendedCustody
    )
}

/// The custody of each component together with what it follows among `components`: terms of one offence that run
/// one after the other are one stay, however many parts they are imposed in.
pub(crate) fn stays<'a>(components: &[&'a Component]) -> Vec<(&'a Component, Custody)> {
    let of = |no: ComponentNo| components.iter().find(|c| c.no == no);
    let stay = |component: &'a Component| {
        let mut total = custody(&component.sanction);
        let mut at = component;
        // A chain has no circle; were there one, it would end after every component.
        for _ in components {
            let Some(Runs::ConsecutiveTo(before)) = at.runs else {
                break;
            };
            let Some(before) = of(before) else { break };
            total = together(total, custody(&before.sanction));
            at = before;
        }
        (component, total)
    };
    components.iter().map(|component| stay(component)).collect()
}

fn together(a: Custody, b: Custody) -> Custody {
    match (a, b) {
        (Custody::For(a), Custody::For(b)) => Custody::For(a.plus(b).unwrap_or(longer(a, b))),
        (Custody::Endless, _) | (_, Custody::Endless) => Custody::Endless,
        (Custody::No | Custody::Unrecorded, known) | (known, Custody::No | Custody::Unrecorded) => {
            known
        }
    }
}

fn longer(a: Length, b: Length) -> Length {
    if b.exceeds(a) { b } else { a }
}
