//! An HTTP server of one thread on loopback, which keeps what it received to the byte.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::Check;

/// A request as it arrived.
#[derive(Debug, Clone, Default)]
pub struct Received {
    /// `POST`
    pub method: String,
    /// `/?ClientType=ECS_CLIENT`
    pub target: String,
    /// Names in lower case, values as they were sent.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Received {
    /// The value of a header; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .iter()
            .find(|(header, _)| header == name)
            .map_or("", |(_, value)| value)
    }

    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The query, without `?`.
    pub fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }
}

/// A server that checks the signature of every request, answers with fixed text, and stops when it is dropped.
pub struct Server {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts a server. A request that fails the check is answered with HTTP 403 and the reason.
    pub fn start(check: impl Check, answer: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (received, stop) = (
            Arc::new(Mutex::new(Vec::new())),
            Arc::new(AtomicBool::new(false)),
        );
        let (log, stopped, answer) = (Arc::clone(&received), Arc::clone(&stop), answer.to_owned());
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                serve(stream.unwrap(), &check, &answer, &log);
            }
        });
        Self {
            address,
            received,
            stop,
            thread: Some(thread),
        }
    }

    /// Where the server is: `http://127.0.0.1:41234`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The only request that arrived.
    pub fn only_request(&self) -> Received {
        let received = self.received.lock().unwrap();
        assert_eq!(received.len(), 1, "one request should have arrived");
        received[0].clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // Wakes the thread up from its wait for a connection.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            let outcome = thread.join();
            assert!(
                outcome.is_ok() || std::thread::panicking(),
                "the server ended with a panic"
            );
        }
    }
}

fn serve(mut stream: TcpStream, check: &impl Check, answer: &str, log: &Mutex<Vec<Received>>) {
    stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .unwrap();
    let Some(request) = read(&stream) else { return };
    let (status, body) = match check.check(&request) {
        Ok(()) => ("200 OK", answer.to_owned()),
        Err(reason) => ("403 Forbidden", reason),
    };
    log.lock().unwrap().push(request);
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.write_all(body.as_bytes()))
        .unwrap();
}

/// One request with a `Content-Length`; `None` if the connection was closed without one.
fn read(stream: &TcpStream) -> Option<Received> {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end_matches(['\r', '\n']) {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let mut words = lines.first()?.split(' ');
    let mut request = Received {
        method: words.next()?.to_owned(),
        target: words.next()?.to_owned(),
        ..Received::default()
    };
    for line in &lines[1..] {
        let (name, value) = line.split_once(':')?;
        request
            .headers
            .push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    request.body = vec![0; request.header("content-length").parse().unwrap_or(0)];
    reader.read_exact(&mut request.body).ok()?;
    Some(request)
}
