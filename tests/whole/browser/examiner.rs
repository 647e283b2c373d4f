//! What must be so on every page, looked at in the browser.

use tests::{Failure, Page, not_here, root};

/// The functions that look, as one expression.
const CHECKS: &str = include_str!("checks.js");

/// What holds is not described: only what is wrong is asked for.
const AXE: &str = "axe.run(document, {resultTypes: ['violations'], runOnly: [
    'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'
]}).then((found) => found.violations.map((rule) =>
    rule.id + ' at ' + rule.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')
))";

/// A form that is shown again with what is wrong in it comes with this status, and the browser notes it.
const ASKED_AGAIN: &str = "the server responded with a status of 422";

/// Looks at pages.
pub(super) struct Examiner {
    axe: String,
}

impl Examiner {
    /// Brings axe-core along, or says loudly that it is not here.
    pub(super) fn new() -> Result<Option<Self>, Failure> {
        let file = root().join("tests/node_modules/axe-core/axe.min.js");
        match std::fs::read_to_string(file) {
            Ok(axe) => Ok(Some(Self { axe })),
            Err(_) => not_here("WITH AXE", "run npm ci --prefix tests"),
        }
    }

    /// Everything that is wrong with a page, in words.
    pub(super) fn faults(&self, page: &mut Page<'_>) -> Result<Vec<String>, Failure> {
        // First of all, before anything of ours runs in the page.
        let mut faults = page.complaints();
        faults.retain(|fault| !fault.contains(ASKED_AGAIN));
        for check in ["shape", "focus"] {
            faults.extend(ask(page, check)?);
        }
        faults.extend(self.violations(page)?);
        page.resize(320)?;
        faults.extend(ask(page, "width")?);
        page.resize(1280)?;
        faults.extend(ask(page, "width")?);
        faults.extend(on_paper(page)?);
        Ok(faults)
    }

    /// The rules of accessibility that a page breaks.
    pub(super) fn violations(&self, page: &mut Page<'_>) -> Result<Vec<String>, Failure> {
        page.ask::<()>(&format!("{};null", self.axe))?;
        page.ask(AXE)
    }
}

/// What one of the checks says.
pub(super) fn ask(page: &mut Page<'_>, check: &str) -> Result<Vec<String>, Failure> {
    page.ask(&format!("({CHECKS}).{check}()"))
}

/// How high a page is with everything unfolded, as it is on paper.
const UNFOLDED: &str = "(() => { \
    const folded = [...document.querySelectorAll('details:not([open])')]; \
    folded.forEach((one) => { one.open = true; }); \
    const height = document.documentElement.scrollHeight; \
    folded.forEach((one) => { one.open = false; }); \
    return height; })()";

fn on_paper(page: &mut Page<'_>) -> Result<Vec<String>, Failure> {
    let paper = page.print()?;
    let height: f64 = page.ask(UNFOLDED)?;
    let mut faults = Vec::new();
    if !paper.is_tagged {
        faults.push("on paper nothing says what is a heading".to_owned());
    }
    // A sheet of A4 holds 1,123 pixels, and its lines are shorter.
    let screens = (1_u32..10_000)
        .take_while(|n| f64::from(*n) * 1_123.0 < height)
        .count();
    if paper.sheets == 0 || paper.sheets > screens + screens / 2 + 3 {
        faults.push(format!(
            "{} sheets of paper for {height} pixels",
            paper.sheets
        ));
    }
    Ok(faults)
}
