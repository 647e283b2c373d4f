//! What of a command is sealed, and under which class of data.

use super::{AnswersLater, Commitment, CustodyCommand, Reception};
use crate::personal::{DataClass, PersonalText, Seal, Sealer};

fn said<S: Sealer>(
    text: &mut Option<PersonalText>,
    class: DataClass,
    sealer: &mut S,
) -> Result<(), S::Error> {
    PersonalText::seal_said(text, class, sealer)
}

impl Seal for Commitment {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        said(&mut self.reasons, DataClass::Judgment, sealer)
    }
}

impl Seal for Reception {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        said(&mut self.injuries_seen, DataClass::Health, sealer)?;
        self.each_child
            .iter_mut()
            .try_for_each(|child| said(&mut child.details, DataClass::Children, sealer))
    }
}

impl Seal for AnswersLater {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        said(&mut self.injuries_seen, DataClass::Health, sealer)?;
        self.each_child
            .iter_mut()
            .try_for_each(|child| said(&mut child.details, DataClass::Children, sealer))
    }
}

impl Seal for CustodyCommand {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        match self {
            Self::Admit(c) => {
                c.commitment.seal(sealer)?;
                c.reception.seal(sealer)
            }
            Self::RecordIrregularHolding(c) => {
                said(&mut c.note, DataClass::Judgment, sealer)?;
                c.reception.seal(sealer)
            }
            Self::Protect(c) => {
                said(&mut c.request, DataClass::Judgment, sealer)?;
                c.reception.seal(sealer)
            }
            Self::Regularise(c) | Self::ContinueOn(c) => c.commitment.seal(sealer),
            Self::Classify(c) => said(&mut c.reasons, DataClass::Judgment, sealer),
            Self::PlaceChild(c) => said(&mut c.best_interests, DataClass::Children, sealer),
            Self::SeparateChild(c) => {
                said(&mut c.best_interests, DataClass::Children, sealer)?;
                said(&mut c.reasons, DataClass::Children, sealer)
            }
            Self::RecordAnswers(c) => c.seal(sealer),
            Self::Release(c) => said(&mut c.plan, DataClass::Supervision, sealer),
            Self::Isolate(_)
            | Self::EndIsolation(_)
            | Self::WithdrawProtection(_)
            | Self::Transfer(_)
            | Self::RecordBasisFallen(_)
            | Self::RecordContact(_) => Ok(()),
        }
    }
}
