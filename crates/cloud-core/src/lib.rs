//! The runtime that the typed clients for UCloud, Tencent Cloud and Alibaba Cloud stand on.
//!
//! Consumers take a service crate, such as `tencent-redis`, which holds one struct per request and per answer and exports what it
//! needs from here. Everything that acts is in this crate, once: a [`Client`] signs a request, sends it through a [`Transport`],
//! and decodes the answer or the [`Error`].
//!
//! Inside, all that can be is a pure function of values: [signing](#signing), the encoding of parameters, the reading of answers,
//! the choice of the endpoint. Clocks, waiting and nonces come through a [`Runtime`], the network through a [`Transport`].
//!
//! # Credentials
//!
//! A client looks for a key when it first needs one, in the places where the provider's own tools have theirs and in their order:
//!
//! | | UCloud | Tencent Cloud | Alibaba Cloud |
//! |---|---|---|---|
//! | 1 | [profile](ucloud::credentials::Profile) `~/.ucloud` | environment | environment |
//! | 2 | environment | [file](tencent::credentials::SharedFile) `~/.tencentcloud/credentials` | [OIDC](aliyun::credentials::OidcRoleArn) |
//! | 3 | | [profile](tencent::credentials::Profile) `~/.tccli` | [profile](aliyun::credentials::Profile) `~/.aliyun/config.json` |
//! | 4 | | [role of the machine](tencent::credentials::CvmRole) | [file](aliyun::credentials::SharedFile) `~/.alibabacloud/credentials` |
//! | 5 | | [web identity](tencent::credentials::WebIdentity) | [role of the machine](aliyun::credentials::EcsRamRole) |
//! | 6 | | | [an address](aliyun::credentials::CredentialsUri) |
//!
//! Other sources are for code to choose: a role taken with another key ([Tencent Cloud](tencent::credentials::AssumeRole),
//! [Alibaba Cloud](aliyun::credentials::RamRoleArn), [UCloud](ucloud::credentials::AssumeRole)), the role of a
//! [machine of UCloud's](ucloud::credentials::InstanceRole), a [program](aliyun::credentials::ExternalProcess), a
//! [function](credentials::CredentialFn).
//!
//! The first place that has a key is the one. A place that is set up but broken ends the search with its reason: a typo must not make
//! a program use another key. What the builder was not told of region, zone, project and endpoint comes from the same places.
//!
//! [`ClientBuilder::credentials`] takes a key, [`ClientBuilder::credential_source`] anything that
//! [has one](credentials::CredentialSource), and [`ClientBuilder::credential_chain`] a [`Chain`](credentials::Chain) with some of the
//! places, or with a source of your own before them.
//!
//! A key that has an end is fetched anew some minutes before, beside the calls that are made then; they go on with the old one, and no
//! source that fails or hangs holds them up. Once the key has ended, all calls wait for one search, each until its
//! [deadline](Policy::deadline). When the provider says that a token has expired, the client looks for another key and sends the
//! request once more. There is no background task; a blocking client looks for a key on a thread.
//!
//! Whether a key is still good is for the provider to say: the clock of this computer may be wrong. A key that seems to have ended is
//! sent if its source has nothing better, but for those in files.
//!
//! [`Client::explain_credentials`] says where a client looked, what it found, and why it passed over the rest:
//!
//! ```
//! # #[cfg(feature = "tencent")] {
//! # use cloud_core::{Client, Service};
//! # async fn example<S: Service>(client: Client<S>) {
//! println!("{}", client.explain_credentials().await);
//! // Tencent Cloud: a key was found
//! // 1. the environment: passed over: TENCENTCLOUD_SECRET_ID is not set
//! // 2. the credentials file of the SDKs: chosen: key AKID… from ~/.tencentcloud/credentials, section [default], with no end that is known
//! //    warning: other users of this computer can read ~/.tencentcloud/credentials: `chmod 600 …` keeps it to yourself
//! // 3. the profile of tccli: not asked
//! // and so on
//! # }
//! # }
//! ```
//!
//! # Retries
//!
//! [`Client::send`] sends a request again when that may help and can't do anything twice. What an operation does decides: its
//! description says whether it reads or writes.
//!
//! | what happened | a read | a write |
//! |---|---|---|
//! | the provider throttles | again | again |
//! | no byte of the request has left: no connection | again | again |
//! | a certificate that is not trusted, a host that does not exist | ends | ends |
//! | the connection broke, no answer in time, an answer that broke off | again | ends |
//! | the provider is out of order for a while, HTTP 5xx | again | ends |
//! | the signature's time, token or nonce was refused | mended, again | mended, again, but not for a used nonce |
//! | anything else, such as an answer longer than the transport accepts | ends | ends |
//!
//! An answer that broke off is one that is empty or ends in the middle of its JSON. It proves nothing, whatever code stands in the part
//! that came.
//!
//! Each attempt is signed anew. Before another one the client waits for a time that chance chooses, up to 100 ms, 200 ms and so on,
//! or for as long as the server asks if that is longer. A call has three attempts of 10 seconds each and ends within 60 seconds: a
//! wait that would take longer ends it at once. A [`Policy`] has these numbers, for a client or for some calls; a [`Budget`] keeps
//! retries from multiplying the load of a provider that is out of order; a [`RateLimiter`] keeps to the limits that operations have.
//! The 60 seconds count from when it lets the call begin; [`Policy::total_deadline`] limits the wait for that, too. Dropping the future
//! ends everything.
//!
//! ```
//! # #[cfg(all(feature = "reqwest", feature = "tencent"))] {
//! # use std::time::Duration;
//! # use cloud_core::{Client, EndpointRule, RawRequest, Service, ServiceInfo, tencent::Tencent};
//! # enum Redis {}
//! # impl Service for Redis {
//! #     type Provider = Tencent;
//! #     const INFO: ServiceInfo = ServiceInfo { name: "redis", version: "2018-04-12", user_agent: "x", endpoints: &[], errors: &[] };
//! # }
//! use cloud_core::{Budget, Effect, Policy, RateLimiter};
//!
//! let client = Client::<Redis>::builder()
//!     .policy(Policy::new().attempts(5).deadline(Duration::from_secs(120)))
//!     .budget(Budget::new(200))
//!     .rate_limiter(RateLimiter::new())
//!     .build()?;
//! # async fn calls(client: Client<Redis>, request: RawRequest<Redis>) -> Result<(), cloud_core::Error> {
//! // Once, and soon.
//! client.with(|policy| policy.attempts(1).deadline(Duration::from_secs(2))).send(&request).await?;
//! // A write that does no harm when it is carried out twice.
//! client.with(|policy| policy.retry_as(Effect::Read)).send(&request).await?;
//! # Ok(())
//! # }
//! # }
//! # Ok::<(), cloud_core::Error>(())
//! ```
//!
//! # Errors
//!
//! All that can go wrong is an [`Error`]. Its [`kind`](Error::kind) says what to do about it, its [`code`](Error::code) is the
//! provider's own, and its `Display` is one line with all that a log needs. The client has tried again already where that was right:
//! [`stopped`](Error::stopped) says why it did not once more.
//!
//! ```
//! use cloud_core::{Error, ErrorKind, Stopped};
//!
//! fn advice(error: &Error) -> &'static str {
//!     match (error.kind(), error.stopped()) {
//!         (ErrorKind::NotFound, _) => "it is gone",
//!         (_, Some(Stopped::MayHaveArrived)) => "look whether it was carried out before sending it again",
//!         (_, Some(Stopped::Budget | Stopped::Deadline | Stopped::AttemptsUsed)) => "try later",
//!         _ => "give up",
//!     }
//! }
//! ```
//!
//! Providers and proxies quote what they were sent. The key, the token and the secrets of the request are taken out of all that an error
//! shows, in percent-encoding, in JSON's escapes, in HTML's and in Base64 too; of long texts the beginning is kept, and control characters are
//! spelled out.
//!
//! # Answers
//!
//! Answers, and everything in them, implement `Serialize` and `Deserialize`, by the names on the wire. [`Secret`]s and [`DownloadUrl`]s are
//! left out, so that what a web handler sends on, or a log writes, shows none; [`with_secrets`] writes them, for storage of your own:
//!
//! ```
//! # use cloud_core::{AsValue, Error, Response, with_secrets};
//! # fn example<R: Response + AsValue + cloud_core::serde_core::Serialize>(answer: R) -> Result<(), serde_json::Error> {
//! let shown = serde_json::to_string(&answer)?;
//! let stored = serde_json::to_string(&with_secrets(&answer))?;
//! # Ok(())
//! # }
//! ```
//!
//! A transport accepts 32 MiB, and what an answer may become in memory is bounded by its length, too: one of 32 MiB has become up to
//! 374 MiB beside itself (glibc, x86-64). What would take more, such as millions of empty objects, is an [`ErrorKind::Decode`].
//!
//! # Paging
//!
//! [`Client::items`] reads a list to its end, however many pages it has; [`Client::pages`] gives the pages themselves. Both ask for a
//! page when it is needed, or one earlier with [`read_ahead`](Items::read_ahead), and both are streams.
//!
//! ```
//! # use std::fmt::Debug;
//! # use cloud_core::{Client, Error, PagedItems, Service};
//! # async fn example<S: Service, O: PagedItems<S, Item: Debug> + 'static>(client: Client<S>, request: O) -> Result<(), Error> {
//! let mut items = client.items(request);
//! while let Some(item) = items.next().await {
//!     println!("{:?}", item?);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A list ends where the provider's total says so, which may change on the way. Without a total it ends at an empty page, or at one
//! that is shorter than asked for once another was not: this may cost a request more, but a provider that lets no page be as long as
//! it was asked to does not cut the list short. An [`ErrorKind::Paging`] says that a page came twice or that items are missing.
//!
//! The [`position`](Pages::position) of a page can be stored, and read on [`from`](Pages::from) another time.
//!
//! # Waiting
//!
//! [`Client::wait`] sends a request until its answer says that something is there: a backup is finished, an instance is gone. The
//! operation's documentation lists what can be waited for.
//!
//! ```
//! # use std::fmt::Debug;
//! # use std::time::Duration;
//! # use cloud_core::{Client, Error, ErrorKind, Response, Service, Waitable};
//! # async fn example<S: Service, R: Response + Debug + Sync, O>(client: Client<S>, request: O) -> Result<(), Error>
//! # where O: Waitable<S, Response = R> {
//! let wait = client.wait(request).named("finished").deadline(Duration::from_secs(3600));
//! match wait.on_progress(|outcome, _| println!("{outcome:?}")).await {
//!     Ok(response) => println!("finished: {response:?}"),
//!     Err(error) if error.kind() == ErrorKind::Failed => println!("failed: {:?}", error.answer::<R>()),
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! It pauses 5 seconds, or what the operation says, and longer each time; [`every`](Wait::every) sets a fixed pause. It ends after 10
//! minutes unless told otherwise, with [`ErrorKind::Timeout`]. Transient errors do not end it, and [`on_error`](Wait::on_error) shows
//! them; a certificate that is not trusted or a host that does not exist ends it at once.
//!
//! # Observing
//!
//! [`Client::exchange`] is [`Client::send`] that keeps what came with the answer: the request id, the headers, the raw body, how many
//! attempts there were. For calls that fail, the [`Error`] has what the provider said, and [`Hooks`] are told of every attempt, with
//! the answer to it:
//!
//! ```
//! # #[cfg(all(feature = "reqwest", feature = "tencent"))] {
//! # use cloud_core::{Client, EndpointRule, Service, ServiceInfo, tencent::Tencent};
//! # enum Redis {}
//! # impl Service for Redis {
//! #     type Provider = Tencent;
//! #     const INFO: ServiceInfo = ServiceInfo { name: "redis", version: "2018-04-12", user_agent: "x", endpoints: &[], errors: &[] };
//! # }
//! use cloud_core::{Attempt, AttemptEnd, Hooks};
//!
//! struct Metrics;
//!
//! impl Hooks for Metrics {
//!     fn after_attempt(&self, attempt: &Attempt<'_>, end: &AttemptEnd<'_>) {
//!         let outcome = end.error.map_or("ok", |error| error.kind().as_str());
//!         println!("{} {} {outcome} {:?}", attempt.service, attempt.action, end.took);
//!     }
//! }
//!
//! let client = Client::<Redis>::builder().hooks(Metrics).build()?;
//! # }
//! # Ok::<(), cloud_core::Error>(())
//! ```
//!
//! With the feature `tracing`, a call is a span `call` and each of its attempts an event, with OpenTelemetry's names for what they
//! carry. A subscriber that exports to OpenTelemetry finds the span's name in `otel.name`, and for calls that failed `ERROR` in
//! `otel.status_code` and the error in `otel.status_description`.
//!
//! | field | of | what it is |
//! |---|---|---|
//! | `rpc.system.name` | span | `alibaba_cloud`, `tencent_cloud` or `ucloud` |
//! | `rpc.method` | both | service and action: `redis/DescribeInstanceBackups` |
//! | `server.address`, `server.port` | span | where it is sent |
//! | `cloud.region` | span | the region that the request names |
//! | `http.request.resend_count` | both | how many attempts came before, if any did |
//! | `http.response.status_code` | both | the HTTP status, if there was an answer |
//! | `rpc.response.status_code` | both | the provider's code, if it refused |
//! | `error.type` | both | the [kind](ErrorKind::as_str) of the error, if there was one |
//! | `cloud.request_id` | both | the provider's id of the request; OpenTelemetry has no name for it |
//! | `took`, `retry_in` | event | how long the attempt took, and how long the client waits before the next one |
//!
//! Keys are told of too: where one was found, for debugging; as a warning, that others can read its file, and that no new one could be
//! fetched while the old one is still good.
//!
//! An attempt that will be followed by another is a warning, since nobody else hears of it; the others are for debugging. Keys,
//! tokens, signatures and bodies are in none of them.
//!
//! # Blocking
//!
//! With the feature `blocking`, the same requests can be sent from programs without an async runtime: see [`blocking`].
//!
//! # Signing
//!
//! The signers can be used on their own: [`ucloud::sign`], [`tencent::tc3`], [`aliyun::acs3`].
//!
//! # Features
//!
//! * `ucloud`, `tencent`, `aliyun`: the providers. A service crate turns on the one it needs.
//! * `reqwest` (default): the [`ReqwestTransport`]. Without it, there is no HTTP stack in the build at all.
//! * `blocking`: the [blocking client](blocking) with its transport over ureq. It needs neither `reqwest` nor tokio.
//! * `testing`: [mocks](testing) for tests of code that uses a client.
//! * `tracing`: a span for each call and an event for each of its attempts.

#![cfg_attr(
    not(all(feature = "aliyun", feature = "tencent", feature = "ucloud")),
    allow(
        dead_code,
        reason = "each provider uses its own part of what they share"
    )
)]

#[cfg(feature = "aliyun")]
pub mod aliyun;
#[cfg(feature = "blocking")]
pub mod blocking;
mod client;
pub mod credentials;
#[cfg(any(feature = "aliyun", feature = "tencent"))]
mod digest;
mod endpoint;
mod envelope;
mod error;
mod hex;
mod observe;
mod operation;
mod paging;
mod params;
mod policy;
mod protocol;
mod raw;
pub mod record;
mod redact;
mod runtime;
mod secret;
mod service;
#[cfg(feature = "tencent")]
pub mod tencent;
#[cfg(feature = "testing")]
pub mod testing;
mod time;
mod transport;
#[cfg(feature = "ucloud")]
pub mod ucloud;
mod url;
mod waiting;
mod walk;

pub use client::{Client, ClientBuilder, Items, Pages, Wait, decode};
pub use credentials::{CredentialSource, Credentials, Environment};
pub use endpoint::EndpointRule;
pub use error::{Error, ErrorKind, Stopped};
pub use observe::{Attempt, AttemptEnd, Exchange, Hooks};
pub use operation::{Effect, Metadata, Need, Operation, RateLimit, Response, Scope};
pub use paging::{Paged, PagedItems, Paging, Position};
pub use params::Params;
pub use policy::{Backoff, Budget, Policy, RateLimiter};
pub use raw::RawRequest;
pub use record::{
    AsSlot, AsValue, Element, Field, Flag, FromScalar, FromText, Record, RecordMut, Scalar, Slot,
    Text, TextFormat, Value, WithSecrets, with_secrets,
};
pub use runtime::{Runtime, System};
pub use secret::Secret;
pub use service::{Provider, Service, ServiceInfo};
pub use time::{
    InvalidTime, LocalDate, LocalDateTime, LocalTime, LocalTimeRange, UnixMillis, UnixSeconds,
};
pub use transport::{BoxFuture, Delivery, Direct, Transport, TransportError};
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
