//! The official tables: a register of which the answer of every cell is known; as of the past; for whom they are; and the
//! files as the bodies that ask for them read them.

mod asked;
mod country;
mod prisons;
mod probation;
