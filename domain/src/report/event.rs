//! What happened to a report to a court.

use super::command::{
    ContestStatement, FileStatement, FinaliseReport, RequestReport, SettleStatement, WithdrawReport,
};
use crate::events;

events! {
    /// What happened to a report to a court.
    ReportEvent of "report" {
        /// A report was requested.
        Requested(RequestReport) = "requested",
        /// A statement was filed; statements are numbered as they are filed.
        StatementFiled(FileStatement) = "statement_filed",
        /// A statement is contested; it reads so until that is settled.
        StatementContested(ContestStatement) = "statement_contested",
        /// What was contested is settled.
        ContestSettled(SettleStatement) = "contest_settled",
        /// The report was finalised.
        Finalised(FinaliseReport) = "finalised",
        /// The report was withdrawn.
        Withdrawn(WithdrawReport) = "withdrawn",
    }
}
