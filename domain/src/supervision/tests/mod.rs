//! The rules of the supervision, each with a case that passes and one that does not.
