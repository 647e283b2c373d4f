//! What may stand in the way of a sentence.

use std::fmt;

use super::decision::SanctionKind;
use crate::act::{Refusal, choose};
use crate::actor::Role;
use crate::jurisdiction::Ask;
use crate::values::{
    CivilDate, Code, ComponentNo, CountNo, Length, Occurred, OffenceCode, Quantity, SentenceId,
    days_in_words,
};

/// A list of the pack that a code of a sentence is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeList {
    /// Courts.
    Courts,
    /// What made the case graver.
    Aggravating,
    /// What made it lighter.
    Mitigating,
    /// Why a court left the range.
    Departures,
    /// Non-custodial options.
    Options,
    /// What a sentence is for.
    Purposes,
    /// Circumstances and their answers.
    Circumstances,
    /// Levels of the gravity policies.
    Gravity,
    /// Broad categories of offences.
    Categories,
    /// Measures beside or in place of a penalty.
    Measures,
    /// Rules that let a term exceed the maximum.
    Uplifts,
    /// The currency of fines.
    Currencies,
    /// Why a slip was corrected.
    Corrections,
    /// Why a draft was taken back, an appeal dismissed, a decision quashed or pardoned.
    Steps,
}

impl CodeList {
    /// The words for the codes of the list.
    pub fn title(self) -> &'static str {
        match self {
            Self::Courts => "courts",
            Self::Aggravating => "aggravating factors",
            Self::Mitigating => "mitigating factors",
            Self::Departures => "reasons for departure",
            Self::Options => "non-custodial options",
            Self::Purposes => "purposes of a sentence",
            Self::Circumstances => "circumstances and their answers",
            Self::Gravity => "levels of gravity",
            Self::Categories => "categories of offences",
            Self::Measures => "measures",
            Self::Uplifts => "rules that allow more than the maximum",
            Self::Currencies => "currencies",
            Self::Corrections => "reasons for correction",
            Self::Steps => "reasons for such a step",
        }
    }

    fn field(self) -> &'static str {
        match self {
            Self::Courts => "decision.court",
            Self::Aggravating => "decision.aggravating",
            Self::Mitigating => "decision.mitigating",
            Self::Departures => "decision.counts.departure.reasons",
            Self::Options => "decision.alternatives_considered",
            Self::Purposes => "decision.weighed.purposes",
            Self::Circumstances => "decision.circumstances",
            Self::Gravity => "decision.counts.gravity",
            Self::Categories => "decision.counts.offence.category",
            Self::Uplifts => "decision.counts.components.uplift",
            Self::Measures | Self::Currencies => "decision.counts.components.sanction",
            Self::Corrections | Self::Steps => "reason",
        }
    }
}

/// Under what figures file an offence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filing {
    /// The international class.
    Class,
    /// The broad category.
    Category,
    /// The level of gravity.
    Gravity,
}

impl Filing {
    /// The words that people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Class => "international class",
            Self::Category => "category",
            Self::Gravity => "level of gravity",
        }
    }

    fn field(self) -> &'static str {
        match self {
            Self::Class => "offence.iccs",
            Self::Category => "offence.category",
            Self::Gravity => "gravity",
        }
    }
}

impl fmt::Display for CodeList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}

/// A rule that stands in the way, with its values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SentenceRefusal {
    /// S-1.
    #[error("the decision has no count: add what the person is sentenced for")]
    NoCount,
    /// S-1.
    #[error("count {count} imposes nothing: add a component, if only a discharge")]
    NothingImposed {
        /// The count.
        count: CountNo,
    },
    /// S-2.
    #[error(
        "count {count} or one of its components has a number that is used twice: number counts and components once, from 1"
    )]
    NumberedTwice {
        /// The count.
        count: CountNo,
    },
    /// S-2.
    #[error("count {count} or one of its components has the number 0: number them from 1")]
    NumberedZero {
        /// The count.
        count: CountNo,
    },
    /// S-2.
    #[error(
        "component {component} is the number of the order that is replaced: give the new order a number of its own"
    )]
    NumberedAsReplaced {
        /// The component.
        component: ComponentNo,
    },
    /// S-3.
    #[error("component {component} does not exist in this decision: name one of its components")]
    NoSuchComponent {
        /// The component referred to.
        component: ComponentNo,
    },
    /// S-4.
    #[error(
        "the consecutive terms form a circle through component {component}: each term must follow one that does not wait for it"
    )]
    CircularTerms {
        /// A component on the circle.
        component: ComponentNo,
    },
    /// S-5.
    #[error("{pronounced} lies in the future: a decision is recorded when it has been pronounced")]
    InTheFuture {
        /// The time given.
        pronounced: Occurred,
    },
    /// S-5.
    #[error(
        "{pronounced} lies before 1900: look whether the year is right, and write it whole, such as 2024"
    )]
    OfAnotherAge {
        /// The time given.
        pronounced: Occurred,
    },
    /// S-5.
    #[error("{given} lies before the decision of {decided}: give when the step was taken after it")]
    BeforeTheDecision {
        /// The time given.
        given: Occurred,
        /// When the decision was pronounced.
        decided: Occurred,
    },
    /// S-5.
    #[error(
        "{given} lies before the {what} of {happened} that it ends: give when it came after it"
    )]
    BeforeItBegan {
        /// The time given.
        given: Occurred,
        /// What it ends: the appeal, the custody.
        what: &'static str,
        /// When that began.
        happened: Occurred,
    },
    /// S-5.
    #[error(
        "count {count}: the offence of {committed} lies after the decision of {decided}: correct one of them"
    )]
    OffenceAfterDecision {
        /// The count.
        count: CountNo,
        /// When the offence was committed.
        committed: CivilDate,
        /// When it was decided.
        decided: CivilDate,
    },
    /// S-6.
    #[error("component {component}: the {kind} has no quantity: give its length, amount or hours")]
    QuantityMissing {
        /// The component.
        component: ComponentNo,
        /// Its kind.
        kind: SanctionKind,
    },
    /// S-6.
    #[error("component {component}: the {kind} has a quantity of zero: give what was imposed")]
    QuantityZero {
        /// The component.
        component: ComponentNo,
        /// Its kind.
        kind: SanctionKind,
    },
    /// S-6.
    #[error(
        "{} of custody before the decision are credited, and at most {} lie between the earliest offence and the decision: correct the days, or the day of the offence",
        days_in_words(*.days), days_in_words(*.most)
    )]
    RemandBeforeOffence {
        /// Days credited.
        days: u32,
        /// The most days there were.
        most: u32,
    },
    /// S-7.
    #[error(
        "component {component}: {length} is not a calendar term: give whole years, months and days",
        length = length.in_words()
    )]
    NotACalendarTerm {
        /// The component.
        component: ComponentNo,
        /// The length given.
        length: Length,
    },
    /// S-8.
    #[error(
        "component {component} is one of several terms of custody and does not say whether it runs concurrently or consecutively: say it in runs"
    )]
    RunsUnsaid {
        /// The component.
        component: ComponentNo,
    },
    /// S-8.
    #[error(
        "component {component} follows a term of sentence {earlier}, which is no sentence of this person that stands in the register: name one that does"
    )]
    EarlierTermUnknown {
        /// The component.
        component: ComponentNo,
        /// The earlier sentence.
        earlier: SentenceId,
    },
    /// S-8.
    #[error(
        "component {component} follows component {before}, and one of them is no term: only what lasts runs after what lasts"
    )]
    FollowsNoTerm {
        /// The component.
        component: ComponentNo,
        /// What it is said to follow.
        before: ComponentNo,
    },
    /// S-9.
    #[error(
        "component {component}: {kind} is not a requirement of this jurisdiction: choose one of its list"
    )]
    UnknownRequirement {
        /// The component.
        component: ComponentNo,
        /// The kind given.
        kind: Code,
    },
    /// S-9.
    #[error("component {component}: {kind} is counted in {unit}: give the amount in that unit")]
    WrongUnit {
        /// The component.
        component: ComponentNo,
        /// The kind of requirement.
        kind: Code,
        /// The unit of the pack.
        unit: String,
    },
    /// S-9.
    #[error(
        "component {component}: {amount} of {kind} is outside the {least} to {most} that the law allows: give an amount within"
    )]
    OutsideLimits {
        /// The component.
        component: ComponentNo,
        /// The kind of requirement.
        kind: Code,
        /// The amount given.
        amount: Quantity,
        /// The least allowed.
        least: Quantity,
        /// The most allowed.
        most: Quantity,
    },
    /// S-9.
    #[error(
        "component {component}: {kind} of {length} is longer than the {longest} that the law allows",
        length = length.in_words(), longest = longest.in_words()
    )]
    RequirementTooLong {
        /// The component.
        component: ComponentNo,
        /// The kind of requirement.
        kind: Code,
        /// The length given.
        length: Length,
        /// The longest allowed.
        longest: Length,
    },
    /// S-9.
    #[error(
        "component {component}: {kind} needs the person's consent, which is not recorded as given: record it, or leave {kind} out"
    )]
    ConsentMissing {
        /// The component.
        component: ComponentNo,
        /// The kind of requirement.
        kind: Code,
    },
    /// S-10.
    #[error(
        "component {component}: the order of {order} ends before its {kind} of {requirement}: lengthen the order or shorten the requirement",
        order = order.in_words(), requirement = requirement.in_words()
    )]
    OrderEndsFirst {
        /// The component.
        component: ComponentNo,
        /// The length of the order.
        order: Length,
        /// The kind of requirement.
        kind: Code,
        /// The length of the requirement.
        requirement: Length,
    },
    /// S-10.
    #[error(
        "component {component}: an order of {order} is longer than the {longest} that the law allows",
        order = order.in_words(), longest = longest.in_words()
    )]
    OrderTooLong {
        /// The component.
        component: ComponentNo,
        /// The length of the order.
        order: Length,
        /// The longest allowed.
        longest: Length,
    },
    /// S-11.
    #[error(
        "{code} is not among the {list} of this jurisdiction: {}",
        choose(known)
    )]
    UnknownCode {
        /// The list.
        list: CodeList,
        /// The code given.
        code: Code,
        /// The codes there are.
        known: Vec<Code>,
    },
    /// S-11.
    #[error(
        "count {count}: {given} is not the {} of its offence: the catalogue says {catalogued}", .filing.title()
    )]
    CataloguedOtherwise {
        /// The count.
        count: CountNo,
        /// Under what.
        filing: Filing,
        /// What was given.
        given: String,
        /// What the catalogue says.
        catalogued: String,
    },
    /// S-11.
    #[error("{kind} is not among the sanctions of this jurisdiction: choose one of them")]
    UnknownSanction {
        /// The kind.
        kind: SanctionKind,
    },
    /// S-12.
    #[error("{} for {kind}: the policy asks for it", asked(*.ask))]
    Asked {
        /// The kind of disposal.
        kind: SanctionKind,
        /// What is asked.
        ask: Ask,
    },
    /// S-13.
    #[error(
        "count {count}: the sentence lies {direction} the range of {lowest} to {highest} and no departure {direction} it is reasoned: give one of the coded reasons",
        lowest = lowest.in_words(), highest = highest.in_words()
    )]
    DepartureUnreasoned {
        /// The count.
        count: CountNo,
        /// Above or below.
        direction: &'static str,
        /// The lower end.
        lowest: Length,
        /// The upper end.
        highest: Length,
    },
    /// S-13.
    #[error(
        "count {count}: the range ends at {highest}, below its beginning of {lowest}",
        highest = highest.in_words(), lowest = lowest.in_words()
    )]
    RangeReversed {
        /// The count.
        count: CountNo,
        /// The lower end.
        lowest: Length,
        /// The upper end.
        highest: Length,
    },
    /// S-13.
    #[error(
        "count {count}: the starting point of {start} lies outside the range of {lowest} to {highest}",
        start = start.in_words(), lowest = lowest.in_words(), highest = highest.in_words()
    )]
    StartsOutsideRange {
        /// The count.
        count: CountNo,
        /// The starting point.
        start: Length,
        /// The lower end.
        lowest: Length,
        /// The upper end.
        highest: Length,
    },
    /// S-13.
    #[error(
        "count {count}: {reason} is no reason for a sentence {direction} the range: give one that fits, or put the direction right"
    )]
    DepartureContradicted {
        /// The count.
        count: CountNo,
        /// The reason given.
        reason: Code,
        /// Above or below.
        direction: &'static str,
    },
    /// S-14.
    #[error("component {component}: {to} is not lighter than {from}: a commutation lightens")]
    NotAReduction {
        /// The component.
        component: ComponentNo,
        /// What it was.
        from: String,
        /// What was proposed.
        to: String,
    },
    /// S-15.
    #[error(
        "component {component} is not a suspended term that could be activated: name one that is"
    )]
    NothingSuspended {
        /// The component.
        component: ComponentNo,
    },
    /// S-15.
    #[error(
        "component {component}: {part} is more than the {suspended} that is suspended",
        part = part.in_words(), suspended = suspended.in_words()
    )]
    MoreThanSuspended {
        /// The component.
        component: ComponentNo,
        /// The part.
        part: Length,
        /// What is suspended.
        suspended: Length,
    },
    /// S-16.
    #[error(
        "this sentence has {}: give in corrects the version of the event that you correct", versions(*last)
    )]
    NothingToCorrect {
        /// The version given.
        version: u64,
        /// The last version.
        last: u64,
    },
    /// S-16.
    #[error(
        "the correction of a slip turns {was} into {now}: a slip leaves what was imposed as it was decided; see that the court did decide this, or record an appeal, a commutation or a new sentence"
    )]
    AnotherSanction {
        /// The kinds that were imposed.
        was: String,
        /// The kinds after the correction.
        now: String,
    },
    /// S-17.
    #[error(
        "the sentence is {state}: {wish} is not possible; {}",
        way_out(state, wish)
    )]
    NotPossible {
        /// The state it is in.
        state: &'static str,
        /// What was wished.
        wish: &'static str,
    },
    /// S-17.
    #[error("a sentence of another person stands under this id: take a new one")]
    AnotherPerson,
    /// S-18.
    #[error(
        "component {component}: {length} is longer than the {longest} that the law allows for this: {kind}",
        length = length.in_words(), longest = longest.in_words()
    )]
    LastsTooLong {
        /// The component.
        component: ComponentNo,
        /// Its kind.
        kind: SanctionKind,
        /// The length given.
        length: Length,
        /// The longest allowed.
        longest: Length,
    },
    /// S-18.
    #[error(
        "component {component}: {kind} is imposed on nobody below {youngest}: impose what the law has for the age"
    )]
    TooYoung {
        /// The component.
        component: ComponentNo,
        /// Its kind.
        kind: SanctionKind,
        /// The youngest it is imposed on, in completed years.
        youngest: u16,
    },
    /// S-18.
    #[error(
        "component {component}: {amount} minor units are more than the {most} that the law allows for this: {kind}"
    )]
    MoreThanAllowed {
        /// The component.
        component: ComponentNo,
        /// Its kind.
        kind: SanctionKind,
        /// What is imposed, in minor units.
        amount: u64,
        /// The most allowed, in minor units.
        most: u64,
    },
    /// S-19.
    #[error(
        "component {component}: {amount} minor units are hardly possible for this: {kind}; look whether the amount and its unit are right"
    )]
    HardlyPossible {
        /// The component.
        component: ComponentNo,
        /// Its kind.
        kind: SanctionKind,
        /// What is imposed, in minor units.
        amount: u64,
    },
    /// TR-3.1.
    #[error(
        "count {count}: {offence} is not in the offence catalogue in force {}: correct the code, or have the catalogue completed", on.when()
    )]
    NotAnOffence {
        /// The count.
        count: CountNo,
        /// The offence.
        offence: OffenceCode,
        /// The date looked at.
        on: CivilDate,
    },
    /// RJ-2.
    #[error(
        "{ground} holds a restorative process against the person, and neither taking part nor failing makes a sentence heavier: leave it out"
    )]
    HeldAgainst {
        /// The list that it was taken from.
        list: CodeList,
        /// The ground.
        ground: Code,
    },
    /// TR-3.1.
    #[error("count {count} names no offence: give its code in national law")]
    OffenceMissing {
        /// The count.
        count: CountNo,
    },
    /// PR-1.
    #[error(
        "component {component}: {term} is above the statutory maximum of {maximum}: shorten it, or cite in uplift the rule that allows more",
        maximum = maximum.in_words()
    )]
    AboveMaximum {
        /// The component.
        component: ComponentNo,
        /// The term.
        term: String,
        /// The maximum.
        maximum: Length,
    },
    /// PR-1.
    #[error(
        "component {component}: {offence} allows no custody: impose something else, or cite in uplift the rule that allows it"
    )]
    NotImprisonable {
        /// The component.
        component: ComponentNo,
        /// The offence.
        offence: OffenceCode,
    },
    /// TR-3.10.
    #[error(
        "component {component} is a {kind} and lets nobody be held: name a term of custody, or have the suspended term activated first"
    )]
    NoCustodyImposed {
        /// The component.
        component: ComponentNo,
        /// Its kind.
        kind: SanctionKind,
    },
    /// TR-14.4.
    #[error("component {component} is activated without reasons: say why nothing lighter suffices")]
    ActivationUnreasoned {
        /// The component.
        component: ComponentNo,
    },
    /// DP-7.
    #[error("a sentence is decided, and its course recorded, by people: no software may do it")]
    NotForSoftware,
    /// TR-8.2.
    #[error(
        "custody is imposed and no non-custodial option is recorded as considered: name those considered"
    )]
    AlternativesNotConsidered,
    /// S-6: remand beyond what is plausible.
    #[error(
        "{days} days of custody before the decision are credited, which is more than the term of component {component}"
    )]
    RemandExceedsTerm {
        /// Days credited.
        days: u32,
        /// The longest term.
        component: ComponentNo,
    },
    /// S-20: what is credited, and what the register knows, differ.
    #[error(
        "the court credits {credited} of custody before the decision, and the register knows of {known} in the case before judgment: correct whichever is wrong",
        credited = days_in_words(*credited),
        known = days_in_words(*known)
    )]
    RemandDiffers {
        /// Days credited.
        credited: u32,
        /// Days that the register knows of.
        known: u32,
    },
    /// S-20: only the end of a case says it.
    #[error(
        "how long the person was held before judgment is said by the end of that case: record there that it ended with this sentence"
    )]
    SaidByTheCase,
    /// TR-2.6.
    #[error("no lighter option is recorded as considered: name those considered, or give reasons")]
    LighterNotConsidered,
    /// TR-3.2.
    #[error("the decision does not say {}: record it, or give reasons", what.join(", nor "))]
    CriteriaMissing {
        /// What is missing.
        what: Vec<&'static str>,
    },
    /// TR-8.1.
    #[error("nothing says whether the victim was heard: record it, or that there is none")]
    VictimNotHeard,
    /// TR-8.2m.
    #[error(
        "component {component} and the terms before it last {total} together, which is more than the {cap} that the law allows: shorten one, or let them run concurrently",
        total = total.in_words(), cap = cap.in_words()
    )]
    AboveCap {
        /// The component.
        component: ComponentNo,
        /// How long they last together.
        total: Length,
        /// The longest that the law allows.
        cap: Length,
    },
    /// BR-61.
    #[error(
        "somebody who cares for others is held and nothing is named that speaks for the person: name what was considered, or give reasons"
    )]
    MitigationNotConsidered,
    /// BR-64.
    #[error(
        "a pregnant woman or somebody with a dependent child is held: say what makes it necessary and what the child's best interests are, or give reasons"
    )]
    CarerNotWeighed,
    /// BJ-16.
    #[error(
        "no social inquiry report on a child was before the court: have one made, say that the case is minor, or give reasons"
    )]
    NotInquired,
    /// BJ-17.
    #[error(
        "a child is held and the ground is not recorded: name grave violence or persistence, and why nothing else will do"
    )]
    ChildNotWeighed,
    /// CRC-37a.
    #[error(
        "component {component}: nobody who was under {majority} is sentenced to death or to life without release: impose what the law has for the age"
    )]
    NeverOfAChild {
        /// The component.
        component: ComponentNo,
        /// From which age on somebody is no child any more.
        majority: u16,
    },
    /// CRC-40.
    #[error(
        "nobody under {minimum} is tried: leave the case to those who look after children's welfare"
    )]
    UnderAge {
        /// From which age on somebody is tried.
        minimum: u16,
    },
    /// CRC-AGE.
    #[error(
        "the age is not known: whoever may be a child is treated as one until it is determined"
    )]
    AgeUnknown,
    /// CRC-AGE.
    #[error(
        "what is said of the age is not what the date of birth says that the register keeps: whoever may be a child is \
         treated as one until it is settled which is wrong"
    )]
    AgeContradicted,
    /// TR-3.3.
    #[error("{role} does not decide on a sentence: a court does")]
    NotCompetent {
        /// Who acts.
        role: Role,
    },
    /// TR-3.5.
    #[error(
        "the person was not told how the decision can be reviewed: tell it, and record that it was told"
    )]
    ReviewUntold,
    /// KD-LA.
    #[error(
        "the person is held without counsel and did not waive it: have counsel given, record the waiver, or give reasons"
    )]
    NoCounsel,
}

fn versions(last: u64) -> String {
    match last {
        1 => "version 1 only".to_owned(),
        last => format!("versions 1 to {last}"),
    }
}

/// How to go on from a state in which a step is not possible.
fn way_out(state: &str, wish: &str) -> &'static str {
    match state {
        "not recorded" | "proposed" | "withdrawn" => "impose a decision first",
        "under appeal" => "dismiss the appeal, or vary the decision on it, first",
        "not under appeal" => "record the appeal first",
        "being served in custody" => "record the end of custody first",
        "not being served in custody" => "record the start of custody first",
        "quashed" => "record a new decision under a new id",
        "in force" if wish.starts_with("withdrawing") => {
            "it was imposed: have it quashed, or vary it on appeal"
        }
        "in force" => {
            "correct a slip in it, vary it on appeal, or take a new id for another decision"
        }
        _ => "correct a slip in it, or take a new id for another decision",
    }
}

fn asked(ask: Ask) -> &'static str {
    match ask {
        Ask::Reasons => "give the reasons in words",
        Ask::Alternatives => "name the non-custodial options considered",
        Ask::Committed => "give the date of each offence",
        Ask::Range => "give the guideline range of each count",
        Ask::Factors => "name the aggravating and mitigating factors",
        Ask::Remand => "give the days already spent in custody, or 0",
        Ask::Circumstances => "record the circumstances that were asked about",
        Ask::Lighter => "name the lighter options considered",
        Ask::Criteria => "record what the choice of the sentence rests on",
        Ask::Victim => "say whether the victim was heard",
    }
}

fn where_asked(ask: Ask) -> &'static str {
    match ask {
        Ask::Reasons => "decision.reasons",
        Ask::Alternatives => "decision.alternatives_considered",
        Ask::Committed => "decision.counts.1.offence.committed",
        Ask::Range => "decision.counts.1.range",
        Ask::Factors => "decision.aggravating",
        Ask::Remand => "decision.remand_days",
        Ask::Circumstances => "decision.circumstances",
        Ask::Lighter => "decision.alternatives_considered",
        Ask::Criteria => "decision.weighed.purposes",
        Ask::Victim => "decision.weighed.victim",
    }
}

impl Refusal for SentenceRefusal {
    #[expect(clippy::too_many_lines, reason = "one arm for each refusal")]
    fn code(&self) -> &'static str {
        match self {
            Self::NoCount => "sentence.no-count",
            Self::NothingImposed { .. } => "sentence.nothing-imposed",
            Self::NumberedTwice { .. } => "sentence.numbered-twice",
            Self::NumberedZero { .. } => "sentence.numbered-zero",
            Self::NumberedAsReplaced { .. } => "sentence.numbered-as-replaced",
            Self::NoSuchComponent { .. } => "sentence.no-such-component",
            Self::CircularTerms { .. } => "sentence.circular-terms",
            Self::InTheFuture { .. } => "sentence.in-the-future",
            Self::OfAnotherAge { .. } => "sentence.of-another-age",
            Self::BeforeTheDecision { .. } => "sentence.before-the-decision",
            Self::BeforeItBegan { .. } => "sentence.before-it-began",
            Self::OffenceAfterDecision { .. } => "sentence.offence-after-decision",
            Self::QuantityMissing { .. } => "sentence.quantity-missing",
            Self::QuantityZero { .. } => "sentence.quantity-zero",
            Self::NotACalendarTerm { .. } => "sentence.not-a-calendar-term",
            Self::RunsUnsaid { .. } => "sentence.runs-unsaid",
            Self::EarlierTermUnknown { .. } => "sentence.earlier-term-unknown",
            Self::FollowsNoTerm { .. } => "sentence.follows-no-term",
            Self::UnknownRequirement { .. } => "sentence.unknown-requirement",
            Self::WrongUnit { .. } => "sentence.wrong-unit",
            Self::OutsideLimits { .. } => "sentence.outside-limits",
            Self::RequirementTooLong { .. } => "sentence.requirement-too-long",
            Self::ConsentMissing { .. } => "sentence.consent-missing",
            Self::OrderEndsFirst { .. } => "sentence.order-ends-first",
            Self::OrderTooLong { .. } => "sentence.order-too-long",
            Self::UnknownCode { .. } => "sentence.unknown-code",
            Self::CataloguedOtherwise { .. } => "sentence.catalogued-otherwise",
            Self::UnknownSanction { .. } => "sentence.unknown-sanction",
            Self::Asked { .. } => "sentence.asked",
            Self::DepartureUnreasoned { .. } => "sentence.departure-unreasoned",
            Self::RangeReversed { .. } => "sentence.range-reversed",
            Self::StartsOutsideRange { .. } => "sentence.starts-outside-range",
            Self::NotAReduction { .. } => "sentence.not-a-reduction",
            Self::NothingSuspended { .. } => "sentence.nothing-suspended",
            Self::MoreThanSuspended { .. } => "sentence.more-than-suspended",
            Self::NothingToCorrect { .. } => "sentence.nothing-to-correct",
            Self::NotPossible { .. } => "sentence.not-possible",
            Self::AnotherPerson => "sentence.another-person",
            Self::LastsTooLong { .. } => "sentence.lasts-too-long",
            Self::MoreThanAllowed { .. } => "sentence.more-than-allowed",
            Self::HardlyPossible { .. } => "sentence.hardly-possible",
            Self::TooYoung { .. } => "sentence.too-young",
            Self::NotAnOffence { .. } => "sentence.not-an-offence",
            Self::OffenceMissing { .. } => "sentence.offence-missing",
            Self::HeldAgainst { .. } => "sentence.restorative-held-against",
            Self::AboveMaximum { .. } => "sentence.above-maximum",
            Self::NotImprisonable { .. } => "sentence.not-imprisonable",
            Self::NoCustodyImposed { .. } => "sentence.no-custody-imposed",
            Self::ActivationUnreasoned { .. } => "sentence.activation-unreasoned",
            Self::NotForSoftware => "sentence.not-for-software",
            Self::AlternativesNotConsidered => "sentence.alternatives-not-considered",
            Self::RemandExceedsTerm { .. } => "sentence.remand-exceeds-term",
            Self::RemandBeforeOffence { .. } => "sentence.remand-before-offence",
            Self::DepartureContradicted { .. } => "sentence.departure-contradicted",
            Self::AnotherSanction { .. } => "sentence.another-sanction",
            Self::RemandDiffers { .. } => "sentence.remand-differs",
            Self::SaidByTheCase => "sentence.said-by-the-case",
            Self::LighterNotConsidered => "sentence.lighter-not-considered",
            Self::CriteriaMissing { .. } => "sentence.criteria-missing",
            Self::VictimNotHeard => "sentence.victim-not-heard",
            Self::AboveCap { .. } => "sentence.above-cap",
            Self::MitigationNotConsidered => "sentence.mitigation-not-considered",
            Self::CarerNotWeighed => "sentence.carer-not-weighed",
            Self::NotInquired => "sentence.not-inquired",
            Self::ChildNotWeighed => "sentence.child-not-weighed",
            Self::NeverOfAChild { .. } => "sentence.never-of-a-child",
            Self::UnderAge { .. } => "sentence.under-age",
            Self::AgeUnknown => "sentence.age-unknown",
            Self::AgeContradicted => "sentence.age-contradicted",
            Self::NoCounsel => "sentence.no-counsel",
            Self::NotCompetent { .. } => "sentence.not-competent",
            Self::ReviewUntold => "sentence.review-untold",
        }
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each rule")]
    fn rule(&self) -> &'static str {
        match self {
            Self::NoCount | Self::NothingImposed { .. } => "S-1",
            Self::NumberedTwice { .. }
            | Self::NumberedZero { .. }
            | Self::NumberedAsReplaced { .. } => "S-2",
            Self::NoSuchComponent { .. } => "S-3",
            Self::CircularTerms { .. } => "S-4",
            Self::InTheFuture { .. }
            | Self::OfAnotherAge { .. }
            | Self::BeforeTheDecision { .. }
            | Self::BeforeItBegan { .. }
            | Self::OffenceAfterDecision { .. } => "S-5",
            Self::QuantityMissing { .. }
            | Self::QuantityZero { .. }
            | Self::RemandExceedsTerm { .. }
            | Self::RemandBeforeOffence { .. } => "S-6",
            Self::NotACalendarTerm { .. } => "S-7",
            Self::RunsUnsaid { .. }
            | Self::EarlierTermUnknown { .. }
            | Self::FollowsNoTerm { .. } => "S-8",
            Self::UnknownRequirement { .. }
            | Self::WrongUnit { .. }
            | Self::OutsideLimits { .. }
            | Self::RequirementTooLong { .. }
            | Self::ConsentMissing { .. } => "S-9",
            Self::OrderEndsFirst { .. } | Self::OrderTooLong { .. } => "S-10",
            Self::UnknownCode { .. }
            | Self::CataloguedOtherwise { .. }
            | Self::UnknownSanction { .. } => "S-11",
            Self::Asked { .. } => "S-12",
            Self::DepartureUnreasoned { .. }
            | Self::DepartureContradicted { .. }
            | Self::RangeReversed { .. }
            | Self::StartsOutsideRange { .. } => "S-13",
            Self::NotAReduction { .. } => "S-14",
            Self::NothingSuspended { .. } | Self::MoreThanSuspended { .. } => "S-15",
            Self::NothingToCorrect { .. } | Self::AnotherSanction { .. } => "S-16",
            Self::NotPossible { .. } | Self::AnotherPerson => "S-17",
            Self::LastsTooLong { .. } | Self::TooYoung { .. } | Self::MoreThanAllowed { .. } => {
                "S-18"
            }
            Self::HardlyPossible { .. } => "S-19",
            Self::RemandDiffers { .. } | Self::SaidByTheCase => "S-20",
            Self::NotAnOffence { .. } | Self::OffenceMissing { .. } => "TR-3.1",
            Self::AboveMaximum { .. } | Self::NotImprisonable { .. } => "PR-1",
            Self::AlternativesNotConsidered => "TR-8.2",
            Self::NoCustodyImposed { .. } => "TR-3.10",
            Self::HeldAgainst { .. } => "RJ-2",
            Self::ActivationUnreasoned { .. } => "TR-14.4",
            Self::NotForSoftware => "DP-7",
            Self::LighterNotConsidered => "TR-2.6",
            Self::CriteriaMissing { .. } => "TR-3.2",
            Self::VictimNotHeard => "TR-8.1",
            Self::AboveCap { .. } => "TR-8.2m",
            Self::MitigationNotConsidered => "BR-61",
            Self::CarerNotWeighed => "BR-64",
            Self::NotInquired => "BJ-16",
            Self::ChildNotWeighed => "BJ-17",
            Self::NeverOfAChild { .. } => "CRC-37a",
            Self::UnderAge { .. } => "CRC-40",
            Self::AgeUnknown | Self::AgeContradicted => "CRC-AGE",
            Self::NoCounsel => "KD-LA",
            Self::NotCompetent { .. } => "TR-3.3",
            Self::ReviewUntold => "TR-3.5",
        }
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each refusal")]
    fn field(&self) -> String {
        match self {
            Self::NoCount => "decision.counts".to_owned(),
            Self::NothingImposed { count }
            | Self::NumberedTwice { count }
            | Self::NumberedZero { count } => {
                format!("decision.counts.{count}.components")
            }
            Self::OffenceAfterDecision { count, .. } => {
                format!("decision.counts.{count}.offence.committed")
            }
            Self::NotAnOffence { count, .. } | Self::OffenceMissing { count } => {
                format!("decision.counts.{count}.offence.code")
            }
            Self::DepartureUnreasoned { count, .. } | Self::DepartureContradicted { count, .. } => {
                format!("decision.counts.{count}.departure")
            }
            Self::RangeReversed { count, .. } | Self::StartsOutsideRange { count, .. } => {
                format!("decision.counts.{count}.range")
            }
            Self::CataloguedOtherwise { count, filing, .. } => {
                format!("decision.counts.{count}.{}", filing.field())
            }
            Self::InTheFuture { .. }
            | Self::OfAnotherAge { .. }
            | Self::BeforeTheDecision { .. }
            | Self::BeforeItBegan { .. } => "pronounced".to_owned(),
            Self::NumberedAsReplaced { component } => format!("decision.components.{component}.no"),
            Self::NoSuchComponent { component }
            | Self::CircularTerms { component }
            | Self::RunsUnsaid { component }
            | Self::EarlierTermUnknown { component, .. }
            | Self::FollowsNoTerm { component, .. } => {
                format!("decision.components.{component}.runs")
            }
            Self::QuantityMissing { component, .. }
            | Self::QuantityZero { component, .. }
            | Self::NotACalendarTerm { component, .. }
            | Self::UnknownRequirement { component, .. }
            | Self::WrongUnit { component, .. }
            | Self::OutsideLimits { component, .. }
            | Self::RequirementTooLong { component, .. }
            | Self::ConsentMissing { component, .. }
            | Self::OrderEndsFirst { component, .. }
            | Self::OrderTooLong { component, .. }
            | Self::LastsTooLong { component, .. }
            | Self::TooYoung { component, .. }
            | Self::MoreThanAllowed { component, .. }
            | Self::HardlyPossible { component, .. }
            | Self::AboveMaximum { component, .. }
            | Self::AboveCap { component, .. }
            | Self::NeverOfAChild { component, .. }
            | Self::NotImprisonable { component, .. } => {
                format!("decision.components.{component}.sanction")
            }
            Self::NotAReduction { .. } => "to".to_owned(),
            Self::NothingSuspended { .. } | Self::NoCustodyImposed { .. } => "component".to_owned(),
            Self::ActivationUnreasoned { .. } => "note".to_owned(),
            Self::MoreThanSuspended { .. } => "part".to_owned(),
            Self::NothingToCorrect { .. } => "corrects".to_owned(),
            Self::UnknownCode { list, .. } | Self::HeldAgainst { list, .. } => list.field().into(),
            Self::UnknownSanction { .. } | Self::AnotherSanction { .. } => {
                "decision.components".to_owned()
            }
            Self::Asked { ask, .. } => where_asked(*ask).to_owned(),
            Self::AlternativesNotConsidered | Self::LighterNotConsidered => {
                "decision.alternatives_considered".to_owned()
            }
            Self::CriteriaMissing { .. } => "decision.weighed.purposes".to_owned(),
            Self::VictimNotHeard => "decision.weighed.victim".to_owned(),
            Self::ReviewUntold => "decision.weighed.review_told".to_owned(),
            Self::MitigationNotConsidered => "decision.mitigating".to_owned(),
            Self::CarerNotWeighed => "decision.weighed.carer".to_owned(),
            Self::NotInquired => "decision.weighed.inquiry".to_owned(),
            Self::ChildNotWeighed => "decision.weighed.child".to_owned(),
            Self::UnderAge { .. } | Self::AgeUnknown | Self::AgeContradicted | Self::NoCounsel => {
                "decision.circumstances".to_owned()
            }
            Self::RemandExceedsTerm { .. }
            | Self::RemandBeforeOffence { .. }
            | Self::RemandDiffers { .. } => "decision.remand_days".to_owned(),
            Self::SaidByTheCase => "case".to_owned(),
            Self::AnotherPerson => "person".to_owned(),
            Self::NotPossible { .. } | Self::NotForSoftware | Self::NotCompetent { .. } => {
                String::new()
            }
        }
    }
}
