//! The acts on an imposed sentence, each a small form: what stands, what follows, when and why.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::act::Refusal;
use domain::jurisdiction::Pack;
use domain::personal::PersonalText;
use domain::sentence::{
    ActivateSuspended, Appeal, Appellant, Commute, Imposed, LodgeAppeal, MarkCustody, SanctionKind,
    Sentence, SentenceCommand, SentenceRefusal, Standing, WithReason,
};
use domain::values::{ComponentNo, Instant, Occurred};
use infra::access::{Action, allow};
use infra::registry::{AsOf, CommandError, Found};

use super::name_of;
use crate::pages::casework::now_field;
use crate::pages::components::{Choice, Field, Form, Link, Part, SummaryList, Value, Warning};
use crate::pages::page::{Page, PageError, Typed, Visitor};
use crate::pages::record::{self, Errors};
use crate::pages::register::sentence_case;
use crate::pages::{done, laws, said};
use crate::problem::Problem;
use crate::state::AppState;

/// An act on a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Withdraw,
    LodgeAppeal,
    DismissAppeal,
    Vary,
    Quash,
    Commute,
    Pardon,
    CreditRemand,
    StartCustody,
    EndCustody,
    Activate,
    Resentence,
    Complete,
}

impl Act {
    const ALL: [Self; 13] = [
        Self::Withdraw,
        Self::StartCustody,
        Self::EndCustody,
        Self::CreditRemand,
        Self::Activate,
        Self::Resentence,
        Self::Complete,
        Self::LodgeAppeal,
        Self::DismissAppeal,
        Self::Vary,
        Self::Quash,
        Self::Commute,
        Self::Pardon,
    ];

    /// The word in the address.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Withdraw => "withdraw",
            Self::LodgeAppeal => "appeal",
            Self::DismissAppeal => "dismiss-appeal",
            Self::Vary => "vary",
            Self::Quash => "quash",
            Self::Commute => "commute",
            Self::Pardon => "pardon",
            Self::CreditRemand => "credit-remand",
            Self::StartCustody => "start-custody",
            Self::EndCustody => "end-custody",
            Self::Activate => "activate",
            Self::Resentence => "resentence",
            Self::Complete => "complete",
        }
    }

    /// The words that people read.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Withdraw => "Withdraw the proposal",
            Self::LodgeAppeal => "Record an appeal",
            Self::DismissAppeal => "Dismiss the appeal",
            Self::Vary => "Vary on appeal",
            Self::Quash => "Quash the decision",
            Self::Commute => "Commute a component",
            Self::Pardon => "Pardon",
            Self::CreditRemand => "Credit time in custody",
            Self::StartCustody => "Record that custody began",
            Self::EndCustody => "Record that custody ended",
            Self::Activate => "Activate a suspended term",
            Self::Resentence => "Sentence anew",
            Self::Complete => "Record that everything is done",
        }
    }

    fn named(word: &str) -> Result<Self, PageError> {
        let mut all = Self::ALL.into_iter();
        all.find(|act| act.word() == word)
            .ok_or_else(|| PageError(Problem::no_such_address()))
    }

    fn action(self) -> Action {
        match self {
            Self::Withdraw => Action::ProposeSentence,
            Self::Vary
            | Self::Quash
            | Self::Commute
            | Self::Pardon
            | Self::Activate
            | Self::Resentence => Action::DecideSentence,
            Self::LodgeAppeal
            | Self::DismissAppeal
            | Self::CreditRemand
            | Self::StartCustody
            | Self::EndCustody
            | Self::Complete => Action::KeepSentence,
        }
    }

    /// Whether the act can follow in this state; the rules have the last word.
    fn follows(self, sentence: &Sentence) -> bool {
        let Some(imposed) = sentence.imposed() else {
            return self == Self::Withdraw && matches!(sentence, Sentence::Proposed(_));
        };
        let stands = imposed.standing != Standing::Quashed;
        let in_force = imposed.standing == Standing::InForce;
        let pending = matches!(imposed.appeal, Some(Appeal::Pending(_)));
        match self {
            Self::Withdraw => false,
            Self::LodgeAppeal => stands && !pending,
            Self::DismissAppeal | Self::Vary => stands && pending,
            Self::Quash => stands,
            Self::Pardon => stands && imposed.standing != Standing::Pardoned,
            Self::Commute | Self::Resentence => in_force,
            Self::Complete => in_force && imposed.in_custody.is_empty(),
            Self::CreditRemand => stands && !served(imposed).is_empty(),
            Self::StartCustody => in_force && !outside(imposed).is_empty(),
            Self::EndCustody => !imposed.in_custody.is_empty(),
            Self::Activate => in_force && !suspended(imposed).is_empty(),
        }
    }

    /// What follows from it, to be read before going on.
    fn consequence(self) -> Option<&'static str> {
        match self {
            Self::Quash => Some(
                "The decision counts no more: today's figures lose it, orders under it end, and the history keeps it. Custody does not end by this: its end must be recorded separately.",
            ),
            Self::Pardon => Some(
                "The decision stays in the figures, marked as pardoned. Nobody is released by this: the end of custody must be recorded separately.",
            ),
            Self::Complete => Some(
                "After this only an appeal, a correction, a quashing or a pardon can be recorded.",
            ),
            Self::Withdraw => {
                Some("The proposal no longer waits in the list of the court; its history stays.")
            }
            Self::Activate => Some(
                "The term, or the part given, is to be served. The start of custody must be recorded separately.",
            ),
            Self::LodgeAppeal
            | Self::DismissAppeal
            | Self::Vary
            | Self::Commute
            | Self::CreditRemand
            | Self::StartCustody
            | Self::EndCustody
            | Self::Resentence => None,
        }
    }

    /// Whether a reason in words is asked.
    fn asks_why(self) -> bool {
        match self {
            Self::Withdraw
            | Self::DismissAppeal
            | Self::Quash
            | Self::Commute
            | Self::Pardon
            | Self::Activate => true,
            Self::LodgeAppeal
            | Self::Vary
            | Self::CreditRemand
            | Self::StartCustody
            | Self::EndCustody
            | Self::Resentence
            | Self::Complete => false,
        }
    }
}

/// Components whose term is served in custody: immediate, or suspended and activated.
fn served(imposed: &Imposed) -> Vec<ComponentNo> {
    let components = imposed.decision.components().map(|(_, c)| c);
    let served = components.filter(|c| match c.sanction.kind() {
        SanctionKind::Custody => true,
        SanctionKind::SuspendedCustody => imposed.activated.contains_key(&c.no),
        _ => false,
    });
    served.map(|c| c.no).collect()
}

/// Terms that are not being served.
fn outside(imposed: &Imposed) -> Vec<ComponentNo> {
    let mut served = served(imposed);
    served.retain(|no| !imposed.in_custody.contains_key(no));
    served
}

/// Suspended terms that can be activated.
fn suspended(imposed: &Imposed) -> Vec<ComponentNo> {
    let components = imposed.decision.components().map(|(_, c)| c);
    let suspended = components.filter(|c| {
        c.sanction.kind() == SanctionKind::SuspendedCustody
            && !imposed.activated.contains_key(&c.no)
    });
    suspended.map(|c| c.no).collect()
}

/// The acts that are open to the visitor, as links.
pub(super) fn offered(visitor: &Visitor, id: &str, sentence: &Sentence) -> Vec<Value> {
    if visitor.moment.past {
        return Vec::new();
    }
    let may = |act: &Act| allow(&visitor.call, act.action()).is_ok();
    let acts = Act::ALL.into_iter().filter(|act| act.follows(sentence));
    acts.filter(may)
        .map(|act| Value::link(format!("/sentences/{id}/{}", act.word()), act.title()))
        .collect()
}

/// A sentence that is acted on.
struct Case<'a> {
    visitor: &'a Visitor,
    id: String,
    act: Act,
    found: Found<Sentence>,
    law: Arc<Pack>,
}

/// The form.
pub(super) async fn get(
    State(app): State<AppState>,
    visitor: Visitor,
    id: String,
    word: &str,
) -> Result<Page, PageError> {
    let case = Case::of(&app, &visitor, id, word, visitor.as_of).await?;
    Ok(case.page(&Typed::empty(), &Errors::default()))
}

/// The act.
pub(super) async fn post(
    State(app): State<AppState>,
    visitor: Visitor,
    id: String,
    word: &str,
    typed: Typed,
) -> Result<Response, PageError> {
    let case = Case::of(&app, &visitor, id, word, AsOf::Now).await?;
    let mut errors = Errors::default();
    if case.act == Act::Commute && record::sanction_moved(&typed) {
        return Ok(case.page(&typed, &errors).into_response());
    }
    let seen = typed.get("version").and_then(|text| text.parse().ok());
    if let Some(since) = seen.and_then(|seen| said::since(&case.found.entries, seen)) {
        errors.say("", format!("The sentence was changed since you opened this page ({since}). What stands now is shown below: look again, and send again"));
    }
    let command = case.command(&typed, &mut errors);
    let Some(command) = command.filter(|_| errors.0.is_empty()) else {
        return Ok(case.page(&typed, &errors).into_response());
    };
    let sent = app
        .registry
        .command::<Sentence>(&visitor.call, &case.id, command, done::options(&typed))
        .await;
    match sent {
        Ok(receipt) => {
            let address = format!("/sentences/{}?recorded=1", case.id);
            Ok(done::then(&app, &receipt, &address).await.into_response())
        }
        Err(CommandError::Refused(refusal)) => {
            Case::refused(&refusal, &mut errors);
            Ok(case.page(&typed, &errors).into_response())
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
        let found: Found<Sentence> = app.registry.show(&visitor.call, &id, as_of).await?;
        let law = laws::of_entries(app, &found.entries).await?;
        Ok(Self {
            visitor,
            id,
            act,
            found,
            law,
        })
    }

    /// The components that the act may concern.
    fn components(&self) -> Vec<ComponentNo> {
        let Some(imposed) = self.found.state.imposed() else {
            return Vec::new();
        };
        match self.act {
            Act::Commute => imposed.decision.components().map(|(_, c)| c.no).collect(),
            Act::StartCustody => outside(imposed),
            Act::EndCustody => imposed.in_custody.keys().copied().collect(),
            Act::Activate => suspended(imposed),
            Act::Withdraw
            | Act::LodgeAppeal
            | Act::DismissAppeal
            | Act::Vary
            | Act::Quash
            | Act::Pardon
            | Act::CreditRemand
            | Act::Resentence
            | Act::Complete => Vec::new(),
        }
    }

    fn component(&self, typed: &Typed, errors: &mut Errors) -> ComponentNo {
        let chosen = typed.get("component").and_then(|text| text.parse().ok());
        let only = match self.components().as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        chosen.or(only).unwrap_or_else(|| {
            errors.say("component", "Choose the component");
            ComponentNo(0)
        })
    }

    fn when(&self, typed: &Typed, errors: &mut Errors) -> Occurred {
        let now = Instant::from_micros(self.visitor.app.registry.clock().now_us());
        record::when(typed, "pronounced", (&self.law, now), errors)
    }

    fn why(&self, typed: &Typed, errors: &mut Errors) -> Option<PersonalText> {
        let note = typed.get("note");
        if self.act.asks_why() && note.is_none() {
            errors.say("note", "Give the reason in words");
        }
        note.map(|text| PersonalText::Clear(text.to_owned()))
    }

    /// What was typed as a command; nothing where something is missing that it cannot be without.
    fn command(&self, typed: &Typed, errors: &mut Errors) -> Option<SentenceCommand> {
        let pronounced = self.when(typed, errors);
        let note = self.why(typed, errors);
        let with_reason = |note| WithReason {
            pronounced,
            reason: None,
            note,
        };
        Some(match self.act {
            Act::Withdraw => SentenceCommand::WithdrawProposal(with_reason(note)),
            Act::DismissAppeal => SentenceCommand::DismissAppeal(with_reason(note)),
            Act::Quash => SentenceCommand::Quash(with_reason(note)),
            Act::Pardon => SentenceCommand::Pardon(with_reason(note)),
            Act::LodgeAppeal => SentenceCommand::LodgeAppeal(LodgeAppeal {
                lodged: pronounced,
                by: appellant(typed, errors)?,
            }),
            Act::CreditRemand => SentenceCommand::CreditRemand {
                days: days(typed, errors)?,
                pronounced,
            },
            Act::StartCustody | Act::EndCustody => {
                let mark = MarkCustody {
                    component: self.component(typed, errors),
                    on: pronounced,
                };
                if self.act == Act::StartCustody {
                    SentenceCommand::StartCustody(mark)
                } else {
                    SentenceCommand::EndCustody(mark)
                }
            }
            Act::Activate => SentenceCommand::ActivateSuspended(ActivateSuspended {
                component: self.component(typed, errors),
                part: record::length(typed, "part", errors),
                pronounced,
                note,
            }),
            Act::Commute => SentenceCommand::Commute(Commute {
                component: self.component(typed, errors),
                to: record::sanction(typed, &self.law, errors)?,
                pronounced,
                note,
            }),
            Act::Complete => SentenceCommand::Complete { on: pronounced },
            // They replace the whole decision, and have a form of their own.
            Act::Vary | Act::Resentence => return None,
        })
    }

    fn refused(refusal: &SentenceRefusal, errors: &mut Errors) {
        let field = match refusal.field().as_str() {
            "pronounced" => "pronounced",
            "component" => "component",
            "part" => "part",
            "to" => "disposal",
            _ => "",
        };
        errors.say(field, record::refusal_in_words(refusal));
    }

    fn page(&self, typed: &Typed, errors: &Errors) -> Page {
        let decision = self.found.state.decision();
        let name = name_of(&self.id, decision);
        let home = format!("/sentences/{}", self.id);
        let stands = decision.map(|d| sentence_case(&d.in_words(&self.law)));
        let stands = stands.unwrap_or_default();
        let frame = self
            .visitor
            .frame(self.act.title())
            .kicker(format!("Sentence {name}"))
            .lede(format!("{stands}. It is {}.", self.found.state.title()))
            .trail(vec![
                Link::new(self.visitor.to("/sentences"), "Register"),
                Link::new(self.visitor.to(&home), "Sentence"),
            ])
            .reference(name);
        let guard = self.visitor.guard(&frame).for_version(self.found.version);
        let action = format!("{home}/{}", self.act.word());
        let mut form = Form::new(action, guard, self.act.title());
        if let Some(said) = self.act.consequence() {
            form = form.part(Part::Warning(Warning {
                text: said.to_owned(),
            }));
        }
        form = self.asks(form, typed, errors);
        let label = match self.act {
            Act::LodgeAppeal => "Lodged on",
            Act::StartCustody => "Began on",
            Act::EndCustody => "Ended on",
            Act::Complete => "Done on",
            _ => "Decided on",
        };
        let date = now_field(typed, "pronounced", (label, "now"), &self.law)
            .error(errors.at("pronounced"));
        form = form.field(date);
        if self.act.asks_why() {
            let note = typed.get("note").unwrap_or_default();
            let note = Field::textarea("note", "Why", 4, note)
                .hint("Stored encrypted. It can be erased later; the step itself stays.")
                .error(errors.at("note"));
            form = form.field(note);
        }
        let form = record::unplaced(form, errors);
        Page::new(frame).form(&form.cancel(home, "Cancel"))
    }

    /// What is asked of this act alone.
    fn asks(&self, form: Form, typed: &Typed, errors: &Errors) -> Form {
        let form = match self.components().as_slice() {
            [] => form,
            [one] => {
                let words = self.words(*one);
                form.part(Part::Summary(
                    SummaryList::default().row("Component", Value::text(words)),
                ))
                .carry("component", one.to_string())
            }
            several => {
                let first = Choice::new("", "Choose the component");
                let choices = several.iter().map(|no| {
                    Choice::new(no.to_string(), format!("{no}: {}", self.words(*no)))
                        .chosen_if(typed.get("component") == Some(no.to_string().as_str()))
                });
                let choices = std::iter::once(first).chain(choices).collect();
                let field = Field::select("component", "Component", choices);
                form.field(field.error(errors.at("component")))
            }
        };
        match self.act {
            Act::LodgeAppeal => form.field(by(typed).error(errors.at("by"))),
            Act::CreditRemand => {
                let value = typed.get("days").unwrap_or_default();
                let days = Field::number("days", "Days credited in all", "days", value)
                    .hint("This replaces what was credited before.");
                form.field(days.error(errors.at("days")))
            }
            Act::Activate => {
                let part = record::length_field(typed, "part", "Part activated")
                    .hint("Leave it empty to activate the whole term.");
                form.field(part.optional().error(errors.at("part")))
            }
            Act::Commute => record::sanction_fields(form, typed, &self.law, errors),
            Act::Withdraw
            | Act::DismissAppeal
            | Act::Vary
            | Act::Quash
            | Act::Pardon
            | Act::StartCustody
            | Act::EndCustody
            | Act::Resentence
            | Act::Complete => form,
        }
    }

    fn words(&self, no: ComponentNo) -> String {
        let component = self.found.state.decision().and_then(|d| d.component(no));
        let words = component.map(|c| sentence_case(&c.in_words(&self.law)));
        words.unwrap_or_else(|| no.to_string())
    }
}

fn by(typed: &Typed) -> Field {
    let choice = |value: &str, label: &str| {
        Choice::new(value, label).chosen_if(typed.get("by") == Some(value))
    };
    let choices = vec![
        choice("person", "The person sentenced"),
        choice("prosecution", "The prosecution"),
        choice("other", "Another party"),
    ];
    Field::radios("by", "Who appeals", choices)
}

fn appellant(typed: &Typed, errors: &mut Errors) -> Option<Appellant> {
    match typed.get("by") {
        Some("person") => Some(Appellant::Person),
        Some("prosecution") => Some(Appellant::Prosecution),
        Some("other") => Some(Appellant::Other),
        _ => {
            errors.say("by", "Choose who appeals");
            None
        }
    }
}

fn days(typed: &Typed, errors: &mut Errors) -> Option<u32> {
    let Some(text) = typed.get("days") else {
        errors.say("days", "Give the days, or 0");
        return None;
    };
    let read = record::whole(text, "the days in custody");
    read.map_err(|said| errors.say("days", said)).ok()
}
