//! What the tests of the whole share: a register on either database with a clock that the test moves, the sample
//! roles, and the commands that most stories begin with.

mod called;
mod chromium;
mod place;
mod rows;
mod served;
mod sources;

pub use called::{call, impose, person, receipt, theft};
pub use chromium::{Chromium, Page, Paper};
pub use place::{NOON, Place, not_here, setting};
pub use rows::{TABLES, dump, dump_read_models};
pub use served::{Answer, Served, run};
pub use sources::{files, files_of, root, rust_sources};

/// Whatever went wrong in a test's own steps.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
