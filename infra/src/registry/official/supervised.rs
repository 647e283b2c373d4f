//! Measures under the supervision of a probation agency, and reports to courts.

use std::collections::BTreeSet;

use domain::jurisdiction::SpaceCategory;
use domain::official::{
    Fact, Facts, Measure, Population, order_measure, pretrial_measures, sex_word,
    supervision_measure, told_categories,
};
use domain::order::Order;
use domain::pretrial::Pretrial;
use domain::report::Report;
use domain::sentence::Sentence;
use domain::supervision::Supervision;
use domain::values::{Day, PersonId};

use super::history::{as_known, on_day};
use super::prisons::standing;
use super::{Asked, OfficialError, record};
use crate::error::StoreError;
use crate::registry::Registry;

/// Why nothing is told of supervision.
const NOTHING: &str =
    "No community order, supervision or case before judgment is recorded in this register.";
const NO_RULES: &str = "The rules do not say which measures a probation agency supervises (official.supervised_requirements, \
                        official.supervised_alternatives).";

const NO_SUCH_MEASURE: &str = "The rules name no measure of this category (official.supervised_requirements), so \
                               nothing would be counted in it.";

/// A measure of somebody, with the records behind it.
struct Supervised {
    person: PersonId,
    measure: Measure,
    behind: Vec<String>,
}

impl Registry {
    /// Tells what is asked of supervision.
    #[expect(
        clippy::too_many_lines,
        reason = "the measures of three streams, then the three counts of them"
    )]
    pub(super) async fn tell_supervised(
        &self,
        populations: &BTreeSet<Population>,
        asked: &Asked<'_>,
        facts: &mut Facts,
    ) -> Result<(), OfficialError> {
        if populations.contains(&Population::Reports) {
            self.tell_reports(asked, facts).await?;
        }
        let of_measures = [Population::Supervised, Population::Began, Population::Ended];
        if !of_measures.iter().any(|one| populations.contains(one)) {
            return Ok(());
        }
        let orders = self.ids_in("order_ledger", "order_id", None, asked).await?;
        let supervisions = self
            .ids_in("caseload", "supervision_id", None, asked)
            .await?;
        let cases = self
            .ids_in("cases", "case_id", Some("pretrial"), asked)
            .await?;
        let rules = &asked.law.official;
        let silent =
            rules.supervised_requirements.is_empty() && rules.supervised_alternatives.is_empty();
        let why = if silent {
            Some(NO_RULES)
        } else if orders.is_empty() && supervisions.is_empty() && cases.is_empty() {
            Some(NOTHING)
        } else {
            None
        };
        if let Some(why) = why {
            for population in of_measures {
                facts.cannot_tell(population, why);
            }
            return Ok(());
        }
        let (mut then, mut known) = (Vec::new(), Vec::new());
        self.of_orders(&orders, asked, &mut then, &mut known)
            .await?;
        self.of_supervisions(&supervisions, asked, &mut then, &mut known)
            .await?;
        self.of_cases(&cases, asked, &mut then, &mut known).await?;
        then.retain(|one| one.measure.holds_on(asked.day));
        let in_year = |day: Day| day.year() == asked.year;
        let began: Vec<&Supervised> = known
            .iter()
            .filter(|one| in_year(one.measure.from))
            .collect();
        let ended: Vec<&Supervised> = known
            .iter()
            .filter(|one| one.measure.ended.is_some_and(|(day, _)| in_year(day)))
            .collect();
        let stock: Vec<&Supervised> = then.iter().collect();
        let all = stock.iter().chain(&began).chain(&ended);
        let people = all.map(|one| one.person).collect();
        let people = self.standing_people(&people, asked.index).await?;
        let told = |list: Vec<&Supervised>| {
            let each = list.into_iter().map(|one| {
                let (person, sex) = standing(&people, one.person);
                let fact = Fact::of(person.to_string(), one.behind.clone())
                    .with("sex", sex_word(sex))
                    .with("category", one.measure.category.0.to_string());
                match one.measure.ended {
                    Some((_, exit)) => fact.with("exit", exit.word()),
                    None => fact,
                }
            });
            each.collect::<Vec<Fact>>()
        };
        let categories = told_categories(asked.law);
        let untold = (1..=14_u8).filter(|no| !categories.contains(&SpaceCategory(*no)));
        for no in untold {
            for population in of_measures {
                facts.cannot_tell_under(population, ("category", &no.to_string()), NO_SUCH_MEASURE);
            }
        }
        facts.tell(Population::Supervised, told(stock));
        facts.tell(Population::Began, told(began));
        facts.tell(Population::Ended, told(ended));
        Ok(())
    }

    async fn of_orders(
        &self,
        ids: &BTreeSet<String>,
        asked: &Asked<'_>,
        then: &mut Vec<Supervised>,
        known: &mut Vec<Supervised>,
    ) -> Result<(), StoreError> {
        let orders = self.histories::<Order>(ids, asked.index).await?;
        let sentences = orders.values().filter_map(|events| {
            let now: Order = as_known(events);
            Some(now.made()?.sentence.to_string())
        });
        let sentences = sentences.collect();
        let sentences = self.histories::<Sentence>(&sentences, asked.index).await?;
        for (id, events) in &orders {
            let past: Order = on_day(events, asked.day, asked.law, |_| false);
            let now: Order = as_known(events);
            for (order, into) in [(&past, &mut *then), (&now, &mut *known)] {
                let Some(made) = order.made() else {
                    continue;
                };
                let events = sentences.get(&made.sentence.to_string());
                let sentence: Sentence = events.map_or_else(Sentence::default, |all| as_known(all));
                let behind = vec![record::<Order>(id), record::<Sentence>(made.sentence)];
                let measure = order_measure(made, sentence.imposed(), asked.law, asked.today);
                into.extend(measure.map(|measure| Supervised {
                    person: made.person,
                    measure,
                    behind,
                }));
            }
        }
        Ok(())
    }

    async fn of_supervisions(
        &self,
        ids: &BTreeSet<String>,
        asked: &Asked<'_>,
        then: &mut Vec<Supervised>,
        known: &mut Vec<Supervised>,
    ) -> Result<(), StoreError> {
        let supervisions = self.histories::<Supervision>(ids, asked.index).await?;
        for (id, events) in &supervisions {
            let past: Supervision = on_day(events, asked.day, asked.law, |_| false);
            let now: Supervision = as_known(events);
            for (state, into) in [(&past, &mut *then), (&now, &mut *known)] {
                let Some(started) = state.started() else {
                    continue;
                };
                let measure = supervision_measure(started, asked.law, asked.today);
                into.extend(measure.map(|measure| Supervised {
                    person: started.person,
                    measure,
                    behind: vec![record::<Supervision>(id)],
                }));
            }
        }
        Ok(())
    }

    async fn of_cases(
        &self,
        ids: &BTreeSet<String>,
        asked: &Asked<'_>,
        then: &mut Vec<Supervised>,
        known: &mut Vec<Supervised>,
    ) -> Result<(), StoreError> {
        let cases = self.histories::<Pretrial>(ids, asked.index).await?;
        for (id, events) in &cases {
            let now: Pretrial = as_known(events);
            let Some(person) = now.person() else {
                continue;
            };
            for measure in pretrial_measures(events, asked.law) {
                let of = || Supervised {
                    person,
                    measure,
                    behind: vec![record::<Pretrial>(id)],
                };
                then.push(of());
                known.push(of());
            }
        }
        Ok(())
    }

    /// Tells how many reports were finished in the year.
    async fn tell_reports(&self, asked: &Asked<'_>, facts: &mut Facts) -> Result<(), StoreError> {
        let ids = self
            .ids_in("cases", "case_id", Some("report"), asked)
            .await?;
        if ids.is_empty() {
            facts.cannot_tell(
                Population::Reports,
                "No report to a court is recorded in this register.",
            );
            return Ok(());
        }
        let reports = self.histories::<Report>(&ids, asked.index).await?;
        let finished = reports.iter().filter_map(|(id, events)| {
            let now: Report = as_known(events);
            let inquiry = now.requested()?;
            let done = inquiry.finalised.as_ref()?.done;
            let day = asked.law.date(done).latest()?;
            let person = inquiry.request.person.to_string();
            (day.year() == asked.year).then(|| Fact::of(person, vec![record::<Report>(id)]))
        });
        facts.tell(Population::Reports, finished.collect());
        Ok(())
    }
}
