//! A command that is only held against the rules: what it would be refused for, and all else that stands against it.
//! Nothing is stored, and no key is kept.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use domain::act::{Finding, Refusal, Submitted};
use domain::personal::DataClass;
use domain::stream::{Stream, StreamEvent};
use domain::values::Instant;

use super::Registry;
use super::command::{CommandError, Looked, Options};
use super::kept::{Kept, No, Wish};
use crate::access::{Action, Call, allow};
use crate::store::StreamName;

/// What the rules say of a command.
#[derive(Debug)]
pub struct Checked<R> {
    /// What it would be refused for.
    pub refused: Option<R>,
    /// Everything of substance that stands against it, what it would be refused for among it, and critical then. Nothing
    /// where it is not possible at all.
    pub findings: Vec<Finding>,
}

impl<R: Refusal> Checked<R> {
    /// What stands against it besides what it would be refused for.
    pub fn besides(&self) -> impl Iterator<Item = &Finding> {
        let refused = self.refused.as_ref().map(|r| (r.code(), r.to_string()));
        let same = move |finding: &&Finding| {
            let is = |(code, said): &(&str, String)| finding.code == *code && finding.said == *said;
            !refused.as_ref().is_some_and(is)
        };
        self.findings.iter().filter(same)
    }
}

impl Registry {
    /// Holds a command against the rules as they and its stream stand now. Whoever could not send it is told no more than
    /// sending it would tell.
    pub async fn check<S: Kept>(
        &self,
        call: &Call,
        id: &str,
        mut command: Wish<S>,
        options: &Options,
    ) -> Result<Checked<No<S>>, CommandError<No<S>>> {
        allow(call, S::action(&command))?;
        let stream = StreamName::new(<S as Stream>::TYPE, id);
        let look = self.look();
        let Looked::Held(held) = self.hold::<S>(&stream, None).await? else {
            return Err(CommandError::KeyReused);
        };
        Box::pin(self.may_touch(call, &stream, &held, &command, &look)).await?;
        let utc = crate::packs::unruled().day(Instant::from_micros(self.clock().now_us()));
        S::check_clear(&command, utc.plus_days(1)).map_err(CommandError::Refused)?;
        let person = held.state.person(&stream.id, &command);
        // What it seals is kept nowhere, and neither are the keys.
        let _unkept = self.seal(person, &mut command).await?;
        let facts = self
            .facts::<S>(call, &stream, &held, &command, options, &look)
            .await?;
        // Whoever is told what stands in the way could learn from it of the date of birth: that it was opened is written down.
        if let Some(person) = person.filter(|_| facts.born.is_some()) {
            let shown = format!("person/{person}/{}", DataClass::Identity.word());
            let log = &self.inner.consultations;
            log.write(call, Action::ReadIdentity, vec![shown]).await?;
        }
        let refused = Stream::decide(&held.state, command.clone(), &facts).err();
        let mut facts = facts;
        facts.checked = true;
        let mut state = held.state;
        let sink = EventSink::<S>::default();
        let looked = Aggregate::handle(&mut state, Submitted { command, facts }, &(), &sink).await;
        let events = sink.collect().await;
        let told = events.iter().flat_map(StreamEvent::findings);
        Ok(Checked {
            refused: refused.or_else(|| looked.err()),
            findings: told.cloned().collect(),
        })
    }
}
