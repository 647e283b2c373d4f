//! What is seen: a page as it is read, and a figure.

use serde_json::Value;
use tests::Failure;

/// The words of a page, without its tags.
pub(super) struct Page {
    address: String,
    words: String,
}

impl Page {
    pub(super) fn of(address: &str, html: &str) -> Self {
        let (mut words, mut is_tag) = (String::new(), false);
        for letter in html.chars() {
            match letter {
                '<' => is_tag = true,
                '>' => {
                    is_tag = false;
                    words.push(' ');
                }
                letter if !is_tag => words.push(letter),
                _ => {}
            }
        }
        for (written, read) in [
            ("&#39;", "'"),
            ("&#34;", "\""),
            ("&#38;", "&"),
            ("&amp;", "&"),
        ] {
            words = words.replace(written, read);
        }
        let words: Vec<&str> = words.split_whitespace().collect();
        Self {
            address: address.to_owned(),
            words: words.join(" "),
        }
    }

    /// Whoever reads the page reads this on it.
    pub(super) fn says(&self, words: &str) -> Result<(), Failure> {
        if self.words.contains(words) {
            Ok(())
        } else {
            Err(format!("{} does not say {words:?}: {}", self.address, self.words).into())
        }
    }
}

/// How many decisions of a group a view of disposals counts: `total`, or the words of its columns.
pub(super) fn counted(view: &Value, disposal: &str) -> u64 {
    let disposals = view.pointer("/total/disposals").and_then(Value::as_array);
    let counted = disposals.into_iter().flatten();
    let mut of_it = counted.filter(|counted| counted["disposal"]["code"] == disposal);
    of_it
        .next()
        .and_then(|counted| counted["n"].as_u64())
        .unwrap_or(0)
}

/// The group of a view that has this word in its first column.
pub(super) fn group<'a>(view: &'a Value, word: &str) -> Result<&'a Value, Failure> {
    let groups = view["groups"].as_array().ok_or("a view has groups")?;
    let group = groups.iter().find(|group| group["key"][0]["code"] == word);
    group.ok_or_else(|| format!("no group {word} in {}", view["groups"]).into())
}
