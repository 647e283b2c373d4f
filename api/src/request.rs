//! A command, read from what was sent.

use domain::stream::{Deserializer, FromRequest};
use serde_path_to_error::Track;

/// Reads a command; a fault is told with the path of its field.
pub(crate) fn read<'de, C: FromRequest>(
    sent: impl serde::Deserializer<'de>,
) -> Result<C, (String, String)> {
    let mut track = Track::new();
    let tracked = serde_path_to_error::Deserializer::new(sent, &mut track);
    let read = C::from_request(&mut <dyn Deserializer<'_>>::erase(tracked));
    read.map_err(|error| (track.path().to_string(), error.to_string()))
}
