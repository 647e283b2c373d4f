//! A stay in a place of detention. It alone says where somebody is.
//!
//! A stay begins in one of three ways: the person is *admitted* on an order, *protected* at her own request, or held
//! without a valid order, which is never refused and always a critical finding. What was missing is made good, another
//! order follows the first; the person is classified, isolated, moved, visited; children are placed with their mother
//! and leave her. It ends with a release, which a person decides: what has run out is a critical task, never an end.
//!
//! | rule | says |
//! |---|---|
//! | CU-1 | a stay begins once |
//! | CU-2 | nothing is recorded of the future, no act is of before the stay, and an arrest comes before the admission |
//! | CU-3 | an act is possible only in the state that allows it |
//! | CU-4 | places of detention, groups, levels, grounds and other codes are those of the pack |
//! | CU-5 | an irregular holding says what is missing, and what is known of it |
//! | CU-6 | a transfer leads elsewhere, and nothing ends before it begins |
//! | CU-7 | a child that is named was noted, is with its mother or not, and no more are described than there are |
//! | CU-8 | a day has twenty-four hours |
//! | CU-9 | the family is told where the person is |
//! | CU-10 | a child who is held is in touch with its family at least once a month |
//! | CU-11 | people not tried yet are held apart from people convicted, women from men, adults from children |
//! | CU-12 | a child is held apart from adults, unless a provision allows it |
//! | CU-13 | whoever is held on a decision that fell, or after a sentence without its committal, is seen until another order is recorded or the person leaves |
//! | CU-14 | what is asked after the reception has an answer, or says that there was none; what is recorded already is not recorded again, and another answer says that it takes its place |
//! | CU-15 | injuries that were seen are documented by a doctor and reported to the competent authority |
//! | TR-3.1 | a provision that is named is in force on the day |
//! | TR-3.10 | the sentence, case or order on which somebody is held is in force |
//! | TR-11.1 | nobody is admitted after the last day of the order, and who was held longer is seen |
//! | TR-14.5 | an arrest for a breach names its provision, and a hearing comes soon |
//! | BR-3 | whoever enters is asked about her children; "declined" is an answer |
//! | BR-8 | no question about health or children has to be answered |
//! | BR-22 | the isolation of somebody pregnant, breastfeeding or with an infant is a critical finding |
//! | BR-41 | a woman is classified above the lowest level by what is true of women, or it is said why not |
//! | BR-52 | a child leaves its mother in its own best interests and to a place, or it is said why not |
//! | BR-59 | nobody is held to protect her unless she asks and a court watches; it ends when she says so |
//! | HR-20/MR-7 | nobody is received without identity, order, reasons, authority and times |
//! | MR-9 | whoever leaves is offered a copy of the file |
//! | MR-44 | health is checked before isolation, and nobody is alone for more than fifteen days |
//! | CRC-AGE | whoever may be a child is treated as one |
//! | DP-7 | software decides nothing about a stay |

mod aggregate;
mod command;
mod decide;
mod event;
mod read;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use command::{
    Admit, Answer, AnswersLater, Arrest, Arrival, BasisFallen, BreachArrest, Classify, Commitment,
    CustodyCommand, EndIsolation, FallenDecision, FamilyContact, HoldingBasis, IrregularHolding,
    Isolate, IsolationPurpose, NewCommitment, OtherBasis, PlaceChild, Protect, Reception,
    ReleaseFromCustody, SeparateChild, TransferPerson, WithdrawProtection,
};
pub use event::CustodyEvent;
pub use refusal::CustodyRefusal;
pub use state::{Child, Custody, Footing, Isolation, Stay, Whereabouts};
