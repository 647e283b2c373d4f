//! Form fields: label, hint and error are wired to the control, and what was typed is kept.

use askama::Template;

/// What may be typed into a line of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    Words,
    /// A reference or code: no spelling check, no capitals of its own.
    Reference,
    Search,
}

/// How much a line of text is expected to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    Few,
    Half,
    Full,
}

/// One of several answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
    pub is_chosen: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: None,
            is_chosen: false,
        }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    #[must_use]
    pub fn chosen_if(mut self, is_chosen: bool) -> Self {
        self.is_chosen = is_chosen;
        self
    }
}

/// A date as it was typed, in three parts, right or wrong; with its hour, where one is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedDate {
    pub day: String,
    pub month: String,
    pub year: String,
    pub hour: Option<String>,
}

/// A length of time as it was typed, in three parts, right or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedLength {
    pub years: String,
    pub months: String,
    pub days: String,
}

/// What the reader acts on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    Text {
        typed: Typed,
        size: Size,
        value: String,
    },
    /// A quantity; its unit stands behind it and belongs to its label for those who listen.
    Number {
        unit: String,
        value: String,
    },
    /// Sends `name_day`, `name_month` and `name_year`, and `name_hour` where the hour is asked.
    Date(TypedDate),
    /// Sends `name_years`, `name_months` and `name_days`.
    Length(TypedLength),
    Radios(Vec<Choice>),
    Checkboxes(Vec<Choice>),
    Select(Vec<Choice>),
    Textarea {
        rows: u8,
        value: String,
    },
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "components/field.html")]
pub struct Field {
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    pub error: Option<String>,
    pub is_optional: bool,
    /// The label is heard, not seen: inside a table whose column says it.
    pub is_quiet: bool,
    /// Where the reader goes on: it takes the focus unless something went wrong.
    pub is_next: bool,
    pub control: Control,
}

impl Field {
    pub fn new(name: impl Into<String>, label: impl Into<String>, control: Control) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            hint: None,
            error: None,
            is_optional: false,
            is_quiet: false,
            is_next: false,
            control,
        }
    }

    pub fn text(
        name: impl Into<String>,
        label: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        Self::new(
            name,
            label,
            Control::Text {
                typed: Typed::Words,
                size: Size::Full,
                value: value.into(),
            },
        )
    }

    pub fn reference(
        name: impl Into<String>,
        label: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        Self::new(
            name,
            label,
            Control::Text {
                typed: Typed::Reference,
                size: Size::Half,
                value: value.into(),
            },
        )
    }

    pub fn number(
        name: impl Into<String>,
        label: impl Into<String>,
        unit: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        Self::new(
            name,
            label,
            Control::Number {
                unit: unit.into(),
                value: value.into(),
            },
        )
    }

    pub fn date(name: impl Into<String>, label: impl Into<String>, typed: TypedDate) -> Self {
        Self::new(name, label, Control::Date(typed))
    }

    pub fn length(name: impl Into<String>, label: impl Into<String>, typed: TypedLength) -> Self {
        Self::new(name, label, Control::Length(typed))
    }

    pub fn radios(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self::new(name, label, Control::Radios(choices))
    }

    pub fn checkboxes(
        name: impl Into<String>,
        label: impl Into<String>,
        choices: Vec<Choice>,
    ) -> Self {
        Self::new(name, label, Control::Checkboxes(choices))
    }

    pub fn select(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self::new(name, label, Control::Select(choices))
    }

    pub fn textarea(
        name: impl Into<String>,
        label: impl Into<String>,
        rows: u8,
        value: impl Into<String>,
    ) -> Self {
        Self::new(
            name,
            label,
            Control::Textarea {
                rows,
                value: value.into(),
            },
        )
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    #[must_use]
    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    /// It may be left out; a choice that was made can then be taken back.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.is_optional = true;
        if let Control::Radios(choices) = &mut self.control
            && !choices.is_empty()
            && choices.iter().all(|choice| !choice.value.is_empty())
        {
            let is_open = choices.iter().all(|choice| !choice.is_chosen);
            choices.push(Choice::new("", "No answer").chosen_if(is_open));
        }
        self
    }

    #[must_use]
    pub fn focused_if(mut self, is_next: bool) -> Self {
        self.is_next = is_next;
        self
    }

    #[must_use]
    pub fn quiet(mut self) -> Self {
        self.is_quiet = true;
        self
    }

    /// The id of the first thing that can be focused; an error leads there.
    pub fn id(&self) -> String {
        let safe = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        format!("f-{}", self.name.chars().map(safe).collect::<String>())
    }

    /// What `aria-describedby` names: the hint, then the error.
    pub(crate) fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id()));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.id()));
        match (hint, error) {
            (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
            (one, other) => one.or(other),
        }
    }

    /// Several controls answer one question: a fieldset with a legend.
    pub(crate) fn is_group(&self) -> bool {
        matches!(
            self.control,
            Control::Date(_) | Control::Length(_) | Control::Radios(_) | Control::Checkboxes(_)
        )
    }

    /// Choices with their ids. The first carries the field's own, so that an error leads to it.
    pub(crate) fn numbered<'a>(&self, choices: &'a [Choice]) -> Vec<NumberedChoice<'a>> {
        let numbered = choices.iter().enumerate().map(|(place, choice)| {
            let id = if place == 0 {
                self.id()
            } else {
                format!("{}-{place}", self.id())
            };
            let hint = choice
                .hint
                .as_ref()
                .map(|words| (format!("{id}-choice-hint"), words.as_str()));
            NumberedChoice { id, hint, choice }
        });
        numbered.collect()
    }

    /// The boxes of a date. The first carries the field's own id, so that an error leads to it.
    pub(crate) fn date_parts<'a>(&self, typed: &'a TypedDate) -> Vec<TypedPart<'a>> {
        let day = self.parts([
            ("day", "Day", &typed.day),
            ("month", "Month", &typed.month),
            ("year", "Year", &typed.year),
        ]);
        let hour = typed.hour.as_deref().map(|value| TypedPart {
            key: "hour",
            label: "Hour, such as 14:30",
            value,
            id: format!("{}-hour", self.id()),
            is_first: false,
        });
        day.into_iter().chain(hour).collect()
    }

    /// The boxes of a length.
    pub(crate) fn length_parts<'a>(&self, typed: &'a TypedLength) -> [TypedPart<'a>; 3] {
        self.parts([
            ("years", "Years", &typed.years),
            ("months", "Months", &typed.months),
            ("days", "Days", &typed.days),
        ])
    }

    fn parts<'a>(
        &self,
        parts: [(&'static str, &'static str, &'a String); 3],
    ) -> [TypedPart<'a>; 3] {
        let first = parts[0].0;
        parts.map(|(key, label, value)| TypedPart {
            key,
            label,
            value,
            id: if key == first {
                self.id()
            } else {
                format!("{}-{key}", self.id())
            },
            is_first: key == first,
        })
    }
}

/// A choice as it stands in the page.
pub(crate) struct NumberedChoice<'a> {
    pub(crate) id: String,
    pub(crate) hint: Option<(String, &'a str)>,
    pub(crate) choice: &'a Choice,
}

/// One of the three inputs of a date or a length.
pub(crate) struct TypedPart<'a> {
    pub(crate) key: &'static str,
    pub(crate) label: &'static str,
    pub(crate) value: &'a str,
    pub(crate) id: String,
    pub(crate) is_first: bool,
}

impl Size {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Few => "few",
            Self::Half => "half",
            Self::Full => "full",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hint_and_error_describe_the_control_in_this_order() {
        let field = Field::number("amount", "Hours", "hours", "-3")
            .hint("Whole hours")
            .error(Some("Hours cannot be negative".to_owned()));
        assert_eq!(
            field.described_by().as_deref(),
            Some("f-amount-hint f-amount-error")
        );
        let html = field.render().unwrap();
        for part in [
            "for=\"f-amount\"",
            "id=\"f-amount-hint\"",
            "id=\"f-amount-error\"",
            "aria-invalid=\"true\"",
            "value=\"-3\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn the_first_part_of_a_group_carries_the_id_errors_lead_to() {
        let radios = Field::radios(
            "outcome",
            "Outcome",
            vec![
                Choice::new("a", "Attended"),
                Choice::new("b", "Absent").chosen_if(true),
            ],
        );
        let html = radios.render().unwrap();
        assert!(html.contains("<legend"), "{html}");
        assert_eq!(html.matches("id=\"f-outcome\"").count(), 1);
        assert_eq!(html.matches(" checked").count(), 1);
        let date = Field::date(
            "made_on",
            "Date",
            TypedDate {
                day: "31".into(),
                month: "2".into(),
                year: "2026".into(),
                hour: None,
            },
        );
        let html = date.render().unwrap();
        assert!(html.contains("name=\"made_on_month\""), "{html}");
        assert_eq!(html.matches("id=\"f-made-on\"").count(), 1);
    }

    #[test]
    fn a_choice_that_may_be_left_out_can_be_taken_back() {
        let answers = |chosen| {
            let choices = vec![
                Choice::new("yes", "Yes").chosen_if(chosen),
                Choice::new("no", "No"),
            ];
            Field::radios("told", "Told", choices)
        };
        let open = answers(false).optional().render().unwrap();
        assert!(open.contains("value=\"\" checked"), "{open}");
        let given = answers(true).optional().render().unwrap();
        assert!(
            given.contains("No answer") && !given.contains("value=\"\" checked"),
            "{given}"
        );
        assert!(!answers(false).render().unwrap().contains("No answer"));
    }

    #[test]
    fn the_next_field_takes_the_focus_once() {
        let text = Field::number("amount", "Amount", "EUR", "").focused_if(true);
        assert!(text.render().unwrap().contains(" autofocus"));
        let date = Field::date("until", "Until", TypedDate::default()).focused_if(true);
        assert_eq!(date.render().unwrap().matches(" autofocus").count(), 1);
        let quiet = Field::number("amount", "Amount", "EUR", "");
        assert!(!quiet.render().unwrap().contains("autofocus"));
    }

    #[test]
    fn a_length_is_one_question_with_three_boxes() {
        let typed = TypedLength {
            months: "18".into(),
            ..TypedLength::default()
        };
        let html = Field::length("term", "Term", typed).render().unwrap();
        assert_eq!(html.matches("<legend").count(), 1);
        for part in [
            "name=\"term_years\"",
            "id=\"f-term\"",
            "name=\"term_months\" value=\"18\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn what_was_typed_is_escaped() {
        let html = Field::text("x", "<b>", "\"><script>").render().unwrap();
        assert!(
            !html.contains("<b>") && !html.contains("<script>"),
            "{html}"
        );
    }
}
