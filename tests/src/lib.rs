//! What the tests of the whole share: a register on either database with a clock that the test moves, the sample
//! roles, and the commands that most stories begin with.

mod called;
mod chromium;
mod drawn;
mod held;
mod http;
mod place;
mod rows;
mod served;
mod snapshots;
mod sources;
mod typed;

pub use called::{call, impose, person, receipt, theft};
pub use chromium::{Chromium, Page, Paper};
pub use drawn::{Drawn, STANDS};
pub use held::{HELD_SINCE, hold};
pub use http::{Answer, Client, Following, Told};
pub use place::{NOON, Place, loud, not_here, setting};
pub use rows::{TABLES, dump, dump_read_models};
pub use served::{Served, program, run};
pub use snapshots::Snapshots;
pub use sources::{files, files_of, root, rust_sources};
pub use typed::{Typed, recorded};

/// Whatever went wrong in a test's own steps.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
