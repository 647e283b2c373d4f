//! The key-encryption key, from a file that lies apart from the database.

use std::fmt;
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::ids::IdSource;

/// A key of the vault.
pub(super) type Key = Zeroizing<[u8; 32]>;

/// The key that wraps all others.
#[derive(Clone)]
pub struct Kek(Zeroizing<[u8; 32]>);

/// Why the key-encryption key cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum KekError {
    /// The file cannot be read or made.
    #[error("the key file {} cannot be {doing}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
    /// A register that has a key is opened without it.
    #[error(
        "the key file {} is not there, and the register was made with one: put it back, restore it from its backup, \
         or name it with --key-file or ASSIZE_KEY_FILE", .0.display()
    )]
    Missing(PathBuf),
    /// It holds something else.
    #[error(
        "the key file {} does not hold 64 hexadecimal digits: name the right file with --key-file, or restore it \
         from its backup", .0.display()
    )]
    NotAKey(PathBuf),
}

impl fmt::Debug for Kek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kek(withheld)")
    }
}

impl Kek {
    /// A key from its bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Reads the key from a file; for a new register makes the file, readable by its owner alone, when there is none.
    pub fn from_file(path: &Path, ids: &IdSource, is_new: bool) -> Result<Self, KekError> {
        let failed = |doing| {
            move |source| KekError::File {
                path: path.to_owned(),
                doing,
                source,
            }
        };
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text).ok_or_else(|| KekError::NotAKey(path.to_owned())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !is_new => {
                Err(KekError::Missing(path.to_owned()))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let key = Zeroizing::new(ids.bytes::<32>());
                write_private(path, &hex::encode(*key)).map_err(failed("made"))?;
                Ok(Self(key))
            }
            Err(error) => Err(failed("read")(error)),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let mut key = Zeroizing::new([0_u8; 32]);
        hex::decode_to_slice(text.trim(), key.as_mut_slice()).ok()?;
        Some(Self(key))
    }

    pub(super) fn wrap_key(&self, id: Uuid, key: &Key, ids: &IdSource) -> Vec<u8> {
        let nonce = ids.bytes::<24>();
        seal(&self.0, &nonce, key.as_slice(), id.as_bytes())
    }

    pub(super) fn unwrap_key(&self, id: Uuid, wrapped: &[u8]) -> Option<Key> {
        let plain = Zeroizing::new(open(&self.0, wrapped, id.as_bytes())?);
        let mut key = Zeroizing::new([0_u8; 32]);
        if plain.len() != key.len() {
            return None;
        }
        key.copy_from_slice(&plain);
        Some(key)
    }
}

/// Nonce and ciphertext, under a key and bound to its associated data.
pub(super) fn seal(key: &[u8; 32], nonce: &[u8; 24], plain: &[u8], bound_to: &[u8]) -> Vec<u8> {
    let cipher = XChaCha20Poly1305::new(key.into());
    let payload = Payload {
        msg: plain,
        aad: bound_to,
    };
    // The cipher fails only on messages of 256 GiB.
    let sealed = cipher
        .encrypt(XNonce::from_slice(nonce), payload)
        .unwrap_or_default();
    [nonce.as_slice(), &sealed].concat()
}

/// The clear text, if key and associated data are right and no bit was changed.
pub(super) fn open(key: &[u8; 32], sealed: &[u8], bound_to: &[u8]) -> Option<Vec<u8>> {
    let (nonce, ciphertext) = sealed.split_at_checked(24)?;
    let cipher = XChaCha20Poly1305::new(key.into());
    cipher
        .decrypt(
            XNonce::from_slice(nonce),
            Payload {
                msg: ciphertext,
                aad: bound_to,
            },
        )
        .ok()
}

#[cfg(unix)]
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = std::fs::OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
