//! A matter with another State about one person.
//!
//! In urgent cases somebody is *arrested provisionally* before anything is requested, and is set free where no request
//! follows in time. Something is *requested*, of this State or by it: to surrender somebody (extradition), to let a person who was
//! sentenced in one State serve in the other (transfer), to recognise a judgment of the one in the other. Each State that
//! has to decide *grants* or *refuses* it; a refusal that is set aside is *reopened*. A transfer also needs the informed
//! consent of whoever is transferred, which can be withdrawn until the last. What is granted may be *postponed*, and is
//! *effected*: the sentence is continued or converted, and never heavier than it was. What comes to nothing is *ended*.
//! Of a judgment another State may also only *notify*: it stands on the person's timeline and is no decision of this
//! State, so that no figure counts it.
//!
//! The words are those of the Model Treaty on Extradition (General Assembly resolution 45/116), the Model Agreement on the
//! Transfer of Foreign Prisoners (1985) and the European Convention on the International Validity of Criminal Judgments
//! (ETS 70).
//!
//! | rule | says |
//! |---|---|
//! | IC-1 | a matter is recorded once, and names an offence |
//! | IC-2 | nothing is recorded of the future, and no step from before what it follows |
//! | IC-3 | a step is possible only in the state that allows it, and nobody grants twice |
//! | IC-4 | offices, grounds, assurances and reasons are those of the pack, each in the matters it is meant for |
//! | IC-5 | a matter hangs on a sentence in force or an open case of the person; a transfer or a recognition hangs on a final judgment |
//! | IC-6 | a State decides what is its to decide, and nothing is carried out before every State that has to has granted it |
//! | IC-7 | a refusal names its grounds |
//! | IC-8 | a grant says that each mandatory ground of refusal was examined |
//! | IC-9 | nobody is transferred to serve a sentence without informed consent |
//! | IC-10 | a transfer or a recognition never makes the penalty heavier: it is said what is left to be served, what was served is deducted, and custody is not turned into money |
//! | IC-11 | nobody is sent to another State to face death or torture there without an assurance against it, and a court that grants it without one is seen |
//! | IC-12 | a request follows a provisional arrest, is decided and a grant carried out in time, and no day for either lies before the act that sets it |
//! | TR-3.1 | the treaty or statute it rests on is in force on the day |
//! | TR-3.3 | whoever is named as deciding decides |
//! | CRC-AGE | whoever may be a child is treated as one |
//! | DP-7 | no software asks, decides or carries out |

mod aggregate;
mod command;
mod decide;
mod event;
mod judgment;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use command::{
    ArrestProvisionally, Authority, CooperationCommand, Direction, EffectMatter, EndMatter,
    Enforcement, GrantCooperation, HangsOn, Matter, NotifyJudgment, PostponeMatter,
    RefuseCooperation, ReopenMatter, RequestCooperation, Side, WithdrawConsent,
};
pub use event::CooperationEvent;
pub use judgment::{ForeignJudgment, ForeignOffence, Penalty, PenaltyKind};
pub use refusal::CooperationRefusal;
pub use state::{Arrested, Cooperation, CooperationStanding, Notified, Requested};
