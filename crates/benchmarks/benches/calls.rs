//! One call on loopback, 32 at a time, answered with two backups: the client against bare reqwest.
//!
//! The bare code builds its JSON and reads its answer with serde derived, signs with the functions of `cloud_core::tencent::tc3` and a
//! key that it keeps, and sends with the same connections. All of it runs on one thread, whose CPU time is compared; the server
//! runs on others.

use std::hint::black_box;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cloud_core::tencent::tc3;
use cloud_core::{Credentials, Environment, Policy, ReqwestTransport, Service};
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, USER_AGENT};
use serde::Serialize;
use sha2::{Digest, Sha256};
use tencent_redis::{Client, DescribeInstanceBackups, Redis};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use crate::decoding::{Derived, derived};
use crate::fixtures::{KEY_ID, KEY_SECRET, backups_json};
use crate::harness::{Comparison, Mode};
use crate::tuned::hex;

const TASKS: u32 = 32;
const TIMEOUT: Duration = Duration::from_secs(30);
const REGION: &str = "ap-guangzhou";

pub(crate) fn run(mode: Mode) {
    let host = serve(backups_json(2));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let connections = connections();
    let ours = Arc::new(ours(&host, connections.clone()));
    let bare = |timeout| Arc::new(Bare::new(&host, connections.clone(), timeout));
    let (patient, careful) = (bare(None), bare(Some(TIMEOUT)));

    Comparison::new(mode, "a call on loopback, 32 at a time")
        .contender("Client::send", None, |count| {
            in_tasks(&runtime, count, &ours, |client| async move {
                let request = DescribeInstanceBackups::new("crs-5a4py64p").limit(20);
                client.send(request).await.unwrap()
            });
        })
        .contender(
            "bare reqwest, signed, typed, with a timeout",
            1.05,
            |count| {
                in_tasks(&runtime, count, &careful, |bare| async move {
                    bare.call().await
                });
            },
        )
        .contender("the same without a timeout", None, |count| {
            in_tasks(&runtime, count, &patient, |bare| async move {
                bare.call().await
            });
        })
        .run();
}

/// The same for both sides: no proxy, no redirects, nothing sent twice.
fn connections() -> reqwest::Client {
    // Nothing here speaks TLS, but reqwest wants to be ready for it.
    rustls::crypto::ring::default_provider()
        .install_default()
        .unwrap();
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .build()
        .unwrap()
}

fn ours(host: &str, connections: reqwest::Client) -> Client {
    let transport = ReqwestTransport::builder().client(connections);
    Client::builder()
        .credentials(Credentials::new(KEY_ID, KEY_SECRET))
        .environment(Environment::from_iter([("", ""); 0]))
        .region(REGION)
        .endpoint(format!("http://{host}"))
        .policy(Policy::new().attempt_timeout(TIMEOUT))
        .transport(transport.build().unwrap())
        .build()
        .unwrap()
}

struct Bare {
    client: reqwest::Client,
    url: reqwest::Url,
    host: String,
    date: String,
    key: tc3::SigningKey,
    timeout: Option<Duration>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Request<'a> {
    instance_id: &'a str,
    limit: i64,
}

impl Bare {
    fn new(host: &str, client: reqwest::Client, timeout: Option<Duration>) -> Self {
        let date = tc3::date(now());
        Self {
            client,
            url: format!("http://{host}/").parse().unwrap(),
            host: host.to_owned(),
            key: tc3::SigningKey::derive(KEY_SECRET, &date, Redis::INFO.name),
            date,
            timeout,
        }
    }

    async fn call(&self) -> Derived {
        let (service, date, timestamp) = (Redis::INFO.name, &self.date, now());
        let body = serde_json::to_vec(&Request {
            instance_id: "crs-5a4py64p",
            limit: 20,
        });
        let body = body.unwrap();
        let body_hash: [u8; 64] = hex(&Sha256::digest(&body));
        let body_hash = std::str::from_utf8(&body_hash).unwrap();
        let signed = [("content-type", "application/json"), ("host", &*self.host)];
        let canonical = tc3::canonical_request("POST", "/", "", &signed, body_hash);
        let text = tc3::string_to_sign(timestamp, date, service, &canonical);
        let signature = self.key.sign(&text);
        let authorization = tc3::authorization(KEY_ID, date, service, &signed, &signature);

        let request = self.client.post(self.url.clone());
        let request = match self.timeout {
            Some(timeout) => request.timeout(timeout),
            None => request,
        };
        let answer = request
            .header(HOST, &self.host)
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, Redis::INFO.user_agent)
            .header("x-tc-action", "DescribeInstanceBackups")
            .header("x-tc-version", Redis::INFO.version)
            .header("x-tc-timestamp", timestamp)
            .header("x-tc-region", REGION)
            .header(AUTHORIZATION, authorization)
            .body(body)
            .send()
            .await
            .unwrap();
        derived(&answer.bytes().await.unwrap())
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "code without our client has no runtime to ask"
)]
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    since.as_secs().cast_signed()
}

/// Calls so many times, spread over the tasks.
fn in_tasks<T, F>(
    runtime: &Runtime,
    count: u32,
    client: &Arc<T>,
    call: impl Fn(Arc<T>) -> F + Copy + Send + 'static,
) where
    T: Send + Sync + 'static,
    F: Future<Output: Send> + Send,
{
    runtime.block_on(async {
        let mut tasks = JoinSet::new();
        for task in 0..TASKS {
            let client = Arc::clone(client);
            tasks.spawn(async move {
                for _ in 0..(count + task) / TASKS {
                    black_box(call(Arc::clone(&client)).await);
                }
            });
        }
        tasks.join_all().await;
    });
}

/// Starts a server that gives everybody this answer, and returns its address. Connections are kept.
fn serve(body: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let answer: Arc<[u8]> = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
    .into();
    thread::spawn(move || {
        for connection in listener.incoming() {
            let (connection, answer) = (connection.unwrap(), Arc::clone(&answer));
            thread::spawn(move || answer_all(connection, &answer));
        }
    });
    host
}

/// Answers request after request until the other side hangs up.
fn answer_all(connection: TcpStream, answer: &[u8]) {
    connection.set_nodelay(true).unwrap();
    let mut writer = connection.try_clone().unwrap();
    let mut reader = BufReader::new(connection);
    let mut line = String::new();
    loop {
        let mut length = 0;
        loop {
            line.clear();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            let header = line.trim_end().to_ascii_lowercase();
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if header.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        if reader.read_exact(&mut body).is_err() || writer.write_all(answer).is_err() {
            return;
        }
    }
}
