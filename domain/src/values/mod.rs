//! The words of the statutes as types: parsed once at the edge, never wrong afterwards.

mod code;
mod date;
mod ids;
mod known;
mod length;
mod mark;
mod money;
mod number;
mod offence;
mod quantity;

pub use code::{
    CaseReference, CatalogueVersion, Code, CodeError, CourtCode, CurrencyCode, HearingReference,
    IccsCode, JurisdictionCode, OffenceCode, OfficeCode, PolicyVersion, SubjectId,
};
pub use date::{CivilDate, DateError, Day, Instant, Occurred};
pub use ids::{
    AppointmentNo, AssessmentNo, BreachNo, ComponentNo, ContactNo, CountNo, EventId, OrderId,
    PersonId, PretrialId, ProgrammeNo, RecallNo, RequirementNo, SentenceId, SupervisionId,
    ViolationNo, WarningNo,
};
pub use known::Known;
pub use length::{Length, LengthError, Term, TermUnit};
pub use mark::{Consent, Enforceable, InformedConsent, LegalAid, Told};
pub use money::{Money, MoneyError};
pub use number::{Decimal, DecimalError};
pub use offence::{Gravity, GuidelineRange, Offence};
pub use quantity::{Minutes, Quantity, Unit};
