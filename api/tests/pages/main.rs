//! What people do with the pages: over the router, on HTML found by label and text.

mod abroad;
mod acting;
mod court;
mod desk;
mod emergencies;
mod findings;
mod html;
mod places;
mod probation;

/// Whatever went wrong in a test's own steps.
type Failure = Box<dyn std::error::Error + Send + Sync>;
