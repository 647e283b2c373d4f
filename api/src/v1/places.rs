//! Where in a request the field stands that a rule names.
//!
//! Rules know a count or a component by its number and a field by its name; a request holds them in lists, under the
//! name of the command: `impose.decision.counts[0].components[0].sanction`.

use infra::vault::LONGEST;
use serde_json::{Map, Value};

use crate::problem::Problem;

/// What the same thing is called in some commands.
const ALSO: [(&str, &[&str]); 7] = [
    ("pronounced", &["on", "lodged", "done"]),
    ("done", &["made", "pronounced", "alleged"]),
    ("on", &["done"]),
    ("office", &["to"]),
    ("length", &["period"]),
    ("credit", &["quantity"]),
    (
        "until",
        &["expires", "next_consideration", "carry_out_by", "decide_by"],
    ),
];
/// What belongs to the terms of a requirement, also where it is left out.
const OF_TERMS: [&str; 4] = ["kind", "quantity", "length", "consent"];
/// The same problem, its field as a place in the command that was sent.
pub(super) fn placed(mut problem: Problem, sent: &[u8]) -> Problem {
    let sent: Value = serde_json::from_slice(sent).unwrap_or_default();
    let field = problem.field.as_deref().unwrap_or_default();
    let place = match problem.code.as_str() {
        "request.text-too-long" => first(&sent, "", &is_too_long),
        "request.already-sealed" => first(&sent, "", &is_sealed),
        _ if problem.rule.is_some() && !field.is_empty() => {
            let named = problem.named.as_deref();
            let stands =
                named.and_then(|named| first(&sent, "", &|value| value.as_str() == Some(named)));
            stands.or_else(|| place(&sent, field))
        }
        _ => None,
    };
    if place.is_some() {
        problem.field = place;
    }
    problem
}

fn place(sent: &Value, field: &str) -> Option<String> {
    let (name, command) = sent.as_object()?.iter().next()?;
    let (head, rest) = field.split_once('.').unwrap_or((field, ""));
    let command = command.as_object()?;
    let Some(from) = begin(command, head) else {
        return Some(deeper(name, command, head));
    };
    let path = format!("{name}.{from}");
    Some(follow(
        command.get(from).unwrap_or(&Value::Null),
        path,
        rest,
    ))
}

/// The field of the command itself that is meant.
fn begin<'a>(command: &Map<String, Value>, head: &'a str) -> Option<&'a str> {
    if command.contains_key(head) {
        return Some(head);
    }
    let (_, also) = ALSO.iter().find(|(name, _)| *name == head)?;
    also.iter()
        .copied()
        .find(|name| command.contains_key(*name))
}

/// A field that is not the command's own: where it stands in it, or where it would.
fn deeper(name: &str, command: &Map<String, Value>, head: &str) -> String {
    for (key, value) in command {
        let holds = |value: &Value| value.get(head).is_some();
        let path = format!("{name}.{key}");
        match value {
            Value::Object(_) if holds(value) || (key == "terms" && OF_TERMS.contains(&head)) => {
                return format!("{path}.{head}");
            }
            Value::Array(items) if key == "requirements" && OF_TERMS.contains(&head) => {
                return match items.as_slice() {
                    [_] => format!("{path}[0].{head}"),
                    _ => path,
                };
            }
            _ => {}
        }
    }
    format!("{name}.{head}")
}

/// Follows a rule's path from a value; it ends at the list where the rule does not say which.
fn follow(value: &Value, path: String, rest: &str) -> String {
    let (head, after) = rest.split_once('.').unwrap_or((rest, ""));
    if head.is_empty() {
        return path;
    }
    match value {
        Value::Array(items) => match (numbered(items, head), items.as_slice()) {
            (Some((index, item)), _) => follow(item, format!("{path}[{index}]"), after),
            (None, [item]) => follow(item, format!("{path}[0]"), rest),
            (None, _) => path,
        },
        Value::Object(fields) if head == "components" && fields.contains_key("counts") => {
            component(value, &path, after)
        }
        _ => {
            let next = value.get(head).unwrap_or(&Value::Null);
            follow(next, format!("{path}.{head}"), after)
        }
    }
}

/// Components are numbered through all counts.
fn component(decision: &Value, path: &str, rest: &str) -> String {
    let (number, after) = rest.split_once('.').unwrap_or((rest, ""));
    let counts = decision.get("counts").and_then(Value::as_array);
    let counts = counts.map(Vec::as_slice).unwrap_or_default();
    for (index, count) in counts.iter().enumerate() {
        let components = count.get("components").and_then(Value::as_array);
        if let Some((at, found)) = components.and_then(|all| numbered(all, number)) {
            let path = format!("{path}.counts[{index}].components[{at}]");
            return follow(found, path, after);
        }
    }
    match counts {
        [_] => format!("{path}.counts[0].components"),
        _ => format!("{path}.counts"),
    }
}

/// The item of a number, with its place from 0.
fn numbered<'a>(items: &'a [Value], number: &str) -> Option<(usize, &'a Value)> {
    let number: u64 = number.parse().ok()?;
    let mut items = items.iter().enumerate();
    items.find(|(_, item)| item.get("no").and_then(Value::as_u64) == Some(number))
}

fn is_too_long(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.len() > LONGEST)
}

fn is_sealed(value: &Value) -> bool {
    value.get("sealed").is_some() && value.get("key").is_some()
}

/// Where the first value stands that is meant.
fn first(value: &Value, path: &str, is_meant: &impl Fn(&Value) -> bool) -> Option<String> {
    if is_meant(value) {
        return Some(path.to_owned());
    }
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(index, item)| first(item, &format!("{path}[{index}]"), is_meant)),
        Value::Object(fields) => fields.iter().find_map(|(name, item)| {
            let path = format!("{path}.{name}");
            first(item, path.trim_start_matches('.'), is_meant)
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(sent: &Value, field: &str) -> String {
        place(sent, field).unwrap()
    }

    #[test]
    fn a_number_of_a_rule_is_a_place_in_a_list() {
        let component = |no: u8| json!({"no": no, "sanction": {"fine": {}}});
        let sent = json!({"impose": {"person": "x", "decision": {"counts": [
            {"no": 1, "components": [component(1)]},
            {"no": 2, "components": [component(2), component(3)]}
        ]}}});
        for (field, place) in [
            (
                "decision.components.3.sanction",
                "impose.decision.counts[1].components[1].sanction",
            ),
            ("decision.counts.2.range", "impose.decision.counts[1].range"),
            (
                "decision.counts.components.sanction",
                "impose.decision.counts",
            ),
            ("decision.reasons", "impose.decision.reasons"),
            ("person", "impose.person"),
        ] {
            assert_eq!(found(&sent, field), place);
        }
    }

    #[test]
    fn a_code_that_no_list_knows_is_found_wherever_it_stands() {
        let sent =
            json!({"grant": {"decided": "2026-03-02", "conditions": [{"condition": "moon"}]}});
        let problem = |named: &str| {
            let mut problem = Problem::usage("x", "code", "");
            problem.rule = Some("RL-4".to_owned());
            problem.named = Some(named.to_owned());
            placed(problem, &serde_json::to_vec(&sent).unwrap()).field
        };
        assert_eq!(
            problem("moon").as_deref(),
            Some("grant.conditions[0].condition")
        );
        assert_eq!(problem("sun").as_deref(), Some("grant.code"));
    }

    #[test]
    fn a_field_is_found_under_the_name_that_the_command_gives_it() {
        let sent = json!({"complete": {"on": "2026-03-02"}});
        assert_eq!(found(&sent, "pronounced"), "complete.on");
        let sent = json!({"make": {"made": "2026", "requirements": [{"kind": "treatment"}]}});
        assert_eq!(found(&sent, "consent"), "make.requirements[0].consent");
        assert_eq!(found(&sent, "done"), "make.made");
        let sent = json!({"grant": {"expires": "2026-03-01"}});
        assert_eq!(found(&sent, "until"), "grant.expires");
        let sent = json!({"hold_review": {"done": "2026"}});
        assert_eq!(found(&sent, "next_review"), "hold_review.next_review");
        let sent = json!({"record_attendance": {"meeting": {"appointment": 4}}});
        assert_eq!(
            found(&sent, "appointment"),
            "record_attendance.meeting.appointment"
        );
    }
}
