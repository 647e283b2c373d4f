//! The words of a person's own sheet, in each language in which it is printed, and how dates and numbers are written in
//! it. A language is a file; the compiler refuses a word that nothing says, and the reader a word that a file lacks.

use std::sync::OnceLock;

use domain::actor::{Purpose, Role};
use domain::sentence::SanctionKind;
use domain::values::{CivilDate, Instant, Length, Money, Quantity, TermUnit};
use serde::Deserialize;

/// The languages, the one that is taken without a choice first.
const FILES: [&str; 3] = [
    include_str!("../../../../locales/en.toml"),
    include_str!("../../../../locales/fr.toml"),
    include_str!("../../../../locales/ar.toml"),
];

/// A value keeps its own direction inside a sentence: first strong isolate, and its end.
const ISOLATE: (char, char) = ('\u{2068}', '\u{2069}');

/// The words of a language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) tag: String,
    pub(crate) name: String,
    pub(crate) direction: String,
    digits: String,
    thousands: String,
    decimal: String,
    first_of_month: String,
    day_month_year: String,
    month_year: String,
    months: [String; 12],
    pub(crate) page: PageWords,
    pub(crate) who: WhoWords,
    pub(crate) held: HeldWords,
    pub(crate) duties: DutyWords,
    pub(crate) missed: MissedWords,
    pub(crate) challenge: ChallengeWords,
    pub(crate) recorded: RecordedWords,
    pub(crate) emergency: EmergencyWords,
    pub(crate) abroad: AbroadWords,
    streams: StreamWords,
    sanctions: SanctionWords,
    pub(crate) looked: LookedWords,
    roles: RoleWords,
    purposes: PurposeWords,
    pub(crate) absent: AbsentWords,
    pub(crate) sexes: SexWords,
    units: UnitWords,
    pub(crate) given: GivenWords,
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($key:ident),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name {
            $(pub(crate) $key: String,)*
        }
    )*};
}

words! {
    /// Around the sheet.
    PageWords { title, languages, back, print, purpose, moment, past, now, part, free }
    /// Whom it concerns.
    WhoWords { name, born, reference }
    /// What is asked.
    DutyWords {
        heading, none, until, open_end, owed, done, next, next_at, pay, pay_unknown, pay_when, back_on, contact, court,
    }
    /// How somebody is held.
    HeldWords {
        heading, at, sentence, before, pretrial, breach, other, irregular, request, review, last, ends, no_day, challenge,
        nothing_else,
    }
    /// What follows when it is not done.
    MissedWords {
        heading, early, order, payment, suspended, pretrial, diversion, restorative, release, supervision, nothing,
    }
    /// How it is challenged.
    ChallengeWords { heading, review, review_over, review_open, emergency, abroad, transfer, correction, routes, complaint, lawyer }
    /// What is recorded.
    RecordedWords {
        heading, personal, sex, children, child, child_age, child_alone, consents, holds, sealed, sealed_words, erased, contested, nothing,
        since, draft, goes_on, over, entries, entry, by, classes, life, indeterminate,
    }
    /// What was done in an emergency.
    EmergencyWords {
        screened, eligible, excluded, unclear, criterion, granted, granted_until, granted_for_a_while, refused,
        decided_by, left, returned, breached, closed, right_cut, right_given_back,
    }
    /// What is asked between this State and another.
    AbroadWords {
        heading, surrender, surrender_here, transfer, transfer_here, recognition, recognition_here, arrested, arrested_for,
        request_by, asked, basis, told, undecided, decide_by, carry_out_by, no_day, granted, refused, ground, assurance, court, authority, reopened,
        postponed, effected, ended, consent, consented, consent_withdrawn,
    }
    /// What kind of record.
    StreamWords {
        person, sentence, order, supervision, pretrial, diversion, report, custody, release, emergency, complaint,
        restorative, cooperation, finding,
    }
    /// What was imposed.
    SanctionWords {
        death, custody, suspended_custody, community_order, fine, day_fine, other, deferred, discharge, admonition,
        compensation, ancillary,
    }
    /// Who read it.
    LookedWords { heading, lede, none, office, role, purpose, times, last, gate, complain }
    /// In which role.
    RoleWords {
        judge, clerk, prosecutor, probation, prison, release_authority, oversight, statistician, administrator, system,
    }
    /// For which purpose.
    PurposeWords {
        hearing, report, supervision, enforcement, release, complaint, inspection, research, correction, emergency,
        administration,
    }
    /// Why nothing stands there.
    AbsentWords { not_recorded, not_asked, declined, withheld, erased }
    /// Sex as recorded.
    SexWords { female, male, another }
    /// What is filled in by hand.
    GivenWords { heading, on, read, by, signature, refused }
    /// Of which number.
    PluralWords { one, two, few, many, other }
}

/// So much of something.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitWords {
    year: PluralWords,
    month: PluralWords,
    week: PluralWords,
    day: PluralWords,
    hour: PluralWords,
    minute: PluralWords,
    session: PluralWords,
    time: PluralWords,
}

/// Every language.
pub(crate) fn languages() -> &'static [Words] {
    static READ: OnceLock<Vec<Words>> = OnceLock::new();
    READ.get_or_init(|| {
        let read = FILES.iter().map(|text| match toml::from_str(text) {
            Ok(words) => words,
            Err(error) => unreachable!("a language that is built in: {error}"),
        });
        read.collect()
    })
}

/// The language of a tag; the first one for any other.
pub(crate) fn language(tag: &str) -> Option<&'static Words> {
    let all = languages();
    all.iter().find(|words| words.tag == tag).or(all.first())
}

/// A sentence with its places filled in, each value in its own direction.
pub(crate) fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    values
        .iter()
        .fold(sentence.to_owned(), |said, (name, value)| {
            let (begin, end) = ISOLATE;
            said.replace(&format!("{{{name}}}"), &format!("{begin}{value}{end}"))
        })
}

/// The same inside a date or a number, which has one direction.
fn put(pattern: &str, values: &[(&str, &str)]) -> String {
    values
        .iter()
        .fold(pattern.to_owned(), |said, (name, value)| {
            said.replace(&format!("{{{name}}}"), value)
        })
}

impl Words {
    /// A number as the language writes it, its thousands set apart.
    pub(crate) fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            let rest = digits.len().saturating_sub(at);
            if at > 0 && rest.checked_rem(3) == Some(0) {
                grouped.push_str(&self.thousands);
            }
            grouped.push(digit);
        }
        self.digits(&grouped)
    }

    /// A text with the language's digits.
    pub(crate) fn digits(&self, text: &str) -> String {
        let digit = |c: char| {
            let value = c.to_digit(10).and_then(|value| usize::try_from(value).ok());
            value
                .and_then(|value| self.digits.chars().nth(value))
                .unwrap_or(c)
        };
        text.chars().map(digit).collect()
    }

    /// A date, as exactly as it is known.
    pub(crate) fn date(&self, date: CivilDate) -> String {
        let month = |number: u32| {
            let at = usize::try_from(number).ok().and_then(|n| n.checked_sub(1));
            at.and_then(|at| self.months.get(at))
                .map_or("", String::as_str)
        };
        match date {
            CivilDate::Year(year) => self.digits(&year.to_string()),
            CivilDate::Month {
                year,
                month: number,
            } => {
                let year = self.digits(&year.to_string());
                let values = [("month", month(u32::from(number))), ("year", &year)];
                put(&self.month_year, &values)
            }
            CivilDate::Day(day) => {
                let year = self.digits(&day.year().to_string());
                let of_month = match day.day() {
                    1 => self.first_of_month.clone(),
                    other => self.digits(&other.to_string()),
                };
                let values = [
                    ("day", of_month.as_str()),
                    ("month", month(day.month())),
                    ("year", &year),
                ];
                put(&self.day_month_year, &values)
            }
        }
    }

    /// The day of an instant, in UTC.
    pub(crate) fn day_of(&self, instant: Instant) -> String {
        let text = instant.to_string();
        let day = text.get(..10).and_then(|day| day.parse().ok());
        day.map_or(text, |day| self.date(day))
    }

    /// An amount of money: the number as the language writes it, then the currency's letters.
    pub(crate) fn money(&self, money: &Money) -> String {
        let written = money.to_string();
        let digit = |c: char| match c {
            ',' => self.thousands.clone(),
            '.' => self.decimal.clone(),
            other => self.digits(&other.to_string()),
        };
        written.chars().map(digit).collect()
    }

    /// How much of a requirement.
    pub(crate) fn quantity(&self, quantity: Quantity) -> String {
        match quantity {
            Quantity::Minutes(minutes) => self.minutes(u64::from(minutes)),
            Quantity::Days(days) => self.many(&self.units.day, u64::from(days)),
            Quantity::Sessions(sessions) => self.many(&self.units.session, u64::from(sessions)),
        }
    }

    fn minutes(&self, minutes: u64) -> String {
        let hours = minutes.checked_div(60).unwrap_or_default();
        let rest = minutes.checked_rem(60).unwrap_or_default();
        let mut said = Vec::new();
        if hours > 0 || rest == 0 {
            said.push(self.many(&self.units.hour, hours));
        }
        if rest > 0 {
            said.push(self.many(&self.units.minute, rest));
        }
        said.join(" ")
    }

    /// How long: years, months and days; a decimal is written as its source has it.
    pub(crate) fn length(&self, length: Length) -> String {
        match length {
            Length::Calendar(term) => {
                let parts = [
                    (&self.units.year, u64::from(term.years)),
                    (&self.units.month, u64::from(term.months)),
                    (&self.units.day, u64::from(term.days)),
                ];
                let parts = parts.into_iter().filter(|(_, number)| *number > 0);
                let parts: Vec<String> = parts.map(|(unit, n)| self.many(unit, n)).collect();
                if parts.is_empty() {
                    self.many(&self.units.day, 0)
                } else {
                    parts.join(" ")
                }
            }
            Length::Decimal { amount, unit } => {
                let unit = match unit {
                    TermUnit::Years => &self.units.year,
                    TermUnit::Months => &self.units.month,
                    TermUnit::Weeks => &self.units.week,
                    TermUnit::Days => &self.units.day,
                };
                let amount = amount.to_string().replace('.', &self.decimal);
                put(&unit.other, &[("n", &self.digits(&amount))])
            }
        }
    }

    /// So many times.
    pub(crate) fn times(&self, number: u64) -> String {
        self.many(&self.units.time, number)
    }

    fn many(&self, unit: &PluralWords, number: u64) -> String {
        put(self.plural(unit, number), &[("n", &self.number(number))])
    }

    /// The form that goes with a number, by the rules of the language (CLDR, cardinal).
    fn plural<'a>(&self, unit: &'a PluralWords, number: u64) -> &'a str {
        let last_two = number.checked_rem(100).unwrap_or_default();
        match (self.tag.as_str(), number, last_two) {
            ("ar", 2, _) => &unit.two,
            ("ar", _, 3..=10) => &unit.few,
            ("ar", _, 11..=99) => &unit.many,
            ("fr", 0, _) | (_, 1, _) => &unit.one,
            _ => &unit.other,
        }
    }

    /// The words for a kind of record; nothing for one that is about nobody.
    pub(crate) fn stream(&self, kind: &str) -> Option<&str> {
        let all = &self.streams;
        Some(match kind {
            "person" => &all.person,
            "sentence" => &all.sentence,
            "order" => &all.order,
            "supervision" => &all.supervision,
            "pretrial" => &all.pretrial,
            "diversion" => &all.diversion,
            "report" => &all.report,
            "custody" => &all.custody,
            "release" => &all.release,
            "emergency" => &all.emergency,
            "complaint" => &all.complaint,
            "restorative" => &all.restorative,
            "cooperation" => &all.cooperation,
            "finding" => &all.finding,
            _ => return None,
        })
    }

    /// The words for a sanction.
    pub(crate) fn sanction(&self, kind: SanctionKind) -> &str {
        let all = &self.sanctions;
        match kind {
            SanctionKind::Death => &all.death,
            SanctionKind::Custody => &all.custody,
            SanctionKind::SuspendedCustody => &all.suspended_custody,
            SanctionKind::CommunityOrder => &all.community_order,
            SanctionKind::Fine => &all.fine,
            SanctionKind::DayFine => &all.day_fine,
            SanctionKind::Other => &all.other,
            SanctionKind::Deferred => &all.deferred,
            SanctionKind::Discharge => &all.discharge,
            SanctionKind::Admonition => &all.admonition,
            SanctionKind::Compensation => &all.compensation,
            SanctionKind::Ancillary => &all.ancillary,
        }
    }

    /// The words for a role.
    pub(crate) fn role(&self, role: Role) -> &str {
        let all = &self.roles;
        match role {
            Role::Judge => &all.judge,
            Role::Clerk => &all.clerk,
            Role::Prosecutor => &all.prosecutor,
            Role::Probation => &all.probation,
            Role::Prison => &all.prison,
            Role::ReleaseAuthority => &all.release_authority,
            Role::Oversight => &all.oversight,
            Role::Statistician => &all.statistician,
            Role::Administrator => &all.administrator,
            Role::System => &all.system,
        }
    }

    /// The words for a purpose.
    pub(crate) fn purpose(&self, purpose: Purpose) -> &str {
        let all = &self.purposes;
        match purpose {
            Purpose::Hearing => &all.hearing,
            Purpose::Report => &all.report,
            Purpose::Supervision => &all.supervision,
            Purpose::Enforcement => &all.enforcement,
            Purpose::Release => &all.release,
            Purpose::Complaint => &all.complaint,
            Purpose::Inspection => &all.inspection,
            Purpose::Research => &all.research,
            Purpose::Correction => &all.correction,
            Purpose::Emergency => &all.emergency,
            Purpose::Administration => &all.administration,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Every word of a language by its key, with the places that it fills in.
    fn keys(text: &str) -> BTreeMap<String, BTreeSet<String>> {
        fn walk(at: &str, value: &toml::Value, into: &mut BTreeMap<String, BTreeSet<String>>) {
            match value {
                toml::Value::Table(table) => {
                    for (name, inner) in table {
                        walk(&format!("{at}.{name}"), inner, into);
                    }
                }
                other => {
                    let said = other.to_string();
                    let places = said.split('{').skip(1);
                    let places = places.filter_map(|rest| Some(rest.split_once('}')?.0.to_owned()));
                    into.insert(at.to_owned(), places.collect());
                }
            }
        }
        let mut all = BTreeMap::new();
        walk("", &toml::from_str(text).unwrap(), &mut all);
        all
    }

    #[test]
    fn the_languages_have_the_same_keys_with_the_same_places_and_none_is_empty() {
        let first = keys(FILES[0]);
        for text in FILES {
            let all = keys(text);
            let names = |all: &BTreeMap<String, BTreeSet<String>>| {
                all.keys().cloned().collect::<BTreeSet<_>>()
            };
            assert_eq!(names(&all), names(&first));
            for (key, places) in &all {
                // One and two are words of their own in some languages.
                if !key.starts_with(".units") {
                    assert_eq!(places, &first[key], "{key}");
                }
            }
            assert!(!text.contains("\"\""));
        }
    }

    #[test]
    fn no_key_is_unused() {
        let sources = [
            include_str!("mod.rs"),
            include_str!("words.rs"),
            include_str!("duties.rs"),
            include_str!("emergency.rs"),
            include_str!("abroad.rs"),
            include_str!("held.rs"),
            include_str!("told.rs"),
            include_str!("../../../../templates/person_sheet.html"),
        ];
        let source = sources.map(|text| text.split("#[cfg(test)]").next().unwrap_or_default());
        let source = source.concat();
        for key in keys(FILES[0]).keys() {
            let name = key.rsplit('.').next().unwrap_or(key);
            let read = [".", "&all.", "self."].map(|before| format!("{before}{name}"));
            assert!(read.iter().any(|read| source.contains(read)), "{key}");
        }
    }

    #[test]
    fn dates_and_numbers_are_written_as_each_language_writes_them() {
        let date = |tag: &str, text: &str| language(tag).unwrap().date(text.parse().unwrap());
        assert_eq!(date("en", "2026-03-01"), "1 March 2026");
        assert_eq!(date("fr", "2026-03-01"), "1er mars 2026");
        assert_eq!(date("fr", "2026-03-02"), "2 mars 2026");
        assert_eq!(date("ar", "2026-03-12"), "١٢ مارس ٢٠٢٦");
        assert_eq!(date("ar", "2026-03"), "مارس ٢٠٢٦");
        let number = |tag: &str| language(tag).unwrap().number(69_527);
        assert_eq!(number("en"), "69,527");
        assert_eq!(number("fr"), "69\u{202f}527");
        assert_eq!(number("ar"), "٦٩٬٥٢٧");
    }

    #[test]
    fn a_number_takes_the_form_of_its_language() {
        let days = |tag: &str, n| language(tag).unwrap().quantity(Quantity::Days(n));
        assert_eq!(days("en", 1), "1 day");
        assert_eq!(days("fr", 0), "0 jour");
        assert_eq!(days("fr", 2), "2 jours");
        for (n, said) in [
            (1, "يوم واحد"),
            (2, "يومان"),
            (3, "٣ أيام"),
            (11, "١١ يومًا"),
            (100, "١٠٠ يوم"),
            (103, "١٠٣ أيام"),
        ] {
            assert_eq!(days("ar", n), said);
        }
        let hours = |tag: &str| language(tag).unwrap().quantity(Quantity::Minutes(150));
        assert_eq!(hours("en"), "2 hours 30 minutes");
        assert_eq!(hours("fr"), "2 heures 30 minutes");
    }

    #[test]
    fn an_unknown_language_is_the_first_and_a_value_keeps_its_direction() {
        assert_eq!(language("tlh").unwrap().tag, "en");
        assert_eq!(language("ar").unwrap().direction, "rtl");
        assert_eq!(
            fill("by {office}", &[("office", "A")]),
            "by \u{2068}A\u{2069}"
        );
    }
}
