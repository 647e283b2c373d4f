//! What every row of a list can do.

use super::desk::Telling;
use crate::bulk::Refused;

/// A row that tells a step or more of a stream.
pub(in crate::import) trait Tells {
    /// Tells its steps in their order, each of which is recorded once. A step that is refused takes the whole row with it.
    fn tell(&self, row: &mut Telling<'_>) -> impl Future<Output = Result<(), Refused>> + Send;
}
