//! Whether a version may be adopted or superseded.

use super::command::PolicyCommand;
use super::event::PolicyEvent;
use super::refusal::PolicyRefusal;
use super::state::Policy;
use crate::values::PolicyVersion;

pub(super) fn decide(
    policy: &Policy,
    command: PolicyCommand,
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
            Ok(vec![PolicyEvent::Adopted(adopt)])
        }
        PolicyCommand::Supersede(wish) => {
            standing(policy, &wish.version)?;
            standing(policy, &wish.by)?;
            if wish.version == wish.by {
                return Err(PolicyRefusal::FollowsItself { version: wish.by });
            }
            Ok(vec![PolicyEvent::Superseded(wish)])
        }
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
