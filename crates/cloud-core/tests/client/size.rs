//! Futures stay small, wherever they are kept: every layer of a program that awaits one holds it in its own.

use cloud_core::{Client, RawRequest};

use crate::common::memory::client;
use crate::common::services::{Hbr, Redis, Udb};
use crate::{request, success};

fn spawnable<F: Future + Send + 'static>(future: &F) -> usize {
    size_of_val(future)
}

#[test]
fn the_future_of_send() {
    let ucloud: Client<Udb> = client(success()).build().unwrap();
    let tencent: Client<Redis> = client(success()).build().unwrap();
    let aliyun: Client<Hbr> = client(success()).build().unwrap();
    let sizes = [
        (
            "a typed operation of UCloud",
            spawnable(&ucloud.send(request())),
        ),
        (
            "a typed operation of Tencent Cloud",
            spawnable(&tencent.send(request())),
        ),
        (
            "a typed operation of Alibaba Cloud",
            spawnable(&aliyun.send(request())),
        ),
        (
            "an action without a spec",
            spawnable(&ucloud.send(RawRequest::new("A"))),
        ),
    ];
    for (what, size) in sizes {
        println!("the future of send for {what}: {size} bytes");
    }
    assert!(sizes.iter().all(|(_, size)| *size < 100), "{sizes:?}");
}

#[test]
fn a_client_is_one_pointer() {
    assert_eq!(size_of::<Client<Udb>>(), size_of::<usize>());
    fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<Client<Udb>>();
}
