//! One example for each command, as its help shows it; a test gives each to the program.

pub(super) const ASSIZE: &str = "\
Example:
  assize --db sqlite://register.db serve

Exit codes:
  0    done; rejected rows are in the report
  1    the machine, a file or the database stood in the way
  2    the command, or a mapping or pack that it names, is wrong
  3    a rule refused
  4    the history was altered
  130  interrupted";

pub(super) const SERVE: &str = "\
Example:
  assize --db sqlite://register.db serve --listen 127.0.0.1:8090";

pub(super) const DEMO: &str = "\
Example:
  assize demo --data demonstration";

pub(super) const IMPORT: &str = "\
Example:
  assize import judgments.csv --mapping norland.toml --dry-run";

pub(super) const VIEW: &str = "\
Example:
  assize --db sqlite://country.db view gender --by category,prior-record";

pub(super) const PUBLISH: &str = "\
Example:
  assize --db sqlite://register.db publish show 1 --csv";

pub(super) const EXPORT: &str = "\
Example:
  assize export case 5b0f1c9e-5a3c-4f0e-9a51-000000000001 --as-of 1200

Decisions for statistics, as DuckDB and Spark read them:
  assize --db sqlite://register.db export facts --out facts-2026

One row for each decision that stands:
  assize --db sqlite://register.db export research --out decisions.csv

Every view, with an index of the files:
  assize --db sqlite://register.db export indicators --out indicators-2026

An official table, as the body that asks for it reads it:
  assize --db sqlite://register.db export official sdg-16-3-2 --year 2025 --format sdmx-csv --out sdg.csv";

pub(super) const POLICY: &str = "\
Example:
  assize --db sqlite://register.db policy adopt midland";

pub(super) const SCHEMA: &str = "\
Example:
  assize schema check";

pub(super) const PROJECT: &str = "\
Example:
  assize --db sqlite://register.db project --catch-up";

pub(super) const MIGRATE: &str = "\
Example:
  assize --db postgres://localhost/register migrate --check";

pub(super) const DOCTOR: &str = "\
Example:
  assize --db sqlite://register.db doctor --json";

pub(super) const KEYS: &str = "\
Example:
  assize --db sqlite://register.db keys new --name register.example/ledger";

pub(super) const LOG: &str = "\
Example:
  assize --db sqlite://register.db log prove --entry 4120";

pub(super) const VERIFY: &str = "\
Example:
  assize --db sqlite://register.db verify --since checkpoint.txt

Exit codes:
  0    whole and unaltered
  4    something was altered; the first divergence is named";

pub(super) const COMPLETIONS: &str = "\
Example:
  assize completions bash";
