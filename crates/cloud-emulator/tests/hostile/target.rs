//! The program that is attacked, and ways to send it what no client would.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cloud_emulator::Provider;

use crate::common::http::Request;
use crate::common::sign::Caller;

/// How long the program may take for an answer.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Target {
    pub(crate) address: SocketAddr,
    /// When the test began, in seconds since 1970.
    pub(crate) now: u64,
}

/// Seconds since 1970.
pub(crate) fn now() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.unwrap().as_secs()
}

impl Target {
    pub(crate) fn caller(&self, provider: Provider) -> Caller {
        Caller::new(provider, self.now)
    }

    /// A connection that answers are waited for on, though not for ever.
    pub(crate) fn open(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends bytes and answers the status of the first answer; 0 if there is none before the connection ends.
    pub(crate) fn fire(&self, bytes: &[u8]) -> u16 {
        let mut stream = self.open();
        // The program may hang up while this is still being written.
        let _ = stream.write_all(bytes);
        let mut head = [0; 12];
        match stream.read_exact(&mut head) {
            Ok(()) => std::str::from_utf8(&head[9..]).unwrap().parse().unwrap(),
            Err(error) => {
                let kind = error.kind();
                assert_ne!(kind, std::io::ErrorKind::WouldBlock, "no answer in time");
                0
            }
        }
    }

    pub(crate) fn send(&self, request: &Request) -> u16 {
        self.fire(&request.bytes())
    }

    /// Opens connections, sends these bytes over each as far as they are taken, and leaves them open. They end with what this returns.
    pub(crate) fn leave(&self, connections: usize, bytes: &[u8]) -> Vec<TcpStream> {
        let open = (0..connections).map(|_| {
            let mut stream = self.open();
            // An answer that is not read fills up what lies between, and then nothing more is taken.
            let timeout = Some(Duration::from_millis(500));
            stream.set_write_timeout(timeout).unwrap();
            let _ = stream.write_all(bytes);
            stream
        });
        open.collect()
    }
}

/// A form that is not signed.
pub(crate) fn form(body: String) -> Request {
    let request = Request::new("POST", "/?Action=X&PublicKey=a&Signature=b");
    request
        .header("content-type", "application/x-www-form-urlencoded")
        .body(&body)
}

/// JSON that is not signed, to each of the providers.
pub(crate) fn json(body: &str) -> [Request; 3] {
    let request = Request::new("POST", "/").json(body);
    [
        request.clone(),
        request
            .clone()
            .header("x-tc-action", "X")
            .header("x-tc-version", "v"),
        request
            .header("x-acs-action", "X")
            .header("x-acs-version", "v"),
    ]
}
