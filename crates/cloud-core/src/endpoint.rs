//! Where a service is.

use std::fmt;

use http::Uri;
use http::header::HeaderValue;
use http::uri::{Authority, PathAndQuery, Scheme};

use crate::error::Error;

/// One line of a service's table of hosts.
#[derive(Debug, Clone, Copy)]
pub struct EndpointRule {
    condition: Condition,
    host: &'static str,
}

#[derive(Debug, Clone, Copy)]
enum Condition {
    Always,
    Suffix(&'static str),
    Regions(&'static [&'static str]),
}

impl EndpointRule {
    /// The host of every region that no rule before this one matched. `{region}` stands for the region.
    pub const fn always(host: &'static str) -> Self {
        Self {
            condition: Condition::Always,
            host,
        }
    }

    /// The host of regions whose name ends like this.
    pub const fn suffix(suffix: &'static str, host: &'static str) -> Self {
        Self {
            condition: Condition::Suffix(suffix),
            host,
        }
    }

    /// The host of these regions.
    pub const fn regions(regions: &'static [&'static str], host: &'static str) -> Self {
        Self {
            condition: Condition::Regions(regions),
            host,
        }
    }

    fn matches(&self, region: &str) -> bool {
        match self.condition {
            Condition::Always => true,
            Condition::Suffix(suffix) => region.ends_with(suffix),
            Condition::Regions(regions) => regions.contains(&region),
        }
    }
}

/// What stands for the region in the pattern of a host.
const REGION: &str = "{region}";

/// An endpoint that the user has set.
#[derive(Debug, Clone)]
pub(crate) enum Override {
    /// The same for all regions.
    Fixed(Endpoint),
    /// A pattern with `{region}` in it, such as that of the hosts inside of a VPC.
    PerRegion(String),
}

impl Override {
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        if text.contains(REGION) {
            // Whatever the region: all of them are labels.
            Endpoint::parse(&text.replace(REGION, "region"))?;
            Ok(Self::PerRegion(text.trim().to_owned()))
        } else {
            Endpoint::parse(text).map(Self::Fixed)
        }
    }

    /// The endpoint of a region.
    pub(crate) fn endpoint(&self, region: Option<&str>) -> Result<Endpoint, Error> {
        match self {
            Self::Fixed(endpoint) => Ok(endpoint.clone()),
            Self::PerRegion(pattern) => Endpoint::of_host(pattern, region.unwrap_or_default()),
        }
    }
}

impl fmt::Display for Override {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(endpoint) => endpoint.fmt(formatter),
            Self::PerRegion(pattern) => formatter.write_str(pattern),
        }
    }
}

/// A scheme and a host, with a port if it is not the usual one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Endpoint {
    scheme: Scheme,
    authority: Authority,
}

impl Endpoint {
    /// Reads an endpoint as a user writes it: `https://host`, `http://host:port`, or `host` alone, which means HTTPS.
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let unusable = |reason: &str| {
            let shown = without_user(text);
            Error::configuration(format!(
                "the endpoint `{shown}` can't be used: {reason}; write it like `https://host` or `http://127.0.0.1:8080`"
            ))
        };
        let full = if text.contains("://") {
            text.trim().to_owned()
        } else {
            format!("https://{}", text.trim())
        };
        let uri: Uri = full.parse().map_err(|_| unusable("it is no address"))?;
        let parts = uri.into_parts();
        let scheme = parts
            .scheme
            .filter(|scheme| *scheme == Scheme::HTTP || *scheme == Scheme::HTTPS);
        let (Some(scheme), Some(authority)) = (scheme, parts.authority) else {
            return Err(unusable("it is neither http nor https"));
        };
        if authority.as_str().contains('@') {
            return Err(unusable("it has a user in it"));
        }
        if parts
            .path_and_query
            .is_some_and(|path| path != PathAndQuery::from_static("/"))
        {
            return Err(unusable(
                "it has a path or a query, and actions are always sent to `/`",
            ));
        }
        if authority.host().is_empty()
            || (authority.as_str().contains(':')
                && authority.port().is_none()
                && !authority.as_str().ends_with(']'))
        {
            return Err(unusable("it has no host, or a port that is no number"));
        }
        Ok(Self { scheme, authority })
    }

    /// The endpoint of a region by a service's table.
    pub(crate) fn by_rules(rules: &[EndpointRule], region: Option<&str>) -> Result<Self, Error> {
        let region = region.unwrap_or_default();
        let rule = rules.iter().find(|rule| rule.matches(region));
        let Some(rule) = rule else {
            return Err(Error::configuration(format!(
                "the service has no endpoint for the region `{region}`; set one with `endpoint`"
            )));
        };
        Self::of_host(rule.host, region)
    }

    /// The endpoint of a region by the pattern of its host.
    fn of_host(host: &str, region: &str) -> Result<Self, Error> {
        // The region becomes part of a host name: it must not be able to name another host.
        if host.contains(REGION) {
            if region.is_empty() {
                return Err(Error::configuration(
                    "no region is set, and the service has a host for each: give it to the request with `.region(…)`, \
                     or to the client with `Client::builder().region(…)`",
                ));
            }
            let is_label = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            if !region.bytes().all(is_label) {
                return Err(Error::configuration(format!(
                    "`{region}` is no name of a region: a host can't be made of it"
                )));
            }
        }
        Self::parse(&host.replace(REGION, region))
    }

    /// The host, with the port if there is one: what is signed.
    pub(crate) fn host(&self) -> &str {
        self.authority.as_str()
    }

    /// The header `Host`.
    pub(crate) fn host_header(&self) -> Result<HeaderValue, Error> {
        HeaderValue::from_str(self.host())
            .map_err(|_| Error::configuration(format!("`{}` is no host", self.host())))
    }

    /// The address of a request with this query.
    pub(crate) fn uri(&self, query: &str) -> Result<Uri, Error> {
        if query.is_empty() {
            self.at(PathAndQuery::from_static("/"))
        } else {
            self.at(PathAndQuery::try_from(format!("/?{query}")).map_err(|_| too_long())?)
        }
    }

    /// The address of something that stands elsewhere than at `/`.
    pub(crate) fn at(&self, path: PathAndQuery) -> Result<Uri, Error> {
        let mut parts = http::uri::Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(path);
        Uri::from_parts(parts).map_err(|_| too_long())
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}://{}", self.scheme, self.authority)
    }
}

/// An endpoint without the user and the password that may stand before the host, to be shown.
pub(crate) fn without_user(text: &str) -> &str {
    text.rsplit('@').next().unwrap_or_default()
}

/// Queries are escaped before they get here, so length is all that can be wrong with them.
fn too_long() -> Error {
    Error::configuration(
        "the parameters that travel in the query are longer than an address can be (64 KiB)",
    )
}
