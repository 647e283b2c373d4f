//! What the form of each step on a supervision asks, and the facts that stand before it.

use domain::jurisdiction::Pack;
use domain::supervision::{ProgrammeStep, Started, Supervision, SupervisionStanding};

use super::act::SupervisionAct;
use crate::pages::casework::{
    Asking, coded, done_field, marked, note_field, options, requested, text, ticked, typed_date,
    yes_or_no,
};
use crate::pages::components::{Field, Inset, Part, SummaryList, Value};
use crate::pages::page::Typed;
use crate::pages::said;

type On<'a> = Asking<'a, Supervision>;

/// What is asked.
#[expect(clippy::too_many_lines, reason = "one arm for each step")]
pub(super) fn fields(act: SupervisionAct, asking: &On<'_>) -> Vec<Field> {
    let Some(started) = asking.state.started() else {
        return Vec::new();
    };
    let (rules, typed) = (&asking.law.supervision, asking.typed);
    let note = |label| note_field(typed, "note", label).optional();
    let programme = |which: fn(&ProgrammeStep) -> bool| programme(started, asking, which);
    let mut fields = match act {
        SupervisionAct::Contact => return contact(typed, None),
        SupervisionAct::Review => vec![
            Field::date(
                "next_review",
                "When the next review is due",
                typed_date(typed, "next_review"),
            ),
            note("What came of it"),
        ],
        SupervisionAct::Assign => vec![
            Field::reference("officer", "Officer", own(asking, "officer"))
                .hint("By the name of the account; yours stands here"),
            office(asking.law, typed, started.office.as_str()),
            volunteer(typed),
        ],
        SupervisionAct::Assess => return assess(asking),
        SupervisionAct::Plan => plan(started, asking),
        SupervisionAct::Level => vec![
            coded(typed, "level", "Level", &rules.levels),
            coded(typed, "reason", "Reason", &rules.level_reasons),
        ],
        SupervisionAct::Refer => vec![
            coded(typed, "programme", "Programme", &rules.programmes),
            treatment(typed),
            yes_or_no(
                typed,
                "contraindicated",
                "Does anything speak against it for this person?",
            ),
        ],
        SupervisionAct::StartProgramme => measured(programme(is_referred), asking),
        SupervisionAct::CompleteProgramme => measured(programme(is_started), asking),
        SupervisionAct::EndProgramme => {
            let why = coded(typed, "reason", "Why it ended", &rules.programme_reasons);
            let mut fields = measured(programme(is_open), asking);
            fields.insert(1, why);
            fields.push(note("In words"));
            fields
        }
        SupervisionAct::Violation => {
            return vec![
                Field::date("on", "When it was", typed_date(typed, "on")),
                coded(typed, "kind", "What was violated", &rules.violations),
                note("The facts in words"),
            ];
        }
        SupervisionAct::Recall => vec![
            ticked(typed, "grounds", "Grounds", &rules.recall_grounds),
            ticked(
                typed,
                "alternatives_tried",
                "What was tried before",
                &rules.recall_alternatives,
            )
            .optional(),
            note("Why, in words"),
        ],
        SupervisionAct::Transfer => vec![others(asking.law, typed, started.office.as_str())],
        SupervisionAct::End => vec![
            coded(typed, "reason", "Why it ends", &rules.ending_reasons),
            note("In words"),
        ],
        SupervisionAct::DecideRecall => decide(started, typed),
    };
    fields.push(done_field(typed, asking.law));
    fields
}

/// What is asked of a programme that starts, is completed or ends before: which, and what each measure of the rules came to.
fn measured(programme: Field, asking: &On<'_>) -> Vec<Field> {
    let measures = asking.law.supervision.measures.iter();
    let asked = measures.map(|measure| {
        let name = format!("measure_{}", measure.code);
        let value = text(asking.typed, &name);
        Field::reference(name, measure.title.clone(), value)
            .hint("A whole number, as the instrument counts it.")
            .optional()
    });
    std::iter::once(programme).chain(asked).collect()
}

fn volunteer(typed: &Typed) -> Field {
    let said = [
        ("volunteer", "It is a volunteer"),
        ("screened", "The volunteer was screened"),
        ("insured", "The volunteer is insured"),
    ];
    let choices = marked(typed, "volunteer", said);
    Field::checkboxes("volunteer", "If it is a volunteer", choices).optional()
}

fn treatment(typed: &Typed) -> Field {
    let kinds = [
        ("established", "It is established"),
        ("pilot", "It is tried out, watched and evaluated"),
        ("experiment", "It is an experiment"),
    ];
    let choices = marked(typed, "treatment", kinds);
    Field::radios("treatment", "How well the treatment is known", choices).optional()
}

fn is_referred(step: &ProgrammeStep) -> bool {
    *step == ProgrammeStep::Referred
}

fn is_started(step: &ProgrammeStep) -> bool {
    matches!(step, ProgrammeStep::Started(_))
}

fn is_open(step: &ProgrammeStep) -> bool {
    is_referred(step) || is_started(step)
}

/// How contact was made and what came of it; a correction keeps its date.
pub(super) fn contact(typed: &Typed, corrected: Option<Vec<Field>>) -> Vec<Field> {
    let kinds = [
        ("in_person", "In person"),
        ("telephone", "By telephone"),
        ("video", "By video"),
        ("written", "In writing"),
        ("home_visit", "At home"),
    ];
    let outcomes = [
        ("completed", "It took place"),
        ("missed", "The person did not keep it"),
        ("attempted", "It was tried, nobody was reached"),
    ];
    let counts = [
        ("yes", "Yes: it is required"),
        ("no", "No: it is only offered"),
    ];
    let mut fields = vec![
        Field::radios("kind", "How", marked(typed, "kind", kinds)),
        Field::radios(
            "outcome",
            "What came of it",
            marked(typed, "outcome", outcomes),
        ),
        Field::radios(
            "enforceable",
            "Does missing it count?",
            marked(typed, "enforceable", counts),
        ),
    ];
    fields.extend(corrected.unwrap_or_else(|| {
        vec![Field::date("on", "When, if not today", typed_date(typed, "on")).optional()]
    }));
    fields.push(note_field(typed, "note", "In words").optional());
    fields
}

/// What was typed, or the account of whoever fills the form in.
fn own(asking: &On<'_>, name: &str) -> String {
    asking.typed.get(name).unwrap_or(asking.by).to_owned()
}

fn office(law: &Pack, typed: &Typed, stands: &str) -> Field {
    let typed = if typed.get("office").is_none() {
        typed.clone().with("office", stands)
    } else {
        typed.clone()
    };
    coded(&typed, "office", "Office", &law.offices)
}

fn others(law: &Pack, typed: &Typed, stands: &str) -> Field {
    let others: Vec<_> = law
        .offices
        .iter()
        .filter(|o| o.code.as_str() != stands)
        .cloned()
        .collect();
    coded(typed, "office", "Office that takes it over", &others)
}

fn assess(asking: &On<'_>) -> Vec<Field> {
    let (rules, typed) = (&asking.law.supervision, asking.typed);
    let completeness = [
        ("complete", "Yes"),
        (
            "locked_incomplete",
            "No: it was closed before it was complete",
        ),
    ];
    vec![
        coded(typed, "instrument", "Instrument", &rules.instruments),
        Field::reference(
            "instrument_version",
            "Version of the instrument",
            text(typed, "instrument_version"),
        ),
        Field::date("on", "When it was made", typed_date(typed, "on")),
        Field::reference("by", "Who made it", own(asking, "by"))
            .hint("By the name of the account; yours stands here"),
        Field::radios(
            "completeness",
            "Was it completed?",
            marked(typed, "completeness", completeness),
        ),
        coded(typed, "level", "Level it found", &rules.levels).optional(),
        ticked(typed, "needs", "Needs it found", &rules.needs).optional(),
        note_field(typed, "summary", "Summary in words").optional(),
    ]
}

fn plan(started: &Started, asking: &On<'_>) -> Vec<Field> {
    let typed = asking.typed;
    let latest = started.latest_assessment().map(|(no, _)| no.to_string());
    let chosen = match (typed.get("assessment"), latest) {
        (None, Some(latest)) => typed.clone().with("assessment", &latest),
        (Some(_), _) | (None, None) => typed.clone(),
    };
    let all = started.assessments.iter().map(|(no, assessment)| {
        let instrument = domain::jurisdiction::title(
            &asking.law.supervision.instruments,
            assessment.instrument.as_str(),
        );
        let on = crate::pages::page::day_in_words(assessment.on);
        (no.to_string(), format!("{no}. {instrument}, {on}"))
    });
    vec![
        note_field(typed, "goals", "Goals agreed with the person"),
        Field::select(
            "assessment",
            "Assessment it rests on",
            options(&chosen, "assessment", all),
        )
        .optional(),
    ]
}

/// A programme at a step; where there is only one, it is chosen.
fn programme(started: &Started, asking: &On<'_>, which: fn(&ProgrammeStep) -> bool) -> Field {
    let all = started.programmes.iter().filter(|(_, p)| which(&p.step));
    let all: Vec<(String, String)> = all
        .map(|(no, p)| {
            let programmes = &asking.law.supervision.programmes;
            let title = domain::jurisdiction::title(programmes, p.programme.as_str());
            (no.to_string(), format!("{no}. {title}, {}", p.step.title()))
        })
        .collect();
    let typed = match (asking.typed.get("programme"), all.as_slice()) {
        (None, [(only, _)]) => asking.typed.clone().with("programme", only),
        (_, _) => asking.typed.clone(),
    };
    Field::select("programme", "Programme", options(&typed, "programme", all))
}

fn decide(started: &Started, typed: &Typed) -> Vec<Field> {
    let open = started.open_recall().map(|(no, _)| no.to_string());
    let typed = match (typed.get("recall"), open.as_deref()) {
        (None, Some(open)) => typed.clone().with("recall", open),
        (Some(_), _) | (None, None) => typed.clone(),
    };
    let all = open.map(|no| (no.clone(), format!("Request {no}")));
    let outcomes = [
        ("granted", "Granted: the person is recalled"),
        ("refused", "Refused: the supervision goes on"),
    ];
    vec![
        Field::select("recall", "Request", options(&typed, "recall", all)),
        Field::radios("outcome", "Decision", marked(&typed, "outcome", outcomes)),
        note_field(&typed, "reasons", "Reasons in words").optional(),
    ]
}

/// What a step rests on, or what has to be read before it.
pub(super) fn before(act: SupervisionAct, asking: &On<'_>) -> Vec<Part> {
    let Some(started) = asking.state.started() else {
        return Vec::new();
    };
    match act {
        SupervisionAct::Assess => {
            let text = "The assessment is made outside the register. It is recorded here as it was \
                        made; nothing is computed from it.";
            vec![inset(text)]
        }
        SupervisionAct::Recall => {
            let text = "Recall is decided by a court or board. The request says why, and what was tried before.";
            let ended = matches!(started.standing, SupervisionStanding::Ended { .. });
            let late = "The supervision has ended. A recall is recorded only where it happened already: give the day, and \
                        it stands with a critical finding.";
            let late = ended.then(|| inset(late));
            [inset(text)].into_iter().chain(late).collect()
        }
        SupervisionAct::DecideRecall => {
            let open = started.open_recall().map(|(_, recall)| &recall.request);
            let list = open.map(|request| {
                let list = SummaryList::default().row("Requested", said::occurred(request.done));
                let facts = requested(request, Some(asking.law)).into_iter();
                Part::Summary(
                    facts.fold(list, |list, (key, words)| list.row(key, Value::text(words))),
                )
            });
            list.into_iter().collect()
        }
        SupervisionAct::Contact
        | SupervisionAct::Review
        | SupervisionAct::Assign
        | SupervisionAct::Plan
        | SupervisionAct::Level
        | SupervisionAct::Refer
        | SupervisionAct::StartProgramme
        | SupervisionAct::CompleteProgramme
        | SupervisionAct::EndProgramme
        | SupervisionAct::Violation
        | SupervisionAct::Transfer
        | SupervisionAct::End => Vec::new(),
    }
}

fn inset(text: &str) -> Part {
    Part::Inset(Inset {
        text: text.to_owned(),
        source: None,
    })
}
