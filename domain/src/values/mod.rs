//! The words of the statutes as types: parsed once at the edge, never wrong afterwards.

mod code;
mod country;
mod date;
mod digest;
mod held;
mod ids;
mod known;
mod leaving;
mod length;
mod mark;
mod money;
mod number;
mod offence;
mod quantity;
mod weighed;

pub use code::{
    CaseReference, CatalogueVersion, Code, CodeError, CourtCode, CurrencyCode, FacilityCode,
    HearingReference, IccsCode, JurisdictionCode, OffenceCode, OfficeCode, PolicyVersion,
    SubjectId,
};
pub use country::{CountryCode, CountryError};
pub use date::{CivilDate, DateError, Day, Instant, Occurred};
pub use digest::{Digest, DigestError};
pub use held::DaysHeld;
pub use ids::{
    AppointmentNo, AssessmentNo, BreachNo, ChildNo, ComplaintId, ComponentNo, ContactNo, CountNo,
    CustodyId, DiversionId, EmergencyId, EventId, FacilityId, FindingId, OrderId, PersonId,
    PointNo, PretrialId, ProgrammeNo, PublicationNo, RecallNo, RegistryId, ReleaseId, ReportId,
    RequirementNo, RestorativeId, SentenceId, StatementNo, SupervisionId, ViolationNo, WarningNo,
};
pub use known::Known;
pub use leaving::{Provided, Readiness, Return};
pub use length::{Length, LengthError, Term, TermUnit};
pub use mark::{Answer, Consent, Enforceable, InformedConsent, LegalAid, Told};
pub use money::{Money, MoneyError};
pub use number::{Decimal, DecimalError, days_in_words, grouped, thousands};
pub use offence::{Gravity, GuidelineRange, Offence};
pub use quantity::{Minutes, Quantity, Unit};
pub use weighed::{CarerWeighed, ChildWeighed, SocialInquiry, VictimHeard, Weighed};
