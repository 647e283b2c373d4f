//! Decisions of the fictional jurisdiction: what was done, by whom, and what a court would make of it.

use std::collections::BTreeMap;

use domain::jurisdiction::Pack;
use domain::person::Sex;
use domain::sentence::{
    Component, Count, CustodyTerm, Decision, Departure, DepartureDirection, RequirementTerms, Runs,
    Sanction,
};
use domain::values::{
    Code, ComponentNo, Consent, CountNo, CourtCode, CurrencyCode, Day, GuidelineRange, Known,
    Length, Money, Offence, OffenceCode, PersonId, Quantity, Term, Weighed,
};

use super::chance::Chance;
use super::people::{code, sex, words};

/// Offences with their share.
const OFFENCES: [(&str, u32); 18] = [
    ("M101", 160),
    ("M102", 120),
    ("M103", 45),
    ("M104", 60),
    ("M201", 110),
    ("M202", 80),
    ("M203", 14),
    ("M204", 22),
    ("M205", 50),
    ("M301", 90),
    ("M302", 28),
    ("M401", 95),
    ("M402", 32),
    ("M403", 45),
    ("M501", 70),
    ("M502", 40),
    ("M601", 10),
    ("M701", 3),
];

/// From this age on a court for adults decides.
const ADULT: u32 = 18;

/// Somebody decided on, who may come before a court again.
#[derive(Clone, Copy)]
pub(super) struct Convicted {
    pub(super) person: PersonId,
    /// The latest decision.
    pub(super) on: Day,
    born: Day,
    sex: Known<Sex>,
    named: bool,
}

impl Convicted {
    pub(super) fn of(person: PersonId, sketch: &Sketch) -> Self {
        Self {
            person,
            on: sketch.day,
            born: sketch.born,
            sex: sketch.sex,
            named: sketch.named,
        }
    }

    /// Whether a case can be about this person: of age, with a name where it has one, and some time later.
    pub(super) fn fits(&self, sketch: &Sketch) -> bool {
        let later = self.on.days_until(sketch.day);
        self.named == sketch.named
            && (45..1_300).contains(&later)
            && age(self.born, self.on) >= ADULT
    }
}

/// Whole years.
fn age(born: Day, on: Day) -> u32 {
    u32::try_from(born.days_until(on) * 4 / 1_461).unwrap_or_default()
}

/// What is known of a case before the court decides.
pub(super) struct Sketch {
    pub(super) day: Day,
    pub(super) court: &'static str,
    pub(super) sex: Known<Sex>,
    pub(super) age: u32,
    pub(super) born: Day,
    pub(super) named: bool,
    /// The person, where an earlier decision registered them.
    pub(super) earlier: Option<PersonId>,
    offence: OffenceCode,
    gravity: u32,
    prior: Known<bool>,
    carer: bool,
    plea: bool,
}

impl Sketch {
    pub(super) fn of(day: Day, named: bool, law: &Pack, chance: &mut Chance) -> Self {
        let offence = offence(chance.weighed(&OFFENCES));
        let gravity = law.catalogue.gravity(&offence);
        let gravity = gravity
            .and_then(|g| g.level.as_str().parse().ok())
            .unwrap_or(1);
        let (from, to) = chance.weighed(&[
            ((14, 17), 55),
            ((18, 20), 130),
            ((21, 24), 175),
            ((25, 34), 310),
            ((35, 44), 190),
            ((45, 54), 90),
            ((55, 64), 38),
            ((65, 78), 12),
        ]);
        let age = chance.between(from, to);
        let born = day.minus_days(age * 1_461 / 4 + chance.between(1, 360));
        let sex = sex(day.year(), chance);
        let court = match (age, gravity) {
            (0..=17, _) => "fenwick",
            (_, 4..) => chance.pick(&["dunmore", "elmet"]),
            _ => chance.pick(&["ashby", "ashby", "brook", "calder"]),
        };
        let prior = chance.weighed(&[
            (Known::Value(false), 510),
            (Known::Value(true), 430),
            (Known::NotRecorded, 60),
        ]);
        let caring = if sex == Known::Value(Sex::Female) {
            380
        } else {
            120
        };
        Self {
            day,
            court,
            sex,
            age,
            born,
            named,
            earlier: None,
            offence,
            gravity,
            prior,
            carer: chance.happens(caring),
            plea: chance.happens(640),
        }
    }

    /// Whether somebody who was convicted before may be who this is about.
    pub(super) fn returns(&self) -> bool {
        self.prior == Known::Value(true) && self.age >= ADULT
    }

    /// The same case, of somebody who was decided on before.
    pub(super) fn about(&mut self, earlier: &Convicted) {
        self.sex = earlier.sex;
        self.born = earlier.born;
        self.age = age(earlier.born, self.day);
        self.earlier = Some(earlier.person);
    }

    /// How the case weighs with the court: gravity first, then the record, then what speaks for the person.
    fn weight(&self, chance: &mut Chance) -> i32 {
        let gravity = i32::try_from(self.gravity).unwrap_or(1).saturating_mul(10);
        let record = match self.prior {
            Known::Value(true) => 9,
            Known::Value(false) => 0,
            _ => 4,
        };
        let favours = [(self.carer, 4), (self.plea, 3), (self.age < 21, 4)];
        let favour: i32 = favours
            .iter()
            .filter(|(held, _)| *held)
            .map(|(_, by)| by)
            .sum();
        gravity + record - favour + chance.around_zero(14)
    }

    /// What the court decides.
    pub(super) fn decide(&self, law: &Pack, chance: &mut Chance) -> Decision {
        let sanction = self.sanction(law, chance);
        let range = law.catalogue.range(&self.offence);
        let departure = range
            .as_ref()
            .and_then(|range| departure(&sanction, range, chance));
        let custody = matches!(sanction, Sanction::Custody { .. });
        let mut components = vec![component(1, sanction)];
        if chance.happens(90) {
            let amount = Some(euro(chance.between(1, 40).saturating_mul(50)));
            components.push(component(2, Sanction::Compensation { amount }));
        }
        let mut counts = vec![Count {
            no: CountNo(1),
            offence: self.named_offence(self.offence.clone(), law, chance),
            gravity: law.catalogue.gravity(&self.offence),
            range,
            departure,
            components,
        }];
        if chance.happens(80) {
            counts.push(self.second_count(custody, law, chance));
        }
        let alternatives = ["fine", "community-order", "suspended", "treatment"];
        let considered = custody && chance.happens(920);
        let considered = considered.then(|| code(chance.pick(&alternatives)));
        Decision {
            court: court(self.court),
            case: None,
            hearing: None,
            counts,
            principal: None,
            circumstances: self.circumstances(law, chance),
            minor: None,
            aggravating: self.aggravating(chance),
            mitigating: self.mitigating(chance),
            alternatives_considered: considered.into_iter().collect(),
            remand_days: remand(custody, chance),
            weighed: Weighed::default(),
            reasons: self.named.then(|| words(self.reasons())),
        }
    }

    fn reasons(&self) -> String {
        format!(
            "The court weighed the gravity of the offence (level {} of Schedule 1), what is recorded of earlier \
             convictions and what was said for the person.",
            self.gravity
        )
    }

    fn second_count(&self, custody: bool, law: &Pack, chance: &mut Chance) -> Count {
        let offence = offence(chance.pick(&["M501", "M502", "M205"]));
        let sanction = if custody {
            let months = u16::try_from(chance.between(1, 3)).unwrap_or(1);
            term(months)
        } else {
            Sanction::Fine {
                amount: Some(euro(chance.between(2, 8).saturating_mul(50))),
            }
        };
        let mut component = component(3, sanction);
        component.runs = custody.then_some(Runs::Concurrent);
        Count {
            no: CountNo(2),
            gravity: law.catalogue.gravity(&offence),
            offence: self.named_offence(offence, law, chance),
            range: None,
            departure: None,
            components: vec![component],
        }
    }

    fn named_offence(&self, offence: OffenceCode, law: &Pack, chance: &mut Chance) -> Offence {
        let entry = law.catalogue.offence(&offence);
        let before = chance.between(20, 420);
        Offence {
            iccs: entry.and_then(|e| e.iccs.clone()),
            category: entry.and_then(|e| e.category.clone()).into(),
            catalogue: law.catalogue.version.clone(),
            code: Known::Value(offence),
            committed: Known::Value(self.day.minus_days(before).into()),
        }
    }

    fn sanction(&self, law: &Pack, chance: &mut Chance) -> Sanction {
        let jailable = law.catalogue.offence(&self.offence);
        let longest = jailable.and_then(|entry| entry.longest_custody);
        match (self.weight(chance), longest) {
            (..=5, _) if chance.happens(600) => Sanction::Admonition {},
            (..=5, _) => Sanction::Discharge {
                conditional_for: Some(months(12)),
            },
            (21..=31, _) if chance.happens(640) => order(chance),
            (32..=37, _) if chance.happens(260) => order(chance),
            (21..=37, Some(longest)) => suspended(longest, chance),
            (38.., Some(longest)) => self.custody(longest, chance),
            // From 6 to 20, and whatever the law allows no custody for.
            (_, _) => self.fine(chance),
        }
    }

    fn fine(&self, chance: &mut Chance) -> Sanction {
        if chance.happens(450) {
            let units = chance.between(5, 30).saturating_mul(self.gravity);
            return Sanction::DayFine {
                units: Some(units),
                unit_value: Some(euro(chance.between(6, 60))),
            };
        }
        let amount = chance.between(2, 16).saturating_mul(50);
        Sanction::Fine {
            amount: Some(euro(amount.saturating_mul(self.gravity))),
        }
    }

    fn custody(&self, longest: Length, chance: &mut Chance) -> Sanction {
        let (lowest, highest) = self.months();
        let record = u32::from(self.prior == Known::Value(true));
        let least = lowest.saturating_add(record.saturating_mul(highest.abs_diff(lowest) / 4));
        let mut length = chance.between(least.max(1), highest);
        if chance.happens(60) {
            length = length.saturating_mul(13) / 10 + 1;
        } else if chance.happens(70) {
            length = length.saturating_mul(6) / 10;
        }
        let length = length.clamp(1, in_months(longest).max(1));
        term(u16::try_from(length).unwrap_or(1))
    }

    fn months(&self) -> (u32, u32) {
        match self.gravity {
            0 | 1 => (0, 3),
            2 => (1, 9),
            3 => (4, 24),
            4 => (12, 54),
            5 => (24, 84),
            _ => (60, 168),
        }
    }

    fn circumstances(&self, law: &Pack, chance: &mut Chance) -> BTreeMap<Code, Known<Code>> {
        let mut answers = BTreeMap::new();
        let mut say = |name: &str, answer: Known<Code>| {
            if !answer.is_not_recorded() {
                answers.insert(code(name), answer);
            }
        };
        let band = u16::try_from(self.age)
            .ok()
            .and_then(|age| law.sentencing.age_band(age));
        let band = band.map(|b| b.code.clone()).filter(|_| chance.happens(975));
        say("age-band", band.into());
        let record = self
            .prior
            .map(|some| code(if some { "some" } else { "none" }));
        say("prior-record", record);
        let schools = [
            ("primary", 8),
            ("basic", 30),
            ("secondary", 34),
            ("vocational", 19),
            ("higher", 9),
        ];
        let school = chance.weighed(&schools);
        let school = mostly(800, 40, chance).map(|()| code(school));
        say("education", school);
        say("employed", answered(860, 20, 540, chance));
        let people = chance.weighed(&[
            ("1", 32),
            ("2", 24),
            ("3", 18),
            ("4", 15),
            ("5", 7),
            ("6", 4),
        ]);
        let household = mostly(700, 50, chance).map(|()| code(people));
        say("household", household);
        say("legal-counsel", answered(970, 0, 780, chance));
        say("plea-guilty", Known::Value(yes(self.plea)));
        let carer = mostly(820, 60, chance).map(|()| yes(self.carer));
        say("carer", carer);
        let child = if self.carer { 800 } else { 250 };
        say("dependent-child", answered(640, 130, child, chance));
        if self.sex == Known::Value(Sex::Female) {
            let pregnant = answered(420, 160, 40, chance);
            // It is asked in the same breath, and of mothers of a small household mostly so.
            let feeds = self.carer && people == "2";
            let breastfeeding = pregnant.clone().map(|_| yes(feeds));
            say("pregnant", pregnant);
            say("breastfeeding", breastfeeding);
            say("victim-of-violence", answered(380, 240, 560, chance));
        }
        answers
    }

    fn aggravating(&self, chance: &mut Chance) -> Vec<Code> {
        let likely = self.gravity.saturating_mul(70);
        let named = [
            "vulnerable-victim",
            "planned",
            "weapon",
            "abuse-of-trust",
            "group",
        ];
        let some = chance.happens(likely).then(|| code(chance.pick(&named)));
        some.into_iter().collect()
    }

    fn mitigating(&self, chance: &mut Chance) -> Vec<Code> {
        let held = [
            (self.plea && chance.happens(700), "early-plea"),
            (self.carer && chance.happens(500), "carer"),
            (
                self.prior == Known::Value(false) && chance.happens(600),
                "no-record",
            ),
            (self.age < 21 && chance.happens(500), "youth"),
            (chance.happens(160), "remorse"),
        ];
        let held = held.iter().filter(|(held, _)| *held);
        held.map(|(_, name)| code(name)).collect()
    }
}

fn remand(custody: bool, chance: &mut Chance) -> Known<u32> {
    match custody {
        true if chance.happens(330) => Known::Value(chance.between(3, 28)),
        true if chance.happens(900) => Known::Value(0),
        true | false => Known::NotRecorded,
    }
}

fn order(chance: &mut Chance) -> Sanction {
    let period = u16::try_from(chance.between(2, 8).saturating_mul(3)).unwrap_or(12);
    let mut requirements = Vec::new();
    let supervised = chance.happens(360);
    if !supervised || chance.happens(350) {
        let hours = chance.between(4, 20).saturating_mul(10);
        let quantity = Quantity::Minutes(hours.saturating_mul(60));
        requirements.push(required("unpaid-work", Some(quantity), None));
    }
    if supervised {
        requirements.push(required("supervision", None, Some(period)));
    }
    if chance.happens(140) {
        let days = Quantity::Days(chance.between(5, 25));
        requirements.push(required("activity-days", Some(days), None));
    }
    if chance.happens(90) {
        requirements.push(required("curfew", None, Some(period.min(3))));
    }
    if supervised && chance.happens(100) {
        let mut treatment = required("treatment", None, Some(period.min(6)));
        treatment.consent = Known::Value(Consent::Given);
        requirements.push(treatment);
    }
    Sanction::CommunityOrder {
        period: Some(months(period)),
        requirements,
    }
}

fn suspended(longest: Length, chance: &mut Chance) -> Sanction {
    let term = chance.between(2, 24).min(in_months(longest));
    Sanction::SuspendedCustody {
        term: Some(months(u16::try_from(term).unwrap_or(2))),
        operational_period: Some(months(24)),
        requirements: Vec::new(),
    }
}

/// An answer, or now and then one of the ways in which there is none.
fn mostly(answered: u32, declined: u32, chance: &mut Chance) -> Known<()> {
    if chance.happens(answered) {
        Known::Value(())
    } else if chance
        .happens(declined.saturating_mul(1_000) / 1_000_u32.saturating_sub(answered).max(1))
    {
        Known::Declined
    } else if chance.happens(400) {
        Known::NotAsked
    } else {
        Known::NotRecorded
    }
}

fn answered(given: u32, declined: u32, so: u32, chance: &mut Chance) -> Known<Code> {
    mostly(given, declined, chance).map(|()| yes(chance.happens(so)))
}

fn yes(so: bool) -> Code {
    code(if so { "yes" } else { "no" })
}

/// Why a term lies outside its range; now and then nobody said.
fn departure(
    sanction: &Sanction,
    range: &GuidelineRange,
    chance: &mut Chance,
) -> Option<Departure> {
    let Sanction::Custody {
        term: Some(CustodyTerm::Determinate(term)),
    } = sanction
    else {
        return None;
    };
    let (direction, reasons) = if term.exceeds(range.highest) {
        (
            DepartureDirection::Above,
            ["exceptional-gravity", "totality"],
        )
    } else if range.lowest.exceeds(*term) {
        (
            DepartureDirection::Below,
            ["exceptional-mitigation", "assistance"],
        )
    } else {
        return None;
    };
    chance.happens(900).then(|| Departure {
        direction,
        reasons: vec![code(chance.pick(&reasons))],
    })
}

pub(super) fn months(months: u16) -> Length {
    Length::Calendar(Term::of_months(months))
}

/// The whole months of a length; years count as twelve.
pub(super) fn in_months(length: Length) -> u32 {
    length.term().map_or(0, Term::whole_months)
}

pub(super) fn term(length: u16) -> Sanction {
    Sanction::Custody {
        term: Some(CustodyTerm::Determinate(months(length))),
    }
}

pub(super) fn euro(amount: u32) -> Money {
    let currency = match CurrencyCode::parse("EUR") {
        Ok(currency) => currency,
        Err(error) => unreachable!("{error}"),
    };
    let minor = u64::from(amount).saturating_mul(100);
    Money { minor, currency }
}

fn component(no: u16, sanction: Sanction) -> Component {
    Component {
        no: ComponentNo(no),
        sanction,
        runs: None,
        uplift: None,
    }
}

fn required(kind: &str, quantity: Option<Quantity>, length: Option<u16>) -> RequirementTerms {
    RequirementTerms {
        kind: code(kind),
        quantity,
        length: length.map(months),
        consent: Known::NotRecorded,
        terms: None,
    }
}

fn offence(text: &str) -> OffenceCode {
    match OffenceCode::parse(text) {
        Ok(offence) => offence,
        Err(error) => unreachable!("{text}: {error}"),
    }
}

fn court(text: &str) -> CourtCode {
    match CourtCode::parse(text) {
        Ok(court) => court,
        Err(error) => unreachable!("{text}: {error}"),
    }
}
