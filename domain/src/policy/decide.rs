//! Whether a version may be adopted or superseded.

use super::command::PolicyCommand;
use super::event::PolicyEvent;
use super::refusal::PolicyRefusal;
use super::state::Policy;
use crate::act::Facts;
use crate::safeguards::policy as safeguards;
use crate::values::{Day, PolicyVersion};

pub(super) fn decide(
    policy: &Policy,
    command: PolicyCommand,
    facts: &Facts,
) -> Result<Vec<PolicyEvent>, PolicyRefusal> {
    match command {
        PolicyCommand::Adopt(adopt) => {
            if policy.adopted.contains_key(&adopt.version) {
                return Err(PolicyRefusal::AlreadyAdopted {
                    version: adopt.version,
                });
            }
            if adopt.hash.len() != 64 || !adopt.hash.bytes().all(|b| b.is_ascii_hexdigit()) {
                return Err(PolicyRefusal::NotAHash { hash: adopt.hash });
            }
            begun(&adopt.version, adopt.in_force_from, facts)?;
            safeguards::retention(&adopt)?;
            Ok(vec![PolicyEvent::Adopted(adopt)])
        }
        PolicyCommand::Supersede(wish) => {
            standing(policy, &wish.version)?;
            standing(policy, &wish.by)?;
            if wish.version == wish.by {
                return Err(PolicyRefusal::FollowsItself { version: wish.by });
            }
            begun(&wish.by, wish.from, facts)?;
            Ok(vec![PolicyEvent::Superseded(wish)])
        }
    }
}

/// What is adopted is in force at once, so nothing is adopted before its day. Rules are adopted under no zone of their
/// own: the day counts as come when it has begun anywhere.
fn begun(version: &PolicyVersion, from: Day, facts: &Facts) -> Result<(), PolicyRefusal> {
    if from > facts.today.plus_days(1) {
        let version = version.clone();
        Err(PolicyRefusal::NotYet { version, from })
    } else {
        Ok(())
    }
}

fn standing(policy: &Policy, version: &PolicyVersion) -> Result<(), PolicyRefusal> {
    let adopted = policy.adopted.contains_key(version);
    if adopted && !policy.superseded.contains_key(version) {
        Ok(())
    } else {
        Err(PolicyRefusal::NotInForce {
            version: version.clone(),
        })
    }
}
