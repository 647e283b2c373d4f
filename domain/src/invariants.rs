//! The register's own rules as data: each with its sentence and the authority behind it. The safeguards, which bind
//! several streams, stand in [`crate::safeguards`].
//!
//! `docs/invariants.md` is written from both, from the refusals that carry them and from the tests, which name the
//! rules that they show in the first line of their documentation.

use crate::safeguards;

/// A rule of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invariant {
    /// The rule, for example `S-4`.
    pub id: &'static str,
    /// What it says.
    pub sentence: &'static str,
    /// Where it comes from.
    pub authority: &'static str,
}

const RECORD: &str = "the integrity of the record";
const POLICY: &str = "the policy of the jurisdiction";

/// Every rule of the register's own, by stream.
pub fn invariants() -> Vec<Invariant> {
    [
        SENTENCE,
        ORDER,
        SUPERVISION,
        PERSON,
        POLICIES,
        PRETRIAL,
        DIVERSION,
        REPORT,
        RESTORATIVE,
        FACILITY,
        CUSTODY,
        COMPLAINT,
        COOPERATION,
        RELEASE,
        EMERGENCY,
        FINDING,
        REGISTRY,
        OFFICE,
        PLAUSIBLE,
    ]
    .concat()
}

/// What a rule or a safeguard says, and where it comes from.
pub fn said_by(id: &str) -> Option<(&'static str, String)> {
    if let Some(safeguard) = safeguards::of(id) {
        return Some((safeguard.says, safeguard.source()));
    }
    let rule = invariants().into_iter().find(|rule| rule.id == id)?;
    Some((rule.sentence, rule.authority.to_owned()))
}

macro_rules! rules {
    ($($name:ident { $($id:literal: $sentence:literal, $authority:expr;)* })*) => {$(
        const $name: &[Invariant] = &[$(Invariant {
            id: $id,
            sentence: $sentence,
            authority: $authority,
        },)*];
    )*};
}

rules! {
    PLAUSIBLE {
        "PL-1": "a date or an age that is hardly possible is seen by somebody",
            "Directive (EU) 2016/680 art. 4(1)(d)";
    }
    OFFICE {
        "OF-1": "an act on what another office has in hand is seen by somebody",
            "Tokyo Rules 3.3; the competence of courts and offices in the law of the jurisdiction";
    }
    SENTENCE {
        "S-1": "a decision has at least one count, and each count at least one component",
            RECORD;
        "S-2": "counts and components are numbered once, from 1, and the order of a new sentence anew",
            RECORD;
        "S-3": "a principal component or a consecutive term names a component that exists",
            RECORD;
        "S-4": "consecutive terms form no cycle",
            RECORD;
        "S-5": "nothing is pronounced in the future, nor before the offence, and no step before what it follows",
            RECORD;
        "S-6": "a sanction has its quantity, above zero, and no more remand is credited than the term lasts or there was time for",
            "legality of penalties, ICCPR art. 15";
        "S-7": "terms are calendar terms; a decimal is kept only of an existing fact",
            RECORD;
        "S-8": "several terms of custody say how they run, and only terms follow each other",
            "legality of penalties, ICCPR art. 15";
        "S-9": "a requirement is of a known kind, in its unit, within its limits, with consent where needed",
            "Tokyo Rules 12.2; the policy of the jurisdiction";
        "S-10": "an order ends no earlier than each of its requirements, and lasts no longer than the law allows",
            "Tokyo Rules 11.1";
        "S-11": "factors, reasons, circumstances and rankings are those of the pack",
            POLICY;
        "S-12": "what the policy asks for the disposal is there",
            POLICY;
        "S-13": "the guideline range is one, and outside it coded reasons are given that fit",
            "General Assembly resolution 76/184, paragraph 6";
        "S-14": "a commutation lightens",
            "the nature of clemency";
        "S-15": "an activation activates no more than is suspended",
            "legality of penalties, ICCPR art. 15";
        "S-16": "a correction points at an event of this sentence and gives a coded reason, and another kind of sanction is seen by somebody",
            RECORD;
        "S-17": "a step is taken only in the state that allows it",
            RECORD;
        "S-18": "a sanction is imposed on whom, and for as long and as much as, the law allows its kind",
            "legality of penalties, ICCPR art. 15";
        "S-19": "an amount of money that is hardly possible is seen by somebody",
            "Directive (EU) 2016/680 art. 4(1)(d)";
        "S-20": "days in detention are credited as the register knows them, or somebody looks why not",
            "Directive (EU) 2016/680 art. 4(1)(d)";
    }
    ORDER {
        "O-1": "an order is made once, of a sentence that is in force",
            RECORD;
        "O-2": "nothing is recorded of the future, and no step from before what it follows",
            RECORD;
        "O-3": "what is named exists in this order and goes on",
            RECORD;
        "O-4": "an order, and a requirement, ends on its start plus its length less one day",
            "the computation of terms in the law of the jurisdiction";
        "O-5": "an order ends no earlier than each of its requirements, and lasts no longer than the law allows",
            "Tokyo Rules 11.1";
        "O-6": "a requirement is of a known kind, in its unit, within its limits, with consent where needed",
            "Tokyo Rules 12.2; the policy of the jurisdiction";
        "O-7": "an appointment and an attendance lie within the life of the order",
            "Tokyo Rules 3.10";
        "O-8": "an appointment is recorded once; then it is corrected",
            RECORD;
        "O-9": "an outcome is a code of the pack, and only attendance gives credit",
            POLICY;
        "O-10": "a credit is above zero, in the unit of its requirement, within the ceiling of an entry and what is owed",
            POLICY;
        "O-11": "no more is reversed than is credited",
            RECORD;
        "O-12": "a correction lists everything that hangs on it",
            RECORD;
        "O-13": "a warning names the failures it is for",
            "Tokyo Rules 14.2";
        "O-14": "a breach rests on as many failures as the policy asks, or on a statement; one open allegation per fact",
            POLICY;
        "O-15": "an order is complete when all is credited, has lasted and is settled, or a reason is given",
            RECORD;
        "O-16": "outcomes, reasons, responses and offices are codes of the pack",
            POLICY;
        "O-17": "a step is taken only in the state that allows it",
            RECORD;
    }
    SUPERVISION {
        "SU-1": "a supervision is started once, by an order or a sentence that is in force",
            RECORD;
        "SU-2": "nothing is recorded of the future",
            RECORD;
        "SU-3": "what is named exists in this supervision",
            RECORD;
        "SU-4": "it ends no earlier than it starts, and nothing lies before its start",
            RECORD;
        "SU-5": "an assessment says with which instrument, and its level once it is complete",
            "Tokyo Rules 10.3";
        "SU-6": "a plan states its goals and rests on an assessment that was completed, as a referral does",
            "Tokyo Rules 10.3";
        "SU-7": "a programme is referred to, then started, then completed or ended",
            RECORD;
        "SU-8": "a correction, a change or a transfer changes something",
            RECORD;
        "SU-9": "recall is requested on a ground, once at a time, and decided once",
            "Tokyo Rules 14.2";
        "SU-10": "instruments, needs, levels, programmes, kinds and reasons are codes of the pack",
            POLICY;
        "SU-11": "a step is taken only in the state that allows it",
            RECORD;
        "SU-12": "nobody starts a programme in which all places of the office are taken",
            POLICY;
    }
    PERSON {
        "P-1": "a person is registered once, and before anything else",
            RECORD;
        "P-2": "nothing is added to a record that was merged or expunged",
            RECORD;
        "P-3": "an erasure names what it erases",
            "Directive (EU) 2016/680 art. 16";
        "P-4": "a seal, a hold or a consent is lifted only where one stands",
            RECORD;
        "P-5": "a record is merged into another that is registered, and nothing that stands on it is lost by that",
            RECORD;
        "P-6": "circumstances are codes of the pack",
            POLICY;
        "P-7": "a correction changes something and gives a coded reason",
            RECORD;
        "P-8": "data are contested once until settled",
            RECORD;
        "P-9": "a correction is refused in writing, with reasons and a route of review",
            "Directive (EU) 2016/680 art. 16(4)";
        "P-10": "nobody is born after the day on which it is recorded, nor longer ago than people live",
            "Directive (EU) 2016/680 art. 4(1)(d)";
        "P-11": "a name, a number and an address are no longer than a record keeps",
            "Directive (EU) 2016/680 art. 4(1)(c)";
    }
    PRETRIAL {
        "PT-1": "a case is opened once, for an offence",
            RECORD;
        "PT-2": "nothing is recorded of the future, and no act is of before the opening",
            RECORD;
        "PT-3": "an act is possible only in the state that allows it",
            RECORD;
        "PT-4": "courts, grounds, alternatives and provisions are those of the pack",
            POLICY;
        "PT-5": "a measure is named, and a variation changes something",
            RECORD;
        "PT-6": "detention ends no earlier than it is decided, its next review comes after the decision and by the last day, and an extension is longer",
            RECORD;
        "PT-7": "one appeal waits at a time",
            RECORD;
        "PT-8": "a case ends with a sentence of the same person that is in force",
            RECORD;
    }
    DIVERSION {
        "DV-1": "an offer or a discharge is recorded once, for an offence",
            RECORD;
        "DV-2": "nothing is recorded of the future, and no step from before what it follows",
            RECORD;
        "DV-3": "a step is possible only in the state that allows it",
            RECORD;
        "DV-4": "measures, obligations, criteria, reasons and discharges are those of the pack",
            POLICY;
        "DV-5": "an offer asks something, says it in words, and asks it for no longer than the law allows",
            "Tokyo Rules 11.1 and 12.2";
        "DV-6": "the reason of a return fits what happened",
            RECORD;
    }
    REPORT {
        "RP-1": "a report is requested once",
            RECORD;
        "RP-2": "nothing is recorded of the future, no act is of before the request, and no report is due before it",
            RECORD;
        "RP-3": "a step is possible only in the state that allows it",
            RECORD;
        "RP-4": "courts, offices, kinds, sources, routes and reasons are those of the pack",
            POLICY;
        "RP-5": "a statement says something, and so does a report",
            RECORD;
        "RP-6": "a statement that is contested exists and was not withdrawn",
            RECORD;
        "RP-7": "a statement is contested once until that is settled",
            RECORD;
        "RP-8": "a contest is settled in writing, with the new words of a correction, and with the way to a review where nothing changes",
            "Directive (EU) 2016/680 art. 16(4)";
        "RP-9": "a report is finalised while something in it is contested only where it is said why",
            "Tokyo Rules 7.1; Havana Rules 19";
    }
    RESTORATIVE {
        "RS-1": "a process is referred once, and hangs on a sentence only while that is in force",
            RECORD;
        "RS-2": "nothing is recorded of the future, and no step from before what it follows",
            RECORD;
        "RS-3": "a step is possible only in the state that allows it",
            RECORD;
        "RS-4": "offices, kinds, points and reasons are those of the pack",
            POLICY;
        "RS-5": "an agreement has points, each in words, and none that ends before it is reached",
            "Basic principles on restorative justice (ECOSOC resolution 2002/12), 7";
        "RS-6": "a point that is fulfilled is one of the agreement, and is fulfilled once",
            RECORD;
        "RS-7": "nobody meets themselves: the sides are two",
            RECORD;
    }
    FACILITY {
        "FA-1": "a place of detention is opened once",
            RECORD;
        "FA-2": "nothing is recorded of the future, nor of before the opening, and nothing ends before it begins",
            RECORD;
        "FA-3": "an act is possible only in the state that allows it",
            RECORD;
        "FA-4": "places of detention, kinds, groups, definitions, regimes and reasons are those of the pack",
            POLICY;
        "FA-5": "a capacity has places, no part is larger than its whole, and nobody is counted twice in one group",
            RECORD;
        "FA-6": "visits are not suspended for long with nothing in their place",
            "Nelson Mandela Rules 58; General Assembly resolution 76/184, paragraph 3";
        "FA-7": "a place that holds more people than it has places for is noticed",
            "Kyoto Declaration, on overcrowding; Nelson Mandela Rules 10";
        "FA-8": "a place holds only those whom it is meant for",
            "Nelson Mandela Rules 11; Havana Rules 29";
    }
    CUSTODY {
        "CU-1": "a stay begins once",
            RECORD;
        "CU-2": "nothing is recorded of the future, no act is of before the stay, and an arrest comes before the admission",
            RECORD;
        "CU-3": "an act is possible only in the state that allows it",
            RECORD;
        "CU-4": "places of detention, groups, levels, grounds and other codes are those of the pack",
            POLICY;
        "CU-5": "an irregular holding says what is missing, and what is known of it",
            "Nelson Mandela Rules 7; Havana Rules 20";
        "CU-6": "a transfer leads elsewhere, and nothing ends before it begins",
            RECORD;
        "CU-7": "a child that is named was noted, is with its mother or not, and no more are described than there are",
            RECORD;
        "CU-8": "a day has twenty-four hours",
            RECORD;
        "CU-9": "the family is told where the person is",
            "Nelson Mandela Rules 68; Havana Rules 22";
        "CU-10": "a child who is held is in touch with its family at least once a month",
            "Havana Rules 59 to 61";
        "CU-11": "people not tried yet are held apart from people convicted, women from men, adults from children",
            "Nelson Mandela Rules 11 and 112; ICCPR art. 10(2)";
        "CU-12": "a child is held apart from adults, unless a provision allows it",
            "Beijing Rules 13.4 and 26.3; Havana Rules 29; ICCPR art. 10; Convention on the Rights of the Child art. 37(c)";
        "CU-13": "whoever is held on a decision that fell, or after a sentence without its committal, is seen until another order is recorded or the person leaves",
            "Nelson Mandela Rule 7; ICCPR art. 9(1)";
        "CU-14": "what is asked after the reception has an answer, or says that there was none; what is recorded already is not recorded again, and another answer says that it takes its place",
            "Nelson Mandela Rules 7; Bangkok Rule 3";
        "CU-15": "injuries that were seen are documented by a doctor and reported to the competent authority",
            "Nelson Mandela Rules 30(b) and 34; Istanbul Protocol";
    }
    COMPLAINT {
        "CO-1": "a complaint is submitted once under its id",
            RECORD;
        "CO-2": "no step is recorded of the future, and none is taken before the submission",
            RECORD;
        "CO-3": "a step is possible only in the state that allows it",
            RECORD;
        "CO-4": "kinds, outcomes, redress, levels, reasons and offices are those of the pack",
            POLICY;
        "CO-5": "only whoever complained, or the person it concerns, withdraws it, and it is said how it was declared",
            "Tokyo Rules 3.6";
        "CO-6": "words are kept only where somebody is named under whose key they are sealed",
            "Directive (EU) 2016/680 art. 16";
        "CO-7": "an escalation goes to another level",
            RECORD;
        "CO-8": "whoever answers or settles a complaint records it under the own name",
            "Tokyo Rules 3.7";
        "CO-9": "after a complaint was taken to a higher level only that level answers it",
            "Nelson Mandela Rules 57(1)";
        "CO-10": "a complaint is given and taken only to a body that answers about what it is about",
            POLICY;
    }
    COOPERATION {
        "IC-1": "a matter is recorded once, and names an offence",
            RECORD;
        "IC-2": "nothing is recorded of the future, and no step from before what it follows",
            RECORD;
        "IC-3": "a step is possible only in the state that allows it, and nobody grants twice",
            RECORD;
        "IC-4": "offices, grounds, assurances and reasons are those of the pack, each in the matters it is meant for",
            POLICY;
        "IC-5": "a matter hangs on a sentence in force or an open case of the person; a transfer or a recognition hangs on a final judgment",
            "Model Agreement on the Transfer of Foreign Prisoners (1985), paragraph 10; European Convention on the International Validity of Criminal Judgments (ETS 70), article 3";
        "IC-6": "a State decides what is its to decide, and nothing is carried out before every State that has to has granted it",
            "Model Agreement on the Transfer of Foreign Prisoners (1985), paragraph 5; Model Treaty on Extradition (General Assembly resolution 45/116), article 10";
        "IC-7": "a refusal names its grounds",
            "Model Treaty on Extradition (General Assembly resolution 45/116), article 10(2)";
        "IC-8": "a grant says that each mandatory ground of refusal was examined",
            "Model Treaty on Extradition (General Assembly resolution 45/116), article 3";
        "IC-9": "nobody is transferred to serve a sentence without informed consent",
            "Bangkok Rules 53; Model Agreement on the Transfer of Foreign Prisoners (1985), paragraphs 5, 6 and 9";
        "IC-10": "a transfer or a recognition never makes the penalty heavier: it is said what is left to be served, what was served is deducted, and custody is not turned into money",
            "Model Agreement on the Transfer of Foreign Prisoners (1985), paragraphs 16, 18 and 19; European Convention on the International Validity of Criminal Judgments (ETS 70), article 44";
        "IC-11": "nobody is sent to another State to face death or torture there without an assurance against it, and a court that grants it without one is seen",
            "ICCPR art. 6; Convention against Torture art. 3; Model Treaty on Extradition (General Assembly resolution 45/116), articles 3(f) and 4(d)";
        "IC-12": "a request follows a provisional arrest, is decided and a grant carried out in time, and no day for either lies before the act that sets it",
            "Model Agreement on the Transfer of Foreign Prisoners (1985), paragraph 12; Model Treaty on Extradition (General Assembly resolution 45/116), articles 9(4), 10 and 11";
    }
    RELEASE {
        "RL-1": "a release is recorded once under its id, of a sentence that is in force",
            RECORD;
        "RL-2": "nothing is recorded of the future, and no step from before the one it follows",
            RECORD;
        "RL-3": "a step is possible only in the state that allows it",
            RECORD;
        "RL-4": "kinds, conditions, criteria, reasons and offices are those of the pack",
            POLICY;
        "RL-5": "a release for a while says when the person is back",
            "Tokyo Rules 9.2 and 11.1";
        "RL-6": "what the law itself brings nobody decides, and what somebody decides the law does not bring",
            "Tokyo Rules 3.3";
        "RL-7": "a condition, a release for a while and the next consideration end no earlier than they are decided",
            RECORD;
        "RL-8": "nobody leaves before the day on which the law allows it",
            "the computation of terms in the law of the jurisdiction";
        "RL-9": "a refusal gives its reasons",
            "Tokyo Rules 3.3 and 9.3";
        "RL-10": "a release by law is of the person and the sentence of which it was recorded",
            RECORD;
        "RL-11": "whoever leaves has somewhere to live, health care and papers",
            "Nelson Mandela Rules 107 and 108; Bangkok Rules 46 and 47";
        "RL-12": "a day that is not the one the register works out is seen, and can be corrected until the person leaves",
            RECORD;
    }
    EMERGENCY {
        "EG-1": "an emergency is declared once under its id",
            RECORD;
        "EG-2": "nothing is recorded of the future, and no act is of before the declaration",
            RECORD;
        "EG-3": "an act is possible only in the state that allows it",
            RECORD;
        "EG-4": "attributes, rights, grounds, what is compared and authorities are those of the pack",
            POLICY;
        "EG-5": "nothing ends before it begins, an extension comes in time and is longer, and no cut outlasts the emergency",
            "ICCPR art. 4";
        "EG-6": "a version is published once, names each criterion once, and says who can be released",
            "the rule of law: criteria are published before they are used";
        "EG-7": "a list of people who were screened names each once, a thousand at most",
            RECORD;
        "EG-8": "words are kept only where somebody is named under whose key they are sealed",
            "Directive (EU) 2016/680 art. 16";
        "EG-9": "what is cut, restored or closed stands as it has to before it",
            RECORD;
        "EG-10": "a criterion asks for what the attribute it reads can be",
            "the rule of law: criteria that nobody can meet say nothing";
    }
    FINDING {
        "FD-1": "a finding stands once, under the id of its cause",
            RECORD;
        "FD-2": "the register itself raises what a clock asks, and nobody else does",
            RECORD;
        "FD-3": "a clock raises a finding once its day has passed, and never about a finding",
            RECORD;
        "FD-4": "what is taken up is a finding that an entry carries",
            RECORD;
        "FD-5": "nothing is recorded of the future, nor of before the finding stood",
            RECORD;
        "FD-6": "a step is possible only in the state that allows it",
            RECORD;
        "FD-7": "dispositions, reasons and offices are those of the pack",
            POLICY;
        "FD-8": "whoever acted is neither given a critical finding about the act nor closes it",
            "nobody is judge in their own cause";
        "FD-9": "a finding is closed within the days of the policy, and a critical one with reasons in words",
            "Tokyo Rules 3.3; the policy of the jurisdiction";
        "FD-10": "words are kept only where somebody is concerned under whose key they are sealed",
            "Directive (EU) 2016/680 art. 16";
    }
    REGISTRY {
        "RG-1": "a register is opened once, for at least one jurisdiction, and before anything else",
            RECORD;
        "RG-2": "nothing is recorded of the future, nor of before the opening",
            RECORD;
        "RG-3": "a seal on consultations reaches further than the one before it",
            "Directive (EU) 2016/680 art. 25";
        "RG-4": "publications are numbered from 1 without a gap",
            "Fundamental Principles of Official Statistics (General Assembly resolution 68/261), 3";
        "RG-5": "what is withdrawn was published, and is withdrawn once",
            RECORD;
        "RG-6": "reasons, provisions, scopes and losses are those of the pack",
            POLICY;
        "RG-7": "a loss ends no earlier than it begins",
            RECORD;
        "RG-8": "a key takes the place of another once",
            RECORD;
    }
    POLICIES {
        "PO-1": "a version is adopted once; its bytes never change",
            RECORD;
        "PO-2": "only an adopted version is superseded, by another that is adopted",
            RECORD;
        "PO-3": "a version is adopted, and follows another, once its day has come",
            "the rule of law: no law before its day";
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fmt::Write;
    use std::sync::LazyLock;

    use super::*;
    use crate::safeguards::{Class, SAFEGUARDS, Safeguard, SecondDoor};
    use crate::testing::committed;

    /// A refusal that the sources name.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
    struct Refused {
        rule: String,
        code: String,
        variant: String,
    }

    /// Every refusal of every stream; the sources are read once.
    fn refusals() -> &'static [Refused] {
        static READ: LazyLock<Vec<Refused>> = LazyLock::new(read_refusals);
        &READ
    }

    fn read_refusals() -> Vec<Refused> {
        let sources = committed::sources();
        let files = sources
            .iter()
            .filter(|(path, _)| path.ends_with("/refusal.rs"));
        files
            .flat_map(|(_, text)| [in_table(text), in_matches(text)].concat())
            .collect()
    }

    /// Refusals of a table: `"PT-1" "pretrial.no-offence" at "offences": NoOffence, "…";`
    fn in_table(text: &str) -> Vec<Refused> {
        let row = |line: &str| {
            let (rule, rest) = line.trim().strip_prefix('"')?.split_once("\" \"")?;
            let (code, rest) = rest.split_once("\" at \"")?;
            let (_, named) = rest.split_once("\": ")?;
            let ends = |c: char| !c.is_alphanumeric();
            Some(Refused {
                rule: rule.to_owned(),
                code: code.to_owned(),
                variant: named.split(ends).next()?.to_owned(),
            })
        };
        text.lines().filter_map(row).collect()
    }

    /// Refusals whose code and rule are matched: `Self::NoCount => "sentence.no-count"`, `Self::NoCount => "S-1"`.
    fn in_matches(text: &str) -> Vec<Refused> {
        let body = |name: &str| {
            let (_, rest) = text.split_once(&format!("fn {name}(&self) -> &'static str {{"))?;
            rest.split("\n    }\n").next()
        };
        // What stands between two words in quotes are the patterns of the second.
        let arms = |body: &str| -> BTreeMap<String, String> {
            let mut found = BTreeMap::new();
            let mut parts = body.split('"');
            while let (Some(patterns), Some(word)) = (parts.next(), parts.next()) {
                for pattern in patterns.split("Self::").skip(1) {
                    let variant = pattern.split(|c: char| !c.is_alphanumeric()).next();
                    found.insert(variant.unwrap_or_default().to_owned(), word.to_owned());
                }
            }
            found
        };
        let (Some(codes), Some(rules)) = (body("code"), body("rule")) else {
            return Vec::new();
        };
        let rules = arms(rules);
        let refused = |(variant, code): (String, String)| Refused {
            rule: rules.get(&variant).cloned().unwrap_or_default(),
            code,
            variant,
        };
        arms(codes).into_iter().map(refused).collect()
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

    /// The name of a case that a line begins: a function, or a row of a list of contracts, `name: rule;`.
    fn begun(line: &str) -> Option<&str> {
        let function = line.strip_prefix("async ").unwrap_or(line);
        if let Some(rest) = function.strip_prefix("fn ") {
            return rest.split('(').next();
        }
        let (name, rule) = line.strip_suffix(';')?.split_once(": ")?;
        let word = |text: &str| text.bytes().all(|b| b == b'_' || b.is_ascii_lowercase());
        (word(name) && word(rule)).then_some(name)
    }

    /// The tests of every crate that name a rule in the line above them, by rule; the sources are read once.
    fn shown() -> &'static BTreeMap<String, BTreeSet<Case>> {
        static READ: LazyLock<BTreeMap<String, BTreeSet<Case>>> = LazyLock::new(read_shown);
        &READ
    }

    fn read_shown() -> BTreeMap<String, BTreeSet<Case>> {
        let known: BTreeSet<&str> = invariants().iter().map(|rule| rule.id).collect();
        let known: BTreeSet<&str> = known
            .into_iter()
            .chain(SAFEGUARDS.iter().map(|s| s.id))
            .collect();
        let mut shown: BTreeMap<String, BTreeSet<Case>> = BTreeMap::new();
        for text in committed::every_source().values() {
            let mut rules: Vec<&str> = Vec::new();
            let mut lines = text.lines();
            while let Some(line) = lines.next() {
                let said = line.trim_start();
                if let Some(named) = said.strip_prefix("/// ") {
                    let ids: Vec<&str> = named.split(", ").collect();
                    let all = ids.iter().all(|id| known.contains(id));
                    rules = if all { ids } else { Vec::new() };
                } else if let Some(name) = begun(said).filter(|_| !rules.is_empty()) {
                    let indent = line.len().saturating_sub(said.len());
                    let end = format!("{}}}", " ".repeat(indent));
                    let is_list = said.ends_with(';');
                    let body = lines
                        .by_ref()
                        .take_while(|line| !is_list && *line != end.as_str());
                    let expects: String = body.collect();
                    for rule in std::mem::take(&mut rules) {
                        let name = name.to_owned();
                        let expects = expects.clone();
                        let cases = shown.entry(rule.to_owned()).or_default();
                        cases.insert(Case { name, expects });
                    }
                }
            }
        }
        shown
    }

    #[test]
    fn every_refusal_has_a_code_of_its_own_and_a_known_rule() {
        let refusals = refusals();
        assert!(
            refusals.len() > 150,
            "{} refusals were found",
            refusals.len()
        );
        let codes: BTreeSet<&str> = refusals.iter().map(|r| r.code.as_str()).collect();
        assert_eq!(codes.len(), refusals.len(), "a code is used twice");
        for refused in refusals {
            assert!(said_by(&refused.rule).is_some(), "{refused:?} has no rule");
        }
        for rule in invariants() {
            let carried = refusals.iter().any(|refused| refused.rule == rule.id);
            assert!(carried, "nothing is refused under {}", rule.id);
        }
    }

    #[test]
    fn every_rule_stands_in_the_table_of_the_stream_it_binds() {
        let sources = committed::sources();
        let refusals = refusals();
        let row = |stream: &str, id: &str| {
            let table = sources
                .get(&format!("{stream}/mod.rs"))
                .map_or("", String::as_str);
            let row = format!("//! | {id} | ");
            table
                .lines()
                .find(|line| line.starts_with(&row))
                .map(str::to_owned)
        };
        for Refused { rule, code, .. } in refusals {
            let stream = code.split('.').next().unwrap_or_default();
            let found = row(stream, rule);
            assert!(
                found.is_some(),
                "the table of {stream} does not hold {rule}"
            );
            // A safeguard binds several streams, and each says in its own words how.
            if let Some(own) = invariants().iter().find(|own| own.id == rule) {
                let expected = format!("//! | {rule} | {} |", own.sentence);
                assert_eq!(found, Some(expected));
            }
        }
    }

    #[test]
    fn every_rule_is_shown_by_a_case_that_it_lets_pass_and_one_that_it_does_not() {
        let shown = shown();
        let rules: BTreeSet<String> = refusals()
            .iter()
            .map(|refused| refused.rule.clone())
            .collect();
        for id in rules {
            let cases = || shown.get(&id).into_iter().flatten();
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
        for Refused { code, variant, .. } in refusals() {
            let named = tests.contains(&format!("Refusal::{variant}"));
            assert!(named, "{code} is expected by no case");
        }
    }

    fn class(safeguard: &Safeguard) -> &'static str {
        match safeguard.class {
            Class::Hard => "hard: nobody can soften it",
            Class::HardAndPolicy => {
                "hard in one part, in the other as the policy says; a finding by default"
            }
            Class::Policy => "as the policy says; a finding by default",
            Class::Reasons => "as the policy says; by default reasons are asked, and suffice",
        }
    }

    fn second_door(safeguard: &Safeguard) -> &'static str {
        match safeguard.second_door {
            SecondDoor::Critical => "a critical finding",
            SecondDoor::Finding => "a finding",
            SecondDoor::Closed => "none",
        }
    }

    /// The codes of a rule and the cases that show it.
    fn evidence(id: &str) -> String {
        let refusals = refusals();
        let codes = refusals.iter().filter(|refused| refused.rule == id);
        let codes: Vec<String> = codes.map(|refused| format!("`{}`", refused.code)).collect();
        let mut text = String::new();
        if !codes.is_empty() {
            writeln!(text, "Refuses as {}.\n", codes.join(", ")).unwrap();
        }
        for case in shown().get(id).into_iter().flatten() {
            writeln!(text, "- `{}`", case.name).unwrap();
        }
        text
    }

    #[test]
    fn the_committed_list_of_invariants_is_that_of_the_rules_and_their_cases() {
        let mut page = String::from(
            "# Invariants\n\nEvery safeguard and every rule of the register: the authority behind it, the acts that \
             meet it, the codes under which it refuses, and the cases that show it. Made from the rules and their \
             tests.\n\n# Safeguards\n",
        );
        for safeguard in SAFEGUARDS {
            let acts: Vec<String> = safeguard
                .acts
                .iter()
                .map(|act| format!("`{act}`"))
                .collect();
            writeln!(page, "\n## {}: {}\n", safeguard.id, safeguard.says).unwrap();
            writeln!(page, "Authority: {}.", safeguard.source()).unwrap();
            writeln!(page, "Met by {}.", acts.join(", ")).unwrap();
            writeln!(
                page,
                "Stands {}; for what has happened already: {}.",
                class(safeguard),
                second_door(safeguard)
            )
            .unwrap();
            writeln!(
                page,
                "Recorded: {}. Then: {}. Seen: {}.\n",
                safeguard.record, safeguard.effect, safeguard.view
            )
            .unwrap();
            page.push_str(&evidence(safeguard.id));
        }
        page.push_str("\n# Rules of the register\n");
        for rule in invariants() {
            writeln!(page, "\n## {}: {}\n", rule.id, rule.sentence).unwrap();
            writeln!(page, "Authority: {}.", rule.authority).unwrap();
            page.push_str(&evidence(rule.id));
        }
        committed::file("docs/invariants.md", &page);
    }

    /// The cases that show each safeguard, as they are kept beside the catalogue.
    fn kept() -> String {
        let shown = shown();
        let names = |id: &str| -> Vec<String> {
            let cases = shown.get(id).into_iter().flatten();
            cases.map(|case| case.name.clone()).collect()
        };
        let kept: BTreeMap<&str, Vec<String>> = SAFEGUARDS
            .iter()
            .map(|safeguard| (safeguard.id, names(safeguard.id)))
            .collect();
        serde_json::to_string_pretty(&kept).unwrap() + "\n"
    }

    #[test]
    fn the_committed_cases_of_the_safeguards_are_those_that_name_them() {
        committed::file("domain/src/safeguards/shown.json", &kept());
    }

    #[test]
    fn the_table_of_invariants_holds_the_same_safeguards() {
        let page = std::fs::read_to_string(committed::place("docs/invariants.md")).unwrap();
        let (_, rest) = page.split_once("\n# Safeguards\n").unwrap();
        let (table, _) = rest.split_once("\n# Rules of the register\n").unwrap();
        let heads = table.lines().filter_map(|line| line.strip_prefix("## "));
        let ids: Vec<&str> = heads.filter_map(|head| head.split(": ").next()).collect();
        let known: Vec<&str> = SAFEGUARDS.iter().map(|safeguard| safeguard.id).collect();
        assert_eq!(ids, known);
    }
}
