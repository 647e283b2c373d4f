//! The rules of complaints, each with a case that passes and one that does not.

mod answering;
mod submission;

use super::{
    About, AnswerComplaint, AssignComplaint, Complaint, ComplaintCommand, Declared, DeclaredIn,
    EscalateComplaint, RecordNamed, ReopenComplaint, ResolveComplaint, SubmitComplaint,
    SubmitWithoutPerson, Submitter, WithdrawComplaint,
};
use crate::act::{Facts, Reference};
use crate::actor::{Actor, Role};
use crate::personal::{DataClass, PersonalText};
use crate::testing::doors;
use crate::testing::samples::{self, code, on, person};
use crate::values::{Known, Occurred, OfficeCode, SubjectId, Told};

fn facts() -> Facts {
    facts_of(Role::Clerk)
}

/// The facts as somebody in a role has them, who signs in as `head-1`.
fn facts_of(role: Role) -> Facts {
    let facts = doors::facts_of(role, [Reference::Person(person(1))]);
    as_somebody("head-1", facts)
}

/// The facts as somebody else has them.
fn as_somebody(name: &str, facts: Facts) -> Facts {
    let actor = Actor {
        subject: somebody(name),
        ..facts.actor.clone()
    };
    Facts { actor, ..facts }
}

fn text() -> PersonalText {
    samples::sealed(DataClass::Supervision)
}

fn somebody(name: &str) -> SubjectId {
    SubjectId::parse(name).unwrap()
}

fn office(code: &str) -> OfficeCode {
    OfficeCode::parse(code).unwrap()
}

/// A complaint about the conduct of an officer, submitted by the person on 10 February 2026.
fn submission() -> SubmitComplaint {
    SubmitComplaint {
        person: person(1),
        done: on("2026-02-10"),
        by: Submitter::Person,
        kind: code("staff"),
        about: About::Record(RecordNamed {
            kind: code("supervision"),
            id: code("1f0c"),
        }),
        subject_of: Some(somebody("officer-3")),
        described: None,
        text: Some(text()),
        paper: None,
    }
}

/// A complaint that names nobody, submitted on 10 February 2026.
fn unnamed() -> SubmitWithoutPerson {
    SubmitWithoutPerson {
        done: on("2026-02-10"),
        by: Submitter::Anonymous,
        kind: code("living"),
        about: About::Facility(code("north")),
        subject_of: None,
        described: None,
        paper: Some("2026/17".parse().unwrap()),
    }
}

fn submit() -> ComplaintCommand {
    ComplaintCommand::Submit(submission())
}

/// A complaint with something changed, at any moment.
fn submitting(change: impl Fn(&mut SubmitComplaint)) -> impl Fn(Occurred) -> ComplaintCommand {
    move |done| {
        let mut wish = submission();
        wish.done = done;
        change(&mut wish);
        ComplaintCommand::Submit(wish)
    }
}

fn assign(done: Occurred) -> ComplaintCommand {
    ComplaintCommand::Assign(AssignComplaint {
        done,
        responder: somebody("head-1"),
        office: office("probation-head"),
        acknowledged: Known::Value(Told::Yes),
    })
}

/// An answer with something changed, at any moment.
fn answering(change: impl Fn(&mut AnswerComplaint)) -> impl Fn(Occurred) -> ComplaintCommand {
    move |done| {
        let mut wish = AnswerComplaint {
            done,
            responder: somebody("head-1"),
            outcome: code("upheld"),
            redress: Some(code("apology")),
            reasons: Some(text()),
            route_told: Known::Value(Told::Yes),
            declares: None,
        };
        change(&mut wish);
        ComplaintCommand::Answer(wish)
    }
}

fn answer(done: Occurred) -> ComplaintCommand {
    answering(|_| {})(done)
}

fn escalate(level: &'static str) -> impl Fn(Occurred) -> ComplaintCommand {
    move |done| {
        ComplaintCommand::Escalate(EscalateComplaint {
            done,
            level: code(level),
            to: office("inspectorate"),
            reason: code("no-answer"),
        })
    }
}

/// A settlement with something changed, at any moment.
fn resolving(change: impl Fn(&mut ResolveComplaint)) -> impl Fn(Occurred) -> ComplaintCommand {
    move |done| {
        let mut wish = ResolveComplaint {
            done,
            by: somebody("head-1"),
            outcome: code("settled"),
            redress: None,
            reasons: None,
            declares: None,
        };
        change(&mut wish);
        ComplaintCommand::Resolve(wish)
    }
}

fn resolve(done: Occurred) -> ComplaintCommand {
    resolving(|_| {})(done)
}

fn reopen(done: Occurred) -> ComplaintCommand {
    ComplaintCommand::Reopen(ReopenComplaint {
        done,
        reason: code("new-facts"),
    })
}

fn withdraw(by: Submitter) -> impl Fn(Occurred) -> ComplaintCommand {
    withdraw_declared(by, Some(declared("2026-02-10")))
}

fn withdraw_declared(
    by: Submitter,
    declared: Option<Declared>,
) -> impl Fn(Occurred) -> ComplaintCommand {
    move |done| {
        ComplaintCommand::Withdraw(WithdrawComplaint {
            done,
            by,
            declared: declared.clone(),
        })
    }
}

/// In writing, on a day.
fn declared(on: &str) -> Declared {
    Declared {
        form: DeclaredIn::Writing,
        on: on.parse().unwrap(),
        paper: None,
    }
}

fn submitted() -> Complaint {
    doors::after(&facts(), [submit()])
}

fn submitted_with(change: impl Fn(&mut SubmitComplaint)) -> Complaint {
    doors::after(&facts(), [submitting(change)(on("2026-02-10"))])
}

/// The complaint after some more.
fn after(commands: impl IntoIterator<Item = ComplaintCommand>) -> Complaint {
    doors::after(&facts(), [submit()].into_iter().chain(commands))
}
