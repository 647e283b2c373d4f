//! What may stand in the way of an act on a case kept out of court.

use crate::act::choose;
use crate::actor::Role;
use crate::refusals;
use crate::values::{CivilDate, Code, Day, Occurred, OffenceCode};

/// How to go on from a state in which an act is not possible.
fn way_out(state: &str) -> &'static str {
    match state {
        "not recorded" => "record the offer first",
        "offered" => "record the consent, or return the case",
        "agreed to" => "let the obligations begin, or return the case",
        "running" => "complete it, or return the case",
        "closed by a withdrawal" => "return the case to the prosecution",
        _ => "take a new id where the case is decided on anew",
    }
}

refusals! {
    /// A rule that stands in the way, with its values.
    DiversionRefusal {
        "DV-1" "diversion.already-recorded" at "": AlreadyRecorded, "an offer or a discharge is recorded under this id already: take a new id";
        "DV-1" "diversion.no-offence" at "offences": NoOffence, "no offence is named: name what the person is suspected of";
        "DV-2" "diversion.in-the-future" at "done": InTheFuture { done: Occurred }, "{done} lies in the future: it is recorded when it has happened";
        "DV-2" "diversion.too-early" at "done": TooEarly { done: CivilDate, follows: &'static str, on: CivilDate }, "{done} lies before the {follows} {}: give a later date", on.when();
        "DV-3" "diversion.not-possible" at "": NotPossible { state: &'static str, wish: &'static str }, "the diversion is {state}: {wish} is not possible; {}", way_out(state);
        "DV-4" "diversion.unknown-code" at "code": UnknownCode { list: &'static str, code: Code, known: Vec<Code> } where code, "{code} is not in the list of {list} of this jurisdiction: {}", choose(known);
        "DV-5" "diversion.nothing-asked" at "obligations": NothingAsked, "nothing is asked of the person: name at least one obligation, or discharge the case";
        "DV-5" "diversion.terms-missing" at "obligations": TermsMissing { kind: Code }, "nothing says what {kind} asks: say it, so that the person knows what they agree to";
        "DV-5" "diversion.ends-too-early" at "obligations": EndsTooEarly { until: Day, decided: CivilDate }, "it ends on {until}, before it is decided {}: give a later day", decided.when();
        "DV-5" "diversion.too-long" at "obligations": TooLong { until: Day, latest: Day }, "an obligation until {until} goes beyond {latest}, the latest day that the law allows: end it by then";
        "DV-6" "diversion.nothing-ran" at "reason": NothingRan { reason: Code }, "{reason} says that the person failed, and no obligation had begun: give the reason why nothing began";
        "DV-6" "diversion.nothing-withdrawn" at "reason": NothingWithdrawn { reason: Code }, "{reason} says that consent was withdrawn, and no withdrawal is recorded: record it first, or give another reason";
        "TR-3.1" "diversion.not-in-force" at "basis": NotInForce { basis: Code, on: CivilDate }, "{basis} is not in force {}: name the provision that is", on.when();
        "TR-3.3" "diversion.not-competent" at "by": NotCompetent { role: Role }, "{role} may not decide this: leave it to the prosecutor or the court that is named as deciding";
        "TR-3.3" "diversion.not-minor" at "offences": NotMinor { offence: OffenceCode }, "{offence} is no minor offence: the prosecution may not ask for anything on its own, take the case to a court";
        "TR-3.4" "diversion.consent-missing" at "": ConsentMissing, "obligations in place of a trial need the person's informed consent before them: record it, with what was explained";
        "TR-3.4" "diversion.guardian-missing" at "": GuardianMissing, "the person may be a child: record the parent's or guardian's consent too";
        "TR-3.4w" "diversion.withdrawal-is-no-failure" at "reason": WithdrawalIsNoFailure { reason: Code }, "{reason} says that the person failed, and consent was withdrawn, which is no failure: give the withdrawal as the reason";
        "TR-5.1" "diversion.criteria-missing" at "criteria": CriteriaMissing, "no published criterion is named: name those that are met, or give reasons";
        "CRC-40" "diversion.under-age" at "age_at_offence": UnderAge { minimum: u16 }, "the person was under {minimum}, the age of criminal responsibility, at the offence: pass the case to child welfare";
        "CRC-AGE" "diversion.age-contradicted" at "age_at_offence": AgeContradicted, "the age that is told is not what the date of birth says that the register keeps: whoever may be a child is treated as one until it is settled which is wrong";
        "DP-7" "diversion.not-for-software" at "": NotForSoftware, "whether somebody is tried is decided by people: no process of the register may do it";
    }
}
