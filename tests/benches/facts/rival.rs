//! `DuckDB` over the same facts.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use tests::{Failure, root};

use crate::measured::{Line, Measured};

/// What `DuckDB` answered: the codes of each cell, and what it counts.
#[derive(Debug, Deserialize)]
pub(crate) struct Answers {
    /// Counts and sums as of the middle.
    pub(crate) middle: Vec<(u8, u8, u8, u64, u64)>,
    /// The same as of the head.
    pub(crate) head: Vec<(u8, u8, u8, u64, u64)>,
    /// Twice the median, as of the middle.
    pub(crate) medians: Vec<(u8, u8, u8, u64)>,
}

/// A Python that has `DuckDB`.
pub(crate) struct Rival(PathBuf);

impl Rival {
    /// Installs the versions that the baselines were taken with, in `BENCH_WORK` if it is named.
    pub(crate) fn install(baselines: &Path, work: &Path) -> Result<Self, Failure> {
        let common = baselines.canonicalize()?.join("common.sh");
        let script = "source \"$0\"; venv duckdb==2.0.0 polars==2.1.0 numpy==2.4.6 pyarrow==26.0.1";
        let mut command = Command::new("bash");
        command.args(["-c", script]).arg(common);
        if tests::setting("BENCH_WORK").is_none() {
            command.env("BENCH_WORK", work);
        }
        let output = command.output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        Ok(Self(String::from_utf8(output.stdout)?.trim().into()))
    }

    /// Measures and answers the questions as of two moments.
    pub(crate) fn answers(
        &self,
        folder: &Path,
        moments: [u64; 2],
        into: &mut Measured,
    ) -> Result<Answers, Failure> {
        let mut command = Command::new(&self.0);
        command.arg(root().join("tests/benches/facts/duckdb_scan.py"));
        command.arg(folder).args(moments.map(|at| at.to_string()));
        let output = command.output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        for line in String::from_utf8(output.stdout)?.lines() {
            into.keep(serde_json::from_str::<Line>(line)?);
        }
        let answers = std::fs::read_to_string(folder.join("answers.json"))?;
        Ok(serde_json::from_str(&answers)?)
    }
}
