//! The blind index: a person is found by name, date of birth or number, and the index says none of them. A token is an
//! HMAC of one word under a key of the register; it goes when the key of the class is destroyed.

use std::collections::BTreeSet;

use domain::personal::DataClass;
use domain::values::PersonId;
use hmac::Mac;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Keyring, Vault};
use crate::error::StoreError;
use crate::registry::hmac_under;
use crate::store::database::{Batch, Value};

/// The columns of a token that is kept.
pub(crate) const INDEX_COLUMNS: &[&str] = &["token", "person", "class"];

/// The key of the index, from a secret of the register.
pub(super) fn key(secret: &[u8; 32]) -> [u8; 32] {
    let mut hmac = hmac_under(secret);
    hmac.update(b"the blind index of people");
    hmac.finalize().into_bytes().into()
}

/// The words of a text by which it is found again: each as it is written in small letters; folded, which is without
/// accents, apostrophes and hyphens; and, folded, each part of it.
pub(super) fn words(text: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for word in written(text) {
        if !is_number(&word) {
            // Between hyphens a part is folded as a whole word is: O'Brien of O'Brien-Ash.
            let hyphened = word.split(is_hyphen);
            let parts = word.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
            let parts = hyphened.chain(parts).map(folded);
            all.extend(parts.filter(|part| !part.is_empty()));
        }
        all.extend(sought(word));
    }
    all
}

/// The forms under which a written word is looked for: any of them is the word.
fn sought(word: String) -> BTreeSet<String> {
    let mut forms = BTreeSet::new();
    if !is_number(&word) {
        forms.insert(folded(&word));
    }
    forms.insert(word);
    forms.retain(|form| !form.is_empty());
    forms
}

/// The words of a text in small letters, without what stands around them.
fn written(text: &str) -> impl Iterator<Item = String> {
    let around = |c: char| !c.is_alphanumeric();
    let words = text.split(|c: char| c.is_whitespace() || c == ',');
    let words = words.map(move |word| word.trim_matches(around).to_lowercase());
    words.filter(|word| !word.is_empty())
}

/// Dates and numbers of a register are looked for as they are written: a part of one would find too many.
fn is_number(word: &str) -> bool {
    word.chars().all(|c| !c.is_alphabetic())
}

/// The signs that join two names into one.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}')
}

/// A word without accents, apostrophes, hyphens and other signs, in small letters.
fn folded(word: &str) -> String {
    let mut folded = String::new();
    for c in word.nfkd().flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            c if c.is_alphanumeric() => folded.push(c),
            _ => {}
        }
    }
    folded
}

impl Vault {
    /// The tokens of what a keyring sealed of an identity, as rows to be kept with its keys.
    pub(crate) fn tokens(&self, keyring: &Keyring) -> Vec<Vec<Value>> {
        let person = keyring.person().to_string();
        let words = keyring.words();
        let token = |word: &String| {
            let token = self.token(word);
            vec![
                token.as_slice().into(),
                person.as_str().into(),
                DataClass::Identity.word().into(),
            ]
        };
        words.map(token).collect()
    }

    fn token(&self, word: &str) -> [u8; 32] {
        let mut hmac = hmac_under(&self.index_key);
        hmac.update(word.as_bytes());
        hmac.finalize().into_bytes().into()
    }

    /// Keeps the tokens of what a keyring sealed; those that are kept already stay.
    pub(super) async fn index(&self, keyring: &Keyring) -> Result<(), StoreError> {
        let rows = self.tokens(keyring);
        if rows.is_empty() {
            return Ok(());
        }
        let mut batch = Batch::new();
        for row in rows {
            batch.run(
                "INSERT INTO vault_index (token, person, class) VALUES ($1, $2, $3) \
                 ON CONFLICT (token, person, class) DO NOTHING",
                row,
            );
        }
        self.database.transaction(batch).await?;
        Ok(())
    }

    /// Everybody whose identity holds each word of a text; nobody for a text without words.
    pub async fn find(&self, text: &str) -> Result<BTreeSet<PersonId>, StoreError> {
        let mut found: Option<BTreeSet<PersonId>> = None;
        for word in written(text) {
            let sql = "SELECT person FROM vault_index WHERE token = $1 AND class = $2";
            let mut known = BTreeSet::new();
            for form in sought(word) {
                let token = self.token(&form);
                let params = [token.as_slice().into(), DataClass::Identity.word().into()];
                for row in self.database.query(sql, &params).await? {
                    known.extend(row.text(0)?.parse::<PersonId>().ok());
                }
            }
            found = Some(match found {
                None => known,
                Some(before) => before.intersection(&known).copied().collect(),
            });
        }
        Ok(found.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_whatever_its_order_its_capitals_and_its_commas() {
        assert_eq!(words("Ash, ANA"), words("ana ash"));
        assert_eq!(words("1990-05-03").len(), 1);
        assert!(words(" , - ").is_empty());
    }

    /// Whether a name is found by each written word of what is looked for.
    fn finds(name: &str, text: &str) -> bool {
        let kept = words(name);
        written(text).all(|word| sought(word).iter().any(|form| kept.contains(form)))
    }

    #[test]
    fn a_name_is_found_without_its_accents_apostrophes_and_hyphens_and_by_its_parts() {
        for (name, text) in [
            ("Zoë Ash", "zoe"),
            ("Zoe Ash", "Zoë"),
            // With a combining sign.
            ("Zoe\u{308} Ash", "zoë"),
            ("Niamh O’Brien", "o'brien"),
            ("Niamh O'Brien", "OBrien"),
            ("Niamh O'Brien", "Brien"),
            ("Niamh O’Brien-Müller", "O'Brien"),
            ("Niamh O’Brien-Müller", "obrien muller"),
            ("Ana García-López", "garcia"),
            ("Ana García-López", "lopez garcia-lopez"),
            ("Ana García-López", "García López"),
            ("Jürgen Groß", "gross"),
            ("Søren Łukasz", "soren lukasz"),
        ] {
            assert!(finds(name, text), "{name} by {text}");
        }
        assert!(!finds("Ana García-López", "garc"));
        assert!(!finds("Ana Ash 1990-05-03", "05"));
        assert!(finds("Ana Ash 1990-05-03", "1990-05-03"));
    }
}
