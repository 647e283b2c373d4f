//! A probation office, and a court that hears of its orders.

mod case;
mod change;
mod orders;
mod sessions;
mod supervisions;
mod worklist;
