//! Correcting a slip: before and after of what a pen may have slipped on, with a coded reason.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::act::Refusal;
use domain::jurisdiction::Pack;
use domain::record::AnyEvent;
use domain::sentence::{
    Component, CorrectSlip, CustodyTerm, Decision, Sanction, Sentence, SentenceCommand,
    SentenceEvent, SentenceRefusal, length_in_words,
};
use domain::values::{
    CaseReference, Code, Decimal, Instant, Known, Length, Money, Occurred, OffenceCode,
};
use infra::registry::{AsOf, CommandError, Found, Receipt};

use super::components::{Choice, Field, Form, Link, Part, SummaryList, Value};
use super::laws::Laws;
use super::page::{Page, PageError, Typed, Visitor};
use super::{done, register, said, sentence};
use crate::problem::Problem;
use crate::state::AppState;

/// Everything the form asks.
const FIELDS: [&str; 7] = [
    "case",
    "offence",
    "amount",
    "term_years",
    "term_months",
    "term_days",
    "reason",
];

/// The form, filled with what stands.
pub(super) async fn get(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    let (found, laws) = read(&app, &visitor, &id, visitor.as_of).await?;
    let (law, decision) = parts(&found, &laws)?;
    let typed = standing(decision);
    Ok(page(
        &visitor, &id, &found, law, decision, &typed, None, None,
    ))
}

/// Shows before and after; once they were seen, records the correction.
pub(super) async fn post(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let (found, laws) = read(&app, &visitor, &id, AsOf::Now).await?;
    let (law, decision) = parts(&found, &laws)?;
    let again = |error: (String, String)| {
        page(
            &visitor,
            &id,
            &found,
            law,
            decision,
            &typed,
            Some(error),
            None,
        )
    };
    let corrected = match corrected(&typed, law, decision) {
        Ok(corrected) => corrected,
        Err(error) => return Ok(again(error).into_response()),
    };
    let Some(reason) = typed.get("reason").and_then(|text| Code::parse(text).ok()) else {
        return Ok(
            again(("reason".to_owned(), "Choose why it is corrected".to_owned())).into_response(),
        );
    };
    let changes = changes(law, decision, &corrected);
    if changes.is_empty() {
        let said = "Nothing is changed: change what was entered wrongly".to_owned();
        return Ok(again((String::new(), said)).into_response());
    }
    if typed.get("version") != Some(found.version.to_string().as_str()) {
        return Ok(again((String::new(), moved(&found, &typed))).into_response());
    }
    if typed.get("act") == Some("review") {
        let page = page(
            &visitor,
            &id,
            &found,
            law,
            decision,
            &typed,
            None,
            Some(changes),
        );
        return Ok(page.into_response());
    }
    match send(&app, &visitor, &id, &found, (reason, corrected), &typed).await {
        Ok(receipt) => {
            let address = format!("/sentences/{id}?recorded=1");
            Ok(done::then(&app, &receipt, &address).await.into_response())
        }
        Err(CommandError::Refused(refusal)) => {
            let said = register::sentence_case(&refusal.to_string());
            let said = format!("{said} ({})", refusal.rule());
            Ok(again((field_of(&refusal.field()).to_owned(), said)).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

async fn send(
    app: &AppState,
    visitor: &Visitor,
    id: &str,
    found: &Found<Sentence>,
    (reason, decision): (Code, Decision),
    typed: &Typed,
) -> Result<Receipt, CommandError<SentenceRefusal>> {
    let command = SentenceCommand::CorrectSlip(CorrectSlip {
        corrects: decided_at(found),
        pronounced: Occurred::At(Instant::from_micros(app.registry.clock().now_us())),
        reason,
        decision,
    });
    let options = done::options(typed);
    let registry = &app.registry;
    registry
        .command::<Sentence>(&visitor.call, id, command, options)
        .await
}

/// What happened since the page was made.
fn moved(found: &Found<Sentence>, typed: &Typed) -> String {
    let seen = typed
        .get("version")
        .and_then(|text| text.parse().ok())
        .unwrap_or(0_u64);
    let since = found.entries.iter().filter(|entry| entry.sequence > seen);
    let since: Vec<String> = since.map(said::title_of).collect();
    format!(
        "The sentence was changed since you opened this page ({}). What stands now is shown below: review it, and send again",
        since.join("; ")
    )
}

async fn read(
    app: &AppState,
    visitor: &Visitor,
    id: &str,
    as_of: AsOf,
) -> Result<(Found<Sentence>, Laws), PageError> {
    let found: Found<Sentence> = app.registry.show(&visitor.call, id, as_of).await?;
    let laws = Laws::of(app, &found.entries).await?;
    Ok((found, laws))
}

#[expect(
    clippy::result_large_err,
    reason = "the error of every page, made once a request at most"
)]
fn parts<'a>(
    found: &'a Found<Sentence>,
    laws: &'a Laws,
) -> Result<(&'a Pack, &'a Decision), PageError> {
    let law = found.entries.iter().rev().find_map(|entry| laws.at(entry));
    let decision = found.state.imposed().map(|imposed| &imposed.decision);
    law.zip(decision).ok_or_else(|| {
        let said = "only an imposed decision has a slip to correct: revise a proposal instead";
        sentence::problem(Problem::usage("nothing-to-correct", "", said))
    })
}

/// The version of the last event that wrote the decision.
fn decided_at(found: &Found<Sentence>) -> u64 {
    let writes = |event: &AnyEvent| {
        matches!(
            event,
            AnyEvent::Sentence(
                SentenceEvent::Imposed { .. }
                    | SentenceEvent::Corrected { .. }
                    | SentenceEvent::VariedOnAppeal { .. }
                    | SentenceEvent::Resentenced { .. }
            )
        )
    };
    let last = found
        .entries
        .iter()
        .rev()
        .find(|entry| writes(&entry.event));
    last.map_or(1, |entry| entry.sequence)
}

fn only(decision: &Decision) -> Option<&Component> {
    let mut components = decision.components().map(|(_, c)| c);
    let first = components.next()?;
    components.next().is_none().then_some(first)
}

/// What stands, as if it had been typed.
fn standing(decision: &Decision) -> Typed {
    let mut typed = Typed::empty();
    if let Some(case) = &decision.case {
        typed = typed.with("case", case.as_str());
    }
    if let [count] = decision.counts.as_slice()
        && let Known::Value(code) = &count.offence.code
    {
        typed = typed.with("offence", code.as_str());
    }
    match only(decision).map(|c| &c.sanction) {
        Some(
            Sanction::Fine {
                amount: Some(amount),
            }
            | Sanction::Compensation {
                amount: Some(amount),
            },
        ) => typed.with("amount", &major(amount)),
        Some(sanction) => match sanction.custody_length().and_then(Length::term) {
            Some(term) => typed
                .with("term_years", &term.years.to_string())
                .with("term_months", &term.months.to_string())
                .with("term_days", &term.days.to_string()),
            None => typed,
        },
        None => typed,
    }
}

fn major(money: &Money) -> String {
    let major = money.major();
    if major.is_integer() {
        major.to_integer().to_string()
    } else {
        money
            .to_string()
            .split(' ')
            .find(|part| part.contains('.'))
            .unwrap_or_default()
            .to_owned()
    }
}

/// The decision as it should have read; or the field that cannot be read, and why.
fn corrected(typed: &Typed, law: &Pack, decision: &Decision) -> Result<Decision, (String, String)> {
    let mut corrected = decision.clone();
    // Reasons in words stay as they were: they are sealed, and a correction does not open them.
    corrected.reasons = None;
    let case = typed.get("case").map(CaseReference::parse).transpose();
    corrected.case = case.map_err(|e| ("case".to_owned(), e.to_string()))?;
    if let ([count], Some(text)) = (corrected.counts.as_mut_slice(), typed.get("offence")) {
        let code = OffenceCode::parse(text).map_err(|e| ("offence".to_owned(), e.to_string()))?;
        if count.offence.code.value() != Some(&code) {
            let entry = law.catalogue.offence(&code);
            count.gravity = law.catalogue.gravity(&code);
            count.offence.iccs = entry.and_then(|e| e.iccs.clone());
            count.offence.category = entry.and_then(|e| e.category.clone()).into();
            count.offence.code = Known::Value(code);
        }
    }
    if only(decision).is_none() {
        return Ok(corrected);
    }
    for component in corrected
        .counts
        .iter_mut()
        .flat_map(|c| c.components.iter_mut())
    {
        quantity(typed, law, &mut component.sanction)?;
    }
    Ok(corrected)
}

fn quantity(typed: &Typed, law: &Pack, sanction: &mut Sanction) -> Result<(), (String, String)> {
    match sanction {
        Sanction::Fine { amount } | Sanction::Compensation { amount } => {
            let Some(text) = typed.get("amount") else {
                return Err(("amount".to_owned(), "Give the amount".to_owned()));
            };
            let read = Decimal::parse(text)
                .ok()
                .and_then(|d| Money::from_major(d, law.currency.clone()).ok());
            let wrong = || {
                (
                    "amount".to_owned(),
                    format!("{text:?} is not an amount: write it as 250 or 250.50"),
                )
            };
            *amount = Some(read.ok_or_else(wrong)?);
        }
        Sanction::Custody {
            term: Some(CustodyTerm::Determinate(length)),
        }
        | Sanction::SuspendedCustody {
            term: Some(length), ..
        } => {
            if length.term().is_some() {
                *length = term(typed)?;
            }
        }
        Sanction::Death {}
        | Sanction::Custody { .. }
        | Sanction::SuspendedCustody { .. }
        | Sanction::CommunityOrder { .. }
        | Sanction::DayFine { .. }
        | Sanction::Discharge { .. }
        | Sanction::Admonition {}
        | Sanction::Deferred { .. }
        | Sanction::Ancillary { .. }
        | Sanction::Other { .. } => {}
    }
    Ok(())
}

fn term(typed: &Typed) -> Result<Length, (String, String)> {
    let mut errors = super::record::Errors::default();
    let read = super::record::length(typed, "term", "the term", &mut errors);
    read.ok_or_else(|| {
        let first = errors.0.into_iter().next();
        first.unwrap_or_else(|| {
            (
                "term_years".to_owned(),
                "The term is too long to be one".to_owned(),
            )
        })
    })
}

/// What differs, in words: what, before, after.
fn changes(law: &Pack, before: &Decision, after: &Decision) -> Vec<(&'static str, String, String)> {
    let case = |d: &Decision| {
        d.case
            .as_ref()
            .map_or_else(|| "not recorded".to_owned(), ToString::to_string)
    };
    let offence = |d: &Decision| {
        let code = d.counts.first().and_then(|c| c.offence.code.value());
        code.map_or_else(
            || "not recorded".to_owned(),
            |code| {
                law.catalogue
                    .offence(code)
                    .map_or_else(|| code.to_string(), |o| format!("{} ({code})", o.title))
            },
        )
    };
    let all = [
        ("Case reference", case(before), case(after)),
        ("Offence", offence(before), offence(after)),
        ("Imposed", before.in_words(law), after.in_words(law)),
    ];
    all.into_iter()
        .filter(|(_, before, after)| before != after)
        .collect()
}

fn field_of(path: &str) -> &'static str {
    match path {
        "reason" => "reason",
        path if path.ends_with("offence.code") => "offence",
        _ => "",
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "one page in three states, made in one place"
)]
fn page(
    visitor: &Visitor,
    id: &str,
    found: &Found<Sentence>,
    law: &Pack,
    decision: &Decision,
    typed: &Typed,
    error: Option<(String, String)>,
    changes: Option<Vec<(&'static str, String, String)>>,
) -> Page {
    let name = decision
        .case
        .as_ref()
        .map_or_else(|| register::short(id), ToString::to_string);
    let home = format!("/sentences/{id}");
    let frame = visitor
        .frame("Correct a slip")
        .kicker(format!("Sentence {name}"))
        .lede("A slip of the pen only: what the court decided is varied or quashed, not corrected. What it replaces stays readable.")
        .trail(vec![Link::new("/sentences", "Register"), Link::new(home.clone(), "Sentence")])
        .reference(name);
    let guard = visitor.guard(&frame).for_version(found.version);
    let at = |field: &str| {
        error
            .as_ref()
            .filter(|(f, _)| f == field)
            .map(|(_, said)| said.clone())
    };
    let is_seen = changes.is_some();
    let submit = if is_seen {
        "Record the correction"
    } else {
        "Show before and after"
    };
    let mut form = Form::new(format!("{home}/correct"), guard, submit);
    if let Some(said) = at("") {
        form = form.refused(said);
    }
    if let Some(changes) = changes {
        let rows = changes
            .into_iter()
            .fold(SummaryList::default(), |list, (key, before, after)| {
                list.row(key, Value::Change { before, after })
            });
        form = form.heading("Before and after").part(Part::Summary(rows));
        for name in FIELDS {
            if let Some(value) = typed.get(name) {
                form = form.carry(name, value);
            }
        }
        let reason = domain::jurisdiction::title(
            &law.sentencing.correction_reasons,
            typed.get("reason").unwrap_or_default(),
        );
        form = form.part(Part::Text(format!("Reason: {reason}.")));
        return Page::new(frame).form(&form.cancel(format!("{home}/correct"), "Change it"));
    }
    let stands = register::sentence_case(&decision.in_words(law));
    let stands = SummaryList::default().row("It reads now", Value::text(stands));
    form = form.carry("act", "review").part(Part::Summary(stands));
    form = fields(form, typed, law, decision, &at);
    Page::new(frame).form(&form.cancel(home, "Cancel"))
}

fn fields(
    form: Form,
    typed: &Typed,
    law: &Pack,
    decision: &Decision,
    at: &dyn Fn(&str) -> Option<String>,
) -> Form {
    let value = |name: &str| typed.get(name).unwrap_or_default().to_owned();
    let reasons = law.sentencing.correction_reasons.iter().map(|reason| {
        let code = reason.code.as_str();
        Choice::new(code, reason.title.clone()).chosen_if(typed.get("reason") == Some(code))
    });
    let none = Choice::new("", "Choose the reason").chosen_if(typed.get("reason").is_none());
    let reasons = std::iter::once(none).chain(reasons).collect();
    let mut form = form.field(
        Field::reference("case", "Case reference", value("case"))
            .optional()
            .error(at("case")),
    );
    if decision.counts.len() == 1 {
        let offences = law.catalogue.offences.iter().map(|offence| {
            let code = offence.code.as_str();
            Choice::new(code, format!("{} ({code})", offence.title))
                .chosen_if(typed.get("offence") == Some(code))
        });
        form = form
            .field(Field::select("offence", "Offence", offences.collect()).error(at("offence")));
    }
    match only(decision).map(|c| &c.sanction) {
        Some(Sanction::Fine { .. } | Sanction::Compensation { .. }) => {
            form = form.field(
                Field::number("amount", "Amount", law.currency.as_str(), value("amount"))
                    .error(at("amount")),
            );
        }
        Some(sanction) if sanction.custody_length().and_then(Length::term).is_some() => {
            for unit in ["years", "months", "days"] {
                let name = format!("term_{unit}");
                let field =
                    Field::number(name.clone(), format!("Term: {unit}"), unit, value(&name));
                form = form.field(field.error(at(&name)));
            }
            if let Some(length) = sanction.custody_length() {
                form = form.part(Part::Text(format!(
                    "The term reads {}.",
                    length_in_words(length)
                )));
            }
        }
        Some(_) | None => {}
    }
    form.field(Field::select("reason", "Why it is corrected", reasons).error(at("reason")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn midland() -> Pack {
        let (_, text) = domain::jurisdiction::BUILT_IN[1];
        Pack::parse(text).unwrap()
    }

    fn fined(minor: u64) -> Decision {
        let text = format!(
            r#"{{"court":"ashby","case":"2026/114","counts":[{{"no":1,"offence":{{"code":{{"value":"M403"}}}},
            "components":[{{"no":1,"sanction":{{"fine":{{"amount":{{"minor":{minor},"currency":"EUR"}}}}}}}}]}}]}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn what_stands_sent_back_unchanged_changes_nothing() {
        let (law, decision) = (midland(), fined(25_000));
        let after = corrected(&standing(&decision), &law, &decision).unwrap();
        assert!(changes(&law, &decision, &after).is_empty(), "{after:?}");
    }

    #[test]
    fn another_amount_is_shown_before_and_after() {
        let (law, decision) = (midland(), fined(25_000));
        let typed = standing(&decision).with("amount", "205");
        let after = corrected(&typed, &law, &decision).unwrap();
        let changes = changes(&law, &decision, &after);
        assert_eq!(changes.len(), 1);
        assert!(
            changes[0].1.contains("250") && changes[0].2.contains("205"),
            "{changes:?}"
        );
    }

    #[test]
    fn another_offence_takes_its_gravity_from_the_pack() {
        let (law, decision) = (midland(), fined(25_000));
        let typed = standing(&decision).with("offence", "M202");
        let after = corrected(&typed, &law, &decision).unwrap();
        assert_eq!(
            after.counts[0].gravity.as_ref().unwrap().level.as_str(),
            "3"
        );
    }

    #[test]
    fn an_amount_that_is_none_is_refused_at_its_field() {
        let (law, decision) = (midland(), fined(25_000));
        let typed = standing(&decision).with("amount", "lots");
        assert_eq!(corrected(&typed, &law, &decision).unwrap_err().0, "amount");
    }
}
