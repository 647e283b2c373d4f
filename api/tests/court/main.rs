//! What a court, and those who watch over it, do with the pages: over the router, on HTML found by label and text.

mod acts;
mod desk;
mod html;
mod lists;
mod persons;
mod recording;

/// Whatever went wrong in a test's own steps.
type Failure = Box<dyn std::error::Error + Send + Sync>;
