//! What a probation office, and a court that hears of its orders, do with the pages: over the router, on HTML found by
//! label and text.

mod change;
mod desk;
mod html;
mod orders;
mod sessions;
mod supervisions;
mod worklist;

/// Whatever went wrong in a test's own steps.
type Failure = Box<dyn std::error::Error + Send + Sync>;
