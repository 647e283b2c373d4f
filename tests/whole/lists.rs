//! Lists of an office, joined by their keys, on both databases: as the guide says, once, again, later and killed.

use std::fmt::Write;
use std::process::{Child, Stdio};

use serde_json::Value;
use tests::{Failure, Place, Typed, recorded, root};

/// Copies the example of an office into the folder of a place.
fn example(place: &Place, name: &str) -> Result<(), Failure> {
    let to = place.folder().join(name);
    std::fs::create_dir_all(&to)?;
    for entry in std::fs::read_dir(root().join("infra/maps/examples").join(name))? {
        let entry = entry?;
        std::fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

/// An answer without what differs from run to run: where the report is kept, and the ids of each register's own.
fn steady(typed: &Typed) -> String {
    let lines = typed.stderr.lines().chain(typed.stdout.lines());
    let same = lines.filter(|line| !line.starts_with("The report is kept"));
    same.fold(String::new(), |text, line| {
        let words = line
            .split(' ')
            .map(|word| if is_id(word) { "(id)" } else { word });
        text + &words.collect::<Vec<_>>().join(" ") + "\n"
    })
}

fn is_id(word: &str) -> bool {
    word.len() == 36 && word.matches('-').count() == 4
}

fn answered(place: &Place, args: &[&str], said: &mut String) -> Result<(), Failure> {
    let typed = Typed::of(place, args)?;
    assert_eq!(typed.code, Some(0), "{typed:?}");
    write!(said, "$ assize {}\n{}\n", args.join(" "), steady(&typed))?;
    Ok(())
}

/// How many events of each type there are.
async fn events(place: &Place) -> Result<Vec<(String, i64)>, Failure> {
    let sql = "SELECT event_type, COUNT(*) FROM events GROUP BY event_type ORDER BY event_type";
    let rows = place.database().await?.query(sql, &[]).await?;
    let mut counted = Vec::new();
    for row in rows {
        counted.push((row.text(0)?.to_owned(), row.int(1)?));
    }
    Ok(counted)
}

fn of(events: &[(String, i64)], name: &str) -> i64 {
    let found = events.iter().find(|(event, _)| event == name);
    found.map_or(0, |(_, count)| *count)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_lists_of_ashby_are_answered_as_recorded() -> Result<(), Failure> {
    for place in Place::everywhere().await? {
        let mut said = String::new();
        for name in ["ashby-probation", "ashby-prison"] {
            example(&place, name)?;
            let mapping = format!("{name}/mapping.toml");
            let import = ["import", name, "--mapping", &mapping];
            answered(&place, &[&import[..], &["--dry-run"]].concat(), &mut said)?;
            answered(&place, &import, &mut said)?;
            let once = events(&place).await?;
            answered(&place, &import, &mut said)?;
            let from_start = [&import[..], &["--from-start"]].concat();
            assert_eq!(Typed::of(&place, &from_start)?.code, Some(0));
            assert_eq!(
                events(&place).await?,
                once,
                "a repeated import adds nothing"
            );
        }
        let mut rejects = Vec::new();
        for entry in std::fs::read_dir(place.folder())? {
            let path = entry?.path();
            if path.to_string_lossy().ends_with(".rejects.csv") {
                rejects.push(path);
            }
        }
        rejects.sort();
        for path in rejects {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            write!(said, "$ cat {name}\n{}\n", std::fs::read_to_string(&path)?)?;
        }
        recorded("ashby.txt", &said)?;
        let events = events(&place).await?;
        assert_eq!(
            (of(&events, "order.made"), of(&events, "pretrial.opened")),
            (4, 4)
        );
    }
    Ok(())
}

const GUIDE: &str = include_str!("../../docs/import.md");

/// The text of a fenced block of the guide.
fn block(language: &str) -> Result<&'static str, Failure> {
    let (_, rest) = GUIDE
        .split_once(&format!("```{language}\n"))
        .ok_or("the guide lacks a block")?;
    let (text, _) = rest.split_once("```").ok_or("a block without an end")?;
    Ok(text)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_guides_two_lists_are_joined_as_the_guide_says() -> Result<(), Failure> {
    for place in Place::everywhere().await? {
        let office = place.folder().join("office");
        std::fs::create_dir_all(&office)?;
        // The guide's judgments are in Windows-1252; where it writes more, this writes UTF-8 and says so.
        let judgments = block("toml")?.replace("encoding = \"windows-1252\"\n", "");
        for (path, text) in [
            ("pack.toml", block("toml pack")?),
            ("norland.toml", judgments.as_str()),
            ("judgments.csv", block("csv")?),
            ("lists.toml", block("toml lists")?),
            ("office/orders.csv", block("csv orders")?),
            ("office/requirements.csv", block("csv requirements")?),
        ] {
            std::fs::write(place.folder().join(path), text)?;
        }
        let judgments = ["import", "judgments.csv", "--mapping", "norland.toml"];
        for args in [&["policy", "adopt", "pack.toml"][..], &judgments] {
            let typed = Typed::of(&place, args)?;
            assert_eq!(typed.code, Some(0), "{typed:?}");
        }
        let made_by_sentences = of(&events(&place).await?, "order.made");
        let import = ["import", "office", "--mapping", "lists.toml", "--json"];
        let reports: Value = serde_json::from_str(&Typed::of(&place, &import)?.stdout)?;
        let counted = |at: usize| {
            let report = &reports[at];
            let of = |name: &str| report[name].as_u64();
            (of("recorded"), of("existing"), of("rejected"))
        };
        assert_eq!(counted(0), (Some(2), Some(0), Some(1)), "{reports}");
        assert_eq!(counted(1), (Some(1), Some(2), Some(1)), "{reports}");
        assert_eq!(reports[0]["findings"]["order.sentence-not-in-force"], 1);
        let events = events(&place).await?;
        // H-7/25 is the order of a sentence, which is there: only H-8/25 is made.
        assert_eq!(of(&events, "order.made"), made_by_sentences + 1);
        assert_eq!(of(&events, "order.requirement_added"), 1);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_later_file_of_a_list_finds_what_an_earlier_one_recorded() -> Result<(), Failure> {
    for place in Place::everywhere().await? {
        example(&place, "ashby-probation")?;
        let mapping = "ashby-probation/mapping.toml";
        let head = "app_no;req_no;day;time;scheduled;came;hours\n";
        // What came of A-9, which was scheduled; and a meeting that nobody had told of.
        let june = format!(
            "{head}A-9;R-5;2024-06-03;13:30;2024-05-20;CAME;6\nA-10;R-9;2024-06-12;;;ILL;\n"
        );
        std::fs::write(place.folder().join("june.csv"), june)?;
        let later = [
            "import",
            "june.csv",
            "--kind",
            "appointments",
            "--mapping",
            mapping,
            "--json",
        ];
        let early: Value = serde_json::from_str(&Typed::of(&place, &later)?.stdout)?;
        assert_eq!(
            early[0]["rejected"], 2,
            "nothing is lost, and nothing guessed: {early}"
        );
        let all = Typed::of(&place, &["import", "ashby-probation", "--mapping", mapping])?;
        assert_eq!(all.code, Some(0), "{all:?}");
        let before = events(&place).await?;
        let again = [&later[..], &["--from-start"]].concat();
        let report: Value = serde_json::from_str(&Typed::of(&place, &again)?.stdout)?;
        assert_eq!(
            (&report[0]["recorded"], &report[0]["rejected"]),
            (&2.into(), &0.into())
        );
        let after = events(&place).await?;
        let more = |name: &str| of(&after, name) - of(&before, name);
        assert_eq!(more("order.attendance_recorded"), 2);
        assert_eq!(more("order.hours_credited"), 1);
        assert_eq!(
            more("order.appointment_scheduled"),
            0,
            "A-9 was scheduled before"
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn which_list_a_file_is_has_to_be_said() -> Result<(), Failure> {
    let place = Place::on_file()?;
    example(&place, "ashby-prison")?;
    let said = |args: &[&str]| -> Result<String, Failure> {
        let typed = Typed::of(&place, args)?;
        assert_eq!(typed.code, Some(2), "{typed:?}");
        Ok(typed.stderr)
    };
    let (file, mapping) = ("ashby-prison/remand.csv", "ashby-prison/mapping.toml");
    let which = said(&["import", file, "--mapping", mapping])?;
    assert!(
        which.contains("maps pretrial, releases: say with --kind"),
        "{which}"
    );
    let none = said(&["import", file, "--kind", "orders", "--mapping", mapping])?;
    assert!(
        none.contains("mapping.toml maps no orders: it maps pretrial, releases"),
        "{none}"
    );
    let unknown = said(&["import", file, "--kind", "fines", "--mapping", mapping])?;
    assert!(unknown.contains("pretrial"), "{unknown}");
    let folder = [
        "import",
        "ashby-prison",
        "--mapping",
        mapping,
        "--rejects",
        "r.csv",
    ];
    let rejects = said(&folder)?;
    assert!(rejects.contains("--rejects names one file"), "{rejects}");
    Ok(())
}

/// Orders of an office with a requirement each, and ten meetings under each; every fiftieth row cannot be read.
fn write_many(place: &Place) -> Result<(), Failure> {
    let folder = place.folder().join("many");
    std::fs::create_dir_all(&folder)?;
    let (mut orders, mut requirements) = ("no,person,made\n".to_owned(), "no,order\n".to_owned());
    let mut appointments = "no,requirement,day,came\n".to_owned();
    for n in 0..300 {
        let day = if n % 50 == 49 { 32 } else { n % 28 + 1 };
        writeln!(orders, "{n},{},2024-03-{day:02}", n % 100)?;
        writeln!(requirements, "R{n},{n}")?;
        for m in 0..10 {
            writeln!(appointments, "{n}/{m},R{n},2024-05-{:02},complied", m + 1)?;
        }
    }
    std::fs::write(folder.join("orders.csv"), orders)?;
    std::fs::write(folder.join("requirements.csv"), requirements)?;
    std::fs::write(folder.join("appointments.csv"), appointments)?;
    std::fs::write(folder.join("mapping.toml"), MANY)?;
    Ok(())
}

const MANY: &str = "\
source = \"many\"
jurisdiction = \"midland\"
policy = \"midland/1\"

[orders]
file = \"orders.csv\"
key = [\"no\"]
identity = { scheme = \"state-number\", columns = [\"person\"] }
made = { column = \"made\" }
court = { constant = \"ashby\" }
office = { constant = \"ashby-probation\" }
period = { constant = \"12\", unit = \"months\" }

[requirements]
file = \"requirements.csv\"
key = [\"no\"]
order = [\"order\"]
kind = { constant = \"unpaid-work\" }
amount = { constant = \"60\", unit = \"hours\" }

[appointments]
file = \"appointments.csv\"
key = [\"no\"]
requirement = [\"requirement\"]
on = { column = \"day\" }
outcome = { column = \"came\" }
";

const MANY_IMPORT: [&str; 7] = [
    "import",
    "many",
    "--mapping",
    "many/mapping.toml",
    "--batch",
    "400",
    "--json",
];

async fn reached(place: &Place) -> Result<i64, Failure> {
    let sql = "SELECT CAST(COALESCE(SUM(last_row), 0) AS BIGINT) FROM import_progress";
    let row = place.database().await?.query_one(sql, &[]).await?;
    Ok(row.ok_or("no answer")?.int(0)?)
}

/// Kills an import once it has stored something more; whether it was killed.
async fn kill_in_the_middle(place: &Place) -> Result<bool, Failure> {
    let before = reached(place).await?;
    let mut command = Typed::command(place)?;
    let command = command.args(MANY_IMPORT).stdout(Stdio::null());
    let mut import: Child = command.stderr(Stdio::null()).spawn()?;
    while reached(place).await? == before {
        if import.try_wait()?.is_some() {
            return Ok(false);
        }
    }
    import.kill()?;
    Ok(!import.wait()?.success())
}

/// What is there in the end: events of each type, and the rejected rows of each list.
async fn outcome(place: &Place) -> Result<(Vec<(String, i64)>, Vec<String>), Failure> {
    let mut rejects = Vec::new();
    for name in ["orders", "requirements", "appointments"] {
        let path = place
            .folder()
            .join(format!("{name}-{name}.csv.rejects.csv"));
        rejects.push(std::fs::read_to_string(path)?);
    }
    Ok((events(place).await?, rejects))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_of_lists_killed_in_the_middle_ends_as_one_that_was_not() -> Result<(), Failure> {
    let undisturbed = Place::on_file()?;
    write_many(&undisturbed)?;
    let whole = Typed::of(&undisturbed, &MANY_IMPORT)?;
    assert_eq!(whole.code, Some(0), "{whole:?}");
    let expected = outcome(&undisturbed).await?;
    assert_eq!(of(&expected.0, "order.attendance_recorded"), 2_940);
    for place in Place::everywhere().await? {
        write_many(&place)?;
        // The first opening makes the tables.
        let adopted = Typed::of(&place, &["policy", "adopt", "midland"])?;
        assert_eq!(adopted.code, Some(0), "{adopted:?}");
        let mut killed = 0;
        for _ in 0..4 {
            killed += usize::from(kill_in_the_middle(&place).await?);
        }
        assert!(killed >= 3, "the import was killed {killed} times");
        let rest = Typed::of(&place, &MANY_IMPORT)?;
        assert_eq!(rest.code, Some(0), "{rest:?}");
        assert_eq!(outcome(&place).await?, expected);
    }
    Ok(())
}
