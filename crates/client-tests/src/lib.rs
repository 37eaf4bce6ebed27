//! What the tests over all service crates share: a server on a real socket, and signature checks that share no code with
//! `cloud-core`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests say what is wrong by ending"
)]

mod aliyun;
mod encoding;
mod hash;
mod server;
mod tencent;
mod ucloud;

pub use aliyun::Aliyun;
pub use encoding::form;
pub use server::{Received, Server};
pub use tencent::Tencent;
pub use ucloud::Ucloud;

/// Text that has broken encoders before: other scripts, an emoji, every character with a meaning in addresses, forms and JSON.
pub const TRICKY: &str = "中文备份 😀 a+b*c~d%e&f=g/h?i#j \"k\" 'l' (m) \\n\u{7f}é";

/// Checks that a request is signed as the provider wants it, from nothing but its bytes and the secret.
pub trait Check: Send + Sync + 'static {
    /// Why the provider would refuse the request, if it would.
    fn check(&self, request: &Received) -> Result<(), String>;
}

pub(crate) fn same(what: &str, expected: &str, found: &str) -> Result<(), String> {
    if expected == found {
        Ok(())
    } else {
        Err(format!("{what}: expected {expected:?}, found {found:?}"))
    }
}

/// The example of the repository's README compiles.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
