//! How a call comes to the cases of children: not at all, or through the gate, for a reason that is written down.

use std::fmt;
use std::str::FromStr;

use domain::jurisdiction::{ChildGate, GateReach};
use domain::values::Code;

use super::Call;

/// How a call stands to the cases of children that its actor does not work on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Gate {
    /// They are closed to it.
    #[default]
    Closed,
    /// It asks to be let through.
    Asked(Asked),
    /// It carries out what a decision states, by whoever took it.
    Consequence,
}

/// What is asked at the gate, and why: `appeal sentence/0190…`, `inspection all`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The reason, by the code of the rules.
    pub reason: Code,
    /// What for.
    pub to: Beyond,
}

/// What lies beyond the gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beyond {
    /// The cases that somebody had as a child, reached by one of them or by the person.
    Case {
        /// The kind of stream.
        kind: String,
        /// Its id.
        id: String,
    },
    /// Every child's case.
    All,
}

impl Asked {
    /// How far it asks to be led.
    pub fn reach(&self) -> GateReach {
        match self.to {
            Beyond::Case { .. } => GateReach::Person,
            Beyond::All => GateReach::Everybody,
        }
    }

    /// Whether the rules let a call through.
    pub fn is_let(&self, call: &Call, gate: &ChildGate) -> bool {
        gate.lets(&call.actor, call.purpose, &self.reason, self.reach())
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.to {
            Beyond::Case { kind, id } => write!(f, "{} {kind}/{id}", self.reason),
            Beyond::All => write!(f, "{} all", self.reason),
        }
    }
}

impl FromStr for Asked {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let unreadable = || {
            "say the reason and the case, such as: appeal sentence/0190f1c9-5a3c-7f0e-9a51-000000000001; or the reason \
             and all"
                .to_owned()
        };
        let (reason, to) = text.trim().split_once(' ').ok_or_else(unreadable)?;
        let to = match to.trim().split_once('/') {
            None if to.trim() == "all" => Beyond::All,
            Some((kind, id)) if !kind.is_empty() && !id.is_empty() => Beyond::Case {
                kind: Code::parse(kind).map_err(|_| unreadable())?.to_string(),
                id: Code::parse(id).map_err(|_| unreadable())?.to_string(),
            },
            Some(_) | None => return Err(unreadable()),
        };
        let reason = Code::parse(reason).map_err(|_| unreadable())?;
        Ok(Self { reason, to })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_at_the_gate_reads_as_it_is_written() {
        for text in [
            "appeal sentence/0190f1c9-5a3c-7f0e-9a51-000000000001",
            "inspection all",
        ] {
            assert_eq!(text.parse::<Asked>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "appeal",
            "appeal everything",
            "a b/",
            "a /b",
            "A Q/1 or",
        ] {
            assert!(text.parse::<Asked>().is_err(), "{text}");
        }
    }
}
