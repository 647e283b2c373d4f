//! The states of streams while events are filed: folded once, whatever number of read models looks at them.

use std::any::Any;

use domain::childhood::{Childhood, Hand};
use domain::for_every_stream;
use domain::jurisdiction::Pack;
use domain::record::AnyEvent;
use domain::stream::{Clock, Listed, Stream};
use domain::values::{PersonId, SubjectId};
use hashlink::LruCache;

use crate::error::{Damage, StoreError};
use crate::record::Recorded;
use crate::registry::{Kept, fold};
use crate::store::{Loaded, Store, StreamName};

/// How many streams are kept folded.
const KEPT: usize = 5_000;

macro_rules! any_state {
    ($($stream:ident $module:ident $event:ident,)*) => {
        /// The state of a stream of any kind.
        #[derive(Debug, Clone)]
        pub(crate) enum AnyState {
            $(
                #[doc = concat!("Of the stream `", stringify!($module), "`.")]
                $stream(domain::$module::$stream),
            )*
        }

        impl AnyState {
            /// The state to which the entries of one stream lead; none without any.
            pub(crate) fn of(entries: &[Recorded]) -> Option<Self> {
                entries.iter().fold(None, |state, entry| {
                    let before = state.unwrap_or_else(|| Self::before(&entry.event));
                    Some(before.after(&entry.event))
                })
            }

            /// The state before the first event of an event's stream.
            fn before(event: &AnyEvent) -> Self {
                match event {
                    $(AnyEvent::$stream(_) => Self::$stream(Default::default()),)*
                }
            }

            /// The state after an event; an event of another kind of stream changes nothing.
            fn after(self, event: &AnyEvent) -> Self {
                match (self, event) {
                    $((Self::$stream(state), AnyEvent::$stream(event)) => {
                        Self::$stream(state.evolve(event))
                    })*
                    (state, _) => state,
                }
            }

            /// The state of a stream as it was loaded; none of one that has not begun, or of a kind that is not known.
            pub(crate) fn loaded(
                stream: &StreamName,
                loaded: &Loaded,
            ) -> Result<Option<Self>, StoreError> {
                if loaded.events.is_empty() {
                    return Ok(None);
                }
                match stream.kind.as_str() {
                    $(kind if kind == <domain::$module::$stream as Stream>::TYPE => {
                        Ok(Some(Self::$stream(fold(stream, loaded)?)))
                    })*
                    _ => Ok(None),
                }
            }

            /// The state of a stream of one kind.
            pub(crate) fn of_kind<S: 'static>(&self) -> Option<&S> {
                match self {
                    $(Self::$stream(state) => {
                        let state: &dyn Any = state;
                        state.downcast_ref()
                    })*
                }
            }

            /// How it reads in the list of its kind.
            pub(super) fn listed(&self) -> Option<Listed> {
                match self {
                    $(Self::$stream(state) => state.listed(),)*
                }
            }

            /// What has to happen by a day.
            pub(crate) fn clocks(&self, law: &Pack) -> Vec<Clock> {
                match self {
                    $(Self::$stream(state) => state.clocks(law),)*
                }
            }

            /// From which official it is kept.
            pub(crate) fn kept_from(&self, law: &Pack) -> Option<&SubjectId> {
                match self {
                    $(Self::$stream(state) => state.kept_from(law),)*
                }
            }

            /// Whether it is a case of a child.
            pub(crate) fn childhood(&self, law: &Pack) -> Childhood {
                match self {
                    $(Self::$stream(state) => state.childhood(law),)*
                }
            }

            /// Who works on it.
            pub(crate) fn in_hand(&self) -> Hand {
                match self {
                    $(Self::$stream(state) => state.in_hand(),)*
                }
            }

            /// Whom the stream is about.
            pub(crate) fn person_shown(&self, id: &str) -> Option<PersonId> {
                match self {
                    $(Self::$stream(state) => state.person_shown(id),)*
                }
            }
        }
    };
}

for_every_stream!(any_state);

/// A folded stream.
#[derive(Debug)]
pub(crate) struct Folded {
    /// The ledger index of its first event.
    pub(crate) first: u64,
    /// The office that began it.
    pub(crate) office: Option<String>,
    /// Its version.
    pub(crate) version: u64,
    /// Its state.
    pub(crate) state: AnyState,
}

/// The streams that were folded last.
pub(crate) struct States(LruCache<StreamName, Folded>);

impl Default for States {
    fn default() -> Self {
        Self(LruCache::new(KEPT))
    }
}

impl States {
    /// Forgets everything: the next event may come from anywhere in the ledger.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The state after an event; what came before it is read from the store if it is not at hand.
    pub(crate) async fn after(
        &mut self,
        store: &Store,
        recorded: &Recorded,
    ) -> Result<&Folded, StoreError> {
        let stream = StreamName::new(&recorded.stream_type, &recorded.stream_id);
        let before = match self.0.remove(&stream) {
            Some(kept) if kept.version.checked_add(1) == Some(recorded.sequence) => kept,
            _ if recorded.sequence == 1 => Folded {
                first: recorded.index,
                office: recorded.told.office.clone(),
                version: 0,
                state: AnyState::before(&recorded.event),
            },
            _ => folded(store, recorded).await?,
        };
        let after = Folded {
            first: before.first,
            office: before.office,
            version: recorded.sequence,
            state: before.state.after(&recorded.event),
        };
        Ok(self.0.entry(stream).or_insert(after))
    }
}

/// A stream as the ledger has it now.
pub(crate) struct Now {
    /// Its state.
    pub(crate) state: AnyState,
    /// Its first entry.
    pub(crate) first: Recorded,
    /// Under which rules its last entry was recorded.
    pub(crate) policy: Option<String>,
}

/// A stream as the ledger has it now; none of one that has not begun.
pub(crate) async fn entire(store: &Store, stream: &StreamName) -> Result<Option<Now>, StoreError> {
    let mut now: Option<Now> = None;
    for row in &store.stream_events(stream, u64::MAX).await? {
        let recorded = Recorded::read_row(row)?;
        let policy = recorded.told.policy.clone();
        now = Some(match now {
            None => Now {
                state: AnyState::before(&recorded.event).after(&recorded.event),
                first: recorded,
                policy,
            },
            Some(before) => Now {
                state: before.state.after(&recorded.event),
                first: before.first,
                policy,
            },
        });
    }
    Ok(now)
}

/// The state of a stream as the ledger has it now; none of one that has not begun.
pub(crate) async fn now_of(
    store: &Store,
    stream: &StreamName,
) -> Result<Option<AnyState>, StoreError> {
    Ok(entire(store, stream).await?.map(|now| now.state))
}

/// The state of a stream before an event.
async fn folded(store: &Store, recorded: &Recorded) -> Result<Folded, StoreError> {
    let stream = StreamName::new(&recorded.stream_type, &recorded.stream_id);
    let Some(last) = recorded.index.checked_sub(1) else {
        return Err(gap(recorded).into());
    };
    let rows = store.stream_events(&stream, last).await?;
    let first = rows.first().map_or(recorded.index, |row| row.index);
    let (mut state, mut version) = (AnyState::before(&recorded.event), 0);
    let mut office = None;
    for row in &rows {
        let earlier = Recorded::read_row(row)?;
        if version == 0 {
            office.clone_from(&earlier.told.office);
        }
        state = state.after(&earlier.event);
        version = earlier.sequence;
    }
    if version.checked_add(1) == Some(recorded.sequence) {
        Ok(Folded {
            first,
            office,
            version,
            state,
        })
    } else {
        Err(gap(recorded).into())
    }
}

fn gap(recorded: &Recorded) -> Damage {
    Damage::new("earlier events of the stream are missing")
        .in_stream(
            &recorded.stream_type,
            &recorded.stream_id,
            recorded.sequence,
        )
        .at(recorded.index)
}
