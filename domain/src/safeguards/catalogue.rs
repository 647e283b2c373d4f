//! The eighty safeguards as data. Ids are stable and never used again for something else.

use super::Class::{Hard, HardAndPolicy, Policy, Reasons};
use super::Safeguard;
use super::SecondDoor::{self, Closed, Critical};

const TOKYO: &str = "Tokyo Rules (General Assembly resolution 45/110)";
const BANGKOK: &str = "Bangkok Rules (General Assembly resolution 65/229)";
const HAVANA: &str = "Havana Rules (General Assembly resolution 45/113)";
const BEIJING: &str = "Beijing Rules (General Assembly resolution 40/33)";
const MANDELA: &str = "Nelson Mandela Rules (General Assembly resolution 70/175)";
const RES_76_184: &str = "General Assembly resolution 76/184";
const RESTORATIVE: &str = "Basic principles on restorative justice (ECOSOC resolution 2002/12)";
const CHILD: &str = "Convention on the Rights of the Child";
const LED: &str = "Directive (EU) 2016/680";

macro_rules! safeguards {
    ($($id:literal, $class:expr, $door:expr, $instrument:expr, $provision:literal, [$($act:literal),*], $says:literal, $record:literal, $effect:literal, $view:literal;)*) => {
        /// Every safeguard, in the order of its source.
        pub const SAFEGUARDS: &[Safeguard] = &[$(Safeguard {
            id: $id,
            class: $class,
            second_door: $door,
            instrument: $instrument,
            provision: $provision,
            acts: &[$($act),*],
            says: $says,
            record: $record,
            effect: $effect,
            view: $view,
        },)*];
    };
}

/// At the second door a finding: reasons would have sufficed, or it is never more than a finding.
const FINDING: SecondDoor = SecondDoor::Finding;

safeguards! {
    "TR-2.2", Hard, Closed, TOKYO, "2.2",
        ["emergency.publish_criteria", "policy.adopt"],
        "no criterion works against people for a protected trait; protecting them is allowed",
        "the attributes that each criterion reads",
        "a criterion that reads a protected trait adversely is refused",
        "policy audit";
    "TR-2.4", Policy, FINDING, TOKYO, "2.4",
        ["clock"],
        "a new measure is tried, watched and evaluated",
        "whether it is a pilot, and when it is evaluated",
        "a finding when the evaluation is overdue",
        "catalogue of measures";
    "TR-2.6", Reasons, FINDING, TOKYO, "2.6",
        ["sentence.propose", "sentence.impose", "sentence.impose_proposed"],
        "no more is imposed than is needed",
        "the lighter option that was considered",
        "reasons where more is imposed than the lighter option",
        "decision sheet";
    "TR-2.7", Policy, FINDING, TOKYO, "2.7; ICCPR art. 15",
        ["clock"],
        "whoever serves a sentence profits from a milder law",
        "from when to when each offence was law",
        "a finding when an offence is law no more: the sentences served for it are looked at",
        "running sentences";
    "TR-3.1", Hard, Critical, TOKYO, "3.1; ICCPR art. 15",
        ["sentence.propose", "sentence.impose", "sentence.impose_proposed", "pretrial.impose_alternative", "pretrial.order_detention", "order.make", "diversion.offer", "diversion.discharge", "custody.admit", "custody.regularise", "custody.continue_on", "release.grant", "release.record_release_by_law", "cooperation.request"],
        "every measure rests on a law in force",
        "statute and article, in force on the day",
        "an act without a basis in force is refused",
        "decision sheet";
    "TR-3.2", Reasons, FINDING, TOKYO, "3.2",
        ["sentence.propose", "sentence.impose", "sentence.impose_proposed"],
        "a measure is chosen by set criteria: offence, personality, background, purposes, victims",
        "the five blocks of criteria",
        "reasons where a block is empty",
        "decision sheet";
    "TR-3.3", Hard, Critical, TOKYO, "3.3",
        ["sentence.impose", "sentence.impose_proposed", "pretrial.order_detention", "pretrial.impose_alternative", "release.grant", "release.refuse", "diversion.offer", "diversion.discharge", "diversion.return_to_prosecution", "cooperation.grant", "cooperation.refuse", "cooperation.reopen"],
        "a competent, independent authority decides",
        "who decides, in which office, and until when the authority holds",
        "an act of somebody without that authority is refused",
        "decision sheet";
    "TR-3.4", Hard, Critical, TOKYO, "3.4; Beijing Rules 11.3",
        ["pretrial.impose_alternative", "diversion.activate", "clock"],
        "obligations before or instead of a trial need consent",
        "consent: language, counsel, consequences told, day; for a child the guardian's too",
        "an obligation without informed consent before it is refused",
        "consents";
    "TR-3.4w", Hard, Closed, TOKYO, "3.4",
        ["diversion.withdraw_consent", "diversion.return_to_prosecution", "cooperation.withdraw_consent"],
        "consent can always be withdrawn",
        "when it was withdrawn",
        "it succeeds, closes the obligation and is no breach",
        "consents";
    "TR-3.5", Policy, FINDING, TOKYO, "3.5",
        ["sentence.impose", "sentence.impose_proposed", "pretrial.impose_alternative", "complaint.answer", "clock"],
        "every decision can be reviewed, and the person is told how",
        "the route of review, its deadline, and that it was told",
        "a finding where nothing was told, or a review is overdue",
        "timeline";
    "TR-3.6", Hard, Closed, TOKYO, "3.6",
        ["complaint.submit", "complaint.submit_without_person"],
        "anybody can complain, about anything, at any time",
        "nothing is required",
        "it is never refused and never deleted",
        "complaints";
    "TR-3.7", Hard, Closed, TOKYO, "3.7",
        ["complaint.assign", "complaint.answer", "complaint.escalate", "complaint.resolve", "complaint.reopen", "complaint.withdraw", "clock"],
        "nobody answers a complaint about themselves, or takes another step in it",
        "who answers, the outcome, the redress",
        "an answer or another step by whom it is about is refused; a finding when it is overdue",
        "complaints";
    "TR-3.8", Hard, Critical, TOKYO, "3.8",
        ["supervision.refer_to_programme"],
        "nobody is experimented on",
        "how well the treatment is known, what speaks against it",
        "an experiment is refused; a finding on a contraindication",
        "programmes";
    "TR-3.10", Hard, Critical, TOKYO, "3.10; ICCPR art. 9",
        ["order.add_requirement", "order.vary_requirement", "custody.admit", "custody.regularise", "custody.continue_on", "sentence.start_custody"],
        "nothing is taken away that the decision does not take",
        "the decision that allows the restriction",
        "a restriction outside it is refused",
        "conditions";
    "TR-3.11", Hard, Closed, TOKYO, "3.11",
        ["store"],
        "the person's and the family's private life is spared",
        "nothing of where somebody moves; family data under a key of their own",
        "a field for it is refused as unknown",
        "monitoring";
    "TR-3.12", Hard, Closed, TOKYO, "3.12",
        ["read"],
        "records are open only to whoever has to do with the case",
        "relation to the case, purpose",
        "a reading without them is refused; every reading is kept",
        "access log";
    "TR-5.1", Reasons, FINDING, TOKYO, "5.1",
        ["diversion.offer", "diversion.discharge"],
        "a prosecutor discharges by published criteria",
        "the criteria and the reason",
        "reasons where no criterion is named",
        "diversions";
    "TR-6.1", Reasons, FINDING, TOKYO, "6.1",
        ["pretrial.order_detention"],
        "detention before judgment is the last resort",
        "the ground, the facts for it, each alternative and why it does not suffice",
        "reasons where one of them is missing",
        "pretrial board";
    "TR-6.2", HardAndPolicy, Closed, TOKYO, "6.2",
        ["pretrial.order_detention", "pretrial.review", "pretrial.extend", "clock"],
        "detention before judgment is reviewed and lasts no longer than the law allows",
        "the next review, the legal maximum",
        "nothing is released or extended by software; a critical finding when a review or the maximum has passed",
        "pretrial board";
    "TR-6.3", Policy, FINDING, TOKYO, "6.3",
        ["pretrial.order_detention", "pretrial.record_appeal_told"],
        "whoever is detained can appeal, and is told so",
        "that the appeal was explained",
        "a finding where it was not",
        "pretrial board";
    "TR-7.1", Hard, Closed, TOKYO, "7.1; Directive (EU) 2016/680 art. 7(1)",
        ["report.file_statement", "clock"],
        "a report tells facts, opinions and recommendations apart",
        "each statement by its kind, a fact with its source, an opinion with its author",
        "a statement without its kind or its source is refused",
        "reports";
    "TR-8.1", Policy, FINDING, TOKYO, "8.1",
        ["sentence.propose", "sentence.impose", "sentence.impose_proposed"],
        "the victim is heard where that is right",
        "whether the victim was consulted",
        "a finding where nothing is said of it",
        "decision sheet";
    "TR-8.2", Reasons, FINDING, TOKYO, "8.2",
        ["sentence.propose", "sentence.impose", "sentence.impose_proposed"],
        "custody only after non-custodial options were considered",
        "the options considered",
        "reasons where none is named",
        "alternatives";
    "TR-8.2m", Hard, Critical, TOKYO, "8.2(m)",
        ["sentence.propose", "sentence.impose", "sentence.impose_proposed"],
        "parts of one sentence are each a measure of their own, and stay under the cap together",
        "each part with its own life",
        "an empty part, or a total above the cap, is refused",
        "decision sheet";
    "PR-1", HardAndPolicy, Critical, RES_76_184, "operative paragraph 6",
        ["sentence.propose", "sentence.impose", "sentence.impose_proposed", "sentence.vary_on_appeal"],
        "no sentence above the maximum without a cited rule",
        "the statutory range, the rule that allows more",
        "above the maximum without a rule is refused; a finding outside the range",
        "proportionality";
    "PR-2", Hard, Closed, RES_76_184, "operative paragraph 6",
        ["read"],
        "comparable cases are shown as they were, never as advice",
        "how many there are, and by which definition",
        "too few cases are not shown; nothing recommends",
        "proportionality";
    "TR-9.3", Policy, FINDING, TOKYO, "9.3",
        ["release.refuse", "emergency.decide_release"],
        "a refusal of release can be reviewed, pardon excepted",
        "the route of review",
        "a finding where none is told",
        "release board";
    "TR-9.4", Policy, FINDING, TOKYO, "9.4; Beijing Rules 28",
        ["release.refuse", "release.defer", "clock"],
        "release is considered as early as possible",
        "since when it can be considered",
        "a finding on whoever is eligible and was never considered",
        "release board";
    "TR-10.2", Hard, Critical, TOKYO, "10.2",
        ["supervision.start", "supervision.assign_officer", "supervision.decide_recall"],
        "a competent authority supervises",
        "the office and its competence",
        "an office that is not competent is refused",
        "caseload";
    "TR-10.3", Policy, FINDING, TOKYO, "10.3",
        ["supervision.hold_review", "clock"],
        "supervision is reviewed and adjusted",
        "the next review",
        "a finding when it is overdue",
        "caseload";
    "TR-11.1", Hard, Critical, TOKYO, "11.1",
        ["order.make", "order.vary_period", "order.record_attendance", "supervision.record_contact", "supervision.request_recall", "supervision.decide_recall", "release.end", "release.record_return", "custody.admit", "custody.regularise", "custody.continue_on", "custody.release", "clock"],
        "nothing lasts longer than the authority fixed under the law",
        "the end, within the decision and the statute",
        "a later end is refused; a measure in the community expires by its date; custody past its end is a critical task",
        "measures";
    "TR-11.2", Policy, FINDING, TOKYO, "11.2",
        ["supervision.hold_review", "clock"],
        "a measure can end early when it has done its work",
        "the part served",
        "a finding at a review once the policy's part is served",
        "measures";
    "TR-12.2", Policy, FINDING, TOKYO, "12.2",
        ["order.make", "order.add_requirement", "pretrial.impose_alternative", "release.grant"],
        "conditions are few, practical and precise",
        "what is asked, and how it is seen whether it is kept",
        "an empty condition is refused; a finding on too many or on a clash",
        "conditions";
    "TR-12.3", Hard, Critical, TOKYO, "12.3",
        ["order.prove_breach"],
        "conditions are explained orally and in writing before they count",
        "when they were explained, how, in which language",
        "a breach of what was not explained before is refused",
        "breaches";
    "TR-13.5", Policy, FINDING, TOKYO, "13.5",
        ["supervision.assign_officer"],
        "an officer has no more cases than can be looked after",
        "the officer's cases",
        "a finding above the policy's number",
        "caseload";
    "TR-13.6", Hard, Closed, TOKYO, "13.6",
        ["supervision.start"],
        "there is one record of each case",
        "the case it hangs on",
        "a supervision without a case is refused",
        "caseload";
    "TR-14.2", Hard, Critical, TOKYO, "14.2",
        ["order.prove_breach", "order.find_breach_not_proven"],
        "both officer and offender are heard before a breach is decided",
        "both accounts, or that the chance was not used",
        "a decision without one of them is refused",
        "breaches";
    "TR-14.3", Hard, Closed, TOKYO, "14.3",
        ["order.prove_breach", "order.revoke", "supervision.decide_recall", "sentence.activate_suspended"],
        "failure never leads to custody by itself",
        "who decides",
        "software is always refused",
        "policy audit";
    "TR-14.4", Reasons, FINDING, TOKYO, "14.4",
        ["order.prove_breach", "order.revoke", "supervision.request_recall", "sentence.activate_suspended"],
        "custody for a breach only where no alternative suits",
        "each alternative and why it does not suit",
        "reasons where none is named",
        "breaches";
    "TR-14.5", HardAndPolicy, Critical, TOKYO, "14.5",
        ["order.allege_breach", "custody.admit", "custody.regularise", "custody.continue_on", "clock"],
        "an arrest for a breach has a basis in law and leads to a hearing soon",
        "the basis, the hearing",
        "an arrest without a basis is refused; a finding when the hearing is overdue",
        "breaches";
    "TR-14.6", Policy, FINDING, TOKYO, "14.6",
        ["order.prove_breach", "order.revoke"],
        "a decision on a breach can be appealed, and the person is told so",
        "that the appeal was explained",
        "a finding where it was not",
        "breaches";
    "TR-19", Policy, FINDING, TOKYO, "19",
        ["supervision.assign_officer"],
        "volunteers are screened and insured",
        "screening, insurance",
        "a finding where one is missing",
        "partners";
    "TR-20.3", Hard, Closed, TOKYO, "20.3",
        ["build"],
        "every measure is counted in a figure",
        "the statistic of each measure",
        "a measure without one does not build",
        "indicators";
    "BR-3", HardAndPolicy, Closed, BANGKOK, "3",
        ["custody.admit", "custody.protect", "custody.record_irregular_holding", "export"],
        "whoever enters custody is asked about her children, and their identity stays hidden",
        "how many, how old, where, in whose care; or that she declined",
        "a child's identity in an export is refused; a finding where she was not asked",
        "women and children";
    "BR-8", Hard, Closed, BANGKOK, "8",
        ["person.record_circumstances", "custody.admit"],
        "nobody has to tell her reproductive history",
        "that she declined",
        "no field that asks it is mandatory",
        "health";
    "BR-22", Policy, FINDING, BANGKOK, "22; 23",
        ["custody.isolate"],
        "no segregation of pregnant or breastfeeding women, nor of mothers with infants",
        "her circumstances",
        "a critical finding",
        "conditions";
    "BR-41", Reasons, FINDING, BANGKOK, "41",
        ["custody.classify"],
        "women are classified by what is true of women",
        "violence suffered, mental health, substance use, caretaking",
        "reasons above the lowest level where one is missing",
        "women and children";
    "BR-52", Reasons, FINDING, BANGKOK, "52",
        ["custody.separate_child", "clock"],
        "a child leaves its mother only in its own best interests",
        "the assessment, where the child goes",
        "reasons where one is missing",
        "women and children";
    "BR-59", Hard, Critical, BANGKOK, "59",
        ["custody.protect", "custody.withdraw_protection", "clock"],
        "nobody is held to protect her unless she asks and a court watches",
        "her request, the court",
        "without both it is refused; it ends when she withdraws",
        "protection";
    "BR-61", Reasons, FINDING, BANGKOK, "61",
        ["sentence.propose", "sentence.impose", "sentence.impose_proposed"],
        "a woman's background and caretaking are weighed before custody",
        "what was weighed",
        "reasons where nothing is said",
        "decision sheet";
    "BR-63", Reasons, FINDING, BANGKOK, "63",
        ["release.refuse"],
        "caretaking speaks for an early release",
        "that it was weighed",
        "reasons where it was not",
        "release board";
    "BR-64", Reasons, FINDING, BANGKOK, "64; Convention on the Rights of the Child art. 3",
        ["sentence.propose", "sentence.impose", "sentence.impose_proposed", "pretrial.order_detention"],
        "pregnant women and women with dependent children stay out of custody where it can be",
        "the gravity or danger, the child's best interests, who cares",
        "reasons where one is missing",
        "women and children";
    "BJ-16", Reasons, FINDING, BEIJING, "16.1",
        ["sentence.propose", "sentence.impose", "sentence.impose_proposed"],
        "a child's background is looked into before the decision, unless the case is minor",
        "the social inquiry report",
        "reasons where there is none",
        "children";
    "BJ-17", Reasons, FINDING, BEIJING, "17.1; Convention on the Rights of the Child art. 37(b)",
        ["sentence.propose", "sentence.impose", "sentence.impose_proposed", "pretrial.order_detention"],
        "a child is deprived of liberty only for grave violence or persistence, when nothing else will do, as briefly as can be",
        "the ground, that nothing else will do, that it is as brief as can be",
        "reasons where one is missing, and a critical finding",
        "children";
    "CRC-37a", Hard, Critical, CHILD, "37(a); ICCPR art. 6(5); Beijing Rules 17.2 and 17.3",
        ["sentence.propose", "sentence.impose", "sentence.impose_proposed"],
        "no death, no life without release, no corporal punishment for what was done under eighteen",
        "the age at the offence",
        "always refused",
        "children";
    "CRC-40", Hard, Critical, CHILD, "40(3)",
        ["sentence.propose", "sentence.impose", "sentence.impose_proposed", "pretrial.order_detention", "diversion.offer"],
        "whoever is under the minimum age is not tried",
        "the age, and how it is proved",
        "a criminal decision is refused; welfare is the route",
        "children";
    "CRC-AGE", Policy, FINDING, CHILD, "General Comment 24 (2019)",
        ["sentence.propose", "sentence.impose", "sentence.impose_proposed", "pretrial.open", "diversion.offer",
            "diversion.discharge", "report.request", "restorative.refer", "custody.admit", "cooperation.request"],
        "whoever may be a child is treated as one",
        "how the age is known",
        "a finding; the child's protections hold",
        "children";
    "BJ-21", Hard, Closed, BEIJING, "21",
        ["read"],
        "a child's record is not used against the adult",
        "who asks, and through which gate of the policy",
        "always refused but through that gate, which is kept",
        "access log";
    "HR-19", Policy, FINDING, HAVANA, "19",
        ["clock"],
        "a child's file is sealed at release and removed in time",
        "when it is sealed, when it goes",
        "a task to seal; removal by policy",
        "children";
    "HR-20/MR-7", Hard, Critical, MANDELA, "7; Havana Rules 20 and 21",
        ["custody.admit", "custody.record_irregular_holding", "custody.record_basis_fallen", "custody.regularise", "custody.continue_on", "clock"],
        "nobody is received without a valid order",
        "identity, the order, its reasons and authority, the times",
        "an admission without them is refused",
        "intake";
    "MR-6", Hard, Closed, MANDELA, "6",
        ["store"],
        "no record is changed or deleted",
        "every event, chained",
        "always refused; the chain is verified",
        "integrity";
    "MR-9", Policy, FINDING, MANDELA, "9",
        ["custody.release"],
        "whoever leaves can take a copy of the file along",
        "that a copy was offered",
        "a finding where it was not",
        "subject access";
    "MR-10", Policy, FINDING, MANDELA, "10",
        ["facility.declare_capacity", "facility.record_population", "clock"],
        "the register knows how full each place is",
        "capacity, its definition, its date",
        "a finding where it is missing",
        "occupancy";
    "MR-44", Policy, FINDING, MANDELA, "43 to 45",
        ["custody.isolate", "custody.end_isolation", "custody.release", "clock"],
        "nobody is alone for more than fifteen days",
        "the hours alone, the health check",
        "a critical finding on the twelfth and the fifteenth day",
        "conditions";
    "MR-57", Policy, FINDING, MANDELA, "56; 57",
        ["clock"],
        "complaints are answered soon",
        "when an answer is due",
        "a finding, then escalation",
        "complaints";
    "KD-LA", Reasons, FINDING, "Kyoto Declaration (General Assembly resolution 76/181)", "legal aid; General Assembly resolution 67/187",
        ["sentence.propose", "sentence.impose", "sentence.impose_proposed", "pretrial.order_detention"],
        "nobody goes into custody without counsel unless they waived it",
        "the state of legal aid",
        "reasons where there was none and it was not waived",
        "legal aid";
    "RJ-1", Hard, Critical, RESTORATIVE, "7",
        ["restorative.start", "clock"],
        "both sides take part of their own free will",
        "both consents, the facilitator",
        "a start without one of them is refused",
        "restorative processes";
    "RJ-2", Hard, Critical, RESTORATIVE, "8; 16",
        ["restorative.end_without_agreement", "restorative.end_unfulfilled", "sentence.propose", "sentence.impose", "sentence.impose_proposed"],
        "taking part is no confession, and failing is no ground for a heavier sentence",
        "the grounds of the sentence",
        "such a ground is refused",
        "restorative processes";
    "EM-1", HardAndPolicy, Critical, RES_76_184, "operative paragraphs 2 to 4",
        ["emergency.declare", "emergency.extend", "emergency.cut_right", "emergency.record_end_by_law", "clock"],
        "an emergency has a basis in law, an end, and a justice and a health authority",
        "the basis, both authorities, the end",
        "without a basis or an end it is refused; a finding without a health authority",
        "emergencies";
    "EM-2", Hard, Closed, TOKYO, "2.2",
        ["emergency.publish_criteria", "emergency.screen", "emergency.decide_release"],
        "criteria of release are published, numbered and fair",
        "version, exclusions, the check for protected traits",
        "criteria that use a protected trait adversely are refused",
        "emergencies";
    "EM-3", Hard, Critical, LED, "11",
        ["emergency.decide_release", "emergency.effect"],
        "a person decides on each release, after the identity was checked twice",
        "who decides, the criteria's result, two checks by two people",
        "software, or one check, is refused",
        "emergencies";
    "EM-4", HardAndPolicy, Critical, RES_76_184, "operative paragraph 4",
        ["emergency.decide_release", "clock"],
        "nobody is released into nothing, and a temporary release says when it ends",
        "housing, health, documents, the end",
        "a temporary release without an end is refused; a finding where something is missing",
        "emergencies";
    "EM-5", Reasons, FINDING, TOKYO, "6.2; ICCPR art. 4",
        ["emergency.cut_right", "pretrial.extend", "clock"],
        "rights are cut only as far as the case needs",
        "why this case needs it, counsel",
        "reasons where nothing is said; the right stands in the list of rights cut",
        "emergencies";
    "EM-6", Hard, Closed, RES_76_184, "operative paragraph 4",
        ["emergency.end"],
        "an emergency is over when each of its measures is",
        "what became of each item",
        "an end while an item is open is refused",
        "emergencies";
    "DP-13", Hard, Closed, LED, "25",
        ["read", "export", "person.merge_into"],
        "every consultation is kept",
        "who, what, when, why",
        "nothing is shown while the log cannot be written",
        "access log";
    "DP-7", Hard, Closed, LED, "11",
        ["sentence.impose", "sentence.impose_proposed", "pretrial.order_detention", "diversion.offer", "diversion.discharge", "diversion.return_to_prosecution", "release.refuse", "custody.isolate", "custody.admit", "custody.protect", "custody.regularise", "custody.continue_on", "custody.classify", "custody.separate_child", "custody.transfer", "release.consider", "release.grant", "release.defer", "release.effect", "release.record_release_by_law", "complaint.answer", "complaint.resolve", "emergency.declare", "emergency.extend", "emergency.decide_release", "emergency.cut_right", "finding.take_up", "finding.assign", "finding.close", "finding.reopen", "cooperation.request", "cooperation.grant", "cooperation.refuse", "cooperation.reopen", "cooperation.postpone", "cooperation.effect"],
        "software decides nothing against a person",
        "who decides",
        "software is refused",
        "decision sheet";
    "DP-2", HardAndPolicy, Closed, LED, "5",
        ["policy.adopt"],
        "nothing is kept longer than a rule says",
        "how long each class of data is kept",
        "rules that leave a class out are not adopted",
        "retention";
    "DP-16x", Hard, Closed, LED, "16",
        ["person.erase_data"],
        "what must go goes, unless a hold stands",
        "who ordered it, what goes",
        "refused under a hold; else the keys are destroyed",
        "retention";
    "ST-1", Hard, Closed, "United Nations crime trends survey", "disclosure control; Beijing Rules 8",
        ["export"],
        "no figure gives a person away",
        "the threshold, the rounding, the unit, the ledger index",
        "a cell under the threshold is not published",
        "indicators";
    "ST-2", Hard, Closed, "Sustainable Development Goals", "indicator 16.3.2",
        ["export"],
        "the share of people held unsentenced is computed as defined, or not at all",
        "the day, the rule for who counts",
        "\"not computable\" where nobody is held",
        "indicators";
}
