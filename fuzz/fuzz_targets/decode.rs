//! Bytes at random as answers of all three providers: nothing panics, and what was read once reads the same after storage.

#![no_main]
#![allow(dead_code, reason = "the tests of cloud-core use the rest")]

#[path = "../../crates/cloud-core/tests/common/kinds.rs"]
mod kinds;
#[path = "../../crates/cloud-core/tests/common/records.rs"]
mod records;
#[path = "../../crates/cloud-core/tests/common/services.rs"]
mod services;

use cloud_core::{Json, Service, decode, with_secrets};
use libfuzzer_sys::fuzz_target;

use kinds::Kinds;
use services::{Hbr, Redis, Udb};

fuzz_target!(|body: &[u8]| {
    read::<Udb>(body);
    read::<Redis>(body);
    read::<Hbr>(body);
});

fn read<S: Service>(body: &[u8]) {
    match decode::<S, Kinds>(body) {
        Ok(answer) => {
            answer.read_all();
            let text = serde_json::to_string(&with_secrets(&answer)).expect("a record can be written");
            let again: Kinds = serde_json::from_str(&text).expect("what was written can be read");
            assert_eq!(again, answer);
        }
        Err(error) => assert_eq!(error.to_string().lines().count(), 1),
    }
    if let Ok(answer) = decode::<S, Json>(body) {
        assert!(answer.is_object());
    }
}
