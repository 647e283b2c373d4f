//! The values of the forms of an order, read as its commands take them.

use domain::order::{
    Account, AllegeBreach, CourtStep, CreditHours, Explanation, IssueWarning, Meeting, Order,
    ProveBreach, RecordAttendance, ReverseHours, ScheduleAppointment, Terms, VaryRequirement,
};
use domain::values::{Code, Known, Length, Occurred, Quantity, RequirementNo, Told};
use serde_json::json;

use crate::pages::casework::{Asking, Wrong, chosen, day, every, known, numbered, quantity, words};
use crate::pages::page::Typed;

pub(super) fn requirement(typed: &Typed) -> Result<RequirementNo, Wrong> {
    numbered(typed, "requirement", "Choose the requirement")
}

pub(super) fn reason(typed: &Typed) -> Result<Code, Wrong> {
    chosen(typed, "reason", "Choose the reason")
}

pub(super) fn scheduled(typed: &Typed) -> Result<Meeting, Wrong> {
    numbered(typed, "meeting", "Choose the appointment").map(Meeting::Scheduled)
}

pub(super) fn unscheduled(typed: &Typed) -> Result<Meeting, Wrong> {
    Ok(Meeting::Unscheduled {
        requirement: requirement(typed)?,
        on: day(typed, "on", "Enter the date, such as 5 3 2026")?,
    })
}

pub(super) fn attended(
    typed: &Typed,
    meeting: Meeting,
    done: Occurred,
) -> Result<RecordAttendance, Wrong> {
    Ok(RecordAttendance {
        meeting,
        outcome: chosen(typed, "outcome", "Choose what came of it")?,
        credit: quantity(typed)?,
        enforceable: known(typed, "enforceable")?,
        done,
        note: words(typed, "note"),
    })
}

pub(super) fn schedule(typed: &Typed, done: Occurred) -> Result<ScheduleAppointment, Wrong> {
    let place = typed.get("place").map(|text| {
        let parsed = Code::parse(text);
        parsed.map_err(|said| ("place".to_owned(), said.to_string()))
    });
    Ok(ScheduleAppointment {
        requirement: requirement(typed)?,
        on: day(typed, "on", "Enter the whole date, such as 5 3 2026")?,
        at: chosen(typed, "at", "Write the time as 09:30")?,
        place: place.transpose()?,
        enforceable: Known::Value(chosen(
            typed,
            "enforceable",
            "Say whether a failure counts",
        )?),
        done,
    })
}

pub(super) fn credit(typed: &Typed, done: Occurred) -> Result<CreditHours, Wrong> {
    Ok(CreditHours {
        requirement: requirement(typed)?,
        quantity: amount(typed)?,
        reason: reason(typed)?,
        done,
        note: words(typed, "note"),
    })
}

pub(super) fn reverse(typed: &Typed, done: Occurred) -> Result<ReverseHours, Wrong> {
    Ok(ReverseHours {
        requirement: requirement(typed)?,
        quantity: amount(typed)?,
        appointment: None,
        reason: reason(typed)?,
        done,
        note: words(typed, "note"),
    })
}

fn amount(typed: &Typed) -> Result<Quantity, Wrong> {
    quantity(typed)?.ok_or_else(|| ("quantity".to_owned(), "Enter how much".to_owned()))
}

pub(super) fn warn(typed: &Typed, done: Occurred) -> Result<IssueWarning, Wrong> {
    Ok(IssueWarning {
        appointments: every(typed, "appointments")?,
        kind: chosen(typed, "kind", "Choose which warning it is")?,
        done,
        note: words(typed, "note"),
    })
}

pub(super) fn allege(typed: &Typed, alleged: Occurred) -> Result<AllegeBreach, Wrong> {
    Ok(AllegeBreach {
        requirements: every(typed, "requirement")?,
        appointments: every(typed, "appointments")?,
        alleged,
        explained: explanation(typed)?,
        statement: words(typed, "statement"),
    })
}

fn explanation(typed: &Typed) -> Result<Known<Explanation>, Wrong> {
    if typed.get("explained").is_none() {
        return Ok(Known::NotRecorded);
    }
    Ok(Known::Value(Explanation {
        form: chosen(typed, "explained", "Choose how")?,
        on: day(typed, "explained_on", "Enter when they were explained")?,
    }))
}

pub(super) fn prove(typed: &Typed, pronounced: Occurred) -> Result<ProveBreach, Wrong> {
    Ok(ProveBreach {
        breach: numbered(typed, "breach", "Choose the breach")?,
        pronounced,
        officer_account: known::<Account>(typed, "officer_account")?,
        person_account: known::<Account>(typed, "person_account")?,
        explained: explanation(typed)?,
        responses: every(typed, "responses")?,
        alternatives_considered: every(typed, "alternatives_considered")?,
        appeal_told: known::<Told>(typed, "appeal_told")?,
        note: words(typed, "note"),
    })
}

pub(super) fn court_step(typed: &Typed, pronounced: Occurred) -> Result<CourtStep, Wrong> {
    Ok(CourtStep {
        pronounced,
        reason: reason(typed)?,
        appeal_told: known::<Told>(typed, "appeal_told")?,
        note: words(typed, "note"),
    })
}

pub(super) fn added(typed: &Typed) -> Result<Terms, Wrong> {
    terms(
        typed,
        chosen(typed, "kind", "Choose the kind of requirement")?,
    )
}

/// What a requirement asks from then on; its kind and its first day stay.
pub(super) fn varied(
    asking: &Asking<'_, Order>,
    pronounced: Occurred,
) -> Result<VaryRequirement, Wrong> {
    let requirement = requirement(asking.typed)?;
    let made = asking.state.made();
    let stands = made.and_then(|made| made.requirements.get(&requirement));
    let gone = || {
        (
            "requirement".to_owned(),
            "Choose the requirement".to_owned(),
        )
    };
    let stands = stands.ok_or_else(gone)?;
    let said = terms(asking.typed, stands.terms.kind.clone())?;
    let until = (said.length, said.ends);
    let (length, ends) = match until {
        (None, None) => (stands.terms.length, stands.terms.ends),
        said => said,
    };
    let terms = Terms {
        quantity: said.quantity.or(stands.terms.quantity),
        length,
        ends,
        starts: stands.terms.starts,
        consent: match said.consent {
            Known::NotRecorded => stands.terms.consent,
            asked => asked,
        },
        ..said
    };
    Ok(VaryRequirement {
        requirement,
        terms,
        pronounced,
    })
}

fn terms(typed: &Typed, kind: Code) -> Result<Terms, Wrong> {
    Ok(Terms {
        kind,
        quantity: quantity(typed)?,
        length: length(typed)?,
        starts: None,
        ends: match typed.date("ends") {
            None => None,
            Some(_) => day(typed, "ends", "Enter the whole date, such as 5 3 2026")?,
        },
        consent: known(typed, "consent")?,
    })
}

fn length(typed: &Typed) -> Result<Option<Length>, Wrong> {
    let parts = [("years", 'Y'), ("months", 'M')];
    let given = parts.map(|(name, unit)| typed.get(name).map(|text| format!("{text}{unit}")));
    let text: String = given.into_iter().flatten().collect();
    if text.is_empty() {
        return Ok(None);
    }
    let said = "Write whole years and months in digits";
    serde_json::from_value(json!(format!("P{text}")))
        .map(Some)
        .map_err(|_| ("months".to_owned(), said.to_owned()))
}
