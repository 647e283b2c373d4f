//! What resolution 76/184 asks, paragraph by paragraph, what Bangkok Rules 53 asks, and one life: through HTTP alone, as courts and services act.
//!
//! A journey is told twice. The test tells it in sentences, each with what becomes of it: done, noticed, refused. The
//! file of the same name holds each sentence again, with who says it and what is sent to the register. A sentence that
//! stands in the file and is never told is a fault.
#![expect(
    clippy::indexing_slicing,
    reason = "what a JSON value lacks reads as null, and the step that needs it fails"
)]

mod bangkok_53;
mod journey;
mod life;
mod op_02;
mod op_03;
mod op_04;
mod op_05;
mod op_06;
mod op_07;
mod op_08;
mod op_09;
mod op_10;
mod op_11;
mod op_12;
mod otherwise;
mod script;
mod seen;
