//! Who may do what, and who did look: the one place that decides and writes it down.
//!
//! Everything is denied unless the matrix allows it to the role for the purpose. A consultation is written before
//! anything is returned: no log, no data.

mod consultations;
mod gate;
mod matrix;

pub use consultations::{Consultation, Consultations, Wanted, by_look};
pub use gate::{Asked, Beyond, Gate};
pub use matrix::{Action, Denied, allow};

use domain::actor::{Actor, Purpose};
use uuid::Uuid;

/// On whose behalf, and why, the register is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Who.
    pub actor: Actor,
    /// Why.
    pub purpose: Purpose,
    /// What ties several calls together.
    pub correlation: Option<Uuid>,
    /// The look that its consultations belong to.
    pub look: Option<Uuid>,
    /// How it stands to the cases of children.
    pub gate: Gate,
}

impl Call {
    /// A call of its own.
    pub fn new(actor: Actor, purpose: Purpose) -> Self {
        Self {
            actor,
            purpose,
            correlation: None,
            look: None,
            gate: Gate::Closed,
        }
    }

    /// The call, asking at the gate to children's cases.
    #[must_use]
    pub fn asking(mut self, asked: Option<Asked>) -> Self {
        self.gate = asked.map_or(Gate::Closed, Gate::Asked);
        self
    }
}
