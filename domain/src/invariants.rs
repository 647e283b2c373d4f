//! Every rule that can refuse, as data: its sentence, the authority behind it and the codes under which it refuses.
//!
//! `docs/invariants.md` is written from this list and from the tests, which name the rules that they show in the
//! first line of their documentation.

/// A rule that holds for every stream it concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invariant {
    /// The rule: `S-4` for one of the register's own, or a safeguard, for example `TR-8.2`.
    pub id: &'static str,
    /// What it says.
    pub sentence: &'static str,
    /// Where it comes from.
    pub authority: &'static str,
    /// The codes of the refusals that carry it.
    pub codes: &'static [&'static str],
}

const RECORD: &str = "the integrity of the record";
const POLICY: &str = "the policy of the jurisdiction";

/// Every invariant, by stream.
pub fn invariants() -> Vec<Invariant> {
    [SAFEGUARDS, SENTENCE, ORDER, SUPERVISION, PERSON, POLICIES].concat()
}

macro_rules! rules {
    ($($name:ident { $($id:literal: $sentence:literal, $authority:expr, [$($code:literal),*];)* })*) => {$(
        const $name: &[Invariant] = &[$(Invariant {
            id: $id,
            sentence: $sentence,
            authority: $authority,
            codes: &[$($code),*],
        },)*];
    )*};
}

rules! {
    SAFEGUARDS {
        "TR-3.1": "the offence is named and was law when it was committed",
            "Tokyo Rules 3.1; ICCPR art. 15",
            ["sentence.offence-missing", "sentence.not-an-offence"];
        "TR-3.10": "nobody is held under a component that imposes no custody",
            "Tokyo Rules 3.10; ICCPR art. 9",
            ["sentence.no-custody-imposed"];
        "TR-8.2": "custody only after non-custodial options were considered",
            "Tokyo Rules 8.2",
            ["sentence.alternatives-not-considered"];
        "TR-10.2": "the supervising office is competent by law; recall is decided by a court or board",
            "Tokyo Rules 10.2",
            ["supervision.unknown-office", "supervision.not-competent"];
        "TR-10.3": "a review fixes a next one, which comes after it",
            "Tokyo Rules 10.3",
            ["supervision.next-review-missing", "supervision.next-review-not-later"];
        "TR-11.1": "nothing is asked of the person beyond the end",
            "Tokyo Rules 11.1",
            ["order.after-the-end", "supervision.after-the-end"];
        "TR-12.3": "no breach is decided on what was not explained, orally and in writing, before the facts",
            "Tokyo Rules 12.3",
            ["order.not-explained"];
        "TR-14.2": "no breach is decided before both accounts are there, or the chance to give one was not used",
            "Tokyo Rules 14.2",
            ["order.account-missing"];
        "TR-14.3": "software decides no breach, no revocation and no recall",
            "Tokyo Rules 14.3",
            ["order.not-for-software", "supervision.not-for-software"];
        "TR-14.4": "custody for a breach names the alternatives considered, an activation its reasons, a request for recall what was tried",
            "Tokyo Rules 14.4",
            ["sentence.activation-unreasoned", "order.alternatives-not-considered", "supervision.nothing-tried"];
        "DP-7": "no software decides on a sentence",
            "Directive (EU) 2016/680 art. 11",
            ["sentence.not-for-software"];
        "PR-1": "no custody above the statutory maximum without a cited rule; the parts of one stay count together",
            "General Assembly resolution 76/184, paragraph 6",
            ["sentence.above-maximum", "sentence.not-imprisonable"];
    }
    SENTENCE {
        "S-1": "a decision has at least one count, and each count at least one component",
            RECORD, ["sentence.no-count", "sentence.nothing-imposed"];
        "S-2": "counts and components are numbered once, from 1, and the order of a new sentence anew",
            RECORD, ["sentence.numbered-twice", "sentence.numbered-zero", "sentence.numbered-as-replaced"];
        "S-3": "a principal component or a consecutive term names a component that exists",
            RECORD, ["sentence.no-such-component"];
        "S-4": "consecutive terms form no cycle",
            RECORD, ["sentence.circular-terms"];
        "S-5": "nothing is pronounced in the future, nor before the offence, and no step before what it follows",
            RECORD,
            ["sentence.in-the-future", "sentence.before-the-decision", "sentence.before-it-began", "sentence.offence-after-decision"];
        "S-6": "a sanction has its quantity, above zero, and no more remand is credited than the term lasts",
            "legality of penalties, ICCPR art. 15",
            ["sentence.quantity-missing", "sentence.quantity-zero", "sentence.remand-exceeds-term"];
        "S-7": "terms are calendar terms; a decimal is kept only of an existing fact",
            RECORD, ["sentence.not-a-calendar-term"];
        "S-8": "several terms of custody say how they run, and only terms follow each other",
            "legality of penalties, ICCPR art. 15",
            ["sentence.runs-unsaid", "sentence.earlier-term-unknown", "sentence.follows-no-term"];
        "S-9": "a requirement is of a known kind, in its unit, within its limits, with consent where needed",
            "Tokyo Rules 12.2; the policy of the jurisdiction",
            ["sentence.unknown-requirement", "sentence.wrong-unit", "sentence.outside-limits",
             "sentence.requirement-too-long", "sentence.consent-missing"];
        "S-10": "an order ends no earlier than each of its requirements, and lasts no longer than the law allows",
            "Tokyo Rules 11.1",
            ["sentence.order-ends-first", "sentence.order-too-long"];
        "S-11": "factors, reasons, circumstances and rankings are those of the pack",
            POLICY, ["sentence.unknown-code", "sentence.catalogued-otherwise", "sentence.unknown-sanction"];
        "S-12": "what the policy asks for the disposal is there",
            POLICY, ["sentence.asked"];
        "S-13": "the guideline range is one, and outside it coded reasons are given",
            "General Assembly resolution 76/184, paragraph 6",
            ["sentence.departure-unreasoned", "sentence.range-reversed", "sentence.starts-outside-range"];
        "S-14": "a commutation lightens",
            "the nature of clemency",
            ["sentence.not-a-reduction"];
        "S-15": "an activation activates no more than is suspended",
            "legality of penalties, ICCPR art. 15",
            ["sentence.nothing-suspended", "sentence.more-than-suspended"];
        "S-16": "a correction points at an event of this sentence and gives a coded reason",
            RECORD, ["sentence.nothing-to-correct"];
        "S-17": "a step is taken only in the state that allows it",
            RECORD, ["sentence.not-possible", "sentence.another-person"];
        "S-18": "a sanction is imposed on whom, and for as long as, the law allows its kind",
            "legality of penalties, ICCPR art. 15", ["sentence.lasts-too-long", "sentence.too-young"];
    }
    ORDER {
        "O-1": "an order is made once, of a sentence that is in force",
            RECORD, ["order.already-made", "order.sentence-not-in-force", "order.no-requirement"];
        "O-2": "nothing is recorded of the future, and no step from before what it follows",
            RECORD, ["order.in-the-future", "order.before-the-making", "order.before-the-allegation"];
        "O-3": "what is named exists in this order and goes on",
            RECORD, ["order.no-such-requirement", "order.requirement-ended", "order.no-such-appointment", "order.no-such-warning", "order.no-such-breach"];
        "O-4": "an order, and a requirement, ends on its start plus its length less one day",
            "the computation of terms in the law of the jurisdiction", ["order.ends-elsewhere", "order.ends-before-start", "order.not-a-calendar-term"];
        "O-5": "an order ends no earlier than each of its requirements, and lasts no longer than the law allows",
            "Tokyo Rules 11.1", ["order.order-ends-first", "order.too-long"];
        "O-6": "a requirement is of a known kind, in its unit, within its limits, with consent where needed",
            "Tokyo Rules 12.2; the policy of the jurisdiction", ["order.unknown-kind", "order.quantity-missing", "order.nothing", "order.wrong-unit", "order.outside-limits", "order.consent-missing"];
        "O-7": "an appointment and an attendance lie within the life of the order",
            "Tokyo Rules 3.10", ["order.before-the-start"];
        "O-8": "an appointment is recorded once; then it is corrected",
            RECORD, ["order.already-recorded", "order.not-yet-recorded", "order.changes-nothing"];
        "O-9": "an outcome is a code of the pack, and only attendance gives credit",
            POLICY, ["order.gives-no-credit"];
        "O-10": "a credit is above zero, in the unit of its requirement, within the ceiling of an entry and what is owed",
            POLICY, ["order.credit-zero", "order.not-counted", "order.above-ceiling", "order.more-than-owed"];
        "O-11": "no more is reversed than is credited",
            RECORD, ["order.more-than-credited"];
        "O-12": "a correction lists everything that hangs on it",
            RECORD, ["order.consequences-differ", "order.rests-on-corrected"];
        "O-13": "a warning names the failures it is for",
            "Tokyo Rules 14.2", ["order.warns-of-nothing", "order.no-failure"];
        "O-14": "a breach rests on as many failures as the policy asks, or on a statement; one open allegation per fact",
            POLICY, ["order.alleges-nothing", "order.alleged-already", "order.too-few-failures"];
        "O-15": "an order is complete when all is credited, has lasted and is settled, or a reason is given",
            RECORD, ["order.still-owed", "order.still-lasts", "order.breach-open"];
        "O-16": "outcomes, reasons, responses and offices are codes of the pack",
            POLICY, ["order.unknown-code", "order.unknown-office", "order.no-response"];
        "O-17": "a step is taken only in the state that allows it",
            RECORD, ["order.not-possible"];
    }
    SUPERVISION {
        "SU-1": "a supervision is started once, by an order or a sentence that is in force",
            RECORD, ["supervision.already-started", "supervision.cause-not-in-force"];
        "SU-2": "nothing is recorded of the future",
            RECORD, ["supervision.in-the-future"];
        "SU-3": "what is named exists in this supervision",
            RECORD, ["supervision.no-such-assessment", "supervision.no-such-programme", "supervision.no-such-contact", "supervision.no-such-recall"];
        "SU-4": "it ends no earlier than it starts, and nothing lies before its start",
            RECORD, ["supervision.ends-before-start", "supervision.before-the-start"];
        "SU-5": "an assessment says with which instrument, and its level once it is complete",
            "Tokyo Rules 10.3", ["supervision.level-missing"];
        "SU-6": "a plan states its goals and rests on an assessment that was completed, as a referral does",
            "Tokyo Rules 10.3", ["supervision.goals-missing", "supervision.assessment-missing", "supervision.assessment-incomplete", "supervision.not-assessed"];
        "SU-7": "a programme is referred to, then started, then completed or ended",
            RECORD, ["supervision.programme-elsewhere"];
        "SU-8": "a correction, a change or a transfer changes something",
            RECORD, ["supervision.changes-nothing"];
        "SU-9": "recall is requested on a ground, once at a time, and decided once",
            "Tokyo Rules 14.2", ["supervision.ground-missing", "supervision.recall-open", "supervision.reasons-missing"];
        "SU-10": "instruments, needs, levels, programmes, kinds and reasons are codes of the pack",
            POLICY, ["supervision.unknown-code"];
        "SU-11": "a step is taken only in the state that allows it",
            RECORD, ["supervision.not-possible"];
    }
    PERSON {
        "P-1": "a person is registered once, and before anything else",
            RECORD, ["person.already-registered", "person.not-registered"];
        "P-2": "nothing is added to a record that was merged or expunged",
            RECORD, ["person.merged-away", "person.was-expunged"];
        "P-3": "nothing is erased while a legal hold stands",
            "Directive (EU) 2016/680 art. 16; the safeguard DP-16x",
            ["person.on-hold", "person.held-elsewhere", "person.nothing-to-erase"];
        "P-4": "a seal, a hold or a consent is lifted only where one stands",
            RECORD, ["person.nothing-to-lift"];
        "P-5": "a record is merged into another that is registered, and nothing that stands on it is lost by that",
            RECORD, ["person.not-another-person", "person.encumbered"];
        "P-6": "circumstances are codes of the pack",
            POLICY, ["person.unknown-circumstance"];
        "P-7": "a correction changes something and gives a coded reason",
            RECORD, ["person.changes-nothing"];
        "P-8": "data are contested once until settled",
            RECORD, ["person.already-contested", "person.not-contested"];
    }
    POLICIES {
        "PO-1": "a version is adopted once; its bytes never change",
            RECORD, ["policy.already-adopted", "policy.not-a-hash"];
        "PO-2": "only an adopted version is superseded, by another that is adopted",
            RECORD, ["policy.follows-itself", "policy.not-in-force"];
        "PO-3": "a version is adopted, and follows another, once its day has come",
            "the rule of law: no law before its day", ["policy.not-yet"];
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fmt::Write;

    use super::*;
    use crate::testing::committed;

    /// The refusals that the sources name, as (variant, code): `Self::NoCount => "sentence.no-count"`.
    fn refusals() -> Vec<(String, String)> {
        let sources = committed::sources();
        let mut found = Vec::new();
        for (path, text) in &sources {
            let Some(stream) = path.strip_suffix("/refusal.rs") else {
                continue;
            };
            for line in text.lines() {
                let arm = line.trim().strip_prefix("Self::");
                if let Some((variant, code)) = arm.and_then(|arm| arm.split_once(" => \""))
                    && code.starts_with(&format!("{stream}."))
                {
                    let variant = variant.split(' ').next().unwrap_or_default();
                    found.push((variant.to_owned(), code.trim_end_matches("\",").to_owned()));
                }
            }
        }
        found
    }

    /// A case by its name, with what it expects in so many words.
    #[derive(PartialEq, Eq, PartialOrd, Ord)]
    struct Case {
        name: String,
        expects: String,
    }

    impl Case {
        fn says(&self, words: &[&str]) -> bool {
            words.iter().any(|word| self.expects.contains(word))
        }

        fn accepts(&self) -> bool {
            let passing = ["then_accepted(", "then_events(", "then_state("];
            self.says(&passing) || self.says(&["passes(", "accepted("])
        }

        fn refuses(&self) -> bool {
            self.says(&["Refusal::", "refused", "stands_against("])
        }
    }

    /// The tests that name a rule in the line above them, by rule.
    fn shown() -> BTreeMap<String, BTreeSet<Case>> {
        let mut shown: BTreeMap<String, BTreeSet<Case>> = BTreeMap::new();
        for text in committed::sources().values() {
            let mut rules: Vec<&str> = Vec::new();
            let mut lines = text.lines();
            while let Some(line) = lines.next() {
                if let Some(named) = line.strip_prefix("/// ") {
                    rules = named.split(", ").filter(|id| is_rule(id)).collect();
                } else if let Some(name) = line.strip_prefix("fn ") {
                    let body = lines.by_ref().take_while(|line| *line != "}");
                    let expects: String = body.collect();
                    for rule in std::mem::take(&mut rules) {
                        let name = name.split('(').next().unwrap_or_default().to_owned();
                        let expects = expects.clone();
                        let cases = shown.entry(rule.to_owned()).or_default();
                        cases.insert(Case { name, expects });
                    }
                }
            }
        }
        shown
    }

    fn is_rule(text: &str) -> bool {
        invariants().iter().any(|invariant| invariant.id == text)
    }

    #[test]
    fn every_refusal_code_belongs_to_one_invariant_and_every_listed_code_exists() {
        let known: BTreeSet<String> = refusals().into_iter().map(|(_, code)| code).collect();
        let listed: Vec<&str> = invariants().iter().flat_map(|i| i.codes).copied().collect();
        let once: BTreeSet<String> = listed.iter().map(|&code| code.to_owned()).collect();
        assert_eq!(once.len(), listed.len(), "a code stands under two rules");
        assert_eq!(once, known);
    }

    #[test]
    fn every_rule_stands_in_the_table_of_the_stream_it_binds() {
        let sources = committed::sources();
        let tables = sources.iter().filter(|(path, _)| path.ends_with("/mod.rs"));
        let rows: BTreeSet<&str> = tables.flat_map(|(_, text)| text.lines()).collect();
        for Invariant { id, sentence, .. } in invariants() {
            let row = format!("//! | {id} | {sentence} |");
            // A safeguard binds several streams, and each says in its own words how.
            let own = format!("//! | {id} |");
            let is_safeguard = SAFEGUARDS.iter().any(|safeguard| safeguard.id == id);
            let stands = rows.contains(row.as_str())
                || is_safeguard && rows.iter().any(|found| found.starts_with(&own));
            assert!(stands, "no table holds {row:?}");
        }
    }

    #[test]
    fn every_rule_is_shown_by_a_case_that_it_lets_pass_and_one_that_it_does_not() {
        let shown = shown();
        for Invariant { id, .. } in invariants() {
            let cases = || shown.get(id).into_iter().flatten();
            assert!(cases().any(Case::accepts), "no case of {id} passes");
            assert!(cases().any(Case::refuses), "no case of {id} is refused");
        }
    }

    #[test]
    fn every_refusal_is_expected_by_a_case() {
        let sources = committed::sources();
        let tests: String = sources
            .into_iter()
            .filter(|(path, _)| path.contains("tests"))
            .map(|(_, text)| text)
            .collect();
        for (variant, code) in refusals() {
            let named = tests.contains(&format!("Refusal::{variant}"));
            assert!(named, "{code} is expected by no case");
        }
    }

    #[test]
    fn the_committed_list_of_invariants_is_that_of_the_rules_and_their_cases() {
        let shown = shown();
        let mut page = String::from(
            "# Invariants\n\nEvery rule that can refuse, the authority behind it, the codes under \
             which it refuses, and the cases that show it. Made from the rules and their tests.\n",
        );
        for rule in invariants() {
            let codes = rule.codes.iter().map(|code| format!("`{code}`"));
            let codes: Vec<String> = codes.collect();
            let (id, sentence, authority) = (rule.id, rule.sentence, rule.authority);
            write!(page, "\n## {id}: {sentence}\n\n").unwrap();
            write!(
                page,
                "Authority: {authority}.\nRefuses as {}.\n\n",
                codes.join(", ")
            )
            .unwrap();
            for case in shown.get(id).into_iter().flatten() {
                writeln!(page, "- `{}`", case.name).unwrap();
            }
        }
        committed::file("docs/invariants.md", &page);
    }
}
