use super::{after, assessment, just_now, note, start};
use crate::act::Reference;
use crate::personal::{DataClass, Personal, Seal, Sealed, Sealer};
use crate::stream::Stream;
use crate::supervision::{AgreePlan, Supervision, SupervisionCause, SupervisionCommand};
use crate::values::{PersonId, SentenceId};

#[test]
fn the_latest_assessment_is_the_one_made_last() {
    let supervision = after([
        SupervisionCommand::RecordAssessment(assessment("2026-02-02")),
        SupervisionCommand::RecordAssessment(assessment("2026-01-12")),
    ]);
    let (no, _) = supervision.started().unwrap().latest_assessment().unwrap();
    assert_eq!(no.0, 1);
}

#[test]
fn a_start_refers_to_the_person_and_to_what_it_hangs_on() {
    let sentence = SentenceId(uuid::Uuid::from_u128(3));
    let mut wish = start();
    wish.cause = SupervisionCause::Sentence(sentence);
    let person = wish.person;
    let refers = Supervision::default().refers(&SupervisionCommand::Start(wish));
    let expected = [Reference::Person(person), Reference::Sentence(sentence)];
    assert_eq!(refers, expected);
    let plan = SupervisionCommand::RecordAssessment(assessment("2026-02-02"));
    assert_eq!(Supervision::default().refers(&plan), []);
}

struct Keys(Vec<DataClass>);

impl Sealer for Keys {
    type Error = &'static str;

    fn seal(&mut self, class: DataClass, clear: &str) -> Result<Sealed, &'static str> {
        self.0.push(class);
        Ok(Sealed {
            id: uuid::Uuid::nil(),
            person: PersonId(uuid::Uuid::nil()),
            class,
            key: uuid::Uuid::nil(),
            sealed: clear.len().to_string(),
        })
    }

    fn refuse_sealed(&mut self) -> &'static str {
        "sealed already"
    }
}

#[test]
fn free_text_is_sealed_under_the_class_of_supervision() {
    let plan = |goals| {
        SupervisionCommand::AgreePlan(AgreePlan {
            done: just_now(),
            assessment: None,
            goals: Some(goals),
        })
    };
    let mut keys = Keys(Vec::new());
    let mut clear = plan(Personal::Clear("find a flat".to_owned()));
    clear.seal(&mut keys).unwrap();
    assert_eq!(keys.0, [DataClass::Supervision]);
    assert_eq!(plan(note()).seal(&mut keys), Err("sealed already"));
}

#[test]
fn a_supervision_concerns_the_person_who_is_supervised() {
    assert_eq!(Supervision::default().person(), None);
    assert_eq!(after([]).person(), Some(start().person));
}
