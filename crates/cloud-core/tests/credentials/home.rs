//! A home folder with files, and what a client finds there.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use cloud_core::credentials::{Chain, Credentials, Explanation, Outcome, Settings};
use cloud_core::{Client, ClientBuilder, Environment, Service};

use crate::common::memory::{bare, now};
use crate::{request, success};

/// All secrets of these tests have this in them, so that it can be searched for.
pub(crate) const MARK: &str = "s3cr3t";

/// Files in a folder that is removed at the end, and variables.
pub(crate) struct Home {
    path: PathBuf,
    variables: Vec<(String, String)>,
}

impl Home {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("cloud-core-home-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        let home = ("HOME".to_owned(), path.to_str().unwrap().to_owned());
        Self {
            path,
            variables: vec![home],
        }
    }

    pub(crate) fn with(files: &[(&str, &str)], variables: &[(&str, &str)]) -> Self {
        let home = files.iter().fold(Self::new(), |home, (path, text)| {
            home.file(path, text.as_bytes())
        });
        variables
            .iter()
            .fold(home, |home, (name, value)| home.variable(name, value))
    }

    /// A file that only its owner can read.
    pub(crate) fn file(self, path: &str, text: &[u8]) -> Self {
        let path = self.path.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        permit(&path, 0o600);
        self
    }

    /// A folder where a file should be.
    pub(crate) fn folder(self, path: &str) -> Self {
        fs::create_dir_all(self.path.join(path)).unwrap();
        self
    }

    #[cfg(unix)]
    pub(crate) fn permit(self, path: &str, mode: u32) -> Self {
        permit(&self.path.join(path), mode);
        self
    }

    /// A variable; `{home}` stands for the folder.
    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        let value = value.replace("{home}", self.path.to_str().unwrap());
        self.variables.push((name.to_owned(), value));
        self
    }

    fn environment(&self) -> Environment {
        self.variables.iter().cloned().collect()
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn builder_without_region<S: Service>(&self) -> ClientBuilder<S> {
        bare(success()).environment(self.environment())
    }

    pub(crate) fn builder<S: Service>(&self) -> ClientBuilder<S> {
        self.builder_without_region().region("r")
    }

    pub(crate) fn client<S: Service>(&self) -> Client<S> {
        self.builder().build().unwrap()
    }

    /// What a client goes to that was told nothing.
    pub(crate) fn settings<S: Service>(&self) -> Settings {
        let client = self.builder_without_region::<S>();
        now(client.build().unwrap().explain_credentials()).settings
    }

    pub(crate) fn explain<S: Service>(&self) -> Explanation {
        let explanation = now(self.client::<S>().explain_credentials());
        assert!(
            !format!("{explanation} {explanation:?}").contains(MARK),
            "{explanation}"
        );
        explanation
    }

    /// Where the key is that the client chooses; it must be this one.
    pub(crate) fn place_of<S: Service>(&self, key: &Credentials) -> String {
        let sent = now(self.client::<S>().prepare(&request())).unwrap();
        // The same settings, with a key that is given.
        let chain = Chain::of::<S::Provider>().first(key.clone());
        let given = self.builder::<S>().credential_chain(chain).build().unwrap();
        let expected = now(given.prepare(&request())).unwrap();
        assert_eq!(sent.headers(), expected.headers());
        assert_eq!(sent.body(), expected.body());
        match &self.explain::<S>().chosen().unwrap().outcome {
            Outcome::Chosen { id, place, .. } if id == key.id() => place.clone(),
            other => panic!("{other:?}"),
        }
    }

    /// What the client says when it has no key.
    pub(crate) fn refusal<S: Service>(&self) -> String {
        let error = now(self.client::<S>().prepare(&request())).unwrap_err();
        assert_eq!(error.kind(), cloud_core::ErrorKind::Configuration);
        assert!(!format!("{error} {error:?}").contains(MARK), "{error}");
        let explanation = self.explain::<S>();
        assert!(explanation.chosen().is_none(), "{explanation}");
        error
            .message()
            .replace(self.path.to_str().unwrap(), "{home}")
    }
}

#[cfg(unix)]
fn permit(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
fn permit(_: &Path, _: u32) {}

impl Drop for Home {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.path).unwrap();
    }
}
