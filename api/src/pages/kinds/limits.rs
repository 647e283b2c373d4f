//! What the rules of the jurisdiction allow at most, said beside the field before anything is sent.

use domain::jurisdiction::Pack;
use domain::safeguards::is_asked;

/// The limit of a field of an act on a kind of case, by the stream, the act's word and the field's name.
pub(super) fn limit(law: &Pack, stream: &str, word: &str, field: &str) -> Option<String> {
    let (pretrial, custody) = (&law.pretrial, &law.custody);
    match (stream, word, field) {
        ("pretrial", "order_detention" | "review" | "extend", "next_review") => {
            let days = pretrial.review_days?;
            let of_children = pretrial.child_review_days;
            let of_children = of_children.map(|days| format!("; of a child, within {days}"));
            let of_children = of_children.unwrap_or_default();
            Some(format!("Within {days} days of the decision{of_children}"))
        }
        ("pretrial", "order_detention" | "extend", "until") => {
            let stages = pretrial.time_limits.iter();
            let stages = stages.map(|limit| format!("{}: {} days", limit.title, limit.days));
            let whole = pretrial.longest_days;
            let whole = whole.map(|days| format!("At most {days} days in detention in all"));
            let said: Vec<String> = whole.into_iter().chain(stages).collect();
            (!said.is_empty()).then(|| said.join(". "))
        }
        ("pretrial", "impose_alternative" | "vary_alternative", "measures") => pretrial
            .most_measures
            .map(|most| format!("More than {most} at once are noticed")),
        ("custody", "isolate", "hours_a_day") => Some(format!(
            "In whole hours. From {} hours a day it is solitary confinement, of which {} days are the most",
            custody.isolation_hours, custody.isolation_longest
        )),
        ("custody", _, "commitment.basis.breach.hearing_by") => custody
            .hearing_days
            .map(|days| format!("Within {days} days of the arrest")),
        ("custody", "record_contact", "held") => custody
            .contact_days
            .map(|days| format!("A child has one with its family at least every {days} days")),
        ("diversion", "offer", "until") => law
            .diversion
            .longest_days
            .map(|days| format!("Obligations last at most {days} days")),
        ("release", "refuse", "next_consideration") | ("release", "defer", "until") => law
            .release
            .again_days
            .map(|days| format!("Within {days} days")),
        ("facility", "change_regime", "until") => law.facility.visits_days.map(|days| {
            format!("Visits may stop for at most {days} days with nothing in their place")
        }),
        ("complaint", "submit" | "submit_without_person", "kind") => {
            let rules = &law.complaint;
            let days = rules.answer_days?;
            let urgent = rules.urgent_days;
            let urgent = urgent.map(|days| format!("; what is urgent, within {days}"));
            let urgent = urgent.unwrap_or_default();
            Some(format!("It is answered within {days} days{urgent}"))
        }
        _ => None,
    }
}

/// Whether an act taken now is refused without a field that its command lets be left out: what already happened is recorded
/// without it. Of one of several, the field without its number.
pub(super) fn needed(law: &Pack, stream: &str, word: &str, field: &str) -> bool {
    let plain: Vec<&str> = field
        .split('.')
        .filter(|part| part.parse::<u32>().is_err())
        .collect();
    let safeguard = match (stream, word, plain.join(".").as_str()) {
        ("pretrial", "order_detention", "grounds.facts" | "alternatives" | "alternatives.why") => {
            "TR-6.1"
        }
        ("pretrial", "order_detention", "counsel") => "KD-LA",
        ("pretrial", "extend", "necessity") => "EM-5",
        (
            "custody",
            "admit" | "regularise" | "continue_on",
            "commitment.order" | "commitment.authority" | "commitment.reasons",
        )
        | ("custody", "admit", "arrival" | "reception.identity_checked") => "HR-20/MR-7",
        _ => return false,
    };
    is_asked(safeguard, law)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::casework::midland;

    #[test]
    fn a_limit_of_the_rules_is_said_and_a_field_without_one_says_nothing() {
        let mut law = midland();
        law.pretrial.review_days = Some(28);
        law.pretrial.child_review_days = Some(14);
        let said = limit(&law, "pretrial", "order_detention", "next_review");
        assert_eq!(
            said.as_deref(),
            Some("Within 28 days of the decision; of a child, within 14")
        );
        law.pretrial.review_days = None;
        assert_eq!(
            limit(&law, "pretrial", "order_detention", "next_review"),
            None
        );
        assert_eq!(limit(&law, "pretrial", "order_detention", "reasons"), None);
    }
}
