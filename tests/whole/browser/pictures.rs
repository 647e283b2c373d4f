//! Pictures for people to look at, in the folder that `ASSIZE_PICTURES` names.

use std::path::Path;

use tests::{Failure, Page, setting};

/// Takes a page as it is on a wide screen, on a telephone and on paper, where pictures are wanted.
pub(crate) fn take(page: &mut Page<'_>, role: &str, kind: &str) -> Result<(), Failure> {
    let Some(folder) = setting("ASSIZE_PICTURES") else {
        return Ok(());
    };
    let letters = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let name: String = format!("{role}{kind}").chars().map(letters).collect();
    let file = |ending: &str| Path::new(&folder).join(format!("{name}{ending}"));
    std::fs::create_dir_all(&folder)?;
    for width in [1280, 320] {
        page.resize(width)?;
        std::fs::write(file(&format!("-{width}.png")), page.picture()?)?;
    }
    page.resize(1280)?;
    std::fs::write(file(".pdf"), page.print()?.bytes)?;
    Ok(())
}
