//! A journey through the interface: each of its sentences is sent, and what becomes of it is looked at.

use std::collections::{BTreeMap, BTreeSet};

use domain::values::{Day, Instant};
use infra::clock::Clock;
use infra::registry::{AsOf, Registry};
use serde_json::{Value, json};
use tests::{Answer, Failure, Place, Served};

use super::script::{self, Act, When, filled, named};
use super::seen::Page;

const ONE_DAY_US: i64 = 86_400_000_000;
/// More rows than any list of a journey has.
const ALL: &str = "limit=1000";

/// A register under the rules of Midland, and what a journey has named in it.
pub(super) struct Journey {
    place: Place,
    registry: Registry,
    served: Served,
    acts: BTreeMap<String, Act>,
    untold: BTreeSet<String>,
    known: BTreeMap<String, Value>,
    /// The entry of what was done last.
    last: u64,
}

/// Tells a journey on each database there is; `script` says what its sentences send.
pub(super) async fn everywhere(
    script: &str,
    tell: impl AsyncFn(&mut Journey) -> Result<(), Failure>,
) -> Result<(), Failure> {
    for place in Place::everywhere().await? {
        let mut journey = Journey::begin(place, script).await?;
        tell(&mut journey).await?;
        journey.is_told()?;
    }
    Ok(())
}

impl Journey {
    pub(super) async fn begin(mut place: Place, script: &str) -> Result<Self, Failure> {
        let registry = place.midland().await?;
        let served = Served::within(registry.clone()).await?;
        let acts = script::read(script)?;
        Ok(Self {
            place,
            registry,
            served,
            untold: acts.keys().cloned().collect(),
            acts,
            known: BTreeMap::new(),
            last: 0,
        })
    }

    /// It is done, and nothing about it is critical.
    pub(super) async fn done(&mut self, says: &str) -> Result<(), Failure> {
        let findings = self.is_done(says).await?;
        match findings
            .iter()
            .find(|finding| finding["weight"] == "critical")
        {
            Some(critical) => Err(format!("{says:?} is done, and critical: {critical}").into()),
            None => Ok(()),
        }
    }

    /// It is done, and the register notices that these rules are not met: somebody has to look at it.
    pub(super) async fn noticed(&mut self, says: &str, rules: &[&str]) -> Result<(), Failure> {
        let findings = self.is_done(says).await?;
        for rule in rules {
            if !findings.iter().any(|finding| is_under(finding, rule)) {
                return Err(
                    format!("{says:?} should be noticed under {rule}: {findings:?}").into(),
                );
            }
        }
        Ok(())
    }

    /// It is done, and this rule is met.
    pub(super) async fn meets(&mut self, says: &str, rule: &str) -> Result<(), Failure> {
        let findings = self.is_done(says).await?;
        match findings.iter().find(|finding| is_under(finding, rule)) {
            Some(finding) => Err(format!("{says:?} should meet {rule}: {finding}").into()),
            None => Ok(()),
        }
    }

    /// What the register notices of something that is done.
    async fn is_done(&mut self, says: &str) -> Result<Vec<Value>, Failure> {
        let (name, answer) = self.send(says).await?;
        if !(200..300).contains(&answer.status) {
            return Err(said(says, "be done", &answer));
        }
        self.last = answer.at("/entries/0")?.as_u64().ok_or("an entry")?;
        self.known.insert(name, answer.at("/id")?);
        self.settled().await?;
        Ok(rows(&answer.at("/findings")?)?.clone())
    }

    /// A rule stands in the way, by the name of its safeguard or its code.
    pub(super) async fn refused(&mut self, says: &str, rule: &str) -> Result<(), Failure> {
        let (_, answer) = self.send(says).await?;
        let by = answer.json()?;
        let is_by = by["rule"] == rule || by["code"] == rule;
        if [409, 422].contains(&answer.status) && is_by {
            Ok(())
        } else {
            Err(said(says, &format!("be refused under {rule}"), &answer))
        }
    }

    /// It is for others to do.
    pub(super) async fn forbidden(&mut self, says: &str) -> Result<(), Failure> {
        let (_, answer) = self.send(says).await?;
        if answer.status == 403 {
            Ok(())
        } else {
            Err(said(says, "be for others to do", &answer))
        }
    }

    /// The register has no place for what is said there.
    pub(super) async fn has_no_place(&mut self, says: &str, field: &str) -> Result<(), Failure> {
        let (_, answer) = self.send(says).await?;
        if answer.status == 400 && answer.body.contains(field) {
            Ok(())
        } else {
            Err(said(says, &format!("find no place for {field}"), &answer))
        }
    }

    async fn send(&mut self, says: &str) -> Result<(String, Answer), Failure> {
        let act = self.acts.get(says).cloned();
        let act = act.ok_or_else(|| format!("nothing says what {says:?} sends"))?;
        self.untold.remove(says);
        let (name, command) = act.on()?;
        let now = Clock::Fixed(self.place.clock.clone()).now_us();
        let when = When {
            now: Instant::from_micros(now),
            today: self.today().await?,
        };
        let command = filled(command, &self.known, when).map_err(|e| format!("{says}: {e}"))?;
        let address = script::address(name);
        let path = match self.id(name) {
            Ok(id) => format!("{address}/{id}"),
            Err(_) => address,
        };
        let answer = self.served.post(&act.by, &path, &command).await?;
        Ok((name.to_owned(), answer))
    }

    /// Whatever follows from what was done has been done too, and stands in the lists.
    async fn settled(&self) -> Result<(), Failure> {
        Ok(self.registry.catch_up().await?)
    }

    /// Gives the newest thing of a list a name: what the register made by itself, because something else says so.
    pub(super) async fn follows(&mut self, name: &str, list: &str) -> Result<(), Failure> {
        let rows = self.list("oversight", list).await?;
        let first = rows.first().and_then(|row| row["id"].as_str());
        let id = first.ok_or_else(|| format!("no {name} followed: {list} is empty"))?;
        self.calls(name, id);
        Ok(())
    }

    /// Gives something a name that the file may use.
    pub(super) fn calls(&mut self, name: &str, value: impl Into<Value>) {
        self.known.insert(name.to_owned(), value.into());
    }

    /// What a name stands for.
    pub(super) fn id(&self, name: &str) -> Result<&str, Failure> {
        let id = self.known.get(name).and_then(Value::as_str);
        id.ok_or_else(|| format!("nothing is called {name}").into())
    }

    /// The entry of what was done last.
    pub(super) fn entry(&self) -> u64 {
        self.last
    }

    /// The rows of a list, for somebody.
    pub(super) async fn list(&self, by: &str, path: &str) -> Result<Vec<Value>, Failure> {
        let joint = if path.contains('?') { '&' } else { '?' };
        let answer = self.get(by, &format!("{path}{joint}{ALL}")).await?;
        Ok(rows(&answer["rows"])?.clone())
    }

    /// What the interface answers to somebody who may ask.
    pub(super) async fn get(&self, by: &str, path: &str) -> Result<Value, Failure> {
        let answer = self.asked(by, path).await?;
        if answer.status == 200 {
            answer.json()
        } else {
            Err(said(path, &format!("be shown to {by}"), &answer))
        }
    }

    /// The answer to somebody, whatever it is.
    pub(super) async fn asked(&self, by: &str, path: &str) -> Result<Answer, Failure> {
        self.served.get(by, &named(path, &self.known)).await
    }

    /// A page, as somebody reads it.
    pub(super) async fn page(&self, by: &str, path: &str) -> Result<Page, Failure> {
        let answer = self.asked(by, path).await?;
        if answer.status == 200 {
            Ok(Page::of(path, &answer.body))
        } else {
            Err(said(path, &format!("be a page for {by}"), &answer))
        }
    }

    /// How a thing stands, in the words of its list.
    pub(super) async fn stands(&self, name: &str) -> Result<String, Failure> {
        let id = self.id(name)?;
        let rows = self.list("oversight", &script::address(name)).await?;
        let row = rows.iter().find(|row| row["id"] == json!(id));
        let state = row.and_then(|row| row["state"].as_str());
        let state = state.ok_or_else(|| format!("no list holds {name}"))?;
        Ok(state.to_owned())
    }

    /// The day, as the register has it.
    pub(super) async fn today(&self) -> Result<Day, Failure> {
        Ok(self.registry.today(AsOf::Now).await?)
    }

    /// Days go by, and the clocks are looked at on the last of them.
    pub(super) async fn days_pass(&self, days: i64) -> Result<(), Failure> {
        self.place.clock.advance(days.saturating_mul(ONE_DAY_US));
        self.registry.scheduler().run().await?;
        self.settled().await
    }

    /// What somebody has to look at in a thing: the rules behind its findings, each once.
    pub(super) async fn findings(&self, name: &str) -> Result<BTreeSet<String>, Failure> {
        let id = self.id(name)?;
        let rows = self.list("oversight", "/v1/findings").await?;
        let of_it = rows.iter().filter(|row| row["id"] == json!(id));
        let rules = of_it.filter_map(|row| row["safeguard"].as_str());
        Ok(rules.map(str::to_owned).collect())
    }

    /// What the register's clocks have raised about a thing, by what each waited for; about a child, whoever inspects
    /// asks at the gate.
    pub(super) async fn raised(&self, name: &str) -> Result<Vec<String>, Failure> {
        let id = self.id(name)?;
        let (line, gate) = (
            format!("GET /v1/findings?{ALL}"),
            "Assize-Gate: inspection all\r\n",
        );
        let answer = self.served.ask(&line, "oversight", gate, "").await?;
        if answer.status != 200 {
            return Err(said(&line, "be shown to whoever inspects", &answer));
        }
        let found = answer.json()?;
        let rows = rows(&found["rows"])?;
        let raised = rows.iter().filter(|row| row["event"] == "finding.raised");
        let of_it = raised.filter(|row| row["id"] == json!(id));
        let codes = of_it.filter_map(|row| row["code"].as_str());
        Ok(codes.map(str::to_owned).collect())
    }

    /// What a role has to see to by a day, by the codes of its clocks.
    pub(super) async fn due(&self, by: &str, name: &str) -> Result<Vec<String>, Failure> {
        let today = self.today().await?;
        let id = self.id(name)?;
        let path = format!("/v1/due?by={}", today.plus_days(365));
        let due = self.get(by, &path).await?;
        let cases = rows(&due["rows"])?.iter();
        let case = cases.filter(|case| case["id"] == json!(id));
        let clocks = case.filter_map(|case| case["clocks"].as_array()).flatten();
        let codes = clocks.filter_map(|clock| clock["code"].as_str());
        Ok(codes.map(str::to_owned).collect())
    }

    /// The register's place, registry and server, for what no interface shows.
    pub(super) fn behind(&self) -> (&Place, &Registry, &Served) {
        (&self.place, &self.registry, &self.served)
    }

    /// Every sentence of the file was told.
    pub(super) fn is_told(&self) -> Result<(), Failure> {
        if self.untold.is_empty() {
            Ok(())
        } else {
            Err(format!("nobody tells {:#?}", self.untold).into())
        }
    }
}

/// The items of a list.
fn rows(list: &Value) -> Result<&Vec<Value>, Failure> {
    list.as_array()
        .ok_or_else(|| format!("no list: {list}").into())
}

/// Whether a finding is under a rule, by the name of its safeguard or its code.
fn is_under(finding: &Value, rule: &str) -> bool {
    finding["safeguard"] == rule || finding["code"] == rule
}

fn said(says: &str, expected: &str, answer: &Answer) -> Failure {
    format!(
        "{says:?} should {expected}, and is answered {}: {}",
        answer.status, answer.body
    )
    .into()
}
