//! Through which gate somebody comes to the cases of children.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, PackError, among, once};
use crate::actor::{Actor, Purpose, Role};
use crate::values::{Code, OfficeCode};

/// Who else than those who work on a child's case may see it, and why (Beijing Rules 21). Without a way nobody may.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ChildGate {
    /// The reasons that can be given.
    pub reasons: Vec<Coded>,
    /// Who is let through.
    pub ways: Vec<GateWay>,
}

/// A way through the gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GateWay {
    /// In which role.
    pub role: Role,
    /// For which purposes.
    pub purposes: Vec<Purpose>,
    /// Of which courts, offices or facilities; of any without one.
    #[serde(default)]
    pub offices: Vec<OfficeCode>,
    /// For which of the reasons.
    pub reasons: Vec<Code>,
    /// How far it leads.
    #[serde(default)]
    pub reach: GateReach,
}

/// How far a way through the gate leads.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum GateReach {
    /// To the cases that one person had as a child.
    #[default]
    Person,
    /// To every child's case, as an inspection needs it.
    Everybody,
}

impl ChildGate {
    pub(super) fn check(&self) -> Result<(), PackError> {
        once("child_gate.reasons", self.reasons.iter().map(|r| &r.code))?;
        self.ways
            .iter()
            .try_for_each(|way| among("child_gate.ways", &way.reasons, &self.reasons))
    }

    /// The ways that are open to somebody for a purpose.
    pub fn ways_of(&self, actor: &Actor, purpose: Purpose) -> impl Iterator<Item = &GateWay> {
        let (role, office) = (actor.role, actor.office.clone());
        self.ways.iter().filter(move |way| {
            way.role == role
                && way.purposes.contains(&purpose)
                && (way.offices.is_empty() || way.offices.contains(&office))
        })
    }

    /// Whether somebody is let through so far, for a purpose and a reason.
    pub fn lets(&self, actor: &Actor, purpose: Purpose, reason: &Code, reach: GateReach) -> bool {
        self.ways_of(actor, purpose)
            .any(|way| way.reasons.contains(reason) && way.reach >= reach)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::samples::code;
    use crate::values::SubjectId;

    fn gate() -> ChildGate {
        let reasons = ["appeal", "inspection"].map(|c| Coded {
            code: code(c),
            title: c.to_owned(),
        });
        let way = |role, purpose, reason: &str, reach| GateWay {
            role,
            purposes: vec![purpose],
            offices: Vec::new(),
            reasons: vec![code(reason)],
            reach,
        };
        let judge = GateWay {
            offices: vec![OfficeCode::parse("dunmore").unwrap()],
            ..way(Role::Judge, Purpose::Hearing, "appeal", GateReach::Person)
        };
        let oversight = way(
            Role::Oversight,
            Purpose::Inspection,
            "inspection",
            GateReach::Everybody,
        );
        ChildGate {
            reasons: reasons.into(),
            ways: vec![judge, oversight],
        }
    }

    fn at(role: Role, office: &str) -> Actor {
        Actor {
            subject: SubjectId::parse("somebody").unwrap(),
            role,
            office: OfficeCode::parse(office).unwrap(),
        }
    }

    #[test]
    fn the_gate_lets_through_whom_the_policy_names_for_the_reason_it_names() {
        let lets = |role, office: &str, purpose, reason: &str, reach| {
            gate().lets(&at(role, office), purpose, &code(reason), reach)
        };
        let one = GateReach::Person;
        let (hearing, all) = (Purpose::Hearing, GateReach::Everybody);
        assert!(lets(Role::Judge, "dunmore", hearing, "appeal", one));
        assert!(!lets(Role::Judge, "ashby", hearing, "appeal", one));
        assert!(!lets(Role::Judge, "dunmore", hearing, "inspection", one));
        assert!(!lets(
            Role::Judge,
            "dunmore",
            Purpose::Release,
            "appeal",
            one
        ));
        assert!(!lets(Role::Judge, "dunmore", hearing, "appeal", all));
        assert!(!lets(Role::Clerk, "dunmore", hearing, "appeal", one));
        let inspection = Purpose::Inspection;
        assert!(lets(Role::Oversight, "x", inspection, "inspection", all));
        assert!(lets(Role::Oversight, "x", inspection, "inspection", one));
    }

    #[test]
    fn a_gate_without_ways_lets_nobody_through_and_its_reasons_are_listed() {
        let gate = ChildGate {
            reasons: Vec::new(),
            ..gate()
        };
        assert!(gate.check().is_err());
        let none = ChildGate::default();
        let judge = at(Role::Judge, "dunmore");
        let appeal = code("appeal");
        assert!(!none.lets(&judge, Purpose::Hearing, &appeal, GateReach::Person));
    }
}
