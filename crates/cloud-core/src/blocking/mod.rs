//! The client for programs without an async runtime: the same calls, carried out on the calling thread.
//!
//! Everything that decides is the same code as for [`Client`](crate::Client): signatures, retries, paging, waiting. Only the
//! [`Transport`] and the waiting between attempts block, so that the futures of a call are ready as soon as they are asked. For a source
//! of keys that is not, such as another program, the thread is parked.
//!
//! ```no_run
//! # #[cfg(feature = "tencent")] {
//! # use cloud_core::{EndpointRule, RawRequest, Service, ServiceInfo, blocking, tencent::Tencent};
//! # enum Redis {}
//! # impl Service for Redis {
//! #     type Provider = Tencent;
//! #     const INFO: ServiceInfo = ServiceInfo { name: "redis", version: "2018-04-12", user_agent: "x", endpoints: &[], errors: &[] };
//! # }
//! let client: blocking::Client<Redis> = blocking::Client::builder().region("ap-guangzhou").build()?;
//! let answer = client.send(RawRequest::new("DescribeInstances").read())?;
//! # }
//! # Ok::<(), cloud_core::Error>(())
//! ```
//!
//! Do not call it from async code: it would keep the executor's thread from everything else.

mod client;
mod lists;
mod runtime;
mod transport;
mod ureq;
mod wait;

pub use self::client::{Client, ClientBuilder};
pub use self::lists::{Items, Pages};
pub use self::transport::Transport;
pub use self::ureq::{UreqTransport, UreqTransportBuilder};
pub use self::wait::Wait;
