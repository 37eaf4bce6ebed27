//! The HTTP server: a thread of its own with a runtime of its own, so that it serves tests with and without one alike.
//!
//! It is hyper, which leaves the connection and the body to its user. Nothing above it lets an answer end in its middle.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, HeaderValue};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::oneshot;

use crate::connections::{Connection, Connections};
use crate::denial::Denial;
use crate::gateway::Gateway;
use crate::reply::{Cut, Reply};
use crate::request::{BODY_LIMIT, Request};
use crate::script::{Aborted, Script};
use crate::wire::{Ending, Wire};

/// So many connections may wait to be accepted. The system makes a caller past them wait for seconds.
const BACKLOG: u32 = 1_024;
const HEAD_LIMIT: usize = 64 * 1_024;
/// A body that is too large is read on for so long, since a caller that can't send does not read either.
const DRAINED: usize = 2 * BODY_LIMIT;

pub(crate) struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<Infallible>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Listens on this port of the loopback interface; 0 lets the system choose one.
    pub(crate) fn start(port: u16, patience: Duration, gateway: Arc<Gateway>) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            // New connections are looked for after a few steps of those that are open, however long these take.
            .event_interval(4)
            .build()?;
        let (stop, stopped) = oneshot::channel();
        let listener = {
            let _inside = runtime.enter();
            let socket = TcpSocket::new_v4()?;
            // Elsewhere it would let two servers have one port.
            #[cfg(unix)]
            socket.set_reuseaddr(true)?;
            socket.bind((Ipv4Addr::LOCALHOST, port).into())?;
            socket.listen(BACKLOG)?
        };
        let address = listener.local_addr()?;
        let thread = std::thread::Builder::new()
            .name("cloud-emulator".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    tokio::select! {
                        () = accept(listener, patience, &gateway) => {}
                        _ = stopped => {}
                    }
                });
                // Dropping the runtime ends all connections.
            })?;
        Ok(Self {
            address,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // It has ended either way, and a panic has printed what it has to say.
            let _ = thread.join();
        }
    }
}

async fn accept(listener: TcpListener, patience: Duration, gateway: &Arc<Gateway>) {
    let connections = Arc::new(Connections::new());
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let connection = Arc::new(connections.open().await);
                tokio::spawn(serve(stream, connection, patience, Arc::clone(gateway)));
                // Those that are open go on before the next one.
                tokio::task::yield_now().await;
            }
            // Too many open files, for example.
            Err(_) => {
                connections.end_oldest();
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }
}

async fn serve(
    stream: TcpStream,
    connection: Arc<Connection>,
    patience: Duration,
    gateway: Arc<Gateway>,
) {
    let Ok(address) = stream.local_addr() else {
        return;
    };
    // Without it a delayed half of a body may be held back; the answer is right with and without.
    let _ = stream.set_nodelay(true);
    let ending = Arc::new(Ending::default());
    let wire = Wire::new(
        stream,
        Arc::clone(&connection),
        Arc::clone(&ending),
        patience,
    );
    let served = Served {
        port: address.port(),
        connection: &connection,
        patience,
        gateway: &gateway,
        ending: &ending,
    };
    let service = service_fn(|request| served.answer(request));
    let http = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .max_buf_size(HEAD_LIMIT)
        .auto_date_header(false)
        .serve_connection(TokioIo::new(wire), service);
    tokio::select! {
        // What can go wrong here is the caller's: hyper has answered it as far as there was somebody to answer.
        _ = http => {}
        () = connection.ended() => {}
    }
    if ending.is_tls.load(Ordering::Relaxed) {
        gateway.note_tls();
    }
}

/// What answers need to know of their connection.
struct Served<'s> {
    port: u16,
    connection: &'s Connection,
    patience: Duration,
    gateway: &'s Gateway,
    ending: &'s Arc<Ending>,
}

impl Served<'_> {
    async fn answer(
        &self,
        request: hyper::Request<Incoming>,
    ) -> Result<hyper::Response<Script>, Aborted> {
        let mut reply = self.reply(request).await?;
        let length = reply.body.len();
        self.connection.answer(length);
        reply
            .headers
            .insert(CONTENT_LENGTH, HeaderValue::from(length));
        deliver(reply, self.ending).await
    }

    /// The answer to a request, which is forgotten with its body before it is delivered.
    async fn reply(&self, request: hyper::Request<Incoming>) -> Result<Reply, Aborted> {
        let (head, body) = request.into_parts();
        let mut request = Request {
            port: self.port,
            method: head.method,
            path: head.uri.path().to_owned(),
            query: head.uri.query().unwrap_or_default().to_owned(),
            headers: head.headers,
            body: Bytes::new(),
        };
        let read = tokio::time::timeout(self.patience, self.read_body(body));
        if let Some(body) = read.await.map_err(|_| Aborted)?? {
            request.body = body;
            let _turn = self.connection.turn(request.takes_long()).await;
            return Ok(self.gateway.handle(&request));
        }
        let limit = BODY_LIMIT;
        let mut reply = self
            .gateway
            .refuse_body(&request, &Denial::TooLarge { limit });
        reply
            .headers
            .insert(CONNECTION, HeaderValue::from_static("close"));
        Ok(reply)
    }
    /// The body; `None` if it is too large.
    async fn read_body(&self, mut body: Incoming) -> Result<Option<Bytes>, Aborted> {
        if body.size_hint().lower() > DRAINED as u64 {
            return Ok(None);
        }
        let (mut kept, mut read) = (Vec::new(), 0);
        while let Some(frame) = body.frame().await {
            tokio::task::yield_now().await;
            // The caller has gone, or what it sends is not HTTP.
            let Ok(data) = frame.map_err(|_| Aborted)?.into_data() else {
                continue;
            };
            read += data.len();
            if read > DRAINED {
                break;
            }
            if read > BODY_LIMIT {
                kept = Vec::new();
                self.connection.release(data.len());
            } else {
                kept.extend_from_slice(&data);
            }
        }
        Ok((read <= BODY_LIMIT).then(|| Bytes::from(kept)))
    }
}

async fn deliver(reply: Reply, ending: &Arc<Ending>) -> Result<hyper::Response<Script>, Aborted> {
    let delivery = reply.delivery;
    ending.is_reset.store(delivery.is_reset, Ordering::Relaxed);
    if !delivery.before_head.is_zero() {
        tokio::time::sleep(delivery.before_head).await;
    }
    if delivery.cut == Some(Cut::BeforeHead) {
        return Err(Aborted);
    }
    let mut response = hyper::Response::new(Script::new(reply.body, delivery, Arc::clone(ending)));
    *response.status_mut() = reply.status;
    *response.headers_mut() = reply.headers;
    Ok(response)
}
