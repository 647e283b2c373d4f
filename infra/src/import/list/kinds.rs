//! Which fields the rows of each kind have. Their comments are the schema's descriptions.

use csv::ByteRecord;
use domain::order::{Account, ExplanationForm};
use domain::release::ReleaseEnd;
use domain::values::{Consent, Enforceable, LegalAid, Return};
use schemars::JsonSchema;
use serde::Deserialize;

use super::kind::Kind;
use super::rules::{
    Choice, Found, KeyOf, Needed, OrderEnd, PretrialEnd, Reads, Rule, SentenceRule,
};
use crate::import::fault::{Fault, Reason};
use crate::import::mapping::{
    Checker, CodeRule, Condition, DateRule, IdentityRule, NumberRule, QuantityRule,
};
use crate::import::plan::{Cells, Findings};
use crate::import::report::RuleReport;

/// The part of a mapping that says how the rows of one kind are read.
pub(in crate::import) trait List: Send + Sync {
    /// Which kind.
    const KIND: Kind;
    /// What reads the rows of one file.
    type Plan: ReadsRow;

    /// The files' name, the key, and which rows are meant.
    fn head(&self) -> (&str, &[String], &[Condition]);

    /// Says what is wrong with it.
    fn check(&self, checker: &mut Checker);

    /// Makes what reads the rows of one file.
    fn compile(&self, cells: &mut Cells<'_>) -> Self::Plan;
}

/// What reads the rows of one file.
pub(in crate::import) trait ReadsRow: Send + 'static {
    /// What a row says.
    type Row: Clone + Send + Sync + 'static;
    /// What the row says; nothing where the findings say why not.
    fn read(&mut self, cells: &ByteRecord, findings: &mut Findings) -> Option<Self::Row>;
    /// What each rule has met.
    fn reports(&self) -> Vec<RuleReport>;
}

/// What a row cannot do without; its absence is a fault.
fn needed<P: Reads<Value: Needed>>(
    plan: &mut P,
    rule: &str,
    cells: &ByteRecord,
    findings: &mut Findings,
) -> Option<<P::Value as Needed>::Sure> {
    let faults = findings.faults.len();
    let said = plan.read(cells, findings).sure();
    if said.is_none() && findings.faults.len() == faults {
        findings.faults.push(Fault {
            rule: rule.into(),
            line: findings.line,
            column: "".into(),
            value: String::new(),
            reason: Reason::Needed,
        });
    }
    said
}

type Said<R> = <<R as Rule>::Plan as Reads>::Value;
type Sure<R> = <Said<R> as Needed>::Sure;

/// The kinds, each with the fields that its rows need and those that they may have: what of the mapping it is, what
/// reads a row, and what a row says.
macro_rules! lists {
    ($(
        $(#[$doc:meta])*
        $kind:ident $word:literal: $rule:ident $plan:ident $row:ident {
            needs { $($(#[$need_doc:meta])* $need:ident: $needs:ty,)* }
            may { $($(#[$may_doc:meta])* $may:ident: $mays:ty,)* }
        }
    )*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub(in crate::import) struct $rule {
            /// The file's name in its folder. `*` stands for any characters: several files are read in the order of
            /// their names.
            pub(in crate::import) file: String,
            /// The columns that identify a row for ever.
            pub(in crate::import) key: Vec<String>,
            /// Only rows for which all of these hold are read; the others are passed over and counted.
            #[serde(default)]
            pub(in crate::import) when: Vec<Condition>,
            $($(#[$need_doc])* pub(in crate::import) $need: $needs,)*
            $($(#[$may_doc])* pub(in crate::import) $may: Option<$mays>,)*
        }

        #[doc = concat!("Reads the rows of ", $word, ".")]
        pub(in crate::import) struct $plan {
            $($need: <$needs as Rule>::Plan,)*
            $($may: Option<<$mays as Rule>::Plan>,)*
        }

        #[doc = concat!("What a row of ", $word, " says.")]
        #[derive(Debug, Clone)]
        pub(in crate::import) struct $row {
            $($(#[$need_doc])* pub(in crate::import) $need: Sure<$needs>,)*
            $($(#[$may_doc])* pub(in crate::import) $may: Said<$mays>,)*
        }

        impl List for $rule {
            const KIND: Kind = Kind::$kind;
            type Plan = $plan;

            fn head(&self) -> (&str, &[String], &[Condition]) {
                (&self.file, &self.key, &self.when)
            }

            fn check(&self, checker: &mut Checker) {
                checker.some_columns(concat!($word, ".key"), &self.key);
                checker.conditions(concat!($word, ".when"), &self.when);
                $(self.$need.check(checker, concat!($word, ".", stringify!($need)));)*
                $(if let Some(rule) = &self.$may {
                    rule.check(checker, concat!($word, ".", stringify!($may)));
                })*
            }

            fn compile(&self, cells: &mut Cells<'_>) -> $plan {
                $plan {
                    $($need: self.$need.compile(cells, concat!($word, ".", stringify!($need))),)*
                    $($may: self.$may.as_ref().map(|rule| {
                        rule.compile(cells, concat!($word, ".", stringify!($may)))
                    }),)*
                }
            }
        }

        impl ReadsRow for $plan {
            type Row = $row;

            fn read(&mut self, cells: &ByteRecord, findings: &mut Findings) -> Option<$row> {
                $(let $need = needed(
                    &mut self.$need,
                    concat!($word, ".", stringify!($need)),
                    cells,
                    findings,
                );)*
                $(let $may = self.$may.read(cells, findings);)*
                if !findings.faults.is_empty() {
                    return None;
                }
                Some($row { $($need: $need?,)* $($may,)* })
            }

            fn reports(&self) -> Vec<RuleReport> {
                let mut reports = Vec::new();
                $(self.$need.reports(&mut reports);)*
                $(self.$may.reports(&mut reports);)*
                reports
            }
        }
    )*};
}

lists! {
    /// Community orders, as they were made. Where requirements are mapped too, an order is made with its own.
    Orders "orders": OrderList OrderPlan OrderRow {
        needs {
            /// When the order was made.
            made: DateRule,
            /// The office that supervises it.
            office: CodeRule,
        }
        may {
            /// How the person is recognised in other rows and files.
            identity: IdentityRule,
            /// Sex or gender: the table's values are `female`, `male`, `another`.
            sex: CodeRule,
            /// The sentence that the order carries out.
            sentence: SentenceRule,
            /// Which component of that sentence, by its number; the first with an order, unless set.
            component: NumberRule,
            /// The court.
            court: CodeRule,
            /// Its first day; the day it was made, unless the row says.
            starts: DateRule,
            /// How long it lasts.
            period: QuantityRule,
            /// Its last day; without it the period says.
            ends: DateRule,
        }
    }

    /// Requirements of orders.
    Requirements "requirements": RequirementList RequirementPlan RequirementRow {
        needs {
            /// The columns with the key of the order.
            order: KeyOf,
            /// The kind, by the pack, for example `unpaid-work`.
            kind: CodeRule,
        }
        may {
            /// How much is owed: hours, days or sessions; or how long it lasts.
            amount: QuantityRule,
            /// How long it lasts, beside an amount.
            length: QuantityRule,
            /// From when, where it does not begin with the order.
            starts: DateRule,
            /// Its last day.
            ends: DateRule,
            /// Whether the person agreed: `given` or `refused`.
            consent: Choice<Consent>,
            /// When the court added it, where that was after the order was made.
            added: DateRule,
        }
    }

    /// Appointments under requirements, and what came of them.
    Appointments "appointments": AppointmentList AppointmentPlan AppointmentRow {
        needs {
            /// The columns with the key of the requirement.
            requirement: KeyOf,
            /// On which day.
            on: DateRule,
        }
        may {
            /// When it was scheduled. Without it the row tells of a meeting and what came of it.
            scheduled: DateRule,
            /// At what time, as `09:30`.
            at: CodeRule,
            /// Where, coded.
            place: CodeRule,
            /// What came of it, by the pack's outcomes.
            outcome: CodeRule,
            /// What is credited for it.
            credit: QuantityRule,
            /// When that was noted; the day itself, unless the row says.
            noted: DateRule,
            /// Whether a failure may be enforced: `yes` or `no`.
            enforceable: Choice<Enforceable>,
        }
    }

    /// Alleged breaches of orders, and what the court found.
    Violations "violations": ViolationList ViolationPlan ViolationRow {
        needs {
            /// The columns with the key of the order.
            order: KeyOf,
            /// When it was alleged.
            alleged: DateRule,
        }
        may {
            /// The columns with the key of the requirement that is said to be breached. An order with one requirement
            /// needs none.
            requirement: KeyOf,
            /// The columns with the key of the appointment at which it was.
            appointment: KeyOf,
            /// When the conditions had been explained to the person.
            explained: DateRule,
            /// How they had been: `oral_and_written`, `oral` or `written`.
            explained_how: Choice<ExplanationForm>,
            /// When the court decided.
            decided: DateRule,
            /// What it found: `proven` or `not_proven`.
            outcome: Choice<Found>,
            /// What it did, by the pack's responses; a column each.
            responses: Vec<CodeRule>,
            /// What it considered instead of custody; a column each.
            alternatives: Vec<CodeRule>,
            /// What the officer put before it: `given`, `opportunity_declined` or `absconded`.
            officer_account: Choice<Account>,
            /// What the person put before it, likewise.
            person_account: Choice<Account>,
        }
    }

    /// How orders ended. It comes last, since little is recorded of an order that is over.
    Endings "endings": EndingList EndingPlan EndingRow {
        needs {
            /// The columns with the key of the order.
            order: KeyOf,
            /// When it ended.
            ended: DateRule,
            /// How: `completed`, `discharged` or `revoked`.
            how: Choice<OrderEnd>,
        }
        may {
            /// Why, by the pack's reasons.
            reason: CodeRule,
        }
    }

    /// Cases before judgment, a row each: a remand list.
    Pretrial "pretrial": PretrialList PretrialPlan PretrialRow {
        needs {
            /// When the person was brought before the court.
            brought: DateRule,
            /// The court.
            court: CodeRule,
        }
        may {
            /// How the person is recognised in other rows and files.
            identity: IdentityRule,
            /// Sex or gender: the table's values are `female`, `male`, `another`.
            sex: CodeRule,
            /// The reference of the case; never a name.
            case: CodeRule,
            /// The offences the person is suspected of; a column each.
            offences: Vec<CodeRule>,
            /// When the person was arrested.
            arrested: DateRule,
            /// Age at the offence, in completed years.
            age_at_offence: NumberRule,
            /// When detention was ordered.
            detained: DateRule,
            /// The provision that the decision rests on.
            basis: CodeRule,
            /// The grounds for detention; a column each.
            grounds: Vec<CodeRule>,
            /// The alternatives that were considered and do not suffice; a column each.
            considered: Vec<CodeRule>,
            /// The last day of detention; a detention needs it.
            until: DateRule,
            /// By when it is reviewed; its last day, unless the row says.
            next_review: DateRule,
            /// How legal aid stands: `own_counsel`, `requested`, `eligible`, `granted`, `refused`, `waived` or `none`.
            counsel: Choice<LegalAid>,
            /// When an alternative was imposed.
            imposed: DateRule,
            /// The alternatives imposed; a column each.
            measures: Vec<CodeRule>,
            /// When the person was released without conditions.
            released: DateRule,
            /// When the case before judgment ended.
            ended: DateRule,
            /// How: `sentenced`, `acquitted`, `discontinued`, `diverted` or `died`.
            how: Choice<PretrialEnd>,
            /// The sentence it ended with.
            sentence: SentenceRule,
        }
    }

    /// Releases from a sentence, a row each.
    Releases "releases": ReleaseList ReleasePlan ReleaseRow {
        needs {
            /// What kind of release it is, by the pack.
            kind: CodeRule,
        }
        may {
            /// How the person is recognised in other rows and files.
            identity: IdentityRule,
            /// Sex or gender: the table's values are `female`, `male`, `another`.
            sex: CodeRule,
            /// The sentence that is served.
            sentence: SentenceRule,
            /// The first day on which it is possible.
            eligible: DateRule,
            /// When that was worked out; the day of the first step, unless the row says.
            worked_out: DateRule,
            /// When it was considered.
            considered: DateRule,
            /// When it was granted.
            granted: DateRule,
            /// The provision it rests on.
            basis: CodeRule,
            /// The conditions; a column each.
            conditions: Vec<CodeRule>,
            /// The day on which the person is back, where it is for a while.
            expires: DateRule,
            /// The office that supervises.
            office: CodeRule,
            /// When it was refused.
            refused: DateRule,
            /// What was missing, by the pack's criteria.
            criterion: CodeRule,
            /// By when it is considered again; a refusal needs it.
            again: DateRule,
            /// When the person left.
            left: DateRule,
            /// When the person was back.
            returned: DateRule,
            /// How: `in_time`, `late` or `brought_back`.
            returned_how: Choice<Return>,
            /// When the release ended.
            ended: DateRule,
            /// How: `served`, `came_back`, `revoked`, `declined`, `sentence_lifted` or `died`.
            how: Choice<ReleaseEnd>,
        }
    }
}
