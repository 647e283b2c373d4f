//! The blind index: a person is found by name, date of birth or number, and the index says none of them. A token is an
//! HMAC of one word under a key of the register; it goes when the key of the class is destroyed.

use std::collections::BTreeSet;

use domain::personal::DataClass;
use domain::values::PersonId;
use hmac::Mac;

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

/// The words of a text by which it is found again: small letters, without what stands around them.
pub(super) fn words(text: &str) -> BTreeSet<String> {
    let around = |c: char| !c.is_alphanumeric();
    let words = text.split(|c: char| c.is_whitespace() || c == ',');
    let words = words.map(|word| word.trim_matches(around).to_lowercase());
    words.filter(|word| !word.is_empty()).collect()
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
        for word in words(text) {
            let sql = "SELECT person FROM vault_index WHERE token = $1 AND class = $2";
            let token = self.token(&word);
            let params = [token.as_slice().into(), DataClass::Identity.word().into()];
            let mut known = BTreeSet::new();
            for row in self.database.query(sql, &params).await? {
                known.extend(row.text(0)?.parse::<PersonId>().ok());
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
}
