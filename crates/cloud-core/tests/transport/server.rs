//! A server on loopback: a thread that accepts, and one for each connection that follows a script.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use socket2::{Domain, Socket, Type};

/// No connection waits longer than this for its client, so that every thread ends by itself.
const LIMIT: Duration = Duration::from_secs(20);

/// What a connection does, from the moment it is accepted until it is closed.
type Script = dyn Fn(&mut Connection) -> io::Result<()> + Send + Sync;

pub(crate) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    stopping: AtomicBool,
    /// One for each connection that was accepted, until it is closed.
    sockets: Mutex<Vec<Option<TcpStream>>>,
    requests: Mutex<Vec<String>>,
}

/// What a server saw until it was stopped.
pub(crate) struct Seen {
    pub(crate) connections: usize,
    pub(crate) requests: Vec<String>,
}

impl Server {
    /// A server whose connections follow this script.
    pub(crate) fn new(
        script: impl Fn(&mut Connection) -> io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared::default());
        let accepting = {
            let shared = Arc::clone(&shared);
            thread::spawn(move || accept(&listener, &shared, &(Arc::new(script) as Arc<Script>)))
        };
        Self {
            address,
            shared,
            accepting: Some(accepting),
        }
    }

    /// A server that answers every request with these bytes.
    pub(crate) fn answering(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self::new(move |connection| {
            while connection.request()?.is_some() {
                connection.write_all(&bytes)?;
            }
            Ok(())
        })
    }

    /// A server that answers every request with this text as JSON.
    pub(crate) fn with_json(body: &str) -> Self {
        Self::answering(response(
            "200 OK",
            "Content-Type: application/json\r\n",
            body,
        ))
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// Ends all connections and says what was seen. Whoever was accepted before is counted: connections queue up in order.
    pub(crate) fn stop(mut self) -> Seen {
        self.end();
        Seen {
            connections: self.shared.sockets.lock().unwrap().len(),
            requests: std::mem::take(&mut *self.shared.requests.lock().unwrap()),
        }
    }

    fn end(&mut self) {
        let Some(accepting) = self.accepting.take() else {
            return;
        };
        self.shared.stopping.store(true, Ordering::SeqCst);
        // The thread waits for a connection; this one says that it was the last.
        drop(TcpStream::connect(self.address));
        accepting.join().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>, script: &Arc<Script>) {
    let mut running = Vec::new();
    for socket in listener.incoming() {
        let socket = socket.unwrap();
        if shared.stopping.load(Ordering::SeqCst) {
            break;
        }
        socket.set_read_timeout(Some(LIMIT)).unwrap();
        socket.set_write_timeout(Some(LIMIT)).unwrap();
        let clone = || socket.try_clone().unwrap();
        let number = {
            let mut sockets = shared.sockets.lock().unwrap();
            sockets.push(Some(clone()));
            sockets.len() - 1
        };
        let mut connection = Connection {
            socket: clone(),
            stream: Box::new(socket),
            pending: Vec::new(),
            shared: Arc::clone(shared),
        };
        let (script, shared) = (Arc::clone(script), Arc::clone(shared));
        running.push(thread::spawn(move || {
            // That a client goes away is no fault of the server's.
            let _ = script(&mut connection);
            // A connection is closed when nobody holds it any more.
            shared.sockets.lock().unwrap()[number] = None;
        }));
    }
    for socket in shared.sockets.lock().unwrap().iter().flatten() {
        let _ = socket.shutdown(Shutdown::Both);
    }
    for connection in running {
        connection.join().unwrap();
    }
}

pub(crate) trait Stream: Read + Write + Send {}

impl<T: Read + Write + Send> Stream for T {}

/// One connection, as its script sees it.
pub(crate) struct Connection {
    socket: TcpStream,
    stream: Box<dyn Stream>,
    /// What was read but not asked for yet.
    pending: Vec<u8>,
    shared: Arc<Shared>,
}

impl Connection {
    /// Puts a layer around the bare connection: TLS.
    pub(crate) fn wrap(&mut self, layer: impl FnOnce(Box<dyn Stream>) -> Box<dyn Stream>) {
        let bare = std::mem::replace(&mut self.stream, Box::new(io::Cursor::new(Vec::new())));
        self.stream = layer(bare);
    }

    /// The next request, head and body, which counts as seen; `None` if the client has closed the connection.
    pub(crate) fn request(&mut self) -> io::Result<Option<String>> {
        let head = loop {
            if let Some(end) = self.pending.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            if self.more()? == 0 {
                return Ok(None);
            }
        };
        let length = String::from_utf8_lossy(&self.pending[..head])
            .to_ascii_lowercase()
            .split_once("content-length:")
            .and_then(|(_, rest)| rest.split("\r\n").next()?.trim().parse().ok())
            .unwrap_or(0);
        while self.pending.len() < head + length {
            if self.more()? == 0 {
                return Ok(None);
            }
        }
        let request: Vec<u8> = self.pending.drain(..head + length).collect();
        let request = String::from_utf8(request).unwrap();
        self.shared.requests.lock().unwrap().push(request.clone());
        Ok(Some(request))
    }

    /// How many requests the whole server has seen so far.
    pub(crate) fn seen(&self) -> usize {
        self.shared.requests.lock().unwrap().len()
    }

    /// Says that nothing more will be sent, as a server does that has waited for long enough.
    pub(crate) fn hang_up(&mut self) -> io::Result<()> {
        self.socket.shutdown(Shutdown::Write)
    }

    /// Waits until the client has closed the connection.
    pub(crate) fn until_closed(&mut self) -> io::Result<()> {
        while self.more()? > 0 {}
        Ok(())
    }

    /// Reads what is there; 0 if the client has closed the connection.
    fn more(&mut self) -> io::Result<usize> {
        let mut buffer = [0; 4096];
        let count = self.stream.read(&mut buffer)?;
        self.pending.extend_from_slice(&buffer[..count]);
        Ok(count)
    }

    /// Reads one byte, so that the rest is lost when the connection is closed: that is what resets it.
    pub(crate) fn one_byte(&mut self) -> io::Result<()> {
        self.stream.read_exact(&mut [0])
    }

    pub(crate) fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)?;
        self.stream.flush()
    }
}

/// A port that is taken, and refuses connections until it listens. A port that is only free may become that of another test's server.
pub(crate) struct Reserved(Socket);

impl Reserved {
    pub(crate) fn new() -> Self {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        socket.bind(&any.into()).unwrap();
        Self(socket)
    }

    pub(crate) fn url(&self) -> String {
        let address = self.0.local_addr().unwrap().as_socket().unwrap();
        format!("http://{address}")
    }

    pub(crate) fn listen(self) -> TcpListener {
        self.0.listen(1).unwrap();
        self.0.into()
    }
}

/// A response with its length.
pub(crate) fn response(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let head = format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// A response in chunks of these bytes.
pub(crate) fn chunked<'a>(chunks: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut bytes = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    for chunk in chunks {
        bytes.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
        bytes.extend(chunk);
        bytes.extend(b"\r\n");
    }
    bytes.extend(b"0\r\n\r\n");
    bytes
}
