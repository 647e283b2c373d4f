//! What the safeguards ask for the person who is sentenced: a carer, a child.

use super::super::{Reasoned, objection};
use super::Found;
use super::choice::is_custodial;
use crate::act::{Facts, Grade, Objection};
use crate::jurisdiction::{AgeBand, Meaning, Pack};
use crate::sentence::{Count, CustodyTerm, Decision, Sanction, SentenceRefusal};
use crate::values::{CivilDate, Known, SocialInquiry};

/// What the record says of whether the person is a child.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Childhood {
    /// The person is.
    Child,
    /// Nobody knows: whoever may be a child is treated as one.
    Unknown,
    /// The person is not, or the record says nothing of it.
    No,
}

fn childhood(decision: &Decision, decided: CivilDate, facts: &Facts) -> Childhood {
    let is_child = |band: &AgeBand| band.from < facts.law.ages.majority;
    if decision.minor_on(decided, facts).is_some() {
        return Childhood::Child;
    }
    match facts.law.sentencing.age_told(&decision.circumstances) {
        Known::Value(band) if is_child(band) => Childhood::Child,
        // The date of birth answers what was not.
        Known::NotAsked | Known::Declined if facts.born.is_none() => Childhood::Unknown,
        Known::Value(_) | Known::NotRecorded | Known::NotAsked | Known::Declined => Childhood::No,
    }
}

/// What no sentence of a child holds, whatever the reasons: CRC-37a, CRC-40. And whether what is known of the age agrees.
pub(crate) fn children(decision: &Decision, decided: CivilDate, facts: &Facts, found: &mut Found) {
    let law = facts.law.as_ref();
    contradicted(decision, decided, facts, found);
    for count in &decision.counts {
        let committed = count.offence.committed.value();
        let by_band = oldest_told(decision, law);
        let by_birth = facts
            .born
            .and_then(|born| born.oldest(committed.copied().unwrap_or(decided)));
        let Some(oldest) = least(by_band, by_birth) else {
            continue;
        };
        under_age(oldest, law, found);
        never(count, oldest, law, found);
    }
}

/// The greatest age at the decision, by the age group and by the date of birth.
pub(crate) fn oldest(decision: &Decision, decided: CivilDate, facts: &Facts) -> Option<u16> {
    let by_birth = facts.born.and_then(|born| born.oldest(decided));
    least(oldest_told(decision, &facts.law), by_birth)
}

fn oldest_told(decision: &Decision, law: &Pack) -> Option<u16> {
    let told = law.sentencing.age_told(&decision.circumstances);
    told.value().and_then(|band| band.to)
}

fn least(one: Option<u16>, other: Option<u16>) -> Option<u16> {
    one.into_iter().chain(other).min()
}

/// CRC-AGE: an age group that is not that of the date of birth, or a child who by it never was one.
fn contradicted(decision: &Decision, decided: CivilDate, facts: &Facts, found: &mut Found) {
    let Some(born) = facts.born else {
        return;
    };
    let offences = decision
        .counts
        .iter()
        .filter_map(|count| count.offence.committed.value());
    let never_was = || born.minor(offences.copied(), decided, &facts.law) < decision.minor;
    let told = facts.law.sentencing.age_told(&decision.circumstances);
    let ages = born.youngest(decided).zip(born.oldest(decided));
    let is_of_another = told
        .value()
        .zip(ages)
        .is_some_and(|(band, (youngest, oldest))| {
            oldest < band.from || band.to.is_some_and(|to| to < youngest)
        });
    if is_of_another || never_was() {
        let refusal = SentenceRefusal::AgeContradicted;
        found.extend(objection(refusal, Reasoned::No, &facts.law));
    }
}

/// CRC-40: whoever is under the age of criminal responsibility is not tried.
fn under_age(oldest: u16, law: &Pack, found: &mut Found) {
    let minimum = law.ages.criminal_responsibility;
    let refusal = SentenceRefusal::UnderAge { minimum };
    if oldest < minimum && !found.iter().any(|objection| objection.refusal == refusal) {
        found.push(Objection::hard(refusal));
    }
}

/// CRC-37a: no death, and no life without release, for whoever was certainly under the age of majority.
fn never(count: &Count, oldest: u16, law: &Pack, found: &mut Found) {
    if oldest >= law.ages.majority {
        return;
    }
    for component in &count.components {
        let endless = match &component.sanction {
            Sanction::Death {} => true,
            Sanction::Custody { term } => {
                *term == Some(CustodyTerm::Life) && !law.sentencing.releases_from_life
            }
            Sanction::SuspendedCustody { .. }
            | Sanction::CommunityOrder { .. }
            | Sanction::Fine { .. }
            | Sanction::DayFine { .. }
            | Sanction::Compensation { .. }
            | Sanction::Discharge { .. }
            | Sanction::Admonition {}
            | Sanction::Deferred { .. }
            | Sanction::Ancillary { .. }
            | Sanction::Other { .. } => false,
        };
        if endless {
            found.push(Objection::hard(SentenceRefusal::NeverOfAChild {
                component: component.no,
                majority: law.ages.majority,
            }));
        }
    }
}

/// What the custody of a carer meets, whether the decision says that she is one or the register knew it. BR-61: what
/// speaks for her was considered. BR-64: the danger and the child's best interests were weighed.
pub(super) fn carer(decision: &Decision, facts: &Facts, found: &mut Found) {
    if !is_custodial(decision) {
        return;
    }
    let law = facts.law.as_ref();
    let known = facts.about.with_answers(&decision.circumstances, law);
    let is = |meanings: &[Meaning]| law.sentencing.says(&known, meanings);
    let with_child = [
        Meaning::Pregnant,
        Meaning::Breastfeeding,
        Meaning::DependentChild,
    ];
    let reasoned = Reasoned::by(decision.reasons.as_ref());
    if is(&with_child) && decision.weighed.carer.is_none() {
        found.extend(objection(SentenceRefusal::CarerNotWeighed, reasoned, law));
    }
    let caring = is(&with_child) || is(&[Meaning::Carer]);
    if caring && decision.mitigating.is_empty() {
        let refusal = SentenceRefusal::MitigationNotConsidered;
        found.extend(objection(refusal, reasoned, law));
    }
}

/// What the sentence of somebody meets who is, or may be, a child: BJ-16, BJ-17, CRC-AGE.
pub(super) fn child(decision: &Decision, decided: CivilDate, facts: &Facts, found: &mut Found) {
    let law = facts.law.as_ref();
    match childhood(decision, decided, facts) {
        Childhood::No => return,
        Childhood::Unknown => {
            found.extend(objection(SentenceRefusal::AgeUnknown, Reasoned::No, law));
        }
        Childhood::Child => {}
    }
    let reasoned = Reasoned::by(decision.reasons.as_ref());
    inquiry(decision, reasoned, law, found);
    if is_custodial(decision) && decision.weighed.child.is_none() {
        let stands = objection(SentenceRefusal::ChildNotWeighed, reasoned, law);
        found.extend(stands.map(seen));
    }
}

/// BJ-16: a child's background is looked into before the decision, unless the case is minor.
fn inquiry(decision: &Decision, reasoned: Reasoned, law: &Pack, found: &mut Found) {
    let looked = matches!(
        decision.weighed.inquiry,
        Known::Value(SocialInquiry::Reported | SocialInquiry::MinorCase)
    );
    if !looked {
        found.extend(objection(SentenceRefusal::NotInquired, reasoned, law));
    }
}

/// BJ-17: what reasons overcome is seen all the same.
fn seen(stands: Objection<SentenceRefusal>) -> Objection<SentenceRefusal> {
    match stands.grade {
        Grade::Notice => Objection {
            grade: Grade::Alarm,
            ..stands
        },
        Grade::Hard | Grade::Reasons | Grade::Alarm => stands,
    }
}
