//! Rows that cannot be recorded: each is rejected alone, with everything that is wrong with it.

use super::*;

/// The faults of the second of three rows, as a reader of the rejects file sees them.
fn faults(header: &str, good: &str, bad: &str, mapping: &Mapping) -> Vec<String> {
    let folder = Folder::new();
    let text = format!("{header}\n{good}\n{bad}\n{good} \n");
    let (decisions, rejections, error) = read_all(&folder.file("a.csv", text), mapping);
    assert!(error.is_none(), "{error:?}");
    assert_eq!(
        (decisions.len(), rejections.len()),
        (2, 1),
        "{bad}: {rejections:?}"
    );
    assert_eq!((rejections[0].row, rejections[0].line), (2, 3));
    let shown = |fault: &Fault| format!("{}: {:?} {}", fault.rule, fault.value, fault.reason);
    rejections[0].faults.iter().map(shown).collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table of cases")]
fn a_bad_row_is_rejected_alone_with_column_value_and_reason() {
    let circumstances = mapping(
        "[yes_no]\nyes = [\"Y\"]\nno = [\"N\"]\n[circumstances]\n\
         employed = { column = \"employed\", kind = \"yes_no\" }\n\
         children = { column = \"children\", kind = \"number\" }\n\
         [[counts]]\nname = \"first\"\noffence = { column = \"offence\" }\n",
    );
    let header = "date,sex,fine,employed,children,offence";
    let good = "2024-05-31,f,10,Y,2,A.1";
    for (bad, expected) in [
        (
            "31.05.2024,f,10,Y,2,A.1",
            "decision.decided: \"31.05.2024\" is not a date written as 2024-05-31 (format = \"iso\"): set format, or list the cell under missing",
        ),
        (
            "2023-02-29,f,10,Y,2,A.1",
            "decision.decided: \"2023-02-29\" names a day that no calendar has: correct it at the source, or list the cell under missing",
        ),
        (
            ",f,10,Y,2,A.1",
            "decision.decided: \"\" leaves the decision without a date: at least its year is needed",
        ),
        (
            "2024,x,10,Y,2,A.1",
            "person.sex: \"x\" stands in no line of the value table: add it there, or set unlisted",
        ),
        (
            "2024,f,ten,Y,2,A.1",
            "components.fine.amount: \"ten\" is not a number: write digits with at most one '.', or list the cell under missing",
        ),
        (
            "2024,f,-10,Y,2,A.1",
            "components.fine.amount: \"-10\" is below zero: a quantity of a sentence is zero or more",
        ),
        (
            "2024,f,1.005,Y,2,A.1",
            "components.fine.amount: \"1.005\" has more decimals than EUR, which has 2: round it at the source, or correct currency in the mapping",
        ),
        (
            "2024,f,1234567890123456,Y,2,A.1",
            "components.fine.amount: \"1234567890123456\" has too many digits: at most 15 before the decimal mark and 18 in all are kept exactly",
        ),
        (
            "2024,f,10,maybe,2,A.1",
            "circumstances.employed: \"maybe\" means neither yes nor no: list it under yes, no or missing",
        ),
        (
            "2024,f,10,Y,2.5,A.1",
            "circumstances.children: \"2.5\" is not a whole number",
        ),
        (
            "2024,f,10,Y,9999999999,A.1",
            "circumstances.children: \"9999999999\" is more than 4294967295, the most that is read here",
        ),
        (
            "2024,f,10,Y,2,Anna Smith",
            "counts.first.offence: \"Anna Smith\" holds ' ', and a code has only letters, digits and . _ - / : — give it a code in a value table, or set rewrite = \"underscores\"",
        ),
        (
            "2024,f,10,Y,2",
            "file.row: \"2024\" has 5 columns, and the header has 6: a delimiter or a quotation mark is missing or too many",
        ),
        (
            "2024,f,10,Y,2,A.1,more",
            "file.row: \"2024\" has 7 columns, and the header has 6: a delimiter or a quotation mark is missing or too many",
        ),
    ] {
        assert_eq!(
            faults(header, good, bad, &circumstances),
            [expected],
            "{bad}"
        );
    }
}

#[test]
fn all_faults_of_a_row_are_told_at_once() {
    let found = faults(
        "date,sex,fine",
        "2024,f,10",
        "yesterday,x,ten",
        &mapping(""),
    );
    assert_eq!(found.len(), 3, "{found:?}");
}

#[test]
fn a_missing_quotation_mark_shows_by_the_lines_it_swallows() {
    let folder = Folder::new();
    let text =
        "date,sex,fine\n2024,\"f,1\n2024,m,2\n2024,f\",3\n2024,m,4\n2024,f,5,\"a\nb\"\n2024,m,6\n";
    let (decisions, rejections, error) = read_all(&folder.file("a.csv", text), &mapping(""));
    assert!(error.is_none());
    let lines: Vec<u64> = decisions.iter().map(|row| row.line).collect();
    assert_eq!(lines, [5, 8]);
    assert_eq!(rejections[0].line, 2);
    assert_eq!(
        rejections[1].faults[0].reason.to_string(),
        "has 4 columns, and the header has 3: a delimiter or a quotation mark is missing or too many (the \
         row spans 2 lines)"
    );
}

#[test]
fn a_key_identifies_one_row() {
    let mapping = mapping("[file]\nkey = [\"id\"]\n");
    let folder = Folder::new();
    let text = "id,date,sex,fine\n1,2024,f,10\n2,2024,f,10\n1,2024,m,20\n,2024,f,10\n";
    let (decisions, rejections, _) = read_all(&folder.file("a.csv", text), &mapping);
    assert_eq!(decisions[0].key, RowKey::Columns("1".into()));
    assert_eq!(decisions.len(), 2);
    let reasons: Vec<String> = rejections
        .iter()
        .map(|rejection| rejection.faults[0].reason.to_string())
        .collect();
    assert_eq!(
        reasons,
        [
            "is the key of an earlier row: a key identifies one row; add a column to file.key",
            "is no key: every key column is empty"
        ]
    );
}

#[test]
fn identities_and_dates_of_birth_are_withheld_from_messages() {
    let mapping = mapping(
        "[person]\nidentity = { scheme = \"national-id\", columns = [\"id\"] }\n\
         born = { column = \"born\" }\n",
    );
    let found = faults(
        "date,id,born,fine",
        "2024,1,1990,10",
        "2024,2,1990-13-77,x",
        &mapping,
    );
    assert_eq!(
        found[0],
        "person.born: \"(withheld)\" names a day that no calendar has: correct it at the source, or list the cell under missing"
    );
    let row = only(
        "date,id,born,fine\n2024,4711-0815,1990-01-31,10\n",
        &mapping,
    );
    let shown = format!("{:?}", row.person.identity);
    assert_eq!(shown, "Some(Identity(national-id, withheld))");
    assert_eq!(row.person.identity.unwrap().reveal(), "4711-0815");
}

#[test]
fn the_rejects_file_has_a_line_for_each_fault_and_no_formulas() {
    let folder = Folder::new();
    let text = "date,sex,fine\n2024,=cmd(),10\n2024,f,10\n2024,x,\"te\nn\"\n";
    let (_, rejections, _) = read_all(&folder.file("a.csv", text), &mapping(""));
    let mut bytes = Vec::new();
    let mut rejects = Rejects::new(&mut bytes).unwrap();
    for rejection in &rejections {
        rejects.write(rejection).unwrap();
    }
    rejects.flush().unwrap();
    assert_eq!(rejects.rows(), 2);
    drop(rejects);
    let unlisted = "\"stands in no line of the value table: add it there, or set unlisted\"";
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        format!(
            "line,row,column,value,rule,reason\n2,1,sex,'=cmd(),person.sex,{unlisted}\n\
             4,3,sex,x,person.sex,{unlisted}\n4,3,fine,te n,components.fine.amount,\"is not a number: write \
             digits with at most one '.', or list the cell under missing\"\n"
        )
    );
}

#[test]
fn unlisted_cells_may_be_recorded_with_a_note() {
    let mapping = mapping(
        "[person]\nsex = { column = \"sex\", values = { f = \"female\" }, unlisted = \"not_recorded\" }\n",
    );
    let row = only("date,sex,fine\n2024,what,10\n", &mapping);
    assert_eq!(row.person.sex, Known::NotRecorded);
    assert_eq!(row.notes.len(), 1);
    assert_eq!(
        (&*row.notes[0].rule, row.notes[0].value.as_str()),
        ("person.sex", "what")
    );
}

#[test]
fn the_report_counts_by_rule_and_shows_the_first_examples() {
    let folder = Folder::new();
    let rows = [
        "2024,f,1",
        "2024,,2",
        "2024,x,3",
        "2024,y,4",
        "2024,z,5",
        "2024,w,6",
        "2024,f,x,",
    ];
    let text = format!("date,sex,fine\n{}\n", rows.join("\n"));
    let mut source = RowSource::open(&folder.file("a.csv", text), &mapping("")).unwrap();
    assert_eq!(source.by_ref().count(), 7);
    let mut report = source.report();
    assert_eq!((report.rows, report.decisions, report.rejected), (7, 2, 5));
    let sex = report
        .rules
        .iter()
        .find(|rule| &*rule.rule == "person.sex")
        .unwrap();
    assert_eq!((sex.recorded, sex.not_recorded, sex.rejected), (1, 1, 4));
    let shown: Vec<&str> = sex
        .rejections
        .iter()
        .map(|example| example.value.as_str())
        .collect();
    assert_eq!(shown, ["x", "y", "z"]);
    let example = || Example {
        line: 2,
        value: "10".to_owned(),
        reason: "exceeds the maximum".to_owned(),
        sentence: None,
    };
    report.note("sentence.above-maximum", example);
    report.reject("sentence.no-component", 1, example);
    assert_eq!((report.decisions, report.rejected), (1, 6));
    let own = report
        .rules
        .iter()
        .find(|rule| &*rule.rule == "sentence.above-maximum")
        .unwrap();
    assert_eq!((own.with_notes, own.notes.len()), (1, 1));
}

#[test]
fn a_rejection_by_the_registers_own_rules_looks_like_any_other() {
    let row = only("date,sex,fine\n2024,f,10\n", &mapping(""));
    let rejection = Rejection::by_rule(
        (row.row..=row.last_row, row.line),
        "sentence.count",
        "counts.1.offence",
        Some("A.1"),
        "is not in force".to_owned(),
    );
    assert_eq!((rejection.row, rejection.line), (1, 2));
    let fault = &rejection.faults[0];
    assert_eq!(&*fault.column, "counts.1.offence");
    assert_eq!(fault.value, "A.1");
    assert_eq!(fault.reason.to_string(), "is not in force");
}
