//! The runtime that the typed clients for UCloud, Tencent Cloud and Alibaba Cloud stand on.
//!
//! Consumers take a service crate, such as `tencent-redis`, which holds one struct per request and per answer and exports what it
//! needs from here. Everything that acts is in this crate, once: a [`Client`] signs a request, sends it through a [`Transport`],
//! and decodes the answer or the [`Error`].
//!
//! Inside, all that can be is a pure function of values: [signing](#signing), the encoding of parameters, the reading of answers,
//! the choice of the endpoint. Clock and nonces come through a [`Runtime`], the network through a [`Transport`].
//!
//! # Signing
//!
//! The signers can be used on their own: [`ucloud::sign`], [`tencent::tc3`], [`aliyun::acs3`].
//!
//! # Features
//!
//! * `ucloud`, `tencent`, `aliyun`: the providers. A service crate turns on the one it needs.
//! * `reqwest` (default): the [`ReqwestTransport`]. Without it, there is no HTTP stack in the build at all.

#![cfg_attr(
    not(all(feature = "aliyun", feature = "tencent", feature = "ucloud")),
    allow(
        dead_code,
        reason = "each provider uses its own part of what they share"
    )
)]

#[cfg(feature = "aliyun")]
pub mod aliyun;
mod client;
mod credentials;
#[cfg(any(feature = "aliyun", feature = "tencent"))]
mod digest;
mod endpoint;
mod envelope;
mod error;
mod hex;
mod operation;
mod paging;
mod params;
mod policy;
mod protocol;
mod raw;
pub mod record;
mod runtime;
mod secret;
mod service;
#[cfg(feature = "tencent")]
pub mod tencent;
mod time;
mod transport;
#[cfg(feature = "ucloud")]
pub mod ucloud;
mod url;
mod waiting;
mod walk;

pub use client::{Client, ClientBuilder, decode};
pub use credentials::{Credentials, Environment};
pub use endpoint::EndpointRule;
pub use error::{Error, ErrorKind, Stopped};
pub use operation::{Effect, Metadata, Need, Operation, RateLimit, Response, Scope};
pub use paging::{Paged, PagedItems, Paging, Position};
pub use params::Params;
pub use policy::{Backoff, Budget, Policy, RateLimiter};
pub use raw::RawRequest;
pub use record::{
    AsSlot, AsValue, Element, Field, FromScalar, IntegerEnum, Record, RecordMut, Scalar, Slot,
    Text, TextEnum, TextFormat, Value,
};
pub use runtime::{Runtime, System};
pub use secret::Secret;
pub use service::{Provider, Service, ServiceInfo};
pub use time::{
    InvalidTime, LocalDate, LocalDateTime, LocalTime, LocalTimeRange, UnixMillis, UnixSeconds,
};
pub use transport::{BoxFuture, Delivery, Transport, TransportError};
#[cfg(feature = "reqwest")]
pub use transport::{ReqwestTransport, ReqwestTransportBuilder};
pub use url::DownloadUrl;
pub use waiting::{Outcome, Waitable, Waiter};
pub use walk::Step;

/// JSON of any shape: the type of fields that a provider does not describe further.
pub use serde_json::Value as Json;

/// For the macros of this crate.
#[doc(hidden)]
pub use serde_core;
