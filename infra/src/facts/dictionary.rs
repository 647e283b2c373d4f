//! Words and their codes.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The word of code 0: the record is silent.
pub const NOT_RECORDED: &str = "not_recorded";

/// The words of one column, in the order in which the ledger first used them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dictionary {
    words: Vec<Arc<str>>,
    codes: BTreeMap<Arc<str>, u32>,
}

impl Default for Dictionary {
    fn default() -> Self {
        let mut dictionary = Self {
            words: Vec::new(),
            codes: BTreeMap::new(),
        };
        dictionary.code(NOT_RECORDED);
        dictionary
    }
}

impl Dictionary {
    /// The code of a word, given on first use.
    pub fn code(&mut self, word: &str) -> u32 {
        if let Some(code) = self.codes.get(word) {
            return *code;
        }
        let code = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let word: Arc<str> = Arc::from(word);
        self.words.push(Arc::clone(&word));
        self.codes.insert(word, code);
        code
    }

    /// The code of a word that was used before.
    pub fn find(&self, word: &str) -> Option<u32> {
        self.codes.get(word).copied()
    }

    /// The word of a code; an unused code has no word.
    pub fn word(&self, code: u32) -> &str {
        usize::try_from(code)
            .ok()
            .and_then(|at| self.words.get(at))
            .map_or(NOT_RECORDED, |w| w)
    }

    /// How many words there are, the silent one included.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether no word was ever used.
    pub fn is_empty(&self) -> bool {
        self.words.len() <= 1
    }

    /// The words from a code on, in order.
    pub fn words_from(&self, code: usize) -> impl Iterator<Item = &str> {
        self.words.iter().skip(code).map(|word| &**word)
    }
}
