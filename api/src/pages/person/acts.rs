//! What may be recorded of a person, each a small form: circumstances, children, consents, corrections, what is
//! contested, and the guards of the record. What cannot be undone wants the reference typed.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::act::Refusal;
use domain::jurisdiction::Pack;
use domain::person::{
    Circumstances, ContestData, CorrectAttributes, EraseData, Identity, Person, PersonCommand,
    RecordIdentity, Registered, SettleContest, Settlement, WithBasis,
};
use domain::personal::{DataClass, PersonalText};
use domain::values::{CivilDate, Code, Day, Known};
use infra::access::{Action, allow};
use infra::registry::{AsOf, CommandError, Found};

use super::{children, register};
use crate::pages::components::{Choice, Field, Form, Link, Part, SummaryList, Value, Warning};
use crate::pages::page::{Page, PageError, Typed, Visitor};
use crate::pages::record::{self, Errors};
use crate::pages::refusal::{in_full, written};
use crate::pages::register::{sentence_case, short};
use crate::pages::{done, laws, said};
use crate::problem::Problem;
use crate::state::AppState;

/// An act on a person's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Circumstances,
    Children,
    Consent,
    WithdrawConsent,
    Identity,
    CorrectSex,
    Contest,
    Settle,
    Seal,
    Unseal,
    Hold,
    LiftHold,
    Erase,
    Expunge,
    Merge,
}

/// What a person may contest.
const SUBJECTS: [(&str, &str); 7] = [
    ("identity", "Who the person is"),
    ("sex", "Sex as recorded"),
    ("circumstances", "Circumstances"),
    ("decision", "A decision"),
    ("order", "An order"),
    ("supervision", "A supervision"),
    ("other", "Something else"),
];

/// What is contested, in words.
pub(super) fn subject_title(subject: &str) -> String {
    let known = SUBJECTS.iter().find(|(code, _)| *code == subject);
    known.map_or_else(
        || subject.replace('-', " "),
        |(_, title)| (*title).to_owned(),
    )
}

impl Act {
    const ALL: [Self; 15] = [
        Self::Circumstances,
        Self::Children,
        Self::Consent,
        Self::WithdrawConsent,
        Self::Identity,
        Self::CorrectSex,
        Self::Contest,
        Self::Settle,
        Self::Seal,
        Self::Unseal,
        Self::Hold,
        Self::LiftHold,
        Self::Merge,
        Self::Erase,
        Self::Expunge,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Circumstances => "circumstances",
            Self::Children => "children",
            Self::Consent => "consent",
            Self::WithdrawConsent => "withdraw-consent",
            Self::Identity => "identity",
            Self::CorrectSex => "correct",
            Self::Contest => "contest",
            Self::Settle => "settle",
            Self::Seal => "seal",
            Self::Unseal => "unseal",
            Self::Hold => "hold",
            Self::LiftHold => "lift-hold",
            Self::Erase => "erase",
            Self::Expunge => "expunge",
            Self::Merge => "merge",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Circumstances => "Record circumstances",
            Self::Children => "Record children",
            Self::Consent => "Record a consent",
            Self::WithdrawConsent => "Withdraw a consent",
            Self::Identity => "Correct name, birth date or address",
            Self::CorrectSex => "Correct the sex as recorded",
            Self::Contest => "Record what the person contests",
            Self::Settle => "Settle what is contested",
            Self::Seal => "Seal the record",
            Self::Unseal => "Unseal the record",
            Self::Hold => "Place a legal hold",
            Self::LiftHold => "Lift a legal hold",
            Self::Erase => "Erase personal data",
            Self::Expunge => "Expunge the record",
            Self::Merge => "Merge into another record",
        }
    }

    fn named(word: &str) -> Result<Self, PageError> {
        let mut all = Self::ALL.into_iter();
        all.find(|act| act.word() == word)
            .ok_or_else(|| PageError(Problem::no_such_address()))
    }

    fn action(self) -> Action {
        match self {
            Self::Circumstances
            | Self::Children
            | Self::Consent
            | Self::WithdrawConsent
            | Self::Identity
            | Self::CorrectSex
            | Self::Contest
            | Self::Settle => Action::RecordPerson,
            Self::Seal
            | Self::Unseal
            | Self::Hold
            | Self::LiftHold
            | Self::Erase
            | Self::Expunge
            | Self::Merge => Action::GuardPerson,
        }
    }

    /// Whether the act can follow; the rules have the last word.
    fn follows(self, person: &Registered) -> bool {
        match self {
            Self::WithdrawConsent => !person.consents.is_empty(),
            Self::Settle => !person.contested.is_empty(),
            Self::Seal => person.sealed.is_none(),
            Self::Unseal => person.sealed.is_some(),
            Self::LiftHold => !person.held.is_empty(),
            Self::Erase | Self::Expunge => person.held.is_empty(),
            Self::Circumstances
            | Self::Children
            | Self::Consent
            | Self::Identity
            | Self::CorrectSex
            | Self::Contest
            | Self::Hold
            | Self::Merge => true,
        }
    }

    /// The consequence of what cannot be undone, or opens what was closed: it is repeated before it is done.
    fn consequence(self) -> Option<&'static str> {
        match self {
            Self::Unseal => Some("Whoever may read cases will read this record again."),
            Self::Erase => Some(
                "The keys are destroyed: what these classes hold can be read by nobody any more, in no view of the past either. Coded facts and figures stay.",
            ),
            Self::Expunge => Some(
                "Today's figures lose this person's decisions, and the record is closed to all but those who guard it. Nothing more can be recorded under it.",
            ),
            Self::Merge => Some(
                "Nothing more can be recorded here: the record goes on under the other reference, and its decisions count there.",
            ),
            Self::Circumstances
            | Self::Children
            | Self::Consent
            | Self::WithdrawConsent
            | Self::Identity
            | Self::CorrectSex
            | Self::Contest
            | Self::Settle
            | Self::Seal
            | Self::Hold
            | Self::LiftHold => None,
        }
    }
}

/// The acts that are open to the visitor, as links; what destroys stands apart.
pub(super) fn offered(visitor: &Visitor, id: &str, person: &Person) -> SummaryList {
    let Some(known) = person.registered().filter(|_| !visitor.moment.past) else {
        return SummaryList::default();
    };
    let may = |act: &Act| allow(&visitor.call, act.action()).is_ok();
    let acts = Act::ALL.into_iter().filter(|act| act.follows(known));
    let (destroys, records): (Vec<Act>, Vec<Act>) = acts
        .filter(may)
        .partition(|act| matches!(act, Act::Erase | Act::Expunge));
    let link = |act: Act| Value::link(format!("/persons/{id}/{}", act.word()), act.title());
    let rows = [("Record", records), ("Take away for ever", destroys)];
    let rows = rows.into_iter().filter(|(_, acts)| !acts.is_empty());
    rows.fold(SummaryList::default(), |list, (key, acts)| {
        list.row(key, Value::Many(acts.into_iter().map(link).collect()))
    })
}

/// A person's record that something is recorded of.
struct Case<'a> {
    visitor: &'a Visitor,
    id: String,
    act: Act,
    found: Found<Person>,
    law: Arc<Pack>,
}

/// The form.
pub(in crate::pages) async fn get(
    State(app): State<AppState>,
    visitor: Visitor,
    Path((id, word)): Path<(String, String)>,
) -> Result<Page, PageError> {
    let case = Case::of(&app, &visitor, id, &word, visitor.as_of).await?;
    let typed = case.standing();
    case.page(&typed, &Errors::default()).await
}

/// The act.
pub(in crate::pages) async fn post(
    State(app): State<AppState>,
    visitor: Visitor,
    Path((id, word)): Path<(String, String)>,
    typed: Typed,
) -> Result<Response, PageError> {
    let case = Case::of(&app, &visitor, id, &word, AsOf::Now).await?;
    let mut errors = Errors::default();
    let seen = typed.get("version").and_then(|text| text.parse().ok());
    if let Some(since) = seen.and_then(|seen| said::since(&case.found.entries, seen)) {
        errors.say("", format!("The record was changed since you opened this page ({since}): look again, and send again"));
    }
    let command = case.command(&typed, &mut errors);
    let Some(command) = command.filter(|_| errors.0.is_empty()) else {
        return Ok(case.page(&typed, &errors).await?.into_response());
    };
    let sent = app
        .registry
        .command::<Person>(&visitor.call, &case.id, command, done::options(&typed))
        .await;
    match sent {
        Ok(receipt) => {
            let address = format!("/persons/{}?recorded=1", case.id);
            Ok(done::then(&app, &receipt, &address).await.into_response())
        }
        Err(CommandError::Refused(refusal)) => {
            let said = in_full(&case.law, &written(&refusal.to_string()));
            let field = match refusal.field().as_str() {
                "reasons" => "words".to_owned(),
                "identity" => "name".to_owned(),
                field => field.trim_start_matches("identity.").to_owned(),
            };
            errors.say(&field, format!("{said} ({})", refusal.rule()));
            Ok(case.page(&typed, &errors).await?.into_response())
        }
        Err(CommandError::UnknownPerson(_)) => {
            errors.say("surviving", "Nobody is registered under this reference");
            Ok(case.page(&typed, &errors).await?.into_response())
        }
        Err(gone @ (CommandError::Expunged(_) | CommandError::Merged { .. })) => {
            errors.say("surviving", sentence_case(&gone.to_string()));
            Ok(case.page(&typed, &errors).await?.into_response())
        }
        Err(other) => Err(other.into()),
    }
}

impl<'a> Case<'a> {
    async fn of(
        app: &AppState,
        visitor: &'a Visitor,
        id: String,
        word: &str,
        as_of: AsOf,
    ) -> Result<Self, PageError> {
        let act = Act::named(word)?;
        allow(&visitor.call, act.action())?;
        let found: Found<Person> = app.registry.show(&visitor.call, &id, as_of).await?;
        let law = laws::of_entries(app, &found.entries).await?;
        Ok(Self {
            visitor,
            id,
            act,
            found,
            law,
        })
    }

    /// What stands, as if it had been typed.
    fn standing(&self) -> Typed {
        let mut typed = Typed::empty();
        let Some(known) = self.found.state.registered() else {
            return typed;
        };
        let word = |answer: &Known<String>| match answer {
            Known::NotRecorded => None,
            Known::NotAsked => Some("?not-asked".to_owned()),
            Known::Declined => Some("?declined".to_owned()),
            Known::Value(value) => Some(value.clone()),
        };
        let mut put = |name: &str, answer: Known<String>| {
            if let Some(word) = word(&answer) {
                typed.add(name, &word);
            }
        };
        match self.act {
            Act::Circumstances => {
                for (code, answer) in &known.circumstances {
                    put(
                        &format!("c_{code}"),
                        answer.clone().map(|code| code.to_string()),
                    );
                }
            }
            Act::Children => {
                put("children", known.dependent_children.map(|n| n.to_string()));
                children::standing(known, &mut typed);
            }
            Act::CorrectSex => put("sex", known.sex.map(|sex| sex.word().to_owned())),
            Act::Consent
            | Act::WithdrawConsent
            | Act::Identity
            | Act::Contest
            | Act::Settle
            | Act::Seal
            | Act::Unseal
            | Act::Hold
            | Act::LiftHold
            | Act::Erase
            | Act::Expunge
            | Act::Merge => {}
        }
        typed
    }

    /// Whether a reference that was typed is this person's, whole or as the page shows it.
    fn is_meant(&self, typed: Option<&str>) -> bool {
        typed.is_some_and(|typed| typed == self.id || typed == short(&self.id))
    }

    /// What was typed as a command; nothing where something is missing that it cannot be without.
    fn command(&self, typed: &Typed, errors: &mut Errors) -> Option<PersonCommand> {
        if self.act.consequence().is_some() && !self.is_meant(typed.get("again")) {
            errors.say(
                "again",
                "Type the reference of the record as it stands above",
            );
        }
        let words = typed
            .get("words")
            .map(|text| PersonalText::Clear(text.to_owned()));
        Some(match self.act {
            Act::Circumstances => PersonCommand::RecordCircumstances(Circumstances {
                answers: self.answers(typed),
                basis: code(typed, "basis", errors)?,
            }),
            Act::Children => PersonCommand::RecordChildren {
                dependent: many_children(typed, errors),
                details: words,
                each_child: children::read(self.found.state.registered()?, typed, errors),
            },
            Act::Consent => PersonCommand::GiveConsent {
                to: code(typed, "to", errors)?,
            },
            Act::WithdrawConsent => PersonCommand::WithdrawConsent {
                to: code(typed, "to", errors)?,
            },
            Act::Identity => PersonCommand::RecordIdentity(RecordIdentity {
                identity: identity(typed, errors)?,
                reason: code(typed, "reason", errors)?,
            }),
            Act::CorrectSex => PersonCommand::CorrectAttributes(CorrectAttributes {
                sex: register::read_sex(typed),
                reason: code(typed, "reason", errors)?,
            }),
            Act::Contest => PersonCommand::ContestData(ContestData {
                subject: code(typed, "subject", errors)?,
                statement: words,
            }),
            Act::Settle => PersonCommand::SettleContest(settlement(typed, words, errors)?),
            Act::Seal => PersonCommand::SealRecord(basis(typed, errors)?),
            Act::Unseal => PersonCommand::UnsealRecord(basis(typed, errors)?),
            Act::Hold => PersonCommand::PlaceHold {
                basis: code(typed, "basis", errors)?,
                review_on: day(typed, errors)?,
            },
            Act::LiftHold => PersonCommand::LiftHold(basis(typed, errors)?),
            Act::Erase => PersonCommand::EraseData(EraseData {
                classes: classes(typed, errors),
                basis: code(typed, "basis", errors)?,
            }),
            Act::Expunge => PersonCommand::Expunge(basis(typed, errors)?),
            Act::Merge => PersonCommand::MergeInto {
                surviving: surviving(typed, errors)?,
                basis: code(typed, "basis", errors)?,
            },
        })
    }

    /// Answers that say something; what is left out stays as it was.
    fn answers(&self, typed: &Typed) -> BTreeMap<Code, Known<Code>> {
        let rules = self.law.sentencing.circumstances.iter();
        let answers = rules.filter_map(|rule| {
            let known = match typed.get(&format!("c_{}", rule.code))? {
                "?not-asked" => Known::NotAsked,
                "?declined" => Known::Declined,
                code => Known::Value(Code::parse(code).ok()?),
            };
            Some((rule.code.clone(), known))
        });
        answers.collect()
    }

    /// Whom the act concerns, where that may be read.
    async fn who(&self) -> Result<String, PageError> {
        let (name, born) = super::identified(self.visitor, &self.found.state).await?;
        let person = format!("Person {}", short(&self.id));
        Ok(match (name, born) {
            (Value::Name(name), Value::Moment(born)) => format!("{name}, born on {}.", born.words),
            (Value::Name(name), _) => format!("{name}, {}.", person.to_lowercase()),
            _ => format!("{person}."),
        })
    }

    async fn page(&self, typed: &Typed, errors: &Errors) -> Result<Page, PageError> {
        let home = format!("/persons/{}", self.id);
        let frame = self
            .visitor
            .frame(self.act.title())
            .kicker(format!("Person {}", short(&self.id)))
            .lede(self.who().await?)
            .trail(vec![Link::new(self.visitor.to(&home), "Person")])
            .reference(short(&self.id));
        let guard = self.visitor.guard(&frame).for_version(self.found.version);
        let action = format!("{home}/{}", self.act.word());
        let mut form = Form::new(action, guard, self.act.title());
        if let Some(said) = self.act.consequence() {
            form = form.part(Part::Warning(Warning {
                text: said.to_owned(),
            }));
        }
        let mut fields = self.fields(typed);
        if self.act.consequence().is_some() {
            let value = typed.get("again").unwrap_or_default();
            let label = "Type the reference of this person, as it stands on this page";
            fields.push(Field::reference("again", label, value));
        }
        form = fields.into_iter().fold(form, |form, field| {
            let error = errors.at(&field.name);
            form.field(field.error(error))
        });
        let form = record::unplaced(form, errors);
        Ok(Page::new(frame).form(&form.cancel(home, "Cancel")))
    }

    /// What is asked of this act.
    fn fields(&self, typed: &Typed) -> Vec<Field> {
        match self.act {
            Act::Circumstances => {
                let said =
                    "The consent or legal basis on which it was asked, as a code, such as consent.";
                let mut fields = self.questions(typed);
                fields.push(code_of_basis("basis", "Basis", typed).hint(said));
                fields
            }
            Act::Children => {
                let mut fields = vec![many(typed)];
                if let Some(known) = self.found.state.registered() {
                    fields.extend(children::fields(known, &self.law, typed));
                }
                fields.push(words(typed, "What else was said"));
                fields
            }
            Act::Consent => {
                let value = typed.get("to").unwrap_or_default();
                vec![Field::reference("to", "To what", value).hint("A code, such as treatment.")]
            }
            Act::WithdrawConsent => vec![self.standing_code(typed, "to", "Which consent")],
            Act::Identity => {
                let mut fields = register::identity(typed);
                fields.push(self.why_corrected(typed));
                fields
            }
            Act::CorrectSex => vec![register::sex(typed), self.why_corrected(typed)],
            Act::Contest => {
                let subjects = SUBJECTS.map(|(c, t)| (c.to_owned(), t.to_owned()));
                let subject = select(typed, "subject", "What is contested", subjects.into());
                vec![subject, words(typed, "In the person's words")]
            }
            Act::Settle => vec![
                self.standing_code(typed, "subject", "What is settled"),
                settled(typed),
                words(typed, "Reasons, as the person is given them in writing"),
                self.route(typed),
            ],
            Act::Seal | Act::Unseal | Act::Expunge => self.bases(typed),
            Act::Hold => {
                let mut fields = self.bases(typed);
                fields.push(record::date_field(typed, "review", "To be reviewed on"));
                fields
            }
            Act::LiftHold => vec![self.standing_code(typed, "basis", "Which hold")],
            Act::Erase => {
                let mut fields = vec![kinds_of_data(typed)];
                fields.extend(self.bases(typed));
                fields
            }
            Act::Merge => {
                let value = typed.get("surviving").unwrap_or_default();
                let label = "Reference of the record that goes on";
                let other = Field::reference("surviving", label, value);
                let mut fields = vec![other];
                fields.extend(self.bases(typed));
                fields
            }
        }
    }

    /// The legal basis: one of those that the rules name for what is done with records, or another one by its code.
    fn bases(&self, typed: &Typed) -> Vec<Field> {
        let today = self.law.day(self.visitor.moment.instant).into();
        let rules = &self.law.registry;
        let known = match self.act {
            Act::Merge => rules.merging.iter(),
            _ => rules.bases.iter(),
        };
        let known: Vec<(String, String)> = known
            .filter(|basis| basis.may_hold(today))
            .map(|basis| (basis.code.to_string(), basis.title.clone()))
            .collect();
        if known.is_empty() {
            return vec![code_of_basis("basis", "Legal basis", typed)];
        }
        let is_known = |code: &str| code == OTHER || known.iter().any(|(known, _)| known == code);
        // A code that is in no list was typed as another one.
        let typed = match typed.get("basis").filter(|code| !is_known(code)) {
            Some(code) => typed.clone().with("basis_other", code).with("basis", OTHER),
            None => typed.clone(),
        };
        let other = (OTHER.to_owned(), "Another one, named below".to_owned());
        let listed = known.iter().cloned().chain([other]).collect();
        vec![
            select(&typed, "basis", "Legal basis", listed),
            code_of_basis("basis_other", "Another legal basis", &typed).optional(),
        ]
    }

    fn why_corrected(&self, typed: &Typed) -> Field {
        let own = &self.law.registry.correction_reasons;
        let reasons = if own.is_empty() {
            &self.law.sentencing.correction_reasons
        } else {
            own
        };
        let reasons = reasons
            .iter()
            .map(|r| (r.code.to_string(), r.title.clone()));
        select(typed, "reason", "Why it is corrected", reasons.collect())
    }

    /// One of the codes that stand on the record: a consent, a contest, a hold.
    fn standing_code(&self, typed: &Typed, name: &str, label: &str) -> Field {
        let codes = self.found.state.registered().map(|known| match self.act {
            Act::Settle => &known.contested,
            Act::LiftHold => &known.held,
            _ => &known.consents,
        });
        let codes = codes.into_iter().flatten();
        let listed = codes.map(|code| {
            let title = match self.act {
                Act::Settle => subject_title(code.as_str()),
                _ => code.to_string(),
            };
            (code.to_string(), title)
        });
        select(typed, name, label, listed.collect())
    }

    /// Where the person can go next; asked of a refusal.
    fn route(&self, typed: &Typed) -> Field {
        let label = "Where the person can have a refusal reviewed";
        let routes = self.law.contest_routes.iter();
        let routes: Vec<_> = routes
            .map(|route| (route.code.to_string(), route.title.clone()))
            .collect();
        if routes.is_empty() {
            let value = typed.get("route").unwrap_or_default();
            return Field::reference("route", label, value).optional();
        }
        select(typed, "route", label, routes).optional()
    }

    fn questions(&self, typed: &Typed) -> Vec<Field> {
        let rules = self.law.sentencing.circumstances.iter();
        let question = rules.map(|rule| {
            let name = format!("c_{}", rule.code);
            let values = rule.values.iter();
            let values = values.map(|v| (v.code.to_string(), v.title.clone()));
            let absent = [
                ("?not-asked", "Not asked"),
                ("?declined", "Declined to answer"),
            ];
            let absent = absent.map(|(c, t)| (c.to_owned(), t.to_owned()));
            let choices = std::iter::once((String::new(), "Not recorded".to_owned()))
                .chain(values)
                .chain(absent)
                .map(|(value, label)| {
                    let is_chosen = typed.get(&name).unwrap_or_default() == value;
                    Choice::new(value, label).chosen_if(is_chosen)
                });
            Field::select(name.clone(), rule.title.clone(), choices.collect())
        });
        question.collect()
    }
}

/// The choice of a legal basis that the rules do not name.
const OTHER: &str = "?other";

fn code_of_basis(name: &str, label: &str, typed: &Typed) -> Field {
    let value = typed.get(name).unwrap_or_default();
    Field::reference(name, label, value)
        .hint("A code, such as youth-records or court-order; never a name.")
}

fn words(typed: &Typed, label: &str) -> Field {
    let value = typed.get("words").unwrap_or_default();
    Field::textarea("words", label, 4, value)
        .hint("Stored encrypted. It can be erased later.")
        .optional()
}

fn select(typed: &Typed, name: &str, label: &str, listed: Vec<(String, String)>) -> Field {
    let choices = listed.into_iter().map(|(code, title)| {
        let is_chosen = typed.get(name) == Some(code.as_str());
        Choice::new(code, title).chosen_if(is_chosen)
    });
    let none = Choice::new("", "Choose one").chosen_if(typed.get(name).is_none());
    Field::select(name, label, std::iter::once(none).chain(choices).collect())
}

fn many(typed: &Typed) -> Field {
    let value = typed.get("children").unwrap_or_default();
    let value = match value {
        "?not-asked" => "not asked",
        "?declined" => "declined",
        number => number,
    };
    Field::reference("children", "How many children depend on the person", value)
        .hint("A number, not asked, or declined: declining is always an answer.")
}

fn settled(typed: &Typed) -> Field {
    let choice = |value: &str, label: &str| {
        Choice::new(value, label).chosen_if(typed.get("outcome") == Some(value))
    };
    let choices = vec![
        choice(
            "corrected",
            "The record is corrected, by an entry of its own",
        ),
        choice("refused", "The record stands"),
    ];
    Field::radios("outcome", "How it is settled", choices)
}

fn kinds_of_data(typed: &Typed) -> Field {
    let choices = DataClass::ALL.map(|class| {
        let title = match class {
            DataClass::Identity => "Name, date of birth, numbers",
            DataClass::Contact => "Addresses and ways to reach the person",
            DataClass::Judgment => "Reasons and other words in decisions",
            DataClass::Supervision => "Words in orders and supervision",
            DataClass::Health => "Health",
            DataClass::Children => "What concerns children",
        };
        let is_chosen = typed.all("classes").any(|chosen| chosen == class.word());
        Choice::new(class.word(), title).chosen_if(is_chosen)
    });
    Field::checkboxes("classes", "What is erased", choices.into())
}

fn code(typed: &Typed, name: &str, errors: &mut Errors) -> Option<Code> {
    if name == "basis" && typed.get(name) == Some(OTHER) {
        return code(typed, "basis_other", errors);
    }
    let Some(text) = typed.get(name) else {
        let said = match name {
            "basis" => "Give the legal basis",
            "basis_other" => "Name the other legal basis by its code",
            "reason" => "Choose why it is corrected",
            "to" => "Give what the consent is to",
            _ => "Choose one",
        };
        errors.say(name, said);
        return None;
    };
    let read = Code::parse(text);
    read.map_err(|e| errors.say(name, sentence_case(&e.to_string())))
        .ok()
}

fn basis(typed: &Typed, errors: &mut Errors) -> Option<WithBasis> {
    code(typed, "basis", errors).map(|basis| WithBasis { basis })
}

fn many_children(typed: &Typed, errors: &mut Errors) -> Known<u8> {
    match typed.get("children") {
        None => Known::NotRecorded,
        Some("not asked") => Known::NotAsked,
        Some("declined") => Known::Declined,
        Some(text) => {
            if let Ok(children) = text.parse() {
                return Known::Value(children);
            }
            errors.say("children", "Give a number from 0, not asked, or declined");
            Known::NotRecorded
        }
    }
}

fn settlement(
    typed: &Typed,
    reasons: Option<PersonalText>,
    errors: &mut Errors,
) -> Option<SettleContest> {
    Some(SettleContest {
        subject: code(typed, "subject", errors)?,
        outcome: outcome(typed, errors)?,
        reasons,
        route: typed
            .get("route")
            .map(|_| code(typed, "route", errors))
            .unwrap_or_default(),
    })
}

fn outcome(typed: &Typed, errors: &mut Errors) -> Option<Settlement> {
    match typed.get("outcome") {
        Some("corrected") => Some(Settlement::Corrected),
        Some("refused") => Some(Settlement::Refused),
        _ => {
            errors.say("outcome", "Choose how it is settled");
            None
        }
    }
}

fn day(typed: &Typed, errors: &mut Errors) -> Option<Day> {
    match record::date(typed, "review", errors) {
        Some(CivilDate::Day(day)) => Some(day),
        Some(CivilDate::Year(_) | CivilDate::Month { .. }) | None => {
            errors.say("review", "Give the day on which the hold is reviewed");
            None
        }
    }
}

/// Who the person is, as far as it was typed; what is left empty stays as it is.
fn identity(typed: &Typed, errors: &mut Errors) -> Option<Identity> {
    let clear = |text: &str| PersonalText::Clear(text.to_owned());
    let born = match record::date(typed, "born", errors) {
        Some(CivilDate::Day(day)) => Some(clear(&day.to_string())),
        Some(CivilDate::Year(_) | CivilDate::Month { .. }) => {
            errors.say("born", "Give the whole date of birth: day, month and year");
            None
        }
        None => None,
    };
    let said = |name: &str| typed.get(name).map(clear);
    let identity = Identity {
        name: said("name"),
        born,
        number: said("number"),
        contact: said("contact"),
    };
    if identity == Identity::default() && errors.0.is_empty() {
        errors.say("name", "Give what should read differently");
        return None;
    }
    Some(identity)
}

fn classes(typed: &Typed, errors: &mut Errors) -> Vec<DataClass> {
    let chosen = |class: &DataClass| typed.all("classes").any(|word| word == class.word());
    let classes: Vec<DataClass> = DataClass::ALL.into_iter().filter(chosen).collect();
    if classes.is_empty() {
        errors.say("classes", "Choose what is erased");
    }
    classes
}

fn surviving(typed: &Typed, errors: &mut Errors) -> Option<domain::values::PersonId> {
    let read = typed.get("surviving").and_then(|text| text.parse().ok());
    if read.is_none() {
        errors.say(
            "surviving",
            "Give the reference of the record that goes on, as it stands on its page",
        );
    }
    read
}
