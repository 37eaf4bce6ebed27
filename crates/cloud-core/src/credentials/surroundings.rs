//! The world as a source of keys sees it.

use std::fmt;
use std::io::{self, ErrorKind, Read as _};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Request, Response};

use super::Environment;
use crate::client::skew::{Moment, Skew};
use crate::error::Error;
use crate::runtime::Runtime;
use crate::secret::Secret;
use crate::transport::{BoxFuture, Direct, Transport, TransportError};

/// A file with keys has a few lines. What is longer than this is something else, and is not read.
const LONGEST: u64 = 1 << 20;

/// What a source may look at: variables, files, the network, the clock. A client's sources see its own
/// [environment](crate::ClientBuilder::environment), transport and runtime.
#[derive(Clone)]
pub struct Surroundings {
    environment: Environment,
    home: Option<PathBuf>,
    transport: Arc<dyn Transport>,
    runtime: Arc<dyn Runtime>,
    skew: Arc<Skew>,
}

/// A file that was read.
#[derive(Debug)]
#[non_exhaustive]
pub struct File {
    /// What it holds.
    pub text: Secret,
    /// Where it is.
    pub path: PathBuf,
    /// Whether its permissions let users read it who do not own it. Always `false` where files have no such permissions.
    pub readable_by_others: bool,
    /// Where it is, in short.
    place: String,
}

impl File {
    /// Where it is, for messages: `~/.aliyun/config.json`.
    pub fn place(&self) -> &str {
        &self.place
    }
}

impl Surroundings {
    /// Surroundings for a source that is asked by hand, such as in its own tests.
    pub fn new(environment: Environment, transport: impl Transport, runtime: impl Runtime) -> Self {
        let (transport, runtime) = (Arc::new(transport), Arc::new(runtime));
        Self::of(environment, transport, runtime, Arc::default())
    }

    pub(crate) fn of(
        environment: Environment,
        transport: Arc<dyn Transport>,
        runtime: Arc<dyn Runtime>,
        skew: Arc<Skew>,
    ) -> Self {
        let names = if cfg!(windows) {
            ["USERPROFILE", "HOME"]
        } else {
            ["HOME", "USERPROFILE"]
        };
        let home = names.into_iter().find_map(|name| environment.raw(name));
        Self {
            home: home.map(PathBuf::from),
            environment,
            transport,
            runtime,
            skew,
        }
    }

    /// The value of an environment variable. An empty one counts as not set, since that is how scripts unset things.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) if it is not valid UTF-8.
    pub fn variable(&self, name: &str) -> Result<Option<String>, Error> {
        self.environment.get(name)
    }

    /// The user's own folder: `HOME`, or `USERPROFILE` on Windows.
    pub fn home(&self) -> Option<&Path> {
        self.home.as_deref()
    }

    /// The text of a file; `None` if there is no such file, or if it is in a folder that this user may not look into, such as the
    /// home of another user's that a container was started with.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) if there is one and it can't be read.
    pub fn read(&self, path: &Path) -> Result<Option<File>, Error> {
        let place = self.place(path);
        match read(path, place) {
            Ok(file) => Ok(Some(file)),
            Err(error) if is_absent(path, &error) => Ok(None),
            Err(error) => {
                let place = self.place(path);
                Err(Error::configuration(format!("can't read {place}: {error}")))
            }
        }
    }

    /// The text of a file that somebody has named, so that it has to be there.
    pub(crate) fn read_required(&self, path: &Path, named_by: &str) -> Result<File, Error> {
        self.read(path)?.ok_or_else(|| {
            let place = self.place(path);
            Error::configuration(format!("there is no {place}, which {named_by} names"))
        })
    }

    /// The text of the file that a variable names, where `~/` is the user's own folder, or else of the usual one.
    pub(crate) fn read_named(
        &self,
        variable: &str,
        usual: Option<PathBuf>,
    ) -> Result<Option<File>, Error> {
        match (self.environment.raw(variable).map(PathBuf::from), usual) {
            (Some(path), _) => {
                let path = match (path.strip_prefix("~"), self.home()) {
                    (Ok(rest), Some(home)) => home.join(rest),
                    _ => path,
                };
                self.read_required(&path, variable).map(Some)
            }
            (None, Some(usual)) => self.read(&usual),
            (None, None) => Ok(None),
        }
    }

    /// A path for messages, short if it is in the user's own folder.
    fn place(&self, path: &Path) -> String {
        match self.home().map(|home| path.strip_prefix(home)) {
            Some(Ok(rest)) => format!("~/{}", rest.display()),
            _ => path.display().to_string(),
        }
    }

    /// The time of day: that of the provider, as far as the client has learnt how its own clock differs.
    pub fn now(&self) -> SystemTime {
        self.skew.correct(self.runtime.now())
    }

    /// The same by both clocks.
    pub(crate) fn moment(&self) -> Moment {
        let own = self.runtime.now();
        Moment {
            own,
            provider: self.skew.correct(own),
        }
    }

    /// Sends a request over the client's transport, once. The answer must be complete within `timeout`. No proxy is asked for what
    /// has a loopback or link-local address: for a proxy that would be another machine.
    pub fn send(
        &self,
        mut request: Request<Bytes>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        if request.uri().host().is_some_and(is_local) {
            request.extensions_mut().insert(Direct);
        }
        self.transport.send(request, timeout)
    }

    /// A random number.
    pub(crate) fn nonce(&self) -> u128 {
        self.runtime.nonce()
    }

    pub(crate) fn environment(&self) -> &Environment {
        &self.environment
    }

    pub(crate) fn transport(&self) -> Arc<dyn Transport> {
        Arc::clone(&self.transport)
    }

    pub(crate) fn runtime(&self) -> Arc<dyn Runtime> {
        Arc::clone(&self.runtime)
    }

    pub(crate) fn skew(&self) -> Arc<Skew> {
        Arc::clone(&self.skew)
    }

    pub(crate) fn instant(&self) -> Duration {
        self.runtime.instant()
    }

    pub(crate) fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        self.runtime.sleep(time)
    }
}

fn is_local(host: &str) -> bool {
    match host.trim_matches(['[', ']']).parse() {
        Ok(IpAddr::V4(address)) => address.is_loopback() || address.is_link_local(),
        Ok(IpAddr::V6(address)) => address.is_loopback() || address.is_unicast_link_local(),
        Err(_) => host.eq_ignore_ascii_case("localhost"),
    }
}

fn is_absent(path: &Path, error: &io::Error) -> bool {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => true,
        // A file that may not be read can still be seen.
        ErrorKind::PermissionDenied => std::fs::metadata(path).is_err(),
        _ => false,
    }
}

fn read(path: &Path, place: String) -> io::Result<File> {
    let file = std::fs::File::open(path)?;
    let readable_by_others = readable_by_others(&file.metadata()?);
    let mut bytes = Vec::new();
    file.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LONGEST) {
        return Err(io::Error::other("it is longer than any such file (1 MiB)"));
    }
    let text = String::from_utf8(bytes).map_err(|_| io::Error::other("it is not UTF-8"))?;
    Ok(File {
        text: Secret::from(text),
        path: path.to_owned(),
        readable_by_others,
        place,
    })
}

#[cfg(unix)]
fn readable_by_others(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o044 != 0
}

#[cfg(not(unix))]
fn readable_by_others(_: &std::fs::Metadata) -> bool {
    false
}

impl fmt::Debug for Surroundings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Surroundings")
            .field("environment", &self.environment)
            .field("home", &self.home)
            .finish_non_exhaustive()
    }
}
