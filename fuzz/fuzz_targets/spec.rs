//! Bytes at random as the specs of a service: whatever is said about them, the generator itself makes no mistake.
//!
//! The input is `service.yaml` and one operation, parted by a line of dashes.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let (service, operation) = text.split_once("\n-----\n").unwrap_or((text, text));
    let files = [
        ("providers/aliyun", include_str!("../../specs/providers/aliyun.yaml")),
        ("providers/tencent", include_str!("../../specs/providers/tencent.yaml")),
        ("providers/ucloud", include_str!("../../specs/providers/ucloud.yaml")),
        ("service", service),
        ("DescribeBackups", operation),
    ];
    if let Err(mistake) = xtask::check_text(&files) {
        panic!("{mistake}");
    }
});
