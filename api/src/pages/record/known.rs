//! What the register knows of somebody before a decision: the circumstances that protect her, and the days in detention
//! before judgment. It is shown beside the question and, the first time it is asked, chosen.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::act::{Facts, Objection, PersonAsked};
use domain::jurisdiction::Pack;
use domain::pretrial::Pretrial;
use domain::sentence::{Decision, SentenceRefusal};
use domain::stream::Stream;
use domain::values::{
    CivilDate, Code, DaysHeld, Instant, Known, Occurred, PersonId, days_in_words,
};
use infra::registry::Found;

use crate::pages::page::{PageError, Typed, Visitor, day_in_words};
use crate::pages::sentence;

/// What is known before the decision.
#[derive(Debug, Default)]
pub(super) struct KnownBefore {
    /// The answers of the person's record to the questions about whoever cares for somebody.
    answers: BTreeMap<Code, Code>,
    /// The days in detention before judgment, in words, a sentence for each case that goes on.
    detention: Vec<String>,
    /// All of these days, each counted once.
    days: u32,
}

impl KnownBefore {
    /// What is known of a person by the time of a decision.
    pub(super) async fn of(
        visitor: &Visitor,
        law: &Arc<Pack>,
        person: PersonId,
        pronounced: Occurred,
    ) -> Result<Self, PageError> {
        let now = Instant::from_micros(visitor.app.registry.clock().now_us());
        let facts = Facts::at(now, visitor.call.actor.clone(), Arc::clone(law));
        let held = detention(visitor, person, pronounced, &facts).await?;
        Ok(Self {
            answers: answers(visitor, person, pronounced, &facts).await?,
            detention: held.iter().filter_map(|times| in_words(times)).collect(),
            days: DaysHeld::counted(held.into_iter().flatten()),
        })
    }

    /// What is typed, with the answers that are known where nothing was asked yet.
    pub(super) fn answer(&self, typed: &Typed) -> Typed {
        let mut typed = typed.clone();
        for (question, answer) in &self.answers {
            let name = format!("c_{question}");
            if typed.get(&name).is_none() {
                typed = typed.with(&name, answer.as_str());
            }
        }
        typed
    }

    /// What is known of a question, beside it.
    pub(super) fn beside(&self, question: &Code, law: &Pack) -> Option<String> {
        let answer = self.answers.get(question)?;
        let rule = law.sentencing.circumstance(question)?;
        let values = rule.values.iter().find(|value| &value.code == answer);
        let title = values.map_or(answer.as_str(), |value| value.title.as_str());
        Some(format!("Known of the person to the register: {title}."))
    }

    /// What stands against the days that a decision credits: that the register knows of others.
    pub(super) fn against(&self, decision: &Decision) -> Option<Objection<SentenceRefusal>> {
        let credited = *decision.remand_days.value()?;
        let differs = self.days > 0 && self.days != credited;
        differs.then(|| {
            Objection::notice(SentenceRefusal::RemandDiffers {
                credited,
                known: self.days,
            })
        })
    }

    /// What is asked about the days in custody, with the days that are known.
    pub(super) fn beside_days(&self) -> String {
        let none = "0 when none.".to_owned();
        [none]
            .into_iter()
            .chain(self.detention.iter().cloned())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// The answers that say that something is so, for those who may read them.
async fn answers(
    visitor: &Visitor,
    person: PersonId,
    pronounced: Occurred,
    facts: &Facts,
) -> Result<BTreeMap<Code, Code>, PageError> {
    if !sentence::sees_special(visitor) {
        return Ok(BTreeMap::new());
    }
    let asked = PersonAsked::When(pronounced);
    let registry = &visitor.app.registry;
    let about = registry
        .about_for_draft(&visitor.call, person, asked, facts)
        .await?;
    let known = about.with_answers(&BTreeMap::new(), &facts.law);
    let of_carers = facts.law.sentencing.of_carers();
    let answered = of_carers.filter_map(|rule| match known.get(&rule.code) {
        Some(Known::Value(answer)) => Some((rule.code.clone(), answer.clone())),
        Some(Known::NotRecorded | Known::NotAsked | Known::Declined) | None => None,
    });
    Ok(answered.collect())
}

/// The days in detention in each case before judgment of the person that goes on, up to the decision.
async fn detention(
    visitor: &Visitor,
    person: PersonId,
    pronounced: Occurred,
    facts: &Facts,
) -> Result<Vec<Vec<DaysHeld>>, PageError> {
    let registry = &visitor.app.registry;
    let (call, as_of) = (&visitor.call, visitor.as_of);
    let cases = registry.cases_about(call, person, as_of).await?.rows;
    let day = facts.date(pronounced).latest().unwrap_or(facts.today);
    let mut known = Vec::new();
    for case in cases {
        if case.kind != <Pretrial as Stream>::TYPE || !case.open {
            continue;
        }
        let found: Found<Pretrial> = registry.show(call, &case.id, as_of).await?;
        let held = found.state.opened();
        let held = held.and_then(|case| case.times_held(&facts.law, day));
        known.extend(held);
    }
    Ok(known)
}

fn in_words(times: &[DaysHeld]) -> Option<String> {
    let days = DaysHeld::counted(times.iter().copied());
    let from = times.iter().map(|held| held.from).min()?;
    let to = times.iter().map(|held| held.to).max()?;
    let said = |day| day_in_words(CivilDate::Day(day));
    let days = match days {
        0 => return None,
        days => days_in_words(days),
    };
    Some(format!(
        "The register knows of {days} of detention in this case (from {} to {}).",
        said(from),
        said(to)
    ))
}
