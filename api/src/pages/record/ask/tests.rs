use domain::sentence::SanctionKind;

use super::*;
use crate::pages::components::{Guard, Part};

fn midland() -> Pack {
    let (_, text) = domain::jurisdiction::BUILT_IN[1];
    Pack::parse(text).unwrap()
}

fn asked(typed: &Typed, errors: &Errors) -> Form {
    let law = midland();
    let shape = Shape::of(typed);
    let asking = Asking {
        typed,
        errors,
        law: &law,
        kinds: shape.kinds(typed, &law),
        shape,
        draft: None,
        placed: Placed::default(),
        objections: &[],
        known: &KnownBefore::default(),
        court: "ashby",
        focus: None,
    };
    let form = asking.case(Form::new("/x", Guard::open("t"), "Go on"));
    unplaced(asking.why(asking.counts(form)), errors)
}

fn fields(kind: SanctionKind) -> usize {
    let typed = Typed::of(&[("offence", "M403"), ("disposal", kind.word())]);
    let form = asked(&typed, &Errors::default());
    let fields = form.parts.iter().filter(|p| matches!(p, Part::Field(_)));
    fields.count()
}

#[test]
fn what_is_asked_grows_with_the_disposal() {
    assert!(fields(SanctionKind::Admonition) < fields(SanctionKind::Fine));
    assert!(fields(SanctionKind::Fine) < fields(SanctionKind::CommunityOrder));
    assert!(fields(SanctionKind::CommunityOrder) < fields(SanctionKind::SuspendedCustody));
    assert!(fields(SanctionKind::CommunityOrder) < fields(SanctionKind::Custody));
}

#[test]
fn the_heaviest_part_decides_what_is_asked() {
    let typed = Typed::of(&[
        ("offence", "M102"),
        ("disposal", "fine"),
        ("parts", "2"),
        ("disposal_1_2", "custody"),
    ]);
    let form = asked(&typed, &Errors::default());
    let names = form.parts.iter().filter_map(|part| match part {
        Part::Field(field) => Some(field.name.as_str()),
        _ => None,
    });
    let names: Vec<&str> = names.collect();
    assert!(
        names.contains(&"remand") && names.contains(&"term_1_2"),
        "{names:?}"
    );
}

#[test]
fn an_error_of_a_field_that_is_not_asked_is_said_of_the_whole() {
    let mut errors = Errors::default();
    errors.say("remand", "Give the days");
    let typed = Typed::of(&[("disposal", "fine")]);
    assert_eq!(asked(&typed, &errors).errors, ["Give the days"]);
}

#[test]
fn what_stands_and_the_pack_does_not_list_can_still_be_seen_and_kept() {
    let typed = Typed::of(&[
        ("court", "closed-long-ago"),
        ("offence", "M102"),
        ("disposal", "other"),
        ("measure", "banishment"),
    ]);
    let form = asked(&typed, &Errors::default());
    let kept = |name: &str, value: &str| {
        form.parts.iter().any(|part| match part {
            Part::Field(field) if field.name == name => match &field.control {
                crate::pages::components::Control::Select(choices) => {
                    choices.iter().any(|c| c.value == value && c.is_chosen)
                }
                _ => false,
            },
            _ => false,
        })
    };
    assert!(kept("court", "closed-long-ago"));
    assert!(kept("disposal", "other") && kept("measure", "banishment"));
}
