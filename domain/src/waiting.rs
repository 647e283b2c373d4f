//! What has to happen by a day, in the words of whoever has to see to it.

/// What each clock waits for, by its code ([`crate::stream::Clock::code`]).
const WAITING: [(&str, &str); 38] = [
    ("complaint.answer", "answer to the complaint"),
    (
        "complaint.escalation",
        "escalation of a complaint that nobody answered",
    ),
    (
        "cooperation.carrying-out",
        "carrying out what was granted between the States",
    ),
    (
        "cooperation.decision",
        "decision on what is asked between the States",
    ),
    (
        "cooperation.request",
        "request that has to follow the provisional arrest",
    ),
    (
        "custody.basis-fallen",
        "end of holding on a decision that fell",
    ),
    (
        "custody.child-stay",
        "decision where a child lives who stays with its mother",
    ),
    (
        "custody.committal",
        "committal on the sentence with which the case ended",
    ),
    ("custody.contact", "contact of the child with its family"),
    (
        "custody.end-protection",
        "end of a stay for protection that the person no longer wants",
    ),
    ("custody.hearing", "hearing before a judge after the arrest"),
    (
        "custody.injuries",
        "report of the injuries that were seen, documented by a doctor",
    ),
    ("custody.irregular", "end of holding without a valid order"),
    (
        "custody.isolation",
        "look at a person who is held apart from others",
    ),
    (
        "custody.last-day",
        "last day on which the person may be held",
    ),
    ("custody.seal", "sealing of the child\u{2019}s file"),
    (
        "diversion.consent",
        "the person\u{2019}s answer to what was offered",
    ),
    ("diversion.end", "end of what the person agreed to do"),
    (
        "emergency.end",
        "end of the emergency, unless it is extended",
    ),
    (
        "emergency.return",
        "return of a person who was released for a while",
    ),
    ("emergency.right", "end of the limit on a right"),
    (
        "facility.capacity",
        "declaration of how many places there are",
    ),
    (
        "facility.visits",
        "visits, or something that takes their place",
    ),
    ("finding.closing", "what came of the finding"),
    (
        "order.review-for-early-end",
        "review whether the order ends early",
    ),
    ("pretrial.last-day", "last day of detention before judgment"),
    (
        "pretrial.review",
        "review of detention or measures before judgment",
    ),
    ("release.by-law", "release that the law itself brings"),
    (
        "release.consideration",
        "consideration of a release that is possible",
    ),
    ("release.decision", "decision on the release"),
    (
        "release.effect",
        "departure of a person whose release was granted",
    ),
    (
        "release.next-consideration",
        "next consideration of the release",
    ),
    (
        "release.return",
        "return of a person who was released for a while",
    ),
    ("report.due", "report to the court"),
    ("restorative.end", "end of what was agreed"),
    ("restorative.start", "start of the restorative process"),
    (
        "sentence.milder-law",
        "look at a sentence for which the law became milder",
    ),
    (
        "supervision.review-for-early-end",
        "review whether the supervision ends early",
    ),
];

/// What a clock waits for, in words; of a code that no clock has, the code itself as words.
pub fn waits_for(code: &str) -> String {
    let known = WAITING.iter().find(|(known, _)| *known == code);
    known.map_or_else(
        || {
            let (_, what) = code.split_once('.').unwrap_or(("", code));
            what.replace(['-', '_'], " ")
        },
        |(_, words)| (*words).to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// Every code of a clock that a source names: `"pretrial.review"`.
    fn codes_in(source: &Path, streams: &BTreeSet<String>) -> BTreeSet<String> {
        let text = std::fs::read_to_string(source).unwrap();
        let quoted = text.split('"').skip(1).step_by(2);
        let is_code = |text: &&str| {
            text.split_once('.').is_some_and(|(stream, word)| {
                let plain = |c: char| c.is_ascii_lowercase() || c == '-';
                streams.contains(stream) && !word.is_empty() && word.chars().all(plain)
            })
        };
        quoted.filter(is_code).map(str::to_owned).collect()
    }

    #[test]
    fn every_clock_says_in_words_what_it_waits_for() {
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let folders = std::fs::read_dir(&src).unwrap();
        let streams: BTreeSet<String> = folders
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.join("aggregate.rs").exists())
            .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
            .collect();
        let aggregates = streams
            .iter()
            .map(|stream| src.join(stream).join("aggregate.rs"));
        let sources = aggregates.chain([src.join("safeguards/clocks.rs")]);
        let codes: BTreeSet<String> = sources
            .flat_map(|source| codes_in(&source, &streams))
            .collect();
        let known: BTreeSet<String> = WAITING.iter().map(|(code, _)| (*code).to_owned()).collect();
        assert_eq!(codes, known);
        assert_eq!(
            waits_for("pretrial.review"),
            "review of detention or measures before judgment"
        );
        assert_eq!(waits_for("pretrial.some-thing"), "some thing");
    }
}
