//! An address that answers with a key.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::HOST;
use http::{Request, StatusCode, Uri};

use crate::credentials::temporary::{ACCESS_KEY, Object};
use crate::credentials::{CredentialSource, Found, Lookup, Surroundings};
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};
use crate::transport::BoxFuture;

const VARIABLE: &str = "ALIBABA_CLOUD_CREDENTIALS_URI";
const TIMEOUT: Duration = Duration::from_secs(10);

/// The key that an address answers with, as instance metadata would: a helper beside the program, which knows where to get one. The
/// Alibaba Cloud CLI calls it the mode `CredentialsURI`.
///
/// `Debug` and errors show the host of the address alone, since the rest may be as good as a key.
///
/// ```
/// use cloud_core::aliyun::credentials::CredentialsUri;
///
/// let source = CredentialsUri::from_env();
/// let source = CredentialsUri::new("http://127.0.0.1:8080/key");
/// assert_eq!(format!("{source:?}"), r#"CredentialsUri("http://127.0.0.1:8080/…")"#);
/// ```
#[derive(Clone)]
pub struct CredentialsUri {
    /// `None` for what the variable says.
    uri: Option<String>,
}

impl CredentialsUri {
    /// The address in the environment variable `ALIBABA_CLOUD_CREDENTIALS_URI`. The source is absent if it is not set.
    pub fn from_env() -> Self {
        Self { uri: None }
    }

    /// This address.
    pub fn new(uri: impl Into<String>) -> Self {
        Self {
            uri: Some(uri.into()),
        }
    }

    async fn fetch(&self, surroundings: &Surroundings) -> Result<Lookup, Error> {
        let (text, from) = match &self.uri {
            Some(uri) => (uri.clone(), "the credentials URI"),
            None => match surroundings.variable(VARIABLE)? {
                Some(uri) => (uri, VARIABLE),
                None => return Ok(Lookup::Absent(format!("{VARIABLE} is not set"))),
            },
        };
        let shown = shown(&text);
        let what = format!("{from}, {shown}");
        let broken = |kind, problem: &str| Error::new(kind, format!("{what}: {problem}"));
        let request = request(&text).ok_or_else(|| {
            let problem = "it is no address such as http://127.0.0.1:8080/key";
            broken(ErrorKind::Configuration, problem)
        })?;
        let answer = surroundings.send(request, TIMEOUT).await;
        let answer = answer.map_err(|error| Error::from_transport(error).with_context(&what))?;
        let status = answer.status();
        if status != StatusCode::OK {
            let kind = match status.as_u16() {
                401 | 403 => ErrorKind::PermissionDenied,
                429 => ErrorKind::Throttled,
                500..=599 => ErrorKind::Unavailable,
                _ => ErrorKind::Decode,
            };
            return Err(broken(
                kind,
                &format!("it answers with HTTP {}", status.as_u16()),
            ));
        }
        let key = Object::parse(answer.body()).and_then(|mut object| {
            object.succeeded()?;
            object.key(&ACCESS_KEY)
        });
        let key = key
            .map_err(|problem| broken(ErrorKind::Decode, &format!("it answers with {problem}")))?;
        Ok(Lookup::Found(Found::new(key, what)))
    }
}

/// The request, if the text is an address that can be asked.
fn request(text: &str) -> Option<Request<Bytes>> {
    let uri: Uri = text.trim().parse().ok()?;
    let endpoint = Endpoint::parse(&root(&uri)?).ok()?;
    let mut request = Request::new(Bytes::new());
    let host = endpoint.host_header().ok()?;
    request.headers_mut().insert(HOST, host);
    *request.uri_mut() = uri;
    Some(request)
}

/// The scheme and the host of an address.
fn root(uri: &Uri) -> Option<String> {
    Some(format!("{}://{}", uri.scheme()?, uri.authority()?))
}

/// The part of an address that is no secret.
fn shown(text: &str) -> String {
    let root = request(text).and_then(|request| root(request.uri()));
    root.map_or("…".to_owned(), |root| format!("{root}/…"))
}

impl fmt::Debug for CredentialsUri {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.uri.as_deref().map_or(VARIABLE.to_owned(), shown);
        formatter
            .debug_tuple("CredentialsUri")
            .field(&shown)
            .finish()
    }
}

impl CredentialSource for CredentialsUri {
    fn name(&self) -> Cow<'_, str> {
        "credentials URI".into()
    }

    fn load<'a>(&'a self, surroundings: &'a Surroundings) -> BoxFuture<'a, Result<Lookup, Error>> {
        Box::pin(self.fetch(surroundings))
    }
}
