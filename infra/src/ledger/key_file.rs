//! The file of the key that signs checkpoints. It lies apart from the database, and only its owner may read it.

use std::fs;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::checkpoint::{KeyError, LogKey};

/// Why the key cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// There is one already.
    #[error(
        "{} is there already: a key is made once. Keep it, or name another file with --log-key", .0.display()
    )]
    Exists(PathBuf),
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
    /// Others may read it.
    #[error(
        "others than its owner may read the key file {}: whoever has it can sign a false history. Shut it with \
         `chmod 600`; if somebody may have read it, make a new key", .0.display()
    )]
    Open(PathBuf),
    /// It holds something else.
    #[error("the file {} holds no key of a log: name the right file with --log-key, or bring it back from its backup", .0.display())]
    NotAKey(PathBuf),
    /// No key can be made.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// Makes the key of a log of this name, once; gives it.
pub fn make_key(path: &Path, name: &str) -> Result<LogKey, KeyFileError> {
    let secret = LogKey::generate(name)?;
    let mut options = fs::OpenOptions::new();
    let made = options.write(true).create_new(true).mode(0o600).open(path);
    let written = made.and_then(|mut file| {
        file.write_all(format!("{}\n", secret.as_str()).as_bytes())?;
        file.sync_all()
    });
    match written {
        Ok(()) => Ok(LogKey::parse(&secret)?),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Err(KeyFileError::Exists(path.to_owned()))
        }
        Err(source) => Err(KeyFileError::File {
            path: path.to_owned(),
            doing: "made",
            source,
        }),
    }
}

/// The key of a file; none where no file is.
pub(crate) fn read_key(path: &Path) -> Result<Option<LogKey>, KeyFileError> {
    let failed = |source| KeyFileError::File {
        path: path.to_owned(),
        doing: "read",
        source,
    };
    let about = match fs::metadata(path) {
        Ok(about) => about,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    if about.permissions().mode() & 0o077 != 0 {
        return Err(KeyFileError::Open(path.to_owned()));
    }
    let secret = Zeroizing::new(fs::read_to_string(path).map_err(failed)?);
    match LogKey::parse(&secret) {
        Ok(key) => Ok(Some(key)),
        Err(_) => Err(KeyFileError::NotAKey(path.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_read_by_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.key");
        assert!(read_key(&path).unwrap().is_none());
        let made = make_key(&path, "register.example/ledger").unwrap();
        assert_eq!(made.origin(), "register.example/ledger");
        let read = read_key(&path).unwrap().unwrap();
        assert_eq!(read.verifier(), made.verifier());
        let again = make_key(&path, "register.example/ledger");
        assert!(matches!(again, Err(KeyFileError::Exists(_))));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(read_key(&path), Err(KeyFileError::Open(_))));
        fs::write(&path, "nothing").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(matches!(read_key(&path), Err(KeyFileError::NotAKey(_))));
    }
}
