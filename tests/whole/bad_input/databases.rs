//! Databases that are no register, or not this program's.

use tests::{Failure, Place, Typed, recorded};

use super::{register, state};

/// One command against something else than the register of the place.
fn against(place: &Place, title: &str, url: &str, args: &[&str]) -> Result<String, Failure> {
    let mut command = Typed::command(place)?;
    let output = command.env("ASSIZE_DB", url).args(args).output()?;
    assert_ne!(output.status.code(), Some(0), "{title}");
    let said = Typed::from(output).record();
    Ok(format!(
        "# {title}\n$ assize --db {url} {}\n{said}\n",
        args.join(" ")
    ))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::too_many_lines, reason = "one case after the other")]
async fn a_database_that_is_no_register_is_left_as_it_is() -> Result<(), Failure> {
    let mut place = Place::on_file()?;
    register(&mut place).await?;
    let folder = place.folder().to_owned();
    std::fs::write(
        folder.join("letter.db"),
        "Dear Sir or Madam, nothing of this is a database.",
    )?;
    std::fs::write(folder.join("wrong.key"), "no key")?;
    let url = format!("sqlite://{}", folder.join("payroll.db").display());
    let other = infra::store::database::Database::open(&url).await?;
    other.script("CREATE TABLE payroll (n BIGINT)").await?;
    // What stands in the log comes into the file now, and not when the connection ends at some time later.
    other.query("PRAGMA wal_checkpoint(TRUNCATE)", &[]).await?;
    drop(other);
    let import = ["import", "good.csv", "--mapping", "courts.toml"];
    let view = ["view", "gender"];
    let before = state(&place).await?;
    let mut said = String::new();
    for (title, url, args) in [
        ("no register there", "sqlite://absent.db", &view[..]),
        (
            "no register to be looked at",
            "sqlite://absent.db",
            &["doctor"],
        ),
        ("no such kind of database", "foo://register", &["doctor"]),
        (
            "no register to be brought up to date",
            "sqlite://absent.db",
            &["migrate", "--check"],
        ),
        (
            "a folder that is not there",
            "sqlite://absent/register.db",
            &import,
        ),
        ("somebody else's tables", "sqlite://payroll.db", &import),
        ("no database at all", "sqlite://letter.db", &import),
        (
            "an address of no database",
            "mysql://someone:secret@localhost/register",
            &view,
        ),
        (
            "a server that does not answer",
            "postgres://someone:secret@127.0.0.1:1/register",
            &view,
        ),
        (
            "a port that is none",
            "postgres://localhost:port/register",
            &view,
        ),
    ] {
        said.push_str(&against(&place, title, url, args)?);
    }
    let keyed = ["--key-file", "wrong.key", "view", "gender"];
    said.push_str(&against(
        &place,
        "a key file without a key",
        "sqlite://register.db",
        &keyed,
    )?);
    let keyed = ["--key-file", "absent.key", "view", "gender"];
    said.push_str(&against(
        &place,
        "a key file that is not there",
        "sqlite://register.db",
        &keyed,
    )?);
    assert!(!folder.join("absent.key").exists(), "a key was made");
    std::fs::write(folder.join("other.key"), "ab".repeat(32))?;
    let keyed = ["--key-file", "other.key", "view", "gender"];
    said.push_str(&against(
        &place,
        "the key of another register",
        "sqlite://register.db",
        &keyed,
    )?);
    std::fs::remove_file(folder.join("other.key"))?;
    let after = state(&place).await?;
    assert!(before.0 == after.0, "the register was changed");
    assert_eq!(before.1, after.1, "another file was changed");
    recorded("bad-databases.txt", &said)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_register_of_a_newer_program_is_left_as_it_is() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        register(&mut place).await?;
        let later = "INSERT INTO migrations (number, name) VALUES ('29991231000000', 'later')";
        place.database().await?.execute(later, vec![]).await?;
        let before = state(&place).await?;
        let mut said = String::new();
        for args in [
            &["import", "good.csv", "--mapping", "courts.toml"][..],
            &["view", "gender"],
            &["migrate"],
            &["serve", "--listen", "127.0.0.1:0"],
        ] {
            let typed = Typed::of(&place, args)?;
            said.push_str(&format!(
                "$ assize {}\n{}\n",
                args.join(" "),
                typed.record()
            ));
        }
        assert!(before == state(&place).await?, "something was changed");
        recorded("newer-program.txt", &said)?;
    }
    Ok(())
}
