//! The rules of the order, each with a case that passes and one that does not.
