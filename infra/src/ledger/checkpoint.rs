//! Signed checkpoints: how many entries the ledger has and the root of their tree, as a C2SP tlog-checkpoint in a signed
//! note (c2sp.org/tlog-checkpoint, c2sp.org/signed-note), with an Ed25519 signature.

use std::fmt;

use signed_note::{
    Note, Signer, StandardSigner, StandardVerifier, Verifier, VerifierList, generate_key,
    is_key_name_valid,
};
use tlog_tiles::{Checkpoint as Text, Hash};
use zeroize::Zeroizing;

/// The key that signs checkpoints. Its name is the origin of the log.
#[derive(Clone)]
pub struct LogKey {
    signer: StandardSigner,
    verifier: String,
}

/// Why a text is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// It cannot name a log.
    #[error(
        "{0:?} cannot name a log: use the address under which the log will be known, such as \
         register.example/ledger, without spaces and plus signs"
    )]
    Name(String),
    /// It is no key.
    #[error("this is no key of a log")]
    NoKey,
}

impl fmt::Debug for LogKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LogKey({})", self.verifier)
    }
}

impl LogKey {
    /// A new key for a log of this name: what must be kept secret, as text.
    pub fn generate(name: &str) -> Result<Zeroizing<String>, KeyError> {
        if !is_key_name_valid(name) || name.chars().any(char::is_control) {
            return Err(KeyError::Name(name.to_owned()));
        }
        let (secret, _) = generate_key(&mut rand::rngs::OsRng, name);
        Ok(Zeroizing::new(secret))
    }

    /// The key of a secret text.
    pub fn parse(secret: &str) -> Result<Self, KeyError> {
        let signer = StandardSigner::new(secret.trim()).map_err(|_| KeyError::NoKey)?;
        let verifier = verifier_of(secret.trim()).ok_or(KeyError::NoKey)?;
        Ok(Self { signer, verifier })
    }

    /// The name of the log.
    pub fn origin(&self) -> &str {
        self.signer.name()
    }

    /// The public key, as whoever checks takes it: `name+hash+base64`.
    pub fn verifier(&self) -> &str {
        &self.verifier
    }

    /// A checkpoint of so many entries with this root.
    pub(crate) fn sign(&self, size: u64, root: Hash) -> Result<SignedCheckpoint, NoCheckpoint> {
        let text = Text::new(self.origin(), size, root, "").map_err(|_| NoCheckpoint::Malformed)?;
        let mut note = Note::new(&text.to_bytes(), &[]).map_err(|_| NoCheckpoint::Malformed)?;
        note.add_sigs(&[&self.signer])
            .map_err(|_| NoCheckpoint::Malformed)?;
        let note = String::from_utf8(note.to_bytes()).map_err(|_| NoCheckpoint::Malformed)?;
        Ok(SignedCheckpoint { size, root, note })
    }
}

/// The public key of a secret one: `PRIVATE+KEY+name+hash+base64(algorithm, seed)`.
fn verifier_of(secret: &str) -> Option<String> {
    use base64::Engine;
    let mut parts = secret.split('+').skip(2);
    let (name, _) = (parts.next()?, parts.next()?);
    let rest: Vec<&str> = parts.collect();
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(rest.join("+"))
        .ok()?;
    let seed: [u8; 32] = bytes.get(1..)?.try_into().ok()?;
    let key = ed25519_dalek::SigningKey::from_bytes(&seed);
    Some(signed_note::new_ed25519_verifier_key(
        name,
        &key.verifying_key(),
    ))
}

/// Why a text is no checkpoint of a log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoCheckpoint {
    /// It has another form.
    #[error(
        "this is no checkpoint: it is a name, a number of entries and a root, a line each, and then signatures"
    )]
    Malformed,
    /// None of the known keys signed it, or what was signed is not what it says.
    #[error("no known key signed what this checkpoint says")]
    NotSigned,
    /// It is of another log.
    #[error("this checkpoint is of the log {found}, and not of {wanted}")]
    OtherLog {
        /// The log that it names.
        found: String,
        /// The log of the key.
        wanted: String,
    },
}

/// How many entries a ledger had and the root over them, signed.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedCheckpoint {
    /// The number of entries.
    pub size: u64,
    pub(crate) root: Hash,
    /// The signed note, as it is handed on.
    pub note: String,
}

impl SignedCheckpoint {
    /// The root, in base64.
    pub fn root(&self) -> String {
        self.root.to_string()
    }

    /// Reads a signed note that one of these public keys signed.
    pub fn read(note: &str, verifiers: &[String]) -> Result<Self, NoCheckpoint> {
        let keys: Vec<StandardVerifier> = verifiers
            .iter()
            .filter_map(|key| StandardVerifier::new(key).ok())
            .collect();
        let names: Vec<String> = keys.iter().map(|key| key.name().to_owned()).collect();
        let mut boxed: Vec<Box<dyn Verifier>> = Vec::new();
        for key in keys {
            boxed.push(Box::new(key));
        }
        let known = VerifierList::new(boxed);
        let read = Note::from_bytes(note.as_bytes()).map_err(|_| NoCheckpoint::Malformed)?;
        let (signed, _) = read.verify(&known).map_err(|_| NoCheckpoint::NotSigned)?;
        let text = Text::from_bytes(read.text()).map_err(|_| NoCheckpoint::Malformed)?;
        if !signed.iter().any(|one| one.name() == text.origin()) {
            return Err(NoCheckpoint::OtherLog {
                found: text.origin().to_owned(),
                wanted: names.join(", "),
            });
        }
        Ok(Self {
            size: text.size(),
            root: *text.hash(),
            note: note.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> LogKey {
        LogKey::parse(&LogKey::generate(name).unwrap()).unwrap()
    }

    #[test]
    fn a_checkpoint_is_read_back_and_an_altered_one_is_not() {
        let key = key("register.example/ledger");
        let signed = key.sign(7, Hash([3; 32])).unwrap();
        let known = [key.verifier().to_owned()];
        assert_eq!(
            SignedCheckpoint::read(&signed.note, &known),
            Ok(signed.clone())
        );
        let altered = signed.note.replacen("\n7\n", "\n8\n", 1);
        assert_eq!(
            SignedCheckpoint::read(&altered, &known),
            Err(NoCheckpoint::NotSigned)
        );
        assert_eq!(
            SignedCheckpoint::read("seven", &known),
            Err(NoCheckpoint::Malformed)
        );
    }

    /// The one that the description of the form gives to others.
    #[test]
    fn the_checkpoint_that_is_described_is_signed_by_the_key_beside_it() {
        let described = include_str!("../../../docs/ledger-format.md");
        let note = described.split("```\n").nth(1).unwrap();
        let (_, after) = described.split_once("signed by the key `").unwrap();
        let key = after.split('`').next().unwrap().to_owned();
        let read = SignedCheckpoint::read(note, &[key]).unwrap();
        assert_eq!(read.size, 8_661);
    }

    #[test]
    fn a_checkpoint_of_another_key_is_not_believed() {
        let signed = key("register.example/ledger")
            .sign(7, Hash([3; 32]))
            .unwrap();
        let other = [key("register.example/ledger").verifier().to_owned()];
        assert_eq!(
            SignedCheckpoint::read(&signed.note, &other),
            Err(NoCheckpoint::NotSigned)
        );
    }

    #[test]
    fn a_name_with_a_space_or_a_plus_names_no_log() {
        for name in ["", "a b", "a+b", "a\nb"] {
            assert_eq!(
                LogKey::generate(name).unwrap_err(),
                KeyError::Name(name.to_owned())
            );
        }
    }
}
