//! What the whole import does with files, good and bad.

mod mongolia;
