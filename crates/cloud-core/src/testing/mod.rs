//! Answers by type, for tests of code that uses a client.
//!
//! A [`Mock`] has a function for each operation that the code under test sends. Its clients are real ones to that code, but they open
//! no connection and need neither key nor region.
//!
//! They have a clock of their own that only their waiting moves: a [`wait`](crate::Client::wait) of ten minutes is over at once, and
//! says that it took ten minutes.
//!
//! ```
//! # #[cfg(feature = "tencent")] {
//! # use cloud_core::{Client, Error, RawRequest, Service, ServiceInfo, tencent::Tencent};
//! # enum Redis {}
//! # impl Service for Redis {
//! #     type Provider = Tencent;
//! #     const INFO: ServiceInfo = ServiceInfo { name: "redis", version: "2018-04-12", user_agent: "x", endpoints: &[], errors: &[] };
//! # }
//! use cloud_core::ErrorKind;
//! use cloud_core::testing::{Mock, refusal};
//!
//! // What is tested.
//! async fn total(client: &Client<Redis>) -> Result<i64, Error> {
//!     let answer = client.send(RawRequest::new("DescribeInstances").read()).await?;
//!     Ok(answer["TotalCount"].as_i64().unwrap_or(0))
//! }
//!
//! # #[cfg(feature = "blocking")] pollster::block_on(async {
//! let mock = Mock::<Redis>::new();
//! mock.on::<RawRequest<Redis>>(|_| Ok(serde_json::json!({"TotalCount": 3})));
//! assert_eq!(total(&mock.client()).await?, 3);
//! assert_eq!(mock.calls::<RawRequest<Redis>>().len(), 1);
//!
//! mock.on::<RawRequest<Redis>>(|_| Err(refusal(ErrorKind::Throttled, "RequestLimitExceeded", "slow down")));
//! assert_eq!(total(&mock.client()).await.unwrap_err().kind(), ErrorKind::Throttled);
//! # Ok::<(), Error>(())
//! # })?;
//! # }
//! # Ok::<(), cloud_core::Error>(())
//! ```

mod clock;
mod error;
mod mock;

pub use self::error::{ErrorBuilder, refusal};
pub(crate) use self::mock::Handlers;
pub use self::mock::Mock;
