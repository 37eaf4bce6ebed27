//! A service: what a generated crate says about itself.

use crate::endpoint::EndpointRule;
use crate::error::ErrorKind;

/// A service of a provider. Generated crates implement it for an empty type that names the service.
pub trait Service: Send + Sync + 'static {
    /// The provider, which decides how requests are signed and answers are read.
    type Provider: Provider;

    /// What the client needs to know about the service.
    const INFO: ServiceInfo;
}

/// What the client needs to know about a service.
#[derive(Debug)]
pub struct ServiceInfo {
    /// The product's name in hosts and signatures, such as `redis`.
    pub name: &'static str,
    /// The version of the API, such as `2018-04-12`. Empty for UCloud, whose API has none.
    pub version: &'static str,
    /// The header `User-Agent`.
    pub user_agent: &'static str,
    /// Where the service is, by region. The first rule that matches wins.
    pub endpoints: &'static [EndpointRule],
    /// The kinds of the service's own error codes.
    pub errors: &'static [(&'static str, ErrorKind)],
}

/// A provider of services: [`Ucloud`](crate::ucloud::Ucloud), [`Tencent`](crate::tencent::Tencent) or
/// [`Aliyun`](crate::aliyun::Aliyun). Nothing else can implement it.
#[allow(
    private_bounds,
    reason = "sealed: what a provider is made of is no part of the interface"
)]
pub trait Provider: Sealed + Send + Sync + 'static {}

/// What keeps [`Provider`] closed, and gives the client its protocol.
pub(crate) trait Sealed {
    fn protocol() -> &'static dyn crate::protocol::Protocol;
}
