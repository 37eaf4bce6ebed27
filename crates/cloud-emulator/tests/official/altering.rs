//! Somebody on the way who changes requests.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Passes connections on, with the first occurrence of a text in a request replaced. It stops when it is dropped.
pub(crate) struct Altering {
    address: SocketAddr,
    changes: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Altering {
    /// Both texts have the same length, so that nothing else has to change.
    pub(crate) fn start(target: SocketAddr, [from, to]: [&'static str; 2]) -> Self {
        assert_eq!(from.len(), to.len());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (changes, stop) = (Arc::<AtomicUsize>::default(), Arc::<AtomicBool>::default());
        let (count, stopped) = (Arc::clone(&changes), Arc::clone(&stop));
        let thread = thread::spawn(move || {
            for client in listener.incoming() {
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                let client = client.unwrap();
                let server = TcpStream::connect(target).unwrap();
                let (back, forth) = (server.try_clone().unwrap(), client.try_clone().unwrap());
                let count = Arc::clone(&count);
                thread::spawn(move || {
                    pass(&client, &server, |bytes| {
                        if replace(bytes, from.as_bytes(), to.as_bytes()) {
                            count.fetch_add(1, Ordering::SeqCst);
                        }
                    })
                });
                thread::spawn(move || pass(&back, &forth, |_| {}));
            }
        });
        Self {
            address,
            changes,
            stop,
            thread: Some(thread),
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many requests were changed.
    pub(crate) fn changes(&self) -> usize {
        self.changes.load(Ordering::SeqCst)
    }
}

impl Drop for Altering {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Requests are small, so each part that arrives is looked at alone.
fn pass(mut from: &TcpStream, mut to: &TcpStream, change: impl Fn(&mut [u8])) {
    let _ = from.set_read_timeout(Some(Duration::from_secs(60)));
    let mut buffer = [0; 16_384];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        change(&mut buffer[..read]);
        if to.write_all(&buffer[..read]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}

fn replace(bytes: &mut [u8], from: &[u8], to: &[u8]) -> bool {
    let place = bytes.windows(from.len()).position(|window| window == from);
    if let Some(place) = place {
        bytes[place..place + to.len()].copy_from_slice(to);
    }
    place.is_some()
}
