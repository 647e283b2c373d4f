//! Playing the lives: each command through the register, at its moment.

use domain::actor::Role;
use domain::for_every_stream;
use domain::stream::{FromJson, Stream};
use domain::values::JurisdictionCode;
use serde_json::Value;

use super::super::{DemoFailure, Making, people};
use super::Untold;
use super::plan::{Act, Lives};
use super::teller::{Teller, When};
use crate::access::{Asked, Beyond, Call};
use crate::registry::{CommandError, Kept, Options, Registry, Wish};

macro_rules! dispatch {
    ($($state:ident $module:ident $event:ident,)*) => {
        /// Whether a word names a stream.
        pub(super) fn is_stream(word: &str) -> bool {
            [$(<domain::$module::$state as Stream>::TYPE),*].contains(&word)
        }

        /// Sends a command to a stream of a kind.
        async fn send(registry: &Registry, kind: &str, sent: Sent) -> Result<(), DemoFailure> {
            match kind {
                $(stringify!($module) => command::<domain::$module::$state>(registry, sent).await,)*
                other => Err(sent.refused(&format!("there is no stream {other}"))),
            }
        }
    };
}
for_every_stream!(dispatch);

/// A command on its way.
struct Sent {
    story: &'static str,
    call: Call,
    id: String,
    act: Value,
}

impl Sent {
    fn refused(&self, said: &dyn std::fmt::Display) -> DemoFailure {
        DemoFailure::Refused(format!("{}: {}: {said}", self.story, self.act))
    }
}

async fn command<S: Kept>(registry: &Registry, sent: Sent) -> Result<(), DemoFailure> {
    let wish = Wish::<S>::from_json(&sent.act.to_string());
    let wish = wish.map_err(|error| sent.refused(&error))?;
    let options = Options {
        jurisdiction: JurisdictionCode::parse("midland").ok(),
        ..Options::default()
    };
    match registry
        .command::<S>(&sent.call, &sent.id, wish, options)
        .await
    {
        Ok(_) => Ok(()),
        Err(CommandError::Store(error)) => Err(error.into()),
        Err(refused) => Err(sent.refused(&refused)),
    }
}

impl Making {
    /// Plays the acts of the next day on which something happens, and what follows from them.
    pub(in super::super) async fn play(&mut self, lives: &mut Lives) -> Result<(), DemoFailure> {
        let Some(day) = lives.next_day() else {
            return Ok(());
        };
        while let Some(act) = lives.take_on(day) {
            self.show(act.at.micros());
            let (kind, sent) = lives.sent(&act)?;
            send(&self.registry, &kind, sent).await?;
        }
        self.registry.processes().catch_up().await?;
        Ok(())
    }
}

impl Lives {
    /// An act with everything filled in, and the kind of stream it is sent to.
    fn sent(&mut self, act: &Act) -> Result<(String, Sent), DemoFailure> {
        let lost = || DemoFailure::Refused("an act of no life".to_owned());
        let life = self.told.get_mut(act.life).ok_or_else(lost)?;
        let step = life.story.steps.get(act.step).ok_or_else(lost)?;
        let (stream, command) = step.act().ok_or_else(lost)?;
        let when = When {
            now: act.at,
            day: act.day,
        };
        let call = people::official(step.by, &place(&life.teller, step.by));
        let id = life.teller.id(stream, act.number);
        let kind = stream.split('-').next().unwrap_or(stream).to_owned();
        let asked = step.through.clone().map(|reason| Asked {
            reason,
            to: Beyond::Case {
                kind: kind.clone(),
                id: id.clone(),
            },
        });
        let call = call.asking(asked);
        let filled = life.teller.fill(command, when, act.number);
        let sent = Sent {
            story: life.name,
            call,
            id,
            act: filled.map_err(|said| Untold::of(life.name, said))?,
        };
        Ok((kind, sent))
    }
}

/// Where somebody in a role acts in a life: at its court, office or place of detention, where it has one.
fn place(teller: &Teller, role: Role) -> String {
    let chosen = |name, otherwise: &str| teller.chosen(name).unwrap_or(otherwise).to_owned();
    match role {
        Role::Judge | Role::Clerk => chosen("court", "ashby"),
        Role::Prosecutor => format!("{}-prosecution", chosen("court", "ashby")),
        Role::Probation => chosen("office", "ashby-probation"),
        Role::Prison => chosen("place", "ashby-remand"),
        Role::ReleaseAuthority => "release-board".to_owned(),
        Role::Oversight => "oversight".to_owned(),
        Role::Statistician => "statistics".to_owned(),
        Role::Administrator | Role::System => "registry".to_owned(),
    }
}
