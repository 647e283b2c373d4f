//! The sentence: everything decided about one person at one hearing.
//!
//! A decision may be *proposed* and revised before the hearing. It is *imposed* live, or recorded as an existing
//! fact. Afterwards it may be corrected (a slip), appealed and dismissed, varied or quashed, commuted, pardoned; a
//! suspended term activated in whole or part; resentenced after a breach; completed. These are different events, and
//! nothing is overwritten. Where the person is held is told by `custody_started` and `custody_ended`.
//!
//! | rule | says |
//! |---|---|
//! | S-1 | a decision has at least one count, and each count at least one component |
//! | S-2 | counts and components are numbered once, from 1, and the order of a new sentence anew |
//! | S-3 | a principal component or a consecutive term names a component that exists |
//! | S-4 | consecutive terms form no cycle |
//! | S-5 | nothing is pronounced in the future, nor before the offence, and no step before what it follows |
//! | S-6 | a sanction has its quantity, above zero, and no more remand is credited than the term lasts or there was time for |
//! | S-7 | terms are calendar terms; a decimal is kept only of an existing fact |
//! | S-8 | several terms of custody say how they run, and only terms follow each other |
//! | S-9 | a requirement is of a known kind, in its unit, within its limits, with consent where needed |
//! | S-10 | an order ends no earlier than each of its requirements, and lasts no longer than the law allows |
//! | S-11 | factors, reasons, circumstances and rankings are those of the pack |
//! | S-12 | what the policy asks for the disposal is there |
//! | S-13 | the guideline range is one, and outside it coded reasons are given that fit |
//! | S-14 | a commutation lightens |
//! | S-15 | an activation activates no more than is suspended |
//! | S-16 | a correction points at an event of this sentence and gives a coded reason, and another kind of sanction is seen by somebody |
//! | S-17 | a step is taken only in the state that allows it |
//! | S-18 | a sanction is imposed on whom, and for as long and as much as, the law allows its kind |
//! | S-19 | an amount of money that is hardly possible is seen by somebody |
//! | S-20 | days in detention are credited as the register knows them, or somebody looks why not |
//! | TR-3.1 | the offence is named and was law when it was committed |
//! | TR-3.3 | a court decides |
//! | TR-3.5 | the person is told how the decision can be reviewed |
//! | PR-1 | no custody above the statutory maximum without a cited rule; the parts of one stay count together |
//! | TR-3.10 | nobody is held under a component that imposes no custody |
//! | TR-8.2m | terms that follow each other stay under the cap of the law together |
//! | TR-8.2 | custody only after non-custodial options were considered |
//! | RJ-2 | neither taking part in a restorative process nor failing in it makes a sentence heavier |
//! | TR-14.4 | a suspended term is activated with reasons |
//! | TR-2.6 | where the policy asks, a lighter option was considered, or reasons are given |
//! | TR-3.2 | where the policy asks, each criterion of the choice is looked at, or reasons are given |
//! | TR-8.1 | where the policy asks, the record says whether the victim was heard |
//! | BR-61 | a carer is held only after what speaks for the person was considered |
//! | BR-64 | a pregnant woman, or somebody with a dependent child, is held only after danger and best interests were weighed |
//! | BJ-16 | a child's background is looked into first, unless the case is minor |
//! | BJ-17 | a child is held only for grave violence or persistence, when nothing else will do |
//! | CRC-37a | no child is sentenced to death or to life without release |
//! | CRC-40 | nobody under the age of criminal responsibility is tried |
//! | CRC-AGE | whoever may be a child is treated as one |
//! | KD-LA | nobody is held without counsel, unless it was waived |
//! | DP-7 | no software decides on a sentence |

mod against;
mod aggregate;
mod command;
mod decide;
mod decision;
mod event;
mod refusal;
mod state;
mod stay;
#[cfg(test)]
mod tests;
mod words;

pub use against::Against;
pub use command::{
    ActivateSuspended, Appellant, Commute, CorrectSlip, Impose, KnownRemand, LodgeAppeal,
    MarkCustody, Propose, Resentence, SentenceCommand, Vary, WithReason,
};
pub use decision::{
    Component, Count, CustodyTerm, Decision, Departure, DepartureDirection, EarlierTerm,
    RequirementTerms, Runs, Sanction, SanctionKind, Shown,
};
pub use event::{AppealEntered, CustodyEnd, CustodyStart, SentenceEvent, StepTaken};
pub use refusal::{CodeList, Filing, SentenceRefusal};
pub use state::{Appeal, Imposed, Proposed, Sentence, Standing};
pub(crate) use stay::{Custody, is_term_of_custody, stays};
pub use words::length_in_words;
