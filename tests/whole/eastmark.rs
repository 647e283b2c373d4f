//! The guide's example to run is answered as recorded.

use tests::{Failure, Place, Typed, recorded, root};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_guides_example_runs_as_recorded() -> Result<(), Failure> {
    for place in Place::everywhere().await? {
        let example = root().join("infra/maps/examples/eastmark");
        for name in ["judgments.csv", "mapping.toml", "pack.toml"] {
            std::fs::copy(example.join(name), place.folder().join(name))?;
        }
        let import = ["import", "judgments.csv", "--mapping", "mapping.toml"];
        let mut said = String::new();
        for args in [
            &["policy", "check", "pack.toml"][..],
            &["policy", "adopt", "pack.toml"],
            &[&import[..], &["--dry-run"]].concat()[..],
            &import,
            &import,
            &["view", "disposals"],
        ] {
            let typed = Typed::of(&place, args)?;
            assert_eq!(typed.code, Some(0), "{typed:?}");
            said.push_str(&format!(
                "$ assize {}\n{}\n",
                args.join(" "),
                steady(&typed)
            ));
        }
        let rejects = place.folder().join("judgments.csv.rejects.csv");
        said.push_str("$ cat judgments.csv.rejects.csv\n");
        said.push_str(&std::fs::read_to_string(rejects)?);
        recorded("eastmark.txt", &said)?;
    }
    Ok(())
}

/// An answer without what differs from run to run.
fn steady(typed: &Typed) -> String {
    let lines = typed.stderr.lines().chain(typed.stdout.lines());
    let same =
        lines.filter(|line| !line.starts_with("The report is kept") && !line.contains("As of"));
    same.fold(String::new(), |text, line| text + line + "\n")
}
