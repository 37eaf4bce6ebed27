//! The world that all parts run in: clients with fixed keys, a clock that stands still, no network.

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use cloud_core::{
    BoxFuture, Client, Credentials, Delivery, Environment, Operation, Runtime, Service, Transport,
    TransportError,
};
use http::{Request, Response};

pub(crate) const KEY_ID: &str = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA";
pub(crate) const KEY_SECRET: &str = "Gu5t9xGARNpq86cd98joQYCN3Cozk1qA";
pub(crate) const TIMESTAMP: i64 = 1_700_000_000;
pub(crate) const NONCE: u128 = 0x0f1e_2d3c_4b5a_6978_8796_a5b4_c3d2_e1f0;

/// A client that can prepare requests but not send them.
pub(crate) fn client<S: Service>(region: &str) -> Client<S> {
    Client::builder()
        .credentials(Credentials::new(KEY_ID, KEY_SECRET))
        .region(region)
        .environment(Environment::from_iter([("", ""); 0]))
        .runtime(Still)
        .transport(Nowhere)
        .build()
        .unwrap()
}

/// Signs a request. Nothing in it waits, so the future is done when it is first asked.
pub(crate) fn prepare<S: Service, O: Operation<S>>(
    client: &Client<S>,
    request: &O,
) -> Request<Bytes> {
    match pin!(client.prepare(request)).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(prepared) => prepared.unwrap(),
        Poll::Pending => unreachable!("preparing a request waits for nothing"),
    }
}

/// Both make the same request: the same address, headers and body.
pub(crate) fn assert_same(ours: &Request<Bytes>, theirs: &Request<Bytes>) {
    assert_eq!(ours.method(), theirs.method());
    assert_eq!(ours.uri(), theirs.uri());
    assert_eq!(ours.headers(), theirs.headers());
    assert_eq!(ours.body(), theirs.body());
}

struct Still;

impl Runtime for Still {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(TIMESTAMP.unsigned_abs())
    }

    fn instant(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(async {})
    }

    fn nonce(&self) -> u128 {
        NONCE
    }
}

struct Nowhere;

impl Transport for Nowhere {
    fn send(
        &self,
        _: Request<Bytes>,
        _: Duration,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async {
            Err(TransportError::new(
                Delivery::NotSent,
                "there is no network",
            ))
        })
    }
}

/// An answer of `DescribeInstanceBackups` with so many backups: values as the provider writes them, the same in every run.
pub(crate) fn backups_json(count: usize) -> String {
    const REMARKS: [&str; 5] = [
        "测试使用",
        "每日自动备份",
        "升级前手动备份",
        "",
        "before release 5.0",
    ];
    let mut state = 0x2018_0412_u64;
    let mut random = |below: u64| {
        // A linear congruential generator is random enough for values that only have to differ.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let backups: Vec<String> = (0..count)
        .map(|index| {
            let time = |day: u64, second: u64| {
                let (hour, minute) = (second / 3_600, second / 60 % 60);
                format!("2018-09-{day:02} {hour:02}:{minute:02}:{:02}", second % 60)
            };
            let (day, second, remark) = (1 + random(21), random(80_000), random(5) as usize);
            format!(
                concat!(
                    r#"{{"StartTime":"{}","BackupId":"{:08x}-affe-11e8-941e-4846fb00c75d","#,
                    r#""BackupType":"{}","Status":{},"Remark":"{}","Locked":{},"BackupSize":{},"#,
                    r#""FullBackup":{},"InstanceType":{},"InstanceId":"crs-5a4py64p","#,
                    r#""InstanceName":"订单缓存-{index}","Region":"ap-guangzhou","EndTime":"{}","#,
                    r#""FileType":"RDB-Redis 5.0","ExpireTime":"{}","Encrypted":{}}}"#
                ),
                time(day, second),
                random(1 << 32),
                random(2),
                1 + random(4),
                REMARKS[remark],
                random(2),
                random(1 << 31),
                random(2),
                6 + random(2),
                time(day, second + 300),
                time(day + 7, second),
                random(4) == 0,
                index = index
            )
        })
        .collect();
    format!(
        r#"{{"Response":{{"TotalCount":{count},"BackupSet":[{}],"RequestId":"2d4387ee-2011-449e-a32b-87f9366f3ef4"}}}}"#,
        backups.join(",")
    )
}
