//! What may stand in the way of an act in a matter with another State.

use super::command::{Authority, Matter, Side};
use crate::act::choose;
use crate::actor::Role;
use crate::refusals;
use crate::values::{
    CivilDate, Code, CourtCode, Day, Length, Occurred, OfficeCode, PretrialId, SentenceId,
};

/// The state of a matter to which nobody agreed, or agrees no longer.
pub(super) const UNAGREED: &str = "not agreed to";

/// How to go on from a state in which an act is not possible.
fn way_out(state: &str) -> &'static str {
    match state {
        "not recorded" => "record first what is asked",
        UNAGREED => "record first what the person agreed to",
        "asked for" => "record the decision, or end it",
        "arrested" => "record the request that follows, or the end",
        "granted" => "record that it was carried out, or end it",
        "refused" => "record that the refusal was set aside, where it was",
        _ => "take a new id where something is asked anew",
    }
}

fn listed(codes: &[Code]) -> String {
    let codes: Vec<&str> = codes.iter().map(Code::as_str).collect();
    codes.join(", ")
}

refusals! {
    /// A rule that stands in the way, with its values.
    CooperationRefusal {
        "IC-1" "cooperation.already-recorded" at "": AlreadyRecorded, "a matter is recorded under this id already: take a new id";
        "IC-1" "cooperation.no-offence" at "offences": NoOffence, "no offence is named: name what it is about, here or in the judgment";
        "IC-1" "cooperation.another-person" at "person": AnotherPerson, "the arrest under this id is of another person: take a new id";
        "IC-2" "cooperation.in-the-future" at "done": InTheFuture { done: Occurred }, "{done} lies in the future: it is recorded when it has happened";
        "IC-2" "cooperation.too-early" at "done": TooEarly { done: CivilDate, follows: &'static str, on: CivilDate }, "{done} lies before the {follows} {}: give a later date", on.when();
        "IC-3" "cooperation.not-possible" at "": NotPossible { state: &'static str, wish: &'static str }, "the matter is {state}: {wish} is not possible; {}", way_out(state);
        "IC-3" "cooperation.already-granted" at "by": AlreadyGranted { by: Authority }, "{by} has granted it already, and this adds nothing: record what follows, or the assurance that the other State gave since";
        "IC-4" "cooperation.unknown-code" at "code": UnknownCode { list: &'static str, code: Code, known: Vec<Code> } where code, "{code} is not in the list of {list} of this jurisdiction for such a matter: {}", choose(known);
        "IC-4" "cooperation.unknown-office" at "office": UnknownOffice { office: OfficeCode }, "{office} is no authority, office or court of this jurisdiction: choose one of the lists";
        "IC-4" "cooperation.unknown-court" at "court": UnknownCourt { court: CourtCode }, "{court} is no court of this jurisdiction: choose one of the list, or leave it out";
        "IC-5" "cooperation.sentence-not-in-force" at "origin": SentenceNotInForce { sentence: SentenceId }, "{sentence} is no sentence of this person that is in force: name one that is, or leave it out";
        "IC-5" "cooperation.case-not-open" at "origin": CaseNotOpen { case: PretrialId }, "{case} is no open case of this person before judgment: name one that is, or leave it out";
        "IC-5" "cooperation.judgment-missing" at "judgment": JudgmentMissing { matter: Matter }, "{matter} hangs on a judgment, and none is named: describe that of the other State, or name the sentence of this one";
        "IC-5" "cooperation.judgment-not-final" at "": JudgmentNotFinal, "nothing says since when the judgment is final: wait until it is, and ask again with that day";
        "IC-6" "cooperation.not-theirs" at "by": NotTheirs { side: Side, matter: Matter }, "{matter} of this direction is not for {side} to decide: name who decides";
        "IC-6" "cooperation.grant-missing" at "": GrantMissing { side: Side }, "nothing says that {side} has granted it: record the grant first";
        "IC-7" "cooperation.ground-missing" at "grounds": GroundMissing, "no ground of refusal is named: name those that stand in the way";
        "IC-8" "cooperation.not-examined" at "examined": NotExamined { grounds: Vec<Code> }, "nothing says that these grounds of refusal were examined: {}; examine them, and name them", listed(grounds);
        "IC-9" "cooperation.consent-missing" at "": ConsentMissing, "the person has not agreed, informed, to serve the sentence in the other State: record the consent, with what was explained";
        "IC-9" "cooperation.guardian-missing" at "": GuardianMissing, "the person may be a child: record the parent's or guardian's consent too";
        "IC-10" "cooperation.left-missing" at "left": LeftMissing, "nothing says what is left to be served: say the kind of penalty and its length";
        "IC-10" "cooperation.enforcement-missing" at "enforcement": EnforcementMissing, "nothing says whether the sentence is continued or converted: say which";
        "IC-10" "cooperation.aggravated" at "left": Aggravated, "what is to be served is heavier than what the judgment imposed: it may be the same or less";
        "IC-10" "cooperation.not-deducted" at "left": NotDeducted { left: Length, served: u32 }, "{} are left after {served} days were served, which together is more than the judgment imposed: deduct what was served", left.in_words();
        "IC-10" "cooperation.into-money" at "left": IntoMoney, "the judgment imposed custody, and what is to be served is money: custody is not turned into money";
        "IC-11" "cooperation.assurance-missing" at "": AssuranceMissing, "the other State may punish the offence with death, and gave no assurance against it: record the assurance with a grant, or refuse";
        "IC-11" "cooperation.torture-feared" at "": TortureFeared, "there are grounds to believe that the person would be in danger of torture there, and no assurance protects from it: refuse, or record the assurance with a grant";
        "IC-12" "cooperation.due-too-early" at "until": DueTooEarly { due: Day, on: CivilDate }, "{due} lies before the act that sets it {}: give a later day", on.when();
        "TR-3.1" "cooperation.not-in-force" at "basis": NotInForce { basis: Code, on: CivilDate }, "{basis} is not in force {}: name the treaty or statute that is", on.when();
        "TR-3.3" "cooperation.not-competent" at "by": NotCompetent { role: Role }, "{role} may not decide this: leave it to the court or the prosecutor that is named as deciding";
        "CRC-AGE" "cooperation.age-contradicted" at "age": AgeContradicted, "the age that is told is not what the date of birth says that the register keeps: whoever may be a child is treated as one until it is settled which is wrong";
        "DP-7" "cooperation.not-for-software" at "": NotForSoftware, "what States do about a person is asked, decided and carried out by people: no process of the register may do it";
    }
}
