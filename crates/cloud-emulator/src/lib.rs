//! UCloud, Tencent Cloud and Alibaba Cloud on one loopback port, for tests and for trying the clients without an account.
//!
//! The emulator checks signatures as the providers do, with code of its own; it refuses what they would refuse, with their codes,
//! wrappings and HTTP statuses; and it fails on demand.
//!
//! ```
//! use std::io::{Read, Write};
//! use std::net::TcpStream;
//!
//! use cloud_emulator::{Emulator, Provider, Verdict};
//!
//! let emulator = Emulator::start_blocking()?; // or Emulator::start().await
//!
//! // Clients take `emulator.url()` as their endpoint, and `Account::built_in` as their key. This request has no signature.
//! let mut stream = TcpStream::connect(emulator.address())?;
//! stream.write_all(b"GET /?Action=DescribeUDBBackup&PublicKey=me HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")?;
//! let mut answer = String::new();
//! stream.read_to_string(&mut answer)?;
//! assert!(answer.contains(r#""RetCode":170"#));
//!
//! let requests = emulator.requests();
//! assert_eq!(requests[0].provider, Some(Provider::Ucloud));
//! assert_eq!(requests[0].action.as_deref(), Some("DescribeUDBBackup"));
//! assert!(matches!(requests[0].verdict, Verdict::Unauthenticated { .. }));
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! # What it serves
//!
//! | path | what |
//! |---|---|
//! | `/` | the APIs of the three providers, told apart by headers and parameters; for a browser a page that shows what goes on |
//! | `/meta-data/…` | UCloud's instance metadata: keys of the machine's role (v1 and v2), region, zone |
//! | `/latest/meta-data/cam/…` | Tencent Cloud's |
//! | `/latest/meta-data/ram/…`, `/latest/api/token` | Alibaba Cloud's, with and without its token |
//! | `/_emulator/…` | the emulator's own API |
//!
//! `AssumeRole` of all three, Tencent Cloud's `AssumeRoleWithWebIdentity` and Alibaba Cloud's `AssumeRoleWithOIDC` give out temporary
//! keys. Those keys, and the keys of instance metadata, are let in until they expire by the emulator's clock.
//!
//! # The emulator's own API
//!
//! What [`Emulator`] does in Rust, over HTTP and in JSON:
//!
//! | request | what |
//! |---|---|
//! | `GET /_emulator/services` | the services, as the tables that `cargo xtask gen` writes |
//! | `GET /_emulator/data` | what is answered from, as it is now, in the form of a data file; looking at it changes nothing |
//! | `GET /_emulator/requests`, `GET /_emulator/requests?last=50` | the last requests, as [`RecordedRequest`], the oldest first |
//! | `DELETE /_emulator/requests` | forgets them |
//! | `POST /_emulator/faults` | adds a [`Rule`], and answers `{"id": 1}` |
//! | `GET /_emulator/faults/kinds` | the kinds of faults: name, meaning, and what the name alone stands for |
//! | `GET /_emulator/faults` | the rules in force: `[{"id": 1, "rule": {…}}]` |
//! | `DELETE /_emulator/faults/1`, `DELETE /_emulator/faults` | takes one rule back, or all |
//! | `GET /_emulator/clock` | `{"now": "2023-11-14T22:13:20Z", "shift_seconds": 0}` |
//! | `PUT /_emulator/clock` | `{"shift_seconds": -600}` puts the clock wrong |
//!
//! A rule is a fault and what it is for. All but the fault can be left out:
//!
//! ```json
//! {
//!   "fault": { "throttled": { "retry_after": { "seconds": 3 } } },
//!   "provider": "tencent", "action": "DescribeInstanceBackups", "path": "/", "times": 2, "probability": 0.5
//! }
//! ```
//!
//! The name of a kind stands for a whole fault: `"throttled"`, `"slow"`. [`Fault`] says what each kind does and what more can be said of it;
//! its fields have the same names in JSON, and its values are in snake case: `{"closed": {"at": "before_head", "reset": true}}`.
//!
//! Bodies have to be `application/json`. Web pages of other sites have no access: `Host` has to be `127.0.0.1`, `localhost` or `[::1]` with
//! the emulator's port, and `Origin`, if there is one, the same. The providers' own requests may have any `Host`.
//!
//! # Limits
//!
//! No request may stop, stall or bloat the emulator. A head has up to 64 KiB, a body 10 MiB, and 1 MiB if it is for UCloud or Alibaba
//! Cloud; a request has up to 20,000 parameters or values of JSON. The last 1,000 requests are kept as far as they fit into 4 MiB, at most
//! 64 KiB of each. There are up to 100 rules by way of HTTP. Up to 512 connections are open, and hold up to 32 MiB of requests that have not
//! ended and answers that are not read: when there are more, the connection that has waited longest is closed.

mod account;
mod answers;
mod authenticate;
mod call;
mod clock;
mod connections;
mod control;
mod data;
mod denial;
mod detect;
mod emulator;
mod envelope;
mod environment;
mod fault;
mod gateway;
mod metadata;
mod models;
mod nonce;
mod origin;
mod page;
mod parameters;
mod random;
mod record;
mod reply;
mod request;
mod script;
mod served;
mod server;
mod sts;
#[cfg(test)]
mod support;
mod tables;
mod validate;
mod wire;
mod world;

pub use account::Account;
pub use call::Provider;
pub use clock::Clock;
pub use emulator::{Emulator, EmulatorBuilder};
pub use fault::{ClosedAt, Fault, FaultKind, RetryAfter, Rule};
pub use record::{RecordedRequest, Verdict};
pub use served::ServedService;

/// The README's example must compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
