//! Codes: short, public words. What could hide a name or a sentence is not one.

/// Why a text is not a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeFault {
    /// Nothing stands there.
    #[error("is empty: give the code")]
    Empty,
    /// Longer than a code may be.
    #[error("has {0} characters: a code has at most 64; give it a shorter one in a value table")]
    TooLong(usize),
    /// A character that no code may hold.
    #[error(
        "holds {0:?}, and a code has only letters, digits and . _ - / : — give it a code in a value \
         table, or set rewrite = \"underscores\""
    )]
    Character(char),
}

/// Refuses what is not a code.
pub(super) fn check_code(text: &str) -> Result<(), CodeFault> {
    if text.is_empty() {
        return Err(CodeFault::Empty);
    }
    let length = text.chars().count();
    if length > 64 {
        return Err(CodeFault::TooLong(length));
    }
    text.chars()
        .find(|c| !is_code_character(*c))
        .map_or(Ok(()), |c| Err(CodeFault::Character(c)))
}

/// Letters, digits and allowed marks stay; each run of others becomes one underscore.
pub(super) fn with_underscores(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    for c in text.chars() {
        if is_code_character(c) {
            code.push(c);
        } else if !code.ends_with('_') {
            code.push('_');
        }
    }
    code.trim_matches('_').to_owned()
}

fn is_code_character(c: char) -> bool {
    c.is_alphanumeric() || "._-/:".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_holds_no_spaces_and_at_most_64_characters() {
        assert_eq!(check_code("11.6.1"), Ok(()));
        assert_eq!(check_code("гэмт-хэрэг"), Ok(()));
        assert_eq!(check_code("Anna Smith"), Err(CodeFault::Character(' ')));
        assert_eq!(check_code(""), Err(CodeFault::Empty));
        assert_eq!(check_code(&"a".repeat(65)), Err(CodeFault::TooLong(65)));
    }

    #[test]
    fn rewriting_keeps_the_words_apart() {
        assert_eq!(with_underscores("s. 12 (1)(a)"), "s._12_1_a");
        assert_eq!(
            with_underscores(" Cork  District Court "),
            "Cork_District_Court"
        );
    }
}
