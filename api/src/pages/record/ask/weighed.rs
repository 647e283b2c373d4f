//! What the court weighed besides the offence: asked where the policy, or what is known of the person, asks for it.

use domain::jurisdiction::{Ask, Coded, Meaning};
use domain::sentence::SentenceRefusal;

use super::Asking;
use crate::pages::components::{Choice, Field, Form};

impl Asking<'_> {
    /// Purposes and the victim, as far as the policy asks; what is weighed of a carer and of a child, once the
    /// circumstances say that the person is one.
    pub(super) fn weighed(&self, mut form: Form) -> Form {
        let rules = &self.law.sentencing;
        let criteria = self.asks(Ask::Criteria);
        if (criteria && !rules.purposes.is_empty()) || self.stands("purposes") {
            let listed = rules.purposes.iter();
            let listed = listed.map(|p| (p.code.to_string(), p.title.clone()));
            let choices = self.several("purposes", listed);
            let label = "What the sentence is for";
            form = self.put(form, Field::checkboxes("purposes", label, choices));
        }
        if criteria || self.asks(Ask::Victim) || self.stands("victim") {
            let answers = [
                ("heard", "Heard"),
                ("not_wished", "Asked, and did not wish to be"),
                ("no_victim", "There is no victim"),
            ];
            form = self.answer(form, ("victim", "The victim"), &answers);
        }
        let is_said = self.stands("inquiry") || self.stands("child_ground");
        if is_said || self.may_be_a_child() || self.is_held_a_child() {
            form = self.of_a_child(form);
        }
        if self.has_a_child() || self.stands("carer_necessity") {
            form = self.of_a_carer(form);
        }
        form
    }

    fn of_a_child(&self, form: Form) -> Form {
        let answers = [
            ("reported", "A social inquiry report was before the court"),
            ("minor_case", "The case is minor and needs none"),
            ("none", "There was none"),
        ];
        let form = self.answer(form, ("inquiry", "The child's background"), &answers);
        let grounds = &self.law.pretrial.child_grounds;
        let form = self.listed(form, ("child_ground", "Why a child is held"), grounds);
        let label = "Why nothing else will do, and why it is as brief as can be";
        self.words(form, "child_last_resort", label)
    }

    fn of_a_carer(&self, form: Form) -> Form {
        let dangers = &self.law.pretrial.dangers;
        let label = ("carer_necessity", "Why somebody with a child is held");
        let form = self.listed(form, label, dangers);
        let label = "The child's best interests, and who cares for it";
        self.words(form, "carer_interests", label)
    }

    fn answer(&self, form: Form, (name, label): (&str, &str), answers: &[(&str, &str)]) -> Form {
        let answers = answers.iter();
        let answers = answers.map(|(value, words)| self.choice(name, value, words));
        self.chosen(form, (name, label), answers)
    }

    fn listed(&self, form: Form, (name, label): (&str, &str), list: &[Coded]) -> Form {
        let codes = list.iter();
        let codes = codes.map(|coded| self.choice(name, coded.code.as_str(), &coded.title));
        self.chosen(form, (name, label), codes)
    }

    fn chosen(
        &self,
        form: Form,
        (name, label): (&str, &str),
        choices: impl Iterator<Item = Choice>,
    ) -> Form {
        let first = self.none(name, "Not recorded");
        let choices = std::iter::once(first).chain(choices).collect();
        self.put(form, self.select(name, label, choices).optional())
    }

    fn words(&self, form: Form, name: &str, label: &str) -> Form {
        let field = Field::textarea(name, label, 4, self.value(name)).optional();
        self.put(form, field.hint("Stored encrypted, as the reasons are."))
    }

    fn may_be_a_child(&self) -> bool {
        let young = |band: &domain::jurisdiction::AgeBand| band.from < self.law.ages.majority;
        match self.typed.get("c_age-band") {
            Some("?not-asked" | "?declined") => true,
            Some(answer) => {
                let mut bands = self.law.sentencing.age_bands.iter();
                bands.any(|band| band.code.as_str() == answer && young(band))
            }
            None => false,
        }
    }

    /// Whether the rules ask what is asked of a child: the date of birth may say what nobody answered. It is not shown.
    fn is_held_a_child(&self) -> bool {
        let mut refusals = self.objections.iter().map(|objection| &objection.refusal);
        refusals.any(|refusal| {
            matches!(
                refusal,
                SentenceRefusal::NotInquired | SentenceRefusal::ChildNotWeighed
            )
        })
    }

    /// Whether the person is pregnant or has a dependent child, and is to be held.
    fn has_a_child(&self) -> bool {
        let with_child = [
            Meaning::Pregnant,
            Meaning::Breastfeeding,
            Meaning::DependentChild,
        ];
        let questions = self.law.sentencing.circumstances.iter();
        let mut means = questions.filter(|q| q.means.is_some_and(|m| with_child.contains(&m)));
        means.any(|question| self.typed.get(&format!("c_{}", question.code)) == Some("yes"))
    }
}
