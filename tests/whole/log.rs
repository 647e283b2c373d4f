//! The log over the ledger: an independent program accepts its checkpoints and proofs and refuses altered ones, and
//! whatever is altered behind the register's back is found and named.

use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use infra::ledger::{SignedCheckpoint, make_key};
use infra::registry::Registry;
use serde_json::{Value, json};
use tests::{Failure, Place, Served, Typed, loud, not_here, person, root};

use crate::country;
use crate::tampered::unguarded;

pub(crate) const NAME: &str = "register.example/ledger";

/// A register under the rules of Midland whose log is signed.
pub(crate) async fn signed(place: &mut Place) -> Result<Registry, Failure> {
    make_key(&place.log_key(), NAME)?;
    place.midland().await
}

pub(crate) async fn checkpoint(registry: &Registry) -> Result<SignedCheckpoint, Failure> {
    let signed = registry.log().extend().await?;
    Ok(signed.ok_or("nothing is signed")?)
}

/// Numbers that are the same in every run.
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound.max(1)
    }

    fn place(&mut self, length: usize) -> Result<usize, Failure> {
        Ok(usize::try_from(self.below(u64::try_from(length)?))?)
    }
}

/// The program of the Go checksum database's `note` and `tlog`, which shares nothing with this one.
struct Independent {
    program: PathBuf,
    folder: tempfile::TempDir,
}

impl Independent {
    fn build() -> Result<Option<Self>, Failure> {
        let source = root().join("../shared/verifier/main.go");
        if !source.is_file() {
            loud("NOT RUN THE INDEPENDENT VERIFIER: its source is absent");
            return Ok(None);
        }
        let folder = tempfile::tempdir()?;
        let program = folder.path().join("verifier");
        let mut go = Command::new("go");
        go.args(["build", "-o"])
            .arg(&program)
            .arg(source.canonicalize()?);
        go.env("GO111MODULE", "off")
            .env("GOPATH", "/usr/share/gocode");
        go.env("GOCACHE", folder.path().join("cache"));
        go.current_dir(folder.path());
        let Ok(built) = go.output() else {
            return not_here("THE INDEPENDENT VERIFIER", "golang-go is not installed");
        };
        if !built.status.success() {
            return Err(String::from_utf8_lossy(&built.stderr).into_owned().into());
        }
        Ok(Some(Self { program, folder }))
    }

    fn file(&self, name: &str, text: &str) -> Result<PathBuf, Failure> {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text)?;
        Ok(path)
    }

    /// Whether it accepts, and what it says.
    fn accepts(
        &self,
        key: &str,
        checkpoint: &Path,
        older: Option<&Path>,
        proofs: &[PathBuf],
    ) -> Result<(bool, String), Failure> {
        let mut command = Command::new(&self.program);
        command.args(["-key", key, "-checkpoint"]).arg(checkpoint);
        if let Some(older) = older {
            command.arg("-older").arg(older);
        }
        let output = command.args(proofs).output()?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok((
            output.status.success(),
            said + &String::from_utf8_lossy(&output.stderr),
        ))
    }
}

/// Turns one bit of bytes in base64.
fn flipped(text: &str, drawn: &mut Drawn) -> Result<String, Failure> {
    let mut bytes = BASE64.decode(text)?;
    let at = drawn.place(bytes.len())?;
    let byte = bytes.get_mut(at).ok_or("no byte")?;
    *byte ^= 1 << drawn.below(8);
    Ok(BASE64.encode(bytes))
}

fn put(proof: &mut Value, field: &str, value: Value) {
    if let Some(proof) = proof.as_object_mut() {
        proof.insert(field.to_owned(), value);
    }
}

/// The same proof with one thing changed: a hash, their number or order, what is proved, or the tree.
fn altered(proof: &Value, drawn: &mut Drawn) -> Result<Value, Failure> {
    let mut altered = proof.clone();
    let hashes = altered.get_mut("hashes").and_then(Value::as_array_mut);
    let hashes = hashes.ok_or("no hashes")?;
    match drawn.below(5) {
        0 if hashes.len() > 1 => hashes.swap(0, 1),
        1 if !hashes.is_empty() => drop(hashes.pop()),
        2 => hashes.push(json!(BASE64.encode([7; 32]))),
        3 => {
            let field = if proof.get("index").is_some() {
                "record_hash"
            } else {
                "from_root"
            };
            let text = altered
                .get(field)
                .and_then(Value::as_str)
                .ok_or("no hash")?;
            let text = flipped(text, drawn)?;
            put(&mut altered, field, json!(text));
        }
        _ => {
            let at = drawn.place(hashes.len())?;
            let Some(hash) = hashes.get_mut(at) else {
                put(&mut altered, "tree_size", json!(1_000_000));
                return Ok(altered);
            };
            *hash = json!(flipped(hash.as_str().unwrap_or_default(), drawn)?);
        }
    }
    Ok(altered)
}

/// The same checkpoint with one bit of its root or signature turned, or of another size.
fn altered_note(note: &str, drawn: &mut Drawn) -> Result<String, Failure> {
    let mut lines: Vec<String> = note.lines().map(str::to_owned).collect();
    let [_, size, root, _, signature] = lines.as_mut_slice() else {
        return Err("a checkpoint has five lines".into());
    };
    match drawn.below(3) {
        0 => *size = (size.parse::<u64>()? + 1 + drawn.below(9)).to_string(),
        1 => *root = flipped(root, drawn)?,
        _ => {
            let (name, signed) = signature.rsplit_once(' ').ok_or("no signature")?;
            *signature = format!("{name} {}", flipped(signed, drawn)?);
        }
    }
    Ok(lines.join("\n") + "\n")
}

/// Checkpoints at the edges of tiles, and one over a part of a country.
async fn checkpoints(place: &Place, registry: &Registry) -> Result<Vec<SignedCheckpoint>, Failure> {
    let mut checkpoints = vec![checkpoint(registry).await?];
    // The edges of tiles.
    for size in [2, 3, 255, 256, 257] {
        while registry.head().await?.0 < size {
            person(registry, "female").await?;
        }
        checkpoints.push(checkpoint(registry).await?);
    }
    if let Some(data) = country::data() {
        let text = std::fs::read_to_string(data)?;
        let some: Vec<&str> = text.lines().take(3_001).collect();
        let file = place.folder().join("some.csv");
        std::fs::write(&file, some.join("\n") + "\n")?;
        let file = file.to_string_lossy();
        let typed = Typed::of(place, &["import", &file, "--mapping", "mongolia"])?;
        assert_eq!(typed.code, Some(0), "{typed:?}");
        checkpoints.push(checkpoint(registry).await?);
    }
    Ok(checkpoints)
}

/// A thousand altered checkpoints and proofs, each refused.
fn no_altered_one(
    independent: &Independent,
    key: &str,
    last: &SignedCheckpoint,
    proofs: &[Value],
) -> Result<(), Failure> {
    let mut drawn = Drawn(1_000);
    let whole = independent.file("checkpoint.txt", &last.note)?;
    for n in 0..1_000 {
        let (note, proof) = if n % 10 == 0 {
            let altered = altered_note(&last.note, &mut drawn)?;
            (independent.file("altered.txt", &altered)?, Vec::new())
        } else {
            let proof = proofs.get(drawn.place(proofs.len())?).ok_or("no proof")?;
            let altered = altered(proof, &mut drawn)?;
            let file = independent.file("altered.json", &altered.to_string())?;
            (whole.clone(), vec![file])
        };
        let (accepted, said) = independent.accepts(key, &note, None, &proof)?;
        assert!(!accepted, "{n}: {said}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_independent_program_accepts_every_checkpoint_and_proof_and_no_altered_one()
-> Result<(), Failure> {
    let Some(independent) = Independent::build()? else {
        return Ok(());
    };
    for mut place in Place::everywhere().await? {
        let registry = signed(&mut place).await?;
        let checkpoints = checkpoints(&place, &registry).await?;
        let log = registry.log();
        let key = log.key().ok_or("there is a key")?.verifier().to_owned();
        let last = checkpoints.last().ok_or("there is a checkpoint")?;
        let note = independent.file("checkpoint.txt", &last.note)?;
        let mut drawn = Drawn(76_184);
        let (mut proofs, mut files) = (Vec::new(), Vec::new());
        for n in 0..1_000 {
            let index = if n == 0 {
                last.size - 1
            } else {
                drawn.below(last.size)
            };
            proofs.push(serde_json::to_value(
                log.prove_inclusion(last, index).await?,
            )?);
        }
        for n in 0..100 {
            let older = if n == 0 {
                last.size
            } else {
                1 + drawn.below(last.size)
            };
            proofs.push(serde_json::to_value(
                log.prove_consistency(last, older).await?,
            )?);
        }
        for (n, proof) in proofs.iter().enumerate() {
            files.push(independent.file(&format!("proof-{n}.json"), &proof.to_string())?);
        }
        let (accepted, said) = independent.accepts(&key, &note, None, &files)?;
        assert!(accepted, "{said}");
        for pair in checkpoints.windows(2) {
            let [older, newer] = pair else { continue };
            let proof = log.prove_consistency(newer, older.size).await?;
            let proof = serde_json::to_value(proof)?.to_string();
            let between = [independent.file("between.json", &proof)?];
            let older = independent.file("older.txt", &older.note)?;
            let newer = independent.file("newer.txt", &newer.note)?;
            let (accepted, said) = independent.accepts(&key, &newer, Some(&older), &between)?;
            assert!(accepted, "{said}");
        }
        // A proof is the same bytes, whichever database it comes from.
        if !place.is_on_server() {
            no_altered_one(&independent, &key, last, &proofs)?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_key_is_made_once_and_verify_says_by_its_exit_code_what_it_found() -> Result<(), Failure>
{
    let mut place = Place::on_file()?;
    let registry = place.midland().await?;
    person(&registry, "female").await?;
    let typed = |args: &[&str]| Typed::of(&place, args);
    let none = typed(&["log", "checkpoint"])?;
    assert_eq!(none.code, Some(1));
    assert!(none.stderr.contains("assize keys new"), "{none:?}");
    let key = typed(&["keys", "new", "--name", NAME])?;
    assert_eq!(key.code, Some(0), "{key:?}");
    assert!(key.stdout.starts_with(NAME), "{key:?}");
    assert_eq!(typed(&["keys", "new", "--name", NAME])?.code, Some(1));
    assert_eq!(
        typed(&["keys", "new", "--name", "two words"])?.code,
        Some(2)
    );
    let unsigned = typed(&["verify"])?;
    assert_eq!(unsigned.code, Some(0));
    assert!(
        unsigned
            .stdout
            .contains("Nothing is signed over the entries from 0 on")
    );
    let signed = typed(&["log", "checkpoint"])?;
    assert!(
        signed.stdout.starts_with(&format!("{NAME}\n2\n")),
        "{signed:?}"
    );
    let kept = place.folder().join("checkpoint.txt");
    std::fs::write(&kept, &signed.stdout)?;
    let kept = kept.to_string_lossy();
    person(&registry, "female").await?;
    let since = typed(&["verify", "--since", &kept])?;
    assert_eq!(since.code, Some(0), "{since:?}");
    assert!(
        since.stdout.contains("Looked at from entry 2 on"),
        "{since:?}"
    );
    assert_eq!(typed(&["log", "prove", "--entry", "2"])?.code, Some(2));
    let database = place.database().await?;
    unguarded(&database).await?;
    let alter = "UPDATE events SET recorded_us = recorded_us + 1 WHERE ledger_index = 1";
    database.script(alter.to_owned()).await?;
    let found = typed(&["verify"])?;
    assert_eq!(found.code, Some(4), "{found:?}");
    for said in ["ALTERED", "entry 1", "person.registered"] {
        assert!(found.stdout.contains(said), "{said}: {found:?}");
    }
    Ok(())
}

/// A file fetched from a server, as a monitor does.
fn fetched(served: &Served, path: &str) -> Result<Vec<u8>, Failure> {
    let address = format!("http://{}{path}", served.address());
    let output = Command::new("curl").args(["-s", "-f", &address]).output()?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(format!("{path} is not there").into())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_register_signs_by_itself_and_monitors_read_its_tiles() -> Result<(), Failure> {
    let mut place = Place::on_file()?;
    let registry = signed(&mut place).await?;
    let served = Served::start(&place)?;
    while registry.head().await?.0 < 258 {
        person(&registry, "female").await?;
    }
    let key = [registry
        .log()
        .key()
        .ok_or("there is a key")?
        .verifier()
        .to_owned()];
    let mut size = 0;
    for _ in 0..600 {
        if let Ok(note) = fetched(&served, "/log/checkpoint") {
            size = SignedCheckpoint::read(&String::from_utf8(note)?, &key)?.size;
        }
        if size == 258 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(size, 258, "what another process recorded is signed too");
    let oversight = tests::call("oversight")?;
    let rows = registry.feed(&oversight, 0, 258).await?.rows;
    let leaves: Vec<u8> = rows.iter().flat_map(|row| *row.leaf.as_bytes()).collect();
    let (full, rest) = leaves.split_at(256 * 32);
    assert_eq!(fetched(&served, "/log/tile/0/000")?, full);
    assert_eq!(fetched(&served, "/log/tile/0/001.p/2")?, rest);
    assert_eq!(fetched(&served, "/log/tile/1/000.p/1")?.len(), 32);
    for absent in [
        "0/001",
        "0/001.p/3",
        "1/000",
        "0/0",
        "64/000",
        "0/x000/000",
        "data/000",
    ] {
        assert!(
            fetched(&served, &format!("/log/tile/{absent}")).is_err(),
            "{absent}"
        );
    }
    Ok(())
}
