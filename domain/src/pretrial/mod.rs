//! Liberty before judgment.
//!
//! A case is *opened* when somebody is brought before the court. The court releases without conditions, imposes an
//! alternative, or orders detention as the last resort, saying what each alternative lacks. What stands is reviewed,
//! varied, extended by somebody who may decide it, appealed against. A breach of an alternative is a fact; what
//! follows from it is a decision of its own. The case ends with a sentence, to which the days in detention are
//! credited, or without one.
//!
//! | rule | says |
//! |---|---|
//! | PT-1 | a case is opened once, for an offence |
//! | PT-2 | nothing is recorded of the future, and no act is of before the opening |
//! | PT-3 | an act is possible only in the state that allows it |
//! | PT-4 | courts, grounds, alternatives and provisions are those of the pack |
//! | PT-5 | a measure is named, and a variation changes something |
//! | PT-6 | detention ends no earlier than it is decided, its next review comes after the decision and by the last day, and an extension is longer |
//! | PT-7 | one appeal waits at a time |
//! | PT-8 | a case ends with a sentence of the same person that is in force |
//! | TR-3.1 | the provision is in force on the day |
//! | TR-3.3 | a court decides |
//! | TR-3.4 | an obligation before trial needs informed consent before it, a child's guardian's too |
//! | TR-3.5 | the person is told how to have an alternative reviewed |
//! | TR-6.1 | detention names its grounds, their facts, and why no alternative suffices |
//! | TR-6.2 | detention is reviewed in time and lasts no longer than the law allows; software decides nothing of it |
//! | TR-6.3 | the person is told how to appeal |
//! | TR-12.2 | a measure says what it asks, and there are not too many |
//! | BR-64 | pregnancy and dependent children are weighed before detention |
//! | BJ-17 | a child is held only on the grounds that the law allows for a child |
//! | CRC-40 | nobody under the age of criminal responsibility is held or put under measures |
//! | KD-LA | nobody is held without counsel unless they waived it, or it is said why; what nobody recorded is asked for |
//! | EM-5 | an extension says why this case needs it |
//! | CRC-AGE | whoever may be a child is treated as one |

mod aggregate;
mod command;
mod decide;
mod event;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use command::{
    AppealOutcome, AppealTold, CaseEnd, DecideAppeal, EndCase, ExtendDetention, Ground,
    ImposeAlternative, Insufficient, Measure, OpenCase, OrderDetention, PretrialAppeal,
    PretrialCommand, RecordBreach, RecordLegalAid, ReleaseUnconditionally, Review, VaryAlternative,
};
pub use event::PretrialEvent;
pub use refusal::PretrialRefusal;
pub use state::{Case, Held, Liberty, Pretrial};
