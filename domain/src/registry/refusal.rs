//! What may stand in the way of a record of the register itself.

use crate::act::choose;
use crate::refusals;
use crate::values::{CivilDate, Code, JurisdictionCode, Occurred, PublicationNo};

refusals! {
    /// A rule that stands in the way, with its values.
    RegistryRefusal {
        "RG-1" "registry.already-opened" at "": AlreadyOpened, "the register is open already: record what happens to it";
        "RG-1" "registry.not-possible" at "": NotOpened, "the register is not open: open it first";
        "RG-1" "registry.no-jurisdiction" at "jurisdictions": NoJurisdiction, "the register is of no jurisdiction: name at least one";
        "RG-1" "registry.jurisdiction-twice" at "jurisdictions": JurisdictionTwice { jurisdiction: JurisdictionCode }, "{jurisdiction} is named twice: name it once";
        "RG-2" "registry.in-the-future" at "done": InTheFuture { done: Occurred }, "{done} lies in the future: give the day on which it happened";
        "RG-2" "registry.before-the-opening" at "done": BeforeTheOpening { done: CivilDate, opened: CivilDate }, "{done} lies before the register was opened {}: give a later date", opened.when();
        "RG-3" "registry.sealed-already" at "upto": SealedAlready { upto: u64, sealed: u64 }, "consultations are sealed up to {sealed}, and {upto} reaches no further: seal those after it";
        "RG-4" "registry.not-the-next" at "number": NotTheNext { number: PublicationNo, next: PublicationNo }, "{number} is not the number that follows: give {next}";
        "RG-5" "registry.not-published" at "number": NotPublished { number: PublicationNo }, "no figures were published under {number}: give the number of some that were";
        "RG-5" "registry.withdrawn-already" at "number": WithdrawnAlready { number: PublicationNo }, "publication {number} is withdrawn already: nothing more has to be recorded";
        "RG-6" "registry.unknown-code" at "code": UnknownCode { list: &'static str, code: Code, known: Vec<Code> } where code, "{code} is not in the list of {list} of this jurisdiction: {}", choose(known);
        "RG-6" "registry.no-such-basis" at "basis": NoSuchBasis { basis: Code, on: CivilDate }, "{basis} is no provision in force {}: name the one that allowed it", on.when();
        "RG-7" "registry.ends-before-it-begins" at "to": EndsBeforeItBegins { from: Occurred, to: Occurred }, "{to} lies before {from}: give the later one as the end";
        "RG-8" "registry.key-known" at "key": KeyKnown { key: Code }, "{key} took the place of another already: give the id of the new key";
    }
}
