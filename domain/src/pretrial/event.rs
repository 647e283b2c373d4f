//! What happened to somebody's liberty before judgment.

use super::command::{
    AppealTold, DecideAppeal, EndCase, ExtendDetention, ImposeAlternative, OpenCase,
    OrderDetention, PretrialAppeal, RecordBreach, RecordLegalAid, ReleaseUnconditionally, Review,
    VaryAlternative,
};
use crate::events;

events! {
    /// What happened to somebody's liberty before judgment.
    PretrialEvent of "pretrial" {
        /// A case was opened.
        Opened(OpenCase) = "opened",
        /// The person was released without conditions.
        ReleasedUnconditionally(ReleaseUnconditionally) = "released_unconditionally",
        /// An alternative to detention was imposed.
        AlternativeImposed(ImposeAlternative) = "alternative_imposed",
        /// Detention was ordered.
        DetentionOrdered(OrderDetention) = "detention_ordered",
        /// What stands was reviewed and goes on.
        Reviewed(Review) = "reviewed",
        /// An alternative was varied.
        AlternativeVaried(VaryAlternative) = "alternative_varied",
        /// An alternative was breached; nothing is decided by that.
        AlternativeBreached(RecordBreach) = "alternative_breached",
        /// Detention was extended.
        Extended(ExtendDetention) = "extended",
        /// How legal aid stands was recorded.
        LegalAidRecorded(RecordLegalAid) = "legal_aid_recorded",
        /// It was recorded whether the person was told how to appeal.
        AppealToldRecorded(AppealTold) = "appeal_told_recorded",
        /// An appeal was lodged.
        AppealLodged(PretrialAppeal) = "appeal_lodged",
        /// An appeal was decided.
        AppealDecided(DecideAppeal) = "appeal_decided",
        /// The case before judgment ended.
        Ended(EndCase) = "ended",
    }
}
