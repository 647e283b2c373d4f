//! What may stand in the way of an act in a stay.

use crate::act::choose;
use crate::refusals;
use crate::values::{ChildNo, CivilDate, Code, Day, FacilityCode, Occurred};

/// How to go on from a state in which an act is not possible.
fn way_out(state: &str) -> &'static str {
    match state {
        "not recorded" => {
            "admit the person first, or record that the person is held without a valid order"
        }
        "released" => "begin another stay under a new id",
        "held without a valid order" => "record the order that was missing, or release the person",
        "held on a decision that fell" => {
            "record the order on which the stay goes on, or release the person"
        }
        "held after a sentence without its committal" => {
            "record the committal on the sentence, or release the person"
        }
        "isolated" => "end the isolation first",
        _ => "read how it stands, and decide what is possible",
    }
}

/// Several things in one sentence.
fn listing<T: AsRef<str>>(things: &[T]) -> String {
    let words: Vec<&str> = things.iter().map(AsRef::as_ref).collect();
    words.join(", ")
}

/// Codes in one sentence.
fn words(codes: &[Code]) -> String {
    let words: Vec<&str> = codes.iter().map(Code::as_str).collect();
    words.join(", ")
}

refusals! {
    /// A rule that stands in the way, with its values.
    CustodyRefusal {
        "CU-1" "custody.already-begun" at "": AlreadyBegun, "a stay is recorded under this id already: take a new id";
        "CU-2" "custody.in-the-future" at "done": InTheFuture { done: Occurred }, "{done} lies in the future: it is recorded when it has happened";
        "CU-2" "custody.before-the-stay" at "done": BeforeTheStay { done: CivilDate, began: CivilDate }, "{done} lies before the stay began {}: give a later date", began.when();
        "CU-2" "custody.arrested-later" at "arrival": ArrestedLater { arrested: CivilDate, admitted: CivilDate }, "the arrest {} comes after the admission {}: put one of the two right", arrested.when(), admitted.when();
        "CU-3" "custody.not-possible" at "": NotPossible { state: &'static str, wish: &'static str }, "the person is {state}: {wish} is not possible; {}", way_out(state);
        "CU-4" "custody.unknown-place" at "facility": UnknownPlace { facility: FacilityCode }, "{facility} is no place of detention of this jurisdiction: choose one of its list";
        "CU-4" "custody.unknown-code" at "code": UnknownCode { list: &'static str, code: String, known: Vec<Code> } where code, "{code} is not in the list of {list} of this jurisdiction: {}", choose(known);
        "CU-5" "custody.nothing-missing" at "missing": NothingMissing, "nothing is said to be missing: name what is, or admit the person on the order";
        "CU-5" "custody.note-missing" at "note": NoteMissing, "nothing is said of how the person comes to be held: say what is known of it";
        "CU-6" "custody.same-place" at "to": SamePlace { facility: FacilityCode }, "the person is in {facility} already: name the place to which the person is moved";
        "CU-6" "custody.ends-too-early" at "ended": EndsTooEarly { ended: CivilDate, began: CivilDate }, "it ends {}, before it began {}: give a later date", ended.when(), began.when();
        "CU-7" "custody.no-such-child" at "child": NoSuchChild { child: ChildNo }, "no child {child} is noted in this stay: give the number of one that is, or none for a child not noted before";
        "CU-7" "custody.child-there" at "child": ChildThere { child: ChildNo }, "child {child} lives with its mother here already: nothing needs to be recorded";
        "CU-7" "custody.child-elsewhere" at "child": ChildElsewhere { child: ChildNo }, "child {child} does not live with its mother here: give the number of one that does";
        "CU-7" "custody.miscounted" at "reception.each_child": Miscounted { described: usize, children: u8 }, "{described} children are described, and {children} are said to depend on the person: put one of the two right";
        "CU-8" "custody.too-many-hours" at "hours_a_day": TooManyHours { hours: u8 }, "{hours} hours are more than a day has: give at most 24";
        "CU-9" "custody.family-untold" at "family_told": FamilyUntold, "the family was not told where the person is: tell it, unless the person does not want it, and record that";
        "CU-10" "custody.no-contact" at "held": NoContact { days: i64, most: u32 }, "the child had no contact with its family for {days} days, and {most} are the most: see that the next one comes sooner";
        "CU-11" "custody.not-apart" at "facility": NotApart { whom: &'static str, meant: Vec<Code> }, "the person is {whom}, and the place is meant for {}: move the person where such people are held apart, or name the part of the place that is for them", words(meant);
        "CU-12" "custody.child-with-adults" at "facility": ChildWithAdults { meant: Vec<Code> }, "the person is a child, or may be one, and the place is meant for {} and for no children: find a place for children, or name the provision that allows it", words(meant);
        "CU-12" "custody.child-not-said-apart" at "unit": ChildNotSaidApart, "the place is for children and adults, and nothing says that the child is held apart: name the part of the place that is for children";
        "CU-13" "custody.rests-on-another" at "decision": RestsOnAnother, "the stay does not rest on that decision: name the sentence or the case on which the person is held";
        "CU-14" "custody.nothing-answered" at "asked": NothingAnswered, "nothing is answered: give at least one answer, or that the person gave none";
        "CU-14" "custody.answered-already" at "asked": AnsweredAlready, "the stay holds exactly these answers already: nothing needs to be recorded";
        "CU-14" "custody.answered-otherwise" at "revises": AnsweredOtherwise { what: Vec<String> }, "the stay holds another answer on {}: say that this one takes its place, or leave it out", listing(what);
        "CU-15" "custody.injuries-seen" at "reception.injuries": InjuriesSeen, "injuries or signs of ill-treatment were seen: have a doctor document them and report them to the competent authority, and record both";
        "CU-15" "custody.injuries-taken-back" at "injuries": InjuriesTakenBack, "injuries or signs of ill-treatment were recorded, and that they were seen is taken back: see why, and have a doctor document and report what there is all the same";
        "TR-3.1" "custody.not-in-force" at "commitment.basis": NotInForce { provision: Code, on: CivilDate }, "{provision} is not in force {}: name the provision that is", on.when();
        "TR-3.10" "custody.basis-not-found" at "commitment.basis": BasisNotFound { what: &'static str }, "the register holds no such {what} in force for this person: name the one that allows the holding, or record that there is none";
        "TR-11.1" "custody.past-its-end" at "commitment.until": PastItsEnd { until: Day, on: CivilDate }, "the order allows the holding until {until}, and it would begin {}: ask the court for an order that holds", on.when();
        "TR-11.1" "custody.held-too-long" at "released": HeldTooLong { until: Day, released: CivilDate }, "the person was to be released by {until} and left {}: say to whoever watches how that came", released.when();
        "TR-14.5" "custody.no-provision" at "commitment.basis": NoProvision, "no provision is named that allows the arrest for a breach: name it";
        "TR-14.5" "custody.hearing-too-late" at "commitment.basis": HearingTooLate { hearing: Day, latest: Day }, "the hearing on {hearing} comes after {latest}, the latest day that the policy allows";
        "BR-3" "custody.children-not-asked" at "reception.children": ChildrenNotAsked, "nobody asked about the person's children: ask, and record the answer, or that the person gave none";
        "BR-22" "custody.carer-isolated" at "": CarerIsolated, "the person is pregnant, breastfeeding or with a child here: isolation is not for her, end it";
        "BR-41" "custody.factors-missing" at "level": FactorsMissing { level: Code, missing: Vec<&'static str> }, "{level} is above the lowest level, and nothing is known of {}: ask, or give the reasons", listing(missing);
        "BR-52" "custody.interests-not-assessed" at "best_interests": InterestsNotAssessed, "nothing says why it is best for the child: say it, or give the reasons";
        "BR-52" "custody.placement-missing" at "placement": PlacementMissing, "nothing says where the child goes: name it, or give the reasons";
        "BR-59" "custody.not-requested" at "requested": NotRequested, "she did not ask to be held: protect her in freedom";
        "BR-59" "custody.no-court" at "court": NoCourt, "no court watches over it: name the court that does";
        "HR-20/MR-7" "custody.identity-unchecked" at "reception.identity_checked": IdentityUnchecked, "the person's identity was not checked: check it before the person is received";
        "HR-20/MR-7" "custody.no-order" at "commitment.order": NoOrder, "no order is named: give its reference, or record that the person is held without one";
        "HR-20/MR-7" "custody.no-authority" at "commitment.authority": NoAuthority, "nothing says who gave the order: name the court or office";
        "HR-20/MR-7" "custody.reasons-missing" at "commitment.reasons": ReasonsMissing, "nothing says why the person is held: give the reasons of the order";
        "HR-20/MR-7" "custody.arrival-missing" at "arrival": ArrivalMissing, "nothing says how the person came: say when and where the person was arrested, or that the person came when called";
        "HR-20/MR-7" "custody.hour-missing" at "admitted": HourMissing, "the hour of the admission is missing: give it";
        "HR-20/MR-7" "custody.not-noted" at "reception": NotNoted { what: Vec<&'static str> }, "nothing is noted of {}: ask, and record the answer", listing(what);
        "HR-20/MR-7" "custody.held-irregularly" at "": HeldIrregularly { missing: Vec<Code> }, "the person is held without {}: release the person, or record the order", listing(&missing.iter().map(Code::as_str).collect::<Vec<_>>());
        "HR-20/MR-7" "custody.held-on-what-fell" at "decision": HeldOnWhatFell { what: &'static str, fell: CivilDate }, "the person is held without a valid order, for {what} {}: release the person, or record the order on which the stay goes on", fell.when();
        "HR-20/MR-7" "custody.committal-missing" at "decision": CommittalMissing { ended: CivilDate }, "the case before judgment ended with a sentence {}, and the order of detention with it: record the committal on the sentence, on which the stay goes on, or release the person", ended.when();
        "MR-9" "custody.copy-not-offered" at "copy_offered": CopyNotOffered, "no copy of the file was offered: offer it, and record the answer";
        "MR-44" "custody.health-unchecked" at "health_checked": HealthUnchecked, "nobody checked the person's health before the isolation: have it checked";
        "MR-44" "custody.alone-too-long" at "": AloneTooLong { days: u32, most: u32 }, "the person was alone for {days} days, and {most} are the most: say to whoever watches how that came";
        "CRC-AGE" "custody.age-contradicted" at "reception.age": AgeContradicted, "the age that is told is not what the date of birth says that the register keeps: whoever may be a child is treated as one until it is settled which is wrong";
        "DP-7" "custody.not-for-software" at "": NotForSoftware, "people decide about a stay: no process of the register may do it";
    }
}
