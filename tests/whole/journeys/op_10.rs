//! Operative paragraph 10: rehabilitation; treatment by what a person needs; training and education.

use serde_json::json;
use tests::Failure;

use super::journey::{Journey, everywhere};

#[tokio::test]
async fn op_10_rehabilitation_rests_on_what_is_known_of_a_persons_own_needs() -> Result<(), Failure>
{
    everywhere(include_str!("op_10.toml"), async |it| {
        it.done("a clerk registers a man without work").await?;
        report(it).await?;
        it.done("the court orders supervision and a programme")
            .await?;
        it.follows("order", "/v1/orders?sentence=@sentence").await?;
        it.follows("supervision", "/v1/supervisions?person=@person")
            .await?;

        // A programme follows from an assessment of this person, and a plan has goals.
        it.noticed(
            "the officer sends him to a programme before anybody has asked what he needs",
            &["supervision.not-assessed"],
        )
        .await?;
        it.refused(
            "a plan is agreed that has no goals",
            "supervision.goals-missing",
        )
        .await?;
        it.done("his needs are assessed, with an instrument that is named")
            .await?;
        it.meets(
            "a plan is agreed that rests on the assessment",
            "supervision.assessment-missing",
        )
        .await?;
        it.meets(
            "he is referred to a course that readies for work",
            "supervision.not-assessed",
        )
        .await?;
        it.days_pass(14).await?;
        it.done("he starts the course").await?;
        it.days_pass(60).await?;
        it.done("he completes the course").await?;

        // What is asked of him is looked at again, and becomes less when it goes well.
        it.noticed("the review is held, and no next one is fixed", &["TR-10.3"])
            .await?;
        it.meets(
            "the review is held; it goes well, and less supervision is enough",
            "TR-10.3",
        )
        .await?;
        it.done("the level of supervision is lowered").await?;
        let supervision = it.get("probation", "/v1/supervisions/@supervision").await?;
        let course = &supervision["state"]["started"]["programmes"]["2"];
        assert_eq!(
            course["programme"],
            json!("work-readiness"),
            "{supervision}"
        );
        let page = it.page("probation", "/supervisions/@supervision").await?;
        page.says("Readiness for work")?;
        page.says("Low")
    })
    .await
}

/// A report tells facts, opinions and recommendations apart; whoever it is about may contest it.
async fn report(it: &mut Journey) -> Result<(), Failure> {
    it.done("the court asks for a report before it decides")
        .await?;
    it.refused("the officer files a fact that nobody has seen", "TR-7.1")
        .await?;
    it.refused("the officer files a score as if it were a fact", "TR-7.1")
        .await?;
    it.meets("the officer files a fact with its source", "TR-7.1")
        .await?;
    it.done("an opinion is filed as the opinion of whoever has it")
        .await?;
    it.done("a recommendation is filed as one").await?;
    it.done("he contests the fact").await?;
    it.refused("the report is to be finalised over his contest", "RP-9")
        .await?;
    it.done("the fact is put right").await?;
    it.done("the report is finalised").await
}
