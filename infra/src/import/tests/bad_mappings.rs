//! Mappings that cannot be used: every fault is told at once, with its path and line.

use super::*;

fn faults(more: &str) -> Vec<String> {
    let errors = Mapping::parse("test.toml", &mapping_text(more)).unwrap_err();
    assert_eq!(errors.name, "test.toml");
    errors
        .faults
        .iter()
        .map(|fault| format!("{}: {}", fault.path, fault.text))
        .collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table of cases")]
fn a_mapping_says_what_is_wrong_where_and_what_would_be_right() {
    for (more, expected) in [
        (
            "[[counts]]\nname = \"a\"\noffense = { column = \"x\" }\n",
            "counts[0].offense: is no key here: use one of name, when, offence, catalogue, category, iccs, committed, gravity, range, departure",
        ),
        (
            "[person]\nsex = { colum = \"sex\" }\n",
            "person.sex.colum: is no key here: use one of column, constant, values, unlisted, rewrite, missing",
        ),
        (
            "[person]\nsex = { values = { f = \"female\" } }\n",
            "person.sex: needs exactly one of column and constant",
        ),
        ("[person]\nage = {}\n", "person.age.column: is missing"),
        (
            "[person]\nsex = { column = 3 }\n",
            "person.sex.column: integer 3 stands here: give text in quotation marks",
        ),
        (
            "[person]\nsex = { column = \"s\", values = { f = \"a woman\" } }\n",
            "person.sex.values.f: \"a woman\" holds ' ', and a code has only letters, digits and . _ - / : — give it a code in a value table, or set rewrite = \"underscores\"",
        ),
        (
            "[person]\nsex = { column = \"s\", values = { \"\" = \"male\" } }\n",
            "person.sex.values.: an empty cell is never an answer: list it under missing, if at all",
        ),
        (
            "[file]\nencoding = \"latin1\"\n",
            "file.encoding: latin1 is not known here: use one of utf-8, windows-1252",
        ),
        (
            "[file]\ndelimiter = \"||\"\n",
            "file.delimiter: \"||\" is not a delimiter: give one ASCII character, or tab",
        ),
        (
            "[file]\nrows_per_decision = \"several\"\n",
            "file.rows_per_decision: needs file.key: the columns that rows of one decision share",
        ),
        (
            "[file]\ndecimal_mark = \",\"\nthousands_mark = \",\"\n",
            "file.thousands_mark: is also the decimal mark: numbers could be read in two ways",
        ),
        (
            "[missing]\nnot_recorded = [\"9\"]\ndeclined = [\"9\"]\n",
            "missing: \"9\" is listed twice: it can mean one thing only",
        ),
        (
            "[circumstances]\nemployed = { column = \"e\", kind = \"yes_no\" }\n",
            "circumstances.employed: no cell means yes: set yes here, or yes_no.yes for the whole mapping",
        ),
        (
            "[circumstances]\nemployed = { column = \"e\", kind = \"yes_no\", yes = [\"1\"], no = [\"\"] }\n",
            "circumstances.employed: an empty cell never means no: it is an absent answer",
        ),
        (
            "[circumstances]\nemployed = { column = \"e\", kind = \"truth\" }\n",
            "circumstances.employed.kind: truth is not known here: use one of yes_no, code, number",
        ),
        (
            "[[components]]\nname = \"fine\"\nkind = \"custody\"\n",
            "components[1].name: \"fine\" names an earlier one of components already",
        ),
        (
            "[[components]]\nname = \"jail\"\nkind = \"custody\"\namount = { column = \"m\", unit = \"hours\" }\n",
            "components[1].amount.unit: hours does not fit here: the unit is years, months, weeks, days",
        ),
        (
            "[[components]]\nname = \"jail\"\nkind = \"custody\"\namount = { column = \"m\" }\n",
            "components[1].amount: needs exactly one of unit and unit_column: the unit is years, months, weeks, days",
        ),
        (
            "[[components]]\nname = \"costs\"\nkind = \"compensation\"\namount = { column = \"m\", unit = \"money\" }\n",
            "components[1].amount.currency: is missing: money needs its currency, for example \"EUR\"",
        ),
        (
            "[[components]]\nname = \"costs\"\nkind = \"compensation\"\namount = { column = \"m\", unit = \"money\", currency = \"euro\" }\n",
            "components[1].amount.currency: \"euro\" is not three capital letters of ISO 4217",
        ),
        (
            "[[components]]\nname = \"jail\"\nkind = \"custody\"\nwhen = [{ column = \"m\" }]\n",
            "components[1].when[0]: needs exactly one of equals, one_of, present and greater_than",
        ),
        (
            "[[components]]\nname = \"jail\"\nkind = \"custody\"\nwhen = [{ column = \"m\", greater_than = \"much\" }]\n",
            "components[1].when[0].greater_than: \"much\" is not a number of zero or more, such as \"0\"",
        ),
        (
            "[[components]]\nname = \"jail\"\nkind = \"custody\"\ncount = \"first\"\n",
            "components[1].count: \"first\" is the name of no count",
        ),
        (
            "[[components]]\nname = \"jail\"\nkind = \"custody\"\nruns = { column = \"r\", values = { C = \"together\" } }\n",
            "components[1].runs.values.C: \"together\" is none of forthwith, concurrent, consecutive",
        ),
        (
            "[[counts]]\nname = \"a\"\n[[counts.gravity]]\npolicy = \"grid/1\"\ncolumns = [\"c\", \"h\"]\n",
            "counts[0].gravity[0]: two columns need a grid, and no values",
        ),
        (
            "[[factors]]\ncode = \"weapon\"\neffect = \"worse\"\ncolumn = \"w\"\n",
            "factors[0].effect: worse is not known here: use one of aggravating, mitigating",
        ),
    ] {
        assert_eq!(faults(more), [expected], "{more}");
    }
}

#[test]
fn every_fault_is_told_at_once_with_its_line() {
    let text = "source = \"two words\"\njurisdiction = 7\npolicy = \"p/1\"\ncolour = \"red\"\n\n\
                [decision]\ndecided = { column = \"d\", year = \"y\" }\n\n\
                [[components]]\nname = \"fine\"\nkind = \"fines\"\n\n\
                [[components]]\nkind = \"custody\"\n\n\
                [[components]]\nname = \"ok\"\nkind = \"other\"\nruns = { column = \"r\", valeus = {} }\n";
    let errors = Mapping::parse("mine.toml", text).unwrap_err();
    let expected = "the mapping mine.toml has 7 faults\n  \
                    line 1: source: \"two words\" holds ' ', and a code has only letters, digits and \
                    . _ - / : — give it a code in a value table, or set rewrite = \"underscores\"\n  \
                    line 2: jurisdiction: integer 7 stands here: give text in quotation marks\n  \
                    line 4: colour: is no key here: use one of source, jurisdiction, \
                    policy, catalogue, attribution, file, missing, yes_no, decision, \
                    person, circumstances, counts, components, factors\n  \
                    line 7: decision.decided: needs exactly one of column, year and constant\n  \
                    line 11: components[0].kind: fines is not known here: use one of custody, \
                    suspended, community_order, fine, day_fine, compensation, discharge, \
                    admonition, deferred, ancillary, other\n  \
                    line 13: components[1].name: is missing\n  \
                    line 19: components[2].runs.valeus: is no key here: use one of column, \
                    constant, values, unlisted, rewrite, missing";
    assert_eq!(errors.to_string(), expected);
}

#[test]
fn shape_and_meaning_are_checked_together() {
    let found = faults(
        "[person]\nsex = { colum = \"sex\" }\nborn = { column = \"b\", year = \"y\" }\n\
         [[factors]]\ncode = \"w\"\neffect = \"aggravating\"\ncolumn = \"w\"\nyes = [\"1\"]\ncount = \"c\"\n",
    );
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[0].starts_with("person.sex.colum: is no key here"));
    assert_eq!(
        found[1],
        "person.born: needs exactly one of column, year and constant"
    );
    assert_eq!(found[2], "factors[0].count: \"c\" is the name of no count");
}

#[test]
fn a_faulty_element_does_not_shift_the_numbers_of_those_after_it() {
    let found = faults(
        "[[components]]\nkind = \"custody\"\n\n[[components]]\nname = \"a b\"\nkind = \"other\"\n\
         when = [{ colum = \"x\" }, { column = \"y\" }]\n",
    );
    assert_eq!(found.len(), 5, "{found:?}");
    assert_eq!(found[0], "components[1].name: is missing");
    assert!(
        found[1].starts_with("components[2].name: \"a b\" holds ' '"),
        "{found:?}"
    );
    assert!(
        found[2].starts_with("components[2].when[0].colum: is no key here"),
        "{found:?}"
    );
    assert!(
        found[4].starts_with("components[2].when[1]: needs exactly one of"),
        "{found:?}"
    );
}

#[test]
fn text_that_is_not_toml_says_the_line() {
    let errors = Mapping::parse("m.toml", "source = \"a\"\nnonsense here\n").unwrap_err();
    assert_eq!(errors.faults.len(), 1);
    assert_eq!(errors.faults[0].line, 2);
}

#[test]
fn all_that_is_missing_at_the_top_is_named() {
    let errors = Mapping::parse("m.toml", "source = \"a\"\n").unwrap_err();
    let paths: Vec<&str> = errors
        .faults
        .iter()
        .map(|fault| fault.path.as_str())
        .collect();
    assert_eq!(paths, ["jurisdiction", "policy", "decision", "components"]);
    assert!(
        errors.faults.iter().all(|fault| fault.text == "is missing"),
        "{errors}"
    );
}

#[test]
fn a_mapping_has_a_fingerprint_of_its_own() {
    let one = mapping("").digest();
    assert_eq!(mapping("").digest(), one);
    assert_ne!(mapping("[file]\nformat = \"csv\"\n").digest(), one);
}
