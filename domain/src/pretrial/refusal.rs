//! What may stand in the way of an act before judgment.

use crate::act::choose;
use crate::actor::Role;
use crate::refusals;
use crate::safeguards::Reasoned;
use crate::values::{CivilDate, Code, CourtCode, Day, Occurred, SentenceId};

/// How to go on from a state in which an act is not possible.
fn way_out(state: &str) -> &'static str {
    match state {
        "not recorded" => "open the case first",
        "ended" => "open another case under a new id",
        _ => "read how it stands, and decide what is possible",
    }
}

/// What is asked where somebody is held without counsel.
fn cannot_wait(reasoned: Reasoned) -> &'static str {
    match reasoned {
        Reasoned::Yes => {
            "have counsel given; detention does not wait for it, for the reasons given"
        }
        Reasoned::No => "say why detention cannot wait for counsel",
    }
}

refusals! {
    /// A rule that stands in the way, with its values.
    PretrialRefusal {
        "PT-1" "pretrial.already-opened" at "": AlreadyOpened, "a case is open under this id already: take a new id";
        "PT-1" "pretrial.no-offence" at "offences": NoOffence, "no offence is named: name what the person is suspected of";
        "PT-2" "pretrial.in-the-future" at "done": InTheFuture { done: Occurred }, "{done} lies in the future: it is recorded when it has happened";
        "PT-2" "pretrial.before-the-opening" at "done": BeforeTheOpening { done: CivilDate, opened: CivilDate }, "{done} lies before the case was opened {}: give a later date", opened.when();
        "PT-3" "pretrial.not-possible" at "": NotPossible { state: &'static str, wish: &'static str }, "the case is {state}: {wish} is not possible; {}", way_out(state);
        "PT-4" "pretrial.unknown-code" at "code": UnknownCode { list: &'static str, code: Code, known: Vec<Code> } where code, "{code} is not in the list of {list} of this jurisdiction: {}", choose(known);
        "PT-4" "pretrial.unknown-court" at "court": UnknownCourt { court: CourtCode }, "{court} is no court of this jurisdiction: choose one of its list";
        "PT-5" "pretrial.nothing-imposed" at "measures": NothingImposed, "no measure is named: name at least one, or release without conditions";
        "PT-5" "pretrial.changes-nothing" at "measures": ChangesNothing, "these measures hold already: give what holds from now on";
        "PT-6" "pretrial.ends-too-early" at "until": EndsTooEarly { until: Day, decided: CivilDate }, "it ends on {until}, before it is decided {}: give a later day", decided.when();
        "PT-6" "pretrial.review-too-early" at "next_review": ReviewTooEarly { next: Day, decided: CivilDate }, "the next review on {next} comes before the decision {}: give a later day", decided.when();
        "PT-6" "pretrial.ends-before-review" at "until": EndsBeforeReview { until: Day, next: Day }, "detention ends on {until}, before its next review on {next}: give a review by the last day, or a later last day";
        "PT-6" "pretrial.not-longer" at "until": NotLonger { until: Day, stands: Day }, "detention lasts until {stands} already: an extension ends later than {until}";
        "PT-7" "pretrial.appeal-open" at "": AppealOpen, "an appeal waits for its decision: decide it first";
        "PT-8" "pretrial.sentence-not-in-force" at "how": SentenceNotInForce { sentence: SentenceId }, "{sentence} is no sentence of this person that is in force: name the one that ended the case, once it is recorded";
        "TR-3.1" "pretrial.not-in-force" at "basis": NotInForce { basis: Code, on: CivilDate }, "{basis} is not in force {}: name the provision that is", on.when();
        "TR-3.1" "pretrial.for-measures" at "basis": ForMeasures { basis: Code } where basis, "{basis} allows measures in place of detention and no detention: name the provision that allows it";
        "TR-3.3" "pretrial.not-competent" at "": NotCompetent { role: Role }, "liberty before judgment is decided by a court, and {role} is none: leave it to the court";
        "TR-3.4" "pretrial.consent-missing" at "consent": ConsentMissing, "an obligation before trial needs the person's informed consent before it: record it, with what was explained";
        "TR-3.4" "pretrial.guardian-missing" at "consent.guardian": GuardianMissing, "the person may be a child: the parent's or guardian's consent is needed too";
        "TR-3.5" "pretrial.review-untold" at "review_told": ReviewUntold, "the person was not told how to have it reviewed: tell it, and record that it was told";
        "TR-6.1" "pretrial.no-ground" at "grounds": NoGround, "no ground is named: name at least one, with the facts that show it";
        "TR-6.1" "pretrial.facts-missing" at "grounds": FactsMissing { ground: Code }, "no facts are given for {ground}: say what shows it";
        "TR-6.1" "pretrial.alternatives-not-considered" at "alternatives": AlternativesNotConsidered, "no alternative is named: name each that was considered, and why it does not suffice";
        "TR-6.1" "pretrial.alternative-unreasoned" at "alternatives": AlternativeUnreasoned { alternative: Code }, "nothing is said of why {alternative} does not suffice: say it";
        "TR-6.2" "pretrial.above-maximum" at "until": AboveMaximum { until: Day, latest: Day }, "detention until {until} goes beyond {latest}, the latest day that the law allows: end it by then";
        "TR-6.2" "pretrial.review-too-late" at "next_review": ReviewTooLate { next: Day, latest: Day }, "the next review on {next} comes after {latest}, the latest day that the policy allows";
        "TR-6.2" "pretrial.not-for-software" at "": NotForSoftware, "liberty is decided on by people: no process of the register may do it";
        "TR-6.3" "pretrial.appeal-untold" at "appeal_told": AppealUntold, "the person was not told how to appeal: tell it, and record that it was told";
        "TR-12.2" "pretrial.terms-missing" at "measures": TermsMissing { alternative: Code }, "nothing says what {alternative} asks: say what, where, and how it is seen whether it is kept";
        "TR-12.2" "pretrial.too-many" at "measures": TooMany { measures: usize, most: usize }, "{measures} measures are imposed at once, more than the {most} that the policy thinks can be kept";
        "BR-64" "pretrial.carer-not-weighed" at "carer": CarerNotWeighed, "the person is pregnant or has a dependent child: say what makes detention necessary, and what becomes of the child";
        "BJ-17" "pretrial.child-not-weighed" at "child": ChildNotWeighed, "the person may have been a child: name the ground that the law allows for a child, and why nothing else will do";
        "CRC-40" "pretrial.under-age" at "": UnderAge { minimum: u16 }, "the person was under {minimum}, the age of criminal responsibility, at the offence: pass the case to child welfare";
        "KD-LA" "pretrial.no-counsel" at "counsel": NoCounsel { reasoned: Reasoned }, "the person has no counsel and did not waive it: {}", cannot_wait(*reasoned);
        "KD-LA" "pretrial.counsel-not-recorded" at "counsel": CounselNotRecorded, "nothing says whether the person has counsel: answer the question, here or under legal aid of the case";
        "EM-5" "pretrial.necessity-missing" at "necessity": NecessityMissing, "nothing says why this case needs a longer detention: say it";
        "CRC-AGE" "pretrial.age-contradicted" at "age_at_offence": AgeContradicted, "the age that is told is not what the date of birth says that the register keeps: whoever may be a child is treated as one until it is settled which is wrong";
    }
}
