//! Two years of a life, month by month: what did not happen in time is noticed, and nothing else is done about it.

use std::collections::BTreeSet;

use domain::complaint::Complaint;
use domain::custody::Custody;
use domain::finding::{Finding, FindingCommand};
use domain::pretrial::Pretrial;
use domain::release::Release;
use domain::sentence::Sentence;
use infra::record::Recorded;
use infra::registry::{
    AsOf, CommandError, FindingsQuery, ListedFinding, Options, RegisterQuery, Registry, WorkQuery,
};
use serde_json::{Value, json};
use tests::{Failure, Place, call, impose, person, receipt, theft};

const ONE_DAY_US: i64 = 86_400_000_000;
const ONE_MONTH_US: i64 = 30 * ONE_DAY_US;

/// What waited in vain, by what it says: those that clocks raised, in the order of their days.
async fn raised(registry: &Registry) -> Result<Vec<String>, Failure> {
    let of_clocks = listed(registry, &FindingsQuery::default()).await?;
    let of_clocks = of_clocks
        .into_iter()
        .filter(|finding| finding.event == "finding.raised");
    let mut said: Vec<String> = of_clocks
        .map(|finding| format!("{}, {}", finding.stream, finding.said))
        .collect();
    said.sort();
    Ok(said)
}

async fn listed(registry: &Registry, query: &FindingsQuery) -> Result<Vec<ListedFinding>, Failure> {
    registry.catch_up().await?;
    let query = FindingsQuery {
        limit: 1_000,
        ..query.clone()
    };
    let page = registry.findings(&call("oversight")?, &query).await?;
    Ok(page.rows)
}

/// Whoever is concerned, and what is recorded of them.
struct Life {
    person: String,
    case: String,
    sentence: String,
    stay: String,
    leave: String,
}

impl Life {
    /// Held before judgment from 1 March 2026, with a first review by the 20th; and under an order for something else.
    async fn begin(registry: &Registry) -> Result<Self, Failure> {
        let person = person(registry, "female").await?;
        let order = json!({"community_order": {"period": "P1Y", "requirements": [
            {"kind": "unpaid-work", "quantity": {"minutes": 6000}}
        ]}});
        impose(registry, person, order).await?;
        let new = || registry.new_stream_id().to_string();
        let life = Self {
            person: person.to_string(),
            case: new(),
            sentence: new(),
            stay: new(),
            leave: new(),
        };
        let open = json!({"open": {
            "person": life.person, "done": "2026-03-01", "court": "ashby", "offences": ["M102"]
        }});
        life.before_judgment(registry, open).await?;
        let detain = json!({"order_detention": {
            "decided": "2026-03-01", "basis": "pca-12", "grounds": [{"ground": "flight"}],
            "next_review": "2026-03-20", "until": "2026-07-15"
        }});
        life.before_judgment(registry, detain).await?;
        Ok(life)
    }

    /// What people do in a month.
    async fn live(&self, registry: &Registry, month: u32) -> Result<(), Failure> {
        match month {
            2 => self.review(registry, "2026-04-20", "2026-05-15").await,
            4 => self.review(registry, "2026-06-10", "2026-07-08").await,
            6 => self.is_sentenced(registry).await,
            11 => {
                let eligible = json!({"record_eligibility": {
                    "person": self.person, "sentence": self.sentence, "kind": "furlough",
                    "eligible_on": "2027-01-10", "done": "2026-12-01"
                }});
                self.of_leave(registry, eligible).await
            }
            12 => {
                let consider = json!({"consider": {"done": "2027-02-01"}});
                self.of_leave(registry, consider).await?;
                let grant = json!({"grant": {
                    "decided": "2027-02-20", "basis": "rel-3", "expires": "2027-03-20"
                }});
                self.of_leave(registry, grant).await?;
                let leave = json!({"effect": {"done": "2027-02-22"}});
                self.of_leave(registry, leave).await
            }
            14 => {
                let back = json!({"record_return": {"done": "2027-04-02", "how": "late"}});
                self.of_leave(registry, back).await
            }
            19 => {
                let go = json!({"release": {"released": "2027-09-20", "ground": "served"}});
                self.of_stay(registry, go).await
            }
            _ => Ok(()),
        }
    }

    /// What is found new at the end of a month.
    fn missed(month: u32) -> &'static [&'static str] {
        match month {
            1 => &[
                "pretrial, review of detention or measures before judgment: 2026-03-20 has passed",
            ],
            3 => &[
                "pretrial, review of detention or measures before judgment: 2026-05-15 has passed",
            ],
            5 => &[
                "pretrial, last day of detention before judgment: 2026-07-15 has passed",
                "pretrial, review of detention or measures before judgment: 2026-07-08 has passed",
            ],
            11 => &["release, consideration of a release that is possible: 2027-01-10 has passed"],
            13 => {
                &["release, return of a person who was released for a while: 2027-03-20 has passed"]
            }
            18 => &["custody, last day on which the person may be held: 2027-08-19 has passed"],
            _ => &[],
        }
    }

    async fn is_sentenced(&self, registry: &Registry) -> Result<(), Failure> {
        let custody = json!({"custody": {"term": "P1Y"}});
        let impose = json!({"impose": {
            "person": self.person, "pronounced": "2026-08-20", "decision": theft(custody)
        }});
        receipt::<Sentence>(registry, "judge", &self.sentence, impose).await?;
        let end = json!({"end": {"done": "2026-08-20", "how": {"sentenced": self.sentence}}});
        self.before_judgment(registry, end).await?;
        let admit = json!({"admit": {
            "person": self.person, "admitted": "2026-08-20", "facility": "dunmore-women",
            "commitment": {
                "basis": {"sentence": self.sentence}, "authority": "ashby", "until": "2027-08-19"
            }
        }});
        self.of_stay(registry, admit).await
    }

    async fn review(&self, registry: &Registry, held: &str, next: &str) -> Result<(), Failure> {
        let review = json!({"review": {"held": held, "next_review": next}});
        self.before_judgment(registry, review).await
    }

    async fn before_judgment(&self, registry: &Registry, wish: Value) -> Result<(), Failure> {
        receipt::<Pretrial>(registry, "judge", &self.case, wish).await?;
        Ok(())
    }

    async fn of_stay(&self, registry: &Registry, wish: Value) -> Result<(), Failure> {
        receipt::<Custody>(registry, "prison", &self.stay, wish).await?;
        Ok(())
    }

    async fn of_leave(&self, registry: &Registry, wish: Value) -> Result<(), Failure> {
        receipt::<Release>(registry, "release", &self.leave, wish).await?;
        Ok(())
    }

    /// How everything stands, whatever was noticed of it.
    async fn stands(&self, registry: &Registry) -> Result<[&'static str; 3], Failure> {
        use domain::stream::Stream;
        let judge = call("judge")?;
        let case = registry.show::<Pretrial>(&judge, &self.case, AsOf::Now);
        let stay = registry.show::<Custody>(&judge, &self.stay, AsOf::Now);
        let leave = registry.show::<Release>(&judge, &self.leave, AsOf::Now);
        let state = |listed: Option<domain::stream::Listed>| listed.map_or("none", |l| l.state);
        Ok([
            state(case.await?.state.listed()),
            stay.await.map_or("none", |stay| state(stay.state.listed())),
            leave
                .await
                .map_or("none", |leave| state(leave.state.listed())),
        ])
    }
}

/// The ledger, and what the register itself put into it.
async fn by_the_register(registry: &Registry) -> Result<Vec<Recorded>, Failure> {
    let rows = registry.feed(&call("oversight")?, 0, 1_000).await?.rows;
    let read: Vec<Recorded> = rows
        .iter()
        .map(Recorded::read_row)
        .collect::<Result<_, _>>()?;
    Ok(read
        .into_iter()
        .filter(|entry| entry.told.role == "system")
        .collect())
}

#[tokio::test]
async fn two_years_of_a_life_are_watched_and_nothing_is_decided_by_that() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let life = Life::begin(&registry).await?;
        registry.catch_up().await?;
        let mut expected: Vec<String> = Vec::new();
        for month in 0..=24 {
            life.live(&registry, month).await?;
            registry.catch_up().await?;
            let before = Box::pin(life.stands(&registry)).await?;
            let new = Life::missed(month);
            assert_eq!(registry.scheduler().run().await?, u64::try_from(new.len())?);
            expected.extend(new.iter().map(|&said| said.to_owned()));
            expected.sort();
            assert_eq!(raised(&registry).await?, expected, "in month {month}");
            assert_eq!(
                Box::pin(life.stands(&registry)).await?,
                before,
                "in month {month}"
            );
            // Looked at again the same day, nothing is raised twice.
            assert_eq!(registry.scheduler().run().await?, 0, "in month {month}");
            place.clock.advance(ONE_MONTH_US);
        }
        assert_eq!(expected.len(), 7);
        assert_eq!(
            Box::pin(life.stands(&registry)).await?,
            ["ended", "released", "over, the person is back"]
        );
        let entries = by_the_register(&registry).await?;
        assert_eq!(entries.len(), expected.len());
        for entry in entries {
            assert_eq!(
                entry.event.name(),
                "finding.raised",
                "entry {}",
                entry.index
            );
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_service_that_starts_anew_and_two_at_once_raise_nothing_twice() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let one = place.midland().await?;
        Life::begin(&one).await?;
        place.clock.advance(ONE_MONTH_US);
        let two = place.open().await?;
        let (first, second) = (one.scheduler(), two.scheduler());
        let (first, second) = tokio::join!(first.run(), second.run());
        assert_eq!(first? + second?, 1);
        let again = place.open().await?;
        assert_eq!(again.scheduler().run().await?, 0);
        assert_eq!(raised(&again).await?.len(), 1);
    }
    Ok(())
}

#[tokio::test]
async fn a_finding_that_is_late_itself_raises_no_other() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        Life::begin(&registry).await?;
        place.clock.advance(ONE_MONTH_US);
        assert_eq!(registry.scheduler().run().await?, 1);
        // A critical finding is due within two weeks; nothing more is due in the case until July.
        place.clock.advance(2 * ONE_MONTH_US);
        assert_eq!(registry.scheduler().run().await?, 0);
        let today = registry.today(AsOf::Now).await?;
        let oversight = call("oversight")?;
        let due = registry.due(&oversight, AsOf::Now, oversight.actor.role, today);
        let due = due.await?.rows;
        assert_eq!(due.len(), 1);
        assert_eq!(due[0].kind, "finding");
        assert_eq!(due[0].clocks[0].code, "finding.closing");
    }
    Ok(())
}

/// The finding that is noticed of a complaint of an unknown kind.
async fn of_a_complaint(registry: &Registry) -> Result<ListedFinding, Failure> {
    let person = person(registry, "male").await?;
    let submit = json!({"submit": {
        "person": person, "done": "2026-02-20", "by": "family", "kind": "the-weather", "about": "other"
    }});
    let id = registry.new_stream_id().to_string();
    receipt::<Complaint>(registry, "clerk", &id, submit).await?;
    let all = listed(registry, &FindingsQuery::default()).await?;
    let found = all.into_iter().find(|finding| finding.id == id);
    found.ok_or_else(|| "nothing was noticed".into())
}

fn take_up(finding: &ListedFinding) -> Result<FindingCommand, Failure> {
    let wish = json!({"take_up": {
        "done": "2026-03-02", "entry": finding.entry, "nth": finding.nth
    }});
    Ok(serde_json::from_value(wish)?)
}

#[tokio::test]
async fn what_an_entry_carries_is_taken_up_once_under_its_own_id() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let noticed = of_a_complaint(&registry).await?;
        assert_eq!((noticed.state.as_str(), &noticed.finding), ("open", &None));
        let clerk = call("clerk")?;
        let wish = take_up(&noticed)?;
        // Under another id the register knows nothing of it.
        let elsewhere = registry.new_stream_id().to_string();
        let refused = registry
            .command::<Finding>(&clerk, &elsewhere, wish.clone(), Options::default())
            .await;
        let Err(CommandError::Refused(refusal)) = refused else {
            return Err("it was taken up under another id".into());
        };
        assert!(refusal.to_string().contains("carries no finding"));
        let id = registry.beginning::<Finding>(&wish).await?;
        registry
            .command::<Finding>(&clerk, &id, wish.clone(), Options::default())
            .await?;
        assert_eq!(registry.beginning::<Finding>(&wish).await?, id);
        let again = registry
            .command::<Finding>(&clerk, &id, wish, Options::default())
            .await;
        assert!(matches!(again, Err(CommandError::Refused(_))));
        let found = registry
            .show::<Finding>(&clerk, &id, AsOf::Now)
            .await?
            .state;
        let matter = found.stands().ok_or("it stands")?;
        assert_eq!(matter.cause.record().as_str(), noticed.id);
        let by = matter.cause.by_whom().map(ToString::to_string);
        assert_eq!(by.as_deref(), Some("sample-clerk"));
        assert!(matter.cause.person().is_some());
    }
    Ok(())
}

#[tokio::test]
async fn findings_are_listed_with_what_became_of_them_open_ones_first() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let first = of_a_complaint(&registry).await?;
        let second = of_a_complaint(&registry).await?;
        let head = registry.head().await?.0;
        let id = registry.beginning::<Finding>(&take_up(&second)?).await?;
        let steps = [
            (
                "clerk",
                serde_json::json!({"take_up": {
                    "done": "2026-03-02", "entry": second.entry, "nth": second.nth
                }}),
            ),
            (
                "clerk",
                json!({"assign": {
                    "done": "2026-03-02", "to": "sample-judge", "office": "ashby"
                }}),
            ),
        ];
        for (by, wish) in steps {
            receipt::<Finding>(&registry, by, &id, wish).await?;
        }
        let assigned = FindingsQuery {
            state: Some("assigned".to_owned()),
            ..FindingsQuery::default()
        };
        let looked = listed(&registry, &assigned).await?;
        assert_eq!(looked.len(), 1);
        assert_eq!(looked[0].owner.as_deref(), Some("sample-judge"));
        assert_eq!(looked[0].office.as_deref(), Some("ashby"));
        assert_eq!(looked[0].finding.as_deref(), Some(id.as_str()));
        let close = json!({"close": {"done": "2026-03-02", "disposition": "unfounded"}});
        receipt::<Finding>(&registry, "judge", &id, close).await?;
        let all = listed(&registry, &FindingsQuery::default()).await?;
        let states: Vec<(&str, &str)> = all
            .iter()
            .map(|finding| (finding.id.as_str(), finding.state.as_str()))
            .collect();
        let expected = [(first.id.as_str(), "open"), (second.id.as_str(), "closed")];
        assert_eq!(states, expected);
        assert_eq!(all[1].disposition.as_deref(), Some("unfounded"));
        // Its age counts from when the register knew, and not from when somebody looked.
        assert_eq!(all[1].since, second.since);
        // As the list was before anybody looked.
        let then = FindingsQuery {
            as_of: AsOf::Index(head.saturating_sub(1)),
            ..FindingsQuery::default()
        };
        let then = listed(&registry, &then).await?;
        let open: BTreeSet<&str> = then.iter().map(|f| f.state.as_str()).collect();
        assert_eq!((then.len(), open), (2, BTreeSet::from(["open"])));
    }
    Ok(())
}

/// A sentence for a theft of 2 February 2026.
async fn sentenced(registry: &Registry, on: &str, sanction: Value) -> Result<String, Failure> {
    let person = person(registry, "male").await?;
    let id = registry.new_stream_id().to_string();
    let impose = json!({"impose": {
        "person": person, "pronounced": on, "decision": theft(sanction)
    }});
    receipt::<Sentence>(registry, "judge", &id, impose).await?;
    Ok(id)
}

fn order(requirements: &Value) -> Value {
    json!({"community_order": {"period": "P1Y", "requirements": requirements}})
}

/// TR-11.2
#[tokio::test]
async fn a_measure_of_which_the_policys_part_is_over_waits_for_a_review_in_its_offices_worklist()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let work = json!([{"kind": "unpaid-work", "quantity": {"minutes": 6000}}]);
        let supervised = json!([{"kind": "supervision", "length": "P1Y"}]);
        sentenced(&registry, "2026-02-02", order(&work)).await?;
        sentenced(&registry, "2026-02-02", order(&supervised)).await?;
        // Of one that is over nobody asks any more.
        sentenced(&registry, "2025-02-03", order(&work)).await?;
        registry.catch_up().await?;
        let office = call("probation")?;
        let worklist = async || -> Result<[u64; 2], Failure> {
            registry.catch_up().await?;
            let query = WorkQuery {
                as_of: AsOf::Now,
                office: office.actor.office.to_string(),
                day: registry.today(AsOf::Now).await?,
                rows: 10,
            };
            let work = registry.work(&office, &query).await?;
            Ok([work.may_end.of, work.orders_may_end.of])
        };
        // Two thirds of the 364 days are over on 3 October.
        place.clock.advance(215 * ONE_DAY_US);
        assert_eq!(registry.today(AsOf::Now).await?, "2026-10-03".parse()?);
        assert_eq!(registry.scheduler().run().await?, 0);
        assert_eq!(worklist().await?, [0, 0]);
        place.clock.advance(ONE_DAY_US);
        assert_eq!(registry.scheduler().run().await?, 2);
        assert_eq!(registry.scheduler().run().await?, 0, "raised once");
        let expected = [
            "order, review whether the order ends early: 2026-10-03 has passed",
            "supervision, review whether the supervision ends early: 2026-10-03 has passed",
        ];
        assert_eq!(raised(&registry).await?, expected);
        assert_eq!(worklist().await?, [1, 1]);
        // Nothing is decided by that.
        let entries = by_the_register(&registry).await?;
        let after = entries
            .iter()
            .filter(|entry| entry.event.name() == "finding.raised");
        assert_eq!(after.count(), 2);
        // Somebody looks at one of them and closes it.
        let all = listed(&registry, &FindingsQuery::default()).await?;
        let own = all.iter().find(|finding| finding.stream == "supervision");
        let own = own
            .and_then(|finding| finding.finding.clone())
            .ok_or("a finding")?;
        let close = json!({"close": {"done": "2026-10-04", "disposition": "unfounded"}});
        receipt::<Finding>(&registry, "judge", &own, close).await?;
        assert_eq!(worklist().await?, [0, 1]);
        place.clock.advance(ONE_DAY_US);
        assert_eq!(registry.scheduler().run().await?, 0);
    }
    Ok(())
}

/// TR-2.7
#[tokio::test]
async fn a_sentence_in_force_is_looked_at_once_the_law_on_its_offence_became_milder()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let custody = json!({"custody": {"term": "P1Y"}});
        let before = sentenced(&registry, "2026-02-02", custody.clone()).await?;
        let quashed = sentenced(&registry, "2026-02-02", custody.clone()).await?;
        let quash = json!({"quash": {"pronounced": "2026-02-20"}});
        receipt::<Sentence>(&registry, "judge", &quashed, quash).await?;
        registry.catch_up().await?;
        assert_eq!(registry.scheduler().run().await?, 0);

        // A milder law holds from 1 May on.
        let (_, text) = domain::jurisdiction::BUILT_IN[1];
        let milder = text
            .replace("version = \"midland/1\"", "version = \"midland/2\"")
            .replace(
                "in_force_from = \"2020-01-01\"",
                "in_force_from = \"2026-05-01\"",
            );
        let theft = milder.lines().find(|line| line.contains("code = \"M102\""));
        let theft = theft.ok_or("theft is an offence")?;
        let lower = with_three_months(theft)?;
        let milder = milder.replace(theft, &lower);
        place.clock.advance(70 * ONE_DAY_US);
        registry
            .adopt(&call("administrator")?, &milder, Options::default())
            .await?;
        // Whoever is sentenced under the milder law is none of them.
        sentenced(&registry, "2026-05-04", custody).await?;
        registry.catch_up().await?;
        assert_eq!(registry.scheduler().run().await?, 1);
        assert_eq!(registry.scheduler().run().await?, 0, "raised once");
        assert_eq!(
            raised(&registry).await?,
            ["sentence, look at a sentence for which the law became milder: 2026-04-30 has passed"]
        );
        let query = RegisterQuery {
            noticed: Some("sentence.milder-law".to_owned()),
            limit: 10,
            ..RegisterQuery::default()
        };
        let court = registry.sentences(&call("judge")?, &query).await?;
        let named: Vec<&str> = court.rows.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(named, [before.as_str()]);
        let found = registry
            .show::<Sentence>(&call("judge")?, &before, AsOf::Now)
            .await?;
        assert_eq!(
            found.state.title(),
            "in force",
            "nothing is decided by that"
        );
    }
    Ok(())
}

/// The line of an offence with three months as the longest custody.
fn with_three_months(line: &str) -> Result<String, Failure> {
    let (before, rest) = line.split_once("longest_custody = \"").ok_or("a maximum")?;
    let (_, after) = rest.split_once('"').ok_or("its end")?;
    Ok(format!("{before}longest_custody = \"P3M\"{after}"))
}
