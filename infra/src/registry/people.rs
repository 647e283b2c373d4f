//! Looking somebody up by what is known of the person, and asking for a decision when the person was born.

use domain::act::{About, Facts, PersonAsked};
use domain::childhood::Born;
use domain::person::Person;
use domain::personal::{Disclosed, PersonalText, Sealed};
use domain::values::{Day, PersonId};

use super::Registry;
use super::looked::Look;
use super::read::ReadError;
use crate::access::{Action, Call, allow};
use crate::error::StoreError;

impl Registry {
    /// When somebody was born, opened for one decision: it is compared there, and neither shown nor kept. Nothing where no
    /// day is recorded, or its key was destroyed.
    pub(crate) async fn birth(
        &self,
        look: &Look<'_>,
        person: PersonId,
    ) -> Result<Option<Born>, StoreError> {
        match self.birth_kept(look, person).await? {
            Some(sealed) => self.opened_birth(sealed).await,
            None => Ok(None),
        }
    }

    /// When somebody was born, for a draft that is held against the rules. Whoever drafts sees what stands in its way and
    /// never the day; that it was opened is written down first.
    pub async fn born_for_draft(
        &self,
        call: &Call,
        person: PersonId,
    ) -> Result<Option<Born>, ReadError> {
        allow(call, Action::ProposeSentence)?;
        let look = self.look();
        if look.is_sealed_to(call, Some(person)).await? {
            return Ok(None);
        }
        let Some(sealed) = self.birth_kept(&look, person).await? else {
            return Ok(None);
        };
        let shown = format!("person/{}/{}", sealed.person, sealed.class.word());
        let log = &self.inner.consultations;
        log.write(call, Action::ReadIdentity, vec![shown]).await?;
        Ok(self.opened_birth(sealed).await?)
    }

    /// What is coded of somebody as of when a draft is to be pronounced, for the rules that it is held against and for the
    /// form; that it was read is written down first.
    pub async fn about_for_draft(
        &self,
        call: &Call,
        person: PersonId,
        asked: PersonAsked,
        facts: &Facts,
    ) -> Result<About, ReadError> {
        allow(call, Action::ProposeSentence)?;
        let look = self.look();
        if look.is_sealed_to(call, Some(person)).await? {
            return Ok(About::default());
        }
        let known = look.about_as_asked(person, asked, facts).await?;
        if known == About::default() {
            return Ok(known);
        }
        let shown = vec![format!("person/{person}")];
        let log = &self.inner.consultations;
        log.write(call, Action::ReadCase, shown).await?;
        Ok(known)
    }

    /// The date of birth as it is kept, wherever the record was merged.
    async fn birth_kept(
        &self,
        look: &Look<'_>,
        person: PersonId,
    ) -> Result<Option<Sealed>, StoreError> {
        let surviving = look.surviving(person).await?;
        let record: Person = look.state(&surviving.to_string()).await?;
        let identity = record
            .registered()
            .and_then(|known| known.identity.as_ref());
        let born = identity.and_then(|identity| identity.born.as_ref());
        Ok(born.and_then(PersonalText::sealed).cloned())
    }

    async fn opened_birth(&self, sealed: Sealed) -> Result<Option<Born>, StoreError> {
        let opened = self.inner.vault.open(&[sealed]).await?.pop();
        Ok(match opened {
            Some(Disclosed::Clear(day)) => day.trim().parse::<Day>().ok().map(Born::from),
            Some(Disclosed::Erased { .. } | Disclosed::Withheld) | None => None,
        })
    }

    /// Others who are registered with the same name, however it is written, and the same date of birth: they may be the same
    /// human being. Nobody where no date of birth is recorded.
    pub async fn possible_duplicates(
        &self,
        call: &Call,
        person: PersonId,
    ) -> Result<Vec<PersonId>, ReadError> {
        allow(call, Action::ReadIdentity)?;
        let record: Person = self.look().state(&person.to_string()).await?;
        let identity = record
            .registered()
            .and_then(|known| known.identity.as_ref());
        let said = |text: Option<&PersonalText>| text.and_then(PersonalText::sealed).cloned();
        let name = identity.and_then(|identity| said(identity.name.as_ref()));
        let born = identity.and_then(|identity| said(identity.born.as_ref()));
        let Some((name, born)) = name.zip(born) else {
            return Ok(Vec::new());
        };
        let mut text = String::new();
        for opened in self.inner.vault.open(&[name, born]).await? {
            let Disclosed::Clear(said) = opened else {
                return Ok(Vec::new());
            };
            text.push_str(&said);
            text.push(' ');
        }
        let mut found = self.find_people(call, &text).await?;
        found.retain(|other| *other != person);
        Ok(found)
    }

    /// Everybody whose identity holds each word of a text: name, date of birth, number. Sealed records are found by those
    /// who guard them, expunged ones by nobody, and a child's by those to whom one of the cases is open. Whoever is found
    /// is written down before anything is returned.
    pub async fn find_people(&self, call: &Call, text: &str) -> Result<Vec<PersonId>, ReadError> {
        allow(call, Action::ReadIdentity)?;
        let mut found = Vec::new();
        for id in self.vault().find(text).await? {
            if !self.look().is_expunged(id).await?
                && !self.look().is_sealed_to(call, Some(id)).await?
                && !self.is_only_a_childs(call, id).await?
            {
                found.push(id);
            }
        }
        let shown = found.iter().map(|id| format!("person/{id}")).collect();
        let log = &self.inner.consultations;
        log.write(call, Action::ReadIdentity, shown).await?;
        Ok(found)
    }
}
