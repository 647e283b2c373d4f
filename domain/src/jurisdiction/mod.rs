//! A jurisdiction's rules as versioned data: the pack.
//!
//! A pack is one readable TOML file. It is adopted by an event that carries its hash, and every decision pins the
//! version it was taken under. Whatever a jurisdiction decides stands in its pack, not in code.

mod catalogue;
mod child_gate;
mod cited;
mod complaint;
mod cooperation;
mod custody;
mod difference;
mod diversion;
mod emergency;
mod facility;
mod finding;
mod labels;
mod milder;
mod official;
mod orders;
mod pretrial;
mod publication;
mod registry;
mod rehabilitation;
mod release;
mod report;
mod restorative;
mod retention;
mod schema;
mod sentencing;
mod supervision;

pub use catalogue::{Catalogue, GravityLevel, GravityPolicy, Guideline, OffenceEntry, RangeRule};
pub use child_gate::{ChildGate, GateReach, GateWay};
pub use cited::Citation;
pub use complaint::{Complained, ComplaintBody, ComplaintRules};
pub use cooperation::{Against, Assurance, CooperationRules, Ground};
pub use custody::CustodyRules;
pub use difference::{Became, Difference, differences};
pub use diversion::{DiversionRules, ReturnMeaning, ReturnReason};
pub use emergency::{AttributeAnswers, AttributeReading, EmergencyRules, Possible, ReadFrom};
pub use facility::{FacilityRules, GroupMeaning, GroupMeanings};
pub use finding::FindingRules;
pub use labels::Said;
pub use milder::{Milder, milder_law};
pub use official::{Exit, Inhabitants, OfficialRules, SpaceCategory};
pub use orders::{Enforcement, OrderRules, OutcomeKind, OutcomeRule, RequirementRule};
pub use pretrial::{PretrialRules, TimeLimit};
pub use publication::{Every, PublicTable, PublicationRules};
pub use registry::RegistryRules;
pub use rehabilitation::{
    Completed, FurtherRule, OrderPeriod, Period, PeriodRow, PeriodTable, Reach, RehabilitationRules,
};
pub use release::{
    Applies, Consecutive, Credited, Fraction, ReleaseRules, Rounding, ServedRule, Share,
};
pub use report::{ReportRules, SourceRule};
pub use restorative::{EndReason, RestorativeRules};
pub use retention::{Kept, RetentionRules};
pub use schema::pack_schema;
pub use sentencing::{
    AgeBand, Ask, CircumstanceRule, ComparisonKey, ComparisonRules, Counted, DepartureReason,
    FactorDirection, FactorRule, Meaning, ReviewRule, SanctionLimits, SentencingRules,
    SeverityScale,
};
pub use supervision::{ProgrammePlaces, SupervisionRules};

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::safeguards::SafeguardRules;
use crate::values::{
    CivilDate, Code, CurrencyCode, Day, Instant, JurisdictionCode, Occurred, PolicyVersion,
};

/// A code of a list with the words shown for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Coded {
    /// The code that events hold.
    pub code: Code,
    /// The words that people read.
    pub title: String,
}

/// A provision of the law on which acts rest, and while it is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Provision {
    /// The code that events hold.
    pub code: Code,
    /// The statute and its article, as they are cited.
    pub title: String,
    /// Its first day in force; it always was without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Its last day in force; it still is without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
}

impl Provision {
    /// Whether it may have been in force on a date.
    pub fn may_hold(&self, on: CivilDate) -> bool {
        let begun = self
            .from
            .is_none_or(|from| !on.is_before(CivilDate::Day(from)));
        let ended = self.to.is_some_and(|to| on.is_after(to));
        begun && !ended
    }
}

/// Whether the law has a provision in force on a date; a list without entries holds every one.
pub(crate) fn holds(provisions: &[Provision], code: &Code, on: CivilDate) -> bool {
    provisions.is_empty()
        || provisions
            .iter()
            .any(|provision| &provision.code == code && provision.may_hold(on))
}

/// A jurisdiction's rules.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// The jurisdiction.
    pub jurisdiction: JurisdictionCode,
    /// This version of its rules.
    pub version: PolicyVersion,
    /// Its name.
    pub title: String,
    /// The language of its words, by its tag.
    #[serde(default = "labels::english")]
    pub language: String,
    /// From when the version applies.
    pub in_force_from: Day,
    /// The civil time zone, by its IANA name.
    #[schemars(with = "String")]
    pub zone: chrono_tz::Tz,
    /// The currency of fines.
    pub currency: CurrencyCode,
    /// Within how many minutes of its pronouncement an entry still counts as taken through the register.
    pub live_minutes: u32,
    /// Where the rules come from: statutes, guidelines, publications.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Where single rules come from, and whether they were checked.
    #[serde(default)]
    pub cited: Vec<Citation>,
    /// Courts.
    #[serde(default)]
    pub courts: Vec<Coded>,
    /// Offices of probation.
    #[serde(default)]
    pub offices: Vec<Coded>,
    /// Places of detention.
    #[serde(default)]
    pub facilities: Vec<Coded>,
    /// Where somebody goes whose correction of the record was refused. An empty list holds every code.
    #[serde(default)]
    pub contest_routes: Vec<Coded>,
    /// Offences and their gravity.
    #[serde(default)]
    pub catalogue: Catalogue,
    /// Sentencing.
    #[serde(default)]
    pub sentencing: SentencingRules,
    /// Community orders.
    #[serde(default)]
    pub orders: OrderRules,
    /// Supervision.
    #[serde(default)]
    pub supervision: SupervisionRules,
    /// Liberty before judgment.
    #[serde(default)]
    pub pretrial: PretrialRules,
    /// Cases kept out of court.
    #[serde(default)]
    pub diversion: DiversionRules,
    /// Reports to a court.
    #[serde(default)]
    pub report: ReportRules,
    /// Restorative processes.
    #[serde(default)]
    pub restorative: RestorativeRules,
    /// How places of detention are run.
    #[serde(default)]
    pub facility: FacilityRules,
    /// Stays in places of detention.
    #[serde(default)]
    pub custody: CustodyRules,
    /// Complaints.
    #[serde(default)]
    pub complaint: ComplaintRules,
    /// Matters with other States.
    #[serde(default)]
    pub cooperation: CooperationRules,
    /// Release after sentence.
    #[serde(default)]
    pub release: ReleaseRules,
    /// Spent convictions.
    #[serde(default)]
    pub rehabilitation: RehabilitationRules,
    /// Emergencies.
    #[serde(default)]
    pub emergency: EmergencyRules,
    /// What the register notices.
    #[serde(default)]
    pub finding: FindingRules,
    /// The register itself.
    #[serde(default)]
    pub registry: RegistryRules,
    /// Figures that are published.
    #[serde(default)]
    pub publication: PublicationRules,
    /// The official tables.
    #[serde(default)]
    pub official: OfficialRules,
    /// How long each class of personal data is kept.
    #[serde(default)]
    pub retention: RetentionRules,
    /// Measures that are tried.
    #[serde(default)]
    pub pilots: Vec<Pilot>,
    /// Who is a child, and who is tried.
    #[serde(default)]
    pub ages: AgeRules,
    /// Who comes to the cases of children, and why.
    #[serde(default)]
    pub child_gate: ChildGate,
    /// Words of the lists in other languages: by the language's tag, then by list and code, `orders.requirements.curfew`.
    #[serde(default)]
    pub labels: BTreeMap<String, BTreeMap<String, String>>,
    /// How firmly the safeguards stand that are left to policy.
    #[serde(default)]
    pub safeguards: SafeguardRules,
    /// Every list of codes in the pack, by its place: `pretrial.grounds`.
    #[serde(skip)]
    pub lists: BTreeMap<String, Vec<Coded>>,
}

/// A measure that is tried, watched and evaluated (Tokyo Rules 2.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pilot {
    /// The measure, by its code.
    pub code: Code,
    /// What is tried.
    pub title: String,
    /// By when it is evaluated.
    pub evaluate_by: Day,
    /// When it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evaluated: Option<Day>,
}

/// Ages that the law sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AgeRules {
    /// From which age on somebody is tried; nobody younger is.
    pub criminal_responsibility: u16,
    /// From which age on somebody is no child any more.
    pub majority: u16,
}

impl Default for AgeRules {
    /// The ages that the Convention on the Rights of the Child (art. 1) and General Comment 24 (14 at least) name.
    fn default() -> Self {
        Self {
            criminal_responsibility: 14,
            majority: 18,
        }
    }
}

/// Why a pack cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// Not a pack.
    #[error("{0}")]
    Unreadable(String),
    /// A gravity policy without a source.
    #[error(
        "gravity policy {0} cites no source: gravity is a legal decision and says where it comes from"
    )]
    GravityWithoutSource(PolicyVersion),
    /// A code that the pack refers to but does not define.
    #[error("{at} refers to {code}, which the pack does not define")]
    Dangling {
        /// Where in the pack.
        at: String,
        /// The code.
        code: String,
    },
}

impl Pack {
    /// Reads and checks a pack.
    pub fn parse(text: &str) -> Result<Self, PackError> {
        let mut pack: Self = toml::from_str(text).map_err(|error| unreadable(text, &error))?;
        let whole: toml::Table = toml::from_str(text).map_err(|error| unreadable(text, &error))?;
        lists_of("", &whole, &mut pack.lists);
        once("courts", pack.courts.iter().map(|court| &court.code))?;
        once("pilots", pack.pilots.iter().map(|pilot| &pilot.code))?;
        once("offices", pack.offices.iter().map(|office| &office.code))?;
        once(
            "facilities",
            pack.facilities.iter().map(|place| &place.code),
        )?;
        once(
            "contest_routes",
            pack.contest_routes.iter().map(|route| &route.code),
        )?;
        pack.catalogue.check()?;
        pack.sentencing.check()?;
        pack.orders.check()?;
        pack.supervision.check()?;
        pack.pretrial.check()?;
        pack.diversion.check()?;
        pack.report.check()?;
        pack.restorative.check()?;
        pack.facility.check()?;
        pack.custody.check()?;
        pack.complaint.check()?;
        pack.cooperation.check()?;
        pack.release.check()?;
        pack.rehabilitation.check()?;
        pack.emergency.check(&pack.sentencing)?;
        pack.finding.check()?;
        pack.registry.check()?;
        pack.publication.check(&pack.sentencing)?;
        pack.official.check(&pack)?;
        pack.safeguards.check()?;
        pack.child_gate.check()?;
        pack.labels_are_of_codes()?;
        pack.categories_are_listed()?;
        cited::check(&pack.cited, &whole)?;
        Ok(pack)
    }

    /// Every category of the catalogue stands in the list of categories, where there is one.
    fn categories_are_listed(&self) -> Result<(), PackError> {
        let listed = |code: &Code| self.sentencing.categories.iter().any(|c| &c.code == code);
        for offence in &self.catalogue.offences {
            if let Some(category) = &offence.category
                && !self.sentencing.categories.is_empty()
                && !listed(category)
            {
                return Err(PackError::Dangling {
                    at: format!("the category of offence {}", offence.code),
                    code: category.to_string(),
                });
            }
        }
        Ok(())
    }

    /// The civil day of a moment.
    pub fn day(&self, moment: Instant) -> Day {
        let utc = chrono::Utc
            .timestamp_micros(moment.micros())
            .earliest()
            .unwrap_or_default();
        let local = utc.with_timezone(&self.zone).date_naive();
        Day::from(local)
    }

    /// The moment of an hour of a civil day, by the clocks of the jurisdiction. Of an hour that comes twice, as clocks go
    /// back, the first; nothing for an hour that no clock shows.
    pub fn moment(&self, day: Day, hour: u32, minute: u32) -> Option<Instant> {
        let date = chrono::NaiveDate::from_ymd_opt(day.year(), day.month(), day.day())?;
        let local = date.and_hms_opt(hour, minute, 0)?;
        let moment = self.zone.from_local_datetime(&local).earliest()?;
        Some(Instant::from_micros(moment.timestamp_micros()))
    }

    /// The first moment of a civil day, by the clocks of the jurisdiction; where they are put forward at midnight, the
    /// first moment that they show.
    pub fn start_of(&self, day: Day) -> Instant {
        (0..24)
            .flat_map(|hour| [0, 15, 30, 45].map(|minute| (hour, minute)))
            .find_map(|(hour, minute)| self.moment(day, hour, minute))
            .unwrap_or_else(|| Instant::start_of(day))
    }

    /// The last moment of a civil day, by the clocks of the jurisdiction.
    pub fn end_of(&self, day: Day) -> Instant {
        let next = self.start_of(day.plus_days(1));
        Instant::from_micros(next.micros().saturating_sub(1))
    }

    /// The civil date of an act.
    pub fn date(&self, done: Occurred) -> CivilDate {
        match done {
            Occurred::On(date) => date,
            Occurred::At(moment) => CivilDate::Day(self.day(moment)),
        }
    }

    /// The words for a court, or its code where the pack does not name it.
    pub fn court_title<'a>(&'a self, code: &'a str) -> &'a str {
        title(&self.courts, code)
    }

    /// The words for an office that somebody acts for, a court, a place of detention or another, or its code where the
    /// pack names none of them.
    pub fn office_title<'a>(&'a self, code: &'a str) -> &'a str {
        let places = [
            &self.offices,
            &self.facilities,
            &self.cooperation.authorities,
            &self.emergency.authorities,
        ];
        let found = places
            .into_iter()
            .find(|list| list.iter().any(|coded| coded.code.as_str() == code));
        title(found.unwrap_or(&self.courts), code)
    }
}

/// Collects the lists of a table: arrays whose every entry has a code and a title.
fn lists_of(at: &str, table: &toml::Table, into: &mut BTreeMap<String, Vec<Coded>>) {
    let coded = |entry: &toml::Value| {
        let text = |name: &str| entry.get(name)?.as_str();
        let code = Code::parse(text("code").or_else(|| text("kind"))?).ok()?;
        let title = text("title")?.to_owned();
        Some(Coded { code, title })
    };
    for (name, value) in table {
        let at = format!("{at}{name}");
        match value {
            toml::Value::Table(inner) => lists_of(&format!("{at}."), inner, into),
            toml::Value::Array(entries) => {
                let list: Option<Vec<Coded>> = entries.iter().map(coded).collect();
                if let Some(list) = list.filter(|list| !list.is_empty()) {
                    into.insert(
                        at.strip_prefix("catalogue.").unwrap_or(&at).to_owned(),
                        list,
                    );
                }
            }
            toml::Value::String(_)
            | toml::Value::Integer(_)
            | toml::Value::Float(_)
            | toml::Value::Boolean(_)
            | toml::Value::Datetime(_) => {}
        }
    }
}

/// What the reader of the pack says, with its line.
fn unreadable(text: &str, error: &toml::de::Error) -> PackError {
    let start = error.span().map_or(0, |span| span.start);
    let before = text.as_bytes().iter().take(start);
    let line = before
        .filter(|byte| **byte == b'\n')
        .count()
        .saturating_add(1);
    let said = error.message().replace('`', "");
    PackError::Unreadable(match said.strip_prefix("missing field ") {
        Some("version") => {
            format!("line {line}: version is missing: name it, such as version = \"eastmark/1\"")
        }
        Some(field) => format!("line {line}: {field} is missing: add it"),
        None => format!("line {line}: {said}"),
    })
}

/// Refuses a list that names a code twice: what it says of that code would depend on who reads it.
fn once<'a, C: Ord + fmt::Display + 'a>(
    at: &str,
    mut codes: impl Iterator<Item = &'a C>,
) -> Result<(), PackError> {
    let mut seen = BTreeSet::new();
    match codes.find(|code| !seen.insert(*code)) {
        Some(code) => Err(PackError::Unreadable(format!("{at} names {code} twice"))),
        None => Ok(()),
    }
}

/// Refuses codes that stand for entries of a list and are none of them.
fn among(at: &str, codes: &[Code], list: &[Coded]) -> Result<(), PackError> {
    match codes
        .iter()
        .find(|code| !list.iter().any(|known| known.code == **code))
    {
        Some(code) => Err(PackError::Dangling {
            at: at.to_owned(),
            code: code.to_string(),
        }),
        None => Ok(()),
    }
}

/// Whether a list names a code; an empty list holds every code.
pub(crate) fn knows(list: &[Coded], code: &str) -> bool {
    list.is_empty() || list.iter().any(|coded| coded.code.as_str() == code)
}

/// The codes of a list.
pub(crate) fn codes_of(list: &[Coded]) -> Vec<Code> {
    list.iter().map(|coded| coded.code.clone()).collect()
}

/// The codes of provisions.
pub(crate) fn codes_of_provisions(list: &[Provision]) -> Vec<Code> {
    list.iter()
        .map(|provision| provision.code.clone())
        .collect()
}

/// The words for a code of a list, or the code itself.
pub fn title<'a>(list: &'a [Coded], code: &'a str) -> &'a str {
    list.iter()
        .find(|c| c.code.as_str() == code)
        .map_or(code, |c| c.title.as_str())
}

/// The packs that come with the register, as (name, text).
pub const BUILT_IN: [(&str, &str); 3] = [
    ("mongolia", include_str!("../../packs/mongolia/pack.toml")),
    ("midland", include_str!("../../packs/midland/pack.toml")),
    (
        "england-wales",
        include_str!("../../packs/england-wales/pack.toml"),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_pack_can_be_read() {
        for (name, text) in BUILT_IN {
            let pack = Pack::parse(text).unwrap_or_else(|e| panic!("{name}: {e}"));
            assert_eq!(pack.jurisdiction.as_str(), name);
        }
    }

    #[test]
    fn an_hour_is_one_of_the_clocks_of_the_jurisdiction() {
        let law = Pack::parse(BUILT_IN[1].1).unwrap();
        let moment = |day: &str, hour, minute| {
            let moment = law.moment(day.parse().unwrap(), hour, minute);
            moment.map(|moment| moment.to_string())
        };
        let summer = moment("2026-07-01", 9, 5);
        assert_eq!(summer.as_deref(), Some("2026-07-01T08:05:00.000000Z"));
        // Of the hour that comes twice on 25 October 2026, the first; the one left out on 29 March is none.
        let twice = moment("2026-10-25", 1, 30);
        assert_eq!(twice.as_deref(), Some("2026-10-25T00:30:00.000000Z"));
        assert_eq!(moment("2026-03-29", 1, 30), None);
        assert_eq!(moment("2026-03-05", 24, 0), None);
    }

    #[test]
    fn a_day_begins_and_ends_by_the_clocks_of_the_jurisdiction() {
        let bounds = |law: &Pack, day: &str| {
            let day = day.parse().unwrap();
            (law.start_of(day).to_string(), law.end_of(day).to_string())
        };
        let of = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        let midland = Pack::parse(BUILT_IN[1].1).unwrap();
        assert_eq!(
            bounds(&midland, "2026-07-01"),
            of("2026-06-30T23:00:00.000000Z", "2026-07-01T22:59:59.999999Z")
        );
        assert_eq!(
            bounds(&midland, "2026-01-15"),
            of("2026-01-15T00:00:00.000000Z", "2026-01-15T23:59:59.999999Z")
        );
        // The clocks of Beirut are put forward at midnight: that day begins at one.
        let beirut = Pack {
            zone: chrono_tz::Asia::Beirut,
            ..midland
        };
        assert_eq!(
            bounds(&beirut, "2026-03-29"),
            of("2026-03-28T22:00:00.000000Z", "2026-03-29T20:59:59.999999Z")
        );
    }

    #[test]
    fn a_pack_names_an_unknown_field() {
        let (_, text) = BUILT_IN[0];
        let error = Pack::parse(&format!("wishes = 1\n{text}")).unwrap_err();
        assert!(error.to_string().contains("wishes"), "{error}");
    }

    #[test]
    fn a_list_that_names_a_code_twice_is_refused_with_its_place() {
        let (_, text) = BUILT_IN[1];
        let twice = |line: &str| {
            assert!(text.contains(line), "{line}");
            let doubled = text.replacen(line, &format!("{line}{line}"), 1);
            Pack::parse(&doubled).unwrap_err().to_string()
        };
        for (line, at) in [
            (
                "  { code = \"brook\", title = \"Brook District Court\" },\n",
                "courts names brook",
            ),
            (
                "  { code = \"planned\", title = \"The offence was planned\", direction = \"aggravating\" },\n",
                "sentencing.factors names planned",
            ),
            (
                "  { kind = \"residence\", title = \"Residence\", longest = \"P3Y\" },\n",
                "orders.requirements names residence",
            ),
            (
                "  { code = \"complied\", title = \"Came and complied\", kind = \"attended\" },\n",
                "orders.outcomes names complied",
            ),
            (
                "  { code = \"parenting\", title = \"Parenting\" },\n",
                "supervision.programmes names parenting",
            ),
        ] {
            let error = twice(line);
            assert!(error.contains(at), "{error}");
        }
    }

    #[test]
    fn an_offence_of_an_unlisted_category_is_refused() {
        let (_, text) = BUILT_IN[1];
        let error = Pack::parse(&text.replacen("category = \"drugs\"", "category = \"herbs\"", 1));
        let error = error.unwrap_err().to_string();
        assert!(error.contains("M301") && error.contains("herbs"), "{error}");
    }

    #[test]
    fn a_severity_scale_without_a_source_is_refused_and_so_is_one_that_inverts() {
        let (_, text) = BUILT_IN[0];
        let cited = "source = \"The study's codebook";
        assert!(text.contains(cited));
        let start = text.find(cited).unwrap();
        let line = text.get(start..).unwrap().lines().next().unwrap();
        let error = Pack::parse(&text.replace(line, "source = \" \"")).unwrap_err();
        assert!(error.to_string().contains("cites no source"), "{error}");
        let negative = text.replacen("months = \"1/2\"", "months = \"-1/2\"", 1);
        let error = Pack::parse(&negative).unwrap_err();
        assert!(error.to_string().contains("suspended_custody"), "{error}");
    }

    #[test]
    fn a_guideline_ranges_offences_in_order_and_cites_its_source() {
        let (_, text) = BUILT_IN[1];
        let pack = Pack::parse(text).unwrap();
        let theft = crate::values::OffenceCode::parse("M102").unwrap();
        let range = pack.catalogue.range(&theft).unwrap();
        assert!(range.highest.exceeds(range.lowest));
        let row = "M102 = { lowest = \"P1M\", highest = \"P9M\", start = \"P5M\" }";
        assert!(text.contains(row));
        let reversed = row.replace("highest = \"P9M\"", "highest = \"P9D\"");
        let error = Pack::parse(&text.replace(row, &reversed)).unwrap_err();
        assert!(error.to_string().contains("M102"), "{error}");
        let unsourced =
            "[[catalogue.guidelines]]\nguideline = \"felt/1\"\ntitle = \"felt\"\nsource = \"\"\n";
        let error = Pack::parse(&format!("{text}\n{unsourced}")).unwrap_err();
        assert!(error.to_string().contains("cites no source"), "{error}");
    }

    #[test]
    fn the_chapter_of_an_offence_is_what_stands_before_the_mark_of_the_pack() {
        let (_, text) = BUILT_IN[0];
        let pack = Pack::parse(text).unwrap();
        assert_eq!(pack.catalogue.chapter("11.6.1"), Some("11"));
        assert_eq!(pack.catalogue.chapter("unread"), None);
        assert_eq!(pack.catalogue.chapter(".6"), None);
        let (_, other) = BUILT_IN[1];
        let silent = Pack::parse(other).unwrap();
        assert_eq!(silent.catalogue.chapter("11.6.1"), None);
        let error = Pack::parse(&text.replace("chapter_mark = \".\"", "chapter_mark = \"\""));
        let error = error.unwrap_err().to_string();
        assert!(error.contains("chapter_mark is empty"), "{error}");
    }

    #[test]
    fn a_gravity_policy_without_a_source_is_refused() {
        let (_, text) = BUILT_IN[0];
        let policy = "[[catalogue.gravity]]\npolicy = \"felt/1\"\ntitle = \"felt\"\nsource = \" \"\nlevels = []\n";
        let error = Pack::parse(&format!("{text}\n{policy}")).unwrap_err();
        assert!(
            matches!(error, PackError::GravityWithoutSource(_)),
            "{error}"
        );
    }
}
