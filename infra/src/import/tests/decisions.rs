//! What a row can say, and that absence never reads as "no".

use super::*;

#[test]
fn the_three_ways_of_absence_stay_apart() {
    let mapping = mapping(
        "[yes_no]\nyes = [\"1\"]\nno = [\"0\"]\n\
         [missing]\nnot_recorded = [\"NA\"]\nnot_asked = [\"8\"]\ndeclined = [\"9\"]\n\
         [circumstances]\na = { column = \"a\", kind = \"yes_no\" }\n\
         b = { column = \"b\", kind = \"yes_no\" }\nc = { column = \"c\", kind = \"code\" }\n\
         d = { column = \"d\", kind = \"number\" }\ne = { column = \"e\", kind = \"yes_no\" }\n\
         f = { column = \"f\", kind = \"number\", missing = { declined = [\"-1\"], not_asked = [\"\"] } }\n\
         g = { column = \"g\", kind = \"yes_no\" }\n",
    );
    let row = only(
        "date,sex,fine,a,b,c,d,e,f,g\n2024,f,1,,0,8,9,NA,-1,1\n",
        &mapping,
    );
    let answers: Vec<_> = row.circumstances.iter().map(|c| c.answer.clone()).collect();
    assert_eq!(
        answers,
        [
            Known::NotRecorded,
            Known::Value(AnswerRow::No),
            Known::NotAsked,
            Known::Declined,
            Known::NotRecorded,
            Known::Declined,
            Known::Value(AnswerRow::Yes),
        ]
    );
    let row = only(
        "date,sex,fine,a,b,c,d,e,f,g\n2024,f,1,,0,8,9,NA,,1\n",
        &mapping,
    );
    assert_eq!(row.circumstances[5].answer, Known::NotAsked);
}

#[test]
fn dates_may_stand_in_parts_and_lose_what_is_placeholder() {
    let text = mapping_text("").replace(
        "decided = { column = \"date\" }",
        "decided = { year = \"y\", month = \"m\", day = \"d\" }",
    );
    let parts = Mapping::parse("t", &text).unwrap();
    let day = only("y,m,d,sex,fine\n2024,5,31,f,1\n", &parts).decided;
    assert_eq!(
        day,
        FileDate::Day {
            year: 2024,
            month: 5,
            day: 31
        }
    );
    let month = only("y,m,d,sex,fine\n2024,5,,f,1\n", &parts).decided;
    assert_eq!(
        month,
        FileDate::Month {
            year: 2024,
            month: 5
        }
    );
    let text = mapping_text("").replace(
        "decided = { column = \"date\" }",
        "decided = { column = \"date\", precision = \"year\" }",
    );
    let year = Mapping::parse("t", &text).unwrap();
    assert_eq!(
        only("date,sex,fine\n2024-01-01,f,1\n", &year).decided,
        FileDate::Year(2024)
    );
}

#[test]
fn two_columns_make_one_gravity_by_a_grid() {
    let mapping = mapping(
        "[[counts]]\nname = \"theft\"\noffence = { constant = \"theft\" }\n\
         [[counts.gravity]]\npolicy = \"culpability-harm/1\"\ncolumns = [\"culpability\", \"harm\"]\n\
         [counts.gravity.grid]\nA = { \"1\" = \"A1\", \"2\" = \"A2\" }\nB = { \"1\" = \"B1\" }\n\
         [[counts.gravity]]\npolicy = \"class/1\"\ncolumns = [\"class\"]\n",
    );
    let level = |culpability: &str, harm: &str| {
        let text =
            format!("date,sex,fine,culpability,harm,class\n2024,f,1,{culpability},{harm},felony\n");
        let row = only(&text, &mapping);
        assert_eq!(
            row.counts[0].gravity[1].level,
            Known::Value(Word::from("felony"))
        );
        row.counts[0].gravity[0].level.clone()
    };
    assert_eq!(level("A", "2"), Known::Value(Word::from("A2")));
    assert_eq!(level("", "2"), Known::NotRecorded);
    let folder = Folder::new();
    let text = "date,sex,fine,culpability,harm,class\n2024,f,1,B,2,felony\n";
    let (_, rejections, _) = read_all(&folder.file("a.csv", text), &mapping);
    assert_eq!(rejections[0].faults[0].value, "B + 2");
    assert_eq!(&*rejections[0].faults[0].column, "culpability + harm");
}

const FULL: &str = r#"
[[counts]]
name = "count"
offence = { column = "offence" }
iccs = { column = "iccs" }
committed = { column = "committed", format = "day_month_year" }
[counts.range]
guideline = "sentencing-guideline/3"
lowest = { column = "low", unit_column = "unit", units = { M = "months", Y = "years" } }
highest = { column = "high", unit_column = "unit", units = { M = "months", Y = "years" }, special = { LIFE = "life" } }
starting_point = { constant = "18", unit = "months" }
[counts.departure]
direction = { column = "departure", values = { "-" = "below", "=" = "within", "+" = "above" } }
reasons = [{ column = "reason" }]

[[components]]
name = "prison"
kind = "custody"
when = [{ column = "type", equals = "P" }]
principal_when = []
count = "count"
amount = { parts = { years = "py", months = "pm", days = "pd" } }
runs = { column = "runs", values = { CC = "concurrent", CS = "consecutive" } }

[[components]]
name = "day-fine"
kind = "day_fine"
when = [{ column = "units", greater_than = "0" }]
amount = { column = "units", unit = "fine_units" }
daily_rate = { column = "rate", unit = "money", currency = "EUR", times = 1000 }

[[components]]
name = "order"
kind = "community_order"
when_any = [{ column = "hours", present = true }, { column = "sessions", present = true }]
[[components.requirements]]
kind = "unpaid-work"
when = [{ column = "hours", present = true }]
amount = { column = "hours", unit = "hours" }
period = { constant = "12", unit = "months" }
[[components.requirements]]
kind = "programme"
when = [{ column = "sessions", present = true }]
amount = { column = "sessions", unit = "sessions" }

[[factors]]
code = "weapon"
effect = "aggravating"
column = "weapon"
yes = ["1"]
no = ["0"]
count = "count"

[[factors]]
code = "remorse"
effect = "mitigating"
column = "remorse"
yes = ["1"]
no = ["0"]
"#;

#[test]
#[expect(clippy::too_many_lines, reason = "one row with everything in it")]
fn a_row_can_hold_everything_that_is_decided() {
    let text = mapping_text(FULL).replacen(
        "[[components]]\nname = \"fine\"\nkind = \"fine\"\n",
        "[[components]]\nname = \"fine\"\nkind = \"fine\"\nwhen = [{ column = \"fine\", present = true }]\n",
        1,
    );
    let mapping = Mapping::parse("full", &text).unwrap();
    let row = only(
        "date,sex,fine,offence,iccs,committed,low,high,unit,departure,reason,type,py,pm,pd,runs,units,rate,hours,\
         sessions,weapon,remorse\n\
         2024,f,,242,0501,01.02.2023,6,LIFE,M,-,early-plea,P,1,6,,CS,40,1.5,120,,1,\n",
        &mapping,
    );
    let months = |units| QuantityRow::Amount {
        amount: Decimal::whole(units),
        unit: AmountUnit::Months,
    };
    let count = &row.counts[0];
    let range = count.range.as_ref().unwrap();
    assert_eq!(range.lowest, Known::Value(months(6)));
    assert_eq!(range.highest, Known::Value(QuantityRow::Life));
    assert_eq!(range.starting_point, Known::Value(months(18)));
    assert_eq!(
        count.departure.as_ref().unwrap().direction,
        Known::Value(Direction::Below)
    );
    assert_eq!(
        count.departure.as_ref().unwrap().reasons,
        [Word::from("early-plea")]
    );
    let day = FileDate::Day {
        year: 2023,
        month: 2,
        day: 1,
    };
    assert_eq!(count.committed, Known::Value(day));
    let [prison, day_fine, order] = row.components.as_slice() else {
        panic!("three components")
    };
    assert_eq!(
        (prison.standing, prison.count),
        (Standing::Principal, Some(0))
    );
    let term = QuantityRow::Calendar {
        years: 1,
        months: 6,
        weeks: 0,
        days: 0,
    };
    assert_eq!(prison.amount, Known::Value(term));
    assert_eq!(prison.runs, Known::Value(Runs::Consecutive));
    assert_eq!(day_fine.standing, Standing::Beside);
    let rate = QuantityRow::Money {
        minor: 150_000,
        currency: Word::from("EUR"),
    };
    assert_eq!(day_fine.daily_rate, Known::Value(rate));
    let [work] = order.requirements.as_slice() else {
        panic!("one requirement")
    };
    assert_eq!(
        (&*work.kind, &work.period),
        ("unpaid-work", &Known::Value(months(12)))
    );
    assert_eq!(order.principal_quantity(), &work.amount);
    let [weapon, remorse] = row.factors.as_slice() else {
        panic!("two factors")
    };
    assert_eq!(
        (weapon.present, weapon.count),
        (Known::Value(true), Some(0))
    );
    assert_eq!(
        (remorse.present, remorse.effect),
        (Known::NotRecorded, Effect::Mitigating)
    );
}

#[test]
fn a_row_without_any_disposal_is_recorded_with_a_note() {
    let text = mapping_text("").replacen(
        "kind = \"fine\"\n",
        "kind = \"fine\"\nwhen = [{ column = \"fine\", present = true }]\n",
        1,
    );
    let row = only(
        "date,sex,fine\n2024,f,\n",
        &Mapping::parse("t", &text).unwrap(),
    );
    assert_eq!(row.components, []);
    assert_eq!(
        row.notes[0].reason,
        "names no disposal: the conditions of no component hold"
    );
}

#[test]
fn two_principal_disposals_are_a_fault_of_the_row() {
    let text = mapping_text(
        "[[components]]\nname = \"prison\"\nkind = \"custody\"\nprincipal_when = []\n",
    )
    .replacen(
        "kind = \"fine\"\n",
        "kind = \"fine\"\nprincipal_when = []\n",
        1,
    );
    let folder = Folder::new();
    let path = folder.file("a.csv", "date,sex,fine\n2024,f,1\n");
    let (_, rejections, _) = read_all(&path, &Mapping::parse("t", &text).unwrap());
    assert_eq!(rejections[0].faults[0].reason, Reason::TwoPrincipals);
    assert_eq!(rejections[0].faults[0].value, "fine, prison");
}

const CHARGES: &str = r#"
[file]
key = ["case"]
rows_per_decision = "several"
[[counts]]
name = "charge"
offence = { column = "charge" }
[[components]]
name = "prison"
kind = "custody"
count = "charge"
amount = { column = "months", unit = "months" }
"#;

#[test]
fn consecutive_rows_of_one_key_make_one_decision() {
    let folder = Folder::new();
    let text =
        "case,date,sex,fine,charge,months\n1,2024,f,10,A,6\n1,2024,f,10,B,9\n2,2024,m,20,C,3\n";
    let (decisions, rejections, error) = read_all(&folder.file("a.csv", text), &mapping(CHARGES));
    assert_eq!(
        (rejections.as_slice(), error.map(|e| e.to_string())),
        (&[][..], None)
    );
    let [first, second] = decisions.as_slice() else {
        panic!("two decisions")
    };
    assert_eq!((first.row, first.last_row, second.row), (1, 2, 3));
    let offences: Vec<_> = first
        .counts
        .iter()
        .filter_map(|c| c.offence.value())
        .collect();
    assert_eq!(offences, [&Word::from("A"), &Word::from("B")]);
    let components: Vec<_> = first
        .components
        .iter()
        .map(|c| (&*c.rule, c.count))
        .collect();
    assert_eq!(
        components,
        [("fine", None), ("prison", Some(0)), ("prison", Some(1))]
    );
    assert_eq!(first.notes, []);
}

#[test]
fn a_decision_with_one_bad_row_is_rejected_whole() {
    let folder = Folder::new();
    let text = "case,date,sex,fine,charge,months\n1,2024,f,10,A,6\n1,2024,f,10,B,x\n1,2024,f,10,C,1\n2,2024,m,20,C,3\n";
    let mut source = RowSource::open(&folder.file("a.csv", text), &mapping(CHARGES)).unwrap();
    let outcomes: Vec<_> = source.by_ref().map(Result::unwrap).collect();
    let Outcome::Rejected(rejection) = &outcomes[0] else {
        panic!("rejected")
    };
    assert_eq!(
        (rejection.row, rejection.last_row, rejection.line),
        (1, 3, 2)
    );
    assert_eq!(rejection.faults.len(), 1);
    assert_eq!(rejection.faults[0].line, 3);
    assert!(matches!(&outcomes[1], Outcome::Decision(row) if row.row == 4));
    let report = source.report();
    assert_eq!((report.rows, report.decisions, report.rejected), (4, 1, 3));
}

#[test]
fn rows_of_one_decision_follow_each_other_and_agree() {
    let folder = Folder::new();
    let text = "case,date,sex,fine,charge,months\n1,2024,f,10,A,6\n1,2024,m,10,B,9\n2,2024,m,20,C,3\n1,2024,f,10,D,1\n";
    let (decisions, rejections, _) = read_all(&folder.file("a.csv", text), &mapping(CHARGES));
    assert_eq!(decisions.len(), 2);
    assert_eq!(
        decisions[0].notes[0].reason,
        "differs from the first row of the same decision, which is the one recorded"
    );
    assert_eq!(rejections[0].faults[0].reason, Reason::ScatteredKey);
    assert_eq!(rejections[0].row, 4);
}

#[test]
fn an_import_of_several_rows_a_decision_continues_after_its_last_row() {
    let folder = Folder::new();
    let text = "case,date,sex,fine,charge,months\n1,2024,f,10,A,6\n1,2024,f,10,B,9\n2,2024,m,20,C,3\n2,2024,m,20,D,1\n";
    let path = folder.file("a.csv", text);
    let (decisions, ..) = read_all(&path, &mapping(CHARGES));
    let mut source = RowSource::open(&path, &mapping(CHARGES)).unwrap();
    source.continue_after(decisions[0].last_row);
    let rest: Vec<_> = source.map(Result::unwrap).collect();
    assert_eq!(rest, [Outcome::Decision(Box::new(decisions[1].clone()))]);
}

#[test]
fn exact_duplicates_are_told_apart_by_their_occurrence() {
    let folder = Folder::new();
    let text = "date,sex,fine\n2024,f,1\n2024,f,2\n2024,f,1\n2024,f,1\n";
    let path = folder.file("a.csv", text);
    let (decisions, ..) = read_all(&path, &mapping(""));
    let occurrences: Vec<u32> = decisions
        .iter()
        .map(|row| match row.key {
            RowKey::Content { occurrence, .. } => occurrence,
            RowKey::Columns(_) => panic!("no key columns are mapped"),
        })
        .collect();
    assert_eq!(occurrences, [1, 1, 2, 3]);
    let mut source = RowSource::open(&path, &mapping("")).unwrap();
    source.continue_after(2);
    let rest: Vec<_> = source.by_ref().map(Result::unwrap).collect();
    let expected: Vec<_> = decisions[2..]
        .iter()
        .cloned()
        .map(|row| Outcome::Decision(Box::new(row)))
        .collect();
    assert_eq!(rest, expected);
    assert_eq!(source.report().rows, 2);
}

#[test]
fn numbers_are_read_with_the_marks_of_the_file() {
    let marks = mapping("[file]\ndecimal_mark = \",\"\nthousands_mark = \".\"\n");
    let row = only("date;sex;fine\n2024;f;1.234,50\n", &marks);
    let euros = QuantityRow::Money {
        minor: 123_450,
        currency: Word::from("EUR"),
    };
    assert_eq!(row.components[0].amount, Known::Value(euros));
}
