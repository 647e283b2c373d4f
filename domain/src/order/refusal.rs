//! What may stand in the way of a step of an order.

use super::terms::ClockTime;
use crate::act::{Refusal, choose};
use crate::values::{
    AppointmentNo, BreachNo, CivilDate, Code, Day, Length, Occurred, OfficeCode, Quantity,
    RequirementNo, SentenceId, WarningNo,
};

/// How to go on from a state in which a step is not possible.
fn way_out(state: &str) -> &'static str {
    match state {
        "not recorded" => "make the order first",
        _ => "correct what was recorded, or make another order",
    }
}

/// A rule that stands in the way, with its values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrderRefusal {
    /// O-1.
    #[error("an order is made under this id already: take a new id")]
    AlreadyMade,
    /// O-1.
    #[error(
        "sentence {sentence} is no sentence of this person that is in force: name it, or impose it first"
    )]
    SentenceNotInForce {
        /// The sentence named.
        sentence: SentenceId,
    },
    /// O-1.
    #[error("the order has no requirement and asks nothing of the person: name at least one")]
    NoRequirement,
    /// O-2.
    #[error("{done} lies in the future: it is recorded when it has happened")]
    InTheFuture {
        /// The time given.
        done: Occurred,
    },
    /// O-2.
    #[error(
        "appointment {appointment} is at {at} on {on}, which has not come yet: what came of it can be recorded from {at} \
         on {on}"
    )]
    BeforeItsHour {
        /// The appointment.
        appointment: AppointmentNo,
        /// Its day.
        on: Day,
        /// Its hour, by the clocks of the jurisdiction.
        at: ClockTime,
    },
    /// O-2.
    #[error("{on} lies in the future: give the day on which the conditions were explained")]
    ExplainedToCome {
        /// The date given.
        on: CivilDate,
    },
    /// O-2.
    #[error("{done} lies before the order was made on {made}: give when it was done")]
    BeforeTheMaking {
        /// The time given.
        done: Occurred,
        /// When the order was made.
        made: Occurred,
    },
    /// O-2.
    #[error("{done} lies before the breach was alleged on {alleged}: give when it was decided")]
    BeforeTheAllegation {
        /// The time given.
        done: Occurred,
        /// When the breach was alleged.
        alleged: Occurred,
    },
    /// O-3.
    #[error("there is no requirement {requirement} in this order: name one of its requirements")]
    NoSuchRequirement {
        /// The number given.
        requirement: RequirementNo,
    },
    /// O-3.
    #[error("requirement {requirement} was ended: name one that goes on, or have a new one added")]
    RequirementEnded {
        /// The number given.
        requirement: RequirementNo,
    },
    /// O-3.
    #[error("there is no appointment {appointment} in this order: name one of its appointments")]
    NoSuchAppointment {
        /// The number given.
        appointment: AppointmentNo,
    },
    /// O-3.
    #[error("there is no open warning {warning} in this order: name one that was not withdrawn")]
    NoSuchWarning {
        /// The number given.
        warning: WarningNo,
    },
    /// O-3.
    #[error("there is no open breach {breach} in this order: name one that waits for a decision")]
    NoSuchBreach {
        /// The number given.
        breach: BreachNo,
    },
    /// O-4.
    #[error(
        "{what} is said to end on {given} and ends on {counted} by its start and length: give one of them"
    )]
    EndsElsewhere {
        /// The order, or the kind of requirement.
        what: String,
        /// The last day given.
        given: Day,
        /// The last day counted.
        counted: Day,
    },
    /// O-4.
    #[error("{what} ends on {ends}, before it starts on {starts}")]
    EndsBeforeStart {
        /// The order, or the kind of requirement.
        what: String,
        /// The last day.
        ends: Day,
        /// The first day.
        starts: CivilDate,
    },
    /// O-4.
    #[error(
        "{length} of {what} is not a calendar term: give whole years, months and days",
        length = length.in_words()
    )]
    NotACalendarTerm {
        /// The order, or the kind of requirement.
        what: String,
        /// The length given.
        length: Length,
    },
    /// O-5.
    #[error(
        "the order ends on {order}, before its {kind} on {requirement}: lengthen the order or shorten the requirement"
    )]
    OrderEndsFirst {
        /// The last day of the order.
        order: Day,
        /// The kind of requirement.
        kind: Code,
        /// The last day of the requirement.
        requirement: Day,
    },
    /// O-5.
    #[error(
        "{what} of {length} is longer than the {longest} that the law allows: shorten it",
        length = length.in_words(), longest = longest.in_words()
    )]
    TooLong {
        /// The order, or the kind of requirement.
        what: String,
        /// The length given.
        length: Length,
        /// The longest allowed.
        longest: Length,
    },
    /// O-6.
    #[error("{kind} is not a requirement of this jurisdiction: choose one of its list")]
    UnknownKind {
        /// The kind given.
        kind: Code,
    },
    /// O-6.
    #[error("{kind} says neither how much nor how long: give its amount or its length")]
    QuantityMissing {
        /// The kind of requirement.
        kind: Code,
    },
    /// O-6.
    #[error("{what} has an amount or a length of zero: give what is owed")]
    Nothing {
        /// The order, or the kind of requirement.
        what: String,
    },
    /// O-6.
    #[error("{kind} is counted in {unit}: give the amount in that unit")]
    WrongUnit {
        /// The kind of requirement.
        kind: Code,
        /// The unit it is counted in.
        unit: &'static str,
    },
    /// O-6.
    #[error(
        "{amount} of {kind} is outside the {least} to {most} that the law allows: give an amount within"
    )]
    OutsideLimits {
        /// The kind of requirement.
        kind: Code,
        /// The amount given.
        amount: Quantity,
        /// The least allowed.
        least: Quantity,
        /// The most allowed.
        most: Quantity,
    },
    /// O-6.
    #[error(
        "{kind} needs the person's consent, which is not recorded as given: record it, or leave {kind} out"
    )]
    ConsentMissing {
        /// The kind of requirement.
        kind: Code,
    },
    /// O-7.
    #[error("{on} lies before the order begins {}: give a later date", starts.when())]
    BeforeTheStart {
        /// The date given.
        on: CivilDate,
        /// When it begins.
        starts: CivilDate,
    },
    /// O-8.
    #[error("appointment {appointment} is recorded already: correct it")]
    AlreadyRecorded {
        /// The appointment.
        appointment: AppointmentNo,
    },
    /// O-8.
    #[error("nothing is recorded of appointment {appointment} yet: record it")]
    NotYetRecorded {
        /// The appointment.
        appointment: AppointmentNo,
    },
    /// O-8.
    #[error("the correction changes nothing: give what should read differently")]
    ChangesNothing,
    /// O-9.
    #[error("{outcome} gives no credit and {credit} is credited: leave the credit out")]
    GivesNoCredit {
        /// The outcome.
        outcome: Code,
        /// The credit given.
        credit: Quantity,
    },
    /// O-9.
    #[error(
        "{outcome} gives credit in {unit} and none is said: enter how much, or 0 where nothing is credited"
    )]
    CreditUnsaid {
        /// The outcome.
        outcome: Code,
        /// The unit in which the requirement is counted.
        unit: &'static str,
    },
    /// O-10.
    #[error("nothing is credited or reversed: give an amount above zero")]
    CreditZero,
    /// O-10.
    #[error("{kind} is not counted, it only lasts: nothing can be credited to it")]
    NotCounted {
        /// The kind of requirement.
        kind: Code,
    },
    /// O-10.
    #[error("{credit} is more than the {most} that one entry may credit: enter it in parts")]
    AboveCeiling {
        /// The credit given.
        credit: Quantity,
        /// The most that one entry may credit.
        most: Quantity,
    },
    /// O-10.
    #[error("{credit} is more than the {owed} that are left of requirement {requirement}")]
    MoreThanOwed {
        /// The requirement.
        requirement: RequirementNo,
        /// The credit given.
        credit: Quantity,
        /// What is left.
        owed: Quantity,
    },
    /// O-11.
    #[error("{quantity} is more than the {credited} that could be reversed")]
    MoreThanCredited {
        /// What was to be reversed.
        quantity: Quantity,
        /// What is credited.
        credited: Quantity,
    },
    /// O-12.
    #[error(
        "what hangs on appointment {appointment} is not what the correction lists: look at it again and confirm"
    )]
    ConsequencesDiffer {
        /// The appointment.
        appointment: AppointmentNo,
    },
    /// O-12.
    #[error(
        "breach {breach} was decided on facts that include appointment {appointment}: put the correction before the court"
    )]
    RestsOnCorrected {
        /// The breach.
        breach: BreachNo,
        /// The appointment.
        appointment: AppointmentNo,
    },
    /// O-12.
    #[error(
        "without appointment {appointment} {failures} failures within {months} months are left for breach {breach}, fewer than the {asked} that the policy asks: look whether the allegation is withdrawn"
    )]
    RestsOnTooFew {
        /// The breach.
        breach: BreachNo,
        /// The appointment that was corrected.
        appointment: AppointmentNo,
        /// The failures left.
        failures: u32,
        /// The failures asked.
        asked: u32,
        /// Over how many months.
        months: u32,
    },
    /// O-13.
    #[error("the warning names no failure: say which appointments it is for")]
    WarnsOfNothing,
    /// O-13.
    #[error("appointment {appointment} is no failure that may be enforced: leave it out")]
    NoFailure {
        /// The appointment.
        appointment: AppointmentNo,
    },
    /// O-14.
    #[error("the allegation names neither a requirement nor an appointment: say what is breached")]
    AllegesNothing,
    /// O-14.
    #[error("breach {breach} is open on the same facts: it is decided first")]
    AllegedAlready {
        /// The open breach.
        breach: BreachNo,
    },
    /// O-14.
    #[error(
        "{failures} failures within {months} months are fewer than the {asked} that the policy asks: state why the court should hear it"
    )]
    TooFewFailures {
        /// The failures counted.
        failures: u32,
        /// The failures asked.
        asked: u32,
        /// Over how many months.
        months: u32,
    },
    /// O-15.
    #[error("{owed} are left of requirement {requirement}: credit them, or give a reason")]
    StillOwed {
        /// The requirement.
        requirement: RequirementNo,
        /// What is left.
        owed: Quantity,
    },
    /// O-15.
    #[error("{what} lasts until {ends}: wait, or give a reason")]
    StillLasts {
        /// The order, or the kind of requirement.
        what: String,
        /// Its last day.
        ends: Day,
    },
    /// O-15.
    #[error("breach {breach} waits for a decision: have it decided, or give a reason")]
    BreachOpen {
        /// The breach.
        breach: BreachNo,
    },
    /// O-16.
    #[error(
        "{code} is not in the list of {list} of this jurisdiction: {}",
        choose(known)
    )]
    UnknownCode {
        /// The list.
        list: &'static str,
        /// The code given.
        code: Code,
        /// The codes there are.
        known: Vec<Code>,
    },
    /// O-16.
    #[error("{office} is not an office of this jurisdiction: choose one of its list")]
    UnknownOffice {
        /// The office given.
        office: OfficeCode,
    },
    /// O-16.
    #[error("the breach is proven and no response is named: say what the court did")]
    NoResponse,
    /// O-17.
    #[error("the order is {state}: {wish} is not possible; {}", way_out(state))]
    NotPossible {
        /// The state it is in.
        state: &'static str,
        /// What was wished.
        wish: &'static str,
    },
    /// O-17.
    #[error(
        "the order was {state} {}, and {wish} is told {}: look which of the two is right",
        ended.when(), done.when()
    )]
    EndedAlready {
        /// The state it is in.
        state: &'static str,
        /// When it ended.
        ended: CivilDate,
        /// What is told.
        wish: &'static str,
        /// When that is said to have been.
        done: CivilDate,
    },
    /// TR-11.1.
    #[error("{on} lies after the end {}: nothing is asked of the person any more", ends.when())]
    AfterTheEnd {
        /// The date given.
        on: CivilDate,
        /// The last day.
        ends: CivilDate,
    },
    /// TR-12.3.
    #[error(
        "no explanation of the conditions, orally and in writing, is recorded from before the facts: without it no breach is decided"
    )]
    NotExplained,
    /// TR-12.3.
    #[error(
        "the conditions were not explained orally and in writing before the facts: on this explanation no breach can be proven; record another from before the facts, or explain them now"
    )]
    ExplainedTooLittle,
    /// TR-14.2.
    #[error(
        "the account of {whose} is missing: record it, or that the chance to give it was not used"
    )]
    AccountMissing {
        /// The officer or the person.
        whose: &'static str,
    },
    /// TR-14.3.
    #[error("{wish} is decided by people: no process of the register may do it")]
    NotForSoftware {
        /// What was wished.
        wish: &'static str,
    },
    /// TR-14.4.
    #[error(
        "the response is custody and no alternative is recorded as considered: name those considered"
    )]
    AlternativesNotConsidered,
    /// TR-14.6.
    #[error(
        "nothing says that the person was told how to appeal: tell it, and record that it was told"
    )]
    AppealUntold,
}

impl Refusal for OrderRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyMade => "order.already-made",
            Self::SentenceNotInForce { .. } => "order.sentence-not-in-force",
            Self::NoRequirement => "order.no-requirement",
            Self::InTheFuture { .. } => "order.in-the-future",
            Self::BeforeItsHour { .. } => "order.before-its-hour",
            Self::BeforeTheMaking { .. } => "order.before-the-making",
            Self::BeforeTheAllegation { .. } => "order.before-the-allegation",
            Self::NoSuchRequirement { .. } => "order.no-such-requirement",
            Self::RequirementEnded { .. } => "order.requirement-ended",
            Self::NoSuchAppointment { .. } => "order.no-such-appointment",
            Self::NoSuchWarning { .. } => "order.no-such-warning",
            Self::NoSuchBreach { .. } => "order.no-such-breach",
            Self::EndsElsewhere { .. } => "order.ends-elsewhere",
            Self::EndsBeforeStart { .. } => "order.ends-before-start",
            Self::NotACalendarTerm { .. } => "order.not-a-calendar-term",
            Self::OrderEndsFirst { .. } => "order.order-ends-first",
            Self::TooLong { .. } => "order.too-long",
            Self::UnknownKind { .. } => "order.unknown-kind",
            Self::QuantityMissing { .. } => "order.quantity-missing",
            Self::Nothing { .. } => "order.nothing",
            Self::WrongUnit { .. } => "order.wrong-unit",
            Self::OutsideLimits { .. } => "order.outside-limits",
            Self::ConsentMissing { .. } => "order.consent-missing",
            Self::BeforeTheStart { .. } => "order.before-the-start",
            Self::AlreadyRecorded { .. } => "order.already-recorded",
            Self::NotYetRecorded { .. } => "order.not-yet-recorded",
            Self::ChangesNothing => "order.changes-nothing",
            Self::GivesNoCredit { .. } => "order.gives-no-credit",
            Self::CreditZero => "order.credit-zero",
            Self::NotCounted { .. } => "order.not-counted",
            Self::AboveCeiling { .. } => "order.above-ceiling",
            Self::MoreThanOwed { .. } => "order.more-than-owed",
            Self::MoreThanCredited { .. } => "order.more-than-credited",
            Self::ConsequencesDiffer { .. } => "order.consequences-differ",
            Self::RestsOnCorrected { .. } => "order.rests-on-corrected",
            Self::WarnsOfNothing => "order.warns-of-nothing",
            Self::NoFailure { .. } => "order.no-failure",
            Self::AllegesNothing => "order.alleges-nothing",
            Self::AllegedAlready { .. } => "order.alleged-already",
            Self::TooFewFailures { .. } => "order.too-few-failures",
            Self::StillOwed { .. } => "order.still-owed",
            Self::StillLasts { .. } => "order.still-lasts",
            Self::BreachOpen { .. } => "order.breach-open",
            Self::UnknownCode { .. } => "order.unknown-code",
            Self::UnknownOffice { .. } => "order.unknown-office",
            Self::NoResponse => "order.no-response",
            Self::NotPossible { .. } => "order.not-possible",
            Self::EndedAlready { .. } => "order.ended-already",
            Self::AfterTheEnd { .. } => "order.after-the-end",
            Self::NotExplained => "order.not-explained",
            Self::ExplainedTooLittle => "order.explained-too-little",
            Self::ExplainedToCome { .. } => "order.explained-to-come",
            Self::RestsOnTooFew { .. } => "order.rests-on-too-few",
            Self::CreditUnsaid { .. } => "order.credit-unsaid",
            Self::AccountMissing { .. } => "order.account-missing",
            Self::NotForSoftware { .. } => "order.not-for-software",
            Self::AlternativesNotConsidered => "order.alternatives-not-considered",
            Self::AppealUntold => "order.appeal-untold",
        }
    }

    fn rule(&self) -> &'static str {
        match self {
            Self::AlreadyMade | Self::SentenceNotInForce { .. } | Self::NoRequirement => "O-1",
            Self::InTheFuture { .. }
            | Self::BeforeItsHour { .. }
            | Self::ExplainedToCome { .. }
            | Self::BeforeTheMaking { .. }
            | Self::BeforeTheAllegation { .. } => "O-2",
            Self::NoSuchRequirement { .. }
            | Self::RequirementEnded { .. }
            | Self::NoSuchAppointment { .. }
            | Self::NoSuchWarning { .. }
            | Self::NoSuchBreach { .. } => "O-3",
            Self::EndsElsewhere { .. }
            | Self::EndsBeforeStart { .. }
            | Self::NotACalendarTerm { .. } => "O-4",
            Self::OrderEndsFirst { .. } | Self::TooLong { .. } => "O-5",
            Self::UnknownKind { .. }
            | Self::QuantityMissing { .. }
            | Self::Nothing { .. }
            | Self::WrongUnit { .. }
            | Self::OutsideLimits { .. }
            | Self::ConsentMissing { .. } => "O-6",
            Self::BeforeTheStart { .. } => "O-7",
            Self::AlreadyRecorded { .. } | Self::NotYetRecorded { .. } | Self::ChangesNothing => {
                "O-8"
            }
            Self::GivesNoCredit { .. } | Self::CreditUnsaid { .. } => "O-9",
            Self::CreditZero
            | Self::NotCounted { .. }
            | Self::AboveCeiling { .. }
            | Self::MoreThanOwed { .. } => "O-10",
            Self::MoreThanCredited { .. } => "O-11",
            Self::ConsequencesDiffer { .. }
            | Self::RestsOnCorrected { .. }
            | Self::RestsOnTooFew { .. } => "O-12",
            Self::WarnsOfNothing | Self::NoFailure { .. } => "O-13",
            Self::AllegesNothing | Self::AllegedAlready { .. } | Self::TooFewFailures { .. } => {
                "O-14"
            }
            Self::StillOwed { .. } | Self::StillLasts { .. } | Self::BreachOpen { .. } => "O-15",
            Self::UnknownCode { .. } | Self::UnknownOffice { .. } | Self::NoResponse => "O-16",
            Self::NotPossible { .. } | Self::EndedAlready { .. } => "O-17",
            Self::AfterTheEnd { .. } => "TR-11.1",
            Self::NotExplained | Self::ExplainedTooLittle => "TR-12.3",
            Self::AccountMissing { .. } => "TR-14.2",
            Self::NotForSoftware { .. } => "TR-14.3",
            Self::AlternativesNotConsidered => "TR-14.4",
            Self::AppealUntold => "TR-14.6",
        }
    }

    fn field(&self) -> String {
        match self {
            Self::SentenceNotInForce { .. } => "sentence",
            Self::NoRequirement | Self::AllegesNothing => "requirements",
            Self::InTheFuture { .. } | Self::BeforeTheMaking { .. } => "done",
            Self::BeforeTheAllegation { .. } => "pronounced",
            Self::NoSuchRequirement { .. }
            | Self::RequirementEnded { .. }
            | Self::NotCounted { .. } => "requirement",
            Self::NoSuchAppointment { .. }
            | Self::BeforeItsHour { .. }
            | Self::AlreadyRecorded { .. }
            | Self::NotYetRecorded { .. } => "appointment",
            Self::NoSuchWarning { .. } => "warning",
            Self::NoSuchBreach { .. } | Self::BreachOpen { .. } => "breach",
            Self::EndsElsewhere { .. } | Self::EndsBeforeStart { .. } => "ends",
            Self::NotACalendarTerm { .. } | Self::TooLong { .. } => "length",
            Self::OrderEndsFirst { .. } => "requirements.ends",
            Self::UnknownKind { .. } => "kind",
            Self::QuantityMissing { .. }
            | Self::Nothing { .. }
            | Self::WrongUnit { .. }
            | Self::OutsideLimits { .. }
            | Self::MoreThanCredited { .. } => "quantity",
            Self::ConsentMissing { .. } => "consent",
            Self::BeforeTheStart { .. } | Self::AfterTheEnd { .. } => "on",
            Self::ChangesNothing => "outcome",
            Self::GivesNoCredit { .. }
            | Self::CreditUnsaid { .. }
            | Self::CreditZero
            | Self::AboveCeiling { .. }
            | Self::MoreThanOwed { .. } => "credit",
            Self::ConsequencesDiffer { .. }
            | Self::RestsOnCorrected { .. }
            | Self::RestsOnTooFew { .. } => "consequences",
            Self::WarnsOfNothing | Self::NoFailure { .. } | Self::AllegedAlready { .. } => {
                "appointments"
            }
            Self::TooFewFailures { .. } => "statement",
            Self::StillOwed { .. } | Self::StillLasts { .. } => "reason",
            Self::UnknownCode { list, .. } => list,
            Self::UnknownOffice { .. } => "office",
            Self::NoResponse => "responses",
            Self::NotExplained | Self::ExplainedTooLittle | Self::ExplainedToCome { .. } => {
                "explained"
            }
            Self::AccountMissing {
                whose: "the officer",
            } => "officer_account",
            Self::AccountMissing { .. } => "person_account",
            Self::AlternativesNotConsidered => "alternatives_considered",
            Self::AppealUntold => "appeal_told",
            Self::AlreadyMade
            | Self::NotPossible { .. }
            | Self::EndedAlready { .. }
            | Self::NotForSoftware { .. } => "",
        }
        .to_owned()
    }
}
