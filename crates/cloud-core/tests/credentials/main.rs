//! Where keys are looked for, how they are kept fresh, and what is said about it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests say what is wrong by ending"
)]

#[path = "../common/mod.rs"]
mod common;

mod aliyun;
#[cfg(feature = "blocking")]
mod blocking;
mod chains;
mod clocks;
mod expired;
mod explaining;
mod home;
mod hung;
mod refresh;

mod source;
mod tencent;
mod ucloud;

use common::memory::{Memory, answer};
use common::services::DescribeBackups;

/// An answer that every provider's client takes for a success.
fn success() -> Memory {
    answer(
        200,
        &[],
        r#"{"RetCode":0,"Response":{"RequestId":"r"},"RequestId":"r","Success":true}"#,
    )
}

/// A request that is complete but for the region.
fn request() -> DescribeBackups {
    DescribeBackups {
        zone: Some("cn-test-1-01".into()),
        ..DescribeBackups::default()
    }
}
