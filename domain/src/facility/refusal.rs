//! What may stand in the way of an act on a place of detention.

use crate::act::choose;
use crate::refusals;
use crate::values::{CivilDate, Code, Day, FacilityCode, Occurred};

/// How to go on from a state in which an act is not possible.
fn way_out(state: &str) -> &'static str {
    match state {
        "not recorded" => "open the place first",
        _ => "open it again under a new id",
    }
}

refusals! {
    /// A rule that stands in the way, with its values.
    FacilityRefusal {
        "FA-1" "facility.already-opened" at "": AlreadyOpened, "a place is open under this id already: take a new id";
        "FA-2" "facility.in-the-future" at "done": InTheFuture { done: Occurred }, "{done} lies in the future: it is recorded when it has happened";
        "FA-2" "facility.before-the-opening" at "done": BeforeTheOpening { done: CivilDate, opened: CivilDate }, "{done} lies before the place was opened {}: give a later date", opened.when();
        "FA-2" "facility.ends-too-early" at "until": EndsTooEarly { from: Day, until: Day }, "it ends on {until}, before it begins on {from}: give a later day";
        "FA-3" "facility.not-possible" at "": NotPossible { state: &'static str, wish: &'static str }, "the place is {state}: {wish} is not possible; {}", way_out(state);
        "FA-4" "facility.unknown-place" at "facility": UnknownPlace { facility: FacilityCode }, "{facility} is no place of detention of this jurisdiction: choose one of its list";
        "FA-4" "facility.unknown-code" at "code": UnknownCode { list: &'static str, code: Code, known: Vec<Code> } where code, "{code} is not in the list of {list} of this jurisdiction: {}", choose(known);
        "FA-5" "facility.no-places" at "places": NoPlaces, "a capacity of no places says nothing: give the number of places, or close the place";
        "FA-5" "facility.holds-without-unit" at "holds": HoldsWithoutUnit, "whom a capacity is meant for is said of a part of the place, and no part is named: name the part, or leave it out";
        "FA-5" "facility.part-exceeds-whole" at "": PartExceedsWhole { part: String, count: u32, whole: u32 }, "{count} {part} are more than the {whole} in all: put one of the two counts right";
        "FA-5" "facility.counted-twice" at "groups": CountedTwice { group: Code }, "{group} is counted twice: give one count for each group";
        "FA-6" "facility.visits-suspended" at "visits": VisitsSuspended { since: Day, days: u32 }, "visits are suspended since {since}, for more than {days} days, with nothing in their place: name what replaces them, or end the suspension";
        "FA-7" "facility.overcrowded" at "held": Overcrowded { held: u32, places: u32, definition: Code }, "{held} people are held in {places} places by the definition {definition}: find places, or release whom the law lets go";
        "FA-8" "facility.holds-others" at "groups": HoldsOthers { group: Code, held: u32 }, "{held} people of the group {group} are held in a place that is not meant for them: move them, or say that the place is for them too";
        "MR-10" "facility.capacity-missing" at "held": CapacityMissing, "no capacity is declared, so that nobody can say how full the place is: declare it";
    }
}
