//! A judgment of another State: what it was for, what it imposed, and what may be made of it here.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    Answer, CaseReference, CivilDate, CourtCode, IccsCode, Known, Length, Money, OffenceCode, Term,
};

/// An offence in the law of another State.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForeignOffence {
    /// Its code or article in the law of that State.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub code: Known<OffenceCode>,
    /// Its international class (ICCS).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iccs: Option<IccsCode>,
    /// The offence that the same act is in the law of this State; none where it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "offences"))]
    pub here: Option<OffenceCode>,
    /// When it was committed.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub committed: Known<CivilDate>,
}

/// Kinds of penalty, from the heaviest down, as States tell them to each other.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PenaltyKind {
    /// Death.
    Death,
    /// Custody for life.
    CustodyForLife,
    /// Custody until a competent authority decides.
    IndeterminateCustody,
    /// Custody for a term.
    Custody,
    /// Custody that is served only if it is activated.
    SuspendedCustody,
    /// Work, supervision or treatment in the community.
    CommunityMeasure,
    /// A fine.
    Fine,
    /// A disqualification.
    Disqualification,
    /// A warning or a discharge.
    Warning,
    /// Anything else.
    Other,
}

impl PenaltyKind {
    /// How much it takes: liberty for good or for long, liberty, a part of it, none.
    fn weight(self) -> u8 {
        match self {
            Self::Death => 6,
            Self::CustodyForLife => 5,
            Self::IndeterminateCustody => 4,
            Self::Custody => 3,
            Self::SuspendedCustody => 2,
            Self::CommunityMeasure => 1,
            Self::Fine | Self::Disqualification | Self::Warning | Self::Other => 0,
        }
    }

    /// Whether the person is deprived of liberty.
    pub fn is_custody(self) -> bool {
        matches!(
            self,
            Self::CustodyForLife | Self::IndeterminateCustody | Self::Custody
        )
    }
}

/// A penalty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Penalty {
    /// Of which kind.
    pub kind: PenaltyKind,
    /// How long, where it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<Length>,
    /// For how long it hangs over the person, where it is suspended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended_for: Option<Length>,
    /// How much, where it is money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
}

/// A judgment of a court of another State.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForeignJudgment {
    /// The court, as that State numbers or names it in a code.
    pub court: CourtCode,
    /// The reference under which that court keeps it; never a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<CaseReference>,
    /// When it was pronounced.
    pub pronounced: CivilDate,
    /// When it became final and could be enforced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub final_since: Option<CivilDate>,
    /// Whether the person was present at the trial.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub present: Known<Answer>,
    /// The offences it was for.
    pub offences: Vec<ForeignOffence>,
    /// The penalties it imposed.
    pub penalties: Vec<Penalty>,
}

impl ForeignJudgment {
    /// The heaviest kind of penalty that it imposed.
    fn heaviest(&self) -> Option<PenaltyKind> {
        let kinds = self.penalties.iter().map(|penalty| penalty.kind);
        kinds.max_by_key(|kind| kind.weight())
    }

    /// Whether it deprived the person of liberty.
    pub fn is_custodial(&self) -> bool {
        self.penalties
            .iter()
            .any(|penalty| penalty.kind.is_custody())
    }

    /// Its penalties of a kind together, the longest that may have been meant; none where that is not certain.
    fn longest(&self, kind: PenaltyKind) -> Option<Length> {
        let mut of_kind = self.penalties.iter().filter(|penalty| penalty.kind == kind);
        let first = of_kind.next()?.length?;
        of_kind.try_fold(first, |sum, penalty| sum.plus(penalty.length?))
    }

    /// Whether another penalty certainly is heavier: of a heavier kind, or longer than all of its kind together.
    pub fn is_aggravated_by(&self, other: &Penalty) -> bool {
        let Some(heaviest) = self.heaviest() else {
            return false;
        };
        let terms = other.length.zip(self.longest(other.kind));
        other.kind.weight() > heaviest.weight()
            || terms.is_some_and(|(other, judged)| other.exceeds(judged))
    }

    /// Whether what is left, together with so many days that were served, certainly is more than the term.
    pub fn is_left_undeducted(&self, left: &Penalty, served: u32) -> bool {
        let served = Length::Calendar(Term::of_days(served));
        let whole = left.length.and_then(|left| left.plus(served));
        let terms = whole.zip(self.longest(PenaltyKind::Custody));
        left.kind == PenaltyKind::Custody
            && terms.is_some_and(|(whole, judged)| whole.exceeds(judged))
    }
}
