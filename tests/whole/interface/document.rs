//! The OpenAPI document is one, by the word of a validator that is not ours.

use std::process::Command;

use tests::{Failure, root, setting};

/// Asks the validator of `tests/package.json` about a document; what it says against it.
fn against(document: &str) -> Result<String, Failure> {
    let file = tempfile::Builder::new().suffix(".json").tempfile()?;
    std::fs::write(file.path(), document)?;
    let script = "const { Validator } = await import('@seriousme/openapi-schema-validator');\n\
                  const validator = new Validator();\n\
                  const found = await validator.validate(process.argv[1]);\n\
                  console.log(validator.version, found.valid, JSON.stringify(found.errors ?? ''));";
    let said = Command::new("node")
        .current_dir(root().join("tests"))
        .args(["--input-type=module", "--eval", script])
        .arg(file.path())
        .output()?;
    if !said.status.success() {
        return Err(String::from_utf8_lossy(&said.stderr).into());
    }
    Ok(String::from_utf8(said.stdout)?.trim().to_owned())
}

/// Whether the validator is there. Where everything is run, it must be.
fn is_installed() -> Result<bool, Failure> {
    let module = root().join("tests/node_modules/@seriousme/openapi-schema-validator");
    if module.exists() {
        return Ok(true);
    }
    if setting("ASSIZE_TESTS_RUN").is_some() {
        return Err("the validator is not installed, and everything was to be run".into());
    }
    tests::loud("NOT VALIDATED: run ./tests/run, or npm ci --prefix tests");
    Ok(false)
}

fn committed() -> Result<String, Failure> {
    Ok(std::fs::read_to_string(root().join("docs/openapi.json"))?)
}

#[test]
fn an_independent_validator_accepts_the_document() -> Result<(), Failure> {
    if is_installed()? {
        assert_eq!(against(&committed()?)?, "3.1 true \"\"");
    }
    Ok(())
}

#[test]
fn the_validator_sees_a_fault() -> Result<(), Failure> {
    if is_installed()? {
        let broken = committed()?.replace("\"responses\": {", "\"responces\": {");
        let said = against(&broken)?;
        assert!(said.starts_with("3.1 false"), "{said}");
        let dangling =
            committed()?.replace("#/components/schemas/Problem", "#/components/schemas/Gone");
        assert!(against(&dangling).is_err() || against(&dangling)?.starts_with("3.1 false"));
    }
    Ok(())
}
